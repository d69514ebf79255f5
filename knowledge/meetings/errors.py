"""What can go wrong while a meeting is prepared, run or written up.

KnowledgeError
└── MeetingError
    ├── WrongNumbers       numbers of members, votes, minutes or points that cannot be
    ├── NotNow             an event that the meeting's state does not allow
    ├── NoMeeting          there is no meeting of this name, or none to go on with
    ├── MeetingUnfinished  another meeting has begun and not ended
    ├── FormError          a template or a file of minutes that cannot be read or made
    └── JournalError       the record of a meeting on disk
        ├── JournalCorrupt damaged before its last line
        ├── JournalStorage no room, or no right, to write it
        └── JournalBusy    another program writes the same meeting
"""

from __future__ import annotations

from knowledge.errors import KnowledgeError


class MeetingError(KnowledgeError):
    """Base of what can go wrong with a meeting."""


class WrongNumbers(MeetingError):
    """Numbers of members, votes, minutes or points that cannot be."""


class NotNow(MeetingError):
    """An event that the state of the meeting does not allow."""


class NoMeeting(MeetingError):
    """There is no meeting of this name, or none to go on with."""


class MeetingUnfinished(MeetingError):
    """Another meeting has begun and not ended."""


class FormError(MeetingError):
    """A template or a file of minutes that cannot be read or made."""


class JournalError(MeetingError):
    """The record of a meeting on disk."""


class JournalCorrupt(JournalError):
    """A line before the last one cannot be read; nothing is changed or deleted."""


class JournalStorage(JournalError):
    """There is no room, or no right, to write the journal; the event did not happen."""


class JournalBusy(JournalError):
    """Another program has written to the journal since we read it."""
