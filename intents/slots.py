"""Which values were said: the carrier is known, so the sound decides among its fillers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from intents.evidence import Heard, SoundJudge
from intents.fold import phonetic, plain
from intents.phrase_files import SLOT, Intent, Slot
from intents.sentences import Sentence, fill

# A house number as recognisers write it: 12, 12A, 123/45/6A, 123-125.
_NUMBER = re.compile(r"\d+[a-zA-Z]?(?:\s*[/-]\s*\d+[a-zA-Z]?)*")

_SOUND_WEIGHT, _TEXT_WEIGHT = 1.0, 2.0
"""Information a token in nats, against likeness from 0 to 1: they differ by about so much
between the right filler and its best rival."""


def fill_slots(
    intent: Intent, sentence: Sentence, heard: Heard, judge: SoundJudge | None
) -> tuple[dict[str, str], Sentence]:
    """Written values of the slots of ``sentence``'s carrier, and the sentence with them.

    A slot that the carrier does not hold, and a number that no hypothesis shows, is left out:
    the kiosk then asks for it.
    """
    written: dict[str, str] = {}
    for name in dict.fromkeys(SLOT.findall(sentence.carrier)):
        slot = intent.slots[name]
        if slot.type == "number":
            number = _spoken_number(heard)
            if number:
                written[name] = number
            continue
        best = _best_filler(intent, sentence, slot, heard, judge)
        sentence = best
        written[name] = slot.values[dict(best.slots)[name]]
    return written, sentence


def _best_filler(
    intent: Intent, sentence: Sentence, slot: Slot, heard: Heard, judge: SoundJudge | None
) -> Sentence:
    others = dict(sentence.slots)
    rivals = [fill(intent, sentence.carrier, slot.name, v, others) for v in slot.values]
    scores = _likeness([s.text for s in rivals], heard)
    if judge is not None:
        gains = {f.index: (f.sound - f.silence) / f.tokens for f in judge.fits_of(
            [s.text for s in rivals])}  # fmt: skip
        # The search drops what the sound does not support: worse than all it kept.
        floor = min(gains.values(), default=0.0) - 1.0
        scores = [t + _SOUND_WEIGHT * gains.get(i, floor) for i, t in enumerate(scores)]
    return rivals[max(range(len(rivals)), key=scores.__getitem__)]


def _likeness(texts: Sequence[str], heard: Heard) -> list[float]:
    best = [0.0] * len(texts)
    for hypothesis in heard.texts:
        for fold in (plain, phonetic):
            said = fold(hypothesis)
            for i, text in enumerate(texts):
                best[i] = max(best[i], _TEXT_WEIGHT * fuzz.ratio(fold(text), said) / 100.0)
    return best


def _spoken_number(heard: Heard) -> str:
    """The first number that a hypothesis shows, as it is written on a house."""
    for text in heard.texts:
        found = _NUMBER.search(text)
        if found:
            return re.sub(r"\s+", "", found[0]).upper()
    return ""
