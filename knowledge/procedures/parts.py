"""Reads the parts that procedures and forms share: questions, conditions, sources."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

import yaml

from knowledge.content import LONGEST_SENTENCE, sentences
from knowledge.procedures.model import (
    ALWAYS,
    Ask,
    Choice,
    Condition,
    Kind,
    Near,
    Test,
    Value,
)
from knowledge.records import Document, EntrySource
from knowledge.trust import TRUSTS, as_trust
from knowledge.yaml_lines import Value as Node

OURS = ("paper_", "check_papers")
"""How the ids of questions begin that the program makes itself."""

_ID = re.compile(r"[a-z][a-z0-9_]*")
_LIMIT = re.compile(r"(<=|>=|<|>)\s*(\d+)")
_ASK = frozenset({"id", "kind", "ask"})
_ASK_MAY = frozenset(
    {"say", "choices", "when", "help", "near", "min", "max", "unit", "personal", "dots", "lines",
     "label"}
)  # fmt: skip


@dataclass(slots=True)
class Reader:
    """What a file's parts need to know of the rest of it while it is read."""

    documents: Mapping[str, Document]
    sources: dict[str, EntrySource] = field(default_factory=dict)
    asks: dict[str, Ask] = field(default_factory=dict)
    """The questions read so far: a condition may only look back."""

    def source_of(self, record: Mapping[str, Node]) -> EntrySource:
        """The source that a record names, or the file's first one."""
        if "source" not in record:
            return next(iter(self.sources.values()))
        name = record["source"]
        if name.text() not in self.sources:
            name.fail(f"unknown source {name.text()}")
        return self.sources[name.text()]

    def condition_of(self, record: Mapping[str, Node]) -> Condition:
        """The condition of a record; without one it always holds."""
        if "when" not in record:
            return ALWAYS
        node = record["when"]
        # A mapping is one group; a list holds several, any of which is enough.
        nodes = [node] if isinstance(node.node, yaml.MappingNode) else node.items()
        return Condition(tuple(self._group(n) for n in nodes))

    def _group(self, node: Node) -> tuple[Test, ...]:
        tests = []
        for key, value in node.fields():
            ask = self.asks.get(key.text())
            if ask is None:
                key.fail(f"{key.text()} is no earlier question")
            tests.append(_test(ask, value))
        if not tests:
            node.fail("a condition is missing")
        return tuple(tests)


def read_sources(node: Node, reader: Reader) -> None:
    """Fill ``reader.sources`` from a mapping of name to source."""
    for key, value in node.fields():
        record = value.record(frozenset({"document"}), frozenset({"where", "trust"}))
        document = record["document"]
        if document.text() not in reader.documents:
            document.fail(f"unknown document {document.text()}")
        trust = reader.documents[document.text()].trust
        if "trust" in record:
            own = as_trust(record["trust"].text())
            if own is None:
                record["trust"].fail(f"trust is one of {', '.join(TRUSTS)}")
            trust = own
        where = record["where"].text() if "where" in record else ""
        reader.sources[key.text()] = EntrySource(document.text(), trust, where)
    if not reader.sources:
        node.fail("a source is missing")


def read_ask(node: Node, reader: Reader) -> Ask:
    """One question, which ``reader`` then knows."""
    record = node.record(_ASK, _ASK_MAY)
    name, kind = read_id(record["id"]), _kind(record["kind"])
    if name in reader.asks:
        record["id"].fail(f"question {name} stands twice")
    if name.startswith(OURS):
        record["id"].fail(f"names beginning with {' or '.join(OURS)} are the program's")
    _only(record, "choices", kind == "choice", "a choice, and nothing else, has choices")
    _only(record, "near", kind == "date", "only a date has near", may=True)
    for bound in ("min", "max", "unit"):
        _only(record, bound, kind == "number", f"only a number has {bound}", may=True)
    near: Near = "any"
    if "near" in record:
        found = next((n for n in get_args(Near) if n == record["near"].text()), None)
        if found is None:
            record["near"].fail(f"near is one of {', '.join(get_args(Near))}")
        near = found
    ask = Ask(
        id=name,
        kind=kind,
        ask=record["ask"].text(),
        say=spoken(record["say"] if "say" in record else record["ask"], record["ask"].text()),
        line=record["id"].line,
        choices=_choices(record["choices"]) if "choices" in record else (),
        when=reader.condition_of(record),
        help=spoken(record["help"], record["help"].text()) if "help" in record else "",
        near=near,
        minimum=number(record["min"]) if "min" in record else 0,
        maximum=number(record["max"]) if "max" in record else 1_000_000_000,
        unit=record["unit"].text() if "unit" in record else "",
        personal=flag(record, "personal"),
        dots=number(record["dots"]) if "dots" in record else 30,
        lines=number(record["lines"]) if "lines" in record else 0,
        label=record["label"].text() if "label" in record else record["ask"].text(),
    )
    if ask.minimum > ask.maximum:
        record["min"].fail("min is above max")
    reader.asks[name] = ask
    return ask


def read_id(node: Node) -> str:
    """A name made of small letters, digits and ``_``."""
    if not _ID.fullmatch(node.text()):
        node.fail(f"{node.text()!r} is no name: small letters, digits and _")
    return node.text()


def spoken(node: Node, text: str) -> str:
    """A text that a voice can say: no sentence longer than a breath."""
    said = node.text()
    for sentence in sentences(said or text):
        if len(sentence.split()) > LONGEST_SENTENCE:
            node.fail(f"a sentence of {len(sentence.split())} words: {sentence[:40]}…")
    return said


def number(node: Node) -> int:
    """A whole number, which may be negative."""
    if not re.fullmatch(r"-?\d+", node.text()):
        node.fail(f"{node.text()!r} is no whole number")
    return int(node.text())


def flag(record: Mapping[str, Node], name: str, default: bool = False) -> bool:
    """``yes`` or ``no``."""
    if name not in record:
        return default
    if record[name].text() not in ("yes", "no"):
        record[name].fail(f"{name} is yes or no")
    return record[name].text() == "yes"


def full_date(node: Node) -> str:
    """A full date, ``YYYY-MM-DD``."""
    text = node.text()
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        node.fail(f"{text} is not a full date, YYYY-MM-DD")
    try:
        date.fromisoformat(text)
    except ValueError:
        node.fail(f"{text} does not exist")
    return text


def _test(ask: Ask, node: Node) -> Test:
    if ask.kind in ("date", "text"):
        node.fail(f"{ask.id} is a {ask.kind}: no condition can look at it")
    if ask.kind == "number":
        limit = _LIMIT.fullmatch(node.text())
        if limit:
            op: Literal["<", "<=", ">", ">="] = limit[1]  # type: ignore[assignment]
            return Test(ask.id, op, (int(limit[2]),))
        return Test(ask.id, "=", (number(node),))
    nodes = node.items() if isinstance(node.node, yaml.SequenceNode) else [node]
    return Test(ask.id, "=", tuple(_answer(ask, n) for n in nodes))


def _answer(ask: Ask, node: Node) -> Value:
    if ask.kind == "yesno":
        return flag({ask.id: node}, ask.id)
    if node.text() not in {choice.value for choice in ask.choices}:
        node.fail(f"{ask.id} has no choice {node.text()}")
    return node.text()


def _kind(node: Node) -> Kind:
    kind: Kind | None = next((k for k in get_args(Kind) if k == node.text()), None)
    if kind is None:
        node.fail(f"kind is one of {', '.join(get_args(Kind))}")
    return kind


def _choices(node: Node) -> tuple[Choice, ...]:
    choices: dict[str, Choice] = {}
    for item in node.items():
        record = item.record(frozenset({"value", "label"}), frozenset({"say"}))
        value, label = read_id(record["value"]), record["label"].text()
        say = [n.text() for n in record["say"].items()] if "say" in record else []
        if value in choices:
            record["value"].fail(f"choice {value} stands twice")
        choices[value] = Choice(value, label, tuple(say) or (label.lower(),))
    if len(choices) < 2:
        node.fail("at least two choices")
    said = [text for choice in choices.values() for text in choice.say]
    if len(said) != len(set(said)):
        node.fail("two choices are said alike")
    return tuple(choices.values())


def _only(
    record: Mapping[str, Node], name: str, wanted: bool, message: str, *, may: bool = False
) -> None:
    if name in record and not wanted:
        record[name].fail(message)
    if wanted and not may and name not in record:
        record["id"].fail(message)
