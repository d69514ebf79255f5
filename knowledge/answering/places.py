"""Places in an original: the sections that a question names, and those within one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from knowledge.search.passages import chain_of
from knowledge.search.references import Part
from knowledge.store import Store

Row = Mapping[str, Any]
"""A row of the table of sections."""


def has_text(store: Store, document: str) -> bool:
    """Whether the original of a document is in the store."""
    return bool(store.rows("select 1 from originals where document = ?", [document]))


def sections_named(store: Store, document: str, parts: Sequence[Part]) -> list[Row]:
    """The sections that the parts name together, the likeliest first."""
    rows: list[Row] = list(
        store.rows("select * from sections where document = ? order by position", [document])
    )
    last = parts[-1]
    fitting = [row for row in rows if _fits(row, last)]
    if len(parts) > 1:
        by_id = {row["id"]: row for row in rows}
        fitting = [
            row
            for row in fitting
            if all(any(_fits(up, part) for up in chain_of(row, by_id)) for part in parts[:-1])
        ]
    if not fitting and all(p.kind in ("điều", "khoản", "mục", "điểm") for p in parts):
        # Documents that number by figures alone have no Điều; people say it all the same, and
        # "khoản 2 điều 6" for 6.2.
        figures = [p.label for p in parts if p.kind != "điểm"]
        for label in (".".join(figures), figures[-1] if figures else ""):
            fitting = [r for r in rows if label and r["label"].rstrip(".") == label]
            if fitting and last.kind == "điểm":
                inside = {r["id"] for r in within(store, fitting[0])}
                fitting = [r for r in rows if r["id"] in inside and _fits(r, last)]
            if fitting or len(parts) == 1:
                break
    return fitting


def _fits(row: Row, part: Part) -> bool:
    number = str(row["path"]).rpartition("/")[2].removeprefix(f"{row['kind']} ")
    return row["kind"] == part.kind and number.lower() == part.label.lower()


def row_of(store: Store, section: int) -> Row | None:
    """The row of a section; None when it is gone."""
    rows = store.rows("select * from sections where id = ?", [section])
    return rows[0] if rows else None


def within(store: Store, row: Row) -> list[Row]:
    """The sections within one, in their order."""
    after = store.rows(
        "select * from sections where document = ? and position > ? order by position limit 400",
        [row["document"], row["position"]],
    )
    inside: list[Row] = []
    ids = {row["id"]}
    for each in after:
        if each["parent"] not in ids:
            break
        ids.add(each["id"])
        inside.append(each)
    return inside
