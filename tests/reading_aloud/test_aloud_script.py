"""Documents as scripts: what is said, its sections, and a mark for every character."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from docx import Document as Docx
from fontpkg_be_vietnam_pro import ROOT
from fpdf import FPDF
from made_reading import DIRECTIVE, ToneVoice, making, script

from kiosk.reading.source import source_of_file
from voice.read import read
from voice.read.left import Left
from voice.speak import Paragraph, Script, compose

FONT = "BeVietnamPro-Regular.ttf"


def left(paragraphs: tuple[Paragraph, ...]) -> Left:
    found = Left()
    for paragraph in paragraphs:
        found.add(paragraph.text, read(paragraph.text))
    return found


def said(made: Script) -> str:
    return " ".join(line.words for line in made.lines)


# -- every character is accounted for ---------------------------------------------------------


def write(path: Path) -> Path:
    """DIRECTIVE in the format of the file's name."""
    lines = DIRECTIVE.splitlines()
    plain = [re.sub(r"^#+ |^> ", "", line) for line in lines if not line.startswith("|--")]
    if path.suffix == ".docx":
        docx = Docx()
        for line in lines:
            heading = re.match(r"(#+) (.*)", line)
            if heading:
                docx.add_heading(heading[2], len(heading[1]))
            elif line and not line.startswith("|"):
                docx.add_paragraph(line.removeprefix("> "))
        rows = [line.strip("| ").split(" | ") for line in lines if re.match(r"\| \w", line)]
        table = docx.add_table(len(rows), 3)
        for cells, row in zip(table.rows, rows, strict=True):
            for cell, text in zip(cells.cells, row, strict=True):
                cell.text = text
        docx.save(str(path))
    elif path.suffix == ".pdf":
        pdf = FPDF()
        pdf.add_page()
        pdf.add_font("vn", fname=Path(ROOT) / "files" / FONT)
        pdf.set_font("vn", size=12)
        for line in plain:
            pdf.multi_cell(0, 8, line.replace("😀 ", ""), new_x="LMARGIN", new_y="NEXT")
        pdf.output(str(path))
    elif path.suffix == ".html":
        tags = [
            f"<h{len(m[1])}>{m[2]}</h{len(m[1])}>"
            if (m := re.match(r"(#+) (.*)", line))
            else f"<p>{line.removeprefix('> ').replace('&', '&amp;')}</p>"
            for line in lines
            if line and not line.startswith("|--")
        ]
        path.write_text(f"<html><body>{''.join(tags)}</body></html>", encoding="utf-8")
    else:
        text = DIRECTIVE if path.suffix == ".md" else "\n".join(plain)
        path.write_text(unicodedata.normalize("NFD", text), encoding="utf-8")
    return path


@pytest.mark.parametrize("suffix", [".md", ".txt", ".html", ".docx", ".pdf"])
def test_nothing_is_left_of_an_own_document_in_any_format(suffix: str, tmp_path: Path) -> None:
    source = source_of_file(write(tmp_path / f"ke hoach{suffix}"))
    found = left(source.paragraphs)
    assert found.count == 0, found.as_dict()
    made = compose(source.paragraphs)
    assert not made.unmarked()
    words = said(made)
    for due in (
        "kế hoạch sinh hoạt chi bộ quý bốn năm hai nghìn không trăm hai mươi sáu",
        "căn cứ chỉ thị số năm mươi của trung ương ngày hai mươi ba tháng bảy",
        "ủy ban nhân dân phường mười bốn thành phố hồ chí minh",
        "ít nhất hai phần ba số đảng viên dự họp",
        "một triệu hai trăm bốn mươi tám nghìn đồng",
        "mười bốn giờ ba mươi",
        "một hai ba trên bốn lăm trên sáu a lạc long quân",
        "không chín không ba một hai ba bốn năm sáu",
        "đồng chí an",
    ):
        assert due in words, due
    assert not re.search(r"[^a-zà-ỹđ ]", unicodedata.normalize("NFC", words))
    if suffix in (".md", ".html", ".docx"):
        titles = [s.title for s in made.sections]
        assert [t for t in titles if "Mục tiêu" in t] and [t for t in titles if "Phân công" in t]


@pytest.mark.parametrize("name", ["06-HD-TW-2025.pdf", "294-QD-TW-2025.pdf"])
def test_nothing_is_left_of_the_party_s_own_documents(name: str, shared: Path) -> None:
    source = source_of_file(shared / "docs" / name)
    found = left(source.paragraphs)
    assert found.characters > 70_000
    assert found.count == 0, found.as_dict()
    made = compose(source.paragraphs)
    assert len(made.lines) > 400 and not made.unmarked()


def test_what_is_left_is_found() -> None:
    """The command that says zero must be able to say something else."""
    text = "XQZW họp 5 người."
    found = Left()
    found.add(text, read(text))
    assert found.spelt == {"XQZW": 1} and found.count == 1
    made = compose([Paragraph("Chi bộ họp ngày 3.")])
    assert not made.unmarked()
    (line,) = made.lines
    cut = line.breaths[0].places[:-1]
    breath = type(line.breaths[0])(*[
        getattr(line.breaths[0], f) if f != "places" else cut
        for f in ("start", "end", "spoken", "pause", "places")
    ])  # fmt: skip
    broken = Script(
        made.text, made.paragraphs, made.sections,
        (type(line)(line.index, line.paragraph, line.section, line.start, line.end,
                    line.words, (breath,)),),
    )  # fmt: skip
    assert broken.unmarked() == {"3": 1}


# -- sections ---------------------------------------------------------------------------------


TITLES = ("Điều 50. Khác", "Điều 5. Đảng phí", "1. Một", "1.1. Một một", "3. Ba (Điều 7)", "Điều 6")


@pytest.mark.parametrize(
    ("wanted", "due"),
    [
        ("Điều 5", 1), ("điều 50", 0), ("ĐIỀU 5. ĐẢNG PHÍ", 1), ("đảng phí", 1), ("1.1", 3),
        ("3.", 4), ("điều 7", 4), ("2", 1), ("6", 5), ("đảng ph", 1), ("Điều 8", None),
        ("", None), ("7", 4), (unicodedata.normalize("NFD", "Điều 5"), 1),
    ],
)  # fmt: skip
def test_a_section_is_found_by_number_or_words(wanted: str, due: int | None) -> None:
    made = compose([p for t in TITLES for p in (Paragraph(t, 1), Paragraph("Nội dung ở đây."))])
    assert made.find_section(wanted) == due


def test_a_section_holds_those_below_it() -> None:
    made = script()
    assert [s.title for s in made.sections] == [
        "", "I. Phần thứ nhất", "1. Mục nhỏ", "II. Phần thứ hai"
    ]  # fmt: skip
    assert made.span(1) == (2, 10) and made.span(2) == (7, 10) and made.span(3) == (10, 12)


def test_lines_point_into_the_text() -> None:
    made = script()
    for line in made.lines:
        assert made.line_at(line.start) == line.index
        start, end, _ = made.paragraphs[line.paragraph]
        assert start <= line.start < line.end <= end
        assert line.breaths[0].start == line.start and line.breaths[-1].end == line.end
    assert made.text[made.lines[3].start : made.lines[3].end] == "Chi bộ họp ngày 3/2."


def test_a_long_sentence_is_cut_into_breaths_without_a_gap() -> None:
    text = (
        "Cấp ủy và tổ chức đảng các cấp tiếp tục quán triệt sâu sắc quan điểm của Đảng, nâng cao "
        "chất lượng sinh hoạt chi bộ, phát huy dân chủ, giữ nghiêm kỷ cương, kỷ luật, tăng cường "
        "kiểm tra và giám sát việc thực hiện nhiệm vụ của từng đảng viên trong chi bộ hằng tháng."
    )
    (line,) = compose([Paragraph(text)]).lines
    assert len(line.breaths) > 2
    for first, second in zip(line.breaths, line.breaths[1:], strict=False):
        assert first.end == second.start and first.pause > 0
        assert first.spoken.endswith(",")
    assert " ".join(b.spoken.rstrip(",.") for b in line.breaths).replace(",", "") == line.words
    make = making(ToneVoice())
    marks = [mark for breath in line.breaths for mark in make(breath)[1]]
    assert [text[m.start : m.end] for m in marks] == re.findall(r"[\w]+", text)
