"""What a screen shows and a voice says of a running meeting, as plain data.

Texts to show and texts to say are apart: the screen has a big clock, the voice must say the time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from knowledge.meetings.cell import Quorum, quorum
from knowledge.meetings.codec import encode
from knowledge.meetings.form import clock, whole_minutes
from knowledge.meetings.lines import fill
from knowledge.meetings.progress import Progress
from knowledge.meetings.rules import Rules, Ward

LATE = timedelta(minutes=5)
"""Minutes behind the agenda before it is said: less is noise."""

WarningCode = Literal[
    "under_minimum",
    "item_over",
    "running_late",
    "meeting_over",
    "clock_back",
    "no_attendance",
    "no_quorum",
]


@dataclass(frozen=True, slots=True)
class Warning:
    """Something the chair should know now."""

    code: WarningCode
    text: str
    """Shown while it holds, and said once, when it begins to hold (:func:`fresh`)."""


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item, now."""

    number: int
    """From 1."""
    part: str
    title: str
    lead: str
    planned: int
    """Seconds that the agenda gives it."""
    elapsed: int
    """Seconds it has been on, breaks left out."""
    left: int
    """Seconds; below 0 it is over its time."""
    guidance: str
    """To be read aloud."""
    records: str
    """``attendance``, ``vote``, ``score``: what to offer to write down; or empty."""
    vote: str
    """Id of the kind of vote that belongs to it; or empty."""
    document: str
    """Code of a document to offer to read aloud; or empty."""


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting at one moment. Times in seconds unless they are datetimes."""

    name: str
    """Of its journal: ``2026-12-05-1900``."""
    title: str
    phase: Literal["running", "paused", "ended"]
    now: datetime
    started: datetime
    elapsed: int
    """Seconds since it began, breaks left out."""
    planned: int
    minimum: int
    """Seconds it must last at least."""
    left: int
    """Seconds to the end of its planned time; below 0 it is over."""
    projected: int
    """Seconds it will have lasted if all that is left takes its planned time."""
    projected_end: datetime
    item: ItemView | None
    """The current item; None before the first, between two, and behind the last."""
    next_item: ItemView | None
    done: int
    """Items that have been on."""
    items: int
    quorum: Quorum | None
    """None before attendance was taken."""
    warnings: tuple[Warning, ...]
    before_end: tuple[str, ...]
    """What to say and ask before the meeting is ended now; empty when it may simply end."""
    show: str
    """One line of what goes on, for the screen."""
    say: str
    """What to read aloud when this state begins."""
    simulated: bool

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready values."""
        encoded: dict[str, Any] = encode(self)
        return encoded


def fresh(before: MeetingView | None, now: MeetingView) -> tuple[Warning, ...]:
    """Warnings that did not hold ``before``: those to be said aloud."""
    old = {w.code for w in before.warnings} if before else set()
    if before and before.item and now.item and before.item.number != now.item.number:
        old.discard("item_over")
    return tuple(w for w in now.warnings if w.code not in old)


def make_view(
    state: Progress,
    now: datetime,
    rules: Rules,
    ward: Ward,
    *,
    name: str = "",
    recovered: bool = False,
    clock_back: bool = False,
) -> MeetingView:
    """The view of ``state`` at ``now``; pure."""
    now = state.ended or now
    agenda, lines = state.plan.agenda, rules.lines
    elapsed, planned = _seconds(state.lasted(now)), agenda.minutes * 60
    item = _item(state, state.current, now)
    following = _item(state, state.next_item, now)
    rest = sum(i.minutes * 60 for i in agenda.items[_next(state) :])
    projected = elapsed if state.ended else elapsed + (max(item.left, 0) if item else 0) + rest
    enough = quorum(state.counts, ward) if state.counts else None
    warnings = _warnings(state, rules, item, elapsed, projected, now, enough, clock_back)
    show = _show(state, rules, item, following, now)
    say = show if item is None or state.phase != "running" else f"{show} {item.guidance}"
    if recovered and len(state.cuts) > 0:
        cut = state.cuts[-1]
        minutes = whole_minutes((cut.end or now) - cut.start)
        back = fill(lines, "recovered", time=clock(cut.start, lines), minutes=minutes)
        show, say = f"{back} {show}", f"{back} {show}"
    return MeetingView(
        name=name,
        title=agenda.title,
        phase=state.phase,
        now=now,
        started=state.started,
        elapsed=elapsed,
        planned=planned,
        minimum=agenda.minimum * 60,
        left=planned - elapsed,
        projected=projected,
        projected_end=now + timedelta(seconds=projected - elapsed),
        item=item,
        next_item=following,
        done=len({s.item for s in state.spans}),
        items=len(agenda.items),
        quorum=enough,
        warnings=warnings,
        before_end=_before_end(state, rules, elapsed),
        show=show,
        say=say,
        simulated=state.plan.simulated,
    )


def quorum_lines(found: Quorum, rules: Rules) -> tuple[str, ...]:
    """Quorum and attendance, said in sentences; with a caution where the rule is unsure."""
    lines = rules.lines
    sentences = [
        fill(
            lines,
            "quorum_met" if found.met else "quorum_missed",
            present=found.present,
            convened=found.convened,
            fraction=found.fraction,
            needed=found.needed,
        ),
        fill(
            lines,
            "goal_met" if found.goal_met else "goal_missed",
            percent=comma(found.percent),
            goal=found.goal,
        ),
    ]
    if found.trust == "cần kiểm tra":
        sentences.append(lines["unsure"])
    return tuple(sentences)


def comma(number: float) -> str:
    """With a decimal comma, and none for whole numbers: ``87,5``, ``90``."""
    return f"{number:.1f}".removesuffix(".0").replace(".", ",")


def _item(state: Progress, place: int | None, now: datetime) -> ItemView | None:
    if place is None:
        return None
    item = state.plan.agenda.items[place]
    elapsed, planned = _seconds(state.item_lasted(place, now)), item.minutes * 60
    return ItemView(
        number=item.number,
        part=item.part,
        title=item.title,
        lead=item.lead,
        planned=planned,
        elapsed=elapsed,
        left=planned - elapsed,
        guidance=item.guidance,
        records=item.records,
        vote=item.vote,
        document=item.document,
    )


def _next(state: Progress) -> int:
    """Place of the next item; behind the last one when there is none."""
    return len(state.plan.agenda.items) if state.next_item is None else state.next_item


def _warnings(
    state: Progress,
    rules: Rules,
    item: ItemView | None,
    elapsed: int,
    projected: int,
    now: datetime,
    enough: Quorum | None,
    clock_back: bool,
) -> tuple[Warning, ...]:
    if state.phase == "ended":
        return ()
    agenda, lines = state.plan.agenda, rules.lines
    planned, minimum = agenda.minutes * 60, agenda.minimum * 60
    found: list[Warning] = []
    # Against the agenda, too: one that was made shorter than the minimum was warned of then.
    if projected < min(minimum, planned):
        short = fill(
            lines, "under_minimum", minutes=projected // 60, minimum=min(minimum, planned) // 60
        )
        found.append(Warning("under_minimum", short))
    if item is not None and item.left < 0:
        over = fill(lines, "item_over", title=item.title, minutes=-(item.left // 60))
        found.append(Warning("item_over", over))
    if elapsed > planned:
        over = fill(lines, "meeting_over", minutes=-((planned - elapsed) // 60))
        found.append(Warning("meeting_over", over))
    elif projected - planned >= LATE.total_seconds():
        end = now + timedelta(seconds=projected - elapsed)
        minutes = (projected - planned) // 60
        late = fill(lines, "running_late", time=clock(end, lines), minutes=minutes)
        found.append(Warning("running_late", late))
    if enough is not None and not enough.met:
        found.append(Warning("no_quorum", quorum_lines(enough, rules)[0]))
    attended = {i for i, a in enumerate(agenda.items) if a.records == "attendance"}
    if not state.attendance and any(s.item in attended and s.end is not None for s in state.spans):
        found.append(Warning("no_attendance", lines["no_attendance"]))
    if clock_back:
        found.append(Warning("clock_back", lines["clock_back"]))
    return tuple(found)


def _before_end(state: Progress, rules: Rules, elapsed: int) -> tuple[str, ...]:
    if state.phase == "ended":
        return ()
    agenda, lines = state.plan.agenda, rules.lines
    found = []
    if elapsed < agenda.minimum * 60:
        found.append(fill(lines, "ends_early", minutes=elapsed // 60, minimum=agenda.minimum))
    if left := len(agenda.items) - len({s.item for s in state.spans}):
        found.append(fill(lines, "items_left", count=left))
    return tuple(found)


def _show(
    state: Progress, rules: Rules, item: ItemView | None, following: ItemView | None, now: datetime
) -> str:
    lines = rules.lines
    if state.ended:
        minutes = whole_minutes(state.lasted(now))
        return fill(lines, "ended", time=clock(state.ended, lines), minutes=minutes)
    if state.phase == "paused":
        return fill(lines, "paused", time=clock(state.breaks[-1].start, lines))
    if item is not None:
        minutes = item.planned // 60
        return fill(lines, "item", number=item.number, title=item.title, minutes=minutes)
    if following is None:
        return lines["all_done"]
    between = fill(lines, "between", number=following.number, title=following.title)
    return between if state.spans else f"{lines['waiting']} {between}"


def _seconds(length: timedelta) -> int:
    return int(length.total_seconds())
