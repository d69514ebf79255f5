"""What a search gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from knowledge.records import Document
from knowledge.trust import Trust


@dataclass(frozen=True, slots=True)
class Passage:
    """A short text that can answer: an entry of ours, or a section of an original."""

    kind: Literal["entry", "section"]
    id: str
    """The entry's id, or ``<document>#<path of the section>``."""
    title: str
    """Of an entry its title, of a section its heading or the one above it."""
    text: str
    headings: str = ""
    """Of a section: the headings above it; of an entry: other ways to ask for it."""
    document: Document | None = None
    """Of a section: the document; of an entry: the first one it rests on."""
    section: int | None = None
    """Row of the section; None for an entry."""
    label: str = ""
    """Where in the document: ``mục 9.3.2``, ``Điều 5, khoản 1``."""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, with how well it fits."""

    passage: Passage
    score: float
    """For the order: higher is better; comparable within one search only."""
    coverage: float
    """Share of what was asked, by how telling its words are, that the passage holds: 0 to 1."""
    in_force: bool
    """No successor of the document is known."""
    trust: Trust
    replaced_by: str = ""
    """Name of the newest document known to have replaced it; marked when that is unsure."""
    snippet: tuple[tuple[str, bool], ...] = ()
    """The place of the hit: pieces of text, and whether they are hit words."""

    def marked(self, before: str = "[", after: str = "]") -> str:
        """The snippet as one text with its hit words marked."""
        return "".join(f"{before}{t}{after}" if hit else t for t, hit in self.snippet)
