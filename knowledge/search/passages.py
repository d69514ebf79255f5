"""Passages as the ranking reads them: their fields folded, spelled and cut into words once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from knowledge.content import source_trust
from knowledge.fold import fold, spell
from knowledge.records import Document, Entry, heir_of, successors
from knowledge.search.hits import Passage
from knowledge.store import Store
from knowledge.trust import UNSURE, Trust

LONGEST_TEXT = 6_000
"""Letters of a passage that are ranked: what comes later in it is not what it is about."""

_SECTION = (
    "select s.*, o.document as original from sections s join originals o "
    "on o.document = s.document where s.id in ({})"
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A passage with its fields as the ranking compares them."""

    passage: Passage
    title: str
    """Folded, with a space at either end, like the others: " dong dang phi "."""
    headings: str
    text: str
    spelled: str
    """All fields together, with diacritics."""
    length: int
    """Words of the text."""
    documents: tuple[str, ...]
    """Ids of all documents that it rests on."""
    summary_of: str
    """Id of the document that it is the summary of; empty for others."""
    in_force: bool
    surely_replaced: bool
    trust: Trust
    replaced_by: str


def entries_of(store: Store) -> Mapping[str, Prepared]:
    """All entries, prepared; kept until the database changes."""
    return store.cached("prepared entries", lambda: _entries(store))


def _entries(store: Store) -> dict[str, Prepared]:
    documents = {d.id: d for d in store.documents()}
    return {entry.id: _entry(entry, documents) for entry in store.entries()}


def _entry(entry: Entry, documents: Mapping[str, Document]) -> Prepared:
    first = documents.get(entry.document or entry.sources[0].document)
    asked = ". ".join(entry.asked)
    passage = Passage(
        "entry", entry.id, entry.title, entry.text, asked, first,
        label=entry.sources[0].where,
    )  # fmt: skip
    used = [documents[s.document] for s in entry.sources]
    current = [d for d in used if d.replaced_by is None]
    # An entry that says what holds today is not old because it also names what held before.
    leading = used[0]
    return Prepared(
        passage,
        _padded(fold(entry.title)), _padded(fold(asked)), _padded(fold(entry.text)),
        _padded(spell(f"{entry.title} {asked} {entry.text}")),
        len(entry.text.split()),
        tuple(d.id for d in used),
        entry.document or "",
        bool(current) and leading.replaced_by is None,
        _surely(leading, documents),
        min(
            (source_trust(s, documents) for s in entry.sources),
            key=("cần kiểm tra", "báo", "gốc").index,
        ),
        heir_name(leading, documents),
    )  # fmt: skip


def sections_of(store: Store, ids: Iterable[int]) -> dict[int, Prepared]:
    """Sections by their row, prepared."""
    wanted = list(ids)
    known: dict[int, Prepared] = store.cached("prepared sections", dict)
    missing = [at for at in wanted if at not in known]
    if missing:
        if len(known) > 5_000:
            known.clear()
            missing = wanted
        documents = {d.id: d for d in store.documents()}
        marks = ",".join("?" * len(missing))
        rows = store.rows(_SECTION.format(marks), missing)
        above = _above(store, rows)
        for row in rows:
            known[row["id"]] = _section(row, above, documents[row["document"]], documents)
    return {at: known[at] for at in wanted if at in known}


def _above(store: Store, rows: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """The sections that the rows stand in, up to the top."""
    found: dict[int, dict[str, Any]] = {row["id"]: row for row in rows}
    wanted = {row["parent"] for row in rows} - {None}
    while wanted - set(found):
        missing = list(wanted - set(found))
        marks = ",".join("?" * len(missing))
        more = store.rows(
            f"select id, parent, kind, label, heading from sections where id in ({marks})", missing
        )
        found |= {row["id"]: row for row in more}
        wanted = {row["parent"] for row in more} - {None}
    return found


def chain_of(row: Mapping[str, Any], above: Mapping[int, Mapping[str, Any]]) -> list[Any]:
    """The section and those it stands in, from the top."""
    chain = [row]
    while (parent := chain[-1]["parent"]) is not None and parent in above:
        chain.append(above[parent])
    return list(reversed(chain))


def label_of_chain(chain: Iterable[Mapping[str, Any]]) -> str:
    """Where a section is, as people cite it: ``mục 9.3.2``, ``Điều 5, khoản 1, điểm a``."""
    parts: list[str] = []
    for row in chain:
        label, kind = row["label"], row["kind"]
        if not label:
            continue
        if kind in ("mục", "khoản", "điểm"):
            if parts and label.startswith(parts[-1].split()[-1] + "."):
                parts.pop()  # 9.3.2 says 9.3
            parts.append(f"{kind} {label}")
        elif kind == "điều":
            parts = [label]  # the numbers of Điều run through the whole document
        else:
            parts.append(label)
    return ", ".join(parts)


def _section(
    row: Mapping[str, Any],
    above: Mapping[int, Mapping[str, Any]],
    document: Document,
    documents: Mapping[str, Document],
) -> Prepared:
    chain = chain_of(row, above)
    headings = [r["heading"] for r in chain if r["heading"]]
    title = headings[-1] if headings else document.name
    name = f"{document.name} {document.title}"
    text = row["text"][:LONGEST_TEXT]
    passage = Passage(
        "section", f"{document.id}#{row['path'] or row['kind']}", title, row["text"],
        " › ".join(headings[:-1]), document, row["id"], label_of_chain(chain), row["page"],
    )  # fmt: skip
    return Prepared(
        passage,
        _padded(fold(title)), _padded(fold(" ".join([*headings[:-1], name]))),
        _padded(fold(text)),
        _padded(spell(f"{' '.join(headings)} {name} {text}")),
        len(text.split()),
        (document.id,),
        "",
        document.replaced_by is None,
        _surely(document, documents),
        "gốc",
        heir_name(document, documents),
    )  # fmt: skip


def _surely(document: Document, documents: Mapping[str, Document]) -> bool:
    return document.replaced_by is not None and document.replaced_trust != UNSURE


def heir_name(document: Document, documents: Mapping[str, Document]) -> str:
    """Name of the newest document known to have replaced it, marked when that is unsure."""
    heir = heir_of(document, documents)
    if heir is document:
        return ""
    chain = (document, *successors(document, documents)[:-1])
    unsure = any(d.replaced_trust == UNSURE for d in chain)
    return f"{heir.name} (cần kiểm tra)" if unsure else heir.name


def _padded(text: str) -> str:
    return f" {text} "
