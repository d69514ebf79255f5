"""A recording while it is made: chunks in, end of speech out."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

import numpy as np

from kiosk.events import Event, Failed
from voice.endpoint import Endpointer, EndpointSettings, Utterance
from voice.errors import VoiceError
from voice.pcm import LivePcm

log = logging.getLogger(__name__)

# Loudness that fills the picture of the voice: speech near a tablet has an RMS of about 0.1.
_FULL_LEVEL = 0.15


class Recording:
    """One press of the button, from its first sound to its end."""

    def __init__(
        self, settings: EndpointSettings, answer: Callable[[Utterance], Iterator[Event]]
    ) -> None:
        self._pointer = Endpointer(settings)
        self._answer = answer
        self._pcm: LivePcm | None = None
        self._format = (0, 0)
        self._broken: VoiceError | None = None
        self.level = 0.0
        """Loudness of the last chunk, 0 to 1."""

    @property
    def ended(self) -> bool:
        """Whether the utterance is over: silence, the limit, nobody spoke, or broken sound."""
        return self._broken is not None or self._pointer.ended

    @property
    def seconds(self) -> float:
        """Seconds of sound heard so far."""
        return self._pointer.seconds

    def feed(self, pcm: bytes, *, rate: int, channels: int) -> list[Event]:
        """Take a chunk of 16-bit little-endian PCM; return what there is to show."""
        try:
            if self._pcm is None or self._format != (rate, channels):
                self._pcm, self._format = LivePcm(rate=rate, channels=channels), (rate, channels)
            samples = self._pcm.feed(pcm)
        except VoiceError as error:
            log.error("recording failed: %s", error)
            self._broken = error
            return []
        if len(samples):
            self.level = min(1.0, float(np.sqrt(np.mean(samples**2))) / _FULL_LEVEL)
            self._pointer.feed(samples)
        return []

    def finish(self) -> Iterator[Event]:
        """The rest of the turn: recognition, understanding, the answer and its sound."""
        if self._broken is not None:
            return iter([Failed(0.0, self._broken.vi, str(self._broken))])
        if self._pcm is not None:
            # A resampler holds the last milliseconds back until it is told that they are.
            self._pointer.feed(self._pcm.feed(b"", last=True))
            self._pcm = None
        return self._answer(self._pointer.utterance())

    def cancel(self) -> None:
        """Forget the recording: no sound is kept."""
        self._pointer = Endpointer(self._pointer.settings)
