"""Checking a ward's table of quarters, and making it the one that serves."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from kiosk.cli.common import print_json
from kiosk.state import State
from knowledge.quarters import (
    Problem,
    TableRefused,
    check,
    install_table,
    read_raw,
    report,
    ward_streets,
)
from knowledge.quarters.rows import RawTable


def check_file(path: Path, streets: Sequence[str] | None, *, as_json: bool) -> None:
    """Print the report on ``path``; ends the command with 2 when the table cannot be used."""
    raw = read_raw(path)
    problems = check(raw, streets)
    refused = any(problem.refuses for problem in problems)
    if as_json:
        print_json({"good": not refused, "rows": len(raw.rows), "problems": _listed(problems)})
    else:
        click.echo(report(path.name, raw, problems))
    if refused:
        sys.exit(2)


def install_file(path: Path, state: State, streets: Sequence[str] | None, *, as_json: bool) -> None:
    """Make ``path`` the ward's table, or print why not and end with 2; nothing changes then."""
    try:
        table, problems = install_table(path, state.root, streets)
    except TableRefused as error:
        if as_json:
            print_json({"installed": False, "problems": _listed(error.problems)})
        else:
            click.echo(report(path.name, read_raw(path), error.problems), err=True)
            click.echo("Chưa nhập gì; bảng cũ vẫn dùng.", err=True)
        sys.exit(2)
    except OSError as error:
        raise click.ClickException(
            f"Không ghi được vào thư mục trạng thái: {error.strerror or error}."
        ) from error
    if as_json:
        print_json({"installed": True, "rows": len(table.rows), "problems": _listed(problems)})
        return
    click.echo(report(path.name, RawTable(table.rows, table.meta), problems))
    checked = "" if streets or ward_streets(state.root) else " (chưa có danh sách đường để so)"
    click.echo(f"Đã nhập: từ nay dùng bảng này{checked}.")


def _listed(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    return [
        {
            "row": problem.row, "reason": problem.reason, "text": problem.vi,
            "other": problem.other, "refuses": problem.refuses,
        }
        for problem in problems
    ]  # fmt: skip
