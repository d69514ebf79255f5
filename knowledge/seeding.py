"""Bringing a store to the content of this release, without touching what the ward wrote.

All functions work inside a transaction that the caller has begun.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, Literal

import sqlite_utils

from knowledge.content import Content
from knowledge.errors import KnowledgeError
from knowledge.fold import fold, spell
from knowledge.records import Document, Entry, EntrySource

RELEASE, WARD = "release", "ward"
"""Who wrote a row."""

Row = dict[str, Any]


def seed(db: sqlite_utils.Database, content: Content) -> bool:
    """Write ``content`` unless the store already holds it; return whether anything was written."""
    seeded = list(db.table("meta").rows_where("name = 'content_hash'"))
    if seeded and seeded[0]["value"] == content.hash:
        return False
    for document in content.documents.values():
        _put(db, "documents", _document_row(document), by=RELEASE)
    for entry in content.entries.values():
        _release_entry(db, entry)
    _drop_absent(db, content)
    for name, value in (("content_hash", content.hash), ("seeded_at", _now())):
        db.table("meta").upsert({"name": name, "value": value}, pk="name")
    return True


def write_entry(db: sqlite_utils.Database, entry: Entry, *, by: str) -> None:
    """Write an entry of the ward's own."""
    shipped = next(iter(db.table("answers").rows_where("id = ?", [entry.id])), {}).get("shipped")
    _write_answer(db, entry, origin=WARD, shipped=shipped, by=by)


def reset_entry(db: sqlite_utils.Database, name: str, *, by: str) -> Literal["shipped", "deleted"]:
    """Take back the ward's version of an entry."""
    old = next(iter(db.table("answers").rows_where("id = ?", [name])), None)
    if old is None or old["origin"] == RELEASE:
        raise KnowledgeError(
            f"entry {name} is not the ward's", vi=f"Câu {name} không phải do phường viết."
        )
    if old["shipped"]:
        _write_answer(db, _entry_of(json.loads(old["shipped"])), origin=RELEASE,
                      shipped=old["shipped"], by=by)  # fmt: skip
        return "shipped"
    log_change(db, by, "delete", "answers", name, dump(_with_sources(db, old)), None)
    _delete_answer(db, name)
    return "deleted"


def _entry_of(values: Mapping[str, Any]) -> Entry:
    """The inverse of :func:`_entry_json`."""
    lists = {name: tuple(values[name]) for name in ("leads", "follow_ups", "asked")}
    sources = tuple(EntrySource(s["document"], s["trust"], s["place"]) for s in values["sources"])
    return Entry(**{**values, **lists, "sources": sources})


def _release_entry(db: sqlite_utils.Database, entry: Entry) -> None:
    shipped = dump(_entry_json(entry))
    old = next(iter(db.table("answers").rows_where("id = ?", [entry.id])), None)
    if old is None or old["origin"] == RELEASE:
        _write_answer(db, entry, origin=RELEASE, shipped=shipped, by=RELEASE)
    elif old["shipped"] != shipped:
        # The ward's words stand; the new ones lie beside them.
        db.table("answers").update(entry.id, {"shipped": shipped})
        log_change(db, RELEASE, "keep", "answers", entry.id, None, shipped)


def _drop_absent(db: sqlite_utils.Database, content: Content) -> None:
    """Delete what earlier releases brought and this one does not, unless the ward uses it."""
    for row in list(db.table("answers").rows_where("origin = ?", [RELEASE])):
        if row["id"] not in content.entries:
            log_change(
                db, RELEASE, "delete", "answers", row["id"], dump(_with_sources(db, row)), None
            )
            _delete_answer(db, row["id"])
    used = {r["document"] for r in db.table("answer_sources").rows}
    used |= {r["document"] for r in db.table("answers").rows_where("document is not null")}
    for row in list(db.table("documents").rows_where("origin = ?", [RELEASE])):
        if row["id"] not in content.documents and row["id"] not in used:
            log_change(db, RELEASE, "delete", "documents", row["id"], dump(row), None)
            db.table("documents").delete(row["id"])


def _write_answer(
    db: sqlite_utils.Database, entry: Entry, *, origin: str, shipped: str | None, by: str
) -> None:
    row = {**_entry_json(entry), "origin": origin, "shipped": shipped}
    sources = row.pop("sources")
    for name in ("leads", "follow_ups", "asked"):
        row[name] = dump(row[name])
    old = next(iter(db.table("answers").rows_where("id = ?", [entry.id])), None)
    before = _with_sources(db, old) if old else None
    after = {**row, "sources": sources}
    if before == after and _is_searched(db, entry.id):
        return
    _delete_answer(db, entry.id)
    db.table("answers").insert(row)
    db.table("answer_sources").insert_all(
        {"answer": entry.id, "position": at, **source} for at, source in enumerate(sources)
    )
    asked = " ".join(entry.asked)
    db.execute(
        "insert into answers_fts (id, title, asked, text, exact) values (?, ?, ?, ?, ?)",
        [entry.id, fold(entry.title), fold(asked), fold(entry.text),
         spell(f"{entry.title} {asked} {entry.text}")],
    )  # fmt: skip
    if before == after:
        return
    action = "update" if before else "insert"
    log_change(db, by, action, "answers", entry.id, dump(before) if before else None, dump(after))


def _is_searched(db: sqlite_utils.Database, name: str) -> bool:
    """Whether the whole entry can be searched: one of an earlier release may be in part only."""
    rows = db.query("select exact, title from answers_fts where id = ?", [name])
    return any(row["exact"].count(" ") > row["title"].count(" ") for row in rows)


def _delete_answer(db: sqlite_utils.Database, name: str) -> None:
    db.table("answer_sources").delete_where("answer = ?", [name])
    db.execute("delete from answers_fts where id = ?", [name])
    db.table("answers").delete_where("id = ?", [name])


def _put(db: sqlite_utils.Database, table: str, row: Row, *, by: str) -> None:
    old = next(iter(db.table(table).rows_where("id = ?", [row["id"]])), None)
    if old == row or (old is not None and old["origin"] == WARD):
        return
    db.table(table).upsert(row, pk="id")
    action = "update" if old else "insert"
    log_change(db, by, action, table, row["id"], dump(old) if old else None, dump(row))


def _document_row(document: Document) -> Row:
    return {**asdict(document), "origin": RELEASE}


def _entry_json(entry: Entry) -> Row:
    values = asdict(entry)
    values["sources"] = [
        {"document": s.document, "place": s.where, "trust": s.trust} for s in entry.sources
    ]
    for name in ("leads", "follow_ups", "asked"):
        values[name] = list(values[name])
    return values


def _with_sources(db: sqlite_utils.Database, row: Mapping[str, Any]) -> Row:
    sources = db.table("answer_sources").rows_where("answer = ?", [row["id"]], order_by="position")
    return {
        **row,
        "sources": [{k: s[k] for k in ("document", "place", "trust")} for s in sources],
    }


def log_change(
    db: sqlite_utils.Database,
    by: str,
    action: str,
    table: str,
    row: str,
    before: str | None,
    after: str | None,
) -> None:
    """Write one line of the log of changes; ``before`` and ``after`` are JSON or None."""
    db.table("changes").insert(
        {"at": _now(), "by": by, "action": action, "table": table, "row": row,
         "before": before, "after": after}
    )  # fmt: skip


def dump(value: Any) -> str:
    """JSON as it stands in the store."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
