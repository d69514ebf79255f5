"""What is to be done before a meeting and after it, with the days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.meetings.rules import Kind, Rules
from knowledge.trust import Trust


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the checklist."""

    id: str
    title: str
    day: date
    """The day it is to be done; of a rule the last day on which it may be done."""
    weekday: str
    """``Thứ Hai`` … ``Chủ nhật``."""
    rule: bool
    """True: a document sets the day. False: it is our proposal."""
    late: bool
    """The day lies before today."""
    sources: tuple[str, ...]
    trust: Trust


_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


def weekday(day: date) -> str:
    """The day of the week, as a calendar prints it."""
    return _WEEKDAYS[day.weekday()]


def checklist(rules: Rules, kind: Kind, meeting: date, today: date) -> tuple[Task, ...]:
    """The steps of one meeting, by date; days are calendar days, not working days."""
    tasks = []
    for step in rules.steps:
        if kind not in step.kinds:
            continue
        day = meeting + timedelta(days=step.days)
        tasks.append(
            Task(
                id=step.id,
                title=step.title,
                day=day,
                weekday=weekday(day),
                rule=step.rule,
                late=day < today,
                sources=step.basis.sources,
                trust=step.basis.trust,
            )
        )
    return tuple(sorted(tasks, key=lambda task: task.day))
