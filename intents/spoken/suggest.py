"""Fillers that may have been said in a slot, before the sound has judged them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from intents.spoken import SlotType, read_slots, spots_of
from intents.spoken.confusion import Confusions, shipped
from intents.spoken.generate import (
    number_candidates,
    structure_cost,
    variations,
    written_number,
)
from intents.spoken.narrowing import filler_costs, heard_words
from intents.spoken.sayings import Saying, sayings
from intents.spoken.spots import Value
from intents.spoken.tables import table
from intents.spoken.tokens import Text

HYPOTHESES = 4
"""Hypotheses that are looked at."""

_COMMON = (
    "một", "hai", "năm", "mười hai", "hai mươi", "ba mươi lăm", "một trăm", "hai trăm",
    "một trăm hai mươi", "ba trăm bốn mươi lăm", "hai ba bốn", "bảy tám chín",
)  # fmt: skip
"""Numbers of every rhythm to begin with when no hypothesis holds anything: the sound finds the
way from there, one word at a time."""

_DOCUMENT_KINDS = 4
"""Kinds of documents (those most like what was heard) that are tried with numbers."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One filler that may have been said."""

    spoken: str
    """In words, as it can be put into the carrier."""
    value: Value
    cost: float
    """Nats by which the hypotheses speak against it."""
    sure: bool = True
    """False where these words often mean something else."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """The sentence round the slot, cut at it."""

    before: str = ""
    after: str = ""

    def filled(self, spoken: str, *, tail: int) -> str:
        """The sentence up to the filler and ``tail`` words behind it."""
        return " ".join(f"{self.before} {spoken}".split() + self.after.split()[:tail])


def read_whole(kind: SlotType, texts: Sequence[str], today: date,
               streets: Mapping[str, str] | None) -> list[Suggestion]:  # fmt: skip
    """What the hypotheses hold as they stand, the best hypothesis first."""
    found: list[Suggestion] = []
    for rank, text in enumerate(texts[:HYPOTHESES]):
        for hit in read_slots(text, [kind], today, streets=streets):
            found.append(Suggestion(hit.spoken.lower(), hit.value, float(rank), hit.sure))
    return found


def suggest(
    kind: SlotType,
    texts: Sequence[str],
    today: date,
    carrier: Carrier,
    limit: int,
) -> list[Suggestion]:
    """Fillers of ``kind`` that the hypotheses may stand for, the most probable first."""
    model = shipped()
    if kind in ("number", "house"):
        return _numbers(kind, texts, carrier, limit, model)
    if kind == "document":
        return _documents(texts, today, carrier, limit, model)
    known = known_sayings(kind, today)
    return narrowed(known, texts, carrier, limit, model)


def choices(
    names: Mapping[str, str], texts: Sequence[str], carrier: Carrier, limit: int
) -> list[Suggestion]:
    """The ``names`` (spoken -> written) that the hypotheses may stand for."""
    known = [Saying(spoken, written, True) for spoken, written in names.items()]
    return narrowed(known, texts, carrier, limit, shipped())


def narrowed(
    known: Sequence[Saying], texts: Sequence[str], carrier: Carrier, limit: int, model: Confusions
) -> list[Suggestion]:
    """The ``limit`` sayings that fit the hypotheses best."""
    heard = heard_words(texts, HYPOTHESES)
    words = [[t.word for t in Text(s.spoken).tokens] for s in known]
    costs = filler_costs(words, heard, carrier.before.split(), carrier.after.split(), model)
    if not heard:
        costs = [0.0] * len(known)
    order = sorted(range(len(known)), key=costs.__getitem__)[:limit]
    return [Suggestion(known[i].spoken, known[i].value, costs[i], known[i].sure) for i in order]


@lru_cache(maxsize=32)
def known_sayings(kind: SlotType, today: date) -> tuple[Saying, ...]:
    """All sayings of ``kind``: see :func:`intents.spoken.sayings.sayings`."""
    return sayings(kind, today, lambda text: spots_of(text, kind, today))


def _numbers(
    kind: SlotType, texts: Sequence[str], carrier: Carrier, limit: int, model: Confusions
) -> list[Suggestion]:
    found = number_candidates(
        texts, limit, before=carrier.before, after=carrier.after, alleys=kind == "house",
        confusions=model,
    )  # fmt: skip
    spoken = [number.spoken for number in found] or list(_COMMON)
    return _costed(kind, spoken, texts, carrier, model)


def varied(
    kind: SlotType, spoken: Sequence[str], texts: Sequence[str], carrier: Carrier, limit: int
) -> list[Suggestion]:
    """Numbers one word away from ``spoken``, those that the hypotheses speak least against."""
    known = set(spoken)
    near = {
        v: None for s in spoken for v in variations(s, alleys=kind == "house") if v not in known
    }
    made = _costed(kind, list(near), texts, carrier, shipped())
    return sorted(made, key=lambda s: s.cost)[:limit]


def _costed(
    kind: SlotType, spoken: Sequence[str], texts: Sequence[str], carrier: Carrier,
    model: Confusions,
) -> list[Suggestion]:  # fmt: skip
    heard = heard_words(texts, HYPOTHESES)
    costs = filler_costs(
        [s.split() for s in spoken], heard, carrier.before.split(), carrier.after.split(), model
    )
    made: list[Suggestion] = []
    for words, cost in zip(spoken, costs if heard else [0.0] * len(spoken), strict=True):
        written = written_number(words)
        if not written or (kind == "number" and not written.isdecimal()):
            continue
        if kind == "house":
            value: Value = {"number": written, "street": None, "alley_only": False}
            made.append(Suggestion(words, value, cost + structure_cost(written)))
        else:
            made.append(Suggestion(words, int(written), cost))
    return made


def _documents(
    texts: Sequence[str], today: date, carrier: Carrier, limit: int, model: Confusions
) -> list[Suggestion]:
    """The kinds most like what was heard, each with the numbers that may follow it."""
    kinds = [Saying(str(k), str(k), True) for k in table("document_kinds")]
    open_end = Carrier(carrier.before)
    found: list[Suggestion] = []
    for kind in narrowed(kinds, texts, open_end, _DOCUMENT_KINDS, model):
        before = f"{carrier.before} {kind.spoken}".strip()
        share = limit // _DOCUMENT_KINDS
        for number in number_candidates(
            texts, share, before=before, after=carrier.after, alleys=False, confusions=model
        ):
            spoken = f"{kind.spoken} {number.spoken}"
            text = Text(spoken)
            spots = spots_of(text, "document", today)
            if len(spots) == 1 and spots[0].end == len(text):
                found.append(Suggestion(spoken, spots[0].value, number.cost, True))
    return sorted(found, key=lambda s: s.cost)
