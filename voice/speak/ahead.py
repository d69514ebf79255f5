"""The next sounds made while one is heard."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from voice.errors import VoiceError
from voice.speak.breath import Breath
from voice.speak.script import Script
from voice.speak.speech import Mark
from voice.speak.synthesizer import Sound

log = logging.getLogger(__name__)

COUNT = 3
"""Breaths made ahead: some fifteen seconds of speech, a megabyte and a half."""

Make = Callable[[Breath], tuple[Sound, tuple[Mark, ...]]]
"""Makes the sound of a breath; runs in a thread of its own."""


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A breath of a script."""

    line: int = 0
    breath: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """One breath as sound."""

    position: Position
    start: int
    """Offset of its first character in :attr:`Script.text`."""
    end: int
    sound: Sound
    marks: tuple[Mark, ...]


class Interrupted(Exception):
    """No error: what was waited for is not wanted any more."""


def following(script: Script, position: Position) -> Position | None:
    """The breath after ``position``, or None at the end."""
    if position.line >= len(script.lines):
        return None
    if position.breath + 1 < len(script.lines[position.line].breaths):
        return Position(position.line, position.breath + 1)
    if position.line + 1 < len(script.lines):
        return Position(position.line + 1)
    return None


class Ahead:
    """Makes pieces of ``script`` from where one listens, a few ahead, and forgets the others.

    Memory stays the same however long the script is.
    """

    def __init__(self, script: Script, make: Make, *, count: int = COUNT) -> None:
        self._script = script
        self._make = make
        self._count = count
        self._changed = threading.Condition()
        self._wanted: list[Position] = []
        self._made: dict[Position, Piece | Exception] = {}
        self._version = 0
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="speech-ahead", daemon=True)
        self._thread.start()

    def get(self, position: Position, interrupted: Callable[[], bool] = bool) -> Piece:
        """The piece at ``position``, made now if it is not there yet.

        Raises:
            VoiceError: it could not be made. The next ones may succeed.
            Interrupted: ``interrupted`` became true, or all is closed.
        """
        with self._changed:
            self._wanted = self._window(position)
            for old in [p for p in self._made if p not in self._wanted]:
                del self._made[old]
            self._changed.notify_all()
            while position not in self._made:
                if self._closed or interrupted():
                    raise Interrupted
                self._changed.wait(0.05)
            found = self._made[position]
        if isinstance(found, Exception):
            raise found
        return found

    def replace(self, make: Make) -> None:
        """Make everything anew, another way: the speed or the voice has changed."""
        with self._changed:
            self._make = make
            self._made.clear()
            self._version += 1
            self._changed.notify_all()

    def close(self) -> None:
        """End the thread."""
        with self._changed:
            self._closed = True
            self._made.clear()
            self._changed.notify_all()
        self._thread.join(5)

    def _window(self, position: Position) -> list[Position]:
        window = [position]
        while len(window) <= self._count and (after := following(self._script, window[-1])):
            window.append(after)
        return window

    def _next(self) -> Position | None:
        return next((p for p in self._wanted if p not in self._made), None)

    def _work(self) -> None:
        while True:
            with self._changed:
                while not self._closed and self._next() is None:
                    self._changed.wait()
                if self._closed:
                    return
                position, make, version = self._next(), self._make, self._version
                assert position is not None
            breath = self._script.lines[position.line].breaths[position.breath]
            made: Piece | Exception
            try:
                sound, marks = make(breath)
                made = Piece(position, breath.start, breath.end, sound, marks)
            except VoiceError as error:
                made = error
            except Exception as error:
                log.exception("a breath could not be made")
                made = error
            with self._changed:
                if version == self._version and position in self._wanted:
                    self._made[position] = made
                    self._changed.notify_all()
