"""Which of many fillers the hypotheses may stand for, by the model of a recogniser's confusions.

The words before and behind the slot are known from the carrier; they are aligned once a
hypothesis, and each filler only with what lies between.
"""

from __future__ import annotations

from collections.abc import Sequence

from intents.spoken.confusion import MISS, SKIP, Confusions, prefix_costs
from intents.spoken.tokens import Text, Token

RANK = 0.4
"""Cost in nats of a hypothesis for each one before it."""

_ANYWHERE = 0.0


_LONG_RUN = 4
"""Numerals joined by commas or points from which on a recogniser is known to run wild:
"1,000,000,000,000"."""

_KEPT_OF_RUN = 2


def believable(text: str) -> list[Token]:
    """The words, numerals and slashes of a hypothesis, without the ends of wild numerals."""
    tokens = Text(text).tokens
    kept: list[Token] = []
    at = 0
    while at < len(tokens):
        end = at + 1
        if tokens[at].digits:
            while end + 1 < len(tokens) and tokens[end].text in ",." and tokens[end + 1].digits:
                end += 2
        numerals = [t for t in tokens[at:end] if t.digits]
        if len(numerals) >= _LONG_RUN:
            kept += [t for t in numerals[:_KEPT_OF_RUN] if t.digits.strip("0")]
        else:
            kept += [t for t in tokens[at:end] if t.text[0].isalnum() or t.text == "/"]
        at = end
    return kept


def heard_words(texts: Sequence[str], limit: int) -> list[list[str]]:
    """The words of the first ``limit`` different hypotheses; figures stay as they are."""
    found: dict[tuple[str, ...], None] = {}
    for text in texts:
        words = tuple(t.word for t in believable(text) if t.text != "/")
        if words:
            found.setdefault(words)
        if len(found) >= limit:
            break
    return [list(words) for words in found]


def filler_costs(
    fillers: Sequence[Sequence[str]],
    heard: Sequence[Sequence[str]],
    before: Sequence[str],
    after: Sequence[str],
    model: Confusions,
) -> list[float]:
    """For each filler (as words) the nats by which the best hypothesis speaks against it."""
    best = [float("inf")] * len(fillers)
    for rank, written in enumerate(heard):
        size = len(written)
        opening = (
            prefix_costs(before, written, model, whole=True)[-1]
            if before
            else [_ANYWHERE] * (size + 1)
        )
        closing = [_ANYWHERE] * (size + 1)
        if after:
            closing = prefix_costs(after[::-1], written[::-1], model, whole=True)[-1][::-1]
        for index, words in enumerate(fillers):
            cost = _through(words, written, opening, closing, model) + RANK * rank
            best[index] = min(best[index], cost)
    return best


def _through(
    words: Sequence[str],
    written: Sequence[str],
    opening: Sequence[float],
    closing: Sequence[float],
    model: Confusions,
) -> float:
    row = list(opening)
    for word in words:
        nxt = [row[0] + MISS]
        for j, other in enumerate(written):
            nxt.append(min(row[j] + model.cost(other, word), row[j + 1] + MISS, nxt[j] + SKIP))
        row = nxt
    return min(a + b for a, b in zip(row, closing, strict=True))
