"""``troly meeting score``: the 100-point self-scoring and the level it gives."""

from __future__ import annotations

import click

from kiosk.cli.common import json_option, print_json, state_option
from kiosk.cli.meeting.commands import points_of
from kiosk.cli.meeting.options import meetings_folder
from kiosk.state import State
from knowledge.meetings import (
    Rubric,
    Score,
    attendance_points,
    load_rules,
    read_meeting,
)
from knowledge.meetings import (
    score as total_of,
)
from knowledge.meetings.codec import encode
from knowledge.meetings.errors import NotNow
from knowledge.meetings.lines import fill
from knowledge.meetings.scoring import as_points, plain, title_of


@click.command()
@click.argument("points", nargs=-1, metavar="[CRITERION=POINTS]...")
@click.option("--ask", is_flag=True, help="Ask for each criterion in turn.")
@click.option("--attended", is_flag=True, help="Take attendance from the newest meeting.")
@click.option(
    "--often-excused",
    is_flag=True,
    help="Somebody was absent with a reason more than three times running.",
)
@json_option
@state_option
def score(
    points: tuple[str, ...],
    ask: bool,
    attended: bool,
    often_excused: bool,
    as_json: bool,
    state: State,
) -> None:
    """Score a meeting out of 100; without points, print the rubric.

    \b
    Examples:
      troly meeting score
      troly meeting score --ask --attended
      troly meeting score time=5 attendance=4 preparation.content=3 …
    JSON: title, lines [{id, title, points, most}], total, level, trust, sources. Without points:
    title, criteria [{id, title, most, hint}], levels [{from, title}], trust, sources.
    """
    rubric = load_rules().rubric
    if not points and not ask and not attended:
        _rubric(rubric, as_json)
        return
    given = points_of(list(points))
    if attended:
        counts = read_meeting(meetings_folder(state))[1].counts
        if counts is None:
            raise NotNow(
                "no attendance in the newest meeting", vi="Buổi họp gần nhất chưa có điểm danh."
            )
        found = attendance_points(rubric, counts, often_excused=often_excused)
        if found is not None:
            given.setdefault(*found)
    if ask:
        for line in rubric.scored:
            if line.id not in given:
                if line.hint:
                    click.echo(line.hint, err=True)
                question = f"{title_of(rubric, line)} (tối đa {plain(line.points)})"
                given[line.id] = as_points(click.prompt(question, err=True))
    _print(total_of(rubric, given), as_json)


def _print(given: Score, as_json: bool) -> None:
    if as_json:
        print_json(encode(given))
        return
    for line in given.lines:
        click.echo(f"{comma(line.points):>5}/{line.most:<3} {line.title}")
    lines = load_rules().lines
    click.echo(fill(lines, "score", total=comma(given.total), level=given.level))
    click.echo(f"Độ tin cậy của thang điểm: {given.trust}")
    for source in given.sources:
        click.echo(f"Nguồn: {source}")


def _rubric(rubric: Rubric, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "title": rubric.title,
                "criteria": [
                    {
                        "id": line.id,
                        "title": title_of(rubric, line),
                        "most": plain(line.points),
                        "hint": line.hint,
                    }
                    for line in rubric.scored
                ],
                "levels": [{"from": plain(p), "title": title} for p, title in rubric.levels],
                "trust": rubric.basis.trust,
                "sources": list(rubric.basis.sources),
            }
        )
        return
    click.echo(rubric.title)
    for line in rubric.scored:
        click.echo(f"{plain(line.points):>4}  {line.id:22} {title_of(rubric, line)}")
        if line.hint:
            click.echo(f"{'':28} {line.hint}")
    levels = ", ".join(f"{title} từ {plain(points)}" for points, title in rubric.levels)
    click.echo(f"Xếp loại: {levels}")
    click.echo(f"Độ tin cậy của thang điểm: {rubric.basis.trust}")
    for source in rubric.basis.sources:
        click.echo(f"Nguồn: {source}")


def comma(points: str) -> str:
    """With a decimal comma."""
    return points.replace(".", ",")
