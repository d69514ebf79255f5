"""What a procedure and a form are: plain data, loaded from YAML by :mod:`.loader`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from knowledge.records import Document, EntrySource
from knowledge.trust import Trust

Kind = Literal["yesno", "choice", "date", "number", "text"]
"""What a question takes as an answer."""

Value = bool | int | str
"""An answer: yes/no as bool, a number as int, a date as ``YYYY-MM-DD``, a choice's value or a
text as str."""

Answers = Mapping[str, Value | None]
"""By question id, in the order they were given; None was skipped."""

Near = Literal["past", "future", "any"]
"""Where the dates lie that a question asks for, seen from today."""

Unit = Literal["working_days", "days", "months", "years"]


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison of an answer: ``question op values``."""

    question: str
    op: Literal["=", "<", "<=", ">", ">="]
    values: tuple[Value, ...]
    """Any of them for ``=``; a single number otherwise."""


@dataclass(frozen=True, slots=True)
class Condition:
    """When something holds: any of the groups, each of them whole. No group: always."""

    groups: tuple[tuple[Test, ...], ...] = ()


ALWAYS = Condition()


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers that a question offers."""

    value: str
    label: str
    """To show on a button."""
    say: tuple[str, ...]
    """What people say for it, the sentence to read aloud first."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A question of a procedure, or a field of a form."""

    id: str
    kind: Kind
    ask: str
    """To show."""
    say: str
    """To read aloud."""
    line: int = 0
    """Where it stands in its file, from 1; 0 for questions that the program makes."""
    choices: tuple[Choice, ...] = ()
    when: Condition = ALWAYS
    help: str = ""
    """What is meant, for those who do not know."""
    near: Near = "any"
    minimum: int = 0
    maximum: int = 1_000_000_000
    unit: str = ""
    """What is counted: "tuổi", "đồng"."""
    personal: bool = False
    """Names, numbers and the like of one person: never kept."""
    dots: int = 30
    """A form's field left empty: this many dots …"""
    lines: int = 0
    """… or this many dotted lines, for long texts."""
    label: str = ""
    """A form's field: its name on lists."""


@dataclass(frozen=True, slots=True)
class Item:
    """A statement with its source: a step, a place, a warning."""

    text: str
    say: str
    source: EntrySource
    when: Condition = ALWAYS
    stop: bool = False
    """A warning after which nothing else needs to be asked: it cannot be done now."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that may have to be brought."""

    id: str
    name: str
    say: str
    source: EntrySource
    when: Condition = ALWAYS
    number: str = ""
    """Number of the official form, such as ``1-TĐV``; its document is the source's."""
    form: str = ""
    """Id of our own template for it."""
    get: str = ""
    """How to get it, for those who do not have it."""
    check: bool = True
    """Whether to ask if it is there. Papers that others write later are only listed."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit that becomes a real date once the day it runs from is known."""

    id: str
    text: str
    """What must be done: "Xuất trình giấy giới thiệu ở nơi đến"."""
    say: str
    after: str
    """Id of the question that asks for the day it runs from."""
    count: int | str
    """How many units; negative: before that day. A text is the id of a number's question."""
    unit: Unit
    basis: str
    """The rule in words: "trong 30 ngày làm việc kể từ ngày được giới thiệu đi"."""
    source: EntrySource
    when: Condition = ALWAYS
    late: str = ""
    """What to do when the day has passed."""
    milestone: bool = False
    """A day on which something becomes true, not one by which it must be done: never overdue."""
    shift: int = 0
    """Months that pass before the count begins: "30 working days after 12 months"."""
    next: tuple[tuple[int, int], ...] = ()
    """(month, day) of yearly occasions: the date is moved to the first on or after it."""


@dataclass(frozen=True, slots=True)
class Procedure:
    """Something a member or a secretary gets done, with everything it takes."""

    id: str
    title: str
    about: str
    also: tuple[str, ...]
    """Other names, for finding it."""
    as_of: str
    sources: tuple[EntrySource, ...]
    trust: Trust
    """Of the weakest source that the procedure rests on."""
    questions: tuple[Ask, ...]
    papers: tuple[Paper, ...]
    steps: tuple[Item, ...]
    warnings: tuple[Item, ...]
    places: tuple[Item, ...]
    deadlines: tuple[Deadline, ...]
    forms: tuple[str, ...] = ()
    """Our own templates that help, beyond those of the papers."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a form's drawing; which fields are used depends on ``kind``."""

    kind: Literal["head", "person_head", "title", "subtitle", "to", "text", "table", "sign"]
    text: str = ""
    columns: tuple[tuple[str, int, str], ...] = ()
    """Of a table: header, width in mm, text of the first row (with ``{{ field }}``)."""
    empty: int = 0
    """Rows of a table to be filled by hand."""
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    """Of signatures: office and name."""


@dataclass(frozen=True, slots=True)
class Form:
    """A paper of our own drawing that is filled by answers."""

    id: str
    title: str
    about: str
    also: tuple[str, ...]
    number: str
    """Number of the official form it stands for; empty when there is none."""
    source: EntrySource
    questions: tuple[Ask, ...]
    body: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What people say instead of a plain answer; from ``_words.yaml``."""

    yes: tuple[str, ...]
    no: tuple[str, ...]
    lacking: tuple[str, ...]
    """"I do not have it": no to a yes-or-no question, and leaves any other one open."""
    skip: tuple[str, ...]
    back: tuple[str, ...]
    repeat: tuple[str, ...]
    explain: tuple[str, ...]
    unsure: tuple[str, ...]
    """"I do not know": the question's help is said, then it may be skipped."""
    filler: tuple[str, ...]
    """Words that change nothing: dạ, thưa, ạ …"""


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that is shipped about procedures and forms, checked."""

    procedures: Mapping[str, Procedure]
    forms: Mapping[str, Form]
    lines: Mapping[str, str]
    """Sentences of the dialogue, by name, with slots in braces."""
    words: Words
    documents: Mapping[str, Document]
    days_off: Mapping[str, str] = field(default_factory=dict)
    """Days off that the calendar does not know, ISO date -> name."""
    days_on: frozenset[str] = frozenset()
    """Saturdays and Sundays that are worked in exchange, ISO dates."""
