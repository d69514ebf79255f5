"""Dates as they are said, resolved from a given day.

A solar date is ``{"calendar": "solar", "date": "2026-11-27", "last": …, "precision": …}``;
``last`` is the last day of a stretch ("tuần sau", "cuối tháng"). A lunar one ("rằm tháng tám",
"mùng một tết") has its lunar ``day``, ``month``, ``year`` beside the solar ``date`` that it seems
to be, and is never sure: the kiosk asks whether that day is meant.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from intents.spoken.day_values import NO_DAY, Found, made, solar_value
from intents.spoken.frame import behind_any, is_end, is_first
from intents.spoken.lunar_days import (
    eve_of_tet,
    full_moon,
    is_lunar_month,
    lunar_day,
    lunar_month,
    shifted_lunar,
)
from intents.spoken.numbers import number_at
from intents.spoken.periods import shift_at, shifted_month, small_number_at, year_behind
from intents.spoken.spots import Spot
from intents.spoken.stretches import COUNTED, SPANS, relative, stretch
from intents.spoken.tables import table
from intents.spoken.tokens import Phrases, Text

_WEEKDAYS: Phrases[int] = Phrases(table("weekdays"))
_LUNAR_DAYS: Phrases[str] = Phrases(table("lunar_days"))
_SOLAR_DAYS: Phrases[str] = Phrases(table("solar_days"))
_DAY = Phrases(
    dict.fromkeys(("ngày", "ngày mùng", "ngày mồng", "mùng", "mồng", "hôm", "ngày hôm"), 1)
)
_EARLY_DAY = Phrases(dict.fromkeys(("mùng", "mồng", "ngày mùng", "ngày mồng"), True))
_NEW_YEAR = Phrases(dict.fromkeys(("tết", "tết âm", "tết nguyên đán"), True))
_LUNAR = Phrases(dict.fromkeys(("âm lịch", "âm", "ta", "lịch ta"), True))
_SOLAR = Phrases(dict.fromkeys(("dương lịch", "dương", "tây"), True))
_MONTH = Phrases({"tháng": True})
_STREET = Phrases(dict.fromkeys(("đường", "phố", "cách mạng"), True))


_FAR = 183
"""Days ahead from which a date without a year may as well be the last one."""


def dates_in(text: Text, today: date) -> list[Spot]:
    """Every date in ``text``, from left to right."""
    found: list[Spot] = []
    at = 0
    while at < len(text):
        best: Found | None = None
        for reader in _READERS:
            hit = reader(text, at, today)
            if hit and (best is None or hit[1] > best[1]):
                best = hit
        if best:
            if best[0] != NO_DAY and not behind_any(text, at, _STREET):
                found.append(Spot(best[0], at, best[1], best[2]))
            at = best[1]
        else:
            at += 1
    return _with_weekday(found, text)


def _coming(day: int, month: int, today: date) -> tuple[date | None, bool]:
    """The next such day, or the last one where that is much nearer; whether it is sure."""
    for year in range(today.year, today.year + 5):
        found = made(day, month, year)
        if found and found >= today:
            last = made(day, month, year - 1)
            if (found - today).days > _FAR and last:
                return last, False
            return found, True
    return None, False


def _named(text: Text, at: int, today: date) -> Found | None:
    """Lunar and solar days that have names."""
    if hit := _SOLAR_DAYS.at(text, at):
        day, month = map(int, hit[0].split("-"))
        return _dated(text, day, month, hit[1], today)
    if hit := _LUNAR_DAYS.at(text, at):
        day, month = map(int, hit[0].split("-"))
        return lunar_day(text, day, month, hit[1], today)
    return None


def _calendar_day(text: Text, at: int, today: date) -> Found | None:
    """ngày 5, mùng năm tháng ba, 15/11/2026, hai mươi tư tháng bảy năm …"""
    cue = _DAY.at(text, at)
    begin = cue[1] if cue else at
    written = _written(text, begin, today)
    if written:
        return written
    day = small_number_at(text, begin, 31)
    if day is None:
        return None
    whole = number_at(text, begin)
    if whole and whole.value > 31 and _MONTH.at(text, whole.end) and whole.form == "cardinal":
        # The 32nd of a month is not its 30th.
        return NO_DAY, lunar_month(text, whole.end)[1], False
    number, end = day
    for stop in range(end, begin, -1):
        # "hai ba tháng ba" may be read too far: the day must end where the month begins.
        shorter = small_number_at(text, begin, 31) if stop == end else _exactly(text, begin, stop)
        if shorter and _MONTH.at(text, shorter[1]):
            number, end = shorter
            break
    early = bool(_EARLY_DAY.at(text, at))
    if new_year := _NEW_YEAR.at(text, end):
        if _SOLAR.at(text, new_year[1]):
            return None
        month = 12 if number > 20 else 1
        return lunar_day(text, number, month, new_year[1], today)
    if _MONTH.at(text, end):
        return _in_month(text, number, end, today)
    if not cue:
        return None
    if _LUNAR.at(text, end):
        return lunar_day(text, number, None, end, today)
    if not early and not _ends_day(text, end):
        return None
    for ahead in range(3):
        year, month = shifted_month(today, ahead)
        found = made(number, month, year)
        if found and found >= today:
            # "mùng một" without a month may be a lunar day; the month is only supposed.
            return solar_value(found, assumed=True), end, False
    return None


def _in_month(text: Text, day: int, at: int, today: date) -> Found | None:
    """A day whose month is said at ``at``."""
    if shift := shift_at(text, at + 1):
        if _LUNAR.at(text, shift[1]):
            return shifted_lunar(text, day, at, today)
        year, solar_month = shifted_month(today, shift[0])
        found = made(day, solar_month, year)
        return (solar_value(found) if found else NO_DAY), shift[1], True
    month, behind = lunar_month(text, at)
    if month is None:
        return None
    if is_lunar_month(text, at) or _LUNAR.at(text, behind):
        return lunar_day(text, day, month, behind, today)
    return _dated(text, day, month, behind, today)


def _ends_day(text: Text, at: int) -> bool:
    """Whether the number before ``at`` can be a day: "ngày năm nghìn" is none."""
    return not COUNTED.at(text, at)


def _exactly(text: Text, begin: int, end: int) -> tuple[int, int] | None:
    number = number_at(text, begin, to_end=end)
    return (number.value, end) if number and number.end == end and number.value <= 31 else None


def _dated(text: Text, day: int, month: int, end: int, today: date) -> Found | None:
    told = year_behind(text, end, today)
    if told:
        found = made(day, month, told[0])
        tail = _SOLAR.at(text, told[1])
        return solar_value(found) if found else NO_DAY, tail[1] if tail else told[1], True
    tail = _SOLAR.at(text, end)
    coming, sure = _coming(day, month, today)
    if coming is None:
        return NO_DAY, end, False
    return solar_value(coming, assumed=True), tail[1] if tail else end, sure


def _written(text: Text, at: int, today: date) -> Found | None:
    """5/3/2026, 05-03-2026, 5/3, 2026-11-15."""
    parts, pos = [text.digits_at(at)], at + 1
    while (
        len(parts) < 3
        and text.sign_at(pos)
        and text.sign_at(pos) in "/-."
        and text.digits_at(pos + 1)
    ):
        if not text.glued_at(pos) or not text.glued_at(pos + 1):
            break
        parts.append(text.digits_at(pos + 1))
        pos += 2
    if not parts[0] or len(parts) < 2 or any(len(p) > 4 for p in parts):
        return None
    numbers = [int(p) for p in parts]
    if len(parts) == 3:
        day, month, year = reversed(numbers) if len(parts[0]) == 4 else numbers
        found = made(day, month, year + 2000 if year < 100 else year)
        return solar_value(found) if found else NO_DAY, pos, True
    if len(parts[1]) == 4 or text.sign_at(at + 1) == "." or max(map(len, parts)) > 2:
        return None
    if text.sign_at(pos) == "/" or not made(numbers[0], numbers[1], 2024):
        return None
    found_day = _dated(text, numbers[0], numbers[1], pos, today)
    # 45/6 is a house; 12/6 can be both.
    cued = at > 0 and bool(_DAY.at(text, at - 1))
    sure = cued or (is_first(text, at) and is_end(text, pos))
    return (found_day[0], found_day[1], found_day[2] and sure) if found_day else None


def _weekday(text: Text, at: int, today: date) -> Found | None:
    """thứ sáu, thứ sáu tuần sau, thứ sáu này."""
    hit = _WEEKDAYS.at(text, at)
    if hit is None:
        return None
    monday = today - timedelta(days=today.weekday())
    week = SPANS.at(text, hit[1])
    if week and week[0] == "week" and (shift := shift_at(text, week[1])):
        return solar_value(monday + timedelta(days=hit[0] + 7 * shift[0])), shift[1], True
    ahead = (hit[0] - today.weekday()) % 7
    shift = shift_at(text, hit[1])
    if shift and shift[0] == 0:
        return solar_value(monday + timedelta(days=hit[0])), shift[1], True
    if shift and shift[0] < 0:
        return solar_value(today + timedelta(days=ahead - 7)), shift[1], True
    if shift:
        # "thứ sáu tới" said on a Wednesday: this week's to some, next week's to others.
        days = ahead or 7
        return solar_value(today + timedelta(days=days)), shift[1], hit[0] <= today.weekday()
    return solar_value(today + timedelta(days=ahead)), hit[1], ahead > 0


def _with_weekday(spots: list[Spot], text: Text) -> list[Spot]:
    """thứ sáu ngày 27 tháng 11: one date; unsure when the day of the week is another."""
    merged: list[Spot] = []
    for spot in spots:
        before = merged[-1] if merged else None
        value = spot.value
        if (
            before
            and text.skip_signs(before.end, ",") == spot.begin
            and _WEEKDAYS.at(text, before.begin)
            and not _WEEKDAYS.at(text, spot.begin)
            and isinstance(value, dict)
            and value.get("precision") == "day"
        ):
            hit = _WEEKDAYS.at(text, before.begin)
            right = hit is not None and date.fromisoformat(str(value["date"])).weekday() == hit[0]
            merged[-1] = Spot(value, before.begin, spot.end, spot.sure and right)
        else:
            merged.append(spot)
    return merged


_READERS: tuple[Callable[[Text, int, date], Found | None], ...] = (
    _named, eve_of_tet, full_moon, relative, _calendar_day, _weekday, stretch,
)  # fmt: skip
