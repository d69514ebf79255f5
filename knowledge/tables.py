"""The tables of the store and their version."""

from __future__ import annotations

import sqlite3

import sqlite_utils

SCHEMA_VERSION = 1
"""``PRAGMA user_version`` of a store with these tables; 0 is a file without any."""

APPLICATION_ID = 0x74724C79
"""``PRAGMA application_id`` of our files: "trLy"."""


def schema_of(conn: sqlite3.Connection) -> int:
    """Version of the tables in the file; 0 when it holds none."""
    return int(conn.execute("PRAGMA user_version").fetchone()[0])


def application_of(conn: sqlite3.Connection) -> bool | None:
    """Whether the file is ours; None when it is empty, as after a cut before the first commit."""
    mark = int(conn.execute("PRAGMA application_id").fetchone()[0])
    if mark == APPLICATION_ID:
        return True
    empty = conn.execute("select count(*) from sqlite_master").fetchone()[0] == 0
    return None if empty else False


def create_tables(db: sqlite_utils.Database) -> None:
    """Make all tables, within the caller's transaction."""
    db.table("meta").create({"name": str, "value": str}, pk="name", not_null={"value"})
    db.table("documents").create(
        {
            "id": str, "kind": str, "number": str, "code": str, "date": str, "issuer": str,
            "title": str, "trust": str, "in_force_from": str, "replaced_by": str,
            "replaced_trust": str, "note": str,
            "origin": str,  # "release", or "ward"
        },
        pk="id",
        not_null={"kind", "number", "code", "date", "issuer", "title", "trust", "note", "origin"},
    )  # fmt: skip
    db.table("answers").create(
        {
            "id": str, "kind": str, "topic": str, "title": str, "text": str, "trust": str,
            "as_of": str, "document": str, "caution": str, "leads": str, "follow_ups": str,
            "origin": str,
            "shipped": str,  # the newest release's version of it (JSON), to compare and go back to
        },
        pk="id",
        not_null={"kind", "topic", "title", "text", "trust", "as_of", "caution", "leads",
                  "follow_ups", "origin"},
        foreign_keys=[("document", "documents", "id")],
    )  # fmt: skip
    db.table("answer_sources").create(
        {"answer": str, "position": int, "document": str, "place": str, "trust": str},
        pk=("answer", "position"),
        not_null={"document", "place", "trust"},
        foreign_keys=[("answer", "answers", "id"), ("document", "documents", "id")],
    )
    db.table("changes").create(
        {"id": int, "at": str, "by": str, "action": str, "table": str, "row": str,
         "before": str, "after": str},
        pk="id",
        not_null={"at", "by", "action", "table", "row"},
    )  # fmt: skip
    # Texts go in folded (knowledge/fold.py), so the tokenizer has no diacritics to judge.
    db.execute(
        "CREATE VIRTUAL TABLE answers_fts USING fts5("
        "id UNINDEXED, title, text, tokenize = 'unicode61 remove_diacritics 0')"
    )
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
