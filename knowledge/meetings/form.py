"""How times, dates and numbers are written in Party documents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from knowledge.meetings.lines import fill

ELLIPSIS = "…"
"""What is not known is left to be written by hand, on ellipsis characters, not single points."""

LINE_BLANK = ELLIPSIS * 30
"""A line of its own: 30 times 14 pt fit between the margins."""

BLANK = ELLIPSIS * 16
"""Behind a few words."""

NAME_BLANK = ELLIPSIS * 10
"""A name under a signature, or in a heading."""

SHORT_BLANK = ELLIPSIS * 3
"""A number."""


def clock(at: datetime, lines: Mapping[str, str]) -> str:
    """``19 giờ 05``."""
    return fill(lines, "clock", hour=f"{at.hour:02d}", minute=f"{at.minute:02d}")


def day(when: date, lines: Mapping[str, str]) -> str:
    """``ngày 05 tháng 02 năm 2026``: days under 10 and the months 1 and 2 get a zero."""
    month = f"{when.month:02d}" if when.month < 3 else str(when.month)
    return fill(lines, "day", day=f"{when.day:02d}", month=month, year=when.year)


def month(when: date) -> str:
    """``02``, ``12``: as in :func:`day`."""
    return f"{when.month:02d}" if when.month < 3 else str(when.month)


def whole_minutes(length: timedelta) -> int:
    """Rounded to the nearest minute, halves up."""
    return int(length.total_seconds() + 30) // 60


def numbered(number: int | None) -> str:
    """A document's number, under 10 with a zero; a blank when the cell has not given one."""
    return SHORT_BLANK if number is None else f"{number:02d}"
