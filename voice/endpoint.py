"""When has the speaker finished? An endpointer made for slow, old speakers.

Common assistants end an utterance after 0.7 s of silence and cut slow speakers off in the
middle of a sentence. Here it takes 1.25 s, and all of it can be set by the ward.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from voice.pcm import SAMPLE_RATE, Samples
from voice.vad import FRAME, FRAME_SECONDS, SileroVad


@dataclass(frozen=True, slots=True)
class EndpointSettings:
    """How patient the endpointer is. All times in seconds."""

    silence: float = 1.25
    """Silence that ends an utterance."""
    keep: float = 0.3
    """Sound kept before the first and after the last speech frame."""
    limit: float = 30.0
    """An utterance ends after this, whatever is said."""
    start: float = 8.0
    """Give up when nobody has begun to speak by then."""
    threshold: float = 0.5
    """Speech probability from which a frame is speech; it stays speech until the probability
    falls 0.15 below (Silero's own hysteresis)."""
    min_speech: float = 0.09
    """Speech shorter than this in all is a click, not an utterance. A quick "tiếp" has four
    frames (0.13 s) that the network takes for speech."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """What was said, cut to the speech."""

    samples: Samples
    """16 kHz mono, with ``keep`` seconds around the speech."""
    start: float
    """Where ``samples`` begins in the recording, in seconds."""
    speech: float
    """Seconds of speech frames in it; 0 when nothing was said."""

    @property
    def seconds(self) -> float:
        """Length of ``samples``."""
        return len(self.samples) / SAMPLE_RATE


class Endpointer:
    """Follows a live recording and tells when the utterance has ended."""

    def __init__(self, settings: EndpointSettings | None = None) -> None:
        self.settings = settings or EndpointSettings()
        self._vad = SileroVad()
        self._chunks: list[Samples] = []
        self._frames = 0
        self._in_speech = False
        self._speech_frames = 0
        self._first: int | None = None
        self._last: int | None = None

    @property
    def seconds(self) -> float:
        """Seconds of sound judged so far."""
        return self._frames * FRAME_SECONDS

    @property
    def spoken(self) -> bool:
        """Whether enough speech has been heard to be an utterance."""
        return self._speech_frames * FRAME_SECONDS >= self.settings.min_speech

    @property
    def silence(self) -> float:
        """Seconds since the last speech frame (since the start when there was none)."""
        last = -1 if self._last is None else self._last
        return (self._frames - 1 - last) * FRAME_SECONDS

    @property
    def ended(self) -> bool:
        """Whether the utterance is over: silence, the limit, or nobody spoke."""
        if self.seconds >= self.settings.limit:
            return True
        if not self.spoken:
            return self.seconds >= self.settings.start
        return self.silence >= self.settings.silence

    def feed(self, samples: Samples) -> bool:
        """Take 16 kHz mono samples in; return :attr:`ended`."""
        self._chunks.append(samples)
        for probability in self._vad.feed(samples):
            threshold = self.settings.threshold - (0.15 if self._in_speech else 0.0)
            self._in_speech = bool(probability >= threshold)
            if self._in_speech:
                self._speech_frames += 1
                self._last = self._frames
                if self._first is None:
                    self._first = self._frames
            self._frames += 1
        return self.ended

    def utterance(self) -> Utterance:
        """The speech heard so far, cut with ``keep`` seconds on both sides."""
        if self._first is None or self._last is None or not self.spoken:
            return Utterance(np.zeros(0, dtype=np.float32), 0.0, 0.0)
        samples = np.concatenate(self._chunks)
        keep = round(self.settings.keep * SAMPLE_RATE)
        start = max(0, self._first * FRAME - keep)
        end = min(len(samples), (self._last + 1) * FRAME + keep)
        limit = start + round(self.settings.limit * SAMPLE_RATE)
        return Utterance(
            samples[start : min(end, limit)],
            start / SAMPLE_RATE,
            self._speech_frames * FRAME_SECONDS,
        )


def cut_utterance(samples: Samples, settings: EndpointSettings | None = None) -> Utterance:
    """The speech of a whole recording, from its first to its last speech frame.

    Unlike the live endpointer it does not stop at the first long silence: a file was recorded
    for what is in it. At most ``limit`` seconds are kept.
    """
    pointer = Endpointer(settings)
    # Silence before the start gives the network the context it has in a live recording, where
    # a file may begin in the middle of the first syllable; silence behind the end lets the
    # last, incomplete frame be judged too.
    lead = np.zeros(round(0.3 * SAMPLE_RATE), dtype=np.float32)
    pointer.feed(np.concatenate([lead, samples, np.zeros(FRAME, dtype=np.float32)]))
    heard = pointer.utterance()
    return Utterance(heard.samples, max(0.0, heard.start - 0.3), heard.speech)
