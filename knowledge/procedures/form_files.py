"""Reads one form's file: its fields and its drawing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from knowledge.procedures.model import ALWAYS, Form, Line
from knowledge.procedures.parts import Reader, number, read_ask, read_sources, spoken
from knowledge.records import Document
from knowledge.yaml_lines import Value as Node

FIELD = re.compile(r"\{\{\s*(\w+)\s*\}\}")
"""A field in a line of a form's drawing."""

MADE = frozenset({"ngay", "thang", "nam"})
"""Fields that the program fills: the day on which the form is made, or dots."""

_TOP = frozenset({"title", "about", "source", "fields", "body"})
_TOP_MAY = frozenset({"also", "number"})


def read_form(top: Node, name: str, documents: Mapping[str, Document]) -> Form:
    """The form of a file named ``name``.yaml.

    Raises:
        ContentError: with file and line, for the first thing that is wrong.
    """
    record = top.record(_TOP, _TOP_MAY)
    reader = Reader(documents)
    read_sources(record["source"], reader)
    asks = tuple(read_ask(node, reader) for node in record["fields"].items())
    for ask in asks:
        if ask.when != ALWAYS:
            record["fields"].fail(f"field {ask.id}: a form asks for every field")
    known = {ask.id for ask in asks} | MADE
    drawn: set[str] = set()
    body = []
    for node in record["body"].items():
        line = _line(node)
        for used in fields_of(line):
            if used not in known:
                node.fail(f"unknown field {used}")
            drawn.add(used)
        body.append(line)
    for ask in asks:
        if ask.id not in drawn:
            record["fields"].fail(f"field {ask.id} is asked for and drawn nowhere")
    return Form(
        id=name,
        title=record["title"].text(),
        about=spoken(record["about"], ""),
        also=tuple(n.text() for n in record["also"].items()) if "also" in record else (),
        number=record["number"].text() if "number" in record else "",
        source=next(iter(reader.sources.values())),
        questions=asks,
        body=tuple(body),
    )


def fields_of(line: Line) -> Iterator[str]:
    """Names of the fields that a line shows."""
    texts = [line.text, *line.left, *line.right, *(text for _, _, text in line.columns)]
    for text in texts:
        yield from FIELD.findall(text)


def _line(node: Node) -> Line:
    pairs = list(node.fields())
    if len(pairs) != 1:
        node.fail("a line has one kind")
    key, value = pairs[0]
    kind = key.text()
    if kind in ("title", "subtitle", "to", "text"):
        return Line(kind, text=value.text())  # type: ignore[arg-type]
    if kind in ("head", "person_head"):
        return _head(kind, value)
    if kind == "table":
        record = value.record(frozenset({"columns", "empty"}), frozenset())
        columns = []
        for item in record["columns"].items():
            column = item.record(frozenset({"name", "width"}), frozenset({"field"}))
            text = column["field"].text() if "field" in column else ""
            columns.append((column["name"].text(), number(column["width"]), text))
        if sum(width for _, width, _ in columns) > 165:
            value.fail("the table is wider than the page, 165 mm")
        return Line("table", columns=tuple(columns), empty=number(record["empty"]))
    if kind != "sign":
        key.fail(f"unknown kind of line {kind}")
    record = value.record(frozenset({"right"}), frozenset({"left"}))
    left = tuple(n.text(empty=True) for n in record["left"].items()) if "left" in record else ()
    return Line("sign", left=left, right=tuple(n.text() for n in record["right"].items()))


def _head(kind: str, value: Node) -> Line:
    record = value.record(frozenset({"place"}), frozenset({"left", "number"}))
    left = tuple(n.text() for n in record["left"].items()) if "left" in record else ()
    if (kind == "head") != bool(left):
        value.fail("a head names the organisation at the left; a person_head has none")
    if kind == "head":
        # Where the document's number and sign stand: below the organisation.
        number = (record["number"].text(),) if "number" in record else ()
        return Line("head", text=record["place"].text(), left=left, right=number)
    if "number" in record:
        record["number"].fail("a person's paper bears no number")
    return Line("person_head", text=record["place"].text())
