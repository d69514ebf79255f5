"""The draft of a meeting's resolution (dự thảo nghị quyết): the cell's own notes in their place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from knowledge.meetings.codec import encode
from knowledge.meetings.events import Voted
from knowledge.meetings.form import NAME_BLANK, day, numbered
from knowledge.meetings.lines import fill
from knowledge.meetings.progress import Progress
from knowledge.meetings.rules import Rules, Section
from knowledge.meetings.typed import typed
from knowledge.meetings.view import comma
from knowledge.meetings.written import (
    Names,
    blank_lines,
    heading_of,
    lower,
    score_lines,
    sentence,
)


@dataclass(frozen=True, slots=True)
class Resolution:
    """Every text of the resolution's draft (dự thảo nghị quyết), as printed."""

    parent: str
    cell: str
    number: str
    place_day: str
    subject: str
    simulated: str
    based_on: str
    review: tuple[str, ...]
    direction: tuple[str, ...]
    assignment: tuple[str, ...]
    score: tuple[str, ...]
    votes: tuple[str, ...]
    opinions: tuple[str, ...]
    recipient: str
    archive: str
    signer: str

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready values, by the names that the template uses."""
        encoded: dict[str, Any] = encode(self)
        return encoded


def write_resolution(state: Progress, rules: Rules, names: Names | None = None) -> Resolution:
    """The draft of the meeting's resolution: the cell's own notes in their place."""
    names = names or Names()
    lines = rules.lines
    number = fill(lines, "number_resolution", number=numbered(names.resolution_number))
    votes = [v for v in state.votes if v.result.kind != "procedure"]
    scored = any(i.records == "score" for i in state.plan.agenda.items)
    score = score_lines(state, rules) if state.score or not scored else blank_lines()
    return Resolution(
        **heading_of(state, rules, number),
        based_on=fill(lines, "based_on_minutes", day=day(state.started, lines)),
        review=_section(state, rules, "review") or blank_lines(),
        direction=_section(state, rules, "direction") or blank_lines(),
        assignment=_section(state, rules, "assignment") or blank_lines(),
        score=score,
        votes=tuple(_resolved(v, rules) for v in votes) or (lines["resolution_unvoted"],),
        opinions=_section(state, rules, "opinions"),
        recipient=fill(lines, "recipient", parent=_committee(state, rules)),
        archive=lines["archive"],
        signer=typed(names.signer) or NAME_BLANK,
    )


def _section(state: Progress, rules: Rules, section: Section) -> tuple[str, ...]:
    """Notes of the items that belong to ``section``, word for word."""
    items = state.plan.agenda.items
    return tuple(
        f"- {sentence(note.text)}"
        for note in state.notes
        if note.item is not None
        and (found := rules.items.get(items[note.item].item)) is not None
        and found.section == section
    )


def _resolved(event: Voted, rules: Rules) -> str:
    lines, result = rules.lines, event.result
    line = fill(
        lines,
        "resolution_vote",
        subject=result.subject,
        yes=result.ballots.yes,
        base=result.base,
        base_title=lower(rules.bases[result.base_name].title),
        percent=comma(result.percent),
    )
    return f"{line} {lines['vote_result_yes' if result.passed else 'vote_result_no']}"


def _committee(state: Progress, rules: Rules) -> str:
    """The committee over the cell: of Đảng bộ phường X it is Đảng ủy phường X."""
    head = f"{rules.lines['parent']} "
    parent = state.plan.cell.parent
    if parent.casefold().startswith(head.casefold()):
        return f"{rules.lines['committee']} {parent[len(head) :]}"
    return f"{rules.lines['committee']} {NAME_BLANK}"
