"""What is answered: plain records that a screen can draw and a voice can read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from knowledge.trust import Trust


@dataclass(frozen=True, slots=True)
class FoundSource:
    """Where a quotation stands."""

    passage: str
    """Id of the passage: an entry's, or ``<document>#<path>``."""
    document: str
    """Printed name with its date."""
    code: str
    where: str
    """``mục 9.3.2``; empty when it is not known."""
    date: str
    """ISO, as precisely as it is known."""
    in_force: bool
    """No successor is known."""
    in_force_from: str | None
    replaced_by: str
    """Name of the newest successor; marked when that is unsure; empty without one."""
    trust: Trust
    page: int | None
    """Page of the original to open at."""
    section: int | None
    """Row of the section to open at; None for an entry of ours."""
    original: bool
    """Quoted from an imported original, not from a summary of ours."""


@dataclass(frozen=True, slots=True)
class Quote:
    """One to four sentences that stand in one passage, word for word."""

    sentences: tuple[str, ...]
    source: FoundSource
    others: tuple[FoundSource, ...] = ()
    """Of an entry of ours: what else it rests on."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a follow-up goes on from. JSON-serialisable."""

    subject: tuple[str, ...] = ()
    """Words that were looked for, as they were asked."""
    documents: tuple[str, ...] = ()
    """Ids of the documents that were named."""

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Context:
        """The inverse of :meth:`to_json`."""
        return cls(tuple(value.get("subject", ())), tuple(value.get("documents", ())))


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a question."""

    status: Literal["found", "not_found"]
    question: str
    title: str
    quotes: tuple[Quote, ...] = ()
    """One; two when documents disagree; none when nothing was found."""
    text: str = ""
    """To show."""
    spoken: str = ""
    """To read aloud: the source first, then the sentences."""
    confidence: float = 0.0
    """0 to 1; below :data:`knowledge.answering.ask.SURE` nothing is answered."""
    near: tuple[str, ...] = ()
    """Titles that come nearest, when nothing was found."""
    near_ids: tuple[str, ...] = ()
    """Ids of those passages."""
    context: Context = field(default_factory=Context)

    @property
    def sources(self) -> tuple[FoundSource, ...]:
        """Of all quotations."""
        return tuple(s for quote in self.quotes for s in (quote.source, *quote.others))

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)
