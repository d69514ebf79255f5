"""From a written text to sound, sentence by sentence and breath by breath."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from voice.read import Lexicon, Sentence, read
from voice.speak.breath import Breath, breaths
from voice.speak.cache import SoundCache, cache_key
from voice.speak.join import joined, resampled, trimmed, with_pause
from voice.speak.loudness import level
from voice.speak.synthesizer import Sound, SpeechSettings, Synthesizer


@dataclass(frozen=True, slots=True)
class Mark:
    """When a written token is heard."""

    start: int
    """Offset of its first character in the text."""
    end: int
    """Offset past its last character."""
    at: float
    """Seconds from the beginning of the sound."""


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
    marks: tuple[Mark, ...] = ()
    """When each of its tokens is heard, in order."""


def speak(
    text: str,
    synthesizer: Synthesizer,
    settings: SpeechSettings,
    *,
    lexicon: Lexicon | None = None,
    cache: SoundCache | None = None,
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
        sound, marks = _sentence(sentence, synthesizer, settings, cache)
        yield SpokenSentence(index, sentence.start, sentence.end, sentence.words, sound, marks)
        index += 1


def say_breath(
    breath: Breath,
    synthesizer: Synthesizer,
    settings: SpeechSettings,
    *,
    cache: SoundCache | None = None,
) -> tuple[Sound, tuple[Mark, ...]]:
    """One breath at one loudness, its pause behind it, and when its tokens are heard.

    Raises:
        SynthesisError: the engine failed.
    """
    sound = None
    key = ""
    if cache is not None:
        key = cache_key(breath.spoken, synthesizer, settings)
        sound = cache.get(key)
    if sound is None:
        made = synthesizer.synthesize(breath.spoken, replace(settings, volume=1.0))
        sound = level(trimmed(made))
        if cache is not None and not made.stand_in:
            cache.put(key, sound)
    marks = _marks(breath, sound)
    volume = np.float32(min(max(settings.volume, 0.0), 1.0))
    sound = replace(sound, samples=sound.samples * volume)
    return with_pause(sound, breath.pause / settings.rate), marks


def _sentence(
    sentence: Sentence,
    synthesizer: Synthesizer,
    settings: SpeechSettings,
    cache: SoundCache | None,
) -> tuple[Sound, tuple[Mark, ...]]:
    sounds: list[Sound] = []
    marks: list[Mark] = []
    at = 0.0
    for breath in breaths(sentence):
        sound, own = say_breath(breath, synthesizer, settings, cache=cache)
        if sounds:  # one breath may have been made by another voice
            sound = resampled(sound, sounds[0].rate)
        marks += [replace(mark, at=mark.at + at) for mark in own]
        sounds.append(sound)
        at += sound.seconds
    return joined(sounds), tuple(marks)


def _marks(breath: Breath, sound: Sound) -> tuple[Mark, ...]:
    """Where the engine says that words begin; where it does not, by the number of syllables."""
    onsets = dict(sound.onsets)
    weights = [place.syllables + 2.0 * place.rest for place in breath.places]
    total = sum(weights) or 1.0
    found: list[Mark] = []
    gone = 0.0
    for place, weight in zip(breath.places, weights, strict=True):
        guess = sound.seconds * gone / total
        at = onsets.get(place.at, guess)
        if found:
            at = max(at, found[-1].at)
        found.append(Mark(place.start, place.end, round(min(at, sound.seconds), 3)))
        gone += weight
    return tuple(found)
