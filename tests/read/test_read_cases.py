"""What is written against what must be said: one row a case, by class and region."""

from __future__ import annotations

from pathlib import Path

import pytest

from voice.read import words

CASES = Path(__file__).parent / "cases"
LEAST = 600
"""Rows the tables must hold together, so that none is lost unseen."""


def rows() -> list[tuple[str, int, str, str, str]]:
    found = []
    for path in sorted(CASES.glob("*.tsv")):
        for line, row in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if row.startswith("#") or not row:
                continue
            region, written, spoken = row.split("\t")
            found.append((path.stem, line, region, written.replace("\\n", "\n"), spoken))
    return found


ROWS = rows()


def test_the_tables_are_complete() -> None:
    assert len(ROWS) >= LEAST
    assert {row[2] for row in ROWS} == {"bac", "trung", "nam"}


@pytest.mark.parametrize(
    ("region", "written", "spoken"),
    [pytest.param(*row[2:], id=f"{row[0]}:{row[1]}") for row in ROWS],
)
def test_case(region: str, written: str, spoken: str) -> None:
    assert words(written, region=region) == spoken  # type: ignore[arg-type]
