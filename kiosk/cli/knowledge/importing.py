"""``troly knowledge import``: files and folders into the store, and the sheet of entries."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from kiosk.cli.common import json_option, print_json, state_option
from kiosk.cli.knowledge.common import backups_of, by_option
from kiosk.state import State
from knowledge import KnowledgeError, Store, open_store
from knowledge.imports import ImportPlan, ImportResult, files_in, import_all
from knowledge.keeping import backup_if_due
from knowledge.spreadsheet import apply_entries, read_entries

_MARKS = {"imported": "✓", "same": "=", "skipped": "-", "refused": "✗"}

_FIELDS = {
    "kind": "Loại", "code": "Số, ký hiệu", "date": "Ngày", "issuer": "Nơi ban hành",
    "title": "Về việc", "in_force_from": "Hiệu lực từ",
}  # fmt: skip


@click.command("import")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Take what was recognised, without asking.")
@click.option("--ocr", is_flag=True, help="Recognise scans (needs tesseract-ocr-vie).")
@click.option("--replace", is_flag=True, help="Take the place of another original.")
@click.option("--kind", help="Correct what was recognised: chỉ thị, hướng dẫn …")
@click.option("--code", help="Its symbol: 50-CT/TW.")
@click.option("--date", "issued", help="Its date: 2025-07-23.")
@click.option("--issuer", help="Who issued it.")
@click.option("--title", help="What it is about: về sinh hoạt chi bộ.")
@click.option("--in-force-from", help="Since when it holds: 2025-07-01.")
@click.option(
    "--xlsx", type=click.Path(dir_okay=False, path_type=Path),
    help="Read a sheet of entries (troly knowledge export --xlsx) instead of documents.",
)  # fmt: skip
@by_option
@json_option
@state_option
def import_command(
    paths: tuple[Path, ...], yes: bool, ocr: bool, replace: bool, kind: str | None,
    code: str | None, issued: str | None, issuer: str | None, title: str | None,
    in_force_from: str | None, xlsx: Path | None, by: str, as_json: bool, state: State,
) -> None:  # fmt: skip
    """Bring documents in: PDF with a text layer, DOCX, HTML, Markdown, text, and folders of them.

    Number, date, issuer, title, parts and what it replaces are found and shown for correction
    before anything is written. The same file is never brought in twice; a bad file does not stop
    the others. Exit code 2: at least one file was refused; 1: there was no file.

    \b
    Examples:
      troly knowledge import van-ban/ --yes
      troly knowledge import 50-CT-TW.pdf --date 2025-07-23
      troly knowledge import --xlsx cau-hoi.xlsx
    JSON: a list of {file, status: imported|same|skipped|refused, message, document, reason,
    sections}; --xlsx: {written, new, reset, unchanged, problems [{row, column, message}]}.
    """
    if xlsx is not None:
        if paths:
            raise click.UsageError("--xlsx không đi cùng tệp văn bản.")
        with open_store(state.database) as store:
            _sheet(store, xlsx, by, as_json, state)
        return
    if not paths:
        raise click.UsageError("Thiếu PATH, ví dụ: troly knowledge import van-ban/ --yes")
    given = {
        "kind": kind, "code": code, "date": issued, "issuer": issuer, "title": title,
        "in_force_from": in_force_from,
    }  # fmt: skip
    fields = {name: value for name, value in given.items() if value is not None}
    files = list(files_in(paths))
    if not files:
        click.echo("Không thấy tệp văn bản nào trong thư mục.")
        sys.exit(1)
    if fields and len(files) > 1:
        raise click.UsageError("Chỉ sửa được thông tin khi nhập từng tệp một.")

    def accept(plan: ImportPlan) -> ImportPlan | None:
        plan = plan.corrected(**fields)
        return plan if yes or as_json else _asked(plan)

    results: list[ImportResult] = []
    with open_store(state.database) as store:
        backup_if_due(store, backups_of(state))
        for result in import_all(store, files, by=by, accept=accept, ocr=ocr, replace=replace):
            results.append(result)
            if not as_json:
                click.echo(f"{_MARKS[result.status]} {result.path.name}: {result.message}")
    if as_json:
        print_json([_plain(r) for r in results])
    if any(r.status == "refused" for r in results):
        sys.exit(2)


def _plain(result: ImportResult) -> dict[str, Any]:
    values = asdict(result)
    return {"file": str(values.pop("path")), **values}


def _asked(plan: ImportPlan) -> ImportPlan | None:
    """Show what was recognised; Enter takes it, s corrects it, b leaves the file out."""
    while True:
        _show(plan)
        try:
            said = click.prompt(
                "Enter: nhập · s: sửa · b: bỏ tệp này", default="", show_default=False
            )
        except click.Abort:  # the end of the input is no consent
            return None
        if not said.strip():
            return plan
        if said.strip().lower() == "b":
            return None
        if said.strip().lower() == "s":
            fields = {}
            for name, label in _FIELDS.items():
                now = getattr(plan.document, name) or ""
                fields[name] = click.prompt(f"{label}", default=now)
            try:
                plan = plan.corrected(**fields)
            except KnowledgeError as error:
                click.echo(error.vi)


def _show(plan: ImportPlan) -> None:
    document = plan.document
    click.echo(f"\n{plan.path.name}")
    for name, label in _FIELDS.items():
        click.echo(f"  {label}: {getattr(document, name) or '(không thấy)'}")
    for replaced in plan.replaces:
        known = "" if replaced.document else " (chưa có trong kho)"
        click.echo(f"  Thay thế: {replaced.code}{known}")
    click.echo(f"  Mục: {len(plan.sections)}   Trang: {plan.extracted.pages or '–'}")
    if plan.known:
        click.echo("  Kho đã có thông tin của văn bản này, sẽ thêm bản gốc.")
    for doubt in plan.doubts:
        click.echo(f"  ! {doubt}")


def _sheet(store: Store, path: Path, by: str, as_json: bool, state: State) -> None:
    change = read_entries(store, path)
    if not change.problems:
        if change.written or change.reset:
            backup_if_due(store, backups_of(state))
        apply_entries(store, change, by=by)
    if as_json:
        print_json(
            {
                "written": [e.id for e in change.written],
                "new": list(change.new),
                "reset": list(change.reset),
                "unchanged": change.unchanged,
                "problems": [asdict(p) for p in change.problems],
            }
        )
    elif change.problems:
        for problem in change.problems:
            at = f"Dòng {problem.row}, " if problem.row else ""
            click.echo(f"✗ {at}cột {problem.column}: {problem.message}")
        click.echo("Chưa ghi gì. Hãy sửa các dòng trên rồi nhập lại.")
    else:
        changed = len(change.written) - len(change.new)
        click.echo(
            f"Đã thêm {len(change.new)} câu, sửa {changed} câu, bỏ {len(change.reset)} câu, "
            f"giữ nguyên {change.unchanged} câu."
        )
    if change.problems:
        sys.exit(2)
