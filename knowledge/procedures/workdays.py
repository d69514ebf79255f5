"""Working days in Vietnam, and deadlines as real dates.

Public holidays come from the ``holidays`` library (Labour Code 2019, article 112; Tết and Giỗ Tổ
by the lunar calendar). The government moves days off every year; what the library does not know
stands in ``_days.yaml``.

How time is counted: the Civil Code 2015, article 147 (the first day is not counted; the count
begins on the day after) and article 148 (a limit in months or years ends on the same day of the
month, or on its last day; a last day that is a weekend or a holiday moves to the next working
day). The Party's own texts name the limits and not the counting.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

from knowledge.procedures.model import Unit

_DAY = timedelta(days=1)

FARTHEST = 2000
"""Working days in one count: eight years, beyond which no calendar is worth anything."""


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline: the last day, and what made it later than a plain count of weekdays."""

    day: date
    days_off: tuple[tuple[date, str], ...] = ()
    """Holidays that fell on Monday to Friday and were not counted, with their names."""


@lru_cache(maxsize=1)
def _vietnam() -> holidays.HolidayBase:
    return holidays.country_holidays("VN", language="vi")


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked."""

    off: Mapping[str, str]
    """Days off beyond the library's, ISO date -> name."""
    on: frozenset[str]
    """Days that are worked all the same, ISO dates."""

    def holiday(self, day: date) -> str:
        """Name of the holiday on ``day``, empty when there is none."""
        return self.off.get(day.isoformat()) or str(_vietnam().get(day, ""))

    def works(self, day: date) -> bool:
        """Whether ``day`` is a working day."""
        if day.isoformat() in self.on:
            return True
        if day.isoformat() in self.off:
            return False
        # The library also knows the Saturdays that are worked in exchange for a day off.
        return bool(_vietnam().is_working_day(day))

    def add_working_days(self, start: date, count: int) -> Due:
        """The ``count``-th working day after ``start`` (before it, when negative)."""
        if not 0 < abs(count) <= FARTHEST:
            raise ValueError(f"{count} working days cannot be counted")
        step = _DAY if count > 0 else -_DAY
        day, left, off = start, abs(count), []
        while left:
            day += step
            if self.works(day):
                left -= 1
            elif day.weekday() < 5:
                off.append((day, self.holiday(day)))
        return Due(day, tuple(sorted(off)))

    def next_working_day(self, day: date) -> date:
        """``day`` itself, or the first working day after it."""
        while not self.works(day):
            day += _DAY
        return day

    def due(self, start: date, count: int, unit: Unit) -> Due:
        """The last day of a limit of ``count`` ``unit`` from ``start``.

        A limit that runs backwards ("one day before the meeting") stays where it falls.
        """
        if unit == "working_days":
            return self.add_working_days(start, count)
        if unit == "days":
            day = start + count * _DAY
        else:
            day = add_months(start, count * (12 if unit == "years" else 1))
        return Due(self.next_working_day(day) if count > 0 and unit == "days" else day)


def add_months(start: date, months: int) -> date:
    """The same day of another month, or that month's last day.

    >>> add_months(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    day = min(start.day, calendar.monthrange(year, month + 1)[1])
    return date(year, month + 1, day)


def next_occasion(day: date, occasions: tuple[tuple[int, int], ...]) -> date:
    """The first of the yearly ``occasions`` (month, day) on or after ``day``."""
    days = [date(year, m, d) for year in (day.year, day.year + 1) for m, d in occasions]
    return min(d for d in days if d >= day)
