"""``troly form list`` and ``show``: which procedures and forms there are, and what they hold."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import click

from kiosk.cli.common import json_option, print_json, state_option
from kiosk.state import State
from knowledge.procedures import Form, Library, Procedure, find_subject, shipped
from knowledge.procedures.model import ALWAYS, Ask, Item, Paper


@click.command("list")
@json_option
@state_option
def list_command(as_json: bool, state: State) -> None:
    """Every procedure and every form.

    \b
    Example:
      troly form list
    JSON: procedures [{id, title, about, as_of, trust, forms}], forms [{id, title, about, number}].
    """
    library = shipped()
    if as_json:
        print_json(
            {
                "procedures": [_head(p, library) for p in library.procedures.values()],
                "forms": [
                    {"id": f.id, "title": f.title, "about": f.about, "number": f.number}
                    for f in library.forms.values()
                ],
            }
        )
        return
    click.echo(f"Thủ tục ({len(library.procedures)}), làm từng bước với: troly form walk TÊN")
    for procedure in library.procedures.values():
        click.echo(f"  {procedure.id:24}{procedure.title}")
    click.echo(f"\nMẫu ({len(library.forms)}), điền với: troly form fill TÊN")
    for form in library.forms.values():
        click.echo(f"  {form.id:24}{form.title}{f' (mẫu {form.number})' if form.number else ''}")


@click.command()
@click.argument("name")
@json_option
@state_option
def show(name: str, as_json: bool, state: State) -> None:
    """All that a procedure asks and lists, or the fields of a form.

    NAME is an id, a title or another name, with or without diacritics.

    \b
    Examples:
      troly form show card_lost
      troly form show "tiep nhan dang vien"
    JSON of a procedure: id, title, about, as_of, trust, forms, questions [{id, kind, ask, help,
    choices [{value, label}], always, personal}], papers [{id, name, number, document, form, get,
    always}], steps, warnings, places, deadlines [{id, text, basis, document}], sources.
    JSON of a form: id, title, about, number, fields (as questions).
    """
    library = shipped()
    subject = subject_named(name, library)
    if as_json:
        print_json(_form(subject) if isinstance(subject, Form) else _procedure(subject, library))
        return
    for line in _form_text(subject) if isinstance(subject, Form) else _text(subject, library):
        click.echo(line)


def subject_named(name: str, library: Library) -> Procedure | Form:
    """The procedure or form called ``name``; ends the command with 1 when there is none."""
    subject = find_subject(name, library)
    if subject is None:
        click.echo(f"Không có thủ tục hay mẫu nào tên là “{name}”.", err=True)
        click.echo("Xem các tên: troly form list", err=True)
        sys.exit(1)
    return subject


def _head(procedure: Procedure, library: Library) -> dict[str, Any]:
    used = [p.form for p in procedure.papers if p.form] + list(procedure.forms)
    return {
        "id": procedure.id,
        "title": procedure.title,
        "about": procedure.about,
        "as_of": procedure.as_of,
        "trust": procedure.trust,
        "forms": list(dict.fromkeys(used)),
    }


def _procedure(procedure: Procedure, library: Library) -> dict[str, Any]:
    documents = library.documents
    return {
        **_head(procedure, library),
        "questions": [_ask(ask) for ask in procedure.questions],
        "papers": [
            {
                "id": paper.id,
                "name": paper.name,
                "number": paper.number,
                "document": documents[paper.source.document].name,
                "form": paper.form,
                "get": paper.get,
                "always": paper.when == ALWAYS,
            }
            for paper in procedure.papers
        ],
        "steps": [item.text for item in procedure.steps],
        "warnings": [item.text for item in procedure.warnings],
        "places": [item.text for item in procedure.places],
        "deadlines": [
            {
                "id": deadline.id,
                "text": deadline.text,
                "basis": deadline.basis,
                "document": documents[deadline.source.document].name,
            }
            for deadline in procedure.deadlines
        ],
        "sources": [
            {"document": documents[s.document].name, "where": s.where, "trust": s.trust}
            for s in procedure.sources
        ],
    }


def _form(form: Form) -> dict[str, Any]:
    return {
        "id": form.id,
        "title": form.title,
        "about": form.about,
        "number": form.number,
        "fields": [_ask(ask) for ask in form.questions],
    }


def _ask(ask: Ask) -> dict[str, Any]:
    return {
        "id": ask.id,
        "kind": ask.kind,
        "ask": ask.ask,
        "help": ask.help,
        "choices": [{"value": c.value, "label": c.label} for c in ask.choices],
        "always": ask.when == ALWAYS,
        "personal": ask.personal,
    }


def _text(procedure: Procedure, library: Library) -> Iterator[str]:
    """Everything that may be asked and needed; what hangs on the case is marked with ``*``."""
    yield procedure.title
    yield procedure.about
    yield "\nSẽ hỏi"
    yield from _asks(procedure.questions)
    yield "\nGiấy tờ"
    for paper in procedure.papers:
        document = library.documents[paper.source.document].brief
        number = f" (mẫu {paper.number}, {document})" if paper.number else ""
        yield f"  - {paper.name}{number}{_star(paper)}"
    for head, items in (
        ("Các bước", procedure.steps), ("Lưu ý", procedure.warnings), ("Nơi làm", procedure.places),
    ):  # fmt: skip
        if items:
            yield f"\n{head}"
            yield from (f"  - {item.text}{_star(item)}" for item in items)
    if procedure.deadlines:
        yield "\nThời hạn"
        yield from (f"  - {d.text}: {d.basis}" for d in procedure.deadlines)
    yield "\nNguồn"
    for source in procedure.sources:
        where = f", {source.where}" if source.where else ""
        yield f"  - {library.documents[source.document].name}{where} [{source.trust}]"
    yield f"\n* tùy trường hợp. Làm từng bước: troly form walk {procedure.id}"


def _form_text(form: Form) -> Iterator[str]:
    yield form.title
    yield form.about
    yield "\nCác ô"
    yield from _asks(form.questions)
    yield f"\nĐiền: troly form fill {form.id} --out {form.id}.docx"


def _asks(asks: tuple[Ask, ...]) -> Iterator[str]:
    for ask in asks:
        choices = f" [{' / '.join(c.label for c in ask.choices)}]" if ask.choices else ""
        yield f"  {ask.id:16}{ask.ask}{choices}{'' if ask.when == ALWAYS else ' *'}"


def _star(part: Paper | Item) -> str:
    return "" if part.when == ALWAYS else " *"
