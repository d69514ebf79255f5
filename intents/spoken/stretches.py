"""Days and stretches counted from today: "ba ngày nữa", "tuần sau", "cuối tháng"."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from intents.spoken.day_values import Found, solar_value
from intents.spoken.numbers import number_at
from intents.spoken.periods import month_at, quarter_at, shift_at, shifted_month, year_behind
from intents.spoken.tables import table
from intents.spoken.tokens import Phrases, Text

_DAYS: Phrases[int] = Phrases(table("relative_days"))
_PARTS: Phrases[str] = Phrases(table("parts"))
SPANS = Phrases({"tuần": "week", "tháng": "month", "quý": "quarter", "năm": "year"})
COUNTED = Phrases(
    {"ngày": "day", "hôm": "day", "bữa": "day", "tuần": "week", "tháng": "month", "năm": "year"}
)
_MORE = Phrases({"nữa": 1, "sau": 1, "tới": 1, "trước": -1})
_AGO = Phrases({"cách đây": True})


def relative(text: Text, at: int, today: date) -> Found | None:
    """hôm nay, mai, ngày kia; ba ngày nữa, cách đây hai tuần."""
    ago = _AGO.at(text, at)
    begin = ago[1] if ago else at
    number = number_at(text, begin)
    for count in (number, number_at(text, begin, to_end=begin + 1)):
        unit = COUNTED.at(text, count.end) if count else None
        more = _MORE.at(text, unit[1]) if unit else None
        if count and unit and (more or ago):
            sign = -1 if ago else more[0] if more else 1
            found = _later(today, unit[0], sign * count.value)
            end = more[1] if more and not ago else unit[1]
            return (solar_value(found), end, True) if found else None
    hit = _DAYS.at(text, at)
    if hit is None:
        return None
    # Without diacritics "ngay mot" is the day after tomorrow or the first.
    sure = text.toned or hit[0] != 2 or text.key_at(hit[1] - 1) != "mot"
    return solar_value(today + timedelta(days=hit[0])), hit[1], sure


def _later(today: date, unit: str, count: int) -> date | None:
    if abs(count) > 1000:
        return None
    if unit in ("day", "week"):
        return today + timedelta(days=count * (7 if unit == "week" else 1))
    year, month = shifted_month(today, count * (12 if unit == "year" else 1))
    day = min(today.day, calendar.monthrange(year, month)[1])
    return date(year, month, day)


def stretch(text: Text, at: int, today: date) -> Found | None:
    """tuần sau, cuối tháng, đầu quý sau, giữa tháng ba: a stretch of days."""
    part = _PARTS.at(text, at)
    begin = part[1] if part else at
    unit = SPANS.at(text, begin)
    if unit is None:
        return None
    bounds = _bounds(text, begin, unit, today, named=bool(part))
    if bounds is None:
        return None
    first, last, end, sure = bounds
    if part:
        first, last = _cut(first, last, part[0], unit[0])
        return solar_value(first, last=last, precision=f"{part[0]} of {unit[0]}"), end, sure
    return solar_value(first, last=last, precision=unit[0]), end, sure


def _bounds(
    text: Text, at: int, unit: tuple[str, int], today: date, *, named: bool
) -> tuple[date, date, int, bool] | None:
    kind, end = unit
    shift = shift_at(text, end)
    if kind == "quarter":
        quarter = quarter_at(text, at, today)
        if quarter:
            first = date(quarter[0], quarter[1] * 3 - 2, 1)
            return first, _month_end(quarter[0], quarter[1] * 3), quarter[2], quarter[3]
    if kind == "month" and (number := month_at(text, at)):
        told = year_behind(text, number[1], today)
        year = told[0] if told else today.year + (number[0] < today.month)
        first = date(year, number[0], 1)
        return first, _month_end(year, number[0]), told[1] if told else number[1], True
    if kind == "year" and (told := year_behind(text, at, today)):
        return date(told[0], 1, 1), date(told[0], 12, 31), told[1], True
    if not shift and not named:
        return None  # tháng, năm, tuần alone say nothing
    steps, end = shift or (0, end)
    if kind == "week":
        monday = today + timedelta(days=7 * steps - today.weekday())
        return monday, monday + timedelta(days=6), end, True
    if kind == "month":
        year, month = shifted_month(today, steps)
        return date(year, month, 1), _month_end(year, month), end, True
    if kind == "year":
        return date(today.year + steps, 1, 1), date(today.year + steps, 12, 31), end, True
    first_of = (today.month - 1) // 3 * 3 + 1
    year, month = shifted_month(date(today.year, first_of, 1), 3 * steps)
    return date(year, month, 1), _month_end(year, month + 2), end, True


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _cut(first: date, last: date, part: str, unit: str) -> tuple[date, date]:
    """The beginning, middle or end of a stretch: thirds, and Saturday and Sunday of a week."""
    if part == "end":
        return last, last
    if unit == "week":
        days = {"first": (0, 1), "middle": (2, 3), "last": (5, 6)}[part]
        return first + timedelta(days=days[0]), first + timedelta(days=days[1])
    if unit == "month":
        bounds = {"first": (1, 10), "middle": (11, 20), "last": (21, last.day)}[part]
        return first.replace(day=bounds[0]), first.replace(day=bounds[1])
    step = 1 if unit == "quarter" else 4
    number = {"first": 0, "middle": 1, "last": 2}[part]
    month = first.month + number * step
    return date(first.year, month, 1), _month_end(first.year, month + step - 1)
