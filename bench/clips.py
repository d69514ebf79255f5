"""The clips that understanding is measured on: listed phrases and sentences nobody listed."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.speech import REGIONS
from intents.matcher import Matcher
from intents.sentences import NONE
from voice.speak.synthesizer import Region

SENTENCES = Path(__file__).parent.parent / "tests" / "sentences"

HELD_OUT = 3
"""Sentences an intent on which no weight or bound is fitted."""


@dataclass(frozen=True, slots=True)
class Clip:
    """One sentence to be spoken, and what it asks."""

    intent: str
    """``none`` when the kiosk must not answer it."""
    text: str
    region: Region
    slots: dict[str, str] = field(default_factory=dict)


def listed(matcher: Matcher, *, per_intent: int, seed: int = 0) -> list[Clip]:
    """Listed phrases, ``per_intent`` of each intent, each in all three accents."""
    chosen = []
    for name, intent in matcher.book.intents.items():
        whole = [
            s.text for s in matcher.sentences if s.intent == name and s.carrier in intent.phrases
        ]
        picked = random.Random(f"{seed} {name}").sample(whole, min(per_intent, len(whole)))
        chosen += [Clip(name, text, region) for text in picked for region in REGIONS]
    return chosen


def unlisted(*, per_intent: int) -> list[Clip]:
    """The first sentences an intent of ``tests/sentences/unlisted.tsv``, in three accents.

    They were written without knowledge of the phrases; no weight or bound is fitted on the
    first three of an intent.
    """
    rows = _by_intent()
    return [
        Clip(name, text, region, slots)
        for name, sentences in rows.items()
        for text, slots in sentences[:per_intent]
        for region in REGIONS
    ]


def development() -> list[Clip]:
    """The rest of ``unlisted.tsv``, one accent each in turn: bounds are chosen on these."""
    rest = [
        (name, text, slots)
        for name, sentences in _by_intent().items()
        for text, slots in sentences[HELD_OUT:]
    ]
    return [Clip(name, text, REGIONS[i % 3], slots) for i, (name, text, slots) in enumerate(rest)]


def out_of_scope() -> list[Clip]:
    """Sentences that ask the kiosk nothing, and near misses; one accent each, in turn."""
    texts = [
        row["sentence"] for name in ("out_of_scope.tsv", "near_miss.tsv") for row in _rows(name)
    ]
    return [Clip(NONE, text, REGIONS[i % 3]) for i, text in enumerate(texts)]


def thinned(clips: Sequence[Clip], accents: int) -> list[Clip]:
    """Every sentence in ``accents`` of its accents, in turn: for tests, which must be short."""
    kept: list[Clip] = []
    texts: dict[str, int] = {}
    for clip in clips:
        number = texts.setdefault(clip.text, len(texts))
        if (REGIONS.index(clip.region) - number) % 3 < accents:
            kept.append(clip)
    return kept


def _by_intent() -> dict[str, list[tuple[str, dict[str, str]]]]:
    found: dict[str, list[tuple[str, dict[str, str]]]] = {}
    for row in _rows("unlisted.tsv"):
        slots = json.loads(row["slots"]) if row["slots"] else {}
        found.setdefault(row["intent"], []).append((row["sentence"], slots))
    return found


def _rows(name: str) -> list[dict[str, str]]:
    with (SENTENCES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
