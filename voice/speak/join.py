"""Pieces of sound put together without a click."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import soxr

from voice.speak.synthesizer import Sound

SILENCE = 0.003
"""Amplitude up to which a sample is silence."""

_MARGIN_SECONDS = 0.03
"""Kept around what is loud: consonants begin and end softly."""

_FADE_SECONDS = 0.005


def trimmed(sound: Sound) -> Sound:
    """``sound`` without the silence around it, faded in and out.

    Engines end with silence of their own choice. It is cut, and the pause that the reader asks
    for is put there instead, so that every engine keeps the same rhythm.
    """
    loud = np.flatnonzero(np.abs(sound.samples) > SILENCE)
    if not len(loud):
        return Sound(np.zeros(0, dtype=np.float32), sound.rate)
    margin = round(_MARGIN_SECONDS * sound.rate)
    first = max(0, int(loud[0]) - margin)
    last = min(len(sound.samples), int(loud[-1]) + margin)
    samples = sound.samples[first:last].copy()
    # A cut in the middle of a wave clicks.
    fade = min(round(_FADE_SECONDS * sound.rate), len(samples) // 2)
    ramp = np.linspace(0.0, 1.0, fade, dtype=np.float32)
    samples[:fade] *= ramp
    samples[len(samples) - fade :] *= ramp[::-1]
    shift = first / sound.rate
    onsets = tuple((place, max(0.0, at - shift)) for place, at in sound.onsets)
    return Sound(samples, sound.rate, onsets)


def with_pause(sound: Sound, seconds: float) -> Sound:
    """``sound`` with silence behind it."""
    silence = np.zeros(round(seconds * sound.rate), dtype=np.float32)
    return replace(sound, samples=np.concatenate([sound.samples, silence]))


def joined(sounds: Sequence[Sound]) -> Sound:
    """All in one, at the rate of the first; onsets are left out.

    Raises:
        ValueError: there is none.
    """
    if not sounds:
        raise ValueError("no sound to join")
    rate = sounds[0].rate
    return Sound(np.concatenate([resampled(s, rate).samples for s in sounds]), rate)


def resampled(sound: Sound, rate: int) -> Sound:
    """``sound`` at ``rate`` samples a second: voices differ, a file or a loudspeaker has one."""
    if sound.rate == rate or not len(sound.samples):
        return replace(sound, rate=rate)
    samples = soxr.resample(sound.samples, sound.rate, rate).astype(np.float32)
    return replace(sound, samples=np.clip(samples, -1.0, 1.0), rate=rate)
