"""Values as people say them, in the wordings of the three regions, with and without diacritics.

The rows of ``values.tsv`` were written by hand from how people speak, not from what the code gave.
"""

from __future__ import annotations

import json
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from intents.fold import bare
from intents.spoken import SLOT_TYPES, Value, read_slots
from intents.spoken.written import written_value

TODAY = date(2026, 11, 26)

ROWS = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "values.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def shown(kind: str, value: Value) -> str:
    """A value in the short form of the table."""
    if isinstance(value, dict):
        if kind == "house":
            return f"{value['number']}, {value['street'] or '-'}"
        if kind == "date" and value["calendar"] == "lunar":
            return f"lunar {value['day']}/{value['month']}"
        if kind == "date":
            last = f"..{value['last']}" if value["last"] else ""
            return f"{value['date']}{last}"
        if kind == "money":
            return f"{value['amount']} {value['currency']}"
        if kind == "organisation":
            return str(value["name"])
        return written_value(kind, value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, bool) else str(value)


def read(kind: str, text: str) -> tuple[str, bool]:
    found = read_slots(text, [kind], TODAY)  # type: ignore[list-item]
    return (shown(kind, found[0].value), found[0].sure) if found else ("none", False)


def test_there_are_enough_rows_of_every_type() -> None:
    assert len(ROWS) >= 150
    assert {kind for kind, *_ in ROWS} == set(SLOT_TYPES)


@pytest.mark.parametrize(("kind", "text", "value", "sure"), ROWS, ids=[r[1] for r in ROWS])
def test_a_value_is_read_as_it_was_meant(kind: str, text: str, value: str, sure: str) -> None:
    got, certain = read(kind, text)
    assert got == value.strip('"')
    if value != "none":
        assert certain is (sure == "1")


@pytest.mark.parametrize(("kind", "text", "value", "sure"), ROWS, ids=[r[1] for r in ROWS])
def test_decomposed_text_is_read_alike(kind: str, text: str, value: str, sure: str) -> None:
    del value, sure
    assert read(kind, unicodedata.normalize("NFD", text)) == read(kind, text)


def test_most_values_survive_the_loss_of_all_diacritics() -> None:
    """Names keep none of their marks, and some words fall together; numbers must hold."""
    kinds = ("number", "document", "date", "time", "quarter", "month", "year", "form", "percent")
    rows = [r for r in ROWS if r[0] in kinds and r[2] != "none"]
    lost = [r[1] for r in rows if read(r[0], bare(r[1]))[0] not in (r[2].strip('"'), "none")]
    right = sum(read(r[0], bare(r[1]))[0] == r[2].strip('"') for r in rows)
    assert right >= 0.9 * len(rows), lost
    assert len(lost) <= 0.05 * len(rows), lost


def test_old_and_new_places_of_the_tone_mark_are_one() -> None:
    for one, two in (("khóa mười hai", "khoá mười hai"), ("quý bốn", "qúy bốn"), ("tỷ", "tỉ")):
        kinds = ["roman", "quarter_of_year", "number"]
        first = [f.value for f in read_slots(one, kinds, TODAY)]  # type: ignore[arg-type]
        assert first == [f.value for f in read_slots(two, kinds, TODAY)]  # type: ignore[arg-type]


def test_an_unknown_type_is_refused() -> None:
    with pytest.raises(ValueError, match="no slot type"):
        read_slots("một", ["nothing"], TODAY)  # type: ignore[list-item]


def test_the_place_of_a_value_holds_in_the_text_that_was_given() -> None:
    text = unicodedata.normalize("NFD", "Họp lúc bảy giờ rưỡi tối nhé")
    [found] = read_slots(text, ["time"], TODAY)
    said = unicodedata.normalize("NFC", text[found.start : found.end])
    assert said == found.spoken == "bảy giờ rưỡi tối"
