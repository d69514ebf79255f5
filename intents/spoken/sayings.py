"""Everything that can be said for a slot whose values are few: the sound then chooses.

The patterns are data (``data/sayings.yaml``); what each means is found by the package's own
readers, so that a spoken candidate and a typed text can never mean different things.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import product

from intents.spoken import grammar
from intents.spoken.spots import Spot, Value
from intents.spoken.tables import table
from intents.spoken.tokens import Text

_PLACE = re.compile(r"\{([^}]+)\}")
_RANGE = re.compile(r"(\d+)-(\d+)")

_YEARS_AROUND = (-8, 4)
"""Years before and after this one that are asked for."""

SpotsIn = Callable[[Text], list[Spot]]


@dataclass(frozen=True, slots=True)
class Saying:
    """One way to say one value."""

    spoken: str
    value: Value
    sure: bool
    """False where the words often mean something else: the kiosk asks."""


@lru_cache(maxsize=256)
def _number_words(value: int) -> tuple[str, ...]:
    """Usual ways to say a small number; the short form of two digits among them."""
    whole = grammar.spellings(str(value))
    forms = whole[1:] if 10 <= value < 100 else whole
    if value >= 100:
        forms = whole
    return tuple(dict.fromkeys(" ".join(f) for f in forms))


def _fillers(name: str, today: date) -> list[str]:
    span = _RANGE.fullmatch(name)
    if span:
        low, high = int(span[1]), int(span[2])
        return [words for n in range(low, high + 1) for words in _number_words(n)]
    if name == "years":
        before, after = _YEARS_AROUND
        return [w for y in range(today.year + before, today.year + after + 1) for w in _year(y)]
    return [str(key) for key in table(name)]


def _year(year: int) -> list[str]:
    tail = grammar.spellings(f"{year % 100:02d}")[-1]
    return [" ".join((*grammar.spellings(str(year))[0],)), " ".join(("hai", "không", *tail))]


def _expanded(pattern: str, today: date) -> Iterator[str]:
    names = _PLACE.findall(pattern)
    for chosen in product(*(_fillers(name, today) for name in names)):
        left = iter(chosen)
        yield _PLACE.sub(lambda _, left=left: next(left), pattern)  # type: ignore[misc]


def sayings(kind: str, today: date, read: SpotsIn) -> tuple[Saying, ...]:
    """Every saying of ``kind`` that ``read`` understands whole; () for kinds without patterns.

    ``read`` gives the values in a text; what it found depends on ``today``.
    """
    found: dict[str, Saying] = {}
    for pattern in table("sayings").get(kind, ()):
        for spoken in _expanded(pattern, today):
            if spoken in found or not spoken.isprintable():
                continue
            text = Text(spoken)
            spots = read(text)
            if len(spots) == 1 and spots[0].begin == 0 and spots[0].end == len(text):
                found[spoken] = Saying(spoken, spots[0].value, spots[0].sure)
    return tuple(found.values())
