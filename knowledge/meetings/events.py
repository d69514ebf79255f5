"""What happens in a meeting. The journal holds these, and nothing else is kept of a meeting.

Each event carries everything it needs (the agenda, the number a vote was measured by), so that a
meeting reads the same after the rules have changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from knowledge.meetings.agenda import Agenda
from knowledge.meetings.cell import Attendance, Cell
from knowledge.meetings.codec import decode, encode
from knowledge.meetings.scoring import Score
from knowledge.meetings.voting import Result

VERSION = 1
"""Of the journal's form; a later one is refused by name."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What was settled before the meeting began."""

    agenda: Agenda
    cell: Cell
    ward: str
    """Id of the ward's settings."""
    place: str = ""
    """Where it is held; empty leaves a dotted line."""
    chair: str = ""
    secretary: str = ""
    simulated: bool = False
    """True: its times are not real, it was a trial or a demonstration."""
    version: int = VERSION


@dataclass(frozen=True, slots=True)
class Event:
    """Anything that happens; ``at`` has a time zone."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Started(Event):
    """The meeting begins."""

    plan: Plan


@dataclass(frozen=True, slots=True)
class AttendanceTaken(Event):
    """Who is in the room from now on; the first time and whenever somebody comes or goes."""

    attendance: Attendance


@dataclass(frozen=True, slots=True)
class ItemStarted(Event):
    """An item begins, or is taken up again."""

    item: int
    """Place in the agenda, from 0."""


@dataclass(frozen=True, slots=True)
class ItemFinished(Event):
    """The current item ends."""

    item: int


@dataclass(frozen=True, slots=True)
class Voted(Event):
    """A vote was counted."""

    item: int | None
    """The item it belongs to; None between items."""
    result: Result


@dataclass(frozen=True, slots=True)
class Noted(Event):
    """Somebody wrote something down, in their own words."""

    item: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Scored(Event):
    """The cell scored its meeting; the last score holds."""

    score: Score


@dataclass(frozen=True, slots=True)
class Paused(Event):
    """A break begins."""


@dataclass(frozen=True, slots=True)
class Continued(Event):
    """The break is over."""


@dataclass(frozen=True, slots=True)
class Recovered(Event):
    """The program came back after it had been cut off; the meeting went on without it."""

    clock_back: bool = False
    """The clock was behind the last event; times after it are later than they look."""


@dataclass(frozen=True, slots=True)
class Ended(Event):
    """The meeting is over."""


EVENTS: dict[str, type[Event]] = {
    "started": Started,
    "attendance": AttendanceTaken,
    "item_started": ItemStarted,
    "item_finished": ItemFinished,
    "vote": Voted,
    "note": Noted,
    "score": Scored,
    "paused": Paused,
    "continued": Continued,
    "recovered": Recovered,
    "ended": Ended,
}
"""Name in the journal -> what it is."""

_NAMES = {kind: name for name, kind in EVENTS.items()}


def as_dict(event: Event) -> dict[str, Any]:
    """JSON-ready values, with the event's name under ``type``."""
    return {"type": _NAMES[type(event)], **encode(event)}


def from_dict(values: dict[str, Any]) -> Event:
    """The event that :func:`as_dict` made ``values`` of.

    Raises:
        ValueError: not an event, or a field that is not of its type.
        WrongNumbers: numbers that cannot be.
    """
    kind = EVENTS.get(str(values.get("type")))
    if kind is None:
        raise ValueError(f"no such event: {values.get('type')!r}")
    return decode(kind, {name: value for name, value in values.items() if name != "type"})
