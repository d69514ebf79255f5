"""What the shipped files say about meetings, as plain records; :mod:`.rule_files` reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from knowledge.trust import Trust

Kind = Literal["regular", "thematic", "combined"]
"""``thường kỳ``, ``chuyên đề``, or one after the other on the same day."""

Records = Literal["", "attendance", "vote", "score"]
"""What the kiosk offers to write down during an item."""

Section = Literal["", "review", "direction", "assignment", "opinions"]
"""Part of the resolution's draft that the notes of an item go into."""

Threshold = Literal["more_than_half", "two_thirds"]

BaseName = Literal["counted", "present"]
"""What votes are measured by; see :mod:`.cell`."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a rule rests on."""

    sources: tuple[str, ...] = ()
    """Name, date and place of each document: ``Hướng dẫn 42-HD/BTCTW ngày 28-10-2025, mục 4``."""
    trust: Trust = "cần kiểm tra"
    """Of the weakest source today; without a source nothing is certain."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that may stand in an agenda."""

    id: str
    title: str
    lead: str
    """Who leads it."""
    guidance: str
    """Read aloud when it begins."""
    records: Records
    vote: str
    """Id of the kind of vote that belongs to it; empty without."""
    section: Section
    basis: Basis


@dataclass(frozen=True, slots=True)
class Slot:
    """An item's place in an agenda."""

    item: str
    part: str
    """Mở đầu, Tiến hành …"""
    minutes: int
    """At the agenda's standard length."""
    least: int
    share: int
    """Its part of time added or taken away; 0 keeps it as it is."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The agenda of one kind of meeting, before it is fitted to a length."""

    kind: Kind
    title: str
    subject: str
    """As it goes on in a sentence or under the name of a document."""
    standard: int
    """Minutes that its slots add up to."""
    own: str
    """Item behind which the cell's own business goes."""
    slots: tuple[Slot, ...]
    basis: Basis


@dataclass(frozen=True, slots=True)
class Duration:
    """The shortest a meeting may be."""

    kind: Kind | Literal["any"]
    members_from: int
    """Holds for cells with at least so many members, official and probationary."""
    minutes: int
    basis: Basis


@dataclass(frozen=True, slots=True)
class Ward:
    """What a ward's Party committee sets for its cells."""

    id: str
    title: str
    durations: tuple[Duration, ...]
    """The first that fits holds; the last fits all."""
    quorum: Fraction
    """Of the official members who are convened."""
    quorum_basis: Basis
    goal: int
    """Percent of members who should attend."""
    goal_basis: Basis

    def duration(self, kind: Kind, members: int) -> Duration:
        """The shortest a meeting of this kind may be in a cell of so many members."""
        return next(
            d for d in self.durations if d.kind in ("any", kind) and members >= d.members_from
        )


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the preparation, or of what follows."""

    id: str
    title: str
    kinds: frozenset[Kind]
    days: int
    """From the day of the meeting: negative before it."""
    rule: bool
    """True: a document sets the limit. False: the day is our proposal."""
    basis: Basis


@dataclass(frozen=True, slots=True)
class VoteKind:
    """Something that is voted on."""

    id: str
    title: str
    threshold: Threshold
    base: BaseName
    note: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Base:
    """What votes are measured by."""

    id: BaseName
    title: str
    note: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the self-scoring."""

    id: str
    title: str
    points: Decimal
    """The most it can get."""
    parts: tuple[Criterion, ...] = ()
    """With parts, they are scored and not this."""
    hint: str = ""
    steps: tuple[tuple[int, Decimal], ...] = ()
    """Percent of members present, from the highest, and the points from there up."""
    unexcused: Decimal = Decimal(0)
    """Points when somebody was absent without a reason."""
    bonus: Decimal = Decimal(0)
    """More points when nobody was absent with a reason more than three times running."""


@dataclass(frozen=True, slots=True)
class Rubric:
    """The self-scoring of a meeting."""

    title: str
    criteria: tuple[Criterion, ...]
    levels: tuple[tuple[Decimal, str], ...]
    """Points from which a level holds, from the highest, and its name."""
    basis: Basis

    @property
    def scored(self) -> tuple[Criterion, ...]:
        """Every line that gets points, in order; a part's id is ``criterion.part``."""
        return tuple(line for c in self.criteria for line in (c.parts or (c,)))


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything the files say."""

    items: Mapping[str, Item]
    outlines: Mapping[Kind, Outline]
    wards: Mapping[str, Ward]
    steps: tuple[Step, ...]
    votes: Mapping[str, VoteKind]
    bases: Mapping[BaseName, Base]
    methods: Mapping[str, str]
    """How a vote is taken: id and name."""
    rubric: Rubric
    lines: Mapping[str, str]
    """Sentences that are shown, said and written, with slots in braces."""
