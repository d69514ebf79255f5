"""Values as people say them -> values as they are written, each with its place in the text.

>>> from datetime import date
>>> from intents.spoken import read_slots
>>> said = "một hai ba xuyệt bốn lăm xuyệt sáu a đường lạc long quân"
>>> [found] = read_slots(said, ["house"], date(2026, 11, 25))
>>> found.value["number"]
'123/45/6A'

Text comes as people type it and as recognisers write it: NFC or NFD, with or without diacritics,
in words, in figures, or mixed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from intents.spoken.addresses import houses_in
from intents.spoken.codes import codes_in, fits
from intents.spoken.dates import dates_in
from intents.spoken.organisations import forms_in, organisations_in, quarters_in, yes_no_in
from intents.spoken.periods import months_in, quarters_of_year_in, years_in
from intents.spoken.quantities import (
    fractions_in,
    money_in,
    numbers_in,
    ordinals_in,
    percents_in,
    phones_in,
    roman_in,
)
from intents.spoken.spots import Spot, Value
from intents.spoken.times import times_in
from intents.spoken.tokens import Text

__all__ = ["SLOT_TYPES", "Found", "SlotType", "Value", "fits", "read_slots", "spots_of"]

SlotType = Literal[
    "house", "document", "date", "time", "quarter", "organisation", "form", "quarter_of_year",
    "month", "year", "money", "percent", "fraction", "phone", "roman", "ordinal", "number",
    "yes_no",
]  # fmt: skip

SLOT_TYPES: tuple[SlotType, ...] = get_args(SlotType)
"""From the most particular to the most general."""

_GENERAL = frozenset(("month", "year", "roman", "ordinal", "number", "fraction", "quarter_of_year"))
"""Types that yield where a more particular one was found: the 5 of 5/3/2026 is no number."""


@dataclass(frozen=True, slots=True)
class Found:
    """One value that was said."""

    slot: str
    """Name of the slot that wanted it; its type where only types were wanted."""
    type: SlotType
    value: Value
    """As it is written: a number, a text, a bool, or a flat dictionary of such; JSON-able."""
    start: int
    """Offset of its first character in the text that was given."""
    end: int
    """Offset behind its last."""
    spoken: str
    """That part of the text, in NFC."""
    sure: bool
    """False where the same words often mean something else: ask before using it."""


def read_slots(
    text: str,
    wanted: Mapping[str, SlotType] | Iterable[SlotType],
    today: date,
    *,
    streets: Mapping[str, str] | None = None,
) -> list[Found]:
    """Every value of the ``wanted`` types in ``text``, in the order in which they were said.

    Args:
        text: what was typed, or a recogniser's hypothesis.
        wanted: slot name -> type, or only types.
        today: what "mai", "tuần sau", "quý này" count from.
        streets: how streets are said -> how they are written; a house's street is among them, or
            follows a word such as đường.

    Raises:
        ValueError: a wanted type does not exist.
        IntentError: the word tables cannot be read.
    """
    names = dict(wanted) if isinstance(wanted, Mapping) else {str(t): t for t in wanted}
    for kind in names.values():
        if kind not in SLOT_TYPES:
            raise ValueError(f"no slot type {kind!r}; there are {', '.join(SLOT_TYPES)}")
    said = Text(text)
    taken: set[int] = set()
    found: list[Found] = []
    for name, kind in sorted(names.items(), key=lambda item: SLOT_TYPES.index(item[1])):
        spots = spots_of(said, kind, today, streets)
        if kind in _GENERAL:
            spots = [s for s in spots if taken.isdisjoint(range(s.begin, s.end))]
        for spot in spots:
            taken.update(range(spot.begin, spot.end))
            start, end = said.span(spot.begin, spot.end)
            spoken = said.said(spot.begin, spot.end)
            found.append(Found(name, kind, spot.value, start, end, spoken, spot.sure))
    return sorted(found, key=lambda f: (f.start, SLOT_TYPES.index(f.type)))


_PLAIN: dict[SlotType, Callable[[Text], list[Spot]]] = {
    "time": times_in, "quarter": quarters_in, "organisation": organisations_in,
    "form": forms_in, "money": money_in, "percent": percents_in, "fraction": fractions_in,
    "phone": phones_in, "roman": roman_in, "ordinal": ordinals_in, "number": numbers_in,
    "yes_no": yes_no_in,
}  # fmt: skip

_DATED: dict[SlotType, Callable[[Text, date], list[Spot]]] = {
    "document": codes_in, "date": dates_in, "quarter_of_year": quarters_of_year_in,
    "month": months_in, "year": years_in,
}  # fmt: skip


def spots_of(
    text: Text, kind: SlotType, today: date, streets: Mapping[str, str] | None = None
) -> list[Spot]:
    """Every value of one type in ``text``, by tokens; see :func:`read_slots`."""
    if kind == "house":
        return houses_in(text, streets)
    if kind in _DATED:
        return _DATED[kind](text, today)
    return _PLAIN[kind](text)
