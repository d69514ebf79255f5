"""The record of a meeting on disk: one JSON line an event, on the disk before it counts.

A power cut leaves the file as it was, or with the beginning of one more line behind it. Such a tail
was never acknowledged: it is dropped when the file is opened to be written again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from knowledge.meetings.errors import (
    JournalBusy,
    JournalCorrupt,
    JournalStorage,
    MeetingError,
)
from knowledge.meetings.events import VERSION, Event, Started, as_dict, from_dict


class Journal:
    """Appends events to a file; each call returns when they are on the disk."""

    def __init__(self, path: Path, size: int, count: int) -> None:
        self.path = path
        self._size = size
        self._count = count

    @classmethod
    def create(cls, path: Path, first: Started) -> Journal:
        """Begin a meeting's file.

        Raises:
            JournalStorage: the folder cannot be written.
            JournalBusy: the file is there already.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(exist_ok=False)
        except FileExistsError as error:
            raise _busy(path) from error
        except OSError as error:
            raise _storage(path, error) from error
        journal = cls(path, 0, 0)
        try:
            journal.append(first)
            _sync_folder(path.parent)
        except MeetingError:
            with suppress(OSError):
                path.unlink()
            raise
        return journal

    @classmethod
    def open(cls, path: Path) -> tuple[Journal, list[Event]]:
        """Go on with a meeting: what has happened, and the file without a torn tail.

        Raises:
            JournalStorage, JournalCorrupt: see :func:`read_events`.
        """
        events, size = _read(path)
        try:
            if path.stat().st_size != size:
                with path.open("r+b") as file:
                    file.truncate(size)
                    os.fsync(file.fileno())
        except OSError as error:
            raise _storage(path, error) from error
        return cls(path, size, len(events)), events

    def append(self, *events: Event) -> None:
        """Write ``events`` and wait for the disk. On failure none of them is in the file.

        Raises:
            JournalStorage: no room, or no right.
            JournalBusy: somebody else has written to the file.
        """
        lines = b"".join(_line(self._count + n, event) for n, event in enumerate(events))
        try:
            with self.path.open("r+b", buffering=0) as file:
                if file.seek(0, os.SEEK_END) != self._size:
                    raise _busy(self.path)
                try:
                    _write_all(file.fileno(), lines)
                    os.fsync(file.fileno())
                except OSError:
                    with suppress(OSError):
                        file.truncate(self._size)
                    raise
        except OSError as error:
            raise _storage(self.path, error) from error
        self._size += len(lines)
        self._count += len(events)


def read_events(path: Path) -> list[Event]:
    """What has happened in a meeting; a torn tail is left out and the file left alone.

    Raises:
        JournalStorage: the file cannot be read.
        JournalCorrupt: something before its tail is not ours.
    """
    return _read(path)[0]


def _read(path: Path) -> tuple[list[Event], int]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _storage(path, error) from error
    lines = data.splitlines(keepends=True)
    events: list[Event] = []
    size = 0
    for number, line in enumerate(lines):
        try:
            events.append(_event(line, number))
        except (ValueError, MeetingError) as error:
            if any(_is_ours(later) for later in lines[number + 1 :]) or _is_ours(line):
                raise JournalCorrupt(
                    f"{path.name}:{number + 1}: {error}",
                    vi=f"Tệp ghi buổi họp {path.name} bị hỏng ở dòng {number + 1}. Tệp được giữ "
                    "nguyên; hãy báo người quản trị.",
                ) from error
            break
        size += len(line)
    return events, size


def _event(line: bytes, number: int) -> Event:
    if not line.endswith(b"\n"):
        raise ValueError("the line has no end")
    values = json.loads(line)
    if not isinstance(values, dict) or values.pop("seq", None) != number:
        raise ValueError(f"not line {number}")
    if values.get("type") == "started" and isinstance(values.get("plan"), dict):
        version = values["plan"].get("version")
        if version != VERSION:
            raise ValueError(f"version {version}; this program knows {VERSION}")
    return from_dict(values)


def _is_ours(line: bytes) -> bool:
    """A whole line of ours, with whatever in it: no power cut leaves that behind a torn one."""
    try:
        return line.endswith(b"\n") and isinstance(json.loads(line), dict)
    except ValueError:
        return False


def _line(number: int, event: Event) -> bytes:
    values = {"seq": number, **as_dict(event)}
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _write_all(file: int, data: bytes) -> None:
    rest: memoryview | Sequence[int] = memoryview(data)
    while rest:
        rest = rest[os.write(file, bytes(rest)) :]


def _sync_folder(folder: Path) -> None:
    """A new name is on the disk only when its folder is; Windows has no such call."""
    with suppress(OSError, AttributeError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _storage(path: Path, error: OSError) -> JournalStorage:
    return JournalStorage(
        f"{path}: {error}",
        vi="Không đọc hoặc ghi được tệp của buổi họp: thẻ nhớ đầy hoặc không có quyền. "
        "Việc vừa làm chưa được ghi.",
    )


def _busy(path: Path) -> JournalBusy:
    return JournalBusy(
        f"{path} was written by another program",
        vi="Buổi họp này đang được ghi ở một cửa sổ khác. Hãy dùng cửa sổ đó, hoặc đóng nó rồi "
        "mở lại buổi họp.",
    )
