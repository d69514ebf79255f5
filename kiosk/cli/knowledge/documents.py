"""``troly knowledge list|show|remove``."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import Any

import click

from kiosk.cli.common import json_option, print_json, state_option
from kiosk.cli.knowledge.common import backups_of, by_option, document_named, status_of
from kiosk.state import State
from knowledge import Document, Store, open_store
from knowledge.answering import open_reading
from knowledge.imports import remove_document
from knowledge.keeping import backup_if_due


@click.command("list")
@click.argument("words", nargs=-1)
@click.option("--in-force", is_flag=True, help="Only what nothing is known to have replaced.")
@click.option("--originals", is_flag=True, help="Only those whose text is in the store.")
@json_option
@state_option
def list_command(
    words: tuple[str, ...], in_force: bool, originals: bool, as_json: bool, state: State
) -> None:
    """List the documents that are known; WORDS narrow it down.

    Exit code 1: there is none.

    \b
    Examples:
      troly knowledge list
      troly knowledge list đảng phí --in-force --json
    JSON: a list of {id, kind, number, code, date, issuer, title, trust, in_force_from,
    replaced_by, replaced_trust, note, name, status, original: null or {file_name, pages, ocr,
    sections, imported_at, by}}.
    """
    from knowledge.fold import fold

    with open_store(state.database) as store:
        held = _originals(store)
        documents = {d.id: d for d in store.documents()}
        wanted = fold(" ".join(words)).split()
        chosen = [
            d
            for d in documents.values()
            if (not in_force or d.replaced_by is None)
            and (not originals or d.id in held)
            and all(word in fold(f"{d.id} {d.name} {d.title} {d.issuer}").split()
                    for word in wanted)
        ]  # fmt: skip
    chosen.sort(key=lambda d: (d.kind, d.date))
    if as_json:
        print_json([_plain(d, documents, held) for d in chosen])
    for document in [] if as_json else chosen:
        original = held.get(document.id)
        text = f"toàn văn, {original['sections']} mục" if original else "tóm tắt"
        click.echo(f"{document.name} {document.title}")
        click.echo(
            f"    {document.id} · {status_of(document, documents)} · {document.trust} · {text}"
        )
    if not chosen:
        if not as_json:
            click.echo("Không có văn bản nào như vậy.")
        sys.exit(1)


@click.command("show")
@click.argument("code", nargs=-1, required=True)
@click.option("--section", help='A part of it: "20", "điều 5", "khoản 2 điều 7".')
@json_option
@state_option
def show(code: tuple[str, ...], section: str | None, as_json: bool, state: State) -> None:
    """Show a document: its record and its headings, or the text of one part.

    Exit code 1: there is no such document or part.

    \b
    Examples:
      troly knowledge show 294-QĐ/TW
      troly knowledge show quy định 294 --section "mục 20.3"
    JSON: as in list, with sections [{path, label, heading, page}]; with --section a reading:
    {status, document, name, where, section, page, title, text, spoken, alternatives …}.
    """
    with open_store(state.database) as store:
        document, others = document_named(store, " ".join(code))
        if section is not None:
            said = f"mục {section}" if section[:1].isdigit() else section
            reading = open_reading(store, said, document=document.id)
            if as_json:
                print_json(reading.to_json())
            else:
                head = f"{reading.name}, {reading.where}" if reading.where else reading.name
                page = f" (trang {reading.page})" if reading.page else ""
                click.echo(f"{head}{page}\n\n{reading.text}")
            if reading.status != "reading":
                sys.exit(1)
            return
        documents = {d.id: d for d in store.documents()}
        rows = store.rows(
            "select path, level, label, heading, text, page from sections where document = ? "
            "order by position",
            [document.id],
        )
        held = _originals(store)
    if as_json:
        print_json(
            {
                **_plain(document, documents, held),
                "sections": [
                    {k: row[k] for k in ("path", "label", "heading", "page")} for row in rows
                ],
            }
        )
        return
    click.echo(f"{document.name} {document.title}")
    for label, value in (
        ("Mã", document.id),
        ("Nơi ban hành", document.issuer),
        ("Hiệu lực từ", document.in_force_from),
        ("Tình trạng", status_of(document, documents)),
        ("Độ tin cậy", document.trust),
        ("Ghi chú", document.note),
    ):
        if value:
            click.echo(f"{label}: {value}")
    if others:
        click.echo(f"Cùng tên gọi còn có: {'; '.join(f'{d.name} ({d.id})' for d in others)}")
    original = held.get(document.id)
    if original is None:
        click.echo("Chưa có toàn văn trong máy.")
        return
    pages = f", {original['pages']} trang" if original["pages"] else ""
    click.echo(f"Toàn văn: {original['file_name']}{pages}, {original['sections']} mục")
    for row in rows:
        if row["heading"]:
            page = f"  [tr. {row['page']}]" if row["page"] else ""
            depth = str(row["path"]).count("/")
            click.echo(f"{'  ' * depth}{row['label']}. {row['heading']}{page}")


@click.command("remove")
@click.argument("code", nargs=-1, required=True)
@click.option("--yes", is_flag=True, help="Without asking.")
@by_option
@state_option
def remove(code: tuple[str, ...], yes: bool, by: str, state: State) -> None:
    """Take an original out; the record of a document that came with the program stays.

    Exit code 1: there is no such document.

    \b
    Example:
      troly knowledge remove 50-CT/TW
    """
    with open_store(state.database) as store:
        document, others = document_named(store, " ".join(code))
        if others and document.id not in code:
            names = "; ".join(f"{d.id}: {d.name}" for d in (document, *others))
            raise click.UsageError(f"Tên này có nhiều văn bản, hãy ghi mã. {names}")
        if not yes and not click.confirm(f"Gỡ {document.name} {document.title}?", default=False):
            click.echo("Không gỡ gì.")
            return
        backup_if_due(store, backups_of(state))
        gone = remove_document(store, document.id, by=by)
    what = "văn bản và thông tin của văn bản" if gone == "document" else "toàn văn"
    click.echo(f"Đã gỡ {what}: {document.name}.")


def _originals(store: Store) -> dict[str, dict[str, Any]]:
    rows = store.rows(
        "select document, file_name, pages, ocr, imported_at, by, "
        "(select count(*) from sections s where s.document = o.document) as sections "
        "from originals o"
    )
    return {row.pop("document"): row for row in rows}


def _plain(
    document: Document, documents: dict[str, Document], held: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    return {
        **asdict(document),
        "name": document.name,
        "status": status_of(document, documents),
        "original": held.get(document.id),
    }
