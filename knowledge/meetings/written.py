"""What minutes and resolution have in common: their heading, a vote, the score, blanks."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.meetings.events import Voted
from knowledge.meetings.form import LINE_BLANK, NAME_BLANK, day, month
from knowledge.meetings.lines import fill
from knowledge.meetings.progress import Progress
from knowledge.meetings.rules import Rules
from knowledge.meetings.view import comma

BLANK_LINES = 2
"""Dotted lines where nothing was written down."""


@dataclass(frozen=True, slots=True)
class Names:
    """What is only known when the minutes are written; empty leaves a dotted line."""

    number: int | None = None
    """Of the minutes, in the cell's own count."""
    resolution_number: int | None = None
    chair: str = ""
    secretary: str = ""
    signer: str = ""
    """Who signs the resolution on the cell's behalf."""
    place: str = ""


def heading_of(state: Progress, rules: Rules, number: str) -> dict[str, str]:
    """The fields at the head of either document: who issues it, number, place and day."""
    plan, lines = state.plan, rules.lines
    return {
        "parent": (plan.cell.parent or f"{lines['parent']} {NAME_BLANK}").upper(),
        "cell": (plan.cell.name or f"{lines['cell']} {NAME_BLANK}").upper(),
        "number": number,
        "place_day": fill(
            lines,
            "place_day",
            place=plan.cell.place or NAME_BLANK,
            date=day(state.ended or state.started, lines),
        ),
        "subject": fill(
            lines,
            "month",
            subject=plan.agenda.subject,
            month=month(state.started),
            year=state.started.year,
        ),
        "simulated": lines["simulated"] if plan.simulated else "",
    }


def vote_line(event: Voted, rules: Rules) -> str:
    """A vote as it is written down: ballots, what they are measured by, the outcome."""
    lines, result = rules.lines, event.result
    ballots = result.ballots
    silent = result.present - ballots.cast
    text = fill(
        lines,
        "vote",
        subject=result.subject,
        method=rules.methods.get(ballots.method, ballots.method),
        yes=ballots.yes,
        no=ballots.no,
        abstain=ballots.abstain,
    )
    if ballots.invalid or silent:
        text += fill(lines, "vote_more", invalid=ballots.invalid, silent=silent)
    measured = fill(
        lines,
        "vote_base",
        base=result.base,
        base_title=lower(rules.bases[result.base_name].title),
        threshold=lines[result.threshold],
        needed=result.needed,
        percent=comma(result.percent),
    )
    if not result.base_known:
        measured = fill(lines, "no_base", cast=ballots.cast)
    outcome = lines["vote_result_yes" if result.passed else "vote_result_no"]
    return f"{text}. {measured} {outcome}"


def score_lines(state: Progress, rules: Rules) -> tuple[str, ...]:
    """The score, a line a criterion, with the total behind; empty without a score."""
    if state.score is None:
        return ()
    lines = rules.lines
    given = [
        fill(
            lines,
            "score_line",
            title=line.title,
            points=line.points.replace(".", ","),
            most=line.most.replace(".", ","),
        )
        for line in state.score.lines
    ]
    total = state.score.total.replace(".", ",")
    return (
        *(f"- {line}." for line in given),
        fill(lines, "score_total", total=total, level=state.score.level),
    )


def blank_lines() -> tuple[str, ...]:
    """What is not known, to be written by hand."""
    return (LINE_BLANK,) * BLANK_LINES


def sentence(text: str) -> str:
    """With a full stop behind it, as people do not always type one."""
    return text if not text or text[-1] in ".!?…" else f"{text}."


def lower(text: str) -> str:
    """With a small letter in front, to go on within a sentence."""
    return text[:1].lower() + text[1:]
