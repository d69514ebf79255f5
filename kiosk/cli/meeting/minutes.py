"""``troly meeting minutes``: the minutes and the draft of the resolution, as DOCX."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kiosk.cli.common import json_option, print_json, state_option, write_file
from kiosk.cli.meeting.options import meetings_folder, ward_of
from kiosk.state import State
from knowledge.meetings import (
    Minutes,
    Names,
    Progress,
    Resolution,
    forget,
    load_rules,
    meetings_in,
    read_meeting,
    to_docx,
    write_minutes,
    write_resolution,
)
from knowledge.meetings.form import clock, whole_minutes


@click.command()
@click.argument("name", default="")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder to write to.")
@click.option("--number", type=click.IntRange(1), help="Number of the minutes.")
@click.option("--resolution-number", type=click.IntRange(1), help="Number of the resolution.")
@click.option("--chair", default="", help="Who chaired.")
@click.option("--secretary", default="", help="Who wrote the minutes.")
@click.option("--signer", default="", help="Who signs the resolution.")
@click.option("--place", default="", help="Where the meeting was held.")
@click.option("--ward", metavar="ID|FILE", help="The ward's settings, as in agenda.")
@click.option("--list", "list_them", is_flag=True, help="List the meetings that are kept.")
@click.option(
    "--forget", "forget_it", is_flag=True, help="Delete the meeting's journal afterwards."
)
@json_option
@state_option
def minutes(
    name: str,
    out: Path | None,
    number: int | None,
    resolution_number: int | None,
    chair: str,
    secretary: str,
    signer: str,
    place: str,
    ward: str | None,
    list_them: bool,
    forget_it: bool,
    as_json: bool,
    state: State,
) -> None:
    """Write up a meeting: biên bản and dự thảo nghị quyết, from what happened.

    NAME is a meeting of --list; without it the newest. What nobody wrote down is a dotted line.
    A folder STATE/meetings/templates with bien-ban.docx or nghi-quyet.docx replaces our forms.

    \b
    Examples:
      troly meeting minutes --out ho-so --number 12
      troly meeting minutes 2026-12-05-1900 --json
    JSON: name, ended, simulated, minutes {…}, resolution {…}, files; see docs/meetings.md.
    With --list: meetings [{name, title, started, ended, minutes, simulated}].
    """
    folder = meetings_folder(state)
    if list_them:
        _list(folder, as_json)
        return
    rules = load_rules()
    name, progress = read_meeting(folder, name)
    settings = (rules.wards.get(progress.plan.ward) if ward is None else None) or ward_of(
        state, rules, ward
    )
    names = Names(number, resolution_number, chair, secretary, signer, place)
    records: tuple[Minutes | Resolution, ...] = (
        write_minutes(progress, rules, settings, names),
        write_resolution(progress, rules, names),
    )
    files: list[Path] = []
    if out is not None:
        trial = "-chay-thu" if progress.plan.simulated else ""
        for record, stem in zip(records, ("bien-ban", "nghi-quyet"), strict=True):
            made = to_docx(record, progress.ended or progress.last, folder / "templates")
            path = out / f"{stem}-{name}{trial}.docx"
            _make(out)
            write_file(path, made)
            files.append(path)
    if forget_it:
        if progress.ended is None or not files:
            raise click.UsageError("--forget cần --out và buổi họp đã kết thúc.")
        forget(folder, name)
    if as_json:
        print_json(
            {
                "name": name,
                "ended": progress.ended.isoformat() if progress.ended else None,
                "simulated": progress.plan.simulated,
                "minutes": records[0].as_dict(),
                "resolution": records[1].as_dict(),
                "files": [str(path) for path in files],
            }
        )
        return
    _print(name, progress, files)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.ClickException(
            f"Không tạo được thư mục {folder}: {error.strerror or error}."
        ) from error


def _print(name: str, progress: Progress, files: list[Path]) -> None:
    rules = load_rules()
    click.echo(f"Buổi họp {name}: {progress.plan.agenda.title}")
    if progress.ended is None:
        click.echo("Buổi họp chưa kết thúc; biên bản ghi đến việc sau cùng.")
    else:
        length = whole_minutes(progress.lasted(progress.ended))
        click.echo(f"Kết thúc lúc {clock(progress.ended, rules.lines)}, dài {length} phút.")
    for path in files:
        click.echo(f"Đã ghi {path}")
    if not files:
        click.echo("Muốn có tệp Word, hãy thêm: --out THƯ_MỤC")


def _list(folder: Path, as_json: bool) -> None:
    rows = []
    for name in meetings_in(folder):
        progress = read_meeting(folder, name)[1]
        end = progress.ended
        rows.append(
            {
                "name": name,
                "title": progress.plan.agenda.title,
                "started": progress.started.isoformat(),
                "ended": end.isoformat() if end else None,
                "minutes": whole_minutes(progress.lasted(end or progress.last)),
                "simulated": progress.plan.simulated,
            }
        )
    if as_json:
        print_json({"meetings": rows})
    for row in [] if as_json else rows:
        marks = [
            "" if row["ended"] else ", chưa kết thúc",
            ", chạy thử" if row["simulated"] else "",
        ]
        click.echo(f"{row['name']}  {row['title']}, {row['minutes']} phút{''.join(marks)}")
    if not rows:
        if not as_json:
            click.echo("Chưa có buổi họp nào được ghi.")
        sys.exit(1)
