"""Forms filled by answers: DOCX from the template, PDF from the same lines."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import docxtpl
import jinja2

from knowledge.content import SHIPPED
from knowledge.procedures.docx_files import listing
from knowledge.procedures.errors import OutputError
from knowledge.procedures.form_files import MADE
from knowledge.procedures.layout import blocks
from knowledge.procedures.model import Ask, Form
from knowledge.procedures.office import office_pdf
from knowledge.procedures.pdf_files import form_pdf, listing_pdf
from knowledge.procedures.result import result
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
    form, lines = _form(session), session.library.lines
    rows = tuple((ask.label, _value(session, ask)) for ask in form.questions)
    count = sum(bool(text) for _, text in rows)
    summary = lines["form_done"].format(title=form.title, filled=count, empty=len(rows) - count)
    said = [summary, *(f"{label}: {text}." for label, text in rows if text)]
    return Filled(
        form.id, form.title, rows, count, len(rows) - count,
        (*said, lines["form_own_drawing"], lines["save_hint"]),
    )  # fmt: skip


def to_docx(session: Session, folder: Path = SHIPPED) -> bytes:
    """The list of a procedure, or the filled form, as DOCX.

    Raises:
        OutputError: the form's template is missing or damaged.
    """
    if not isinstance(session.subject, Form):
        return listing(blocks(result(session), session.library))
    path = folder / "forms" / f"{session.subject.id}.docx"
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=True)
    try:
        document: Any = docxtpl.DocxTemplate(path)
        document.render(context(session), jinja_env=environment, autoescape=True)
        out = io.BytesIO()
        document.save(out)
    except Exception as error:  # a damaged zip, XML or template: each library raises its own
        raise OutputError(
            f"cannot fill {path.name}: {error!r}",
            vi=f"Tệp mẫu {path.name} bị thiếu hoặc hỏng. Hãy cài lại chương trình.",
        ) from error
    return out.getvalue()


def to_pdf(session: Session, folder: Path = SHIPPED, *, office: bool = True) -> bytes:
    """The same as PDF: through LibreOffice when it is installed, else drawn here."""
    if isinstance(session.subject, Form):
        made = office_pdf(to_docx(session, folder)) if office else None
        return made or form_pdf(session.subject, context(session))
    return listing_pdf(blocks(result(session), session.library))


def context(session: Session) -> dict[str, str]:
    """Text of every mark in a form's drawing; dots where nothing was given."""
    form = _form(session)
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


def _form(session: Session) -> Form:
    if not isinstance(session.subject, Form):
        raise TypeError("a procedure has a result, it is not filled: see result")
    return session.subject
