"""What is wrong with a table, row by row."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.quarters.wording import problem_text

WARNINGS = frozenset(("similar_streets", "unknown_setting", "no_ward"))
"""Reasons that are shown but do not refuse a table. ``gap`` joins them when the table says
``# gaps: allowed``."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one row."""

    reason: str
    """A key of ``problems`` in content/quarters/lines.yaml."""
    row: int
    """The row in the file, as a spreadsheet shows it, from 1; 0 for the whole table."""
    vi: str
    """The same for people, with what to do."""
    other: int = 0
    """The row it contradicts, or 0."""
    refuses: bool = True
    """Whether the table cannot be used because of it."""

    @classmethod
    def of(
        cls, reason: str, row: int, *, other: int = 0, refuses: bool | None = None, **names: str
    ) -> Problem:
        """A problem with its text; ``names`` fill the text's places."""
        text = problem_text(reason, other=str(other), **names)
        stops = reason not in WARNINGS if refuses is None else refuses
        return cls(reason, row, text, other, stops)
