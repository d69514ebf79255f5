"""Months, quarters of the year and years, said outright or from today: "quý bốn năm nay"."""

from __future__ import annotations

from datetime import date

from intents.spoken.numbers import number_at, year_at
from intents.spoken.quantities import roman_value
from intents.spoken.spots import Spot
from intents.spoken.tables import table
from intents.spoken.tokens import Phrases, Text
from intents.spoken.words import unit_at

_SHIFTS: Phrases[int] = Phrases(table("shifts"))
_MONTH = Phrases({"tháng": True})
_YEAR = Phrases({"năm": True})
_QUARTER = Phrases({"quý": True})

_YEARS = (1900, 2100)
"""Years that are meant; other numbers behind "năm" count something."""


def shift_at(text: Text, at: int) -> tuple[int, int] | None:
    """này, sau, trước …: how many later, and the position behind."""
    return _SHIFTS.at(text, at)


def small_number_at(text: Text, at: int, largest: int) -> tuple[int, int] | None:
    """A number from 1 to ``largest`` and the position behind it, as long as can be.

    "ba năm nay" behind tháng is March of this year: three, not thirty-five.
    """
    for end in (None, at + 4, at + 3, at + 2, at + 1):
        number = number_at(text, at, to_end=end)
        if number and 1 <= number.value <= largest:
            return number.value, number.end
    return (4, at + 1) if unit_at(text, at) == 4 else None  # tư


def month_at(text: Text, at: int) -> tuple[int, int] | None:
    """The number of a month behind "tháng" at ``at``, and the position behind it."""
    month = _MONTH.at(text, at)
    return small_number_at(text, month[1], 12) if month else None


def year_behind(text: Text, at: int, today: date) -> tuple[int, int] | None:
    """ "năm hai không hai sáu", "năm nay", "/2026" at ``at``: the year, the position behind."""
    if text.sign_at(at) in ("/", "-", ".") and len(text.digits_at(at + 1)) == 4:
        return int(text.digits_at(at + 1)), at + 2
    at = text.skip_signs(at, ",")
    word = _YEAR.at(text, at)
    if not word:
        digits = text.digits_at(at)
        return (int(digits), at + 1) if len(digits) == 4 and _is_year(int(digits)) else None
    shift = shift_at(text, word[1])
    if shift:
        return today.year + shift[0], shift[1]
    found = year_at(text, word[1])
    if found and _is_year(found.value):
        return found.value, found.end
    short = number_at(text, word[1])
    if (
        short
        and short.end - short.begin >= 1
        and 20 <= short.value <= 40
        and short.form != "digits"
    ):
        return 2000 + short.value, short.end
    return None


def _is_year(value: int) -> bool:
    return _YEARS[0] <= value < _YEARS[1]


def shifted_month(today: date, months: int) -> tuple[int, int]:
    """Year and month ``months`` after today's."""
    count = today.year * 12 + today.month - 1 + months
    return count // 12, count % 12 + 1


def months_in(text: Text, today: date) -> list[Spot]:
    """Months as "2026-03"; without a year, of this one."""
    found = []
    for _, begin, behind in _MONTH.all_in(text):
        shift = shift_at(text, behind)
        if shift:
            year, month = shifted_month(today, shift[0])
            found.append(Spot(f"{year}-{month:02d}", begin, shift[1]))
            continue
        number = month_at(text, begin)
        if number is None:
            continue
        told = year_behind(text, number[1], today)
        year, end = told or (today.year, number[1])
        found.append(Spot(f"{year}-{number[0]:02d}", begin, end))
    return found


def quarter_at(text: Text, at: int, today: date) -> tuple[int, int, int, bool] | None:
    """A quarter of the year at ``at``: year, quarter, position behind, whether it is sure."""
    cue = _QUARTER.at(text, at)
    if not cue:
        return None
    shift = shift_at(text, cue[1])
    if shift:
        count = today.year * 4 + (today.month - 1) // 3 + shift[0]
        return count // 4, count % 4 + 1, shift[1], True
    number = small_number_at(text, cue[1], 4)
    if number is None and cue[1] < len(text):
        value = roman_value(text.tokens[cue[1]].word)
        number = (value, cue[1] + 1) if value and value <= 4 else None
    if number is None:
        return None
    told = year_behind(text, number[1], today)
    year, end = told or (today.year, number[1])
    # Trần Quý ba … is a street; without diacritics quy is a fund or a rule.
    sure = bool(told) or text.toned
    return year, number[0], end, sure


def quarters_of_year_in(text: Text, today: date) -> list[Spot]:
    """Quarters of the year as "2026-Q3"; without a year, of this one."""
    found = []
    for _, begin, _ in _QUARTER.all_in(text):
        quarter = quarter_at(text, begin, today)
        if quarter:
            found.append(Spot(f"{quarter[0]}-Q{quarter[1]}", begin, quarter[2], quarter[3]))
    return found


def years_in(text: Text, today: date) -> list[Spot]:
    """Years as numbers: "năm nay", "năm hai không hai sáu", "2026"."""
    found: list[Spot] = []
    at = 0
    while at < len(text):
        told = year_behind(text, at, today)
        if told is None and _is_year(number.value if (number := year_at(text, at)) else 0):
            assert number is not None
            told = (number.value, number.end)
        if told:
            found.append(Spot(told[0], at, told[1]))
            at = told[1]
        else:
            at += 1
    return found
