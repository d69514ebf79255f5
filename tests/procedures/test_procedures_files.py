"""Files that cannot be used are refused with their name and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge.content import SHIPPED
from knowledge.errors import ContentError
from knowledge.procedures import load_library, shipped

GOOD = """\
title: Thử
about: Một thủ tục để thử.
as_of: 2026-11-25
sources:
  chinh: {document: qd-294-2025}
questions:
  - {id: official, kind: yesno, ask: Đã chính thức chưa?}
  - {id: day, kind: date, ask: Từ ngày nào?}
papers:
  - {id: card, name: thẻ đảng viên, when: {official: yes}}
steps:
  - Gặp bí thư chi bộ.
where:
  - Chi bộ.
deadlines:
  - {id: end, text: Làm, after: day, count: 30, unit: working_days, basis: trong 30 ngày}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(SHIPPED / "forms", tmp_path / "forms")
    (tmp_path / "procedures").mkdir()
    for path in (SHIPPED / "procedures").glob("_*.yaml"):
        shutil.copy(path, tmp_path / "procedures")
    (tmp_path / "procedures" / "thu.yaml").write_text(GOOD, encoding="utf-8")
    return tmp_path


def test_a_folder_of_the_wards_own_is_loaded(folder: Path) -> None:
    library = load_library(folder, shipped().documents)
    assert list(library.procedures) == ["thu"]


@pytest.mark.parametrize(
    ("old", "new", "line", "part"),
    [
        ("document: qd-294-2025", "document: qd-999", 5, "unknown document"),
        ("kind: yesno", "kind: maybe", 7, "kind is one of"),
        ("id: day", "id: official", 8, "stands twice"),
        ("id: day", "id: paper_day", 8, "the program's"),
        ("when: {official: yes}", "when: {offical: yes}", 10, "no earlier question"),
        ("when: {official: yes}", "when: {official: perhaps}", 10, "yes or no"),
        ("when: {official: yes}", "when: {day: yes}", 10, "no condition can look at it"),
        ("name: thẻ đảng viên,", "name: thẻ, form: no_form,", 10, "unknown form"),
        ("after: day", "after: official", 16, "no question for a date"),
        ("count: 30", "count: official", 16, "no question for a number"),
        ("count: 30", "count: ba mươi", 16, "no whole number"),
        ("unit: working_days", "unit: fortnights", 16, "unit is one of"),
        ("as_of: 2026-11-25", "as_of: 2026-11-31", 3, "does not exist"),
        ("Gặp bí thư chi bộ.", "rất " * 60 + "dài.", 12, "words"),
        ("title: Thử\n", "", 1, "title"),
        ("title: Thử", "title: Thử\ntitel: Thử", 2, "titel"),
        ("ask: Từ ngày nào?", "ask: Từ ngày nào?, min: 3", 8, "only a number"),
    ],
)
def test_a_wrong_procedure(folder: Path, old: str, new: str, line: int, part: str) -> None:
    assert old in GOOD
    path = folder / "procedures" / "thu.yaml"
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_library(folder, shipped().documents)
    assert f"thu.yaml:{line}:" in str(caught.value)
    assert part in str(caught.value)


@pytest.mark.parametrize(
    ("name", "old", "new", "part"),
    [
        ("forms/fee_receipt.yaml", "{{ ho_ten }}", "{{ ho_tn }}", "unknown field ho_tn"),
        ("forms/fee_receipt.yaml", "id: ho_ten", "id: ten_khac", "unknown field ho_ten"),
        ("forms/fee_receipt.yaml", "  - title:", "  - titel:", "unknown kind of line"),
        ("procedures/_words.yaml", "  - bỏ qua\n", "  - quay lại\n", "stands under"),
        ("procedures/_lines.yaml", "{title}. Trường", "Trường", "slots"),
        ("procedures/_days.yaml", "2026-01-02", "2026-02-30", "does not exist"),
    ],
)
def test_other_wrong_files(folder: Path, name: str, old: str, new: str, part: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_library(folder, shipped().documents)
    assert Path(name).name in str(caught.value) and part in str(caught.value)


def test_a_missing_template_is_missed(folder: Path) -> None:
    (folder / "forms" / "minutes.docx").unlink()
    with pytest.raises(ContentError, match="minutes"):
        load_library(folder, shipped().documents)
