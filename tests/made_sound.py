"""Sound for tests: what the project's own voice says, tones and noise, and WAV files of them.

Recordings of people are not shipped, so every test speaks with :class:`voice.speak.EspeakVoice`;
a WAV file plays the microphone.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np
import soxr

from voice.pcm import SAMPLE_RATE, Samples, wav_bytes
from voice.speak import EspeakVoice, SpeechSettings
from voice.speak.synthesizer import Region

REGIONS: tuple[Region, ...] = ("bac", "trung", "nam")

ROOM = 0.4
"""Seconds of silence before and after made speech, as in a recording."""


@lru_cache(maxsize=64)
def spoken(words: str, region: Region = "bac", *, rate: float = 1.0, room: float = ROOM) -> Samples:
    """``words`` as 16 kHz mono samples, with ``room`` seconds of silence on both sides."""
    sound = EspeakVoice().synthesize(words, SpeechSettings(region=region, rate=rate))
    samples = soxr.resample(sound.samples, sound.rate, SAMPLE_RATE).astype(np.float32)
    quiet = silence(room)
    made = np.concatenate([quiet, samples, quiet])
    made.setflags(write=False)  # shared by the cache
    return made


def silence(seconds: float) -> Samples:
    """Digital silence."""
    return np.zeros(round(seconds * SAMPLE_RATE), dtype=np.float32)


def white_noise(seconds: float, level: float = 0.1, *, seed: int = 1) -> Samples:
    """Gaussian noise whose RMS is ``level``."""
    noise = np.random.default_rng(seed).standard_normal(round(seconds * SAMPLE_RATE))
    return np.clip(level * noise, -1, 1).astype(np.float32)


def tone(
    seconds: float, hertz: float = 440.0, level: float = 0.5, rate: int = SAMPLE_RATE
) -> Samples:
    """A sine whose peak is ``level``."""
    times = np.arange(round(seconds * rate)) / rate
    return (level * np.sin(2 * np.pi * hertz * times)).astype(np.float32)


def pcm_chunks(samples: Samples, seconds: float = 0.1) -> Iterator[bytes]:
    """``samples`` as a microphone gives them: 16-bit little-endian chunks."""
    ints = np.clip(np.round(samples * 32767.0), -32768, 32767).astype("<i2")
    step = round(seconds * SAMPLE_RATE)
    for at in range(0, len(ints), step):
        yield ints[at : at + step].tobytes()


def wav_file(path: Path, samples: Samples) -> Path:
    """Write ``samples`` as a 16-bit WAV; returns ``path``."""
    path.write_bytes(wav_bytes(samples))
    return path
