"""Which sentences of a passage answer the question. Never a word that does not stand there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.fold import fold, spell
from knowledge.search.candidates import Rarity
from knowledge.search.hits import Passage
from knowledge.search.words import Unit

MOST = 4
"""Sentences of one quotation: what a listener keeps."""

LONGEST = 90
"""Words of a quotation after which no further sentence is added."""

_END = re.compile(r"(?<=[.?!;])\s+(?=[A-ZĐÀ-Ỹ“\"(\-–])")
_BULLET = re.compile(r"^[-–+•*]\s+")


def sentences_of(passage: Passage) -> list[str]:
    """The sentences of a passage in their order; list items are sentences of their own.

    A section that is nothing but its heading has that as its sentence.
    """
    found = []
    for paragraph in passage.text.split("\n"):
        for part in _END.split(paragraph.strip()):
            sentence = _BULLET.sub("", part).strip()
            if any(c.isalnum() for c in sentence):
                found.append(sentence)
    return found or ([passage.title] if passage.title else [])


def pick(passage: Passage, units: Sequence[Unit], rarity: Rarity) -> tuple[str, ...]:
    """One to four sentences, in their order: the best one and what goes with it."""
    sentences = sentences_of(passage)
    if len(sentences) <= 1:
        return tuple(sentences)
    heading = f"{passage.title}. {passage.headings}"
    # What the title says already does not tell the sentences of its text apart.
    rest = [u for u in units if not _stands_in(u, heading)]
    values = [_value(s, rest, rarity) for s in sentences]
    best = max(range(len(sentences)), key=lambda at: (values[at], -at))
    if not values[best]:
        values = [_value(s, units, rarity) for s in sentences]
        # All that was asked stands in the title: the passage is the answer from its beginning.
        title = _value(heading, units, rarity)
        best = max(range(len(sentences)), key=lambda at: (values[at], -at))
        start = 0 if passage.kind == "entry" or values[best] <= 0.5 * title else best
    else:
        start = best
    chosen = [start]
    words = len(sentences[start].split())
    order = _neighbours(start, values, sentences)
    for at in order:
        if len(chosen) >= MOST or words >= LONGEST:
            break
        chosen.append(at)
        words += len(sentences[at].split())
    return tuple(sentences[at] for at in sorted(chosen))


def _neighbours(start: int, values: Sequence[float], sentences: Sequence[str]) -> list[int]:
    """What else to quote: a list behind its head, the next sentence, others that fit well."""
    if sentences[start].endswith(":") or start == 0:
        return list(range(start + 1, len(sentences)))
    level = 0.6 * values[start]
    others = [at for at in range(len(sentences)) if at != start and values[at] >= level > 0]
    following = [start + 1] if start + 1 < len(sentences) else []
    return list(dict.fromkeys([*others, *following]))


def _stands_in(unit: Unit, text: str) -> bool:
    folded = f" {fold(text)} "
    return any(f" {name} " in folded for name in (unit.folded, *unit.others))


def _value(text: str, units: Sequence[Unit], rarity: Rarity) -> float:
    folded, spelled = f" {fold(text)} ", f" {spell(text)} "
    value = 0.0
    for unit in units:
        weight = rarity.weight(unit)
        if f" {unit.folded} " in folded:
            right = not unit.has_marks or f" {unit.spelled} " in spelled
            value += weight * (1.0 if right else 0.6)
        elif any(f" {other} " in folded for other in unit.others):
            value += 0.85 * weight
        elif " " in unit.folded:
            parts = unit.folded.split()
            value += 0.5 * weight * sum(f" {p} " in folded for p in parts) / len(parts)
    return value
