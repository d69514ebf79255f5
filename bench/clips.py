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


def unlisted(matcher: Matcher, *, per_intent: int = 3) -> list[Clip]:
    """Sentences of ``tests/sentences/unlisted2.tsv``, in three accents.

    They were written without knowledge of the phrases; no weight or bound is fitted on them.
    """
    return [
        Clip(name, text, region, slots)
        for name, sentences in _by_intent("unlisted2.tsv", matcher).items()
        for text, slots in sentences[:per_intent]
        for region in REGIONS
    ]


def development(matcher: Matcher) -> list[Clip]:
    """``unlisted.tsv``, one accent each in turn: weights and bounds are fitted on these."""
    rows = [
        (name, text, slots)
        for name, sentences in _by_intent("unlisted.tsv", matcher).items()
        for text, slots in sentences
    ]
    return [Clip(name, text, REGIONS[i % 3], slots) for i, (name, text, slots) in enumerate(rows)]


def idle_for_fitting() -> list[Clip]:
    """Every second sentence that asks nothing; the others are reported on."""
    return _out_of_scope(0)


def out_of_scope() -> list[Clip]:
    """Sentences that ask the kiosk nothing, and near misses; one accent each, in turn.

    Every second of them: the rest is fitted on.
    """
    return _out_of_scope(1)


def _out_of_scope(first: int) -> list[Clip]:
    texts = [
        row["sentence"]
        for name in ("out_of_scope.tsv", "near_miss.tsv")
        for row in _rows(name)[first::2]
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


def _by_intent(file: str, matcher: Matcher) -> dict[str, list[tuple[str, dict[str, str]]]]:
    """The sentences of ``file`` whose intents the book knows."""
    found: dict[str, list[tuple[str, dict[str, str]]]] = {}
    for row in _rows(file):
        if row["intent"] in matcher.book.intents:
            slots = json.loads(row["slots"]) if row["slots"] else {}
            found.setdefault(row["intent"], []).append((row["sentence"], slots))
    return found


def _rows(name: str) -> list[dict[str, str]]:
    with (SENTENCES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
