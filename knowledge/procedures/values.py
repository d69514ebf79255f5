"""What goes into a form's marks: the answers in writing, and dots where there are none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge.procedures.form_files import MADE
from knowledge.procedures.model import Ask, Form
from knowledge.procedures.session import Session

FULL_LINE = 120
"""Dots of one line of text: 165 mm at 3.5 points a dot, less the indent."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What a form holds after its dialogue."""

    form: str
    title: str
    rows: tuple[tuple[str, str], ...]
    """(label, text) of every field; the text is empty where nothing was given."""
    filled: int
    empty: int
    speech: tuple[str, ...]
    """To read aloud."""


def filled(session: Session) -> Filled:
    """A form's fields and what was answered, to show and to read."""
    form, lines = form_of(session), session.library.lines
    rows = tuple((ask.label, _value(session, ask)) for ask in form.questions)
    count = sum(bool(text) for _, text in rows)
    summary = lines["form_done"].format(title=form.title, filled=count, empty=len(rows) - count)
    said = [summary, *(f"{label}: {text}." for label, text in rows if text)]
    return Filled(
        form.id, form.title, rows, count, len(rows) - count,
        (*said, lines["form_own_drawing"], lines["save_hint"]),
    )  # fmt: skip


def context(session: Session) -> dict[str, str]:
    """Text of every mark in a form's drawing; dots where nothing was given."""
    form = form_of(session)
    values = {ask.id: _value(session, ask) or dots(ask) for ask in form.questions}
    day = session.today
    return {**values, **dict(zip(sorted(MADE), _date_parts(day), strict=True))}


def dots(ask: Ask) -> str:
    """A dotted line, or several, to be filled by hand."""
    if ask.lines:
        return "\n" + "\n".join(["." * FULL_LINE] * ask.lines)
    return "." * ask.dots


def _date_parts(day: date) -> tuple[str, str, str]:
    """Of ``nam``, ``ngay`` and ``thang``: days below 10 and months 1 and 2 get a zero."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return str(day.year), f"{day.day:02}", month


def _value(session: Session, ask: Ask) -> str:
    value = session.answers.get(ask.id)
    if value is None:
        return ""
    if ask.kind == "date":
        day = date.fromisoformat(str(value))
        return f"{day.day:02}/{day.month:02}/{day.year}"
    if isinstance(value, bool):
        return session.library.lines["answer_yes" if value else "answer_no"]
    if ask.kind == "choice":
        return next(choice.label for choice in ask.choices if choice.value == value)
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".")
    return value


def form_of(session: Session) -> Form:
    """The form that a session fills; a procedure has none, which is a mistake in the program."""
    if not isinstance(session.subject, Form):
        raise TypeError("a procedure has a result, it is not filled: see result")
    return session.subject
