"""``troly check``: would the ward office send this document back?"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kiosk.cli.common import json_option, print_json, state_option, write_file
from kiosk.state import State

STANDARDS = ("auto", "dang-hd36", "dang-hd05", "nd30")


@click.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--standard", type=click.Choice(STANDARDS), default="auto", show_default=True)
@click.option("--html", type=click.Path(path_type=Path), help="Write the page with marks here.")
@click.option("--fix", type=click.Path(path_type=Path), help="Write a corrected DOCX here.")
@json_option
@state_option
def command(
    file: Path, standard: str, html: Path | None, fix: Path | None, as_json: bool, state: State
) -> None:
    """Check the form of FILE: Party (HD 36, HD 05) or State (NĐ 30), recognised first.

    --fix corrects looks and paper only, never a letter, and never writes over FILE.

    \b
    Example: troly check nghi-quyet.docx --html loi.html --fix da-sua.docx
    JSON: report {name, standard, kind, paragraphs, rules, findings [{rule, severity, place,
    line, quote, found, wanted, why, source, sureness, fixable, gravest}]}, spoken, fixed [rule].
    Exit code 1 when there is an error (lỗi).
    """
    from knowledge.form_check import check, shown, spoken

    for out in (html, fix):
        if out is not None and out.resolve() == file.resolve():
            raise click.UsageError("Không ghi đè lên tệp gốc. Hãy chọn tên tệp khác.")
    done = check(file, standard, html=html is not None, fix=fix is not None)
    if html is not None:
        write_file(html, done.html.encode("utf-8"))
    if fix is not None:
        write_file(fix, done.fixed)
    if as_json:
        print_json({"report": done.report.to_json(), "spoken": spoken(done.report),
                    "fixed": list(done.fixed_rules)})  # fmt: skip
    else:
        click.echo(shown(done.report))
        if fix is not None:
            click.echo(f"Đã sửa {len(done.fixed_rules)} quy tắc, ghi vào {fix}.")
    sys.exit(1 if done.report.count("lỗi") else 0)
