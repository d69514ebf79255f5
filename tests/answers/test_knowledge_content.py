"""Content files are checked when they are loaded, and an error names file and line."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from knowledge import load_content
from knowledge.errors import ContentError
from knowledge.records import say_date

ANSWERS, DOCUMENTS = "answers/trial.yaml", "documents.yaml"


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.parametrize(
    ("name", "old", "new", "at", "message"),
    [
        (ANSWERS, "document: new", "document: newer", "document: newer", "unknown document newer"),
        (ANSWERS, "[other]", "[others]", "[others]", "unknown entry others"),
        (ANSWERS, "    trust: báo\n", "", "    title: Thử", "trust is missing"),
        (ANSWERS, "trust: báo", "trust: chắc", "trust: chắc", "trust is one of"),
        (ANSWERS, "trust: báo", "trust: gốc", "trust: gốc", "weakest source is báo"),
        (ANSWERS, "trust: cần kiểm tra", "trust: gốc", "trust: gốc", "weakest source is cần kiểm"),
        (ANSWERS, "2026-11-25", "2026-02-30", "2026-02-30", "does not exist"),
        (ANSWERS, "2026-11-25", "2026-11", "as_of: 2026-11", "as_of is a full date"),
        (ANSWERS, "hướng dẫn mới.", "hướng dẫn mới", "text: Bác làm", "full stop"),
        (ANSWERS, "Bác làm", "Bác " + "à " * 40 + "làm", "text: Bác à", "sentence of 46 words"),
        (ANSWERS, "hỏi chi ủy.", "hỏi." + " A." * 7, "text: Bác hỏi.", "8 sentences"),
        (ANSWERS, "{document: old}", "{documents: old}", "{documents", "unknown field documents"),
        (ANSWERS, "title: Việc", "titel: Việc", "titel: Việc", "unknown field titel"),
        (ANSWERS, "\n  other:", "\n  trial:", "  trial:\n    title: Việc", "stands twice"),
        (ANSWERS, "Bác hỏi đường {street}.", "Bác hỏi đường.", "Bác hỏi đường.", "one slot"),
        (ANSWERS, "title: Việc", "kind: summary\n    title: Việc", "  other:", "a summary, and no"),
        (DOCUMENTS, "2019-01-31", "2019-02-29", "2019-02-29", "does not exist"),
        (DOCUMENTS, "2019-01-31", "31-01-2019", "31-01-2019", "is not a date"),
        (DOCUMENTS, "replaced_by: new", "replaced_by: none", "replaced_by: none", "unknown docum"),
        (DOCUMENTS, "replaced_by: new", "replaced_by: old", "replaced_by: old", "by itself"),
        (DOCUMENTS, "id: new", "id: old", None, "document old stands twice"),
        (DOCUMENTS, 'number: "07"', 'number: "08"', "code: 07", "does not begin with number 08"),
        (DOCUMENTS, "\n    trust: báo", "", "  - id: new", "trust is missing"),
        (DOCUMENTS, "title: về", "title: [về", None, ""),
        ("lines.yaml", "{code}, gồm", "gồm", "same_number", "same_number holds the slots"),
    ],
)  # fmt: skip
def test_a_wrong_content_names_file_and_line(
    folder: Path, name: str, old: str, new: str, at: str | None, message: str
) -> None:
    path = folder / name
    before = path.read_text(encoding="utf-8")
    assert old in before
    after = before.replace(old, new, 1)
    path.write_text(after, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_content(folder)
    text = str(caught.value)
    assert text.startswith(f"{path.name}:{caught.value.line}: ")
    assert message in text
    assert caught.value.line > 0
    if at is not None:
        assert caught.value.line == line_of(after, at)
    assert path.name in caught.value.vi
    assert str(caught.value.line) in caught.value.vi


def test_composed_letters_are_demanded(folder: Path) -> None:
    path = folder / ANSWERS
    text = path.read_text(encoding="utf-8")
    broken = text.replace("Việc khác", unicodedata.normalize("NFD", "Việc khác"))
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(ContentError, match=r"trial\.yaml:\d+: .*NFC") as caught:
        load_content(folder)
    assert caught.value.line == line_of(text, "Việc khác")


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"- only\n- a list\n", b"topic: x\n", b"a: b: c\n"]
)
def test_a_file_that_is_no_answer_file(folder: Path, content: bytes) -> None:
    (folder / ANSWERS).write_bytes(content)
    with pytest.raises(ContentError, match=r"^trial\.yaml:\d+: "):
        load_content(folder)


def test_an_empty_or_missing_folder(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(ContentError, match=r"documents\.yaml:0"):
        load_content(tmp_path / "none")
    (folder / ANSWERS).unlink()
    with pytest.raises(ContentError, match="no answer files"):
        load_content(folder)


def test_the_same_entry_in_two_files(folder: Path) -> None:
    text = (folder / ANSWERS).read_text(encoding="utf-8")
    (folder / "answers" / "zz.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=r"zz\.yaml:3: entry trial stands in two files"):
        load_content(folder)


def test_the_hash_follows_the_content(folder: Path) -> None:
    before = load_content(folder).hash
    assert load_content(folder).hash == before
    path = folder / DOCUMENTS
    path.write_text("# a remark\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert load_content(folder).hash == before
    path.write_text(
        re.sub("thử nghiệm", "thử nghiệm khác", path.read_text(encoding="utf-8")), encoding="utf-8"
    )
    assert load_content(folder).hash != before


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("2025-10-28", "ngày 28-10-2025"),
        ("2020-01-02", "ngày 2-1-2020"),
        ("2025-11", "tháng 11-2025"),
        ("2000", "năm 2000"),
        ("", ""),
    ],
)
def test_dates_are_said_as_precisely_as_they_are_known(date: str, said: str) -> None:
    assert say_date(date) == said
