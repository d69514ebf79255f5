"""The browser's microphone as a stream of 16 kHz mono PCM chunks.

``assets/microphone.js`` makes the recorder deliver that rate. If it ever did not, the bytes
would come too fast; :class:`RateMeter` notices and says so in the log.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable

import flet_audio_recorder as far  # type: ignore[import-untyped]

log = logging.getLogger("troly.screen")

RATE = 16_000
"""Samples a second."""

ASK_TIMEOUT = 20.0
"""Seconds a person may take to allow the microphone, where the browser asks."""

START_TIMEOUT = 6.0
STOP_TIMEOUT = 2.0

TAIL = 0.25
"""Seconds the microphone stays open after the button is let go: the recorder hands over blocks of
128 ms and drops the last, unfilled one, which would cut the last syllable."""


class MicrophoneUnavailable(Exception):
    """There is no microphone, or the browser may not use it."""


class RateMeter:
    """Bytes against the clock: does the stream have the rate it should have?"""

    def __init__(self) -> None:
        self._first: float | None = None
        self._last = 0.0
        self._bytes = 0

    def add(self, count: int, at: float) -> None:
        """``count`` bytes came at time ``at`` (seconds)."""
        if self._first is None:
            self._first = at
            return
        self._bytes += count
        self._last = at

    @property
    def rate(self) -> float | None:
        """16-bit samples a second; None while less than a second has been seen."""
        if self._first is None or self._bytes == 0 or self._last - self._first < 1.0:
            return None
        return self._bytes / 2 / (self._last - self._first)


class Microphone:
    """Opens and closes the browser's recorder."""

    def __init__(self) -> None:
        self._on_chunk: Callable[[bytes], None] | None = None
        self._meter = RateMeter()
        self._recorder = far.AudioRecorder(
            configuration=far.AudioRecorderConfiguration(
                encoder=far.AudioEncoder.PCM16BITS, sample_rate=RATE, channels=1
            ),
            on_stream=self._on_stream,
        )

    def _on_stream(self, event: far.AudioRecorderStreamEvent) -> None:
        self._meter.add(len(event.chunk), time.monotonic())
        if self._on_chunk is not None:
            self._on_chunk(event.chunk)

    async def open(self, on_chunk: Callable[[bytes], None]) -> None:
        """Start; ``on_chunk`` gets 16-bit little-endian samples at :data:`RATE`, mono.

        Raises :class:`MicrophoneUnavailable`.
        """
        try:
            if not await asyncio.wait_for(self._recorder.has_permission(), ASK_TIMEOUT):
                raise MicrophoneUnavailable("the browser has no microphone, or may not use it")
            self._meter = RateMeter()
            self._on_chunk = on_chunk
            if not await asyncio.wait_for(self._recorder.start_recording(), START_TIMEOUT):
                raise MicrophoneUnavailable("the recorder did not start")
        except MicrophoneUnavailable:
            self._on_chunk = None
            raise
        except Exception as error:
            self._on_chunk = None
            raise MicrophoneUnavailable(f"the recorder failed: {error!r}") from error

    async def close(self) -> None:
        """Stop. Never raises."""
        with contextlib.suppress(Exception):
            await asyncio.wait_for(self._recorder.stop_recording(), STOP_TIMEOUT)
        self._on_chunk = None
        rate = self._meter.rate
        if rate is not None and not 0.7 * RATE < rate < 1.4 * RATE:
            log.error("the microphone sent %.0f samples a second instead of %d", rate, RATE)

    def disconnected(self) -> None:
        """The browser has gone."""
        self._on_chunk = None
