"""The speaking queue: a script read through a loudspeaker, with the controls of a player."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

from voice.errors import VoiceError
from voice.speak.ahead import Ahead, Interrupted, Make, Piece, Position, following
from voice.speak.script import Script, Unit

log = logging.getLogger(__name__)

BLOCK_SECONDS = 0.05
"""Sound given to the loudspeaker at a time: between two blocks it can be stopped."""

FAILURES = 3
"""Breaths in a row that cannot be spoken before the queue gives up."""

_RAMP_SECONDS = 0.01
"""Fade where a breath is taken up again in its middle."""

Mode = Literal["ready", "playing", "paused", "finished", "failed"]


class Loudspeaker(Protocol):
    """What sounds. It holds back no more than :data:`BLOCK_SECONDS` times a few."""

    def write(self, samples: npt.NDArray[np.float32], rate: int) -> None:
        """Play ``samples``; return when there is room for more.

        Raises:
            VoiceError: nothing can be heard.
        """
        ...

    def drain(self) -> None:
        """Return when all that was written has been heard."""
        ...

    def drop(self) -> float:
        """Be silent now. Returns the seconds that were written and not heard."""
        ...


@dataclass(frozen=True, slots=True)
class QueueState:
    """Where the queue is."""

    mode: Mode
    position: Position
    seconds: float
    """Heard of the breath at ``position``."""


@dataclass(frozen=True, slots=True)
class Sounding:
    """A breath begins to sound: its place for the screen, with marks for each word."""

    piece: Piece


Event = QueueState | Sounding | VoiceError


class SpeechQueue:
    """Reads ``script`` aloud. All methods return at once and may be called from any thread.

    ``on_event`` is called from the queue's own thread: with each breath that begins to sound,
    with each change of mode, and with a breath's error before the next one is tried.
    """

    def __init__(
        self,
        script: Script,
        make: Make,
        loudspeaker: Loudspeaker,
        *,
        start: Position | None = None,
        end: int | None = None,
        on_event: Callable[[Event], None] | None = None,
    ) -> None:
        """``end``: index past the last line that is read; the script's end if not given."""
        self._script = script
        self._speaker = loudspeaker
        self._ahead = Ahead(script, make)
        self._end = len(script.lines) if end is None else end
        self._on_event = on_event or (lambda event: None)
        self._changed = threading.Condition()
        self._position = start or Position()
        self._seconds = 0.0
        self._mode: Mode = "ready"
        self._orders = 0
        """Counts what was ordered; who holds an old number stops."""
        self._failures = 0
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="speech-queue", daemon=True)
        self._thread.start()

    @property
    def state(self) -> QueueState:
        """Where it is now."""
        with self._changed:
            return QueueState(self._mode, self._position, self._seconds)

    def play(self) -> None:
        """Begin, or go on where it was paused."""
        with self._changed:
            if self._mode == "finished":
                self._position, self._seconds = Position(), 0.0
            self._order("playing")

    def pause(self) -> None:
        """Be silent and keep the place."""
        with self._changed:
            if self._mode == "playing":
                self._order("paused")

    def stop(self) -> None:
        """Be silent; :meth:`play` then begins the sentence anew."""
        with self._changed:
            self._position, self._seconds = Position(self._position.line), 0.0
            self._order("ready")

    def step(self, unit: Unit, by: int) -> None:
        """Forward or back; goes on playing if it was."""
        with self._changed:
            self._go(self._script.step(self._position.line, unit, by))

    def go(self, line: int) -> None:
        """To the beginning of ``line``."""
        with self._changed:
            self._go(min(max(line, 0), max(0, len(self._script.lines) - 1)))

    def replace(self, make: Make) -> None:
        """Speak otherwise from here on: the sentence that sounds is begun anew."""
        self._ahead.replace(make)
        with self._changed:
            self._go(self._position.line)

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until it does not play; whether that is so."""
        with self._changed:
            return self._changed.wait_for(lambda: self._mode != "playing", timeout)

    def close(self) -> None:
        """Be silent and end the threads."""
        with self._changed:
            self._closed = True
            self._order(self._mode if self._mode != "playing" else "paused")
        self._thread.join(5)
        self._ahead.close()

    def _go(self, line: int) -> None:
        self._position, self._seconds = Position(line), 0.0
        self._order(self._mode if self._mode != "finished" else "ready")

    def _order(self, mode: Mode) -> None:
        self._mode = mode
        self._orders += 1
        self._changed.notify_all()

    # -- the thread

    def _run(self) -> None:
        announced: QueueState | None = None
        while True:
            with self._changed:
                state = QueueState(self._mode, self._position, self._seconds)
                order = self._orders
                if self._closed:
                    return
            if state != announced and (announced is None or state.mode != announced.mode):
                self._tell(state)
                announced = state
            with self._changed:
                if self._mode != "playing":
                    self._changed.wait_for(lambda n=order: self._orders != n)  # type: ignore[misc]
                    continue
            self._play(order)

    def _play(self, order: int) -> None:
        def interrupted() -> bool:
            return self._orders != order

        with self._changed:
            position, seconds = self._position, self._seconds
        if position.line >= self._end:
            self._finish(order)
            return
        try:
            piece = self._ahead.get(position, interrupted)
            if seconds == 0.0:
                self._tell(Sounding(piece))
            heard = self._sound(piece, seconds, interrupted)
            self._failures = 0
        except Interrupted:
            self._speaker.drop()
            return
        except VoiceError as error:
            self._tell(error)
            heard = -1.0
            self._failures += 1
        except Exception as error:
            log.exception("the queue failed")
            self._tell(VoiceError(str(error), vi="Giọng đọc gặp lỗi. Hãy bấm “Đọc tiếp”."))
            with self._changed:
                if not interrupted():
                    self._order("failed")
            return
        with self._changed:
            if self._failures >= FAILURES and not interrupted():
                self._failures = 0
                self._order("failed")
            if interrupted():
                # Paused in the middle: what was not heard is said again.
                if self._mode == "paused" and self._position == position and heard >= 0:
                    self._seconds = heard
                return
            after = following(self._script, position)
            self._position = after or Position(len(self._script.lines))
            self._seconds = 0.0

    def _sound(self, piece: Piece, seconds: float, interrupted: Callable[[], bool]) -> float:
        """Play ``piece`` from ``seconds`` on; returns up to where it was heard."""
        rate = piece.sound.rate
        samples = piece.sound.samples
        at = min(round(seconds * rate), len(samples))
        block = max(1, round(BLOCK_SECONDS * rate))
        ramp = round(_RAMP_SECONDS * rate) if at else 0
        while at < len(samples):
            if interrupted():
                return max(0.0, at / rate - self._speaker.drop())
            part = samples[at : at + block]
            if ramp:
                part = part.copy()
                size = min(ramp, len(part))
                part[:size] *= np.linspace(0.0, 1.0, size, dtype=np.float32)
                ramp = 0
            self._speaker.write(part, rate)
            at += len(part)
            with self._changed:
                if not interrupted():
                    self._seconds = at / rate
        if interrupted():
            return max(0.0, at / rate - self._speaker.drop())
        return at / rate

    def _finish(self, order: int) -> None:
        self._speaker.drain()
        with self._changed:
            if self._orders == order:
                self._order("finished")

    def _tell(self, event: Event) -> None:
        try:
            self._on_event(event)
        except Exception:
            log.exception("who listens to the queue failed")
