"""Reading a document aloud: open it at a part, go on, go back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from knowledge.answering.places import Row, has_text, row_of, sections_named, within
from knowledge.fold import fold, nfc
from knowledge.lookup import find_documents
from knowledge.records import Document
from knowledge.search.passages import chain_of, label_of_chain
from knowledge.search.references import find_parts, find_references
from knowledge.store import Store

MOST_WORDS = 160
"""Words that are read at once: about a minute of a slow voice."""

MOST_HEADINGS = 12
"""Headings that are read of a document without a summary."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A place in a document, with what is shown and read there. JSON-serialisable."""

    status: Literal["reading", "summary", "headings", "end", "no_document", "no_part", "no_text"]
    document: str = ""
    """Id."""
    name: str = ""
    """Printed name of the document."""
    where: str = ""
    """``mục 20.3``."""
    section: int | None = None
    """Row of the section; for "đọc tiếp" and for opening it on the screen."""
    paragraph: int = 0
    """Paragraph of the section that is read first."""
    next_paragraph: int | None = None
    """Where the section goes on; None when it was read to its end."""
    page: int | None = None
    title: str = ""
    text: str = ""
    """To show: paragraphs apart by line breaks."""
    spoken: str = ""
    """To read aloud."""
    alternatives: tuple[str, ...] = ()
    """Ids of other documents or sections that may be meant."""

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Reading:
        """The inverse of :meth:`to_json`."""
        return cls(**{**value, "alternatives": tuple(value.get("alternatives", ()))})


def open_reading(store: Store, said: str, *, document: str = "", summary: bool = False) -> Reading:
    """Open what ``said`` names: "điều hai mươi quy định hai chín bốn", "tóm tắt chỉ thị 50".

    Args:
        store: what is known.
        said: what was asked for; the document may be left out when ``document`` is given.
        document: id or name of the document, when it is known already.
        summary: its summary is wanted, not its text.

    Raises:
        StoreError: the store cannot be read.
    """
    said = nfc(said)
    everything = store.documents()
    references = [r for r in find_references(said, everything) if r.certain]
    chosen = _document(document, everything) or next(
        (r.documents for r in references if r.documents), ()
    )
    parts = find_parts(said, skip=[r.words for r in references])
    if not chosen:
        name = references[0].said if references else nfc(document) or said
        text = store.lines["unknown_document"].format(code=name[:60])
        return Reading("no_document", text=text, spoken=text, title=store.lines["unknown_title"])
    found = _with_text(store, chosen) or chosen[0]
    others = tuple(d.id for d in chosen if d is not found)
    summary = summary or "tom tat" in fold(said)
    if summary or not has_text(store, found.id):
        return _summary(store, found, others)
    if not parts:
        first = store.rows(
            "select * from sections where document = ? order by position limit 1", [found.id]
        )
        return _read(store, found, first[0], 0, others)
    rows = sections_named(store, found.id, parts)
    if not rows:
        asked = ", ".join(f"{p.kind} {p.label}" for p in parts)
        text = store.lines["no_such_part"].format(part=asked, document=found.brief)
        return Reading("no_part", found.id, found.name, title=found.name, text=text, spoken=text)
    more = (*(str(row["id"]) for row in rows[1:]), *others)
    return _read(store, found, rows[0], 0, more)


def next_part(store: Store, reading: Reading) -> Reading:
    """What follows: "đọc tiếp"."""
    if reading.section is None:
        return reading
    document = store.document(reading.document)
    row = row_of(store, reading.section)
    if document is None or row is None:
        text = store.lines["end_of_text"]
        return Reading("end", reading.document, reading.name, text=text, spoken=text)
    if reading.next_paragraph is not None:
        return _read(store, document, row, reading.next_paragraph, ())
    rows = store.rows(
        "select * from sections where document = ? and position > ? order by position limit 1",
        [document.id, row["position"] + _swallowed(store, row)],
    )
    if not rows:
        text = store.lines["end_of_text"]
        return Reading(
            "end", document.id, document.name, reading.where, reading.section, title=document.name,
            text=text, spoken=text,
        )  # fmt: skip
    return _read(store, document, rows[0], 0, ())


def previous_part(store: Store, reading: Reading) -> Reading:
    """What stands before: "đọc lại mục trước"."""
    document = store.document(reading.document)
    row = row_of(store, reading.section) if reading.section is not None else None
    if document is None or row is None:
        return reading
    if reading.paragraph:
        return _read(store, document, row, 0, ())
    rows = store.rows(
        "select * from sections where document = ? and position < ? order by position desc limit 1",
        [document.id, row["position"]],
    )
    return _read(store, document, rows[0] if rows else row, 0, ())


def _document(name: str, everything: Sequence[Document]) -> tuple[Document, ...]:
    if not name:
        return ()
    by_id = tuple(d for d in everything if d.id == name)
    return by_id or find_documents(name, everything)


def _with_text(store: Store, documents: Sequence[Document]) -> Document | None:
    return next((d for d in documents if has_text(store, d.id)), None)


def _words(row: Row) -> int:
    return len(f"{row['heading']} {row['text']}".split())


def _swallowed(store: Store, row: Row) -> int:
    """How many sections below were read together with ``row``."""
    below = within(store, row)
    whole = _words(row) + sum(_words(each) for each in below)
    return len(below) if below and whole <= MOST_WORDS else 0


def _read(
    store: Store, document: Document, row: Row, paragraph: int, others: Sequence[str]
) -> Reading:
    rows = {row["id"]: row}
    above = row
    while above["parent"] is not None and (up := row_of(store, above["parent"])) is not None:
        rows[up["id"]] = above = up
    chain = chain_of(row, rows)
    where = label_of_chain(chain)
    heading = next((r["heading"] for r in reversed(chain) if r["heading"]), "")
    paragraphs = [p for p in row["text"].split("\n") if any(c.isalnum() for c in p)]
    count = _swallowed(store, row) if not paragraph else 0
    chosen: list[str] = []
    words = 0
    at = paragraph
    while at < len(paragraphs) and (not chosen or words < MOST_WORDS):
        chosen.append(paragraphs[at])
        words += len(paragraphs[at].split())
        at += 1
    following = at if at < len(paragraphs) else None
    for below in within(store, row)[:count]:
        label = f"{below['label']}. " if below["kind"] != "điểm" else f"{below['label']}) "
        body = " ".join(p for p in (below["heading"], below["text"].replace("\n", " ")) if p)
        chosen.append(label + body)
    head = store.lines["reading"].format(document=document.brief, where=where) if where else ""
    own = row["heading"] if not paragraph else ""
    spoken = [part for part in (head, own, *chosen) if part]
    if following is not None or not chosen:
        spoken.append(store.lines["more_to_read"])
    return Reading(
        "reading", document.id, document.name, where, row["id"], paragraph, following, row["page"],
        heading or document.name, "\n".join(p for p in (own, *chosen) if p),
        " ".join(p if p[-1] in ".:;?!" else f"{p}." for p in spoken), tuple(others),
    )  # fmt: skip


def _summary(store: Store, document: Document, others: Sequence[str]) -> Reading:
    entry = store.summary(document.id)
    if entry is not None:
        text = f"{entry.text} {entry.caution}".strip()
        return Reading(
            "summary", document.id, document.name, title=entry.title, text=text, spoken=text,
            alternatives=tuple(others),
        )  # fmt: skip
    rows = store.rows(
        "select * from sections where document = ? and heading != '' and parent is null "
        f"order by position limit {MOST_HEADINGS}",
        [document.id],
    )
    if not rows:
        text = f"{store.lines['no_original'].format(document=document.name)} "
        text += store.lines["ask_ward"]
        return Reading(
            "no_text", document.id, document.name, title=document.name, text=text, spoken=text,
            alternatives=tuple(others),
        )  # fmt: skip
    listed = " ".join(f"{r['label']}. {r['heading'].strip(' .:')}." for r in rows)
    text = store.lines["headings"].format(document=document.brief, headings=listed)
    return Reading(
        "headings", document.id, document.name, title=document.name, text=text, spoken=text,
        alternatives=tuple(others),
    )  # fmt: skip
