"""Backups of the store: whole copies that have been checked, and going back to one."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from knowledge.errors import KnowledgeError, StoreCorrupt
from knowledge.failures import storage_error, translated
from knowledge.store import Store
from knowledge.tables import SCHEMA_VERSION, application_of, schema_of

KEPT = 7
"""Backups that are kept: a week of daily ones."""

DUE = timedelta(hours=20)
"""Age of the newest backup from which another one is made before something is written."""

_PAGES = 2_000
"""Pages copied at once: the store is not held for longer than some milliseconds."""

_STAMP = "%Y%m%dT%H%M%S%fZ"
_PREFIX, _SUFFIX = "knowledge-", ".db"


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup file."""

    path: Path
    made_at: str
    """ISO time, UTC."""
    bytes: int
    documents: int
    """Records of documents; 0 when it cannot be used."""
    originals: int
    entries: int
    problem: str = ""
    """English reason why it cannot be used; empty when it can."""


def make_backup(store: Store, folder: Path, *, keep: int = KEPT) -> Backup:
    """Copy ``store`` into ``folder``, check the copy, and drop the oldest beyond ``keep``.

    The copy is one moment of the store, even while others write. It gets its name only when it
    is whole and on the disk.

    Raises:
        StoreStorage: there is no room, or no right; nothing half-made is left behind.
        StoreCorrupt: the store is damaged, so that its copy is; earlier backups stay.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(folder, str(error)) from error
    path = folder / f"{_PREFIX}{datetime.now(UTC).strftime(_STAMP)}{_SUFFIX}"
    half = path.with_suffix(".new")
    try:
        with _from(half) as copy, translated(half):
            store.copy_to(copy, _PAGES)
            # One file, with nothing beside it, can be carried away on a stick.
            copy.execute("PRAGMA journal_mode = DELETE")
        with translated(half):
            _refuse_damaged(half)
        _to_disk(half)
        half.replace(path)
    except OSError as error:
        raise storage_error(path, str(error)) from error
    finally:
        for name in (half, half.with_name(f"{half.name}-journal")):
            with contextlib.suppress(OSError):
                name.unlink(missing_ok=True)
    for old in _files(folder)[max(1, keep) :]:
        with contextlib.suppress(OSError):
            old.unlink()
    return _looked_at(path)


def backup_if_due(store: Store, folder: Path) -> Backup | None:
    """A backup before something is written, unless there is one of today; None then."""
    newest = next((b for b in list_backups(folder) if not b.problem), None)
    if newest and datetime.now(UTC) - datetime.fromisoformat(newest.made_at) < DUE:
        return None
    return make_backup(store, folder)


def list_backups(folder: Path) -> tuple[Backup, ...]:
    """All backups in ``folder``, the newest first, each looked into."""
    return tuple(map(_looked_at, _files(folder)))


def restore_backup(backup: Path, database: Path) -> Path | None:
    """Put a backup in the place of the store.

    Args:
        backup: the file; any whole database of ours, from this release or an earlier one.
        database: the store's file; must not be open in this program.

    Returns:
        The folder that now holds what stood there before; None when nothing did.

    Raises:
        StoreCorrupt: the backup itself is damaged; the store is what it was.
        KnowledgeError: there is no such file.
        StoreStorage: something cannot be moved or written.
    """
    if not backup.is_file():
        raise KnowledgeError(
            f"no backup {backup}",
            vi=f"Không có tệp sao lưu {backup.name}. Xem danh sách: troly knowledge backup --list.",
        )
    with translated(backup):
        _refuse_damaged(backup)
    ready = database.with_name(f"{database.name}.restoring")
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(backup, ready)
        _to_disk(ready)
        aside = _set_aside(database)
        ready.replace(database)
    except OSError as error:
        raise storage_error(database, str(error)) from error
    finally:
        with contextlib.suppress(OSError):
            ready.unlink(missing_ok=True)
    return aside


def _set_aside(database: Path) -> Path | None:
    """Move the store and its journal into a folder beside it; nothing is deleted."""
    names = [f"{database.name}{end}" for end in ("-wal", "-shm", "-journal", "")]
    there = [database.with_name(name) for name in names if database.with_name(name).exists()]
    if not there:
        return None
    aside = database.with_name(
        f"{database.name}.before-restore-{datetime.now(UTC).strftime(_STAMP)}"
    )
    aside.mkdir(parents=True)
    # The journal first: left behind, SQLite would play it into the restored database.
    for old in there:
        old.rename(aside / old.name)
    return aside


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"{_PREFIX}*{_SUFFIX}"), key=lambda p: p.name, reverse=True)


def _looked_at(path: Path) -> Backup:
    stamp = path.name.removeprefix(_PREFIX).removesuffix(_SUFFIX)
    try:
        made = datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        made = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    size = path.stat().st_size
    try:
        with translated(path):
            _refuse_damaged(path)
            with _reading(path) as conn:
                documents, entries = _count(conn, "documents"), _count(conn, "answers")
                originals = _count(conn, "originals") if schema_of(conn) > 1 else 0
    except KnowledgeError as error:
        return Backup(path, made.isoformat(), size, 0, 0, 0, str(error))
    return Backup(path, made.isoformat(), size, documents, originals, entries)


def _count(conn: sqlite3.Connection, table: str) -> int:
    return int(conn.execute(f"select count(*) from {table}").fetchone()[0])


def _refuse_damaged(path: Path) -> None:
    with _reading(path) as conn:
        if application_of(conn) is not True:
            raise StoreCorrupt(path, "it is no database of ours")
        if schema_of(conn) > SCHEMA_VERSION:
            raise StoreCorrupt(path, "it is of a later release")
        found = conn.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise StoreCorrupt(path, str(found))
        conn.execute("select count(*) from answers").fetchone()


@contextlib.contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    # Immutable: no lock and no file beside it, on a stick that cannot be written either.
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    with contextlib.closing(sqlite3.connect(uri, uri=True)) as conn:
        yield conn


@contextlib.contextmanager
def _from(path: Path) -> Iterator[sqlite3.Connection]:
    with translated(path):
        conn = sqlite3.connect(path)
    with contextlib.closing(conn):
        yield conn


def _to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
