"""Files that would do harm are refused; other formats go through LibreOffice or say so."""

import random
import shutil
import subprocess
import zipfile
from io import BytesIO

import pytest
from click.testing import CliRunner

from kiosk.cli.check import command
from knowledge.errors import DocumentRefused
from knowledge.form_check import FormCheckError, check, check_here, load_rules
from tests.form_check.made_forms import clean, fault_for, to_docx

RULES = {rule.id: rule for rule in load_rules()}


@pytest.fixture(scope="module")
def good():
    return to_docx(clean("dang-hd36", "nghị quyết", random.Random(1)))


def changed(data, parts):
    """The package with parts replaced or added."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


ENTITY = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
)
LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("reason", "parts"),
    [
        ("bomb", {"word/media/x.bin": b"\0" * (30 << 20)}),
        ("bomb", {"../x.xml": "<a/>"}),
        ("entities", {"word/document.xml": ENTITY}),
        ("entities", {"word/styles.xml": LAUGHS}),
        ("macros", {"word/vbaProject.bin": b"x"}),
        ("damaged", {"word/document.xml": "<w:document"}),
        ("damaged", {"word/document.xml": "<a/>"}),
        ("damaged", {"word/document.xml": "<a>" * 300 + "</a>" * 300}),
    ],
    ids=["zip bomb", "path", "entity", "laughs", "macros", "cut", "no body", "deep"],
)
def test_a_harmful_file_is_refused(good, tmp_path, reason, parts):
    path = tmp_path / "x.docx"
    path.write_bytes(changed(good, parts))
    with pytest.raises(DocumentRefused) as caught:
        check(path)
    assert caught.value.reason == reason
    assert "x.docx" in caught.value.vi


@pytest.mark.parametrize("data", [b"", b"PK\3\4", b"\xd0\xcf\x11\xe0" * 9, b"<html>"])
def test_what_is_no_docx_is_refused(data):
    with pytest.raises(DocumentRefused):
        check_here(data, "x.docx")


def test_torn_files_never_end_in_another_error(good):
    rng = random.Random(7)
    for _ in range(60):
        torn = bytearray(good)
        for _ in range(rng.randrange(1, 20)):
            torn[rng.randrange(len(torn))] = rng.randrange(256)
        try:
            check_here(bytes(torn), "x.docx")
        except DocumentRefused:
            continue


def test_strange_values_in_a_document_do_no_harm(good):
    with zipfile.ZipFile(BytesIO(good)) as package:
        xml = package.read("word/document.xml").decode()
    for old, new in (('w:val="28"', 'w:val="x"'), ('w:first="', 'w:first="-9'), ("w:jc ", "w:q ")):
        check_here(changed(good, {"word/document.xml": xml.replace(old, new)}), "x.docx")


def test_without_libreoffice_the_user_is_told(tmp_path, monkeypatch):
    path = tmp_path / "x.odt"
    path.write_bytes(b"PK")
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(FormCheckError) as caught:
        check(path)
    assert "LibreOffice" in caught.value.vi


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_an_odt_is_checked_through_libreoffice(good, tmp_path):
    (tmp_path / "a.docx").write_bytes(good)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", "odt", "--outdir", tmp_path, tmp_path / "a.docx"],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    report = check(tmp_path / "a.odt").report
    assert report.standard == "dang-hd36"
    assert report.kind == "nghi quyet"
    assert [f.rule for f in report.findings if f.severity == "lỗi"] == []


def test_the_command_writes_marks_and_a_new_file_and_says_what_it_found(tmp_path):
    form = clean("dang-hd36", "nghị quyết", random.Random(6))
    fault_for(RULES["D-THAN-02"])(form)
    path = tmp_path / "a.docx"
    path.write_bytes(to_docx(form))
    before = path.read_bytes()
    html, fixed = tmp_path / "a.html", tmp_path / "b.docx"
    done = CliRunner().invoke(command, [str(path), "--html", str(html), "--fix", str(fixed)])
    assert done.exit_code == 1
    assert "một lỗi nặng" in done.output
    assert path.read_bytes() == before
    assert "<mark" in html.read_text(encoding="utf-8")
    assert CliRunner().invoke(command, [str(fixed), "--json"]).exit_code == 0
    assert CliRunner().invoke(command, [str(path), "--fix", str(path)]).exit_code == 2
