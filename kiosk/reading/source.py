"""What is read: a file, a document of the store, or a text, as paragraphs with headings."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.errors import KioskError
from kiosk.reading.lines import shown
from kiosk.state import State
from knowledge import Document, Store, open_store
from knowledge.extract import Block, extract
from knowledge.lookup import find_documents, nearest_documents
from voice.speak.script import Paragraph


class SourceNotFound(KioskError):
    """There is no such file, and the store knows no such document."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document that can be read aloud."""

    key: str
    """What its place is remembered by: ``file:`` and its path, or ``document:`` and its id."""
    title: str
    paragraphs: tuple[Paragraph, ...]
    notes: tuple[str, ...] = ()
    """Vietnamese sentences for the screen: what could not be read, that it is a summary."""


def open_source(name: str, state: State) -> Source:
    """The file ``name``, or the document of the store that people call so.

    Raises:
        SourceNotFound: neither.
        KnowledgeError: the file is refused, or the store cannot be used.
    """
    path = Path(name)
    if is_file(path):
        return source_of_file(path)
    if path.suffix.lower() in (".pdf", ".docx", ".html", ".htm", ".md", ".txt"):
        raise SourceNotFound(f"no file {name}", vi=f"Không thấy tệp “{name}”.")
    with open_store(state.database) as store:
        return source_of_document(name, store)


def source_of_file(path: Path) -> Source:
    """A PDF, DOCX, HTML, Markdown or text file.

    Raises:
        DocumentRefused: it cannot be read.
    """
    found = extract(path)
    title = found.title or path.stem
    key = f"file:{path.resolve()}"
    return Source(key, title, _paragraphs(found.blocks), tuple(found.warnings))


def source_of_text(text: str, title: str = "") -> Source:
    """A text that stands in no file; its place is not remembered beyond this text."""
    parts = [part for part in text.split("\n\n") if part.strip()]
    return Source("", title, tuple(Paragraph(part) for part in parts))


def source_of_document(name: str, store: Store) -> Source:
    """A document of the store, by id or name: its whole text if imported, else its summary.

    Raises:
        SourceNotFound: the store knows no such document, or has no text of it.
    """
    documents = store.documents()
    # By id where a screen passes it on, else as people call it.
    known = store.document(name)
    found = [known] if known is not None else list(find_documents(name, documents))
    if not found:
        near = ", ".join(d.brief for d in nearest_documents(name, documents))
        hint = f" Có phải: {near}?" if near else ""
        raise SourceNotFound(
            f"no file and no document {name!r}",
            vi=f"Không thấy tệp hay văn bản “{name}”.{hint}",
        )
    # Where one symbol stands on several, those with a text come first.
    for document in found:
        if (source := _of_document(document, store)) is not None:
            return source
    raise SourceNotFound(
        f"the store has no text of {found[0].id}",
        vi=f"Máy chưa có nội dung của {found[0].name}. Hãy nạp tệp văn bản gốc.",
    )


def _of_document(document: Document, store: Store) -> Source | None:
    key = f"document:{document.id}"
    title = Paragraph(f"{document.name} {document.title}".strip(), 1)
    sections = store.rows(_SECTIONS, [document.id])
    if sections:
        return Source(key, document.name, (title, *_sections(sections)))
    summary = store.summary(document.id)
    if summary is None:
        return None
    notes = (shown("summary_only", name=document.brief),)
    return Source(key, document.name, (title, *_lines(summary.text)), notes)


_SECTIONS = (
    "select id, parent, kind, label, heading, text from sections where document = ? "
    "order by position"
)


def _sections(rows: Sequence[Mapping[str, Any]]) -> Iterator[Paragraph]:
    """The sections of an imported original as they stood in it, labels before their text."""
    levels: dict[int, int] = {}
    for row in rows:
        # One below the section it stands in; the document's own title is level 1.
        level = levels[row["id"]] = levels.get(row["parent"], 1) + 1
        label = _label(row["kind"], row["label"])
        lines = [line for line in row["text"].split("\n") if line.strip()]
        if row["heading"]:
            yield Paragraph(f"{label}{row['heading']}", level)
        elif label and (not lines or row["kind"] in _NAMED):
            yield Paragraph(label.strip(), level)
        elif label:
            lines[0] = f"{label}{lines[0]}"
        yield from (Paragraph(line) for line in lines)


_NAMED = ("phần", "chương", "điều")
"""Kinds whose name is a heading also when no title follows."""


def _label(kind: str, label: str) -> str:
    if not label:
        return ""
    return f"{label}) " if kind == "điểm" and label.isalpha() else f"{label}. "


def _lines(text: str) -> list[Paragraph]:
    return [Paragraph(line) for line in text.split("\n") if line.strip()]


def _paragraphs(blocks: tuple[Block, ...]) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(_table(block) if block.kind == "table" and block.rows else block.text,
                  block.level if block.kind == "heading" else 0)
        for block in blocks
    )  # fmt: skip


def _table(block: Block) -> str:
    """Its rows as lines with bars: the reader rests between cells and after rows."""
    rows = (" | ".join(" ".join(cell.split()) for cell in row) for row in block.rows)
    return "\n".join(f"| {row} |" for row in rows)


def is_file(name: str | Path) -> bool:
    """Whether there is such a file; a whole sentence is no error."""
    try:
        return len(os.fspath(name)) < 1024 and Path(name).is_file()
    except (OSError, ValueError):
        return False
