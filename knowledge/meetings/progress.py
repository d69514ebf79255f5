"""The state of a meeting: what its events amount to. Pure; no clock, no disk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, NoReturn

from knowledge.meetings.agenda import AgendaItem
from knowledge.meetings.cell import Attendance, Count, count
from knowledge.meetings.errors import NotNow
from knowledge.meetings.events import (
    AttendanceTaken,
    Continued,
    Ended,
    Event,
    ItemFinished,
    ItemStarted,
    Noted,
    Paused,
    Plan,
    Recovered,
    Scored,
    Started,
    Voted,
)
from knowledge.meetings.scoring import Score

Phase = Literal["running", "paused", "ended"]


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when; ``end`` is None while it goes on."""

    start: datetime
    end: datetime | None = None
    item: int = -1
    """Place in the agenda; -1 for a break or a cut."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A meeting, at the moment of its last event."""

    plan: Plan
    started: datetime
    last: datetime
    """Time of the last event."""
    phase: Phase = "running"
    current: int | None = None
    """Place of the current item; None before the first, between two, and at the end."""
    spans: tuple[Span, ...] = ()
    """When each item was on; one taken up again has several."""
    breaks: tuple[Span, ...] = ()
    cuts: tuple[Span, ...] = ()
    """From the last event before the program was cut off to its coming back."""
    attendance: tuple[AttendanceTaken, ...] = ()
    votes: tuple[Voted, ...] = ()
    notes: tuple[Noted, ...] = ()
    score: Score | None = None
    ended: datetime | None = None
    events: int = 1
    """How many there have been."""

    @property
    def there(self) -> Attendance | None:
        """Who is in the room, as last counted."""
        return self.attendance[-1].attendance if self.attendance else None

    @property
    def counts(self) -> Count | None:
        """What votes and quorum are measured by now; None before attendance was taken."""
        return count(self.plan.cell, self.there) if self.there else None

    @property
    def item(self) -> AgendaItem | None:
        """The current item."""
        return None if self.current is None else self.plan.agenda.items[self.current]

    @property
    def next_item(self) -> int | None:
        """Place of the item that comes next: the one behind the last that was on."""
        last = self.spans[-1].item if self.spans else -1
        return last + 1 if last + 1 < len(self.plan.agenda.items) else None

    def lasted(self, now: datetime) -> timedelta:
        """Length of the meeting up to ``now`` or its end, breaks left out."""
        return self._net(self.started, self.ended or now)

    def item_lasted(self, item: int, now: datetime) -> timedelta:
        """How long an item has been on, in all, breaks left out."""
        spans = [s for s in self.spans if s.item == item]
        return sum((self._net(s.start, s.end or now) for s in spans), timedelta())

    def paused(self, now: datetime) -> timedelta:
        """All breaks together."""
        return sum(((b.end or self.ended or now) - b.start for b in self.breaks), timedelta())

    def _net(self, start: datetime, end: datetime) -> timedelta:
        breaks = timedelta()
        for pause in self.breaks:
            overlap = min(pause.end or end, end) - max(pause.start, start)
            breaks += max(overlap, timedelta())
        return max(end - start - breaks, timedelta())


def replay(events: Iterable[Event]) -> Progress | None:
    """The state after ``events``; None without any.

    Raises:
        NotNow: an event that could not have happened there.
    """
    state: Progress | None = None
    for event in events:
        state = apply(state, event)
    return state


def apply(state: Progress | None, event: Event) -> Progress:
    """The state after one more event; ``state`` is left as it was.

    Raises:
        NotNow: the state does not allow the event.
        WrongNumbers: attendance that the cell cannot have.
    """
    if state is None:
        if not isinstance(event, Started):
            _refuse("a meeting begins with its start", "Buổi họp chưa bắt đầu.")
        return Progress(plan=event.plan, started=event.at, last=event.at)
    if event.at < state.last:
        _refuse(f"{event.at} is before {state.last}", "Giờ của máy đã lùi lại.")
    if state.phase == "ended":
        _refuse("the meeting is over", "Buổi họp đã kết thúc.")
    return replace(_with(state, event), last=event.at, events=state.events + 1)


def _with(state: Progress, event: Event) -> Progress:
    match event:
        case AttendanceTaken():
            count(state.plan.cell, event.attendance)
            return replace(state, attendance=(*state.attendance, event))
        case Voted():
            _check_item(state, event.item)
            return replace(state, votes=(*state.votes, event))
        case Noted():
            _check_item(state, event.item)
            return replace(state, notes=(*state.notes, event))
        case Scored():
            return replace(state, score=event.score)
        case Recovered():
            cut = Span(state.last, event.at)
            return replace(state, cuts=(*state.cuts, cut))
        case ItemStarted() | ItemFinished():
            return _item(state, event)
        case Paused():
            if state.phase != "running":
                _refuse("already paused", "Buổi họp đang tạm dừng rồi.")
            return replace(state, phase="paused", breaks=(*state.breaks, Span(event.at)))
        case Continued():
            if state.phase != "paused":
                _refuse("not paused", "Buổi họp không tạm dừng.")
            return replace(state, phase="running", breaks=_closed(state.breaks, event.at))
        case Ended():
            return replace(
                state,
                phase="ended",
                ended=event.at,
                current=None,
                spans=_closed(state.spans, event.at),
                breaks=_closed(state.breaks, event.at),
            )
    raise NotNow(f"unexpected {type(event).__name__}", vi="Buổi họp đã bắt đầu rồi.")


def _item(state: Progress, event: ItemStarted | ItemFinished) -> Progress:
    if state.phase == "paused":
        _refuse("the meeting is paused", "Buổi họp đang tạm dừng. Hãy tiếp tục trước đã.")
    _check_item(state, event.item)
    if isinstance(event, ItemFinished):
        if event.item != state.current:
            _refuse(f"item {event.item} is not on", "Mục này không phải mục đang làm.")
        return replace(state, current=None, spans=_closed(state.spans, event.at))
    if state.current is not None:
        _refuse(f"item {state.current} is on", "Mục trước chưa xong.")
    span = Span(event.at, None, event.item)
    return replace(state, current=event.item, spans=(*state.spans, span))


def _check_item(state: Progress, item: int | None) -> None:
    if item is not None and not 0 <= item < len(state.plan.agenda.items):
        _refuse(f"no item {item}", "Chương trình không có mục này.")


def _closed(spans: tuple[Span, ...], at: datetime) -> tuple[Span, ...]:
    if not spans or spans[-1].end is not None:
        return spans
    return (*spans[:-1], replace(spans[-1], end=at))


def _refuse(message: str, vi: str) -> NoReturn:
    raise NotNow(message, vi=vi)
