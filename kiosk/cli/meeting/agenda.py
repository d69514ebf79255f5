"""``troly meeting agenda``: the checklist and the agenda of a meeting."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import click

from kiosk.cli.common import json_option, print_json
from kiosk.cli.meeting.options import Wanted, day_of, meeting_options, wanted
from kiosk.state import State
from knowledge.meetings import Task, checklist
from knowledge.meetings.codec import encode
from knowledge.meetings.lines import fill


@click.command()
@meeting_options
@click.option("--today", metavar="YYYY-MM-DD", help="Reckon from this day.  [default: today]")
@json_option
def agenda(kind: str, today: str | None, as_json: bool, state: State, **options: Any) -> None:
    """What to prepare by when, and the agenda with minutes for each item.

    KIND is thường kỳ (regular), chuyên đề (thematic) or kết hợp (combined).

    \b
    Examples:
      troly meeting agenda thường-kỳ --official 24 --probationary 2 --date 2026-12-05
      troly meeting agenda "kết hợp" --ward an-phu --item "Xét kết nạp:10:admission"
    JSON: agenda {kind, title, items [{number, part, title, lead, minutes, guidance, records, vote,
    document}], minutes, minimum, sources, trust, minimum_sources, minimum_trust}, cell, ward,
    date, date_given, tasks [{id, title, day, weekday, rule, late, sources, trust}], remarks.
    """
    found = wanted(state, kind, options)
    now = day_of(today) if today else date.today()
    # Without a date there is still a checklist: for the day that leaves time for all of it.
    first = min(s.days for s in found.rules.steps if found.agenda.kind in s.kinds)
    day = found.when.date() if found.when else now + timedelta(days=-first)
    tasks = checklist(found.rules, found.agenda.kind, day, now)
    remarks = remarks_on(found)
    if as_json:
        print_json(
            {
                "agenda": found.agenda.as_dict(),
                "cell": encode(found.cell),
                "ward": found.ward.id,
                "date": day.isoformat(),
                "date_given": found.when is not None,
                "tasks": encode(tasks),
                "remarks": remarks,
            }
        )
        return
    _print(found, day, tasks, remarks)


def remarks_on(found: Wanted) -> list[str]:
    """What somebody should know of this agenda."""
    agenda, lines = found.agenda, found.rules.lines
    remarks = [lines["minutes_ours"]]
    if agenda.minutes < agenda.minimum:
        short = fill(lines, "below_minimum", minutes=agenda.minutes, minimum=agenda.minimum)
        remarks.insert(0, short)
    return remarks


def _print(found: Wanted, day: date, tasks: tuple[Task, ...], remarks: list[str]) -> None:
    agenda = found.agenda
    when = f"{day.day}-{day.month}-{day.year}{'' if found.when else ' (ngày gợi ý)'}"
    click.echo(f"{agenda.title}, {when}, {agenda.minutes} phút")
    click.echo(f"Ít nhất {agenda.minimum} phút [{agenda.minimum_trust}] ({found.ward.title})")
    click.echo("\nChuẩn bị")
    for task in tasks:
        kind = "hạn" if task.rule else "nên làm"
        late = ", đã qua" if task.late else ""
        when = f"{task.weekday}, {task.day.day}-{task.day.month}-{task.day.year}"
        click.echo(f"  {when}  {task.title} ({kind}{late}) [{task.trust}]")
    part = ""
    for item in agenda.items:
        if item.part != part:
            part = item.part
            click.echo(f"\n{part}")
        click.echo(f"  {item.number:2}. {item.title} – {item.lead}, {item.minutes} phút")
    click.echo()
    for remark in remarks:
        click.echo(remark)
    click.echo(f"Độ tin cậy của trình tự: {agenda.trust}")
    for source in dict.fromkeys((*agenda.sources, *agenda.minimum_sources)):
        click.echo(f"Nguồn: {source}")
