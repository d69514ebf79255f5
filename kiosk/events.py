"""What happens during a turn, as small dataclasses.

A turn is a stream of these. The screen draws them, ``troly ask --json`` prints them, tests
compare them. Times are seconds since the turn began, from a monotonic clock.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Status = Literal["answered", "clarify", "rejected"]


@dataclass(frozen=True, slots=True)
class Event:
    """Anything that happens in a turn."""

    at: float
    """Seconds since the turn began."""

    def as_dict(self) -> dict[str, Any]:
        """The event as JSON-ready values, with its kind under ``type``."""
        return {"type": type(self).__name__.lower(), **asdict(self)}


@dataclass(frozen=True, slots=True)
class Listening(Event):
    """The microphone is open."""


@dataclass(frozen=True, slots=True)
class Thinking(Event):
    """The utterance has ended; recognition and understanding run."""

    seconds: float
    """Length of the utterance, in seconds."""


@dataclass(frozen=True, slots=True)
class Partial(Event):
    """What seems to have been said so far."""

    text: str


@dataclass(frozen=True, slots=True)
class Heard(Event):
    """The recogniser's hypotheses, best first."""

    text: str
    hypotheses: tuple[tuple[str, float], ...] = ()
    """Text and mean log probability of each hypothesis, best first."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the things offered when the kiosk asks back, or after it has not understood."""

    intent: str
    title: str
    """What to show on its button, and to say in the question."""


@dataclass(frozen=True, slots=True)
class Understood(Event):
    """What is wanted, or what to ask back."""

    status: Status
    intent: str | None
    slots: dict[str, str]
    confidence: float
    """Probability, 0 to 1, that ``intent`` is what was asked."""
    phrase: str = ""
    """The listed phrase that fits best: shown as "what was heard" rather than raw text."""
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where an answer comes from."""

    document: str
    """Name with number and date, as it is shown and read."""
    trust: str
    """``gốc`` read in the original, ``báo`` press, ``cần kiểm tra`` second-hand."""
    in_force_from: str | None = None
    """ISO date."""
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True)
class Answered(Event):
    """The answer, before it is spoken."""

    status: Status
    intent: str | None
    title: str
    text: str
    """Screen text; also what is spoken, sentence by sentence."""
    sources: tuple[Source, ...] = ()
    choices: tuple[Choice, ...] = ()
    control: str | None = None
    """A command to the kiosk itself (``stop``, ``louder`` …) instead of a question."""


@dataclass(frozen=True, slots=True)
class SentenceReady(Event):
    """One sentence of the answer as sound."""

    index: int
    start: int
    """Offset of the sentence's first character in ``Answered.text``."""
    end: int
    """Offset past its last character."""
    seconds: float
    """Length of the sound."""
    wav: bytes = field(repr=False)
    """A complete RIFF WAV file: one sentence, ready to play."""

    def as_dict(self) -> dict[str, Any]:
        """Like every event's, without the sound."""
        return {
            "type": "sentenceready",
            "at": self.at,
            "index": self.index,
            "start": self.start,
            "end": self.end,
            "seconds": self.seconds,
        }


@dataclass(frozen=True, slots=True)
class Finished(Event):
    """The turn is over."""


@dataclass(frozen=True, slots=True)
class Failed(Event):
    """Something went wrong; the kiosk says what to do and goes on."""

    message: str
    """Vietnamese, for the screen."""
    detail: str
    """English, for the log."""
