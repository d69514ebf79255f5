"""How well a passage fits a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from knowledge.fold import fold
from knowledge.search.candidates import Rarity
from knowledge.search.passages import Prepared
from knowledge.search.words import SYNONYM, Unit

TITLE, HEADINGS, TEXT = 3.0, 1.5, 1.0
"""Weights of a hit in each field."""

WITHOUT_MARKS = 0.72
"""What a hit counts whose letters agree and whose diacritics do not: "thẻ" and "thế"."""

APART = 0.6
"""What a phrase counts whose words stand apart."""

_K, _B, _USUAL_LENGTH = 1.2, 0.5, 90.0
"""BM25's saturation and length; words of a usual passage."""


@dataclass(frozen=True, slots=True)
class Mix:
    """How the signals are weighed; fitted on the development half of bench.knowledge."""

    coverage: float = 3.0
    """Share of the question that the passage holds, rare words counting more."""
    words: float = 1.0
    """BM25 over the fields."""
    title: float = 1.6
    """Share of the title that was asked for: the answer to just this beats a longer one."""
    order: float = 0.6
    """Units that follow each other in the passage as in the question."""
    letters: float = 1.2
    """Likeness of question and title in groups of three letters: what was misheard or mistyped."""
    replaced: float = 0.80
    """Factor for a document that has surely been replaced."""
    maybe_replaced: float = 0.95
    """Factor for one that may have been."""
    original: float = 1.03
    """Factor for the text of an original over a summary of ours."""
    named: float = 2.5
    """Added for a passage of the document that the question names."""


@dataclass(frozen=True, slots=True)
class Fit:
    """The signals of one passage."""

    coverage: float
    words: float
    title: float
    order: float
    letters: float
    text_coverage: float
    """Coverage without the title: whether the text itself says it."""


def fit(units: Sequence[Unit], rarity: Rarity, asked: str, prepared: Prepared) -> Fit:
    """The signals, each between 0 and 1 (``words`` may be above).

    Args:
        units: what is looked for.
        rarity: how telling each of them is.
        asked: the question's own words, folded, for the likeness of letters.
        prepared: the passage.
    """
    whole = sum(rarity.weight(u) for u in units) or 1.0
    coverage = words = in_text = in_title = 0.0
    length = _K * (1 - _B + _B * prepared.length / _USUAL_LENGTH)
    for unit in units:
        weight = rarity.weight(unit)
        title, headings, text = (_held(unit, f, prepared.spelled) for f in (
            prepared.title, prepared.headings, prepared.text
        ))  # fmt: skip
        coverage += weight * max(title, headings, text)
        in_text += weight * text
        in_title += weight * max(title, headings)
        often = (
            TITLE * title
            + HEADINGS * headings
            + TEXT * text * min(3, 1 + prepared.text.count(f" {unit.folded} "))
        )
        words += weight * often / (often + length)
    return Fit(
        coverage / whole,
        words / whole,
        _title_share(units, rarity, prepared),
        _order(units, prepared),
        max(_likeness(asked, part) for part in _titles(prepared)),
        in_text / whole,
    )


def score(fitted: Fit, prepared: Prepared, mix: Mix, *, named: bool = False) -> float:
    """One number for the order."""
    value = (
        mix.coverage * fitted.coverage
        + mix.words * fitted.words
        + mix.title * fitted.title
        + mix.order * fitted.order
        + mix.letters * fitted.letters
    )
    if not prepared.in_force:
        value *= mix.replaced if prepared.surely_replaced else mix.maybe_replaced
    if prepared.passage.kind == "section":
        value *= mix.original
    return value + (mix.named if named else 0.0)


def _held(unit: Unit, field: str, spelled: str) -> float:
    if f" {unit.folded} " in field:
        if unit.has_marks and f" {unit.spelled} " not in spelled:
            return WITHOUT_MARKS if " " in unit.folded else WITHOUT_MARKS**2
        return 1.0
    for other in unit.others:
        if f" {other} " in field:
            return SYNONYM
    if " " in unit.folded:
        parts = unit.folded.split()
        return APART * sum(f" {p} " in field for p in parts) / len(parts)
    return 0.0


def _title_share(units: Sequence[Unit], rarity: Rarity, prepared: Prepared) -> float:
    """How much of its title, or of one way to ask for it, the question holds: both ways."""
    best = 0.0
    asked = {w for u in units for w in (u.folded, *u.others) for w in w.split()}
    whole = sum(rarity.weight(u) for u in units) or 1.0
    for part in _titles(prepared):
        said = _content(part)
        if not said:
            continue
        precision = sum(w in asked for w in said) / len(said)
        padded = f" {part} "
        recall = sum(
            rarity.weight(u) * _held(u, padded, prepared.spelled) for u in units
        ) / whole  # fmt: skip
        if precision + recall:
            best = max(best, 2 * precision * recall / (precision + recall))
    return best


@lru_cache(maxsize=20_000)
def _content(text: str) -> tuple[str, ...]:
    from knowledge.search.words import load_vocabulary

    stop = load_vocabulary().stopwords
    return tuple(w for w in text.split() if w not in stop)


def _titles(prepared: Prepared) -> list[str]:
    if prepared.passage.kind == "section":
        return [prepared.title.strip()]
    return [prepared.title.strip(), *_asked(prepared.passage.headings)]


@lru_cache(maxsize=5_000)
def _asked(ways: str) -> tuple[str, ...]:
    return tuple(fold(way) for way in ways.split(". ") if way)


def _order(units: Sequence[Unit], prepared: Prepared) -> float:
    """Share of neighbouring units that are neighbours in the passage, too."""
    if len(units) < 2:
        return 0.0
    fields = (prepared.title, prepared.headings, prepared.text)
    pairs = [f" {a.folded} {b.folded} " for a, b in pairwise(units)]
    return sum(any(pair in f for f in fields) for pair in pairs) / len(pairs)


def _likeness(one: str, other: str) -> float:
    """Dice coefficient of the groups of three letters."""
    a, b = _groups(one), _groups(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


@lru_cache(maxsize=20_000)
def _groups(text: str) -> frozenset[str]:
    padded = f"  {text} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))
