"""Documents of a dialogue: DOCX from the template, PDF from the same lines."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docxtpl
import jinja2

from knowledge.content import SHIPPED
from knowledge.procedures.docx_files import listing
from knowledge.procedures.errors import OutputError
from knowledge.procedures.layout import blocks
from knowledge.procedures.model import Form
from knowledge.procedures.office import office_pdf
from knowledge.procedures.pdf_files import form_pdf, listing_pdf
from knowledge.procedures.result import result
from knowledge.procedures.session import Session
from knowledge.procedures.values import context


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
