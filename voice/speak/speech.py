"""From a written text to sound, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from voice.read import Lexicon, read
from voice.speak.synthesizer import Sound, SpeechSettings, Synthesizer

# Engines end a sentence with silence of their own choice. It is cut, and the pause that the
# reader asks for is put there instead, so that every engine keeps the same rhythm.
_SILENCE = 0.003
_FADE_SECONDS = 0.005


@dataclass(frozen=True, slots=True)
class SpokenSentence:
    """One sentence as sound."""

    index: int
    start: int
    """Offset of its first character in the text."""
    end: int
    """Offset past its last character."""
    words: str
    """What is spoken."""
    sound: Sound
    """The sound, with the pause behind it."""


def speak(
    text: str,
    synthesizer: Synthesizer,
    settings: SpeechSettings,
    *,
    lexicon: Lexicon | None = None,
) -> Iterator[SpokenSentence]:
    """Speak ``text``. Each sentence is made when it is asked for, so the first one sounds
    before the second is begun.

    Raises:
        SynthesisError: the engine failed.
    """
    index = 0
    for sentence in read(text, region=settings.region, lexicon=lexicon):
        if not sentence.words:
            continue
        sound = synthesizer.synthesize(sentence.spoken, settings)
        yield SpokenSentence(
            index, sentence.start, sentence.end, sentence.words,
            _with_pause(sound, sentence.pause / settings.rate),
        )  # fmt: skip
        index += 1


def _with_pause(sound: Sound, pause: float) -> Sound:
    loud = np.flatnonzero(np.abs(sound.samples) > _SILENCE)
    if not len(loud):
        return sound
    margin = round(0.03 * sound.rate)
    first, last = max(0, loud[0] - margin), min(len(sound.samples), loud[-1] + margin)
    samples = sound.samples[first:last].copy()
    # A cut in the middle of a wave clicks.
    fade = min(round(_FADE_SECONDS * sound.rate), len(samples) // 2)
    ramp = np.linspace(0.0, 1.0, fade, dtype=np.float32)
    samples[:fade] *= ramp
    samples[len(samples) - fade :] *= ramp[::-1]
    silence = np.zeros(round(pause * sound.rate), dtype=np.float32)
    return Sound(np.concatenate([samples, silence]), sound.rate)
