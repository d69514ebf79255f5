"""``troly answer``: what the kiosk knows about one intent."""

from __future__ import annotations

import sys
from dataclasses import asdict

import click

from kiosk.cli.common import json_option, print_json, state_option
from kiosk.state import State
from knowledge import Answer, Citation, answer, open_store, rebuild_store


@click.command("answer")
@click.argument("intent", required=False)
@click.option(
    "--slot",
    "slots",
    multiple=True,
    metavar="NAME=VALUE",
    help='What was said of it, such as document="50-CT/TW". May be given several times.',
)
@click.option(
    "--rebuild",
    is_flag=True,
    help="Set a damaged database aside and make a new one from the shipped content.",
)
@json_option
@state_option
def command(
    intent: str | None, slots: tuple[str, ...], rebuild: bool, as_json: bool, state: State
) -> None:
    """Print the answer to INTENT, with its sources and how sure it is.

    Exit code 1: nothing is known of it.

    \b
    Examples:
      troly answer fees
      troly answer read_directive --slot document="50-CT/TW" --json
    JSON: id, title, text, sources [{document, code, trust, in_force_from, replaced_by, where}],
    trust, follow_ups, as_of, found; null when there is no such intent.
    """
    given = dict(_pair(slot) for slot in slots)
    if rebuild:
        aside = rebuild_store(state.database)
        click.echo(f"Đã làm lại kho kiến thức. Tệp cũ nằm trong: {aside}", err=True)
    if intent is None:
        if rebuild:
            return
        raise click.UsageError("Thiếu INTENT, ví dụ: troly answer fees")
    with open_store(state.database) as store:
        found = answer(store, intent, given)
    if as_json:
        print_json(asdict(found) if found else None)
    elif found is None:
        click.echo(f"Tôi không biết gì về {intent}.")
    else:
        _print(found)
    if found is None or not found.found:
        sys.exit(1)


def _pair(slot: str) -> tuple[str, str]:
    name, equals, value = slot.partition("=")
    if not equals or not name.strip():
        raise click.UsageError(f"--slot cần dạng NAME=VALUE, không phải: {slot}")
    return name.strip(), value


def _print(found: Answer) -> None:
    click.echo(found.title)
    click.echo()
    click.echo(found.text)
    if found.trust:
        click.echo()
        click.echo(f"Độ tin cậy: {found.trust}")
    for source in found.sources:
        click.echo(f"Nguồn: {_cited(source)}")
    if found.follow_ups:
        click.echo(f"Hỏi tiếp: {', '.join(found.follow_ups)}")


def _cited(source: Citation) -> str:
    where = f", {source.where}" if source.where else ""
    replaced = f" → đã thay bằng {source.replaced_by}" if source.replaced_by else ""
    return f"{source.document}{where} [{source.trust}]{replaced}"
