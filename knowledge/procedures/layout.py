"""A result as blocks: the one description from which screen, DOCX and PDF are made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from knowledge.procedures.model import Library
from knowledge.procedures.outcome import Backing, Result, ResultDeadline, ResultItem, ResultPaper
from knowledge.procedures.spoken_dates import say_date
from knowledge.trust import UNSURE

Style = Literal["title", "heading", "box", "have", "item", "step", "note", "small"]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph. ``box`` is an item with a square to tick, ``have`` with a ticked one,
    ``step`` a numbered one."""

    style: Style
    text: str


def blocks(result: Result, library: Library) -> list[Block]:
    """The whole result, as it is shown and printed."""
    lines = library.lines
    made = [Block("title", result.title)]
    made += _part("heading", lines["head_warnings"], _items(result.warnings, "item", lines))
    if result.stopped:
        made.append(Block("note", lines["stopped"]))
    made += _part("heading", lines["head_deadlines"], _deadlines(result, lines))
    sure = [paper for paper in result.papers if paper.sure]
    for state, head in (
        ("missing", "head_missing"),
        ("needed", "head_papers"),
        ("have", "head_have"),
    ):
        of_state = [paper for paper in sure if paper.state == state]
        made += _part("heading", lines[head], _papers(of_state, lines))
    rest = [paper for paper in result.papers if not paper.sure]
    made += _part("heading", lines["head_perhaps"], _papers(rest, lines))
    made += _part("heading", lines["head_steps"], _items(result.steps, "step", lines))
    made += _part("heading", lines["head_where"], _items(result.places, "item", lines))
    forms = [Block("item", lines["form_own"].format(title=title)) for _, title in result.forms]
    made += _part("heading", lines["head_forms"], forms)
    answers = [Block("item", f"{question} – {said}") for question, said in result.answers]
    made += _part("heading", lines["head_answers"], answers)
    sources = [Block("small", _source(backing, lines)) for backing in result.sources]
    made += _part("heading", lines["head_sources"], sources)
    made.append(Block("small", lines["made_on"].format(date=_day(result.today),
                                                       as_of=_day(result.as_of))))  # fmt: skip
    return made


def plain(made: Iterable[Block]) -> str:
    """The blocks as text for a terminal."""
    out, number = [], 0
    for block in made:
        number = number + 1 if block.style == "step" else 0
        mark = {"box": "☐ ", "have": "☑ ", "item": "- ", "step": f"{number}. ", "note": "  "}.get(
            block.style, ""
        )
        if block.style == "heading":
            out.append("")
        out.append(mark + (block.text.upper() if block.style == "title" else block.text))
    return "\n".join(out)


def _part(style: Style, head: str, body: list[Block]) -> list[Block]:
    return [Block(style, head), *body] if body else []


def _marked(text: str, backing: Backing, lines: Mapping[str, str]) -> str:
    """``text`` with the mark that says how sure it is."""
    if backing.trust == UNSURE:
        return f"{text} {lines['mark_unsure']}"
    return f"{text} {lines['mark_replaced']}" if backing.today == UNSURE else text


def _items(items: tuple[ResultItem, ...], style: Style, lines: Mapping[str, str]) -> list[Block]:
    return [Block(style, _marked(_perhaps(i.text, i.sure, lines), i.backing, lines)) for i in items]


def _perhaps(text: str, sure: bool, lines: Mapping[str, str]) -> str:
    return text if sure else lines["perhaps"].format(text=text)


def _papers(papers: list[ResultPaper], lines: Mapping[str, str]) -> list[Block]:
    made = []
    for paper in papers:
        name = paper.name[:1].upper() + paper.name[1:]
        text = f"{name} ({paper.number})" if paper.number else name
        style: Style = "have" if paper.state == "have" else "box"
        made.append(Block(style, _marked(text, paper.backing, lines)))
        if paper.get and paper.state != "have":
            made.append(Block("note", lines["get"].format(text=paper.get)))
    return made


def _deadlines(result: Result, lines: Mapping[str, str]) -> list[Block]:
    made: list[Block] = []
    for deadline in result.deadlines:
        made.append(Block("item", _marked(_deadline(deadline, lines), deadline.backing, lines)))
        if deadline.days_off:
            days = ", ".join(deadline.days_off)
            made.append(Block("note", lines["deadline_days_off"].format(days=days)))
        if deadline.late:
            made.append(Block("note", deadline.late))
    if any(deadline.day for deadline in result.deadlines):
        made.append(Block("small", lines["deadline_counting"]))
    return made


def _deadline(deadline: ResultDeadline, lines: Mapping[str, str]) -> str:
    if not deadline.day:
        text = lines["deadline_open"].format(text=deadline.text, basis=deadline.basis)
    else:
        name = "deadline_late_show" if deadline.late else "deadline_show"
        name = "milestone_show" if deadline.milestone else name
        text = lines[name].format(text=deadline.text, date=_day(deadline.day), basis=deadline.basis)
    return _perhaps(text, deadline.sure, lines)


def _source(backing: Backing, lines: Mapping[str, str]) -> str:
    text = _marked(backing.document, backing, lines)
    if not backing.replaced_by:
        return text
    return lines["newer"].format(document=text, newer=backing.replaced_by)


def _day(iso: str) -> str:
    return say_date(date.fromisoformat(iso))
