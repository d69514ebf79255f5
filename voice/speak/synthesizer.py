"""What every voice engine offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

Region = Literal["bac", "trung", "nam"]
"""Accent: Northern, Central or Southern Vietnamese."""


@dataclass(frozen=True, slots=True)
class SpeechSettings:
    """How to speak."""

    region: Region = "bac"
    rate: float = 1.0
    """Speed, 1 is the engine's calm reading speed; 0.6 to 1.6 are useful."""
    pitch: float = 1.0
    """Height of the voice, 0.5 to 1.5; engines that cannot change it ignore it."""
    volume: float = 1.0
    """Loudness, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A piece of mono sound."""

    samples: npt.NDArray[np.float32]
    """Shape ``(n,)``, values in [-1, 1]."""
    rate: int
    """Samples a second."""
    onsets: tuple[tuple[int, float], ...] = ()
    """Where words begin, if the engine says so: offset in the words, and seconds."""
    stand_in: bool = False
    """Made by another voice, since the one that was asked failed: not to be kept."""

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return len(self.samples) / self.rate


class Synthesizer(Protocol):
    """An engine with one voice. An adapter for another engine is one such class.

    It may also have ``version``, a string that changes when the same words would sound
    otherwise; sounds are cached by name and version.
    """

    @property
    def name(self) -> str:
        """Name in the model catalogue."""
        ...

    def synthesize(self, words: str, settings: SpeechSettings) -> Sound:
        """Speak ``words``: NFC Vietnamese words with commas and periods, no digits or codes.

        Raises:
            SynthesisError: the engine failed.
        """
        ...
