"""Loads and checks what is shipped: documents, answers and the sentences around them.

The format of the files is described in docs/knowledge.md.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import get_args

from knowledge.errors import ContentError
from knowledge.records import Document, Entry, EntryKind, EntrySource, successors
from knowledge.trust import TRUSTS, Trust, as_trust, weakest
from knowledge.yaml_lines import Value, read_yaml

SHIPPED = Path(__file__).parent / "content"

LONGEST_SENTENCE = 40
"""Words in a sentence: more than one breath of the voice, and more than a listener keeps."""

MOST_SENTENCES = 7
"""Sentences in an entry's text: about a minute of listening."""

LINES: dict[str, tuple[str, ...]] = {
    "caution": (),
    "newer_one": ("document",),
    "newer_many": ("documents",),
    "same_number": ("code", "count", "documents"),
    "this": (),
    "record": ("name", "title"),
    "in_force": ("which", "date"),
    "replaced": ("which", "document"),
    "replaced_unsure": ("which", "document"),
    "no_text": (),
    "unknown_title": (),
    "unknown_document": ("code",),
    "nearest": ("documents",),
    "ask_ward": (),
    "unsure_mark": (),
    "and": (),
    "from": (),
    "quoted": ("document", "where"),
    "quoted_whole": ("document",),
    "own_summary": ("document",),
    "may_be_replaced": ("document",),
    "is_replaced": ("document",),
    "disagree": (),
    "other_says": ("document",),
    "not_found_title": (),
    "not_found": (),
    "near_titles": ("titles",),
    "no_such_part": ("part", "document"),
    "no_original": ("document",),
    "reading": ("document", "where"),
    "reading_summary": ("document",),
    "headings": ("document", "headings"),
    "end_of_text": (),
    "more_to_read": (),
    "contact": ("name", "phone"),
    "no_contact": (),
}
"""Sentences of content/lines.yaml and the slots each one must hold."""

SLOT = re.compile(r"\{(\w+)\}")
"""A name in braces, to be filled in."""

_FULL_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that is shipped, checked."""

    documents: Mapping[str, Document]
    entries: Mapping[str, Entry]
    lines: Mapping[str, str]
    """Sentences that are put around an answer, by name, with slots in braces."""

    @property
    def hash(self) -> str:
        """Changes when anything that goes into the database changes."""
        whole = {
            "documents": [asdict(d) for d in self.documents.values()],
            "entries": [asdict(e) for e in self.entries.values()],
        }
        text = json.dumps(whole, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def load_content(folder: Path = SHIPPED) -> Content:
    """Read and check every file of ``folder``.

    Raises:
        ContentError: with file and line, for the first thing that is wrong.
    """
    documents = _documents(read_yaml(folder / "documents.yaml"))
    entries: dict[str, Entry] = {}
    follow_ups: list[Value] = []
    for path in sorted((folder / "answers").glob("*.yaml")):
        top = read_yaml(path).record(frozenset({"topic", "entries"}), frozenset())
        for key, value in top["entries"].fields():
            entry = _entry(key, value, top["topic"].text(), documents, follow_ups)
            if entry.id in entries:
                key.fail(f"entry {entry.id} stands in two files")
            entries[entry.id] = entry
    if not entries:
        raise ContentError("answers", 0, "no answer files")
    for follow_up in follow_ups:
        if follow_up.text() not in entries:
            follow_up.fail(f"unknown entry {follow_up.text()}")
    return Content(documents, entries, _lines(read_yaml(folder / "lines.yaml")))


def sentences(text: str) -> list[str]:
    """The sentences of a text of ours: they end with . ? or ! and a space."""
    return [s for s in _SENTENCE_END.split(text) if s]


def source_trust(source: EntrySource, documents: Mapping[str, Document]) -> Trust:
    """How sure a statement from ``source`` is today.

    The weakest of what was quoted, of the document itself, and of the news that something newer
    has replaced it: a rule read in the original is unsure once it may no longer hold.
    """
    document = documents[source.document]
    chain = (document, *successors(document, documents))
    replaced = [d.replaced_trust for d in chain if d.replaced_trust is not None]
    return weakest([source.trust, document.trust, *replaced])


def check_sources(entry: Entry, documents: Mapping[str, Document]) -> str:
    """What is wrong with the sources of ``entry``, in English; empty when nothing is."""
    if not entry.sources:
        return f"entry {entry.id} has no source"
    for source in entry.sources:
        if source.document not in documents:
            return f"unknown document {source.document}"
    if entry.document is not None and entry.document not in documents:
        return f"unknown document {entry.document}"
    weak = weakest(source_trust(source, documents) for source in entry.sources)
    if entry.trust != weak:
        return f"trust is {entry.trust}, but its weakest source is {weak}"
    return ""


_DOCUMENT = frozenset({"id", "kind", "number", "code", "date", "issuer", "title", "trust"})
_DOCUMENT_MAY = frozenset({"in_force_from", "replaced_by", "replaced_trust", "note"})


def _documents(top: Value) -> dict[str, Document]:
    documents: dict[str, Document] = {}
    links: list[tuple[str, Value]] = []
    for item in top.record(frozenset({"documents"}), frozenset())["documents"].items():
        record = item.record(_DOCUMENT, _DOCUMENT_MAY)
        document = _document(record)
        if document.id in documents:
            record["id"].fail(f"document {document.id} stands twice")
        twin = next(
            (d for d in documents.values()
             if document.code and (d.code, d.date) == (document.code, document.date)),
            None,
        )  # fmt: skip
        if twin:
            record["code"].fail(f"{document.code} of {document.date} stands twice")
        documents[document.id] = document
        if "replaced_by" in record:
            links.append((document.id, record["replaced_by"]))
    for name, link in links:
        if link.text() not in documents:
            link.fail(f"unknown document {link.text()}")
        if _in_circle(name, documents):
            link.fail(f"{name} is replaced by itself, by way of others")
    return documents


def _document(record: dict[str, Value]) -> Document:
    def optional(name: str) -> str | None:
        return record[name].text() if name in record else None

    if ("replaced_by" in record) != ("replaced_trust" in record):
        record["id"].fail("replaced_by and replaced_trust stand together")
    number, code = record["number"].text(empty=True), record["code"].text(empty=True)
    if not code.startswith(number) or bool(code) != bool(number):
        record["code"].fail(f"code {code} does not begin with number {number}")
    return Document(
        id=record["id"].text(),
        kind=record["kind"].text(),
        number=number,
        code=code,
        date=_date(record["date"], empty=True),
        issuer=record["issuer"].text(empty=True),
        title=record["title"].text(),
        trust=_trust(record["trust"]),
        in_force_from=_date(record["in_force_from"]) if "in_force_from" in record else None,
        replaced_by=optional("replaced_by"),
        replaced_trust=_trust(record["replaced_trust"]) if "replaced_trust" in record else None,
        note=optional("note") or "",
    )


def _in_circle(start: str, documents: Mapping[str, Document]) -> bool:
    seen: set[str] = set()
    at: str | None = start
    while at is not None and at in documents:
        if at in seen:
            return True
        seen.add(at)
        at = documents[at].replaced_by
    return False


_ENTRY = frozenset({"title", "text", "trust", "as_of", "sources"})
_ENTRY_MAY = frozenset({"kind", "document", "caution", "leads", "follow_ups", "asked"})


def _entry(
    key: Value,
    value: Value,
    topic: str,
    documents: Mapping[str, Document],
    follow_ups: list[Value],
) -> Entry:
    record = value.record(_ENTRY, _ENTRY_MAY)
    kind: EntryKind = "answer"
    if "kind" in record:
        if record["kind"].text() not in get_args(EntryKind):
            record["kind"].fail(f"kind is one of {', '.join(get_args(EntryKind))}")
        kind = "summary" if record["kind"].text() == "summary" else "answer"
    if (kind == "summary") != ("document" in record):
        key.fail("a summary, and nothing else, names its document")
    if "document" in record:
        _known(record["document"], documents)
    later = record["follow_ups"].items() if "follow_ups" in record else []
    follow_ups += later
    if not _FULL_DATE.fullmatch(record["as_of"].text()):
        record["as_of"].fail("as_of is a full date, YYYY-MM-DD")
    entry = Entry(
        id=key.text(),
        kind=kind,
        topic=topic,
        title=record["title"].text(),
        text=_spoken(record["text"], MOST_SENTENCES),
        trust=_trust(record["trust"]),
        as_of=_date(record["as_of"]),
        sources=tuple(_source(item, documents) for item in record["sources"].items()),
        document=record["document"].text() if "document" in record else None,
        caution=_spoken(record["caution"], 2) if "caution" in record else "",
        leads=tuple(_lead(v) for v in record["leads"].items()) if "leads" in record else (),
        follow_ups=tuple(v.text() for v in later),
        asked=tuple(v.text() for v in record["asked"].items()) if "asked" in record else (),
    )
    if wrong := check_sources(entry, documents):
        record["trust" if wrong.startswith("trust") else "sources"].fail(wrong)
    return entry


def _source(item: Value, documents: Mapping[str, Document]) -> EntrySource:
    record = item.record(frozenset({"document"}), frozenset({"where", "trust"}))
    document = _known(record["document"], documents)
    return EntrySource(
        document.id,
        _trust(record["trust"]) if "trust" in record else document.trust,
        record["where"].text() if "where" in record else "",
    )


def _known(value: Value, documents: Mapping[str, Document]) -> Document:
    if value.text() not in documents:
        value.fail(f"unknown document {value.text()}")
    return documents[value.text()]


def _trust(value: Value) -> Trust:
    trust = as_trust(value.text())
    if trust is None:
        value.fail(f"trust is one of {', '.join(TRUSTS)}")
    return trust


def _date(value: Value, *, empty: bool = False) -> str:
    text = value.text(empty=empty)
    if not text:
        return ""
    match = _PARTIAL_DATE.fullmatch(text)
    if not match:
        value.fail(f"{text} is not a date: YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = match.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        value.fail(f"{text} does not exist")
    return text


def _spoken(value: Value, most: int) -> str:
    text = value.text()
    if text[-1] not in ".?!":
        value.fail("a text that is read aloud ends with a full stop")
    parts = sentences(text)
    if len(parts) > most:
        value.fail(f"{len(parts)} sentences; at most {most}")
    for part in parts:
        if len(part.split()) > LONGEST_SENTENCE:
            value.fail(f"a sentence of {len(part.split())} words: {part[:40]}…")
    return text


def slots_of(template: str) -> list[str]:
    """Names in braces."""
    return SLOT.findall(template)


def _lead(value: Value) -> str:
    text = _spoken(value, 1)
    if not slots_of(text):
        value.fail("a lead holds at least one slot, {name}")
    return text


def _lines(top: Value) -> dict[str, str]:
    record = top.record(frozenset(LINES), frozenset())
    for name, value in record.items():
        if sorted(slots_of(value.text())) != sorted(LINES[name]):
            value.fail(f"{name} holds the slots {', '.join(LINES[name]) or '(none)'}, once each")
    return {name: value.text() for name, value in record.items()}
