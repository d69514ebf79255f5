"""Clocks: the tablet's, and one whose time is made up for trials and demonstrations."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

Clock = Callable[[], datetime]
"""Gives the time, with its zone."""


def wall_clock() -> datetime:
    """The tablet's time, in its zone, to the second: what minutes are written in."""
    return datetime.now().astimezone().replace(microsecond=0)


class SimulatedClock:
    """Time that runs ``speed`` times as fast as real time, from ``start``; 0 stands still."""

    def __init__(
        self, start: datetime, speed: float = 0, ticks: Callable[[], float] = time.monotonic
    ) -> None:
        self._start = start.replace(microsecond=0)
        self._speed = speed
        self._ticks = ticks
        self._began = ticks()
        self._skipped = timedelta()

    def __call__(self) -> datetime:
        """The simulated time, to the second."""
        passed = timedelta(seconds=int((self._ticks() - self._began) * self._speed))
        return self._start + passed + self._skipped

    def skip(self, length: timedelta) -> None:
        """Let time pass at once."""
        self._skipped += length
