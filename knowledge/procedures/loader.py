"""Loads and checks every procedure, every form and the sentences of the dialogue.

Format of the files: docs/procedures.md. Whatever is wrong is refused with file and line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from knowledge.content import SHIPPED, load_content, slots_of, source_trust
from knowledge.errors import ContentError
from knowledge.procedures.form_files import read_form
from knowledge.procedures.lines import LINES
from knowledge.procedures.model import Form, Library, Procedure, Words
from knowledge.procedures.parts import full_date
from knowledge.procedures.procedure_files import read_procedure
from knowledge.records import Document
from knowledge.yaml_lines import Value as Node
from knowledge.yaml_lines import read_yaml

WORDS = frozenset({"yes", "no", "lacking", "skip", "back", "repeat", "explain", "unsure", "filler"})


@lru_cache(maxsize=1)
def shipped() -> Library:
    """What comes with the program, loaded once."""
    return load_library(SHIPPED, load_content(SHIPPED).documents)


def load_library(folder: Path, documents: Mapping[str, Document]) -> Library:
    """Read ``folder``/procedures and ``folder``/forms.

    Files whose names begin with ``_`` are not procedures: ``_lines``, ``_words``, ``_days``.

    Raises:
        ContentError: with file and line, for the first thing that is wrong.
    """
    forms: dict[str, Form] = {}
    for path in _files(folder / "forms"):
        form = read_form(read_yaml(path), path.stem, documents)
        if not path.with_suffix(".docx").is_file():
            raise ContentError(path.name, 0, f"{path.stem}.docx is missing: draw it")
        forms[form.id] = form
    procedures: dict[str, Procedure] = {}
    for path in _files(folder / "procedures"):
        procedure = read_procedure(read_yaml(path), path.stem, documents, frozenset(forms))
        procedures[procedure.id] = procedure
    if not procedures:
        raise ContentError("procedures", 0, "no procedure files")
    _no_name_twice(procedures.values(), forms.values())
    days = read_yaml(folder / "procedures" / "_days.yaml")
    off, on = _days(days)
    return Library(
        procedures=procedures,
        forms=forms,
        lines=_lines(read_yaml(folder / "procedures" / "_lines.yaml")),
        words=_words(read_yaml(folder / "procedures" / "_words.yaml")),
        documents=documents,
        days_off=off,
        days_on=on,
    )


def trust_of(procedure: Procedure, documents: Mapping[str, Document]) -> list[str]:
    """Trust today of each source, in order; see :func:`knowledge.content.source_trust`."""
    return [source_trust(source, documents) for source in procedure.sources]


def _files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.glob("*.yaml") if not p.name.startswith("_"))


def _no_name_twice(procedures: Iterable[Procedure], forms: Iterable[Form]) -> None:
    seen: dict[str, str] = {}
    things: list[Procedure | Form] = [*procedures, *forms]
    for thing in things:
        for name in (thing.id, *thing.also):
            if name in seen:
                raise ContentError(thing.id, 0, f"{name} also names {seen[name]}")
            seen[name] = thing.id


def _lines(top: Node) -> dict[str, str]:
    record = top.record(frozenset(LINES), frozenset())
    for name, node in record.items():
        if sorted(slots_of(node.text())) != sorted(LINES[name]):
            node.fail(f"{name} holds the slots {', '.join(LINES[name]) or '(none)'}, once each")
    return {name: node.text() for name, node in record.items()}


def _words(top: Node) -> Words:
    record = top.record(WORDS, frozenset())
    said: dict[str, str] = {}
    lists: dict[str, tuple[str, ...]] = {}
    for name, node in record.items():
        for item in node.items():
            if item.text() in said:
                item.fail(f"{item.text()} stands under {said[item.text()]} too")
            said[item.text()] = name
        lists[name] = tuple(item.text() for item in node.items())
    return Words(**lists)


def _days(top: Node) -> tuple[dict[str, str], frozenset[str]]:
    record = top.record(frozenset({"off", "on"}), frozenset())
    off: dict[str, str] = {}
    for item in record["off"].items():
        day = item.record(frozenset({"day", "name"}), frozenset())
        off[full_date(day["day"])] = day["name"].text()
    return off, frozenset(full_date(item) for item in record["on"].items())
