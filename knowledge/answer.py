"""From what is wanted to what is said: the answer of an intent, with its sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.content import SLOT, slots_of, source_trust
from knowledge.fold import fold, nfc
from knowledge.lookup import find_documents, nearest_documents
from knowledge.records import Document, Entry, EntrySource, heir_of, say_date, successors
from knowledge.store import Store
from knowledge.trust import UNSURE, Trust, weakest

DOCUMENT_INTENT, DOCUMENT_SLOT = "read_directive", "document"
"""The intent whose answer is a document's summary, and the slot that names the document."""

LONGEST_NAME = 60
"""Letters of what was asked for that are said back: a name, not a speech."""

_CHECKED = fold("kiểm tra lại")
"""An answer that says this need not be given the general caution."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A document that an answer rests on."""

    document: str
    """Spoken and printed name: ``Hướng dẫn 42-HD/BTCTW ngày 28-10-2025``."""
    code: str
    """Symbol; empty for a document without one."""
    trust: Trust
    """How sure the quoted part is."""
    in_force_from: str | None = None
    """ISO date, possibly only its year or month."""
    replaced_by: str | None = None
    """Name of the newest document known to have taken its place."""
    where: str = ""
    """Điều, mục …; empty when it is not known."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown and read aloud."""

    id: str
    """Of the entry it comes from; ``document_unknown`` or ``document_record`` without one."""
    title: str
    text: str
    """Sentences to show and to read aloud, with what is unsure said at the end."""
    sources: tuple[Citation, ...] = ()
    trust: Trust | None = None
    """The weakest of what it uses; None when it claims nothing."""
    follow_ups: tuple[str, ...] = ()
    """Ids to ask next."""
    as_of: str = ""
    """ISO date of the last check."""
    found: bool = True
    """False when all it says is that we do not have what was asked for."""


def answer(store: Store, intent: str, slots: Mapping[str, str] | None = None) -> Answer | None:
    """The answer to ``intent``, or None when nothing is known of it.

    Args:
        store: what is known.
        intent: an intent's name, or an entry's id.
        slots: what was said of it; text in any Unicode form. Unknown names are ignored.

    Raises:
        StoreError: the store cannot be read.
    """
    given = {name: nfc(value) for name, value in (slots or {}).items() if nfc(value)}
    if intent == DOCUMENT_INTENT and DOCUMENT_SLOT in given:
        return _of_document(store, given[DOCUMENT_SLOT])
    entry = store.entry(intent)
    return None if entry is None else _from_entry(store, entry, given)


def _from_entry(
    store: Store,
    entry: Entry,
    slots: Mapping[str, str],
    before: Sequence[str] = (),
    more: Sequence[str] = (),
) -> Answer:
    documents = {d.id: d for d in store.documents()}
    lead = next((said for text in entry.leads if (said := _filled(text, slots))), "")
    trust = weakest(source_trust(source, documents) for source in entry.sources)
    parts = [*before, lead, entry.text, entry.caution]
    if entry.kind == "answer":  # of a summary's document, _of_document says what replaced it
        parts.append(_newer(store, entry.sources, documents))
    return Answer(
        id=entry.id,
        title=entry.title,
        text=_with_caution(store, parts, trust),
        sources=tuple(_citation(store, source, documents) for source in entry.sources),
        trust=trust,
        follow_ups=(*more, *(name for name in entry.follow_ups if name not in more)),
        as_of=entry.as_of,
    )


def _filled(lead: str, slots: Mapping[str, str]) -> str:
    """The lead with its slots, or nothing when one is not known."""
    if any(name not in slots for name in slots_of(lead)):
        return ""
    return SLOT.sub(lambda match: slots[match[1]], lead)


def _with_caution(store: Store, parts: Sequence[str], trust: Trust) -> str:
    text = " ".join(part for part in parts if part)
    if trust == UNSURE and _CHECKED not in fold(text):
        return f"{text} {store.lines['caution']}"
    return text


def _newer(store: Store, sources: Sequence[EntrySource], documents: Mapping[str, Document]) -> str:
    """A sentence about the documents that have replaced those that are quoted."""
    quoted = {source.document for source in sources}
    heirs = {heir_of(documents[name], documents).id for name in quoted} - quoted
    names = [document.brief for document in documents.values() if document.id in heirs]
    if len(names) > 1:
        return store.lines["newer_many"].format(documents=_listed(store, names))
    return store.lines["newer_one"].format(document=names[0]) if names else ""


def _citation(store: Store, source: EntrySource, documents: Mapping[str, Document]) -> Citation:
    document = documents[source.document]
    heir = heir_of(document, documents)
    replaced = None
    if heir is not document:
        sure = _surely_replaced(document, documents)
        replaced = heir.name if sure else f"{heir.name} {store.lines['unsure_mark']}"
    return Citation(
        document=document.name,
        code=document.code,
        trust=weakest([source.trust, document.trust]),
        in_force_from=document.in_force_from,
        replaced_by=replaced,
        where=source.where,
    )


def _surely_replaced(document: Document, documents: Mapping[str, Document]) -> bool:
    chain = successors(document, documents)
    return all(d.replaced_trust != UNSURE for d in (document, *chain[:-1]))


def _of_document(store: Store, query: str) -> Answer:
    """The summary of the document that ``query`` names, or what we know instead."""
    everything = store.documents()
    query = query[:LONGEST_NAME]
    found = find_documents(query, everything)
    if not found:
        return _unknown(store, query, nearest_documents(query, everything))
    documents = {d.id: d for d in everything}
    before = []
    if len(found) > 1:
        names = _listed(store, [f"{d.brief} {d.title}" for d in found])
        line = store.lines["same_number"]
        before.append(line.format(code=query, count=len(found), documents=names))
    others = _summaries(store, found[1:])
    summary = store.summary(found[0].id)
    if summary is not None:
        status = _status(store, found[0], documents, found[0].brief)
        # When it holds is in the summary; that it no longer holds must be said first.
        return _from_entry(store, summary, {}, [*before, *status[1:]], others)
    if len(found) == 1:
        (document,) = found
        before.append(store.lines["record"].format(name=document.name, title=document.title))
    for document in found:
        which = store.lines["this"] if len(found) == 1 else document.brief
        before += [part for part in _status(store, document, documents, which) if part]
    sources = [EntrySource(document.id, document.trust) for document in found]
    trust = weakest(source_trust(source, documents) for source in sources)
    return Answer(
        id="document_record",
        title=found[0].name,
        text=_with_caution(store, [*before, store.lines["no_text"]], trust),
        sources=tuple(_citation(store, source, documents) for source in sources),
        trust=trust,
        follow_ups=(*others, *_summaries(store, [heir_of(d, documents) for d in found])),
    )


def _status(
    store: Store, document: Document, documents: Mapping[str, Document], which: str
) -> tuple[str, str]:
    """Since when a document holds, and what has replaced it; either may be empty."""
    since = ""
    if document.in_force_from:
        date = f"{store.lines['from']} {say_date(document.in_force_from)}"
        since = store.lines["in_force"].format(which=which, date=date)
    chain = (document, *successors(document, documents))
    # As far as it is certain, then as far as it is told.
    sure = next((i for i, d in enumerate(chain) if d.replaced_trust in (None, UNSURE)), 0)
    parts = []
    if sure:
        parts.append(store.lines["replaced"].format(which=which, document=chain[sure].brief))
        which = chain[sure].brief
    if chain[sure] is not chain[-1]:
        line = store.lines["replaced_unsure"]
        parts.append(line.format(which=which, document=chain[-1].brief))
    return since, " ".join(parts)


def _unknown(store: Store, query: str, near: Sequence[Document]) -> Answer:
    parts = [store.lines["unknown_document"].format(code=query)]
    if near:
        names = _listed(store, [f"{d.name} {d.title}" if d.code else d.name for d in near])
        parts.append(store.lines["nearest"].format(documents=names))
    parts.append(store.lines["ask_ward"])
    return Answer(
        id="document_unknown",
        title=store.lines["unknown_title"],
        text=" ".join(parts),
        follow_ups=_summaries(store, near),
        found=False,
    )


def _summaries(store: Store, documents: Sequence[Document]) -> tuple[str, ...]:
    """Ids of the summaries that there are."""
    found = (store.summary(document.id) for document in documents)
    return tuple(dict.fromkeys(summary.id for summary in found if summary is not None))


def _listed(store: Store, names: Sequence[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} {store.lines['and']} {last}" if most else last
