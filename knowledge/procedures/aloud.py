"""The result as sentences to read aloud: what is uncertain says so in the same breath."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from knowledge.procedures.outcome import Backing, ResultDeadline, ResultItem, ResultPaper
from knowledge.procedures.sayings import join
from knowledge.procedures.spoken_dates import say_date
from knowledge.trust import UNSURE

Lines = Mapping[str, str]


def speech(
    lines: Lines,
    title: str,
    stopped: bool,
    warnings: tuple[ResultItem, ...],
    deadlines: tuple[ResultDeadline, ...],
    papers: tuple[ResultPaper, ...],
    steps: tuple[ResultItem, ...],
    places: tuple[ResultItem, ...],
) -> tuple[str, ...]:
    """Sentences of a result, in the order in which they help."""
    said = [lines["intro"].format(title=title), *_items(warnings, lines)]
    if stopped:
        said.append(lines["stopped"])
    for deadline in deadlines:
        said += _deadline(deadline, lines)
    if not stopped:
        said += _papers(papers, lines)
    said += [*_items(steps, lines), *_items(places, lines)]
    used = [line.backing for part in (warnings, deadlines, papers, steps, places) for line in part]
    newer = list(dict.fromkeys(b.replaced_by for b in used if b.replaced_by))
    if newer:
        said.append(lines["caution_replaced"].format(documents=join(newer, lines["and"])))
    elif any(b.today == UNSURE for b in used):
        said.append(lines["caution_unsure"])
    return (*said, lines["privacy"])


def _items(items: Iterable[ResultItem], lines: Lines) -> list[str]:
    return [_hedged(item.say, item.sure, item.backing, lines) for item in items]


def _deadline(deadline: ResultDeadline, lines: Lines) -> list[str]:
    if not deadline.day:
        text = lines["deadline_open"].format(text=deadline.say, basis=deadline.basis)
        return [_hedged(text, deadline.sure, deadline.backing, lines)]
    name = "deadline_late_say" if deadline.late else "deadline_say"
    name = "milestone_say" if deadline.milestone else name
    text = lines[name].format(text=deadline.say, date=say_date(date.fromisoformat(deadline.day)))
    said = [_hedged(text, deadline.sure, deadline.backing, lines)]
    return [*said, deadline.late] if deadline.late else said


def _papers(papers: tuple[ResultPaper, ...], lines: Lines) -> list[str]:
    said: list[str] = []
    sure = [p for p in papers if p.sure]
    missing = [p for p in sure if p.state == "missing"]
    needed = [p for p in sure if p.state == "needed"]
    if missing:
        said.append(lines["papers_missing"].format(count=len(missing)))
        for paper in missing:
            said += _paper(paper, lines)
            said += [paper.get] if paper.get else []
    if needed:
        said.append(lines["papers_some"].format(count=len(needed)))
        for paper in needed:
            said += _paper(paper, lines)
    if sure and not missing and not needed:
        said.append(lines["papers_all"].format(count=len(sure)))
    if not papers:
        said.append(lines["papers_none"])
    for paper in papers:
        if not paper.sure:
            said += _paper(paper, lines)
    return said


def _paper(paper: ResultPaper, lines: Lines) -> list[str]:
    return [_hedged(_sentence(paper.say), paper.sure, paper.backing, lines)]


def _hedged(text: str, sure: bool, backing: Backing, lines: Lines) -> str:
    """``text`` with what makes it less than certain."""
    if not sure:
        text = lines["perhaps"].format(text=_inner(text))
    if backing.trust == UNSURE:
        text = lines["unsure_item"].format(text=text)
    return text


def _sentence(text: str) -> str:
    text = text[:1].upper() + text[1:]
    return text if text[-1] in ".?!" else text + "."


def _inner(text: str) -> str:
    """A sentence as part of another one: its first letter small, unless it is an abbreviation."""
    first = text.split(" ", 1)[0]
    return text if first.isupper() and len(first) > 1 else text[:1].lower() + text[1:]
