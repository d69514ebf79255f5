"""A whole text with its spoken numbers in figures, as people write: for the screen, and to search.

>>> write_figures("ngày hai mươi tư tháng bảy năm hai không mười ba lúc tám giờ rưỡi")
'ngày 24 tháng 7 năm 2013 lúc 8:30'
>>> write_figures("nhà tôi ở một hai ba xuyệt bốn lăm")
'nhà tôi ở 123/45'

A number word alone stays a word, as in print ("ba người"), unless what stands beside it makes it
a figure ("tháng ba", "ba giờ"). The decimal sign is the comma; thousands are not grouped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from intents.spoken.addresses import chain_at
from intents.spoken.frame import behind_any
from intents.spoken.numbers import cardinal_at, number_at, year_at
from intents.spoken.periods import small_number_at
from intents.spoken.quantities import decimal_at, fraction_at, phones_in, roman_in
from intents.spoken.tables import table
from intents.spoken.times import clock_at
from intents.spoken.tokens import Phrases, Text
from intents.spoken.words import digit_at, unit_at, word_at

_CUES: Phrases[bool] = Phrases(dict.fromkeys(table("figure_cues"), True))
_UNITS: Phrases[bool] = Phrases(dict.fromkeys(table("figure_units"), True))
_SCALES: Phrases[int] = Phrases(table("kept_scales"))
_MINUS = Phrases({"âm": True, "trừ": True})
_PERCENT = Phrases({"phần trăm": True})
_MONTH = Phrases({"tháng": True})
_YEAR = Phrases({"năm": True})
_SECOND = Phrases({"giây": True})
_DOT = Phrases({"chấm": True})
_STREETS: Phrases[str] = Phrases({})

_LEAST_YEAR = 100
"""Years before are said rarely, and "năm năm" is five years."""


@dataclass(frozen=True, slots=True)
class _Figure:
    written: str
    end: int


def write_figures(text: str) -> str:
    """``text`` with spoken numbers, times, dates, fractions and house numbers in figures.

    Text in NFD or without diacritics is read too; what is no number comes back unchanged.
    """
    said = Text(text)
    found: list[tuple[int, int, str]] = []
    spots = {s.begin: _Figure(str(s.value), s.end) for s in phones_in(said) if s.sure}
    for spot in roman_in(said):
        if isinstance(spot.value, dict):
            spots[spot.begin] = _Figure(str(spot.value["written"]), spot.end)
    at = 0
    while at < len(said):
        figure = spots.get(at) or _figure_at(said, at)
        if figure is None:
            at += 1
            continue
        start, _ = said.span(at, at + 1)
        _, stop = said.span(figure.end - 1, figure.end)
        found.append((start, stop, figure.written))
        at = figure.end
    pieces, last = [], 0
    for start, stop, written in found:
        pieces += [text[last:start], written]
        last = stop
    return "".join((*pieces, text[last:]))


def _figure_at(text: Text, at: int) -> _Figure | None:
    if word_at(text, at).year and digit_at(text, at + 1) is not None and _year(text, at + 1):
        return None  # "năm" is the word year here
    for reader in _READERS:
        figure = reader(text, at)
        if figure:
            return figure
    return None


def _year(text: Text, at: int) -> _Figure | None:
    """năm hai không hai sáu, năm chín trăm ba tám: all of the number is the year."""
    if not at or not _YEAR.at(text, at - 1):
        return None
    year = year_at(text, at)
    whole = number_at(text, at)
    if year and (whole is None or year.end >= whole.end):
        return _Figure(year.written, year.end)
    if whole and _LEAST_YEAR <= whole.value < 3000 and word_at(text, at + 1).hundred:
        return _Figure(whole.written, whole.end)
    return None


def _month(text: Text, at: int) -> _Figure | None:
    """The number of a month, which ends before the year."""
    if not at or not _MONTH.at(text, at - 1):
        return None
    for end in range(min(at + 3, len(text)), at, -1):
        number = number_at(text, at, to_end=end)
        if number and number.end == end and 1 <= number.value <= 12:
            return _Figure(str(number.value), end)
    return _Figure("4", at + 1) if unit_at(text, at) == 4 else None


def _day(text: Text, at: int) -> _Figure | None:
    """The number of a day before a month: ba mươi tháng tư."""
    for end in range(min(at + 4, len(text) - 1), at, -1):
        number = number_at(text, at, to_end=end)
        if number and number.end == end and 1 <= number.value <= 31 and _MONTH.at(text, end):
            month = _month(text, end + 1)
            return _Figure(str(number.value), end) if month else None
    return None


def _clock(text: Text, at: int) -> _Figure | None:
    clock = clock_at(text, at)
    if clock is None or text.digits_at(at):
        return None
    hour, minute, end, _ = clock
    minutes = minute or _said_zero(text, end)
    second = small_number_at(text, end, 59)
    if minute and second and _SECOND.at(text, second[1]):
        return _Figure(f"{hour}:{minute:02d}:{second[0]:02d}", second[1] + 1)
    return _Figure(f"{hour}:{minute:02d}" if minutes else f"{hour}h", end)


def _said_zero(text: Text, end: int) -> bool:
    """Whether "không phút" was said."""
    return digit_at(text, end - 2) == 0 and end >= 2 and text.key_at(end - 1)[:1] == "p"


def _house(text: Text, at: int) -> _Figure | None:
    chain = chain_at(text, at, _STREETS, cued=behind_any(text, at, _CUES))
    if chain is None or len(chain.parts) < 2 or not chain.sure:
        return None
    return _Figure("/".join(chain.parts), chain.end)


def _fraction(text: Text, at: int) -> _Figure | None:
    spot = fraction_at(text, at)
    return _Figure(str(spot.value).removeprefix("-"), spot.end) if spot else None


def _negative(text: Text, at: int) -> _Figure | None:
    if not _MINUS.at(text, at):
        return None
    figure = _fraction(text, at + 1) or _scaled(text, at + 1) or _number(text, at + 1)
    return _Figure(f"-{figure.written}", figure.end) if figure else None


def _scaled(text: Text, at: int) -> _Figure | None:
    """460 triệu, 4,6 triệu, 10,5 tỷ: the scale word stays behind a round number."""
    for end in range(min(at + 9, len(text)), at, -1):
        scale = _SCALES.at(text, end)
        if not scale:
            continue
        decimal = decimal_at(text, at, scaled=False)
        head = number_at(text, at, to_end=end)
        word = text.said(end, end + 1)
        if decimal and decimal.end == end:
            tail = _tail(text, end + 1) if "," not in str(decimal.value) else ""
            return None if tail else _Figure(f"{decimal.value} {word}", end + 1)
        if head is None or head.end != end or head.value >= 10000:
            continue
        whole = cardinal_at(text, at)
        if whole is None or whole.end == end + 1:
            return _Figure(f"{head.value} {word}", end + 1)
        if whole.end == end + 2 and (tail := _tail(text, end + 1)):
            return _Figure(f"{head.value},{tail} {word}", end + 2)
        return None
    return None


def _tail(text: Text, at: int) -> str:
    """The tenth behind a scale word: rưỡi, mốt, hai."""
    if word_at(text, at).half:
        return "5"
    unit = unit_at(text, at)
    return str(unit) if unit is not None else ""


def _dotted(text: Text, at: int) -> _Figure | None:
    """Sections as they are printed: một chấm hai chấm ba, 1.2.3."""
    parts: list[str] = []
    pos = at
    while pos < len(text):
        number = number_at(text, pos)
        digit = digit_at(text, pos)
        if number is None and digit is None:
            break
        parts.append(number.written if number else str(digit))
        end = number.end if number else pos + 1
        if not _DOT.at(text, end):
            return _Figure(".".join(parts), end) if len(parts) > 2 else None
        pos = end + 1
    return None


def _number(text: Text, at: int) -> _Figure | None:
    spot = decimal_at(text, at)
    number = number_at(text, at)
    if spot and (number is None or spot.end > number.end):
        half = word_at(text, spot.end - 1).half
        if half and isinstance(spot.value, str) and not _UNITS.at(text, spot.end):
            return None  # "chín rưỡi": a time, or a price
        percent = _PERCENT.at(text, spot.end)
        return _Figure(f"{spot.value}%" if percent else str(spot.value),
                       percent[1] if percent else spot.end)  # fmt: skip
    if number is None or (text.digits_at(at) and number.end == at + 1):
        return None
    if not number.sure and number.form == "short" and not behind_any(text, at, _CUES):
        return None  # "ba năm": three years
    percent = _PERCENT.at(text, number.end)
    alone = number.end == at + 1 and not word_at(text, at).ten
    if alone and not (percent or behind_any(text, at, _CUES) or _UNITS.at(text, number.end)):
        return None
    if percent:
        return _Figure(f"{number.written}%", percent[1])
    return _Figure(number.written, number.end)


_READERS: tuple[Callable[[Text, int], _Figure | None], ...] = (
    _clock, _year, _month, _day, _negative, _house, _fraction, _scaled, _dotted, _number,
)  # fmt: skip
