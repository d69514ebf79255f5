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

_FIGURE = re.compile(r"(?<![\w/])\d+")

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
    held = SLOT.findall(sentence.carrier)
    for name, slot in intent.slots.items():
        # The sentence that fits best may have no place for what was said all the same.
        spotted = "" if name in held else _spotted(slot, heard)
        if spotted:
            written[name] = spotted
    for name in dict.fromkeys(held):
        slot = intent.slots[name]
        if slot.type == "number":
            number = _spoken_number(heard)
            if number:
                written[name] = number
            continue
        sentence = _best_filler(intent, sentence, slot, heard, judge)
        exact = _spotted(slot, heard) if judge is None else ""
        written[name] = exact or slot.values[dict(sentence.slots)[name]]
    return written, sentence


def _spotted(slot: Slot, heard: Heard) -> str:
    """The written value of a filler that stands word for word in a hypothesis; the longest.

    A document may also be written as its kind and figure ("chỉ thị 50") or its code.
    """
    if slot.type == "number":
        return _spoken_number(heard)
    found: list[tuple[int, str]] = []
    for text in heard.texts:
        said = f" {plain(text)} "
        figures = set(_FIGURE.findall(said))
        for spoken, value in slot.values.items():
            if f" {plain(spoken)} " in said:
                found.append((len(spoken), value))
            elif plain(value) in said and any(c.isdigit() for c in value):
                found.append((len(value), value))
            else:
                figure = _FIGURE.match(value)
                kind = " ".join(plain(spoken).split()[:2])
                if figure and figure[0] in figures and f" {kind} " in said:
                    found.append((len(kind), value))
    return max(found, default=(0, ""))[1]


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
