"""Documents with several faults: found, fixed without touching a letter, summed up aloud."""

import random
import unicodedata
import zipfile
from io import BytesIO

import pytest

from knowledge.extract.limits import Limits
from knowledge.form_check import FormCheckError, check, check_here, fix_here, load_rules, spoken
from knowledge.form_check.checks.spelling import is_syllable
from knowledge.form_check.opening import Package, read_page
from tests.form_check.made_forms import (
    CONSEQUENCES,
    PARTY_KINDS,
    STATE_KINDS,
    clean,
    fault_for,
    planted,
    to_docx,
)

RULES = {rule.id: rule for rule in load_rules()}


def texts(data):
    page = read_page(Package(data, "a", Limits()))
    return [run.text for line in page.lines for run in line.runs]


@pytest.fixture(scope="module")
def sample():
    rng = random.Random(20)
    found = []
    for _ in range(25):
        rules = rng.sample(load_rules(), len(RULES))
        form, broken = planted(rules, rng, most=rng.randrange(1, 7))
        found.append((to_docx(form), form, {r.id for r in broken}))
    return found


def test_planted_faults_are_found_and_nothing_is_said_without_cause(sample):
    faults = seen = 0
    for data, _, planned in sample:
        said = {f.rule for f in check_here(data, "a").findings}
        faults, seen = faults + len(planned), seen + len(planned & said)
        assert said - planned <= {c for p in planned for c in CONSEQUENCES.get(p, ())}
    assert faults > 50
    assert seen / faults >= 0.98


def test_a_fix_keeps_every_letter_and_passes_what_it_fixed(sample):
    put_right = 0
    for data, _, planned in sample:
        made, rules, after = fix_here(data, "a")
        assert texts(made) == texts(data)
        assert not set(rules) & {f.rule for f in after.findings}
        assert {r for r in planned if "fix" in RULES[r].args} <= set(rules)
        put_right += len(rules)
        old, new = (zipfile.ZipFile(BytesIO(d)) for d in (data, made))
        assert old.namelist() == new.namelist()
        for name in old.namelist():
            if name not in ("word/document.xml", "word/settings.xml"):
                assert old.read(name) == new.read(name)
    assert put_right > 20


def test_a_clean_document_of_every_kind_has_no_finding_and_no_fix():
    for standard, kinds in (("dang-hd36", PARTY_KINDS), ("nd30", STATE_KINDS)):
        for kind in kinds:
            data = to_docx(clean(standard, kind, random.Random(kind)))
            report = check_here(data, "a")
            assert (report.standard, report.findings) == (standard, ())
            assert fix_here(data, "a")[1] == ()


def test_comments_tracked_changes_and_pictures_live_through_a_fix():
    form = clean("dang-hd36", "nghị quyết", random.Random(1))
    form.revisions, form.comments = 2, 1
    fault_for(RULES["D-THAN-02"])(form)
    data = to_docx(form)
    made, rules, after = fix_here(data, "a")
    assert "D-THAN-02" in rules
    left = {f.rule for f in after.findings}
    assert {"C-TEP-01", "C-TEP-02"} <= left
    assert zipfile.ZipFile(BytesIO(made)).read("word/comments.xml") == zipfile.ZipFile(
        BytesIO(data)
    ).read("word/comments.xml")


def test_mixing_party_and_state_comes_first_and_is_said_first():
    form = clean("dang-hd36", "nghị quyết", random.Random(2))
    fault_for(RULES["D-TRON-04"])(form)
    fault_for(RULES["D-THAN-02"])(form)
    report = check_here(to_docx(form), "a")
    assert report.findings[0].rule == "D-TRON-04"
    assert report.findings[0].gravest
    assert "Nặng nhất: văn bản lẫn thể thức" in spoken(report)
    assert "hai lỗi nặng" in spoken(report)


def test_a_signed_file_is_not_fixed():
    data = to_docx(clean("dang-hd36", "nghị quyết", random.Random(3)))
    out = BytesIO(data)
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("_xmlsignatures/sig1.xml", "<a/>")
    with pytest.raises(FormCheckError) as caught:
        fix_here(out.getvalue(), "a")
    assert caught.value.reason == "signed"


def test_a_document_in_decomposed_letters_is_understood_all_the_same():
    form = clean("dang-hd36", "nghị quyết", random.Random(8))
    for piece in form.pieces:
        piece.text = unicodedata.normalize("NFD", piece.text)
    report = check_here(to_docx(form), "a")
    assert (report.standard, report.kind) == ("dang-hd36", "nghi quyet")
    assert {f.rule for f in report.findings} == {"C-MA-01"}


def test_an_application_is_not_asked_for_what_only_issued_documents_have():
    form = clean("dang-hd36", "nghị quyết", random.Random(9))
    away = ("issuer", "parent", "star", "number", "subject", "dashes", "recipient",
            "recipients_title", "authority")  # fmt: skip
    form.pieces = [p for p in form.pieces if p.part not in away]
    form.of("kind")[0].text = "ĐƠN XIN MIỄN SINH HOẠT ĐẢNG"
    report = check_here(to_docx(form), "a")
    assert report.kind == "bieu mau"
    assert [f for f in report.findings if f.severity == "lỗi"] == []


def test_bodies_of_the_district_are_no_fault_before_july_2025():
    form = clean("dang-hd36", "nghị quyết", random.Random(4))
    fault_for(RULES["C-CAP-01"])(form)
    form.of("date")[0].text = "Minh Phụng, ngày 15 tháng 6 năm 2025"
    assert check_here(to_docx(form), "a").findings == ()


def test_an_unknown_document_gets_common_rules_only():
    form = clean("dang-hd36", "nghị quyết", random.Random(5))
    form.pieces = [p for p in form.pieces if p.part in ("body", "roman", "arabic", "letter")]
    fault_for(RULES["C-CHU-03"])(form)
    report = check_here(to_docx(form), "a")
    assert report.standard == ""
    assert {f.rule for f in report.findings} == {"C-CHU-03"}
    assert spoken(report).startswith("Không nhận ra")


def test_a_process_of_its_own_gives_the_same_report(tmp_path):
    form = clean("dang-hd36", "nghị quyết", random.Random(6))
    fault_for(RULES["D-THAN-02"])(form)
    path = tmp_path / "nghị quyết.docx"
    path.write_bytes(to_docx(form))
    done = check(path, html=True, fix=True)
    assert done.report == check_here(path.read_bytes(), path.name)
    assert done.fixed_rules == ("D-THAN-02",)
    assert done.after is not None
    assert done.after.findings == ()
    assert "<mark" in done.html
    assert "http" not in done.html


RIGHT = """nghiêng khuỷu giếng gì quốc quyển thuở huệ Đắk ngoằn yếu Nguyễn khoảnh quýt
hoằng xoèn khuya chuyên tuyết uốn ương lượng gìn giặt"""
WRONG = "nghành thưc ngiêm gê hoạcn tiêp đảnng quỵểt cươtg kảnh ngề"


@pytest.mark.parametrize("word", RIGHT.split())
def test_right_syllables(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", WRONG.split())
def test_wrong_syllables(word):
    assert not is_syllable(word)
