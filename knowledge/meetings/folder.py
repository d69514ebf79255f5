"""The folder of meetings: one journal each, named by when it began."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from knowledge.meetings.errors import JournalStorage, NoMeeting
from knowledge.meetings.events import Ended, Started
from knowledge.meetings.journal import Journal, read_events
from knowledge.meetings.progress import Progress, replay

SUFFIX = ".jsonl"


def meetings_in(folder: Path) -> list[str]:
    """Names of all meetings, the newest last. A file that has no whole event is none."""
    found = [p for p in folder.glob(f"*{SUFFIX}") if p.is_file() and _begun(p)]
    return sorted(p.stem for p in found)


def unfinished(folder: Path) -> str | None:
    """Name of the newest meeting that has begun and not ended."""
    for name in reversed(meetings_in(folder)):
        if not isinstance(read_events(path_of(folder, name))[-1], Ended):
            return name
    return None


def path_of(folder: Path, name: str) -> Path:
    """A meeting's file.

    Raises:
        NoMeeting: there is no such meeting.
    """
    path = folder / f"{name}{SUFFIX}"
    if not name or Path(name).name != name or not path.is_file():
        raise NoMeeting(
            f"no meeting {name!r} in {folder}",
            vi=f"Không có buổi họp “{name}”. Hãy xem danh sách: troly meeting minutes --list",
        )
    return path


def read_meeting(folder: Path, name: str = "") -> tuple[str, Progress]:
    """A meeting as it stands on disk, without touching it; without a name the newest.

    Raises:
        NoMeeting: there is none.
        JournalStorage, JournalCorrupt: its file cannot be read.
    """
    names = meetings_in(folder)
    if not name and not names:
        raise NoMeeting(
            f"no meeting in {folder}",
            vi="Chưa có buổi họp nào được ghi. Hãy bắt đầu bằng: troly meeting run",
        )
    name = name or names[-1]
    state = replay(read_events(path_of(folder, name)))
    if state is None:
        raise NoMeeting(f"{name} holds no event", vi=f"Tệp của buổi họp “{name}” còn trống.")
    return name, state


def new_path(folder: Path, at: datetime) -> Path:
    """A name for a meeting that begins at ``at``; a second one in that minute gets a letter."""
    stem = at.strftime("%Y-%m-%d-%H%M")
    names = [stem, *(f"{stem}{letter}" for letter in "bcdefghijklmnopqrstuvwxyz")]
    return next(
        path
        for path in (folder / f"{name}{SUFFIX}" for name in names)
        if not path.exists() or path.stat().st_size == 0
    )


def end_at_last_event(folder: Path, name: str) -> Progress:
    """End a meeting that nobody ended, at the time of its last event: it was cut off for good.

    Raises:
        NoMeeting, JournalStorage, JournalCorrupt; NotNow: it has ended.
    """
    journal, events = Journal.open(path_of(folder, name))
    ended = Ended(events[-1].at)
    state = replay([*events, ended])
    assert state is not None
    journal.append(ended)
    return state


def forget(folder: Path, name: str) -> None:
    """Delete a meeting's journal, with the names and notes in it.

    Raises:
        NoMeeting: there is no such meeting.
        JournalStorage: it cannot be deleted.
    """
    path = path_of(folder, name)
    try:
        path.unlink()
    except OSError as error:
        raise JournalStorage(
            f"{path}: {error}", vi=f"Không xóa được buổi họp “{name}”: không có quyền ghi."
        ) from error


def _begun(path: Path) -> bool:
    events = read_events(path)
    return bool(events) and isinstance(events[0], Started)
