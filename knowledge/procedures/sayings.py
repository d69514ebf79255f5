"""How values are written out for people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from knowledge.procedures.model import Ask, Value
from knowledge.procedures.spoken_dates import say_date


def show_value(ask: Ask, value: Value | None, lines: Mapping[str, str]) -> str:
    """An answer in words: the label of a choice, a date in full, a number with its unit."""
    if value is None:
        return lines["answer_skipped"]
    if isinstance(value, bool):
        return lines["answer_yes" if value else "answer_no"]
    if ask.kind == "date":
        return say_date(date.fromisoformat(str(value)))
    if ask.kind == "choice":
        return next(choice.label for choice in ask.choices if choice.value == value)
    if isinstance(value, int):
        grouped = f"{value:,}".replace(",", ".")
        return f"{grouped} {ask.unit}".strip()
    return value


def join(parts: list[str], last: str) -> str:
    """``a, b và c``."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}"
