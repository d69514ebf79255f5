"""Minutes and resolution as DOCX, from the shipped templates or the ward's own."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path

from knowledge.content import SHIPPED
from knowledge.meetings.errors import FormError
from knowledge.meetings.minutes import Minutes
from knowledge.meetings.resolution import Resolution

MINUTES, RESOLUTION = "bien-ban.docx", "nghi-quyet.docx"

LARGEST_TEMPLATE = 5_000_000
"""Bytes: a template with a picture or two; more is not a template."""


def to_docx(record: Minutes | Resolution, at: datetime, own: Path | None = None) -> bytes:
    """The document, with ``at`` as its date.

    Args:
        own: folder with the ward's own templates; one that is missing there is the shipped one.

    Raises:
        FormError: the template cannot be read, or asks for something that there is not.
    """
    # Loading these takes half a second; a running meeting does not need them.
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    name = MINUTES if isinstance(record, Minutes) else RESOLUTION
    path = SHIPPED / "meetings" / name
    if own is not None and (own / name).is_file():
        path = own / name
    # A template comes from people: no Python may run out of it, and what is typed is only text.
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    try:
        if path.stat().st_size > LARGEST_TEMPLATE:
            raise ValueError(f"larger than {LARGEST_TEMPLATE} bytes")
        template = DocxTemplate(io.BytesIO(path.read_bytes()))
        template.render(record.as_dict(), environment, autoescape=True)
        properties = template.docx.core_properties
        properties.created = properties.modified = at.replace(tzinfo=None)
        properties.title = record.subject
        made = io.BytesIO()
        template.save(made)
    except (OSError, ValueError, KeyError, SyntaxError, TemplateError, zipfile.BadZipFile) as error:
        raise FormError(
            f"{path}: {type(error).__name__}: {error}",
            vi=f"Mẫu văn bản {name} không dùng được. Hãy sửa hoặc bỏ mẫu riêng của phường.",
        ) from error
    return made.getvalue()
