"""``troly meeting run``: the meeting itself, in a terminal or from lines on standard input."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from kiosk.cli.common import json_option
from kiosk.cli.meeting.commands import ATTENDANCE, BALLOTS, HELP, Done, do
from kiosk.cli.meeting.keys import single_keys
from kiosk.cli.meeting.options import meeting_options, meetings_folder, wanted, ward_of
from kiosk.state import State
from knowledge.meetings import (
    Clock,
    Meeting,
    MeetingView,
    Plan,
    SimulatedClock,
    end_at_last_event,
    forget,
    fresh,
    load_rules,
    read_meeting,
    unfinished,
    wall_clock,
)
from knowledge.meetings.errors import MeetingError, NoMeeting


@click.command()
@meeting_options
@click.option("--place", default="", help="Where the meeting is held.")
@click.option("--chair", default="", help="Who chairs it.")
@click.option("--secretary", default="", help="Who writes the minutes.")
@click.option("--speed", type=click.FloatRange(0, 3600), help="A trial in simulated time.")
@click.option("--resume", is_flag=True, help="Go on with the meeting that has not ended.")
@click.option("--end", "end_it", is_flag=True, help="End that meeting at its last event.")
@click.option("--discard", is_flag=True, help="Delete that meeting.")
@json_option
def run(
    kind: str,
    place: str,
    chair: str,
    secretary: str,
    speed: float | None,
    resume: bool,
    end_it: bool,
    discard: bool,
    as_json: bool,
    state: State,
    **options: Any,
) -> None:
    """Run a meeting: clock, current item, time left, votes, attendance.

    Keys: n next item, b back, p pause, a attendance, v vote, g note, s score, e end, q leave.
    Where standard input is no terminal each line is one command: n; a 20 2 1; v 18 1 1; g TEXT;
    s time=5 …; w MINUTES (with --speed); e. A vote's numbers may be followed by secret, a kind of
    vote and its subject.

    \b
    Examples:
      troly meeting run thường-kỳ --official 24 --probationary 2
      troly meeting run --resume
      troly meeting run chuyên-đề --official 24 --speed 60
    JSON: one line a command: {command, view, result, lines}; view is described in docs/meetings.md.
    """
    if sum((resume, end_it, discard)) > 1:
        raise click.UsageError("Chỉ dùng một trong --resume, --end, --discard.")
    folder = meetings_folder(state)
    if end_it or discard:
        _close(folder, discard)
        return
    if resume:
        meeting = _resumed(folder, state, options["ward"], speed)
    else:
        found = wanted(state, kind, options)
        clock: Clock = wall_clock
        if speed is not None:
            clock = SimulatedClock(found.when or wall_clock(), speed)
        plan = Plan(
            agenda=found.agenda,
            cell=found.cell,
            ward=found.ward.id,
            place=place,
            chair=chair,
            secretary=secretary,
            simulated=speed is not None,
        )
        meeting = Meeting.start(folder, plan, found.rules, found.ward, clock)
    if sys.stdin.isatty() and not as_json:
        _keys(meeting)
    else:
        _script(meeting, sys.stdin, as_json)


def _resumed(folder: Path, state: State, ward: str | None, speed: float | None) -> Meeting:
    rules, name = load_rules(), unfinished(folder)
    if name is None:
        raise NoMeeting("no unfinished meeting", vi="Không có buổi họp nào đang dở.")
    before = read_meeting(folder, name)[1]
    if speed is not None and not before.plan.simulated:
        raise click.UsageError("Buổi họp này là thật, không chạy thử được (--speed).")
    known = rules.wards.get(before.plan.ward) if ward is None else None
    settings = known or ward_of(state, rules, ward)
    clock: Clock = wall_clock
    if before.plan.simulated:
        clock = SimulatedClock(before.last, 1 if speed is None else speed)
    return Meeting.resume(folder, rules, settings, clock, name)


def _close(folder: Path, discard: bool) -> None:
    name = unfinished(folder)
    if name is None:
        raise NoMeeting("no unfinished meeting", vi="Không có buổi họp nào đang dở.")
    if discard:
        forget(folder, name)
        click.echo(f"Đã xóa buổi họp {name}.")
    else:
        ended = end_at_last_event(folder, name).ended
        assert ended is not None
        click.echo(f"Đã kết thúc buổi họp {name} lúc {ended:%H:%M}, ở việc ghi sau cùng.")


def _script(meeting: Meeting, lines: Iterable[str], as_json: bool) -> None:
    before: MeetingView | None = None
    first = Done(meeting.view())
    _tell("", first, before, as_json)
    before = first.view
    for line in lines:
        if not line.strip():
            continue
        done = do(meeting, line)
        _tell(line.strip(), done, before, as_json)
        before = done.view
        if done.leave:
            break


def _tell(command: str, done: Done, before: MeetingView | None, as_json: bool) -> None:
    if as_json:
        values = {
            "command": command,
            "view": done.view.as_dict(),
            "result": done.result,
            "lines": list(done.lines),
        }
        click.echo(json.dumps(values, ensure_ascii=False))
        return
    for line in (*done.lines, *(w.text for w in fresh(before, done.view))):
        click.echo(f"        {line}")
    if before is None or before.say != done.view.say:
        click.echo(f"{done.view.now:%H:%M:%S}  {done.view.say}")


def _keys(meeting: Meeting) -> None:
    click.echo("; ".join(f"{key} {text}" for key, text in HELP))
    before: MeetingView | None = None
    done = Done(meeting.view())
    with single_keys() as poll:
        while True:
            click.echo("\r\x1b[K", nl=False)
            _tell("", done, before, as_json=False)
            before = done.view
            if done.leave:
                return
            click.echo(f"\r\x1b[K{status_line(done.view)}", nl=False)
            key = poll(0.5).lower()
            if key not in dict(HELP):
                done = Done(meeting.view())
                continue
            click.echo()
            try:
                done = do(meeting, f"{key} {_asked(key, meeting)}")
            except MeetingError as error:
                click.echo(f"        {error.vi}")
                done = Done(meeting.view())
            except click.Abort:
                click.echo()
                done = Done(meeting.view())


def _asked(key: str, meeting: Meeting) -> str:
    """The numbers or words that go with a key."""
    if key == "a":
        numbers = [_number(text) for text in ATTENDANCE.values()]
        return " ".join(map(str, numbers))
    if key == "v":
        return " ".join(str(_number(text)) for text in BALLOTS.values())
    if key == "g":
        return str(click.prompt("Ghi", default="", show_default=False))
    if key == "s":
        pairs = [
            f"{line.id}={click.prompt(f'{line.title} (tối đa {line.points})', type=str)}"
            for line in meeting.rules.rubric.scored
        ]
        return " ".join(pair.replace(" ", "") for pair in pairs)
    if key == "e":
        question = " ".join((*meeting.view().before_end, "Kết thúc buổi họp?"))
        if not click.confirm(question):
            raise click.Abort
        return "!"
    return ""


def _number(text: str) -> int:
    return int(click.prompt(text, type=click.IntRange(0), default=0))


def status_line(view: MeetingView) -> str:
    """The clock, the item and the time left, in one line."""
    parts = [_clock(view.now)]
    if view.item is not None:
        parts.append(f"mục {view.item.number}/{view.items} còn {_length(view.item.left)}")
    if view.phase == "paused":
        parts.append("tạm dừng")
    parts.append(f"buổi họp còn {_length(view.left)}")
    return "  |  ".join(parts)


def _clock(at: datetime) -> str:
    return f"{at:%H:%M:%S}"


def _length(seconds: int) -> str:
    sign = "-" if seconds < 0 else ""
    minutes, rest = divmod(abs(seconds), 60)
    return f"{sign}{minutes}:{rest:02d}"
