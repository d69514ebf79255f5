"""One search: references, candidates, ranking, snippets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.fold import fold, nfc
from knowledge.search.candidates import (
    Rarity,
    entry_candidates,
    rarity_of,
    section_candidates,
)
from knowledge.search.hits import Hit
from knowledge.search.passages import Prepared, entries_of, sections_of
from knowledge.search.ranking import Fit, Mix, fit, score
from knowledge.search.references import Part, Reference, find_parts, find_references
from knowledge.search.snippets import snippet_of
from knowledge.search.words import LONGEST_QUESTION, Unit, units_of
from knowledge.store import Store

MIX = Mix()

HINT = 0.5
"""Share of the bonus for a named document when only a bare number hints at it."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a question looks for."""

    question: str
    references: tuple[Reference, ...]
    parts: tuple[Part, ...]
    units: tuple[Unit, ...]
    rarity: Rarity
    asked: str
    """Its words that are looked for, folded."""

    @property
    def documents(self) -> tuple[str, ...]:
        """Ids of the documents it names for certain."""
        return tuple(d.id for r in self.references if r.certain for d in r.documents)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage with its signals, before it becomes a hit."""

    prepared: Prepared
    fit: Fit
    score: float


def search(store: Store, question: str, *, limit: int = 10, mix: Mix = MIX) -> tuple[Hit, ...]:
    """The passages that fit ``question`` best, the best first.

    Args:
        store: what is known.
        question: in any Unicode form, with or without diacritics; codes may be spoken.
        limit: how many.
        mix: how the signals are weighed.

    Raises:
        StoreError: the store cannot be read.
    """
    looked = look(store, question)
    return tuple(hit_of(r, looked) for r in ranked(store, looked, mix=mix)[:limit])


def look(store: Store, question: str, units: Sequence[Unit] | None = None) -> Looked:
    """What ``question`` looks for; ``units`` takes the place of its own words."""
    question = " ".join(nfc(question).split()[: 2 * LONGEST_QUESTION])
    references = find_references(question, store.documents())
    places = [r.words for r in references if r.certain]
    parts = find_parts(question, skip=places)
    if not any(r.certain for r in references):
        parts = tuple(p for p in parts if p.kind in ("điều", "chương"))
    if units is None:
        units = units_of(question, skip=[*places, *(p.words for p in parts)])
    return Looked(
        question, references, parts, tuple(units), rarity_of(store, units),
        " ".join(u.folded for u in units) or fold(question),
    )  # fmt: skip


def ranked(store: Store, looked: Looked, *, mix: Mix = MIX) -> list[Ranked]:
    """All candidates, the best first."""
    entries = entries_of(store)
    names = dict.fromkeys(entry_candidates(store, looked.units, looked.rarity))
    named = looked.documents
    hinted = {d.id for r in looked.references if not r.certain for d in r.documents}
    if named or hinted:
        wanted = {*named, *hinted}
        for name, prepared in entries.items():
            if wanted & set(prepared.documents):
                names.setdefault(name)
    rows: list[int] = []
    ranges = _ranges(store, (*named, *hinted))
    if ranges:
        rows += section_candidates(store, looked.units, looked.rarity, ranges)
    if not named or not ranges:
        rows += section_candidates(store, looked.units, looked.rarity)
    found = [entries[name] for name in names if name in entries]
    found += sections_of(store, dict.fromkeys(rows)).values()
    out = []
    for prepared in found:
        fitted = fit(looked.units, looked.rarity, looked.asked, prepared)
        value = score(fitted, prepared, mix)
        value += _named_bonus(prepared, looked, hinted, mix)
        out.append(Ranked(prepared, fitted, value))
    out.sort(key=lambda r: (-r.score, r.prepared.passage.id))
    return out


def _named_bonus(prepared: Prepared, looked: Looked, hinted: set[str], mix: Mix) -> float:
    named = looked.documents
    if not named and not hinted:
        return 0.0
    own = prepared.documents
    if named:
        if prepared.summary_of == named[0]:
            # Asked for the document as such, its summary is the answer.
            return mix.named * (1.5 if not looked.units else 1.0)
        if own[0] == named[0] or (
            prepared.passage.document and (prepared.passage.document.id == named[0])
        ):
            return mix.named
        if own[0] in named:
            return 0.9 * mix.named
        return 0.5 * mix.named if set(named) & set(own) else 0.0
    return HINT * mix.named if hinted & set(own) else 0.0


def _ranges(store: Store, documents: Sequence[str]) -> list[range]:
    """Rows of the sections of ``documents``: each document's lie together."""
    if not documents:
        return []
    marks = ",".join("?" * len(documents))
    rows = store.rows(
        "select min(id) as first, max(id) as last from sections "
        f"where document in ({marks}) group by document",
        list(documents),
    )
    return [range(row["first"], row["last"] + 1) for row in rows]


def hit_of(found: Ranked, looked: Looked) -> Hit:
    """A ranked passage as it is given back."""
    prepared = found.prepared
    return Hit(
        prepared.passage,
        round(found.score, 4),
        round(found.fit.coverage, 4),
        prepared.in_force,
        prepared.trust,
        prepared.replaced_by,
        snippet_of(prepared.passage, looked.units),
    )
