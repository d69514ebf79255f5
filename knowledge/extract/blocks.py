"""What is read out of a file: its blocks in reading order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

BlockKind = Literal["heading", "paragraph", "list", "table"]


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item or table."""

    kind: BlockKind
    text: str
    """NFC, single spaces, no line breaks; of a table, its rows joined by ``; ``."""
    level: int = 0
    """Of a heading, 1 for the highest; of a list item, its depth from 1; else 0."""
    page: int | None = None
    """Page it begins on, from 1; None where a file has no pages (DOCX, HTML, text)."""
    rows: tuple[tuple[str, ...], ...] = ()
    """Of a table: its cells."""
    bold: bool = False
    """Every letter of it is bold; False where that is not known."""
    centred: bool = False
    """It stands in the middle of the line; False where that is not known."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """A file, read."""

    kind: str
    """``pdf``, ``docx``, ``html``, ``markdown`` or ``text``: by its content, not by its name."""
    title: str
    """The title as the document gives it; empty when none was found."""
    blocks: tuple[Block, ...]
    pages: int | None = None
    """Pages of a PDF; None for files without pages."""
    encoding: str = "utf-8"
    """How text was encoded: ``utf-8``, ``tcvn3``, ``vni`` …"""
    warnings: tuple[str, ...] = ()
    """Vietnamese sentences: what could not be read, what was converted."""

    @property
    def text(self) -> str:
        """All text, one block a line."""
        return "\n".join(block.text for block in self.blocks)

    def to_json(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Extracted:
        """The inverse of :meth:`to_json`."""
        blocks = tuple(
            Block(**{**b, "rows": tuple(tuple(row) for row in b["rows"])}) for b in value["blocks"]
        )
        return cls(**{**value, "blocks": blocks, "warnings": tuple(value["warnings"])})
