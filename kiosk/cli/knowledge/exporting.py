"""``troly knowledge export``: a document as text, the entries as a sheet, or everything."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from kiosk.cli.common import print_json, state_option, write_file
from kiosk.cli.knowledge.common import document_named
from kiosk.state import State
from knowledge import Document, Store, open_store
from knowledge.spreadsheet import write_entries


@click.command("export")
@click.argument("code", nargs=-1)
@click.option(
    "--xlsx", type=click.Path(dir_okay=False, path_type=Path),
    help="Write the questions and answers as a sheet to edit.",
)  # fmt: skip
@click.option(
    "-o", "--out", type=click.Path(dir_okay=False, path_type=Path),
    help="Write the document to a file instead of standard output.",
)  # fmt: skip
@state_option
def export(code: tuple[str, ...], xlsx: Path | None, out: Path | None, state: State) -> None:
    """Write out a document as Markdown, the entries as a sheet, or everything as JSON.

    Exit code 1: there is no such document, or no text of it.

    \b
    Examples:
      troly knowledge export --xlsx cau-hoi.xlsx
      troly knowledge export 294-QĐ/TW -o quy-dinh-294.md
      troly knowledge export > kho.json
    JSON: {documents, entries}.
    """
    with open_store(state.database) as store:
        if xlsx is not None:
            if code:
                raise click.UsageError("--xlsx xuất mọi câu hỏi, không đi cùng tên văn bản.")
            click.echo(f"Đã ghi {write_entries(store, xlsx)} câu vào {xlsx}.")
            return
        if not code:
            print_json(
                {
                    "documents": [asdict(d) for d in store.documents()],
                    "entries": [asdict(e) for e in store.entries()],
                }
            )
            return
        document, _ = document_named(store, " ".join(code))
        text = _markdown(store, document)
    if not text:
        click.echo(f"Máy này chưa có toàn văn {document.name}.")
        sys.exit(1)
    if out is None:
        click.echo(text, nl=False)
    else:
        write_file(out, text.encode())
        click.echo(f"Đã ghi {document.name} vào {out}.")


def _markdown(store: Store, document: Document) -> str:
    rows = store.rows("select * from sections where document = ? order by position", [document.id])
    if not rows:
        return ""
    parts = [f"# {document.name} {document.title}"]
    for row in rows:
        depth = min(6, 2 + str(row["path"]).count("/"))
        label = f"{row['label']}. " if row["label"] else ""
        if row["heading"]:
            parts.append(f"{'#' * depth} {label}{row['heading']}")
            label = ""
        if row["text"]:
            parts.append(f"{label}{row['text']}".replace("\n", "\n\n"))
    return "\n\n".join(parts) + "\n"
