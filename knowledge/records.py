"""The plain records of this room: documents, entries and where they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from knowledge.trust import Trust

EntryKind = Literal["answer", "summary"]
"""``answer``: to a question. ``summary``: what one document is about."""


@dataclass(frozen=True, slots=True)
class Document:
    """One Party or state document, or a newspaper article, that answers rest on."""

    id: str
    """Ours, with the year: the symbol alone does not tell 01-HD/TW of 2021 from that of 2026."""
    kind: str
    """In lower case: ``quy định``, ``hướng dẫn`` …; ``văn bản`` when it is not known."""
    number: str
    """As written, with its leading zero; empty for documents without one."""
    code: str
    """Symbol: ``50-CT/TW``; empty for documents without one."""
    date: str
    """``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``, as precisely as it is known; or empty."""
    issuer: str
    title: str
    """What it is about, in a few words that follow its name: ``về đảng phí``."""
    trust: Trust
    in_force_from: str | None = None
    """Like ``date``."""
    replaced_by: str | None = None
    """Id of the document that took its place."""
    replaced_trust: Trust | None = None
    """How sure that is."""
    note: str = ""

    @property
    def name(self) -> str:
        """Printed and spoken name: ``Hướng dẫn 42-HD/BTCTW ngày 28-10-2025``."""
        return f"{self._undated} {say_date(self.date)}".rstrip()

    @property
    def brief(self) -> str:
        """The name as it is said within a sentence: ``Hướng dẫn 01-HD/TW năm 2026``.

        The year is never left out: it tells documents of the same symbol apart.
        """
        return f"{self._undated} {say_date(self.date[:4])}".rstrip()

    @property
    def _undated(self) -> str:
        kind = self.kind[:1].upper() + self.kind[1:]
        return f"{kind} {self.code or self.title}"


@dataclass(frozen=True, slots=True)
class EntrySource:
    """What an entry takes from a document."""

    document: str
    """Id."""
    trust: Trust
    """Of what is taken: a well-known document may be quoted second-hand."""
    where: str = ""
    """Điều, mục …; empty when it is not known."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer, or the summary of one document, in our own words."""

    id: str
    """Of an answer to an intent: the intent's name."""
    kind: EntryKind
    topic: str
    title: str
    text: str
    """Short sentences, made to be read aloud."""
    trust: Trust
    as_of: str
    """ISO date of the last check against what was known."""
    sources: tuple[EntrySource, ...]
    document: str | None = None
    """Of a summary: the id of the document."""
    caution: str = ""
    """What to say of its uncertainty; empty takes the general sentence."""
    leads: tuple[str, ...] = ()
    """Opening sentences with slots in braces; the first one whose slots are all known is said."""
    follow_ups: tuple[str, ...] = ()
    """Ids of entries to ask next."""
    asked: tuple[str, ...] = ()
    """Other ways to ask for it: searched, never shown."""


def successors(document: Document, documents: Mapping[str, Document]) -> tuple[Document, ...]:
    """The documents that replaced ``document``, one after the other; empty when none is known."""
    chain: list[Document] = []
    at = document.replaced_by
    while at is not None and at in documents and documents[at] not in (document, *chain):
        chain.append(documents[at])
        at = documents[at].replaced_by
    return tuple(chain)


def heir_of(document: Document, documents: Mapping[str, Document]) -> Document:
    """The last of its successors: what holds today as far as is known; itself without any."""
    return (document, *successors(document, documents))[-1]


def say_date(date: str) -> str:
    """A full or partial ISO date as it stands after a document's name; empty when unknown.

    >>> say_date("2025-10-28"), say_date("2025-11"), say_date("2000")
    ('ngày 28-10-2025', 'tháng 11-2025', 'năm 2000')
    """
    parts = [part.lstrip("0") for part in date.split("-") if part]
    if not parts:
        return ""
    return ("năm ", "tháng ", "ngày ")[len(parts) - 1] + "-".join(reversed(parts))
