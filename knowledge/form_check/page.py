"""What a document is to the checks: lines with the looks that take effect, and sections."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Look:
    """How characters look, after every style has had its say."""

    font: str
    size: float
    """Points."""
    bold: bool
    italic: bool
    underline: bool
    color: str
    """Six hexadecimal digits, or ``auto`` (black on white)."""


@dataclass(slots=True)
class Run:
    """Characters of one look."""

    text: str
    look: Look
    element: Any
    """The ``w:r`` of the XML tree, which a fix changes."""


@dataclass(slots=True)
class Line:
    """One paragraph."""

    index: int
    """Counted from 1 in reading order, empty paragraphs included."""
    text: str
    """Composed (NFC), whatever the file has; its runs keep the text as it is."""
    runs: tuple[Run, ...]
    align: str
    """``left``, ``center``, ``right`` or ``both``."""
    first_line: float
    """Millimetres that the first line stands in."""
    before: float
    after: float
    """Points above and below."""
    spacing: float
    """Lines (1.0 …), or points when ``exact``."""
    exact: bool
    table: int
    """Number of the table it stands in, counted from 1; 0 outside of tables."""
    column: int
    """Number of its cell in the row, counted from 0."""
    ruled: bool
    """A line is drawn in or under it."""
    element: Any
    part: str = ""
    """What it is in the document: ``title``, ``number``, ``body`` … (``parts.py``)."""


@dataclass(slots=True)
class Section:
    """Paper and margins in millimetres."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    element: Any


@dataclass(slots=True)
class Page:
    """A document as it is checked."""

    lines: list[Line]
    sections: list[Section]
    mirrored: bool
    """Margins change sides on back pages."""
    number_at: str
    """Where the page number stands: ``header``, ``footer`` or empty."""
    number_align: str
    number_size: float
    first_hidden: bool
    """The first page has a header of its own."""
    long: bool
    """More than one page, as far as can be told without laying it out."""
    revisions: int
    comments: int
    standard: str = ""
    party: bool = False
    kind: str = ""
    """Folded name of the kind: ``nghi quyet`` …; ``cong van`` for a letter; empty: not known."""
    traits: dict[str, list[Line]] = field(default_factory=dict)
    """``party`` and ``state``: lines that speak for one of them."""

    def of(self, part: str) -> list[Line]:
        """The lines of ``part``; ``any`` gives every line with text."""
        if part == "any":
            return [line for line in self.lines if line.text.strip()]
        return [line for line in self.lines if line.part == part]
