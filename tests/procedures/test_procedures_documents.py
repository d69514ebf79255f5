"""Lists and forms as DOCX and PDF: what was said stands in them, what was not is dotted."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import docx
import pypdfium2
import pytest

from knowledge.content import SHIPPED
from knowledge.form_check import check_here
from knowledge.procedures import Form, OutputError, Session, answer, finish, result, shipped, start
from knowledge.procedures.docx_files import template
from knowledge.procedures.fill import to_docx, to_pdf
from knowledge.procedures.office import office_pdf, office_program
from knowledge.procedures.values import filled

TODAY = date(2026, 11, 25)
FORMS = sorted(shipped().forms)


@pytest.mark.parametrize("name", FORMS)
def test_templates_are_drawn_from_their_files(name: str) -> None:
    form = shipped().forms[name]
    assert (SHIPPED / "forms" / f"{name}.docx").read_bytes() == template(form), (
        "run python -m knowledge.procedures.draw_forms"
    )


@pytest.mark.parametrize("name", FORMS)
def test_an_empty_form_has_dots_for_every_field(name: str) -> None:
    session = finish(start(shipped().forms[name], today=TODAY))
    text = docx_text(to_docx(session))
    assert "{{" not in text and "None" not in text
    assert text.count("........") >= sum(1 for ask in session.subject.questions)
    assert filled(session).filled == 0


@pytest.mark.parametrize("name", FORMS)
def test_a_filled_form_holds_every_answer(name: str) -> None:
    session = all_answered(shipped().forms[name])
    made = filled(session)
    assert made.empty == 0 and made.filled == len(session.subject.questions)
    text = docx_text(to_docx(session))
    pdf = " ".join(pdf_text(to_pdf(session, office=False)).split())
    for label, value in made.rows:
        assert value in text, label
        # A table's cell or a line breaks where it must; and headings are in capitals.
        assert squeezed(value) in squeezed(pdf), label
    by_others = sum(line.text.count("....") for line in session.subject.body)
    assert text.count("....") == by_others
    assert "mẫu tự vẽ" in " ".join(made.speech)


def test_the_day_is_written_as_party_documents_do() -> None:
    form = shipped().forms["report_draft"]
    for day, written in ((date(2026, 2, 3), "ngày 03 tháng 02 năm 2026"),
                         (date(2026, 9, 12), "ngày 12 tháng 9 năm 2026")):  # fmt: skip
        assert written in docx_text(to_docx(finish(start(form, today=day))))


@pytest.mark.parametrize(
    "said",
    ["<w:p>&amp; \"trích\" {{ ho_ten }} {% if %}", "Nguyễn\x00 Văn\x0b A\ud800", "chữ dài " * 400,
     "Nguyê\u0303n Thi\u0323 Hoa\u0300"],
)  # fmt: skip
def test_anything_may_be_said_into_a_form(said: str) -> None:
    session = start(shipped().forms["card_account"], today=TODAY)
    while session.ask is not None and session.ask.kind != "text":
        session = answer(session, "bỏ qua")
    session = finish(answer(session, said))
    value = next(v for v in session.answers.values() if v)
    assert isinstance(value, str)
    assert value in docx_text(to_docx(session))
    assert to_pdf(session, office=False).startswith(b"%PDF")
    assert "\x00" not in value and "\u0303" not in value


def test_a_damaged_template_is_an_error_that_says_what_to_do(tmp_path) -> None:
    session = finish(start(shipped().forms["fee_receipt"], today=TODAY))
    for data in (b"", b"PK nonsense", None):
        folder = tmp_path / "forms"
        folder.mkdir(exist_ok=True)
        target = folder / "fee_receipt.docx"
        target.unlink(missing_ok=True)
        if data is not None:
            target.write_bytes(data)
        with pytest.raises(OutputError) as caught:
            to_docx(session, tmp_path)
        assert "fee_receipt.docx" in str(caught.value) and caught.value.vi


@pytest.mark.parametrize("name", sorted(shipped().procedures))
def test_a_list_as_docx_and_pdf(name: str) -> None:
    session = finish(start(shipped().procedures[name], today=TODAY))
    made = result(session)
    text, pdf = docx_text(to_docx(session)), squeezed(pdf_text(to_pdf(session)))
    for part in [*(p.name for p in made.papers), *(s.text for s in made.steps)]:
        assert part[1:] in text
        assert squeezed(part[1:]) in pdf


def test_a_list_ticks_what_is_there() -> None:
    session = start(shipped().procedures["card_lost"], today=TODAY)
    for said in ("rồi", "thất lạc", "không", "rồi", "có", "có", "có", "chưa"):
        session = answer(session, said)
    text = docx_text(to_docx(session))
    assert "☑ Bản tường trình" in text and "☐ Tệp ảnh 3x4" in text


def test_documents_hold_no_trace_of_who_made_them() -> None:
    session = finish(start(shipped().forms["minutes"], today=TODAY))
    once, twice = to_docx(session), to_docx(session)
    with zipfile.ZipFile(io.BytesIO(once)) as one, zipfile.ZipFile(io.BytesIO(twice)) as two:
        assert one.read("word/document.xml") == two.read("word/document.xml")
        core = one.read("docProps/core.xml").decode()
    assert "<dc:creator></dc:creator>" in core or "<dc:creator/>" in core


@pytest.mark.parametrize("name", [n for n in FORMS if shipped().forms[n].body[0].right])
def test_the_cells_own_documents_pass_our_form_checker(name: str) -> None:
    report = check_here(to_docx(all_answered(shipped().forms[name])), f"{name}.docx")
    assert report.standard == "dang-hd05"
    assert report.count("lỗi") == 0, [f.why for f in report.findings]


def test_pages_bear_their_numbers() -> None:
    form = shipped().forms["report_draft"]
    session = start(form, today=TODAY)
    while session.question is not None:
        long = "chữ dài " * 300 if session.question.kind == "text" else "bỏ qua"
        session = answer(session, long)
    pages = pypdfium2.PdfDocument(to_pdf(session, office=False))
    heads = [page.get_textpage().get_text_bounded(bottom=790).split() for page in pages]
    assert len(heads) > 2
    assert [head[:1] for head in heads[1:]] == [[str(n)] for n in range(2, len(heads) + 1)]
    assert "1" not in heads[0]


@pytest.mark.skipif(office_program() is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_a_filled_form() -> None:
    session = all_answered(shipped().forms["admission_resolution"])
    made = office_pdf(to_docx(session))
    assert made is not None
    text = squeezed(pdf_text(made))
    assert squeezed("ĐẢNG CỘNG SẢN VIỆT NAM") in text
    for label, value in filled(session).rows:
        assert squeezed(value) in text, label


def all_answered(form: Form) -> Session:
    session = start(form, today=TODAY)
    number = 0
    while session.question is not None:
        number += 1
        question = session.question
        given = {
            "text": f"Chữ thứ {number} của ô này",
            "date": date(2026, 11, min(number, 24)).isoformat(),
            "yesno": "yes",
            "choice": question.choices[0].value if question.choices else "",
        }.get(question.kind)
        if question.kind == "date":
            # Fields ask for days of the past or of the future.
            tried = answer(session, given or "")
            session = tried if tried.question is None or tried.question.id != question.id else (
                answer(session, date(2027, 3, min(number, 28)).isoformat())
            )  # fmt: skip
        else:
            session = answer(session, question.minimum + 7 if given is None else given)
    return session


def docx_text(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    parts = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        for row in table.rows:
            parts += [paragraph.text for cell in row.cells for paragraph in cell.paragraphs]
    return "\n".join(parts)


def pdf_text(data: bytes) -> str:
    pages = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_range() for page in pages)


def squeezed(text: str) -> str:
    return "".join(text.split()).casefold()
