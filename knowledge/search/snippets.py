"""The place of a hit, with the hit words marked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.fold import fold
from knowledge.search.hits import Passage
from knowledge.search.words import Unit

LONGEST = 32
"""Words of a snippet."""

_WORD = re.compile(r"[^\W_]+")


def snippet_of(passage: Passage, units: Sequence[Unit]) -> tuple[tuple[str, bool], ...]:
    """The window of the text with the most hit words, cut at words, as (text, is a hit word)."""
    text = " ".join((passage.text or passage.title).split())
    folded = f" {fold(text)} "
    names = [n for u in units for n in (u.folded, *u.others) if f" {n} " in folded]
    names += [u.folded for u in units]
    wanted = {word for name in names for word in name.split()}
    words = [(m.start(), m.end(), fold(m[0]) in wanted) for m in _WORD.finditer(text)]
    if not words:
        return ((text[:200], False),) if text else ()
    begin = _densest([hit for _, _, hit in words])
    chosen = words[begin : begin + LONGEST]
    left, right = chosen[0][0], chosen[-1][1]
    pieces: list[tuple[str, bool]] = []

    def add(piece: str, hit: bool) -> None:
        if piece and pieces and pieces[-1][1] == hit:
            pieces[-1] = (pieces[-1][0] + piece, hit)
        elif piece:
            pieces.append((piece, hit))

    at = left
    if begin:
        add("… ", False)
    for start, end, hit in chosen:
        add(text[at:start], False)
        add(text[start:end], hit)
        at = end
    rest = text[right:]
    add(rest if len(rest) < 3 else " …", False)
    return tuple(pieces)


def _densest(hits: Sequence[bool]) -> int:
    """Where the window of :data:`LONGEST` words with the most hits begins."""
    if len(hits) <= LONGEST:
        return 0
    count = sum(hits[:LONGEST])
    best, best_at = count, 0
    for at in range(1, len(hits) - LONGEST + 1):
        count += hits[at + LONGEST - 1] - hits[at - 1]
        if count > best:
            best, best_at = count, at
    # A little of what comes before reads better than beginning with the hit itself.
    return max(0, best_at - 3)
