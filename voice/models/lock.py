"""One installer at a time for a model."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from voice.errors import ModelStorageError
from voice.models.durable import storing

if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_lock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file ``path``; the system frees it when the process dies, however it dies.

    Raises:
        ModelStorageError: another process holds it, or the file cannot be made.
    """
    with storing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("ab")
    with file:
        try:
            _try_lock(file)
            # The holder before may have deleted the file between our open and our lock.
            if os.name != "nt" and not os.path.samestat(os.fstat(file.fileno()), path.stat()):
                raise OSError("the lock file was replaced")
        except OSError as error:
            raise ModelStorageError(
                f"another process holds {path}",
                vi="Mô hình này đang được một lệnh khác cài đặt; hãy chờ lệnh đó xong.",
            ) from error
        try:
            yield
        finally:
            with suppress(OSError):
                path.unlink()
