"""What a procedure comes to in one case: papers, deadlines, steps, where; to show and to read."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from knowledge.content import source_trust
from knowledge.procedures.conditions import holds
from knowledge.procedures.model import Answers, Deadline, Item, Paper, Procedure
from knowledge.procedures.sayings import join, show_value
from knowledge.procedures.session import CHECK, PAPER, Session, questions, settled
from knowledge.procedures.spoken_dates import say_date
from knowledge.procedures.workdays import Calendar, Due, add_months, next_occasion
from knowledge.records import EntrySource, heir_of
from knowledge.trust import UNSURE, Trust

PaperState = Literal["have", "missing", "needed"]
"""``needed``: nobody was asked whether it is there."""


@dataclass(frozen=True, slots=True)
class Backing:
    """What a line of the result rests on."""

    document: str
    """The document's printed name; with the part that is meant."""
    trust: Trust
    """Of what was quoted: how sure we are that the document says so."""
    today: Trust
    """The same, once it is known that the document may have been replaced."""
    replaced_by: str
    """Name of what has replaced it, as far as is known; empty when nothing has."""


@dataclass(frozen=True, slots=True)
class ResultPaper:
    """One paper of this case."""

    id: str
    name: str
    say: str
    state: PaperState
    sure: bool
    """False: whether it is needed hangs on a question that was skipped."""
    number: str
    """Number of the official form, and the document it belongs to; empty when it has none."""
    form: str
    """Id of our own template; empty when there is none."""
    get: str
    backing: Backing


@dataclass(frozen=True, slots=True)
class ResultDeadline:
    """One time limit of this case."""

    id: str
    text: str
    say: str
    day: str
    """ISO date of the last day; empty when the day it runs from was not given."""
    basis: str
    late: str
    """Not empty: the day has passed, and this is what to do."""
    milestone: bool
    """The day on which something becomes true, not one by which it must be done."""
    days_off: tuple[str, ...]
    """Holidays that were not counted: ``16-2-2026 (Giao thừa Tết Nguyên Đán)``."""
    sure: bool
    backing: Backing


@dataclass(frozen=True, slots=True)
class ResultItem:
    """A step, a place or a warning of this case."""

    text: str
    say: str
    sure: bool
    backing: Backing


@dataclass(frozen=True, slots=True)
class Result:
    """Everything about one case, in the order in which it is shown and read."""

    procedure: str
    title: str
    today: str
    as_of: str
    trust: Trust
    stopped: bool
    """A warning says that it cannot be done now."""
    warnings: tuple[ResultItem, ...]
    deadlines: tuple[ResultDeadline, ...]
    papers: tuple[ResultPaper, ...]
    steps: tuple[ResultItem, ...]
    places: tuple[ResultItem, ...]
    forms: tuple[tuple[str, str], ...]
    """(id, title) of our own templates that help here."""
    sources: tuple[Backing, ...]
    answers: tuple[tuple[str, str], ...]
    """(question, answer) in words; may say something about a person."""
    speech: tuple[str, ...]
    """Sentences to read aloud, in order."""

    def to_json(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


def result(session: Session) -> Result:
    """The result of what has been answered so far; questions left open count as skipped."""
    subject, library = session.subject, session.library
    if not isinstance(subject, Procedure):
        raise TypeError("a form is filled, it has no result: see fill")
    made = _Maker(session, settled(session))
    warnings = made.items(subject.warnings)
    stopped = any(w.stop and holds(w.when, made.answers) is True for w in subject.warnings)
    deadlines = () if stopped else made.deadlines(subject)
    papers = () if stopped else made.papers(subject)
    steps = () if stopped else made.items(subject.steps)
    places = made.items(subject.places)
    ids = dict.fromkeys([*(p.form for p in papers if p.form), *(() if stopped else subject.forms)])
    return Result(
        procedure=subject.id,
        title=subject.title,
        today=session.today.isoformat(),
        as_of=subject.as_of,
        trust=subject.trust,
        stopped=stopped,
        warnings=warnings,
        deadlines=deadlines,
        papers=papers,
        steps=steps,
        places=places,
        forms=tuple((name, library.forms[name].title) for name in ids),
        sources=tuple(made.backing(source) for source in subject.sources),
        answers=tuple(
            (ask.ask, show_value(ask, session.answers[ask.id], library.lines))
            for ask in questions(session)
            if ask.id in session.answers and not ask.id.startswith((PAPER, CHECK))
        ),
        speech=tuple(made.speech(subject, warnings, stopped, deadlines, papers, steps, places)),
    )


class _Maker:
    """Turns a procedure's parts into lines of a result for one case."""

    def __init__(self, session: Session, answers: Answers) -> None:
        self.session, self.answers = session, answers
        self.lines, self.documents = session.library.lines, session.library.documents
        self.calendar = Calendar(session.library.days_off, session.library.days_on)

    def backing(self, source: EntrySource) -> Backing:
        document = self.documents[source.document]
        heir = heir_of(document, self.documents)
        where = f", {source.where}" if source.where else ""
        return Backing(
            document=document.name + where,
            trust=UNSURE if UNSURE in (source.trust, document.trust) else source.trust,
            today=source_trust(source, self.documents),
            replaced_by="" if heir == document else heir.name,
        )

    def items(self, items: tuple[Item, ...]) -> tuple[ResultItem, ...]:
        return tuple(
            ResultItem(item.text, item.say, sure is True, self.backing(item.source))
            for item in items
            if (sure := holds(item.when, self.answers)) is not False
        )

    def papers(self, procedure: Procedure) -> tuple[ResultPaper, ...]:
        found = [
            self._paper(paper, sure is True)
            for paper in procedure.papers
            if (sure := holds(paper.when, self.answers)) is not False
        ]
        # What is missing first; what may not be needed at all last.
        order: dict[PaperState, int] = {"missing": 0, "needed": 1, "have": 2}
        return tuple(sorted(found, key=lambda p: (not p.sure, order[p.state])))

    def _paper(self, paper: Paper, sure: bool) -> ResultPaper:
        state: PaperState = "needed"
        if sure and paper.check:
            checked = self.session.answers.get(CHECK)
            has = True if checked == "all" else self.session.answers.get(PAPER + paper.id)
            if checked in ("all", "each") and has is not None:
                state = "have" if has else "missing"
        document = self.documents[paper.source.document]
        number = (
            self.lines["form_number"].format(number=paper.number, document=document.brief)
            if paper.number
            else ""
        )
        return ResultPaper(
            paper.id, paper.name, paper.say, state, sure, number, paper.form, paper.get,
            self.backing(paper.source),
        )  # fmt: skip

    def deadlines(self, procedure: Procedure) -> tuple[ResultDeadline, ...]:
        found = [
            self._deadline(deadline, sure is True)
            for deadline in procedure.deadlines
            if (sure := holds(deadline.when, self.answers)) is not False
        ]
        return tuple(sorted(found, key=lambda d: (not d.sure, d.day or "9999")))

    def _deadline(self, deadline: Deadline, sure: bool) -> ResultDeadline:
        due = self._due(deadline)
        passed = due is not None and due.day < self.session.today
        late = deadline.late if deadline.milestone else deadline.late or deadline.basis
        return ResultDeadline(
            id=deadline.id,
            text=deadline.text,
            say=deadline.say,
            day=due.day.isoformat() if due else "",
            basis=deadline.basis,
            late=late if passed else "",
            milestone=deadline.milestone,
            days_off=tuple(f"{_short(d)} ({name})" for d, name in due.days_off) if due else (),
            sure=sure,
            backing=self.backing(deadline.source),
        )

    def _due(self, deadline: Deadline) -> Due | None:
        after = self.answers.get(deadline.after)
        count = deadline.count
        if isinstance(count, str):
            counted = self.answers.get(count)
            if not isinstance(counted, int):
                return None
            count = counted
        if not isinstance(after, str):
            return None
        start = add_months(date.fromisoformat(after), deadline.shift)
        due = self.calendar.due(start, count, deadline.unit)
        if deadline.next:
            return Due(next_occasion(due.day, deadline.next), due.days_off)
        return due

    def speech(
        self,
        procedure: Procedure,
        warnings: tuple[ResultItem, ...],
        stopped: bool,
        deadlines: tuple[ResultDeadline, ...],
        papers: tuple[ResultPaper, ...],
        steps: tuple[ResultItem, ...],
        places: tuple[ResultItem, ...],
    ) -> list[str]:
        lines = self.lines
        said = [lines["intro"].format(title=procedure.title)]
        said += [self._hedged(w.say, w.sure, w.backing) for w in warnings]
        if stopped:
            said.append(lines["stopped"])
        for deadline in deadlines:
            said += self._say_deadline(deadline)
        said += self._say_papers(papers) if not stopped else []
        said += [self._hedged(s.say, s.sure, s.backing) for s in steps]
        said += [self._hedged(p.say, p.sure, p.backing) for p in places]
        used = [b for part in (warnings, deadlines, papers, steps, places) for b in _backings(part)]
        newer = dict.fromkeys(b.replaced_by for b in used if b.replaced_by)
        if newer:
            names = join(list(newer), lines["and"])
            said.append(lines["caution_replaced"].format(documents=names))
        elif any(b.today == UNSURE for b in used):
            said.append(lines["caution_unsure"])
        said.append(lines["privacy"])
        return said

    def _say_deadline(self, deadline: ResultDeadline) -> list[str]:
        lines = self.lines
        if not deadline.day:
            text = lines["deadline_open"].format(text=deadline.say, basis=deadline.basis)
            return [self._hedged(text, deadline.sure, deadline.backing)]
        name = "deadline_late_say" if deadline.late else "deadline_say"
        name = "milestone_say" if deadline.milestone else name
        day = say_date(date.fromisoformat(deadline.day))
        said = [
            self._hedged(
                lines[name].format(text=deadline.say, date=day), deadline.sure, deadline.backing
            )
        ]
        return [*said, deadline.late] if deadline.late else said

    def _say_papers(self, papers: tuple[ResultPaper, ...]) -> list[str]:
        lines, said = self.lines, []
        sure = [p for p in papers if p.sure]
        missing = [p for p in sure if p.state == "missing"]
        needed = [p for p in sure if p.state == "needed"]
        if missing:
            said.append(lines["papers_missing"].format(count=len(missing)))
            for paper in missing:
                said.append(self._hedged(_sentence(paper.say), True, paper.backing))
                said += [paper.get] if paper.get else []
        if needed:
            said.append(lines["papers_some"].format(count=len(needed)))
            said += [self._hedged(_sentence(paper.say), True, paper.backing) for paper in needed]
        if sure and not missing and not needed:
            said.append(lines["papers_all"].format(count=len(sure)))
        if not papers:
            said.append(lines["papers_none"])
        said += [
            self._hedged(_sentence(paper.say), False, paper.backing)
            for paper in papers
            if not paper.sure
        ]
        return said

    def _hedged(self, text: str, sure: bool, backing: Backing) -> str:
        """``text`` with what makes it less than certain."""
        if not sure:
            text = self.lines["perhaps"].format(text=_inner(text))
        if backing.trust == UNSURE:
            text = self.lines["unsure_item"].format(text=text)
        return text


def _backings(
    part: tuple[ResultItem, ...] | tuple[ResultDeadline, ...] | tuple[ResultPaper, ...],
) -> list[Backing]:
    return [line.backing for line in part]


def _sentence(text: str) -> str:
    text = text[:1].upper() + text[1:]
    return text if text[-1] in ".?!" else text + "."


def _inner(text: str) -> str:
    """A sentence as part of another one: its first letter small, unless it is an abbreviation."""
    first = text.split(" ", 1)[0]
    return text if first.isupper() and len(first) > 1 else text[:1].lower() + text[1:]


def _short(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"
