"""Lunar days as they are said: "rằm tháng tám", "mùng một tết", "hai mươi ba tháng chạp"."""

from __future__ import annotations

from datetime import date

from intents.spoken import lunar
from intents.spoken.day_values import Found, lunar_value
from intents.spoken.periods import month_at, shift_at, year_behind
from intents.spoken.tables import table
from intents.spoken.tokens import Phrases, Text

_LUNAR_MONTHS: Phrases[int] = Phrases(table("lunar_months"))
_EVE = Phrases(dict.fromkeys(("giao thừa", "đêm giao thừa", "tất niên"), True))
_FULL_MOON = Phrases(dict.fromkeys(("rằm", "ngày rằm", "hôm rằm"), True))
_LUNAR = Phrases(dict.fromkeys(("âm lịch", "âm", "ta", "lịch ta"), True))
_MONTH = Phrases({"tháng": True})


def lunar_day(text: Text, day: int, month: int | None, end: int, today: date) -> Found | None:
    """A lunar day; without a ``month`` the next such day. ``end`` is the token behind it."""
    tail = _LUNAR.at(text, end)
    end = tail[1] if tail else end
    if month is None:
        _, month, year = lunar.lunar_of(today)
        solar = lunar.solar_of(day, month, year)
        if solar is None or solar < today:
            month, year = (1, year + 1) if month == 12 else (month + 1, year)
            solar = lunar.solar_of(day, month, year)
        return lunar_value(day, month, year, solar), end, False
    told = year_behind(text, end, today)
    if told:
        solar = lunar.solar_of(day, month, told[0])
        return lunar_value(day, month, told[0], solar), told[1], False
    if (day, month) == (30, 12):
        return _eve(end, today)
    coming = lunar.next_solar(day, month, today)
    return (lunar_value(day, month, *coming), end, False) if coming else None


def is_lunar_month(text: Text, at: int) -> bool:
    """Whether the month at ``at`` has a lunar name: tháng giêng, tháng chạp."""
    word = _MONTH.at(text, at)
    return bool(word and _LUNAR_MONTHS.at(text, word[1]))


def eve_of_tet(text: Text, at: int, today: date) -> Found | None:
    """The eve of Tết, by its name."""
    hit = _EVE.at(text, at)
    return _eve(hit[1], today) if hit else None


def _eve(end: int, today: date) -> Found:
    """The eve of Tết; "ba mươi tết" is the 29th where the month has no 30th."""
    solar = lunar.last_day_of_year(lunar.lunar_of(today)[2])
    return lunar_value(*lunar.lunar_of(solar), solar), end, False


def full_moon(text: Text, at: int, today: date) -> Found | None:
    """rằm, the 15th of a lunar month."""
    moon = _FULL_MOON.at(text, at)
    if not moon:
        return None
    month, end = lunar_month(text, moon[1])
    if shifted := shifted_lunar(text, 15, moon[1], today):
        return shifted
    return lunar_day(text, 15, month, end, today)


def lunar_month(text: Text, at: int) -> tuple[int | None, int]:
    """The month of a lunar day at ``at``: its number or None, and the position behind."""
    word = _MONTH.at(text, at)
    if not word:
        return None, at
    return _LUNAR_MONTHS.at(text, word[1]) or month_at(text, at) or (None, at)


def shifted_lunar(text: Text, day: int, at: int, today: date) -> Found | None:
    """A lunar day of this month, the next …: rằm tháng này."""
    word = _MONTH.at(text, at)
    shift = shift_at(text, word[1]) if word else None
    if shift is None:
        return None
    _, month, year = lunar.lunar_of(today)
    count = year * 12 + month - 1 + shift[0]
    year, month = count // 12, count % 12 + 1
    return lunar_value(day, month, year, lunar.solar_of(day, month, year)), shift[1], False
