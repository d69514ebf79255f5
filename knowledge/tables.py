"""The tables of the store and their version."""

from __future__ import annotations

import sqlite3

import sqlite_utils

from knowledge.fold import fold, spell

SCHEMA_VERSION = 2
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
            "asked": str,
            "origin": str,
            "shipped": str,  # the newest release's version of it (JSON), to compare and go back to
        },
        pk="id",
        not_null={"kind", "topic", "title", "text", "trust", "as_of", "caution", "leads",
                  "follow_ups", "asked", "origin"},
        defaults={"asked": "[]"},
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
    create_originals(db)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


_TOKENS = "tokenize = 'unicode61 remove_diacritics 0'"
"""Texts go in folded or as they are (knowledge/fold.py): the tokenizer judges no diacritics."""


def create_originals(db: sqlite_utils.Database) -> None:
    """The tables of version 2: imported originals, their sections, and what is searched."""
    db.table("originals").create(
        {
            "document": str,
            "file_hash": str,  # sha256 of the file: the same file is never imported twice
            "file_name": str, "file_kind": str, "pages": int, "encoding": str,
            "ocr": int,  # 1 when its text was recognised from pictures
            "searched_as": str,  # what stands in sections_fts.title: needed to take it out again
            "imported_at": str, "by": str,
        },
        pk="document",
        not_null={"file_hash", "file_name", "file_kind", "encoding", "ocr", "searched_as",
                  "imported_at", "by"},
        foreign_keys=[("document", "documents", "id")],
    )  # fmt: skip
    db.table("originals").create_index(["file_hash"], unique=True)
    db.table("sections").create(
        {
            "id": int, "document": str,
            "parent": int,  # id of the section it stands in
            "position": int,  # its place in the document's reading order, from 0
            "level": int, "kind": str,  # phần, chương, mục, điều, khoản, điểm …
            "label": str,  # as printed: "Điều 5", "20.3.2", "a)"
            "path": str,  # labels from the top: "20/20.3/20.3.2", "điều 5/1/a"
            "heading": str, "text": str, "page": int,
        },
        pk="id",
        not_null={"document", "position", "level", "kind", "label", "path", "heading", "text"},
        foreign_keys=[("document", "originals", "document"), ("parent", "sections", "id")],
    )  # fmt: skip
    db.table("sections").create_index(["document", "position"], unique=True)
    db.table("sections").create_index(["parent"])
    # Without content of its own: the texts stand in sections already.
    db.execute(
        "CREATE VIRTUAL TABLE sections_fts USING fts5("
        f"title, heading, body, exact, content = '', {_TOKENS})"
    )
    db.execute("CREATE VIRTUAL TABLE sections_words USING fts5vocab('sections_fts', 'col')")
    db.execute(
        "CREATE VIRTUAL TABLE answers_fts USING fts5("
        f"id UNINDEXED, title, asked, text, exact, {_TOKENS})"
    )
    db.execute("CREATE VIRTUAL TABLE answers_words USING fts5vocab('answers_fts', 'col')")


def upgrade(db: sqlite_utils.Database, version: int) -> None:
    """Bring tables of an earlier release to this one's, within the caller's transaction."""
    if version == 1:
        db.execute("DROP TABLE answers_fts")
        db.execute("ALTER TABLE answers ADD COLUMN asked TEXT NOT NULL DEFAULT '[]'")
        create_originals(db)
        # Every entry is written, and with it searched, anew when the content is seeded.
        db.execute("DELETE FROM meta WHERE name = 'content_hash'")
        rows = db.query("select id, title, text from answers")
        for row in list(rows):
            db.execute(
                "insert into answers_fts (id, title, asked, text, exact) values (?, ?, '', ?, ?)",
                [row["id"], fold(row["title"]), fold(row["text"]), spell(row["title"])],
            )
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
