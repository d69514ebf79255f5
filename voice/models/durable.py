"""Writing that survives a power cut, and what to say when the disk says no."""

from __future__ import annotations

import ctypes
import errno
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import RawIOBase
from pathlib import Path
from typing import Any

from voice.errors import ModelStorageError

CHUNK = 1 << 20
"""Bytes read and written at a time: large enough for speed, small enough for a live bar."""

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""No room left: on the disk, in the user's quota, or under the process's file-size limit."""


class NoRoomError(ModelStorageError):
    """The disk is full: what was half done should go, so that the tablet works on."""


def storage_error(error: OSError, path: Path) -> ModelStorageError:
    """The error to raise for ``error``, which happened while writing ``path``."""
    if error.errno in _FULL:
        return no_room(path, str(error))
    return ModelStorageError(
        f"cannot write {path}: {error}",
        vi=f"Không ghi được vào {path.parent}: hãy kiểm tra quyền ghi của thư mục, "
        "hoặc chọn thư mục khác bằng --state.",
    )


def no_room(path: Path, detail: str) -> NoRoomError:
    """The error for a disk without room for ``path``."""
    return NoRoomError(
        f"no room to write {path}: {detail}",
        vi=f"Ổ đĩa chứa {path.parent} đã đầy. Hãy xóa bớt tệp, "
        "hoặc chọn ổ khác bằng --state, rồi chạy lại lệnh.",
    )


@contextmanager
def storing(path: Path) -> Iterator[None]:
    """Turn an OSError inside the block into the error of writing ``path``."""
    try:
        yield
    except OSError as error:
        raise storage_error(error, path) from error


def append(output: RawIOBase, chunk: bytes) -> None:
    """Write all of ``chunk`` to an unbuffered file, which may take it in pieces.

    Raises:
        OSError: it cannot be written. (A buffered file would raise it again when closed.)
    """
    rest = memoryview(chunk)
    while rest:
        rest = rest[output.write(rest) or 0 :]


def read_chunks(path: Path, start: int = 0, length: int | None = None) -> Iterator[bytes]:
    """The bytes of ``path`` from ``start`` on, at most ``length`` of them.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        file.seek(start)
        left = length
        while left is None or left > 0:
            chunk = file.read(CHUNK if left is None else min(CHUNK, left))
            if not chunk:
                return
            if left is not None:
                left -= len(chunk)
            yield chunk


def sha256_of(
    path: Path,
    start: int = 0,
    length: int | None = None,
    report: Callable[[int], None] | None = None,
) -> str:
    """Hex digest of (a stretch of) a file; ``report`` gets the number of bytes done.

    Raises:
        OSError: it cannot be read.
    """
    digest = hashlib.sha256()
    done = 0
    for chunk in read_chunks(path, start, length):
        digest.update(chunk)
        done += len(chunk)
        if report:
            report(done)
    return digest.hexdigest()


def sync_file(path: Path) -> None:
    """Ask the system to put a file's bytes on the disk itself."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """The same for a folder's entries; Windows needs and allows nothing of the kind."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_json(path: Path, value: Any) -> None:
    """Replace a small file whole: readers see the old or the new, never a piece.

    Raises:
        ModelStorageError: it cannot be written.
    """
    new = path.with_name(path.name + ".new")
    with storing(path):
        with new.open("w", encoding="utf-8") as file:
            json.dump(value, file, ensure_ascii=False, indent=1, sort_keys=True)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
        sync_folder(path.parent)


def read_json(path: Path) -> dict[str, Any] | None:
    """The object in a file, or None when there is no such file or it holds something else."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return value if isinstance(value, dict) else None


def swap_folder(new: Path, target: Path, old: Path) -> None:
    """Put the folder ``new`` in the place of ``target``, whose former contents are deleted.

    One rename does it. Where the system cannot exchange two folders in one step (Windows, some
    file systems) an existing ``target`` is first set aside as ``old``; :func:`restore_folder`
    brings it back if the power fails between the two renames.

    Raises:
        ModelStorageError: it cannot be renamed; ``target`` is then what it was.
    """
    with storing(target):
        if not target.exists():
            new.rename(target)
        elif _exchange(new, target):
            sync_folder(target.parent)
            shutil.rmtree(new, ignore_errors=True)
        else:
            shutil.rmtree(old, ignore_errors=True)
            target.rename(old)
            try:
                new.rename(target)
            except OSError:
                old.rename(target)
                raise
            sync_folder(target.parent)
            shutil.rmtree(old, ignore_errors=True)
        sync_folder(target.parent)


def restore_folder(target: Path, old: Path) -> None:
    """Undo a :func:`swap_folder` that was cut between its two renames."""
    if old.is_dir() and not target.exists():
        with suppress(OSError):
            old.rename(target)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders atomically (Linux ``renameat2``); False where that cannot be."""
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    here, exchange = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of <fcntl.h> and <linux/fs.h>
    return bool(rename(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0)
