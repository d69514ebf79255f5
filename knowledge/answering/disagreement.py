"""Two passages that speak of one thing and give different figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.fold import fold

ALIKE = 0.5
"""Share of words that two sentences must have in common to speak of one thing."""

_FIGURE = re.compile(r"(\d+(?:[.,]\d+)*)\s*(%|[^\W\d_]+(?:\s+[^\W\d_]+)?)?")


def disagree(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether a sentence of ``one`` and one of ``other`` are alike but for their figures.

    >>> disagree(["Lễ kết nạp trong 30 ngày làm việc."], ["Lễ kết nạp trong 60 ngày làm việc."])
    True
    """
    return any(_differ(a, b) for a in one for b in other)


def _differ(one: str, other: str) -> bool:
    a, b = _words(one), _words(other)
    if min(len(a), len(b)) < 3 or len(a & b) < ALIKE * len(a | b):
        return False
    first, second = _figures(one), _figures(other)
    units = {unit for _, unit in first} & {unit for _, unit in second}
    return any(
        {n for n, unit in first if unit == each}.isdisjoint(
            {n for n, unit in second if unit == each}
        )
        for each in units
    )


def _words(text: str) -> set[str]:
    return {w for w in fold(text).split() if not w.isdigit()}


def _figures(text: str) -> set[tuple[str, str]]:
    """(number, what it counts), dates and codes left out."""
    bare = re.sub(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d+-[A-ZĐ]+/?[A-ZĐ]*|năm \d{4}", " ", text)
    return {(m[1].lstrip("0"), fold(m[2] or "")) for m in _FIGURE.finditer(bare)}
