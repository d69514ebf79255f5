"""Which of many fillers the hypotheses may stand for, by the model of a recogniser's confusions.

The words before and behind the slot are known from the carrier; they are aligned once a
hypothesis, and each filler only with what lies between.
"""

from __future__ import annotations

from collections.abc import Sequence

from intents.spoken.confusion import MISS, SKIP, Confusions, prefix_costs
from intents.spoken.tokens import Text

RANK = 0.4
"""Cost in nats of a hypothesis for each one before it."""

_ANYWHERE = 0.0


def heard_words(texts: Sequence[str], limit: int) -> list[list[str]]:
    """The words of the first ``limit`` different hypotheses; figures stay as they are."""
    found: dict[tuple[str, ...], None] = {}
    for text in texts:
        words = tuple(t.word for t in Text(text).tokens if t.text[0].isalnum())
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
