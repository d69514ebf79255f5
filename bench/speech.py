"""Made speech: sentences spoken by eSpeak NG in three accents, clean or in noise."""

from __future__ import annotations

import numpy as np
import soxr

from voice.pcm import SAMPLE_RATE, Samples
from voice.speak import EspeakVoice, SpeechSettings
from voice.speak.synthesizer import Region

REGIONS: tuple[Region, ...] = ("bac", "trung", "nam")

_ROOM = 0.4
"""Seconds of silence before and after, as in a recording."""


def made_speech(words: str, region: Region, *, rate: float = 1.0) -> Samples:
    """``words`` as 16 kHz mono samples."""
    sound = EspeakVoice().synthesize(words, SpeechSettings(region=region, rate=rate))
    samples = soxr.resample(sound.samples, sound.rate, SAMPLE_RATE).astype(np.float32)
    room = np.zeros(round(_ROOM * SAMPLE_RATE), dtype=np.float32)
    return np.concatenate([room, samples, room])


def with_noise(samples: Samples, decibels: float, *, seed: int) -> Samples:
    """``samples`` in white noise at a signal-to-noise ratio of ``decibels``."""
    noise = np.random.default_rng(seed).standard_normal(len(samples)).astype(np.float32)
    loud = samples[np.abs(samples) > 0.01]
    power = float(np.sqrt(np.mean(loud**2))) if len(loud) else 0.0
    return np.clip(samples + noise * np.float32(power * 10 ** (-decibels / 20)), -1, 1)
