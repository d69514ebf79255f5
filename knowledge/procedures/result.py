"""Works out what a procedure comes to in one case; :mod:`.outcome` says what that holds."""

from __future__ import annotations

from datetime import date

from knowledge.content import source_trust
from knowledge.procedures.aloud import speech
from knowledge.procedures.asking import CHECK, PAPER, questions, settled
from knowledge.procedures.conditions import holds
from knowledge.procedures.model import Answers, Deadline, Item, Paper, Procedure
from knowledge.procedures.outcome import (
    Backing,
    PaperState,
    Result,
    ResultDeadline,
    ResultItem,
    ResultPaper,
)
from knowledge.procedures.sayings import show_value
from knowledge.procedures.session import Session
from knowledge.procedures.workdays import Calendar, Due, add_months, next_occasion
from knowledge.records import EntrySource, heir_of
from knowledge.trust import UNSURE


def result(session: Session) -> Result:
    """The result of what has been answered so far; questions left open count as skipped."""
    subject, library = session.subject, session.library
    if not isinstance(subject, Procedure):
        raise TypeError("a form is filled, it has no result: see fill")
    made = _Maker(session, settled(subject, session.answers))
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
            for ask in questions(subject, library, session.answers)
            if ask.id in session.answers and not ask.id.startswith((PAPER, CHECK))
        ),
        speech=speech(
            library.lines, subject.title, stopped, warnings, deadlines, papers, steps, places
        ),
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


def _short(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"
