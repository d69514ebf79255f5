"""Meeting mode: one document read hands-free, driven by a screen or by spoken commands.

The screen asks for the :attr:`MeetingReader.view`, plays what :meth:`MeetingReader.piece` gives,
and says :meth:`MeetingReader.heard` when a piece has sounded to its end::

    reader.play()
    while (piece := await asyncio.to_thread(reader.piece)) is not None:
        ...show piece.start to piece.end, play piece.wav, wait until it has ended...
        reader.heard(piece)

A piece is one breath, a few seconds. Only the next three are kept, so that two hours of reading
take no more memory than two minutes; a screen should forget those it has played.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from typing import Any, Literal

from kiosk.reading.lines import said, shown
from kiosk.reading.progress import ProgressStore, progress_folder
from kiosk.reading.source import Source
from kiosk.reading.studio import Studio
from kiosk.settings import Settings
from kiosk.state import State
from voice.errors import VoiceError
from voice.pcm import wav_bytes
from voice.speak.ahead import Ahead, Interrupted, Position, following
from voice.speak.script import Script, Unit, compose
from voice.speak.speech import Mark
from voice.speak.synthesizer import Synthesizer

Mode = Literal["ready", "playing", "paused", "finished", "failed"]

Command = Literal[
    "play", "pause", "restart",
    "next", "back", "next_paragraph", "back_paragraph", "next_section", "back_section",
]  # fmt: skip
"""What a button or a spoken command asks for; ``next`` and ``back`` go by sentence."""

_STEPS: dict[str, tuple[Unit, int]] = {
    "next": ("sentence", 1),
    "back": ("sentence", -1),
    "next_paragraph": ("paragraph", 1),
    "back_paragraph": ("paragraph", -1),
    "next_section": ("section", 1),
    "back_section": ("section", -1),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """Where a document being read stands; plain values."""

    mode: Mode = "ready"
    line: int = 0
    """Sentence, heading or row."""
    breath: int = 0
    """Breath of it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a command led to."""

    reading: Reading
    show: str
    """For the screen."""
    say: str = ""
    """To speak; empty when the document itself goes on."""


@dataclass(frozen=True, slots=True)
class View:
    """What a screen shows; JSON-ready through :meth:`as_dict`."""

    title: str
    mode: Mode
    line: int
    lines: int
    start: int
    """Offset of the sentence's first character in the text."""
    end: int
    paragraph: int
    section: str
    """Heading one is under; empty before the first one."""
    share: float
    """How much is read, 0 to 1, by characters."""
    status: str
    """One line: what it does now."""
    notes: tuple[str, ...]
    offer: Reply | None
    """Set while it is open whether to go on where one stopped the last time."""

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Piece:
    """One breath, ready to play."""

    line: int
    breath: int
    start: int
    """Offset of its first character in the text."""
    end: int
    seconds: float
    wav: bytes = field(repr=False)
    """A complete RIFF WAV file, its pause at the end."""
    marks: tuple[Mark, ...] = ()
    """When each written token is heard."""


# -- the state machine: pure ----------------------------------------------------------------


def obey(reading: Reading, command: Command, script: Script) -> Reading:
    """``reading`` after ``command``."""
    if not script.lines:
        return replace(reading, mode="finished")
    if command == "play":
        return replace(reading, mode="playing") if reading.mode != "finished" else _START
    if command == "pause":
        return replace(reading, mode="paused") if reading.mode == "playing" else reading
    if command == "restart":
        return _START
    unit, by = _STEPS[command]
    line = script.step(reading.line, unit, by)
    mode = "paused" if reading.mode in ("finished", "failed") else reading.mode
    return Reading(mode, line, 0)


def advance(reading: Reading, heard: Position, script: Script) -> Reading:
    """``reading`` after the breath ``heard`` has sounded; unchanged if one has gone elsewhere."""
    if reading.mode != "playing" or Position(reading.line, reading.breath) != heard:
        return reading
    after = following(script, heard)
    if after is None:
        return replace(reading, mode="finished")
    return Reading("playing", after.line, after.breath)


_START = Reading("playing", 0, 0)


# -- the reader ------------------------------------------------------------------------------


class MeetingReader:
    """One document, its voice, and where it stands. Safe to call from several threads."""

    def __init__(
        self,
        state: State,
        settings: Settings,
        source: Source,
        *,
        synthesizer: Synthesizer | None = None,
        on_change: Callable[[View], None] | None = None,
    ) -> None:
        """``synthesizer``: the voice, where it is loaded already. ``on_change``: told each view."""
        self._state = state
        self._source = source
        self._progress = ProgressStore(progress_folder(state))
        self._studio = Studio(state, settings.speech, voice=settings.voice, synthesizer=synthesizer)
        self.script = compose(
            source.paragraphs, region=settings.region, lexicon=self._studio.lexicon
        )
        self._ahead = Ahead(self.script, self._studio)
        self._lock = threading.RLock()
        self._on_change = on_change or (lambda view: None)
        self._reading = Reading()
        self._kept = -1
        self._offered = self._progress.place(source.key, self.script) if source.key else None

    @property
    def text(self) -> str:
        """The whole text, as the offsets count."""
        return self.script.text

    @property
    def reading(self) -> Reading:
        """Where it stands."""
        with self._lock:
            return self._reading

    @property
    def view(self) -> View:
        """What to show now."""
        with self._lock:
            return self._view()

    def command(self, command: Command) -> Reply:
        """Obey; any command settles the offer to go on: ``play`` takes it, others begin anew."""
        with self._lock:
            before = self._reading
            offered, self._offered = self._offered, None
            if offered is not None and command == "play":
                self._set(Reading("playing", offered.line))
            else:
                self._set(obey(before, command, self.script))
            return Reply(self._reading, self._view().status, self._say(command, before))

    def play(self) -> Reply:
        """Begin, or go on; after :attr:`View.offer`, where one stopped the last time."""
        return self.command("play")

    def pause(self) -> Reply:
        """Be silent and keep the place."""
        return self.command("pause")

    def restart(self) -> Reply:
        """From the beginning."""
        return self.command("restart")

    def next(self, unit: Unit = "sentence") -> Reply:
        """Forward."""
        return self.command(_NAMES[unit, 1])

    def back(self, unit: Unit = "sentence") -> Reply:
        """Back; from the middle of a paragraph or section to its beginning first."""
        return self.command(_NAMES[unit, -1])

    def go(self, line: int) -> Reply:
        """To ``line``: a sentence that was touched on the screen."""
        with self._lock:
            self._offered = None
            line = min(max(line, 0), max(0, len(self.script.lines) - 1))
            mode = "playing" if self._reading.mode == "playing" else "paused"
            self._set(Reading(mode, line))  # type: ignore[arg-type]
            return Reply(self._reading, self._view().status)

    def piece(self) -> Piece | None:
        """The breath to play now; None when nothing plays. Blocks while it is made.

        A breath that cannot be spoken is passed over; when three in a row cannot, the mode is
        ``failed``.
        """
        failures = 0
        while failures < 3:
            reading = self.reading
            if reading.mode != "playing" or not self.script.lines:
                return None
            position = Position(reading.line, reading.breath)
            try:
                made = self._ahead.get(position, partial(self._has_left, reading))
            except Interrupted:
                continue
            except VoiceError:
                failures += 1
                with self._lock:
                    self._set(advance(self._reading, position, self.script))
                continue
            sound = made.sound
            return Piece(
                position.line, position.breath, made.start, made.end,
                round(sound.seconds, 3), wav_bytes(sound.samples, sound.rate), made.marks,
            )  # fmt: skip
        with self._lock:
            self._set(replace(self._reading, mode="failed"))
        return None

    def heard(self, piece: Piece) -> Reading:
        """``piece`` has sounded to its end."""
        with self._lock:
            position = Position(piece.line, piece.breath)
            self._set(advance(self._reading, position, self.script))
            return self._reading

    def change(self, settings: Settings) -> None:
        """Speak on with other settings, from the sentence one is at."""
        with self._lock:
            self._studio.speech = settings.speech
            self._ahead.replace(self._studio)
            self._set(replace(self._reading, breath=0))

    def close(self) -> None:
        """End the thread that makes sounds. The place stays remembered."""
        with self._lock:
            if self._reading.mode == "playing":
                self._reading = replace(self._reading, mode="paused")
        self._ahead.close()
        self._studio.close()

    def _has_left(self, reading: Reading) -> bool:
        return self.reading != reading

    # -- inside, with the lock held

    def _set(self, reading: Reading) -> None:
        if reading == self._reading:
            return
        self._reading = reading
        if reading.mode == "finished":
            self._progress.forget(self._source.key)
            self._kept = -1
        elif reading.line != self._kept and reading.mode != "ready":
            self._kept = reading.line
            self._progress.keep(self._source.key, self._source.title, self.script, reading.line)
        self._on_change(self._view())

    def _view(self) -> View:
        reading, script = self._reading, self.script
        source = self._source
        if not script.lines:
            status = shown("finished", title=source.title)
            return View(
                source.title, "finished", 0, 0, 0, 0, 0, "", 1.0, status, source.notes, None
            )
        line = script.lines[reading.line]
        status = shown(
            reading.mode, line=reading.line + 1, lines=len(script.lines), title=source.title
        )
        done = reading.mode == "finished"
        return View(
            title=source.title,
            mode=reading.mode,
            line=reading.line,
            lines=len(script.lines),
            start=line.start,
            end=line.end,
            paragraph=line.paragraph,
            section=script.sections[line.section].title,
            share=1.0 if done else round(line.start / max(1, len(script.text)), 4),
            status=status,
            notes=source.notes,
            offer=self._offer(),
        )

    def _offer(self) -> Reply | None:
        place = self._offered
        if place is None:
            return None
        values = {"line": place.line + 1, "lines": place.lines, "quote": place.quote}
        say = said("offer", section=place.section) if place.section else said("offer_plain")
        return Reply(Reading("ready", place.line), shown("offer", **values), say)

    def _say(self, command: Command, before: Reading) -> str:
        if command == "pause":
            return said("paused") if before.mode == "playing" else ""
        if command in _STEPS and self._reading.line == before.line and before.breath == 0:
            return said("last" if _STEPS[command][1] > 0 else "first")
        return ""


_NAMES: dict[tuple[Unit, int], Command] = {
    (unit, by): name  # type: ignore[misc]
    for name, (unit, by) in _STEPS.items()
}
