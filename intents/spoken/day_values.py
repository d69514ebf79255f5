"""What the readers of dates give: solar and lunar days as values."""

from __future__ import annotations

from datetime import date

from intents.spoken.spots import Value

Found = tuple[Value, int, bool]
"""Value, the token behind it, whether it is sure."""

NO_DAY: Value = ""
"""The value of what was said and is no date, such as the 31st of February."""


def solar_value(
    first: date, *, last: date | None = None, precision: str = "day", assumed: bool = False
) -> Value:
    """A solar day; ``last`` is the last day of a stretch, ``assumed`` that no year was said."""
    return {
        "calendar": "solar", "date": first.isoformat(),
        "last": last.isoformat() if last else None, "precision": precision,
        "year_assumed": assumed,
    }  # fmt: skip


def made(day: int, month: int, year: int) -> date | None:
    """The date, or None where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def lunar_value(day: int, month: int, year: int, solar: date | None) -> Value:
    """A lunar day with the solar one that it falls on."""
    return {
        "calendar": "lunar", "day": day, "month": month, "year": year,
        "date": solar.isoformat() if solar else None,
    }  # fmt: skip
