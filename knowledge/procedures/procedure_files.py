"""Reads one procedure's file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import get_args

import yaml

from knowledge.content import source_trust
from knowledge.procedures.model import Deadline, Item, Paper, Procedure, Unit
from knowledge.procedures.parts import (
    Reader,
    flag,
    full_date,
    number,
    read_ask,
    read_id,
    read_sources,
    spoken,
)
from knowledge.records import Document
from knowledge.trust import weakest
from knowledge.yaml_lines import Value as Node

_TOP = frozenset({"title", "about", "as_of", "sources", "questions", "steps", "where"})
_TOP_MAY = frozenset({"also", "papers", "warnings", "deadlines", "forms"})
_ITEM_MAY = frozenset({"say", "source", "when"})


def read_procedure(
    top: Node, name: str, documents: Mapping[str, Document], forms: frozenset[str]
) -> Procedure:
    """The procedure of a file named ``name``.yaml; ``forms`` are the templates there are.

    Raises:
        ContentError: with file and line, for the first thing that is wrong.
    """
    record = top.record(_TOP, _TOP_MAY)
    reader = Reader(documents)
    read_sources(record["sources"], reader)
    questions = tuple(read_ask(node, reader) for node in record["questions"].items())
    papers = tuple(_paper(n, reader, forms) for n in _list(record, "papers"))
    _unlike(papers, record.get("papers", top))
    deadlines = tuple(_deadline(n, reader) for n in _list(record, "deadlines"))
    _unlike(deadlines, record.get("deadlines", top))
    used = tuple(reader.sources.values())
    return Procedure(
        id=name,
        title=record["title"].text(),
        about=spoken(record["about"], ""),
        also=tuple(n.text() for n in _list(record, "also")),
        as_of=full_date(record["as_of"]),
        sources=used,
        trust=weakest(source_trust(source, documents) for source in used),
        questions=questions,
        papers=papers,
        steps=tuple(_item(n, reader) for n in record["steps"].items()),
        warnings=tuple(_item(n, reader, stop=True) for n in _list(record, "warnings")),
        places=tuple(_item(n, reader) for n in record["where"].items()),
        deadlines=deadlines,
        forms=tuple(_form(n, forms) for n in _list(record, "forms")),
    )


def _list(record: Mapping[str, Node], name: str) -> list[Node]:
    return record[name].items() if name in record else []


def _unlike(parts: tuple[Paper, ...] | tuple[Deadline, ...], node: Node) -> None:
    ids = [part.id for part in parts]
    for one in ids:
        if ids.count(one) > 1:
            node.fail(f"{one} stands twice")


def _form(node: Node, forms: frozenset[str]) -> str:
    if node.text() not in forms:
        node.fail(f"unknown form {node.text()}")
    return node.text()


def _item(node: Node, reader: Reader, *, stop: bool = False) -> Item:
    if isinstance(node.node, yaml.ScalarNode):
        return Item(spoken(node, ""), node.text(), reader.source_of({}))
    record = node.record(
        frozenset({"text"}), _ITEM_MAY | (frozenset({"stop"}) if stop else frozenset())
    )
    text = spoken(record["text"], "")
    return Item(
        text=text,
        say=spoken(record["say"], "") if "say" in record else text,
        source=reader.source_of(record),
        when=reader.condition_of(record),
        stop=flag(record, "stop"),
    )


def _paper(node: Node, reader: Reader, forms: frozenset[str]) -> Paper:
    record = node.record(frozenset({"id", "name"}), _ITEM_MAY | {"number", "form", "get", "check"})
    name = record["name"].text()
    return Paper(
        id=read_id(record["id"]),
        name=name,
        say=spoken(record["say"], "") if "say" in record else name,
        source=reader.source_of(record),
        when=reader.condition_of(record),
        number=record["number"].text() if "number" in record else "",
        form=_form(record["form"], forms) if "form" in record else "",
        get=spoken(record["get"], "") if "get" in record else "",
        check=flag(record, "check", True),
    )


def _deadline(node: Node, reader: Reader) -> Deadline:
    record = node.record(
        frozenset({"id", "text", "after", "count", "unit", "basis"}),
        _ITEM_MAY | {"late", "next", "shift", "milestone"},
    )
    after = reader.asks.get(record["after"].text())
    if after is None or after.kind != "date":
        record["after"].fail(f"{record['after'].text()} is no question for a date")
    unit = next((u for u in get_args(Unit) if u == record["unit"].text()), None)
    if unit is None:
        record["unit"].fail(f"unit is one of {', '.join(get_args(Unit))}")
    count: int | str
    counted = reader.asks.get(record["count"].text())
    if counted is not None:
        if counted.kind != "number":
            record["count"].fail(f"{counted.id} is no question for a number")
        count = counted.id
    else:
        count = number(record["count"])
    text = record["text"].text()
    return Deadline(
        id=read_id(record["id"]),
        text=text,
        say=spoken(record["say"], "") if "say" in record else text,
        after=after.id,
        count=count,
        unit=unit,
        basis=record["basis"].text(),
        source=reader.source_of(record),
        when=reader.condition_of(record),
        late=spoken(record["late"], "") if "late" in record else "",
        milestone=flag(record, "milestone"),
        shift=number(record["shift"]) if "shift" in record else 0,
        next=tuple(_occasion(n) for n in record["next"].items()) if "next" in record else (),
    )


def _occasion(node: Node) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{2})-(\d{2})", node.text())
    if not match:
        node.fail("an occasion is a month and a day, MM-DD")
    month, day = int(match[1]), int(match[2])
    # A common year: an occasion exists every year.
    if not (1 <= month <= 12 and 1 <= day <= (28 if month == 2 else 30)):
        node.fail(f"{node.text()} does not exist in every year")
    return month, day
