"""Rows against each other: what would give one house two quarters, or none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence

from rapidfuzz import fuzz, process

from knowledge.quarters.house import House, path_text
from knowledge.quarters.names import bare, exact, is_bare, squeezed, street_key, street_words
from knowledge.quarters.problems import Problem
from knowledge.quarters.rows import RawTable, Row
from knowledge.quarters.wording import line

_LISTED_GAP = 6
"""A gap of more numbers is written as its first and last."""


def check(table: RawTable, streets: Iterable[str] | None = None) -> list[Problem]:
    """Everything wrong with ``table``, by row.

    ``streets`` are the ward's streets; without them only a name that repeats another one
    without its accents is unknown.
    """
    problems = list(table.problems)
    problems += _duplicates(table.rows)
    gaps_refuse = table.meta.get("gaps") != "allowed"
    problems += _ranges(table.rows, table.broken_streets, gaps_refuse=gaps_refuse)
    problems += _strangers(table.rows, streets)
    if not table.meta.get("ward"):
        problems.append(Problem.of("no_ward", 0))
    return sorted(problems, key=lambda p: (p.row, p.reason))


def _duplicates(rows: Sequence[Row]) -> Iterator[Problem]:
    seen: dict[Hashable, int] = {}
    for row in rows:
        kind, street = row.kind, street_key(row.street)
        key: Hashable
        names: dict[str, str]
        if kind == "house":
            key, names = (kind, street, row.alley, row.first), {"house": _house(row)}
        elif kind == "street":
            key, names = (kind, street), {}
        elif kind == "alley" and row.first is None:
            key, names = (kind, street, row.alley), {"alley": path_text(row.alley)}
        elif kind == "building":
            key = (kind, squeezed(row.building), row.lot)
            names = {"building": f"{row.building} {row.lot}".strip()}
        elif kind == "quarter":
            key = (kind, squeezed(row.old_ward), squeezed(row.old_quarter))
            names = {"quarter": row.old_quarter, "ward": row.old_ward}
        else:
            continue
        if key in seen:
            reason = "duplicate_old_quarter" if kind == "quarter" else f"duplicate_{kind}"
            yield Problem.of(
                reason, row.number, other=seen[key], refuses=None, street=row.street, **names
            )
        seen.setdefault(key, row.number)


def _house(row: Row) -> str:
    return path_text((*row.alley, row.first)) if row.first else ""


def _ranges(
    rows: Sequence[Row], broken: Collection[tuple[str, ...]], *, gaps_refuse: bool
) -> Iterator[Problem]:
    groups: dict[tuple[tuple[str, ...], tuple[House, ...]], list[Row]] = defaultdict(list)
    whole = set()
    for row in rows:
        if row.kind in ("range", "house", "alley", "street") and row.street:
            key = street_key(row.street), row.alley
            if row.first is None:
                whole.add(key)
            else:
                groups[key].append(row)
    for key, members in groups.items():
        for side in ("O", "E"):
            on_side = sorted(
                (r for r in members if r.parity in (side, "B") and _number(r, side) is not None),
                key=lambda r: r.first.key if r.first else (0, 0, ""),
            )
            yield from _overlaps([r for r in on_side if r.kind != "house"], side)
            # A whole street, or a whole alley, takes in what no range names.
            if key not in whole and key[0] not in broken:
                yield from _gaps(on_side, side, gaps_refuse)


def _number(row: Row, side: str) -> tuple[int, int] | None:
    """First and last number of ``row`` on ``side``, or None when it has none there."""
    assert row.first and row.last
    odd = side == "O"
    first = row.first.number + (row.first.number % 2 != odd)
    last = row.last.number - (row.last.number % 2 != odd)
    return (first, last) if first <= last else None


def _overlaps(rows: Sequence[Row], side: str) -> Iterator[Problem]:
    widest: Row | None = None
    for row in rows:
        assert row.first and row.last
        # Two rows for both sides overlap once, not twice.
        twice = side == "E" and widest is not None and row.parity == widest.parity == "B"
        if widest and widest.last and row.first.key <= widest.last.last_key and not twice:
            later, earlier = (row, widest) if row.number > widest.number else (widest, row)
            yield Problem.of(
                "overlap", later.number, other=earlier.number, street=_place(later),
                first=str(later.first), last=str(later.last), number=str(row.first),
            )  # fmt: skip
        if not widest or not widest.last or row.last.last_key > widest.last.last_key:
            widest = row


def _gaps(rows: Sequence[Row], side: str, refuses: bool) -> Iterator[Problem]:
    before: Row | None = None
    end = 0
    for row in rows:
        span = _number(row, side)
        assert span
        if before and span[0] > end + 2:
            numbers = range(end + 2, span[0], 2)
            missing = (
                ", ".join(map(str, numbers))
                if len(numbers) <= _LISTED_GAP
                else f"{numbers[0]}–{numbers[-1]}"
            )
            side_name = line("report", "side_odd" if side == "O" else "side_even")
            yield Problem.of(
                "gap", before.number, other=row.number, refuses=refuses, street=_place(row),
                missing=missing, side=side_name,
            )  # fmt: skip
        if not before or span[1] > end:
            before, end = row, span[1]


def _place(row: Row) -> str:
    return f"{row.street}, hẻm {path_text(row.alley)}" if row.alley else row.street


def _strangers(rows: Sequence[Row], streets: Iterable[str] | None) -> Iterator[Problem]:
    first_row: dict[tuple[str, ...], Row] = {}
    for row in rows:
        if row.street:
            first_row.setdefault(street_key(row.street), row)
    if streets is not None:
        listed = {street_key(name): name for name in streets}
        for row in rows:
            if row.street and street_key(row.street) not in listed:
                near = process.extractOne(row.street, list(listed.values()), scorer=fuzz.ratio)
                hint = line("report", "hint", street=near[0]) if near and near[1] >= 70 else ""
                yield Problem.of("unknown_street", row.number, street=row.street, hint=hint)
        return
    twins: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in first_row.values():
        twins[tuple(bare(word) for word in street_words(row.street))].append(row)
    for group in twins.values():
        for row in group[1:] if len(group) > 1 else ():
            plain, twin = _unaccented(row, group[0])
            if plain is None:
                yield Problem.of(
                    "similar_streets", row.number, other=group[0].number, street=row.street,
                    twin=group[0].street,
                )  # fmt: skip
                continue
            hint = line("report", "hint", street=twin.street)
            for same in rows:
                if street_key(same.street) == street_key(plain.street):
                    yield Problem.of("unknown_street", same.number, street=same.street, hint=hint)


def _unaccented(one: Row, other: Row) -> tuple[Row | None, Row]:
    """Which of two names is the other one typed without (some of) its accents, and the other."""
    for plain, full in ((one, other), (other, one)):
        pairs = zip(street_words(plain.street), street_words(full.street), strict=True)
        if all(exact(a) == exact(b) or is_bare(a) for a, b in pairs):
            return plain, full
    return None, other
