"""The minutes (biên bản) of a meeting, line by line.

Everything comes out of the events. What they do not say is a dotted line to be written by hand;
nothing is made up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from knowledge.meetings.cell import Attendance, Cell, count, quorum
from knowledge.meetings.codec import encode
from knowledge.meetings.form import (
    BLANK,
    NAME_BLANK,
    SHORT_BLANK,
    clock,
    day,
    numbered,
    whole_minutes,
)
from knowledge.meetings.lines import fill
from knowledge.meetings.progress import Progress
from knowledge.meetings.rules import Rules, Ward
from knowledge.meetings.typed import typed
from knowledge.meetings.view import comma
from knowledge.meetings.written import (
    Names,
    blank_lines,
    heading_of,
    score_lines,
    sentence,
    vote_line,
)


@dataclass(frozen=True, slots=True)
class ItemLines:
    """What the minutes say of one item."""

    heading: str
    times: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Minutes:
    """Every text of the minutes (biên bản), as printed."""

    parent: str
    cell: str
    number: str
    place_day: str
    subject: str
    simulated: str
    """A warning over the minutes of a trial; empty for a real meeting."""
    held: str
    lasted: str
    place: str
    people: tuple[str, ...]
    items: tuple[ItemLines, ...]
    between: tuple[str, ...]
    """What belongs to no item: notes and votes between two, breaks, cuts."""
    score: tuple[str, ...]
    closing: tuple[str, ...]
    chair: str
    secretary: str

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready values, by the names that the template uses."""
        encoded: dict[str, Any] = encode(self)
        return encoded


def write_minutes(state: Progress, rules: Rules, ward: Ward, names: Names | None = None) -> Minutes:
    """The minutes of a meeting; of one that has not ended, as far as it has come."""
    names = names or Names()
    lines, plan = rules.lines, state.plan
    start, end = clock(state.started, lines), BLANK
    lasted = ""
    if state.ended:
        end = clock(state.ended, lines)
        lasted = fill(lines, "lasted", minutes=whole_minutes(state.lasted(state.ended)))
        if pause := whole_minutes(state.paused(state.ended)):
            lasted = f"{lasted} {fill(lines, 'paused_for', minutes=pause)}"
    chair, secretary = typed(names.chair) or plan.chair, typed(names.secretary) or plan.secretary
    return Minutes(
        **heading_of(state, rules, fill(lines, "number_minutes", number=numbered(names.number))),
        held=fill(lines, "held", start=start, end=end, date=day(state.started, lines)),
        lasted=lasted,
        place=sentence(typed(names.place) or plan.place) or BLANK,
        people=_people(state, rules, ward, chair, secretary),
        items=tuple(_item(state, rules, n) for n in range(len(plan.agenda.items))),
        between=_between(state, rules),
        score=score_lines(state, rules),
        closing=_closing(state, rules),
        chair=chair or NAME_BLANK,
        secretary=secretary or NAME_BLANK,
    )


def _people(
    state: Progress, rules: Rules, ward: Ward, chair: str, secretary: str
) -> tuple[str, ...]:
    lines = rules.lines
    found = _on_the_list(state.plan.cell, rules)
    if state.attendance:
        found += _in_the_room(state.plan.cell, state.attendance[0].attendance, rules, ward)
    else:
        found += _nobody_counted(rules)
    for taken in state.attendance[1:]:
        found.append(
            fill(
                lines,
                "later_attendance",
                time=clock(taken.at, lines),
                official=taken.attendance.official,
                probationary=taken.attendance.probationary,
            )
        )
    found.append(fill(lines, "chair", name=sentence(chair) or BLANK))
    found.append(fill(lines, "secretary", name=sentence(secretary) or BLANK))
    return tuple(found)


def _on_the_list(cell: Cell, rules: Rules) -> list[str]:
    lines = rules.lines
    found = [
        fill(
            lines,
            "members",
            total=cell.members,
            official=cell.official,
            probationary=cell.probationary,
        )
    ]
    if cell.exempt or cell.away or cell.suspended:
        found.append(
            fill(
                lines,
                "not_convened",
                exempt=cell.exempt,
                away=cell.away,
                suspended=cell.suspended,
            )
        )
    return found


def _in_the_room(cell: Cell, there: Attendance, rules: Rules, ward: Ward) -> list[str]:
    lines, counts = rules.lines, count(cell, there)
    enough = quorum(counts, ward)
    absent = counts.expected - counts.attending
    found = [
        fill(
            lines,
            "present",
            present=counts.attending,
            official=there.official,
            probationary=there.probationary,
            percent=comma(float(counts.percent)),
        ),
        fill(lines, "absent", absent=absent, excused=counts.excused, unexcused=counts.unexcused),
    ]
    if absent:
        names = "; ".join(there.absent_names)
        found.append(fill(lines, "absent_names", names=sentence(names) or BLANK))
    if there.visiting:
        found.append(fill(lines, "visiting", count=there.visiting))
    found.append(
        fill(
            lines,
            "quorum_line",
            fraction=enough.fraction,
            convened=enough.convened,
            needed=enough.needed,
            present=enough.present,
        )
    )
    if there.guests:
        names = "; ".join(there.guest_names)
        found.append(fill(lines, "guests", count=there.guests, names=sentence(names) or BLANK))
    return found


def _nobody_counted(rules: Rules) -> list[str]:
    lines = rules.lines
    unknown = dict.fromkeys(("present", "official", "probationary", "percent"), SHORT_BLANK)
    absent = dict.fromkeys(("absent", "excused", "unexcused"), SHORT_BLANK)
    return [
        fill(lines, "present", **unknown),
        fill(lines, "absent", **absent),
        fill(lines, "absent_names", names=BLANK),
        fill(lines, "guests", count=SHORT_BLANK, names=BLANK),
    ]


def _item(state: Progress, rules: Rules, place: int) -> ItemLines:
    item, lines = state.plan.agenda.items[place], rules.lines
    heading = fill(lines, "item_heading", number=item.number, title=item.title)
    spans = [s for s in state.spans if s.item == place]
    said = [
        *((e.at, sentence(e.text)) for e in state.notes if e.item == place),
        *((e.at, vote_line(e, rules)) for e in state.votes if e.item == place),
    ]
    said_lines = tuple(text for _, text in sorted(said, key=lambda pair: pair[0]))
    if not spans:
        return ItemLines(heading, lines["item_skipped"], said_lines)
    if spans[-1].end is None:
        times = fill(lines, "item_open", start=clock(spans[0].start, lines))
    else:
        parts = [_between_times(s.start, s.end or s.start, rules) for s in spans]
        minutes = whole_minutes(state.item_lasted(place, spans[-1].end))
        times = f"({'; '.join(parts)}, {fill(lines, 'minutes', minutes=minutes)})"
    if said_lines:
        return ItemLines(heading, times, said_lines)
    if item.records == "attendance" and state.attendance:
        return ItemLines(heading, times, (lines["see_people"],))
    if item.records == "score" and state.score is not None:
        return ItemLines(heading, times, (lines["see_score"],))
    return ItemLines(heading, times, blank_lines())


def _between_times(start: datetime, end: datetime, rules: Rules) -> str:
    lines = rules.lines
    return fill(lines, "item_span", start=clock(start, lines), end=clock(end, lines))


def _between(state: Progress, rules: Rules) -> tuple[str, ...]:
    lines = rules.lines
    found = [
        *((e.at, sentence(e.text)) for e in state.notes if e.item is None),
        *((e.at, vote_line(e, rules)) for e in state.votes if e.item is None),
    ]
    for pause in state.breaks:
        if pause.end is not None:
            values = {"start": clock(pause.start, lines), "end": clock(pause.end, lines)}
            minutes = whole_minutes(pause.end - pause.start)
            found.append((pause.start, fill(lines, "pause_line", minutes=minutes, **values)))
    for cut in state.cuts:
        end = cut.end or cut.start
        # Shorter than a minute nothing was missed, and the times would read the same.
        if (end - cut.start).total_seconds() >= 60:
            values = {"start": clock(cut.start, lines), "end": clock(end, lines)}
            found.append((cut.start, fill(lines, "recovery_line", **values)))
    return tuple(text for _, text in sorted(found, key=lambda pair: pair[0]))


def _closing(state: Progress, rules: Rules) -> tuple[str, ...]:
    lines, items = rules.lines, state.plan.agenda.items
    read = [v for v in state.votes if v.item is not None and items[v.item].item == "minutes"]
    found = [f"{lines['read_out_unknown']} {BLANK}."]
    if read:
        passed = read[-1].result.passed
        outcome = lines["vote_result_yes" if passed else "vote_result_no"]
        found = [fill(lines, "read_out", result=outcome)]
    if state.ended:
        found.append(fill(lines, "closed", time=clock(state.ended, lines)))
    else:
        found.append(f"{lines['not_closed']} {BLANK}.")
    return tuple(found)
