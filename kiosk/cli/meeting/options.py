"""Which meeting of which cell: the options that agenda and run share, and what they mean."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, TypeVar

import click

from kiosk.cli.common import state_option
from kiosk.state import State
from knowledge.meetings import (
    Agenda,
    Business,
    Cell,
    Kind,
    Rules,
    Ward,
    kind_named,
    load_rules,
    load_ward,
    make_agenda,
)
from knowledge.meetings.codec import decode
from knowledge.meetings.errors import MeetingError, WrongNumbers

F = TypeVar("F", bound=Callable[..., Any])

NUMBERS = {
    "official": "Official members on the list, the exempt included.",
    "probationary": "Members on probation.",
    "exempt": "Official members exempt from meetings.",
    "away": "Official members who meet elsewhere for a time.",
    "suspended": "Official members suspended or detained.",
    "visiting": "Members of other cells who meet here for a time.",
}

NAMES = {
    "name": "Name of the cell, as in headings: “Chi bộ Khu phố 21”.",
    "parent": "The organisation over it: “Đảng bộ phường Minh Phụng”.",
    "dated-at": "Place in front of the date: “Minh Phụng”.",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """The meeting that the options describe."""

    agenda: Agenda
    cell: Cell
    ward: Ward
    rules: Rules
    when: datetime | None
    """As given; None when no date was."""


def meeting_options(command: F) -> F:
    """Add KIND and the options; the command gets ``kind`` and ``options`` for :func:`wanted`."""
    add: list[Callable[[F], F]] = [
        click.argument("kind", default="regular"),
        *(click.option(f"--{n}", type=int, metavar="N", help=text) for n, text in NUMBERS.items()),
        *(click.option(f"--{n}", metavar="TEXT", help=text) for n, text in NAMES.items()),
        click.option("--minutes", type=int, help="Length; the ward's shortest without it."),
        click.option(
            "--ward",
            metavar="ID|FILE",
            help="The ward's settings: chung, an-phu, or a YAML file.  [default: STATE/meetings/"
            "ward.yaml, else chung]",
        ),
        click.option(
            "--item",
            "items",
            multiple=True,
            metavar="TITLE[:MINUTES[:VOTE]]",
            help="Business of the cell's own; VOTE is admission, recognition, removal, expulsion "
            "or resolution.",
        ),
        click.option("--topic", default="", help="Topic of a thematic meeting."),
        click.option("--document", default="", metavar="CODE", help="To be read in the meeting."),
        click.option("--date", "day", metavar="YYYY-MM-DD", help="Day of the meeting."),
        click.option("--time", "hour", metavar="HH:MM", default="19:00", show_default=True),
        click.option("--save", is_flag=True, help="Keep the cell's numbers and names."),
        state_option,
    ]
    for option in reversed(add):
        command = option(command)
    return command


def meetings_folder(state: State) -> Path:
    """Where journals, the cell's numbers and the ward's settings lie."""
    return state.root / "meetings"


def wanted(state: State, kind: str, options: dict[str, Any]) -> Wanted:
    """The meeting that the options describe, with what was saved of the cell.

    Raises:
        click.UsageError: an option that cannot be.
        WrongNumbers, ContentError: numbers or a ward's file that cannot be.
    """
    rules = load_rules()
    found = kind_of(kind)
    cell = _cell(state, options)
    ward = ward_of(state, rules, options["ward"])
    agenda = make_agenda(
        rules,
        found,
        cell,
        ward,
        minutes=options["minutes"],
        business=[business_of(text) for text in options["items"]],
        topic=options["topic"],
        document=options["document"],
    )
    when = None
    if options["day"]:
        when = datetime.combine(day_of(options["day"]), hour_of(options["hour"])).astimezone()
    if options["save"]:
        _save(state, cell)
    return Wanted(agenda, cell, ward, rules, when)


def kind_of(text: str) -> Kind:
    """The kind of meeting, by its Vietnamese or English name in any spelling."""
    kind = kind_named(text)
    if kind is None:
        raise click.UsageError(
            f"Không có loại buổi họp “{text}”. Hãy chọn: thường kỳ, chuyên đề hoặc kết hợp."
        )
    return kind


def ward_of(state: State, rules: Rules, name: str | None) -> Ward:
    """The ward's settings: named, from a file, saved in the state folder, or the general ones."""
    own = meetings_folder(state) / "ward.yaml"
    if name is None:
        return load_ward(own) if own.is_file() else rules.wards["chung"]
    if name in rules.wards:
        return rules.wards[name]
    path = Path(name)
    if not path.is_file():
        raise click.UsageError(
            f"Không có cài đặt phường “{name}”. "
            f"Hãy chọn {', '.join(rules.wards)} hoặc một tệp YAML."
        )
    return load_ward(path)


def business_of(text: str) -> Business:
    """``TITLE[:MINUTES[:VOTE]]``; a title may hold colons of its own."""
    title, vote = text, ""
    head, colon, last = title.rpartition(":")
    if colon and last.strip().isalpha() and last.strip().isascii():
        before, another, number = head.rpartition(":")
        if another and number.strip().isdigit():
            return Business(before, int(number), last.strip())
    if colon and last.strip().isascii() and last.strip().isdigit():
        return Business(head, int(last), vote)
    return Business(title)


def day_of(text: str) -> date:
    """A day as ``2026-12-05`` or ``5/12/2026``."""
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise click.UsageError(f"“{text}” không phải ngày. Hãy viết như 2026-12-05 hoặc 5/12/2026.")


def hour_of(text: str) -> time:
    """An hour as ``19:00``, ``19h`` or ``19h30``."""
    hour, _, minute = text.lower().replace("h", ":").partition(":")
    try:
        return time(int(hour), int(minute or 0))
    except ValueError as error:
        raise click.UsageError(f"“{text}” không phải giờ. Hãy viết như 19:00.") from error


def _cell(state: State, options: dict[str, Any]) -> Cell:
    saved = _saved(state)
    given = {n: options[n] for n in NUMBERS if options[n] is not None}
    given |= {n: options[n] for n in ("name", "parent") if options[n] is not None}
    if options["dated_at"] is not None:
        given["place"] = options["dated_at"]
    if saved is None and "official" not in given:
        raise click.UsageError(
            "Chưa biết chi bộ có bao nhiêu đảng viên. Hãy thêm --official N (và --save để nhớ)."
        )
    return Cell(**given) if saved is None else replace(saved, **given)


def _saved(state: State) -> Cell | None:
    path = meetings_folder(state) / "cell.json"
    if not path.is_file():
        return None
    try:
        return decode(Cell, json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, WrongNumbers) as error:
        raise MeetingError(
            f"{path}: {error}",
            vi="Tệp cell.json của chi bộ có lỗi. Hãy xóa tệp rồi nhập lại số đảng viên với --save.",
        ) from error


def _save(state: State, cell: Cell) -> None:
    path = meetings_folder(state) / "cell.json"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(".new")
        with new.open("w", encoding="utf-8") as file:
            json.dump(asdict(cell), file, ensure_ascii=False, indent=2)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError as error:
        raise MeetingError(
            f"{path}: {error}", vi="Không lưu được số liệu của chi bộ: hết chỗ hoặc không có quyền."
        ) from error
