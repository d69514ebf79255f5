"""What the subcommands share: the backups' place, who changes something, finding a document."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from kiosk.state import State
from knowledge import Document, Store
from knowledge.lookup import find_documents, nearest_documents

F = TypeVar("F", bound=Callable[..., Any])


def backups_of(state: State) -> Path:
    """Where backups lie."""
    return state.root / "backups"


def by_option(command: F) -> F:
    """Add ``--by NAME``: who, for the log of changes."""
    return click.option(
        "--by", default=_user, metavar="NAME", help="Who does it, for the log.  [default: login]"
    )(command)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "troly"


def document_named(store: Store, name: str) -> tuple[Document, tuple[Document, ...]]:
    """The document that ``name`` means, and the others it may mean; exit code 1 without one."""
    everything = store.documents()
    found = tuple(d for d in everything if d.id == name) or find_documents(name, everything)
    if not found:
        click.echo(f"Không có văn bản {name}.")
        near = nearest_documents(name, everything)
        if near:
            click.echo(f"Gần nhất có: {'; '.join(f'{d.name} ({d.id})' for d in near)}")
        sys.exit(1)
    return found[0], found[1:]


def status_of(document: Document, documents: dict[str, Document]) -> str:
    """In force, or what replaced it, in a few Vietnamese words."""
    if document.replaced_by is None:
        return "còn hiệu lực"
    after = documents.get(document.replaced_by)
    name = after.name if after else document.replaced_by
    unsure = " (cần kiểm tra)" if document.replaced_trust == "cần kiểm tra" else ""
    return f"đã thay bằng {name}{unsure}"
