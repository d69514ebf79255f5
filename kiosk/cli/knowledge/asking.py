"""``troly knowledge search|ask``."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import Any

import click

from kiosk.cli.common import json_option, print_json, state_option
from kiosk.state import State
from knowledge import open_store
from knowledge.answering import Found, FoundSource
from knowledge.answering import ask as ask_store
from knowledge.search import Hit
from knowledge.search import search as search_store


@click.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 100), default=5, help="How many.  [default: 5]")
@json_option
@state_option
def search(words: tuple[str, ...], limit: int, as_json: bool, state: State) -> None:
    """Find the passages about WORDS, with or without diacritics; codes may be spoken.

    What is in force comes first; what was replaced says by what. Exit code 1: nothing found.

    \b
    Examples:
      troly knowledge search "chỉ thị năm mươi"
      troly knowledge search dang phi nghi huu --json
    JSON: a list of {passage, kind, title, where, page, document, in_force, replaced_by, trust,
    score, coverage, snippet}.
    """
    with open_store(state.database) as store:
        hits = search_store(store, " ".join(words), limit=limit)
    if as_json:
        print_json([_hit(hit) for hit in hits])
    for number, hit in enumerate([] if as_json else hits, 1):
        passage = hit.passage
        click.echo(f"{number}. {passage.title}")
        where = f", {passage.label}" if passage.label else ""
        page = f", trang {passage.page}" if passage.page else ""
        if passage.document:
            click.echo(f"   {passage.document.name}{where}{page} [{hit.trust}]")
        if hit.replaced_by:
            click.echo(f"   → đã thay bằng {hit.replaced_by}")
        click.echo(f"   {hit.marked()}")
    if not hits:
        if not as_json:
            click.echo("Không tìm thấy.")
        sys.exit(1)


@click.command("ask")
@click.argument("question", nargs=-1, required=True)
@click.option(
    "--after", metavar="QUESTION", help="The question before, which this one goes on from."
)
@click.option("--spoken", is_flag=True, help="Print what is read aloud.")
@json_option
@state_option
def ask(
    question: tuple[str, ...], after: str | None, spoken: bool, as_json: bool, state: State
) -> None:
    """Answer QUESTION with sentences that stand in a document, and say in which.

    Exit code 1: nothing that is known answers it.

    \b
    Examples:
      troly knowledge ask "mất thẻ đảng viên thì làm thế nào"
      troly knowledge ask "còn thẻ hỏng thì sao" --after "mất thẻ đảng viên thì làm thế nào"
    JSON: status: found|not_found, question, title, quotes [{sentences, source {document, code,
    where, date, in_force, in_force_from, replaced_by, trust, page, section, original}}], text,
    spoken, confidence, near, near_ids, context.
    """
    with open_store(state.database) as store:
        context = ask_store(store, after).context if after else None
        found = ask_store(store, " ".join(question), context)
    if as_json:
        print_json(asdict(found))
    elif spoken:
        click.echo(found.spoken)
    else:
        _print(found)
    if found.status != "found":
        sys.exit(1)


def _print(found: Found) -> None:
    click.echo(f"{found.title}\n\n{found.text}")
    if found.sources:
        click.echo()
    for source in found.sources:
        click.echo(f"Nguồn: {_cited(source)}")


def _cited(source: FoundSource) -> str:
    where = f", {source.where}" if source.where else ""
    page = f", trang {source.page}" if source.page else ""
    kind = "bản gốc" if source.original else "tóm tắt của trợ lý"
    replaced = f" → đã thay bằng {source.replaced_by}" if source.replaced_by else ""
    return f"{source.document}{where}{page} [{source.trust}; {kind}]{replaced}"


def _hit(hit: Hit) -> dict[str, Any]:
    passage = hit.passage
    return {
        "passage": passage.id,
        "kind": passage.kind,
        "title": passage.title,
        "where": passage.label,
        "page": passage.page,
        "document": passage.document.name if passage.document else "",
        "in_force": hit.in_force,
        "replaced_by": hit.replaced_by,
        "trust": hit.trust,
        "score": hit.score,
        "coverage": hit.coverage,
        "snippet": hit.marked(),
    }
