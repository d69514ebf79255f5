"""What happens when something is touched, and when the assistant has something to say."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Iterator

from kiosk.events import (
    Answered,
    Choice,
    Event,
    Failed,
    Finished,
    Heard,
    Partial,
    SentenceReady,
    Source,
    Thinking,
    Understood,
)
from kiosk.recording import Recording
from kiosk.screen.glyphs import displayable
from kiosk.screen.guard import SORRY
from kiosk.screen.microphone import RATE, TAIL, Microphone, MicrophoneUnavailable
from kiosk.screen.model import Loudness, Screen, Shown
from kiosk.screen.player import Player, SoundRefused
from kiosk.screen.station import Station

log = logging.getLogger("troly.screen")

HOLD = 0.6
"""Seconds: a press longer than this is "press and hold", and letting go ends the question."""

SETTLE = 0.8
"""Seconds in which a second press is a trembling hand, not a wish."""

SILENT_MICROPHONE = 5.0
"""Seconds without a single sample after which the microphone is given up."""

SHOWN_CONTROLS = (None, "help", "repeat")
"""Commands whose answer is a text to be read; the others only change how the kiosk behaves."""

NO_MICROPHONE = "Chưa dùng được micro. Xin chạm vào một thẻ để hỏi, hoặc nhờ người kiểm tra micro."
NO_SOUND = "Chưa phát được tiếng. Xin bấm “Nghe lại”."
WARMING = "Máy đang chuẩn bị nghe, xin chờ một lát. Trong lúc chờ có thể chạm vào thẻ để hỏi."


class Controller:
    """One page's behaviour. Its methods are event handlers: short, and never blocking."""

    def __init__(self, station: Station, run: Callable[[Callable[[], None]], None]) -> None:
        """``run`` calls a function later, on the event loop, for this page."""
        self.station = station
        self.assistant = station.assistant
        self.screen = Screen(warmth=station.warmth, notice=displayable(station.complaint))
        self.loudness = Loudness()
        self.player = Player(self._on_sentence)
        self.microphone = Microphone()
        self._run = run
        self._turn = 0
        """Number of the turn that may change the screen; older ones only drain."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._recording: Recording | None = None
        self._chunks: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._sentences: list[SentenceReady] = []
        """Sound of the answer on the screen."""
        self._whole = False
        """Whether :attr:`_sentences` is all of it."""
        self._control: str | None = None
        self._pressed_at = self._touched_at = self._tapped_at = self._opened_at = -10.0
        station.watch(self)

    # -- what the user does -------------------------------------------------------------

    async def press(self) -> None:
        """A finger has come down on the great button."""
        now = time.monotonic()
        if now - self._tapped_at < SETTLE:
            return
        self._touched_at = self._pressed_at = now
        await self._toggle()

    async def release(self) -> None:
        """The finger has left it, wherever it has drifted to."""
        now = time.monotonic()
        held = now - self._pressed_at
        self._touched_at = now
        if self.screen.phase == "listening" and self._opened_at >= self._pressed_at and held > HOLD:
            await self._end_recording()

    async def tap(self) -> None:
        """The great button was activated without a finger: screen reader, keyboard."""
        now = time.monotonic()
        if now - self._touched_at < SETTLE:
            return  # the same touch has come as a press
        self._tapped_at = now
        await self._toggle()

    async def ask(self, choice: Choice) -> None:
        """A card, or a choice, was touched."""
        await self._silence()
        self.screen.heard = displayable(choice.title)
        self._begin_turn(lambda: self.assistant.ask_intent(choice.intent))

    async def stop(self) -> None:
        """Be quiet, and wait for the next question."""
        await self._silence()
        self.screen.phase = "ready"

    async def again(self) -> None:
        """Say the answer once more."""
        await self._replay(0)

    async def home(self) -> None:
        """Back to the cards."""
        await self._silence()
        self.screen.phase = "ready"
        self.screen.notice = ""
        self._forget()

    def _forget(self) -> None:
        self.screen.shown = None
        self.screen.heard = ""
        self._sentences = []

    # -- connection ---------------------------------------------------------------------

    def disconnected(self) -> None:
        """The browser is gone or reloads: what it was doing is over, what was shown stays."""
        self._turn += 1
        self.assistant.stop()
        self._drop_recording()
        self.microphone.disconnected()
        self.player.disconnected()
        self.screen.phase = "ready"

    def connected(self) -> None:
        """The browser is back. Changes made while it was away were not sent."""
        self.screen.warmth = self.station.warmth
        self.screen.notify()  # type: ignore[attr-defined]  # from @ft.observable

    def on_warmth(self) -> None:
        """The models are loaded, or cannot be."""

        def show() -> None:
            self.screen.warmth = self.station.warmth
            if self.screen.notice == WARMING or self.station.warmth == "failed":
                self.screen.notice = displayable(self.station.complaint)

        self._run(show)

    def complain(self, message: str) -> None:
        """Something failed: say it, and be ready again."""
        self.screen.notice = displayable(message)
        self.screen.phase = "ready"

    # -- listening ----------------------------------------------------------------------

    async def _toggle(self) -> None:
        phase = self.screen.phase
        if phase == "listening":
            if time.monotonic() - self._opened_at > SETTLE:
                await self._end_recording()
        elif phase in ("ready", "speaking"):
            await self._listen()

    async def _listen(self) -> None:
        if self.station.warmth != "ready":
            loading = self.station.warmth == "loading"
            self.screen.notice = WARMING if loading else displayable(self.station.complaint)
            return
        self.screen.phase = "opening"
        self._opened_at = time.monotonic()
        await self._silence()
        turn = self._turn
        self.screen.notice = ""
        self.screen.heard = ""
        self.loudness.clear()
        chunks: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._chunks = chunks
        try:
            recording = await asyncio.to_thread(self.assistant.begin)
            await self.microphone.open(chunks.put_nowait)
        except MicrophoneUnavailable as error:
            log.warning("%s", error)
            if turn == self._turn:
                self.complain(NO_MICROPHONE)
            return
        if turn != self._turn:
            await self.microphone.close()
            return
        self._recording = recording
        self._spawn(self._record(turn, recording, chunks))

    async def _record(
        self, turn: int, recording: Recording, chunks: asyncio.Queue[bytes | None]
    ) -> None:
        """Feed the recorder's chunks until the question has ended, then answer it."""
        while not recording.ended:
            try:
                chunk = await asyncio.wait_for(chunks.get(), SILENT_MICROPHONE)
            except TimeoutError:
                if turn == self._turn:
                    log.warning("the microphone is open but sends nothing")
                    await self._silence()
                    self.complain(NO_MICROPHONE)
                return
            if turn != self._turn:
                return
            if chunk is None:
                break
            if self.screen.phase == "opening":
                self.screen.phase = "listening"
                self._opened_at = max(self._opened_at, self._pressed_at)
            events = await asyncio.to_thread(recording.feed, chunk, rate=RATE, channels=1)
            if turn != self._turn:
                return
            self.loudness.add(recording.level)
            for event in events:
                self._on_event(event)
        self.screen.phase = "thinking"
        self._recording = None
        self._spawn(self.microphone.close())
        self._begin_turn(recording.finish)

    async def _end_recording(self) -> None:
        chunks = self._chunks
        self.screen.phase = "thinking"
        await asyncio.sleep(TAIL)
        await self.microphone.close()
        chunks.put_nowait(None)

    def _drop_recording(self) -> None:
        recording, self._recording = self._recording, None
        if recording is not None:
            recording.cancel()
            self._chunks.put_nowait(None)

    # -- a turn -------------------------------------------------------------------------

    async def _silence(self) -> None:
        """Whatever goes on ends now."""
        self._turn += 1
        self.assistant.stop()
        recording = self._recording
        self._drop_recording()
        if recording is not None:
            await self.microphone.close()
        await self.player.stop()

    def _begin_turn(self, source: Callable[[], Iterator[Event]]) -> None:
        self._turn += 1
        self.screen.notice = ""
        self.screen.phase = "thinking"
        self._spawn(self._answer(self._turn, source))

    async def _answer(self, turn: int, source: Callable[[], Iterator[Event]]) -> None:
        self._control = None
        async with self.station.turn:
            if turn != self._turn:
                return
            async for event in _in_thread(source):
                if turn == self._turn:
                    self._on_event(event)
        await self._speak_to_end(turn)
        if turn == self._turn:
            await self._obey(self._control)

    async def _speak_to_end(self, turn: int) -> None:
        self.player.complete()
        try:
            await self.player.wait()
        except SoundRefused as error:
            log.warning("%s", error)
            if turn == self._turn:
                self.screen.notice = NO_SOUND
        if turn == self._turn:
            self.screen.spoken = None
            self.screen.phase = "ready"

    async def _replay(self, index: int) -> None:
        shown = self.screen.shown
        if shown is None:
            return
        await self._silence()
        if not self._whole:
            # It was stopped before all of it had been made: say it from the start.
            self._sentences = []
            self._begin_turn(lambda: self.assistant.say(shown.text))
            return
        self._control = None
        self.screen.phase = "speaking"
        index = min(max(index, 0), max(len(self._sentences) - 1, 0))
        self.player.begin(self._sentences, index=index, complete=True)
        await self._speak_to_end(self._turn)

    async def _obey(self, control: str | None) -> None:
        """Do what a spoken command asks of the screen, once the kiosk has said that it will."""
        if control in ("next", "back") and self.screen.shown is not None:
            await self._replay(self._last_index + (1 if control == "next" else -1))

    _last_index = 0
    """Sentence of the answer that was heard last."""

    def _on_event(self, event: Event) -> None:
        screen = self.screen
        match event:
            case Partial(text=text) | Heard(text=text):
                screen.heard = displayable(text)
            case Thinking():
                screen.phase = "thinking"
            case Understood(status="answered", phrase=phrase) if phrase:
                # Only then: otherwise the nearest phrase is not what was said.
                screen.heard = displayable(phrase)
            case Answered():
                self._on_answered(event)
            case SentenceReady():
                self._on_sound(event)
            case Finished():
                self._whole = self._whole or (self._control is None and bool(self._sentences))
            case Failed(message=message, detail=detail):
                log.error("turn failed: %s", detail)
                screen.notice = displayable(message)

    def _on_answered(self, answer: Answered) -> None:
        self._control = answer.control if answer.control not in SHOWN_CONTROLS else None
        if self._control is not None:
            # The answer on the screen stays: "louder" is said while reading it.
            self.screen.notice = displayable(answer.text)
            if self._control == "home":
                self._forget()
            self.player.begin()
            return
        self._sentences = []
        self._whole = False
        self.screen.shown = Shown(
            answer.status,
            displayable(answer.title),
            displayable(answer.text),
            tuple(_drawable(source) for source in answer.sources),
            answer.choices,
        )
        self.player.begin()

    def _on_sound(self, sentence: SentenceReady) -> None:
        if self._control is None:
            if not self._sentences:
                self.player.begin()
            self._sentences.append(sentence)
        self.screen.phase = "speaking"
        self.player.add(sentence)

    def _on_sentence(self, sentence: SentenceReady | None) -> None:
        if self._control is not None or sentence is None:
            self.screen.spoken = None
            return
        self.screen.spoken = (sentence.start, sentence.end)
        self._last_index = self._sentences.index(sentence)

    def _spawn(self, work: object) -> None:
        """Run a coroutine as a task that is kept alive and whose failure is shown."""
        task: asyncio.Task[None] = asyncio.ensure_future(work)  # type: ignore[call-overload]
        self._tasks.add(task)
        task.add_done_callback(self._on_task_done)

    def _on_task_done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a task of the screen failed", exc_info=error)
            self.complain(getattr(error, "vi", SORRY))


def _drawable(source: Source) -> Source:
    replaced = source.replaced_by
    return Source(
        displayable(source.document),
        source.trust,
        source.in_force_from,
        displayable(replaced) if replaced else None,
    )


async def _in_thread(source: Callable[[], Iterator[Event]]) -> AsyncIterator[Event]:
    """The events of a blocking iterator, which runs in a thread of its own."""
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[Event | None] = asyncio.Queue()

    def pump() -> None:
        try:
            for event in source():
                loop.call_soon_threadsafe(queue.put_nowait, event)
        except Exception as error:
            log.exception("the assistant raised")
            failed = Failed(at=0.0, message=getattr(error, "vi", SORRY), detail=repr(error))
            loop.call_soon_threadsafe(queue.put_nowait, failed)
        finally:
            loop.call_soon_threadsafe(queue.put_nowait, None)

    worker = asyncio.create_task(asyncio.to_thread(pump))
    while (event := await queue.get()) is not None:
        yield event
    await worker
