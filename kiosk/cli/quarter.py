"""``troly quarter``: the quarter of an address, and the ward's table behind it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from kiosk.cli.common import json_option, print_json, state_option, write_file
from kiosk.cli.quarter_table import check_file, install_file
from kiosk.state import State
from knowledge.quarters import (
    QuarterAnswer,
    QuarterTable,
    TableRefused,
    address_line,
    draw_street,
    load_table,
    lookup,
    open_ward_table,
    read_raw,
    read_streets,
    refine,
    report,
)

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("address", required=False)
@click.option("--table", "table_file", type=_FILE, help="Use this table (CSV or XLSX).")
@click.option("--streets", "streets_file", type=_FILE, help="The ward's streets, one a line.")
@click.option(
    "--then", "replies", multiple=True, metavar="TEXT",
    help="What is answered to the question; may be given again.",
)  # fmt: skip
@click.option("--check", "checked", type=_FILE, help="Check a table and print what is wrong.")
@click.option("--install", "installed", type=_FILE, help="Make a table the ward's own.")
@click.option("--picture", "street", metavar="STREET", help="Draw a street's ranges (SVG).")
@click.option("--out", type=_FILE, help="Where --picture is written.")
@json_option
@state_option
def command(
    address: str | None,
    table_file: Path | None,
    streets_file: Path | None,
    replies: tuple[str, ...],
    checked: Path | None,
    installed: Path | None,
    street: str | None,
    out: Path | None,
    as_json: bool,
    state: State,
) -> None:
    """The quarter (khu phố, tổ dân phố) of ADDRESS, or the question that is still open.

    Without --table the ward's own table is used (see --install), or else that of an invented
    ward, which the answer says.

    \b
    Examples:
      troly quarter "123/45/6A Lạc Long Quân"
      troly quarter "đường Hồ Xuân Hương" --then "số chẵn" --json
      troly quarter "khu phố 5 phường 16 cũ nay là khu phố mấy"
      troly quarter --check bang.xlsx
      troly quarter --install bang.xlsx
      troly quarter --picture "Hàn Hải Nguyên" --out duong.svg
    JSON: status found|ask|other_ward|unknown, quarter, cell, address, rule, row, question,
    expects, choices, ward, say, show, invented, parts.
    Exit code: 0 found, asked back or another ward's; 1 unknown; 2 a broken table.
    """
    if sum(part is not None for part in (address, checked, installed, street)) != 1:
        raise click.UsageError("Cần một địa chỉ, hoặc một trong --check, --install, --picture.")
    if out is not None and street is None:
        raise click.UsageError("--out chỉ dùng với --picture.")
    streets = read_streets(streets_file) if streets_file else None
    if checked is not None:
        check_file(checked, streets, as_json=as_json)
    elif installed is not None:
        install_file(installed, state, streets, as_json=as_json)
    elif street is not None:
        _draw(_table(table_file, streets, state), street, out)
    else:
        assert address is not None
        table = _table(table_file, streets, state)
        answer = lookup(table, address)
        for reply in replies:
            answer = refine(table, answer, reply)
        _show(answer, as_json=as_json)


def _table(path: Path | None, streets: tuple[str, ...] | None, state: State) -> QuarterTable:
    try:
        return load_table(path, streets) if path else open_ward_table(state.root)
    except TableRefused as error:
        click.echo(report(error.path.name, read_raw(error.path), error.problems), err=True)
        raise


def answer_json(answer: QuarterAnswer) -> dict[str, Any]:
    """What ``--json`` prints of an answer."""
    fields = answer.as_dict()
    return {
        "status": fields["status"], "quarter": fields["quarter"], "cell": fields["cell"],
        "address": address_line(answer.address), "rule": fields["rule"], "row": fields["row"],
        "question": fields["question"], "expects": answer.expects,
        "choices": [choice.label for choice in answer.choices], "ward": fields["ward"],
        "say": fields["say"], "show": fields["show"], "invented": fields["invented"],
        "parts": fields["address"],
    }  # fmt: skip


def _show(answer: QuarterAnswer, *, as_json: bool) -> None:
    if as_json:
        print_json(answer_json(answer))
    else:
        for line in answer.show:
            click.echo(line)
        if answer.choices:
            click.echo("Chọn: " + " | ".join(choice.label for choice in answer.choices))
    sys.exit(1 if answer.status == "unknown" else 0)


def _draw(table: QuarterTable, said: str, out: Path | None) -> None:
    found = lookup(table, f"đường {said}").address.street
    if not found:
        click.echo(f"Bảng không có đường “{said}”.", err=True)
        sys.exit(1)
    picture = draw_street(table, found)
    if out is None:
        click.echo(picture, nl=False)
        return
    write_file(out, picture.encode())
    click.echo(f"Đã vẽ {found}: {out}")
