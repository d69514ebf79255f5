"""What stands round a value: politeness that means nothing, and the words just before."""

from __future__ import annotations

from typing import TypeVar

from intents.spoken.tables import table
from intents.spoken.tokens import Phrases, Text

T = TypeVar("T")

_POLITE: Phrases[bool] = Phrases(dict.fromkeys(table("polite"), True))

_LONGEST_CUE = 4


def is_first(text: Text, at: int) -> bool:
    """Whether nothing but politeness and signs stands before ``at``."""
    pos = 0
    while pos < at:
        polite = _POLITE.at(text, pos)
        if polite is None and not text.sign_at(pos):
            return False
        pos = polite[1] if polite else pos + 1
    return pos == at


def is_end(text: Text, at: int) -> bool:
    """Whether nothing but politeness and signs follows from ``at`` on."""
    while at < len(text):
        polite = _POLITE.at(text, at)
        if polite is None and not text.sign_at(at):
            return False
        at = polite[1] if polite else at + 1
    return True


def behind_any(text: Text, at: int, phrases: Phrases[T]) -> bool:
    """Whether one of ``phrases`` ends just before ``at``."""
    for begin in range(max(0, at - _LONGEST_CUE), at):
        hit = phrases.at(text, begin)
        if hit and text.skip_signs(hit[1]) == at:
            return True
    return False
