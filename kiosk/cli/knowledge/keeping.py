"""``troly knowledge check|backup|restore|log``."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from kiosk.cli.common import json_option, print_json, state_option
from kiosk.cli.knowledge.common import backups_of
from kiosk.state import State
from knowledge import open_store
from knowledge.keeping import Backup, check_store, list_backups, make_backup, restore_backup


@click.command("check")
@json_option
@state_option
def check(as_json: bool, state: State) -> None:
    """Look for broken links, conflicts of what is in force, orphan sections, a damaged file.

    Exit code 1: something was found.

    \b
    Example:
      troly knowledge check
    JSON: a list of {kind: file|link|in_force|section|index|entry, where, message}.
    """
    with open_store(state.database) as store:
        problems = check_store(store)
        counts = store.rows(
            "select (select count(*) from documents) as d, (select count(*) from originals) as o, "
            "(select count(*) from sections) as s, (select count(*) from answers) as a"
        )[0]
    if as_json:
        print_json([asdict(p) for p in problems])
    else:
        for problem in problems:
            click.echo(f"✗ {problem.message}")
        click.echo(
            f"{counts['d']} văn bản, {counts['o']} bản gốc, {counts['s']} mục, "
            f"{counts['a']} câu trả lời: "
            + (f"{len(problems)} chỗ cần sửa." if problems else "không có gì sai.")
        )
    if problems:
        sys.exit(1)


@click.command("backup")
@click.option(
    "--to", "folder", type=click.Path(file_okay=False, path_type=Path),
    help="Another folder, such as one on a stick.  [default: backups in the state folder]",
)  # fmt: skip
@click.option("--list", "only_list", is_flag=True, help="List the backups there are.")
@json_option
@state_option
def backup(folder: Path | None, only_list: bool, as_json: bool, state: State) -> None:
    """Copy the store into a file of its own, checked; the newest seven are kept.

    One is also made before an import when there is none of today. Exit code 1: --list and none.

    \b
    Examples:
      troly knowledge backup
      troly knowledge backup --to /media/usb
    JSON: {path, made_at, bytes, documents, originals, entries, problem}, or a list of them.
    """
    folder = folder or backups_of(state)
    if only_list:
        found = list_backups(folder)
        if as_json:
            print_json([_plain(b) for b in found])
        for each in [] if as_json else found:
            click.echo(_line(each))
        if not found:
            if not as_json:
                click.echo("Chưa có bản sao lưu nào.")
            sys.exit(1)
        return
    with open_store(state.database) as store:
        made = make_backup(store, folder)
    if as_json:
        print_json(_plain(made))
    else:
        click.echo(f"Đã sao lưu: {_line(made)}")


@click.command("restore")
@click.argument("backup", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Without asking.")
@state_option
def restore(backup: Path | None, yes: bool, state: State) -> None:
    """Go back to BACKUP, or to the newest one that can be used.

    What stands there now is set aside, not deleted. Exit code 1: there is no backup.

    \b
    Example:
      troly knowledge restore
    """
    if backup is None:
        chosen = next((b for b in list_backups(backups_of(state)) if not b.problem), None)
        if chosen is None:
            click.echo(
                "Chưa có bản sao lưu nào dùng được. Để làm lại kho từ nội dung kèm theo, hãy chạy: "
                "troly answer --rebuild"
            )
            sys.exit(1)
        click.echo(f"Bản sao lưu gần nhất: {_line(chosen)}")
        backup = chosen.path
    if not yes and not click.confirm("Lấy lại bản này?", default=True):
        click.echo("Không thay đổi gì.")
        return
    aside = restore_backup(backup, state.database)
    with open_store(state.database) as store:
        wrong = len(check_store(store))
    click.echo("Đã lấy lại bản sao lưu." + (f" Kho còn {wrong} chỗ cần sửa." if wrong else ""))
    if aside:
        click.echo(f"Tệp cũ nằm trong: {aside}")


@click.command("log")
@click.option(
    "--limit", type=click.IntRange(1, 100_000), default=20, help="How many.  [default: 20]"
)
@click.option("--row", help="Only changes of this document or entry (its id).")
@json_option
@state_option
def log(limit: int, row: str | None, as_json: bool, state: State) -> None:
    """Show what was changed, when and by whom, the newest first.

    Exit code 1: nothing was.

    \b
    Example:
      troly knowledge log --row fees
    JSON: a list of {id, at, by, action, table, row, before, after}; before and after are JSON.
    """
    with open_store(state.database) as store:
        where, values = (" where row = ?", [row]) if row else ("", [])
        found = store.rows(
            f"select * from changes{where} order by id desc limit ?", [*values, limit]
        )
    if as_json:
        print_json(found)
    for change in [] if as_json else found:
        click.echo(
            f"{_when(change['at'])}  {change['by']}  {change['action']}  "
            f"{change['table']}  {change['row']}"
        )
    if not found:
        if not as_json:
            click.echo("Chưa có thay đổi nào.")
        sys.exit(1)


def _plain(made: Backup) -> dict[str, Any]:
    return {**asdict(made), "path": str(made.path)}


def _line(made: Backup) -> str:
    if made.problem:
        return f"{made.path.name}: không dùng được ({made.problem})"
    return (
        f"{made.path.name}, {_when(made.made_at)}, {made.documents} văn bản, "
        f"{made.originals} bản gốc, {made.entries} câu, {made.bytes / 1e6:.1f} MB"
    )


def _when(iso: str) -> str:
    return datetime.fromisoformat(iso).astimezone().strftime("%H:%M %d-%m-%Y")
