"""What is on the screen. The controller writes it, the components draw it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import flet as ft

from kiosk.events import Choice, Source, Status

Phase = Literal["ready", "opening", "listening", "thinking", "speaking"]
"""``opening``: the microphone has been asked for and has not given sound yet."""

Warmth = Literal["loading", "ready", "failed"]
"""Whether speech can be understood yet."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer, or a question back, as it is shown. All its text is drawable."""

    status: Status
    title: str
    text: str
    sources: tuple[Source, ...] = ()
    choices: tuple[Choice, ...] = ()


@ft.observable
@dataclass
class Screen:
    """Everything on the screen but the loudness of the voice."""

    phase: Phase = "ready"
    heard: str = ""
    """The words heard so far, or the question that was asked."""
    shown: Shown | None = None
    """None: the cards are shown."""
    spoken: tuple[int, int] | None = None
    """Range of ``shown.text`` that is being spoken."""
    notice: str = ""
    """A sentence about something that went wrong, or that a command has been carried out."""
    warmth: Warmth = "loading"
    cards: tuple[Choice, ...] = ()
    width: float = 1280
    height: float = 800
    time: str = ""
    date: str = ""


BARS = 24
"""Values kept, and bars drawn."""


@ft.observable
@dataclass
class Loudness:
    """The voice as the microphone hears it: changes ten times a second."""

    levels: tuple[float, ...] = field(default_factory=lambda: (0.0,) * BARS)
    """0 to 1, oldest first."""

    def add(self, level: float) -> None:
        """Push one more value in; the oldest drops out."""
        self.levels = (*self.levels[1:], min(1.0, max(0.0, level)))

    def clear(self) -> None:
        """Silence."""
        self.levels = (0.0,) * BARS
