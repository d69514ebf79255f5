"""The rows worth ranking: asked of FTS5 from strict to lax, never so lax that it takes long."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.search.words import Unit
from knowledge.store import Store

ENOUGH = 60
"""Candidates from which nothing laxer is asked."""

MANY = 3_000
"""Rows that one query may have to rank: FTS5 takes about a microsecond for each and word."""

WEIGHTS = (1.0, 4.0, 1.0, 1.0)
"""BM25 weights of title, heading, body and exact: a hit in the heading counts four times."""


@dataclass(frozen=True, slots=True)
class Rarity:
    """How many passages hold each unit, and how much that makes it tell."""

    total: int
    counts: dict[str, int]
    """Unit -> passages that hold its rarest word; an upper bound for phrases."""

    def weight(self, unit: Unit) -> float:
        """Inverse document frequency; highest for what stands nowhere."""
        return math.log(1 + self.total / (self.counts.get(unit.folded, 0) + 0.5))


def rarity_of(store: Store, units: Sequence[Unit]) -> Rarity:
    """How rare the units are among all passages."""
    words = sorted({word for unit in units for word in unit.folded.split()})
    if not words:
        return Rarity(1, {})
    marks = ",".join("?" * len(words))
    held: dict[str, int] = dict.fromkeys(words, 0)
    for table in ("sections_words", "answers_words"):
        # One word stands in several columns of a row: the fullest column is a lower bound.
        for row in store.rows(
            f"select term, max(doc) as n from {table} where term in ({marks}) "
            "and col not in ('exact', 'title') group by term"
            if table == "sections_words"
            else f"select term, max(doc) as n from {table} where term in ({marks}) "
            "and col != 'exact' group by term",
            words,
        ):
            held[row["term"]] += row["n"]
    counts = {u.folded: min(held[w] for w in u.folded.split()) for u in units}
    return Rarity(max(1, total_of(store)), counts)


def total_of(store: Store) -> int:
    """Passages in the store."""

    def count() -> int:
        # The largest row number: counting 200 000 rows takes longer than a search.
        rows = store.rows(
            "select coalesce((select max(id) from sections), 0) + "
            "(select count(*) from answers) as n"
        )
        return int(rows[0]["n"])

    return store.cached("passages", count)


def section_candidates(
    store: Store, units: Sequence[Unit], rarity: Rarity, within: Sequence[range] = ()
) -> list[int]:
    """Rows of sections, the likeliest first."""
    return [int(str(row)) for row in _ask(store, "sections_fts", units, rarity, within)]


def entry_candidates(store: Store, units: Sequence[Unit], rarity: Rarity) -> list[str]:
    """Ids of entries, the likeliest first."""
    return [str(name) for name in _ask(store, "answers_fts", units, rarity, ())]


def _ask(
    store: Store, table: str, units: Sequence[Unit], rarity: Rarity, within: Sequence[range]
) -> list[object]:
    if not units:
        return []
    # By what tells most: the last units are the first to be left out.
    order = sorted(units, key=lambda u: -rarity.weight(u))
    held = [u for u in order if rarity.counts.get(u.folded) or u.others]
    found: dict[object, None] = {}
    for query, expected in _queries(held, rarity):
        for row in _matches(store, table, query, expected, within):
            found.setdefault(row)
        if len(found) >= ENOUGH:
            break
    return list(found)


def _queries(units: Sequence[Unit], rarity: Rarity) -> list[tuple[str, int]]:
    """FTS5 queries from strict to lax, each with how many rows it may match at most."""
    counts = [rarity.counts.get(u.folded, 0) for u in units]
    queries: list[tuple[str, int]] = []
    for share in (1.0, 0.7, 0.5):
        take = max(1, math.ceil(len(units) * share))
        query = " AND ".join(_either(u) for u in units[:take])
        if query and all(query != q for q, _ in queries):
            queries.append((query, min((n for n in counts[:take] if n), default=0)))
    pairs = [u for u in units if " " in u.folded][:3] or list(units[:3])
    if pairs:
        query = " OR ".join(_either(u) for u in pairs)
        queries.append((query, sum(rarity.counts.get(u.folded, 0) for u in pairs)))
    for unit in units[:4]:
        queries.append((_either(unit), rarity.counts.get(unit.folded, 0)))
    return queries


def _either(unit: Unit) -> str:
    names = [_quoted(unit.folded), *(_quoted(other) for other in unit.others)]
    words = unit.folded.split()
    if len(words) > 2:  # "thẻ đảng viên": its words may stand apart
        names.append("(" + " AND ".join(_quoted(w) for w in words) + ")")
    return f"({' OR '.join(names)})"


def _quoted(text: str) -> str:
    return f'"{text}"'


def _matches(
    store: Store, table: str, query: str, expected: int, within: Sequence[range]
) -> list[object]:
    entries = table == "answers_fts"
    column = "id" if entries else "rowid"
    scope = "{title asked text}" if entries else "{title heading body}"
    where, values = "", []
    if within:
        where = " and (" + " or ".join("rowid between ? and ?" for _ in within) + ")"
        values = [edge for r in within for edge in (r.start, r.stop - 1)]
    order = ""
    if entries or within or expected <= MANY:
        weights = "0.0, 4.0, 3.0, 1.0, 0.0" if entries else ", ".join(map(str, WEIGHTS))
        order = f" order by bm25({table}, {weights})"
    elif not entries:
        # Too many to rank: those that have it in their heading come first.
        found = _heading_first(store, query)
        if len(found) >= ENOUGH:
            return found
    rows = store.rows(
        f"select {column} as r from {table} where {table} match ?{where}{order} limit {ENOUGH}",
        [f"{scope} : ({query})", *values],
    )
    return [row["r"] for row in rows]


def _heading_first(store: Store, query: str) -> list[object]:
    rows = store.rows(
        f"select rowid as r from sections_fts where sections_fts match ? limit {ENOUGH}",
        [f"heading : ({query})"],
    )
    return [row["r"] for row in rows]
