"""What SQLite says, as errors that tell people what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from knowledge.errors import StoreBusy, StoreCorrupt, StoreError, StoreStorage

_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT", "SQLITE_IOERR_SHORT_READ")
_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED")
_NO_ROOM = ("SQLITE_FULL",)

# A full quota or file-size limit is reported as a failed write, not as a full disk.
_FAILED_WRITE = ("SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_TRUNCATE",
                 "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_SHMOPEN")  # fmt: skip


def storage_error(path: Path, detail: str) -> StoreStorage:
    """The error for a file that may not be read or written."""
    return StoreStorage(
        f"cannot use {path}: {detail}",
        vi=f"Không đọc hoặc ghi được thư mục {path.parent}: hãy kiểm tra quyền của thư mục, "
        "hoặc chọn thư mục khác bằng --state.",
    )


def no_room(path: Path, detail: str) -> StoreStorage:
    """The error for a disk that takes nothing more."""
    return StoreStorage(
        f"no room to write {path}: {detail}",
        vi=f"Ổ đĩa chứa {path.parent} đã đầy hoặc không ghi được nữa. Hãy xóa bớt tệp, "
        "hoặc chọn ổ khác bằng --state, rồi chạy lại.",
    )


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what SQLite raises inside the block into an error of ours about ``path``."""
    try:
        yield
    except sqlite3.Error as error:
        raise _error(path, error) from error


def _error(path: Path, error: sqlite3.Error) -> StoreError:
    name = getattr(error, "sqlite_errorname", None) or ""
    detail = f"{error} ({name or type(error).__name__})"
    if name.startswith(_DAMAGED):
        return StoreCorrupt(path, detail)
    if name.startswith(_BUSY):
        return StoreBusy(
            f"{path} is in use: {detail}",
            vi="Kho kiến thức đang bận vì một chương trình khác đang ghi. "
            "Hãy đợi một phút rồi thử lại.",
        )
    if name.startswith((*_NO_ROOM, *_FAILED_WRITE)):
        return no_room(path, detail)
    if isinstance(error, sqlite3.OperationalError) and name == "SQLITE_ERROR":
        # A table or column that is not there: the file was ours once and is whole no longer.
        return StoreCorrupt(path, detail)
    return storage_error(path, detail)
