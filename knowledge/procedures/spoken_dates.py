"""Dates as people say them: "ngày mười lăm tháng mười một", "15/11", "hôm qua"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from knowledge.procedures.heard import bare, find, is_bare, tokens
from knowledge.procedures.model import Near
from knowledge.procedures.spoken_numbers import NumberWords, read_at, spell, words_of

Fold = Callable[[str], str]
"""A word of ours in the writing of what was said."""
Has = Callable[[str], bool]
"""Whether a phrase stands in what was said."""

Wrong = Literal["", "no_such_day", "lunar_day", "month_only", "day_ahead", "day_past"]

_FIGURES = re.compile(r"(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}|\d{2}))?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DIGITS = {"không": "0", "một": "1", "hai": "2", "ba": "3", "bốn": "4", "tư": "4", "năm": "5",
           "sáu": "6", "bảy": "7", "bẩy": "7", "tám": "8", "chín": "9"}  # fmt: skip

_RELATIVE: tuple[tuple[str, int], ...] = (
    ("hôm nay", 0), ("bữa nay", 0), ("ngày hôm nay", 0), ("hôm qua", -1), ("ngày hôm qua", -1),
    ("bữa qua", -1), ("hôm kia", -2), ("bữa kia", -2), ("hôm kìa", -3), ("ngày mai", 1),
    ("mai", 1), ("ngày kia", 2), ("ngày mốt", 2), ("mốt", 2),
)  # fmt: skip
_AGO = ("trước", "cách đây", "hồi trước")
_LUNAR = ("rằm", "âm lịch", "tháng chạp", "tháng giêng", "mùng một tết")
_DAY, _MONTH, _YEAR, _FIRST_TEN = "ngày", "tháng", "năm", ("mùng", "mồng")
_MONTH_NAMES = {"này": 0, "nay": 0, "trước": -1, "rồi": -1, "sau": 1, "tới": 1}
_YEAR_NAMES = {"nay": 0, "này": 0, "ngoái": -1, "trước": -1, "rồi": -1, "sau": 1, "tới": 1}

FAR = 100
"""Years: a date farther away than this was not meant."""


@dataclass(frozen=True, slots=True)
class Found:
    """What came of reading a date."""

    day: date | None
    wrong: Wrong = ""
    """Why there is none: the name of the sentence to say."""


def read_date(text: str, today: date, near: Near) -> Found:
    """The day that ``text`` names; a year that was not said is the nearest that fits ``near``.

    >>> read_date("ngày mười lăm tháng mười một", date(2026, 11, 25), "past").day
    datetime.date(2026, 11, 15)
    """
    found = tokens(text)
    fold = bare if is_bare(text) else str
    said = [fold(token) for token in found]

    def has(phrase: str) -> bool:
        return find([fold(token) for token in tokens(phrase)], said) >= 0

    figures = next((m for t in said if (m := _ISO.fullmatch(t) or _FIGURES.fullmatch(t))), None)
    if any(has(phrase) for phrase in _LUNAR):
        return Found(None, "lunar_day")
    if figures is not None:
        parts = [int(p) if p else None for p in figures.groups()]
        day, month, year = parts[::-1] if figures.re is _ISO else parts
        return _checked(day, month, _full_year(year), today, near)
    spoken = _spoken(text, today)
    if spoken is not None:
        day, month, year = spoken
        if day is None:
            return Found(None, "month_only")
        return _checked(day, month, year, today, near)
    days = _relative(text, has)
    if days is None:
        return Found(None)
    return _checked_day(today + timedelta(days=days), today, near)


def expected_dates(today: date, near: Near, *, back: int = 400, ahead: int = 200) -> list[str]:
    """Sentences a recogniser should listen for: days about today, without and with the year."""
    first = 0 if near == "future" else -back
    last = 0 if near == "past" else ahead
    texts = [p for p, d in _RELATIVE if first <= d <= last]
    days = [today + timedelta(days=d) for d in range(first, last + 1)]
    short: dict[str, None] = {}
    for day in days:
        short |= dict.fromkeys(_day_texts(day))
    with_year = [f"{_day_texts(d)[0]} năm {spell(d.year)}" for d in days]
    return [*texts, *short, *with_year]


def say_date(day: date) -> str:
    """``day`` as it is written to be read aloud: "ngày 15 tháng 11 năm 2026"."""
    return f"ngày {day.day} tháng {day.month} năm {day.year}"


def _day_texts(day: date) -> tuple[str, ...]:
    month = "tư" if day.month == 4 else spell(day.month)
    number = spell(day.day)
    if day.day <= 10:
        return (
            f"ngày {number} tháng {month}",
            f"ngày mùng {number} tháng {month}",
            f"mồng {number} tháng {month}",
        )
    return (f"ngày {number} tháng {month}", f"{number} tháng {month}")


def _checked(
    day: int | None, month: int | None, year: int | None, today: date, near: Near
) -> Found:
    assert day is not None and month is not None
    if year is not None:
        try:
            return _checked_day(date(year, month, day), today, near)
        except ValueError:
            return Found(None, "no_such_day")
    days = []
    # Eight years hold a 29 February whatever the century does.
    for candidate in range(today.year - 8, today.year + 9):
        try:
            days.append(date(candidate, month, day))
        except ValueError:
            continue
    if near == "past":
        days = [d for d in days if d <= today]
    elif near == "future":
        days = [d for d in days if d >= today]
    if not days:
        return Found(None, "no_such_day")
    return Found(min(days, key=lambda d: abs((d - today).days)))


def _checked_day(day: date, today: date, near: Near) -> Found:
    if abs(day.year - today.year) > FAR:
        return Found(None, "no_such_day")
    if near == "past" and day > today:
        return Found(None, "day_ahead")
    if near == "future" and day < today:
        return Found(None, "day_past")
    return Found(day)


def _spoken(text: str, today: date) -> tuple[int | None, int, int | None] | None:
    """Day, month and year of "ngày … tháng … năm …", in either order; None when not of that kind.

    The words năm (five, year) and tháng decide by their place: what follows tháng is its number.
    """
    found, words = words_of(text)
    fold = bare if is_bare(text) else _first
    month_word, day_word, year_word = fold(_MONTH), fold(_DAY), fold(_YEAR)
    first_ten = {fold(w) for w in _FIRST_TEN}
    at = next((i for i, t in enumerate(found) if t == month_word and i + 1 < len(found)), -1)
    if at < 0:
        return None
    day = month = year = None
    month_names = {fold(w): v for w, v in _MONTH_NAMES.items()}
    read = _small(found, at + 1, words, 12)
    if read is not None:
        month, behind = read
    elif found[at + 1] in month_names:
        shift = today.year * 12 + today.month - 1 + month_names[found[at + 1]]
        year, month = shift // 12, shift % 12 + 1
        behind = at + 2
    else:
        return None
    for start in range(max(0, at - 3), at):
        read = _small(found, start, words, 99)
        if read is not None and read[1] == at:
            day = read[0]
            break
    if day is None and behind < len(found) and found[behind] in ({day_word} | first_ten):
        start = behind + (2 if found[behind + 1 : behind + 2] and found[behind + 1] in first_ten
                          else 1)  # fmt: skip
        read = _small(found, start, words, 31)
        if read is not None:
            day, behind = read
    if behind < len(found) and found[behind] == year_word:
        year = _year(found, behind + 1, words, fold, today)
    elif behind < len(found) and re.fullmatch(r"\d{4}", found[behind]):
        year = int(found[behind])
    return day, month, year


def _first(word: str) -> str:
    return tokens(word)[0]


def _small(found: list[str], at: int, words: NumberWords, top: int) -> tuple[int, int] | None:
    """A number up to ``top``: two words more than needed are left alone ("mười một năm …")."""
    best = None
    for end in range(at + 1, min(at + 3, len(found)) + 1):
        read = read_at(found[at:end], 0, words)
        if read is not None and read[1] == end - at and 1 <= read[0] <= top:
            best = (read[0], end)
    return best


def _year(found: list[str], at: int, words: NumberWords, fold: Fold, today: date) -> int | None:
    if at >= len(found):
        return None
    names = {fold(w): v for w, v in _YEAR_NAMES.items()}
    if found[at] in names:
        return today.year + names[found[at]]
    digits = {fold(w): d for w, d in _DIGITS.items()}
    run = "".join(digits.get(token, " ") for token in found[at : at + 4])
    if re.fullmatch(r"\d{4}", run):
        return int(run)
    read = read_at(found, at, words)
    return _full_year(read[0]) if read is not None else None


def _full_year(year: int | None) -> int | None:
    """A year of two figures is of this century up to 50, else of the last."""
    if year is None or year >= 100:
        return year
    return year + (2000 if year <= 50 else 1900)


def _relative(text: str, has: Has) -> int | None:
    found, words = words_of(text)
    fold = bare if is_bare(text) else _first
    # "ba ngày trước", "cách đây hai tuần".
    for unit, length in (("ngày", 1), ("hôm", 1), ("tuần", 7)):
        for at, token in enumerate(found):
            if token != fold(unit):
                continue
            for start in range(max(0, at - 3), at):
                read = read_at(found, start, words)
                if read is not None and read[1] == at and any(has(p) for p in _AGO):
                    return -read[0] * length
    hits = [(len(p), d) for p, d in _RELATIVE if has(p)]
    return max(hits)[1] if hits else None
