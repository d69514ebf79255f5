"""A meeting while it is run: what a screen, a voice or a terminal can do to it.

Every call writes its events to disk before it changes anything; when writing fails the meeting
stands as before and the error says so. Calls may come from any thread.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from knowledge.meetings.cell import Attendance
from knowledge.meetings.clocks import Clock
from knowledge.meetings.errors import MeetingUnfinished, NoMeeting, NotNow, WrongNumbers
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
from knowledge.meetings.folder import new_path, path_of, unfinished
from knowledge.meetings.journal import Journal
from knowledge.meetings.progress import Progress, apply, replay
from knowledge.meetings.rules import BaseName, Rules, Threshold, Ward
from knowledge.meetings.scoring import Score, score
from knowledge.meetings.typed import typed
from knowledge.meetings.view import MeetingView, make_view
from knowledge.meetings.voting import Ballots, Result, tally


class Meeting:
    """One meeting that goes on, its journal, and its clock."""

    def __init__(
        self, name: str, journal: Journal, state: Progress, rules: Rules, ward: Ward, clock: Clock
    ) -> None:
        self.name = name
        self.rules = rules
        self.ward = ward
        self.recovered = False
        """It was taken up again after a cut, and nothing has been done since."""
        self.clock_back = False
        """The tablet's clock has gone back; times go on from the last event."""
        self._journal = journal
        self._state = state
        self.clock = clock
        self._behind = timedelta()
        self._lock = threading.RLock()

    @classmethod
    def start(cls, folder: Path, plan: Plan, rules: Rules, ward: Ward, clock: Clock) -> Meeting:
        """Begin a meeting; the first item begins with :meth:`advance`.

        Raises:
            MeetingUnfinished: another one has not ended.
            JournalStorage: the folder cannot be written.
        """
        if open_one := unfinished(folder):
            raise MeetingUnfinished(
                f"{open_one} has not ended",
                vi=f"Buổi họp {open_one} chưa kết thúc. Hãy họp tiếp (--resume), hoặc kết thúc nó "
                "(--end).",
            )
        event = Started(clock(), _clean(plan))
        path = new_path(folder, event.at)
        path.unlink(missing_ok=True)  # the empty file that a cut at the very beginning left
        journal = Journal.create(path, event)
        return cls(path.stem, journal, apply(None, event), rules, ward, clock)

    @classmethod
    def resume(
        cls, folder: Path, rules: Rules, ward: Ward, clock: Clock, name: str = ""
    ) -> Meeting:
        """Go on with a meeting where it was; its time has gone on meanwhile.

        Raises:
            NoMeeting: there is none that has not ended.
            JournalStorage, JournalCorrupt: its file cannot be used.
        """
        found = name or unfinished(folder)
        if found is None:
            raise NoMeeting(
                "no unfinished meeting",
                vi="Không có buổi họp nào đang dở. Hãy bắt đầu bằng: troly meeting run",
            )
        journal, events = Journal.open(path_of(folder, found))
        state = replay(events)
        if state is None or state.phase == "ended":
            raise NoMeeting(f"{found} has ended", vi=f"Buổi họp {found} đã kết thúc.")
        meeting = cls(found, journal, state, rules, ward, clock)
        now = meeting.now()
        meeting._happen(Recovered(now, meeting.clock_back))
        meeting.recovered = True
        return meeting

    @property
    def state(self) -> Progress:
        """What the events amount to so far."""
        return self._state

    def now(self) -> datetime:
        """The meeting's time: the clock's, unless that has gone back behind the last event."""
        with self._lock:
            now = self.clock() + self._behind
            if now < self._state.last:
                self.clock_back = True
                self._behind += self._state.last - now
                now = self._state.last
            return now

    def view(self) -> MeetingView:
        """What to show and to say at this moment."""
        with self._lock:
            return make_view(
                self._state,
                self.now(),
                self.rules,
                self.ward,
                name=self.name,
                recovered=self.recovered,
                clock_back=self.clock_back,
            )

    def advance(self) -> MeetingView:
        """``Mục tiếp theo``: end the current item and begin the next; ends a break first.

        Raises:
            NotNow: no item is left, or the meeting is over.
        """
        with self._lock:
            state, now = self._state, self.now()
            if state.current is None and state.next_item is None and state.phase != "ended":
                raise NotNow("no item is left", vi=self.rules.lines["all_done"])
            events = self._leaving(now)
            if state.next_item is not None:
                events.append(ItemStarted(now, state.next_item))
            return self._happen(*events)

    def go_to(self, item: int) -> MeetingView:
        """Leave the current item and begin, or take up again, the one at ``item`` (from 0).

        Raises:
            NotNow: no such item, or it is on already.
        """
        with self._lock:
            now = self.now()
            return self._happen(*self._leaving(now), ItemStarted(now, item))

    def back(self) -> MeetingView:
        """``Quay lại mục trước``: what undoes a touch too many.

        Raises:
            NotNow: there is no item before.
        """
        with self._lock:
            last = self._state.spans[-1].item if self._state.spans else 0
            before = last if self._state.current is None else last - 1
            if not self._state.spans or before < 0:
                raise NotNow("no item before", vi="Đây là mục đầu tiên, không có mục trước.")
            return self.go_to(before)

    def take_attendance(self, attendance: Attendance) -> MeetingView:
        """Who is in the room from now on.

        Raises:
            WrongNumbers: more people than the cell has.
        """
        clean = replace(
            attendance,
            absent_names=tuple(filter(None, map(typed, attendance.absent_names))),
            guest_names=tuple(filter(None, map(typed, attendance.guest_names))),
        )
        return self._happen(AttendanceTaken(self.now(), clean))

    def vote(
        self,
        kind: str,
        ballots: Ballots,
        subject: str = "",
        *,
        base: BaseName | None = None,
        threshold: Threshold | None = None,
    ) -> Result:
        """Count a vote and write it down.

        Raises:
            WrongNumbers: more votes than official members in the room, or no such kind.
            NotNow: attendance has to be taken first.
        """
        with self._lock:
            state = self._state
            result = tally(
                self.rules,
                kind,
                typed(subject) or self._subject(kind),
                ballots,
                state.counts,
                base=base,
                threshold=threshold,
            )
            self._happen(Voted(self.now(), state.current, result))
            return result

    def note(self, text: str) -> MeetingView:
        """Write down what somebody typed or dictated, word for word.

        Raises:
            WrongNumbers: nothing is in it.
        """
        if not typed(text):
            raise WrongNumbers("an empty note", vi="Chưa có nội dung để ghi.")
        return self._happen(Noted(self.now(), self._state.current, typed(text)))

    def give_score(self, points: Mapping[str, Decimal]) -> Score:
        """Score the meeting; a later score replaces it.

        Raises:
            WrongNumbers: a line without points, or with too many.
        """
        given = score(self.rules.rubric, points)
        self._happen(Scored(self.now(), given))
        return given

    def pause(self) -> MeetingView:
        """A break begins.

        Raises:
            NotNow: it has begun already, or the meeting is over.
        """
        return self._happen(Paused(self.now()))

    def go_on(self) -> MeetingView:
        """The break is over.

        Raises:
            NotNow: there is no break.
        """
        return self._happen(Continued(self.now()))

    def end(self) -> MeetingView:
        """End the meeting, at once. Ask first when ``view().before_end`` is not empty.

        Raises:
            NotNow: it has ended.
        """
        with self._lock:
            now = self.now()
            finished: list[Event] = []
            if self._state.current is not None and self._state.phase == "running":
                finished.append(ItemFinished(now, self._state.current))
            return self._happen(*finished, Ended(now))

    def _leaving(self, now: datetime) -> list[Event]:
        events: list[Event] = []
        if self._state.phase == "paused":
            events.append(Continued(now))
        if self._state.current is not None:
            events.append(ItemFinished(now, self._state.current))
        return events

    def _subject(self, kind: str) -> str:
        """A vote without a subject of its own is about its item, or what its kind is about."""
        item = self._state.item
        if item is None or item.vote != kind or (kind != "procedure" and item.item != "business"):
            return ""
        return item.title

    def _happen(self, *events: Event) -> MeetingView:
        with self._lock:
            state = self._state
            for event in events:
                state = apply(state, event)
            self._journal.append(*events)
            self._state = state
            self.recovered = False
            return self.view()


def _clean(plan: Plan) -> Plan:
    """The plan with its typed texts made safe to print."""
    cell = replace(
        plan.cell,
        name=typed(plan.cell.name),
        parent=typed(plan.cell.parent),
        place=typed(plan.cell.place),
    )
    return replace(
        plan,
        cell=cell,
        place=typed(plan.place),
        chair=typed(plan.chair),
        secretary=typed(plan.secretary),
    )
