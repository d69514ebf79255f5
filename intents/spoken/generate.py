"""Numbers that may have been said, from hypotheses that are wrong: the sound then decides.

The hypotheses are read through a model of the recogniser's confusions, along the automaton of
what can be said for a house number: a beam search over written and spoken words, in which words
may be mistaken, left out or added.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from intents.spoken import grammar
from intents.spoken.addresses import houses_in
from intents.spoken.confusion import (
    CONFUSIONS,
    MISS,
    SKIP,
    Confusions,
    Counts,
    prefix_costs,
    shipped,
)
from intents.spoken.confusion import count_confusions as _count
from intents.spoken.narrowing import believable
from intents.spoken.tokens import Text

__all__ = [
    "CONFUSIONS", "NumberCandidate", "count_confusions", "number_candidates", "variations",
    "written_number",
]  # fmt: skip

BEAM = 150
"""Beginnings kept a written word."""

_INSERTED_FROM = 40
"""Beginnings, best first, into which a word that was not written is put."""

_TEXTS = 4
"""Different hypotheses that are looked at."""

_READINGS = 6
"""Ways to say the numerals of one hypothesis that are looked at."""

_FORMS = 3
"""Spoken forms given of one number."""

_RANK = 0.4
"""Cost in nats of a hypothesis for each one before it."""

_CUES = ("số", "nhà", "hẻm", "ngõ", "ngách", "kiệt", "xuyệt")
_CUE_BONUS = 1.5

_ALLEY, _LONG, _LETTER, _FAR = 0.7, 2.0, 0.7, 3.0
"""Nats: each alley, a part of four figures, a letter, a letter inside or a fourth alley."""

_WORD = 0.4
"""Cost in nats of every word: what is longer has more ways to fit by chance."""


@dataclass(frozen=True, slots=True)
class NumberCandidate:
    """A number that may have been said."""

    spoken: str
    """In words: "một hai ba xuyệt bốn lăm"."""
    written: str
    """In figures: "123/45"."""
    cost: float
    """Nats by which the hypotheses speak against it; less is better, below 0 they speak for it."""


def count_confusions(pairs: Sequence[tuple[str, str]]) -> Counts:
    """Counts for :data:`CONFUSIONS` from pairs of what was said and what was written."""
    return _count(pairs, grammar.VOCABULARY)


def number_candidates(
    texts: Sequence[str],
    limit: int,
    *,
    before: str = "",
    after: str = "",
    alleys: bool = True,
    confusions: Confusions | None = None,
) -> list[NumberCandidate]:
    """House numbers, or plain numbers to 9999, that the hypotheses may stand for.

    Args:
        texts: hypotheses, best first.
        limit: how many candidates to give at most.
        before: what was said before the number, as far as it is known: "cho tôi hỏi số".
        after: what was said behind it: "đường lê đại hành thuộc khu phố nào".
        alleys: whether slashes and letters may be part of the number.
        confusions: another model than the shipped one.

    Returns:
        The most probable first; at most three spoken forms of a number.
    """
    model = confusions or shipped()
    best: dict[tuple[str, ...], float] = {}
    for rank, words in enumerate(_readings(texts)):
        for cost, spoken in _search(words, before.split(), after.split(), alleys, model):
            total = cost + _RANK * rank
            if total < best.get(spoken, float("inf")):
                best[spoken] = total
    found: list[NumberCandidate] = []
    forms: dict[str, int] = {}
    for spoken in sorted(best, key=best.__getitem__):
        if len(found) >= limit:
            break
        said = " ".join(spoken)
        written = written_number(said)
        if written and forms.get(written, 0) < _FORMS:
            forms[written] = forms.get(written, 0) + 1
            found.append(NumberCandidate(said, written, best[spoken]))
    return found


def written_number(spoken: str) -> str:
    """A spoken house number in figures; empty when it is none as a whole."""
    spots = houses_in(Text(f"số nhà {spoken}"))
    if len(spots) != 1 or not isinstance(spots[0].value, dict):
        return ""
    whole = spots[0].end == len(spoken.split()) + 2
    return str(spots[0].value["number"]) if whole else ""


def variations(spoken: str, *, alleys: bool = True) -> list[str]:
    """Numbers that differ from ``spoken`` in one word: another, one more, one less."""
    words = spoken.split()
    found: dict[str, None] = {}
    for at in range(len(words) + 1):
        head, rest = words[:at], words[at:]
        changed = [[*head, word, *rest[1:]] for word in grammar.VOCABULARY] if rest else []
        added = [[*head, word, *rest] for word in grammar.VOCABULARY]
        for other in (*changed, *added, [*head, *rest[1:]]):
            if other != words and grammar.accepts(other, alleys=alleys):
                found.setdefault(" ".join(other))
    return list(found)


def structure_cost(written: str) -> float:
    """Nats by which a house number is unusual: many alleys, four figures, a letter."""
    numbers = written.split("/")
    long = sum(len(n.rstrip("ABCD")) > 3 for n in numbers)
    letters = sum(n[-1:].isalpha() for n in numbers)
    inner = sum(n[-1:].isalpha() for n in numbers[:-1])
    extra = max(0, len(numbers) - 3)
    return _ALLEY * (len(numbers) - 1) + _LONG * long + _LETTER * letters + _FAR * (inner + extra)


def _readings(texts: Sequence[str]) -> list[list[str]]:
    """The different hypotheses as words; numerals in the ways in which they are said."""
    found: dict[tuple[str, ...], None] = {}
    for text in texts:
        slots: list[list[tuple[str, ...]]] = []
        for token in believable(text):
            if token.digits:
                slots.append(grammar.spellings(token.digits[:6]))
            elif token.text == "/":
                slots.append([(word,) for word in grammar.SLASHES])
            else:
                slots.append([(token.word,)])
        for number, chosen in enumerate(product(*slots)):
            if number >= _READINGS:
                break
            found.setdefault(tuple(word for words in chosen for word in words))
        if len(found) >= _TEXTS:
            break
    return [list(words) for words in found]


def _search(
    written: Sequence[str], before: Sequence[str], after: Sequence[str], alleys: bool,
    model: Confusions,
) -> list[tuple[float, tuple[str, ...]]]:  # fmt: skip
    """The best numbers in one hypothesis, with their costs."""
    size = len(written)
    opening = prefix_costs(before, written, model)[-1] if before else _openings(written, model)
    closing = [0.0] * (size + 1)
    if after:
        closing = prefix_costs(after[::-1], written[::-1], model)[-1][::-1]
    beams: list[dict[tuple[str, tuple[str, ...]], float]] = [{} for _ in range(size + 1)]
    for at in range(size + 1):
        beams[at][(grammar.START, ())] = opening[at]
    ends: dict[tuple[str, ...], float] = {}
    for at in range(size + 1):
        here = beams[at]
        kept = heapq.nsmallest(BEAM, here.items(), key=lambda item: item[1])
        kept += _inserted(kept[:_INSERTED_FROM], here, alleys)
        for (state, words), cost in kept:
            if words and grammar.may_end(state):
                total = cost + closing[at]
                if total < ends.get(words, float("inf")):
                    ends[words] = total
            if at == size:
                continue
            ahead = beams[at + 1]
            if words:
                _keep(ahead, (state, words), cost + SKIP)
            for word, then in grammar.after(state, alleys=alleys):
                step = model.cost(written[at], word) + _WORD
                _keep(ahead, (then, (*words, word)), cost + step)
    return heapq.nsmallest(4 * BEAM, ((c, w) for w, c in ends.items()))


def _keep(beam: dict[tuple[str, tuple[str, ...]], float], end: tuple[str, tuple[str, ...]],
          cost: float) -> None:  # fmt: skip
    if cost < beam.get(end, float("inf")):
        beam[end] = cost


def _inserted(
    kept: Sequence[tuple[tuple[str, tuple[str, ...]], float]],
    here: dict[tuple[str, tuple[str, ...]], float],
    alleys: bool,
) -> list[tuple[tuple[str, tuple[str, ...]], float]]:
    """Beginnings with one more word that was not written."""
    more: dict[tuple[str, tuple[str, ...]], float] = {}
    for (state, words), cost in kept:
        for word, then in grammar.after(state, alleys=alleys):
            end = (then, (*words, word))
            if end not in here:
                _keep(more, end, cost + MISS + _WORD)
    return list(more.items())


def _openings(written: Sequence[str], model: Confusions) -> list[float]:
    """Costs of beginning a number anywhere; less behind a word such as số."""
    costs = [0.0]
    for word in written:
        like = min(model.cost(word, cue) for cue in _CUES)
        costs.append(-_CUE_BONUS if like < 0 else 0.0)
    return costs
