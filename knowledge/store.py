"""The SQLite store: documents, answers, where they come from, and every change to them.

One file. Writes are single transactions in WAL mode with full synchronisation: after a power cut
the store is what it was before or after, never between. What is shipped is written when the hash
of the shipped content differs from the one in the file; what the ward wrote itself is kept.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, TypeVar, cast

import sqlite_utils

from knowledge.content import Content, check_sources, load_content
from knowledge.errors import KnowledgeError, StoreCorrupt, StoreError, StoreNewer
from knowledge.failures import storage_error, translated
from knowledge.fold import fold, nfc
from knowledge.records import Document, Entry, EntryKind, EntrySource
from knowledge.seeding import reset_entry, seed, write_entry
from knowledge.tables import (
    SCHEMA_VERSION,
    application_of,
    create_tables,
    schema_of,
    upgrade,
)
from knowledge.trust import Trust

log = logging.getLogger(__name__)

PATIENCE = 10.0
"""Seconds to wait for another program's transaction: longer than any import step."""

CHECKED_WHOLE = 32 << 20
"""Bytes up to which every page is checked at opening (about 50 ms); larger files are checked by
SQLite as their pages are read."""

_HEADER = 100
"""Bytes of the header of a SQLite file."""

T = TypeVar("T")


class Store:
    """Reads and writes one database file. Safe to use from several threads.

    One connection behind a lock: a read takes microseconds, so threads gain nothing from more.
    """

    def __init__(
        self,
        path: Path,
        db: sqlite_utils.Database,
        *,
        lines: Mapping[str, str],
        read_only: bool = False,
    ) -> None:
        self.path = path
        self.lines = lines
        """Sentences that are put around answers, by name (content/lines.yaml)."""
        self.read_only = read_only
        """Nothing can be written: the folder or the disk does not allow it."""
        self._db = db
        self._lock = threading.RLock()
        self._cache: dict[str, Any] = {}
        self._cached_at: tuple[int, int] = (-1, -1)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the file back. Closing twice does nothing."""
        with self._lock:
            self._db.close()

    # -- reading ---------------------------------------------------------------------------

    def document(self, name: str) -> Document | None:
        """The document with this id."""
        rows = self._rows("select * from documents where id = ?", [name])
        return _document(rows[0]) if rows else None

    def documents(self) -> tuple[Document, ...]:
        """All documents, by id."""
        return self.cached(
            "documents",
            lambda: tuple(map(_document, self._rows("select * from documents order by id"))),
        )

    def cached(self, name: str, make: Callable[[], T]) -> T:
        """``make()``, kept until the database changes, by this program or another one."""
        with self._lock, translated(self.path):
            # data_version tells of others' commits, total_changes of our own.
            at = (
                self._db.conn.execute("PRAGMA data_version").fetchone()[0],
                self._db.conn.total_changes,
            )
            if at != self._cached_at:
                self._cache, self._cached_at = {}, at
            if name not in self._cache:
                self._cache[name] = make()
            return cast(T, self._cache[name])

    def entry(self, name: str) -> Entry | None:
        """The answer or summary with this id."""
        return self._one_entry("id = ?", name)

    def summary(self, document: str) -> Entry | None:
        """The summary of the document with this id."""
        return self._one_entry("kind = 'summary' and document = ?", document)

    def entries(self) -> tuple[Entry, ...]:
        """All answers and summaries, by id."""
        with self._lock:
            rows = self._rows("select * from answers order by id")
            return tuple(self._entry(row) for row in rows)

    def search(self, words: str, limit: int = 5) -> tuple[Entry, ...]:
        """Entries that hold all ``words``, with or without diacritics, the likeliest first."""
        # Each word in quotes: nothing of what is asked is taken for FTS5 syntax.
        words = " ".join(f'"{word}"' for word in fold(words).split())
        if not words:
            return ()
        query = f"{{title asked text}} : ({words})"
        with self._lock:
            # A hit in the title counts four times one in the text.
            rows = self._rows(
                "select a.* from answers_fts f join answers a on a.id = f.id "
                "where answers_fts match ? "
                "order by bm25(answers_fts, 0.0, 4.0, 3.0, 1.0, 0.0) limit ?",
                [query, limit],
            )
            return tuple(self._entry(row) for row in rows)

    def changes(self) -> tuple[dict[str, Any], ...]:
        """The log of every change, oldest first: at, by, action, table, row, before, after."""
        return tuple(self._rows('select * from changes order by "id"'))

    def meta(self, name: str) -> str | None:
        """A property of the store: ``content_hash``, ``seeded_at``."""
        rows = self._rows("select value from meta where name = ?", [name])
        return str(rows[0]["value"]) if rows else None

    # -- writing ---------------------------------------------------------------------------

    def put_entry(self, entry: Entry, *, by: str) -> None:
        """Write an entry of the ward's own; later releases leave it alone.

        Args:
            entry: new, or in the place of the one with its id.
            by: who changes it, for the log.

        Raises:
            KnowledgeError: a source is unknown, or the trust is not that of the weakest source.
            StoreStorage: it cannot be written; the store is what it was.
        """
        entry = replace(
            entry, title=nfc(entry.title), text=nfc(entry.text), caution=nfc(entry.caution)
        )
        wrong = check_sources(entry, {d.id: d for d in self.documents()})
        if wrong:
            raise KnowledgeError(
                wrong,
                vi="Câu trả lời này chưa ghi được: nguồn hoặc độ tin cậy không đúng. "
                "Hãy chọn văn bản có trong danh sách và độ tin cậy của nguồn yếu nhất.",
            )
        self._write(lambda db: write_entry(db, entry, by=by))

    def seed(self, content: Content) -> bool:
        """Write the shipped content, if it is not what the store was seeded from.

        Returns:
            Whether anything was written.

        Raises:
            StoreStorage: it cannot be written; the store is what it was.
        """
        if self.meta("content_hash") == content.hash:
            return False
        return self._write(lambda db: seed(db, content))

    def _write(self, change: Callable[[sqlite_utils.Database], T]) -> T:
        with self._lock, translated(self.path):
            # IMMEDIATE: two programs that both read first could otherwise never both go on.
            self._db.conn.execute("BEGIN IMMEDIATE")
            try:
                done = change(self._db)
                self._db.conn.execute("COMMIT")
            except BaseException:
                self._db.rollback()
                raise
            return done

    def change(self, change: Callable[[sqlite_utils.Database], T]) -> T:
        """Run ``change`` in one transaction; whatever it raises undoes all of it.

        Raises:
            StoreStorage: it cannot be written; the store is what it was.
        """
        return self._write(change)

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[dict[str, Any]]:
        """Rows of a query, for the other modules of this room."""
        return self._rows(sql, values)

    def copy_to(self, other: sqlite3.Connection, pages: int) -> None:
        """Copy the whole database into ``other``, ``pages`` at once: one moment of it.

        Raises:
            StoreError: it cannot be read, or the copy cannot be written.
        """
        with self._lock, translated(self.path):
            self._db.conn.backup(other, pages=pages)

    def reset_entry(self, name: str, *, by: str) -> Literal["shipped", "deleted"]:
        """Undo what the ward wrote: back to the release's words, or away where it has none.

        Raises:
            KnowledgeError: there is no such entry, or it is the release's own already.
            StoreStorage: it cannot be written; the store is what it was.
        """
        return self._write(lambda db: reset_entry(db, name, by=by))

    # -- rows ------------------------------------------------------------------------------

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[dict[str, Any]]:
        with self._lock, translated(self.path):
            return list(self._db.query(sql, list(values)))

    def _one_entry(self, where: str, value: str) -> Entry | None:
        with self._lock:
            rows = self._rows(f"select * from answers where {where} limit 1", [value])
            return self._entry(rows[0]) if rows else None

    def _entry(self, row: dict[str, Any]) -> Entry:
        sources = self._rows(
            "select * from answer_sources where answer = ? order by position", [row["id"]]
        )
        return Entry(
            id=row["id"],
            kind=cast(EntryKind, row["kind"]),
            topic=row["topic"],
            title=row["title"],
            text=row["text"],
            trust=cast(Trust, row["trust"]),
            as_of=row["as_of"],
            sources=tuple(
                EntrySource(s["document"], cast(Trust, s["trust"]), s["place"]) for s in sources
            ),
            document=row["document"],
            caution=row["caution"],
            leads=tuple(json.loads(row["leads"])),
            follow_ups=tuple(json.loads(row["follow_ups"])),
            asked=tuple(json.loads(row.get("asked") or "[]")),
        )


def open_store(path: Path, content: Content | None = None) -> Store:
    """Open the store, making and seeding it when it is missing or of an earlier release.

    A store that exists and cannot be written is opened as it is, for reading.

    Args:
        path: the database file; its folder is made when missing.
        content: what to seed it with; the shipped content when None.

    Raises:
        ContentError: the shipped content is wrong.
        StoreCorrupt: the file is damaged or not ours; it is left untouched.
        StoreStorage: it cannot be made or read.
        StoreBusy, StoreNewer: another program holds it; it is of a later release.
    """
    content = content or load_content()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(path, str(error)) from error
    try:
        store = _open(path, content.lines)
    except StoreCorrupt:
        raise
    except StoreError as error:
        readable = _open_read_only(path, content.lines)
        if readable is None:
            raise
        log.warning("the store is read-only: %s", error)
        return readable
    try:
        store.seed(content)
    except StoreError as error:
        if isinstance(error, StoreCorrupt) or not _is_seeded(store):
            store.close()
            raise
        # Yesterday's answers are better than none.
        log.warning("the store keeps its earlier content: %s", error)
        store.read_only = True
    except BaseException:
        store.close()
        raise
    return store


def rebuild_store(path: Path, content: Content | None = None) -> Path:
    """Set a damaged store aside and make a new one from the shipped content.

    Returns:
        The folder that now holds the damaged file; nothing is deleted.

    Raises:
        StoreStorage: it cannot be moved, or the new one cannot be made.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    aside = path.with_name(f"{path.name}.damaged-{stamp}")
    try:
        aside.mkdir(parents=True)
        # The journal first: left behind, SQLite could play it into the new database.
        for name in (f"{path.name}-wal", f"{path.name}-shm", f"{path.name}-journal", path.name):
            old = path.with_name(name)
            if old.exists():
                old.rename(aside / name)
    except OSError as error:
        raise storage_error(path, str(error)) from error
    open_store(path, content).close()
    return aside


def _open(path: Path, lines: Mapping[str, str]) -> Store:
    if torn := _torn(path):
        raise StoreCorrupt(path, torn)
    with translated(path):
        conn = sqlite3.connect(path, timeout=PATIENCE, check_same_thread=False)
    try:
        with translated(path):
            _check(conn, path)
            db = sqlite_utils.Database(conn, execute_plugins=False)
            # FULL: what has been committed survives a power cut, not only a crash.
            conn.execute("PRAGMA synchronous = FULL")
            conn.execute("PRAGMA foreign_keys = ON")
            if conn.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                conn.execute("PRAGMA journal_mode = WAL")
            if schema_of(conn) < SCHEMA_VERSION:
                _make(db)
    except BaseException:
        conn.close()
        raise
    return Store(path, db, lines=lines)


def _make(db: sqlite_utils.Database) -> None:
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        # Another program may have made them while we waited.
        version = schema_of(db.conn)
        if not version:
            create_tables(db)
        elif version < SCHEMA_VERSION:
            upgrade(db, version)
        db.conn.execute("COMMIT")
    except BaseException:
        db.rollback()
        raise


def _open_read_only(path: Path, lines: Mapping[str, str]) -> Store | None:
    """The store as it is, where nothing may be written; None when that is not possible."""
    if not path.is_file() or not path.stat().st_size:
        return None
    # Immutable needs no -shm file beside it, but would not see what a journal still holds.
    modes = ["mode=ro"] if _size(_journal(path)) else ["mode=ro", "immutable=1"]
    for mode in modes:
        try:
            with translated(path):
                conn = sqlite3.connect(
                    f"{path.absolute().as_uri()}?{mode}",
                    uri=True,
                    timeout=PATIENCE,
                    check_same_thread=False,
                )
                try:
                    _check(conn, path)
                    store = Store(
                        path,
                        sqlite_utils.Database(conn, execute_plugins=False),
                        lines=lines,
                        read_only=True,
                    )
                    if _is_seeded(store):
                        return store
                except BaseException:
                    conn.close()
                    raise
                conn.close()
        except StoreCorrupt:
            raise
        except StoreError:
            continue
    return None


def _torn(path: Path) -> str:
    """What is wrong with the length of the file, which SQLite fills up with zeros or ignores."""
    journal, size = _size(_journal(path)), _size(path)
    if journal:
        # SQLite would take an empty file for new and delete the journal, all that is left of it.
        # With any other length the journal may hold what the file does not.
        return "the file is empty, its journal is not" if path.is_file() and not size else ""
    if size < _HEADER:
        return ""
    try:
        with path.open("rb") as file:
            head = file.read(_HEADER)
    except OSError:
        return ""  # SQLite will say why
    # https://www.sqlite.org/fileformat2.html#the_database_header: page size, pages in the file,
    # and two counters that agree when the number of pages can be believed.
    page = int.from_bytes(head[16:18], "big")
    page = 65536 if page == 1 else page
    pages = int.from_bytes(head[28:32], "big") if head[24:28] == head[92:96] else 0
    if page and (size % page or size < page * pages) and not _size(_journal(path)):
        return f"{size} bytes are not {pages} pages of {page}"
    return ""


def _check(conn: sqlite3.Connection, path: Path) -> None:
    """Refuse a file that is not ours, is of a later release, or is damaged."""
    if application_of(conn) is False:
        raise StoreCorrupt(path, "it is a database of another program")
    if schema_of(conn) > SCHEMA_VERSION:
        raise StoreNewer(
            f"{path} has schema {schema_of(conn)}, this release knows {SCHEMA_VERSION}",
            vi=f"Tệp kiến thức {path.name} do bản chương trình mới hơn ghi. "
            "Hãy cài bản mới của chương trình rồi mở lại.",
        )
    if _size(path) <= CHECKED_WHOLE:
        found = conn.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise StoreCorrupt(path, str(found))


def _journal(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _is_seeded(store: Store) -> bool:
    try:
        return store.meta("content_hash") is not None
    except StoreError:
        return False


def _document(row: Mapping[str, Any]) -> Document:
    return Document(
        id=row["id"],
        kind=row["kind"],
        number=row["number"],
        code=row["code"],
        date=row["date"],
        issuer=row["issuer"],
        title=row["title"],
        trust=cast(Trust, row["trust"]),
        in_force_from=row["in_force_from"],
        replaced_by=row["replaced_by"],
        replaced_trust=cast("Trust | None", row["replaced_trust"]),
        note=row["note"],
    )
