"""Which questions a case asks: the procedure's own, then whether each paper is there."""

from __future__ import annotations

from knowledge.procedures.conditions import holds
from knowledge.procedures.model import Answers, Ask, Choice, Form, Library, Paper, Procedure, Value

CHECK, PAPER = "check_papers", "paper_"
"""Ids of the questions that the program makes: whether to go through the papers, and one a paper
(followed by its id). No file may use such a name (``parts.OURS``)."""


def questions(subject: Procedure | Form, library: Library, answers: Answers) -> list[Ask]:
    """Every question of this case, in order, as far as the answers so far decide it."""
    if isinstance(subject, Form):
        return list(subject.questions)
    asks = [ask for ask in subject.questions if holds(ask.when, answers) is True]
    if any(w.stop and holds(w.when, answers) is True for w in subject.warnings):
        return [ask for ask in asks if ask.id in answers]
    papers = [p for p in subject.papers if p.check and holds(p.when, answers) is True]
    if not papers or any(ask.id not in answers for ask in asks):
        return asks
    asks.append(_check_ask(library))
    if answers.get(CHECK) == "each":
        asks += [_paper_ask(library, paper) for paper in papers]
    return asks


def settled(subject: Procedure | Form, given: Answers) -> Answers:
    """The answers as conditions read them: what hangs on a skipped question is open (None)."""
    if isinstance(subject, Form):
        return given
    answers: dict[str, Value | None] = {}
    for ask in subject.questions:
        asked = holds(ask.when, answers)
        if asked is True:
            answers[ask.id] = given.get(ask.id)
        elif asked is None:
            answers[ask.id] = None
    return answers


def choices(ask: Ask, library: Library) -> tuple[Choice, ...]:
    """What can be touched; yes and no have their buttons too."""
    if ask.kind != "yesno":
        return ask.choices
    words, lines = library.words, library.lines
    return (
        Choice("yes", lines["answer_yes"], words.yes),
        Choice("no", lines["answer_no"], (*words.no, *words.lacking)),
    )


def _check_ask(library: Library) -> Ask:
    lines = library.lines
    offered = tuple(
        Choice(value, labels[0], tuple(labels[1:]))
        for value, line in (("each", "check_each"), ("all", "check_all"), ("none", "check_none"))
        if (labels := [part.strip() for part in lines[line].split("|")])
    )
    return Ask(CHECK, "choice", lines["check_ask"], lines["check_ask"], choices=offered)


def _paper_ask(library: Library, paper: Paper) -> Ask:
    lines = library.lines
    return Ask(
        PAPER + paper.id,
        "yesno",
        lines["paper_ask"].format(paper=paper.name),
        lines["paper_say"].format(paper=paper.say),
        help=paper.get,
    )
