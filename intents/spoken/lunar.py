"""Lunar days of the Vietnamese calendar as solar ones.

The rules and the time zone are Vietnam's (UTC+7), not China's: Tết 2007 and Tết 2030 fall on
other days there. The sums are Hồ Ngọc Đức's ("Thuật toán tính âm lịch"), in ``lunar_vn``.
"""

from __future__ import annotations

from datetime import date, timedelta

from lunar_vn import LunarDate, lunar_to_solar, solar_to_lunar

_FIRST_YEAR, _LAST_YEAR = 1900, 2099
"""Lunar years in which the sums hold."""


def solar_of(day: int, month: int, year: int) -> date | None:
    """The solar day of a lunar one (no leap month); None when there is no such day."""
    if not (1 <= day <= 30 and 1 <= month <= 12 and _FIRST_YEAR <= year <= _LAST_YEAR):
        return None
    found: date = lunar_to_solar(LunarDate(day, month, year))
    back = solar_to_lunar(found)
    # A month of 29 days has no 30th; the sums would give the 1st of the next.
    return found if (back.day, back.month, back.year) == (day, month, year) else None


def last_day_of_year(year: int) -> date:
    """The eve of Tết that ends the lunar ``year``: the 29th or the 30th."""
    tet = solar_of(1, 1, year + 1)
    assert tet is not None, year
    return tet - timedelta(days=1)


def next_solar(day: int, month: int, today: date) -> tuple[int, date] | None:
    """The next such lunar day from ``today`` on: its lunar year and solar day."""
    this = solar_to_lunar(today).year
    for year in range(this, this + 3):
        found = solar_of(day, month, year)
        if found and found >= today:
            return year, found
    return None


def lunar_of(day: date) -> tuple[int, int, int]:
    """Lunar day, month and year of a solar day."""
    found = solar_to_lunar(day)
    return found.day, found.month, found.year
