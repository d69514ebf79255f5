"""Reads and checks the files under ``knowledge/content/meetings``; errors name file and line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TypeVar, get_args

from knowledge.content import (
    LONGEST_SENTENCE,
    SHIPPED,
    load_content,
    sentences,
    slots_of,
    source_trust,
)
from knowledge.meetings.lines import LINES
from knowledge.meetings.rules import (
    Base,
    BaseName,
    Basis,
    Criterion,
    Duration,
    Item,
    Kind,
    Outline,
    Records,
    Rubric,
    Rules,
    Section,
    Slot,
    Step,
    Threshold,
    VoteKind,
    Ward,
)
from knowledge.records import Document, EntrySource
from knowledge.trust import as_trust, weakest
from knowledge.yaml_lines import Value, read_yaml

KINDS: tuple[Kind, ...] = get_args(Kind)

Documents = Mapping[str, Document]
T = TypeVar("T", bound=str)


@cache
def load_rules(folder: Path = SHIPPED) -> Rules:
    """Everything under ``folder/meetings``, checked.

    Raises:
        ContentError: with file and line, for the first thing that is wrong.
    """
    documents = load_content(folder).documents
    here = folder / "meetings"
    votes_file = _top(here / "votes.yaml", "votes", "bases", "methods")
    votes = {k.text(): _vote(k, v, documents) for k, v in votes_file["votes"].fields()}
    bases = {
        _one_of(k, get_args(BaseName)): _base(k, v, documents)
        for k, v in votes_file["bases"].fields()
    }
    if set(bases) != set(get_args(BaseName)):
        votes_file["bases"].fail("both bases, counted and present, are described")
    items = {
        k.text(): _item(k, v, documents, votes)
        for k, v in _top(here / "items.yaml", "items")["items"].fields()
    }
    outlines = {
        _one_of(k, KINDS): _outline(k, v, documents, items)
        for k, v in _top(here / "agendas.yaml", "agendas")["agendas"].fields()
    }
    wards = {
        k.text(): _ward(k.text(), v, documents)
        for k, v in _top(here / "wards.yaml", "wards")["wards"].fields()
    }
    steps = _top(here / "preparation.yaml", "steps")["steps"].items()
    return Rules(
        items=items,
        outlines=outlines,
        wards=wards,
        steps=tuple(_step(v, documents) for v in steps),
        votes=votes,
        bases=bases,
        methods={k.text(): v.text() for k, v in votes_file["methods"].fields()},
        rubric=_rubric(read_yaml(here / "rubric.yaml"), documents),
        lines=_lines(read_yaml(here / "lines.yaml")),
    )


def load_ward(path: Path, folder: Path = SHIPPED) -> Ward:
    """A ward's own settings: one block like those of ``wards.yaml``.

    Raises:
        ContentError: with file and line.
    """
    return _ward(path.stem, read_yaml(path), load_content(folder).documents)


def _top(path: Path, *names: str) -> dict[str, Value]:
    return read_yaml(path).record(frozenset(names), frozenset())


def _basis(value: Value, documents: Documents) -> Basis:
    names, marks = [], []
    for item in value.items():
        record = item.record(frozenset({"document"}), frozenset({"where", "trust"}))
        document = documents.get(record["document"].text())
        if document is None:
            record["document"].fail(f"unknown document {record['document'].text()}")
        trust = as_trust(record["trust"].text()) if "trust" in record else document.trust
        if trust is None:
            record["trust"].fail("no such trust")
        where = record["where"].text() if "where" in record else ""
        names.append(f"{document.name}, {where}" if where else document.name)
        marks.append(source_trust(EntrySource(document.id, trust, where), documents))
    return Basis(tuple(names), weakest(marks))


def _item(key: Value, value: Value, documents: Documents, votes: Mapping[str, VoteKind]) -> Item:
    record = value.record(
        frozenset({"title", "lead", "guidance", "sources"}),
        frozenset({"records", "vote", "section"}),
    )
    vote = record["vote"].text() if "vote" in record else ""
    if vote and vote not in votes:
        record["vote"].fail(f"unknown vote {vote}")
    guidance = record["guidance"].text()
    if guidance[-1] not in ".?!":
        record["guidance"].fail("a text that is read aloud ends with a full stop")
    for sentence in sentences(guidance):
        if len(sentence.split()) > LONGEST_SENTENCE:
            record["guidance"].fail(f"a sentence of {len(sentence.split())} words")
    return Item(
        id=key.text(),
        title=record["title"].text(),
        lead=record["lead"].text(),
        guidance=guidance,
        records=_one_of(record["records"], get_args(Records)) if "records" in record else "",
        vote=vote,
        section=_one_of(record["section"], get_args(Section)) if "section" in record else "",
        basis=_basis(record["sources"], documents),
    )


def _outline(key: Value, value: Value, documents: Documents, items: Mapping[str, Item]) -> Outline:
    record = value.record(
        frozenset({"title", "subject", "standard", "own", "sources", "parts"}), frozenset()
    )
    slots: list[Slot] = []
    for part in record["parts"].items():
        fields = part.record(frozenset({"part", "items"}), frozenset())
        for line in fields["items"].items():
            slot = line.record(frozenset({"item", "minutes", "least"}), frozenset({"share"}))
            name = slot["item"].text()
            if name not in items:
                slot["item"].fail(f"unknown item {name}")
            if any(name == s.item for s in slots):
                slot["item"].fail(f"{name} stands twice")
            minutes, least = whole(slot["minutes"], 1), whole(slot["least"], 1)
            if least > minutes:
                slot["least"].fail("least is more than minutes")
            share = whole(slot["share"], 1) if "share" in slot else 0
            slots.append(Slot(name, fields["part"].text(), minutes, least, share))
    standard = whole(record["standard"], 1)
    if (total := sum(s.minutes for s in slots)) != standard:
        record["standard"].fail(f"the minutes add up to {total}")
    if not any(s.share for s in slots):
        record["parts"].fail("no item takes a share of added time")
    own = record["own"].text()
    if all(own != s.item for s in slots):
        record["own"].fail(f"{own} is not in this agenda")
    return Outline(
        kind=_one_of(key, KINDS),
        title=record["title"].text(),
        subject=record["subject"].text(),
        standard=standard,
        own=own,
        slots=tuple(slots),
        basis=_basis(record["sources"], documents),
    )


def _ward(name: str, value: Value, documents: Documents) -> Ward:
    record = value.record(
        frozenset({"title", "durations", "quorum", "attendance_goal"}), frozenset()
    )
    durations: list[Duration] = []
    for line in record["durations"].items():
        d = line.record(frozenset({"kind", "minutes", "sources"}), frozenset({"members_from"}))
        durations.append(
            Duration(
                "any" if d["kind"].text() == "any" else _one_of(d["kind"], KINDS),
                whole(d["members_from"], 0) if "members_from" in d else 0,
                whole(d["minutes"], 1),
                _basis(d["sources"], documents),
            )
        )
    if not durations or durations[-1].kind != "any" or durations[-1].members_from:
        record["durations"].fail("the last duration fits every meeting: kind any, no members_from")
    quorum = record["quorum"].record(frozenset({"fraction", "sources"}), frozenset())
    goal = record["attendance_goal"].record(frozenset({"percent", "sources"}), frozenset())
    return Ward(
        id=name,
        title=record["title"].text(),
        durations=tuple(durations),
        quorum=_fraction(quorum["fraction"]),
        quorum_basis=_basis(quorum["sources"], documents),
        goal=whole(goal["percent"], 1, 100),
        goal_basis=_basis(goal["sources"], documents),
    )


def _step(value: Value, documents: Documents) -> Step:
    record = value.record(
        frozenset({"id", "title", "kinds", "days", "set_by", "sources"}), frozenset()
    )
    return Step(
        id=record["id"].text(),
        title=record["title"].text(),
        kinds=frozenset(_one_of(kind, KINDS) for kind in record["kinds"].items()),
        days=whole(record["days"], -365, 365),
        rule=_one_of(record["set_by"], ("rule", "us")) == "rule",
        basis=_basis(record["sources"], documents),
    )


def _vote(key: Value, value: Value, documents: Documents) -> VoteKind:
    record = value.record(frozenset({"title", "threshold", "base", "sources"}), frozenset({"note"}))
    return VoteKind(
        id=key.text(),
        title=record["title"].text(),
        threshold=_one_of(record["threshold"], get_args(Threshold)),
        base=_one_of(record["base"], get_args(BaseName)),
        note=record["note"].text() if "note" in record else "",
        basis=_basis(record["sources"], documents),
    )


def _base(key: Value, value: Value, documents: Documents) -> Base:
    record = value.record(frozenset({"title", "note", "sources"}), frozenset())
    return Base(
        _one_of(key, get_args(BaseName)),
        record["title"].text(),
        record["note"].text(),
        _basis(record["sources"], documents),
    )


def _rubric(top: Value, documents: Documents) -> Rubric:
    record = top.record(frozenset({"title", "sources", "criteria", "levels"}), frozenset())
    criteria = tuple(_criterion(k.text(), v) for k, v in record["criteria"].fields())
    if (total := sum(c.points for c in criteria)) != 100:
        record["criteria"].fail(f"the points add up to {total}, not 100")
    levels = []
    for line in record["levels"].items():
        level = line.record(frozenset({"title", "from"}), frozenset())
        levels.append((_points(level["from"]), level["title"].text()))
    if levels != sorted(levels, reverse=True) or levels[-1][0] != 0:
        record["levels"].fail("levels go down, and the last begins at 0")
    return Rubric(
        record["title"].text(), criteria, tuple(levels), _basis(record["sources"], documents)
    )


def _criterion(name: str, value: Value) -> Criterion:
    record = value.record(
        frozenset({"title"}),
        frozenset({"points", "parts", "hint", "steps", "unexcused", "bonus"}),
    )
    if ("points" in record) == ("parts" in record):
        value.fail("either points or parts")
    parts: tuple[Criterion, ...] = ()
    if "parts" in record:
        parts = tuple(_criterion(f"{name}.{k.text()}", v) for k, v in record["parts"].fields())
    steps = []
    for line in record["steps"].items() if "steps" in record else []:
        step = line.record(frozenset({"percent", "points"}), frozenset())
        steps.append((whole(step["percent"], 0, 100), _points(step["points"])))
    if steps and (steps != sorted(steps, reverse=True) or steps[-1][0] != 0):
        record["steps"].fail("steps go down, and the last begins at 0")
    return Criterion(
        id=name,
        title=record["title"].text(),
        points=(sum((p.points for p in parts), Decimal(0)) if parts else _points(record["points"])),
        parts=parts,
        hint=record["hint"].text() if "hint" in record else "",
        steps=tuple(steps),
        unexcused=_points(record["unexcused"]) if "unexcused" in record else Decimal(0),
        bonus=_points(record["bonus"]) if "bonus" in record else Decimal(0),
    )


def _lines(top: Value) -> dict[str, str]:
    record = top.record(frozenset(LINES), frozenset())
    for name, value in record.items():
        if sorted(slots_of(value.text())) != sorted(LINES[name]):
            value.fail(f"{name} holds the slots {', '.join(LINES[name]) or '(none)'}, once each")
    return {name: value.text() for name, value in record.items()}


def whole(value: Value, least: int, most: int = 100_000) -> int:
    """A whole number of a file, within bounds."""
    text = value.text()
    if not re.fullmatch(r"-?\d{1,6}", text, re.ASCII) or not least <= int(text) <= most:
        value.fail(f"{text} is not a whole number from {least} to {most}")
    return int(text)


def _fraction(value: Value) -> Fraction:
    match = re.fullmatch(r"([1-9]\d?)/([1-9]\d?)", value.text(), re.ASCII)
    if not match or not 0 < Fraction(int(match[1]), int(match[2])) <= 1:
        value.fail(f"{value.text()} is not a fraction like 2/3")
    return Fraction(int(match[1]), int(match[2]))


def _points(value: Value) -> Decimal:
    try:
        points = Decimal(value.text())
    except InvalidOperation:
        value.fail(f"{value.text()} is not a number")
    if not (points.is_finite() and 0 <= points <= 100):
        value.fail(f"{value.text()} is not a number of points from 0 to 100")
    return points


def _one_of(value: Value, choices: tuple[T, ...]) -> T:
    found = next((choice for choice in choices if choice == value.text()), None)
    if found is None:
        value.fail(f"{value.text()} is none of {', '.join(c for c in choices if c)}")
    return found
