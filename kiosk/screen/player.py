"""The browser's loudspeaker: sentences played one after another without a gap.

There are two players. While one plays a sentence, the next one is already loaded in the other,
so that between two sentences lies only the message that starts it (20 to 50 ms).
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence

import flet_audio as fa  # type: ignore[import-untyped]
import numpy as np

from kiosk.events import SentenceReady
from voice.pcm import wav_bytes

log = logging.getLogger("troly.screen")

NOTHING = wav_bytes(np.zeros(1600, np.float32))
"""What a player holds at first: Flet's player does not start without a sound."""

LOAD_TIMEOUT = 1.5
"""Seconds to wait for "loaded"; if it is lost, the start is tried all the same."""

START_TIMEOUT = 4.0
"""Seconds to wait for a sound to begin: without a gesture a browser may never answer."""

END_SLACK = 3.0
"""Seconds past a sentence's length after which a lost "completed" is not waited for."""


class SoundRefused(Exception):
    """The browser did not start the sound."""


class _Deck:
    """One of the two players."""

    def __init__(self) -> None:
        self._loaded = asyncio.Event()
        self._ended = asyncio.Event()
        self._holds: SentenceReady | None = None
        self._played = False
        self._audio = fa.Audio(
            src=NOTHING,
            release_mode=fa.ReleaseMode.STOP,
            on_loaded=self._on_loaded,
            on_state_change=self._on_state_change,
        )

    def _on_loaded(self, event: object) -> None:
        self._loaded.set()

    def _on_state_change(self, event: fa.AudioStateChangeEvent) -> None:
        if event.state == fa.AudioState.COMPLETED:
            self._ended.set()

    def load(self, sentence: SentenceReady) -> None:
        """Send the sound to the browser, unless it is there."""
        if self._holds is sentence:
            return
        self._holds = sentence
        self._played = False
        self._loaded.clear()
        self._audio.src = sentence.wav
        self._audio.update()

    async def play(self) -> None:
        """Start what is loaded, from its beginning."""
        self._ended.clear()
        with contextlib.suppress(TimeoutError):
            # Started earlier, the browser would begin with the sentence it held before.
            await asyncio.wait_for(self._loaded.wait(), LOAD_TIMEOUT)
        # "play" first seeks, and the browser reports no seek in a sound that has not moved.
        start = self._audio.play() if self._played else self._audio.resume()
        self._played = True
        try:
            await asyncio.wait_for(start, START_TIMEOUT)
        except Exception as error:
            raise SoundRefused(f"the browser did not start the sound: {error!r}") from error

    async def ended(self) -> None:
        """Wait until the sentence has been heard to its end."""
        assert self._holds is not None
        try:
            await asyncio.wait_for(self._ended.wait(), self._holds.seconds + END_SLACK)
        except TimeoutError:
            log.warning("no 'completed' from the browser for sentence %d", self._holds.index)

    async def pause(self) -> None:
        """Be silent now."""
        with contextlib.suppress(Exception):
            await asyncio.wait_for(self._audio.pause(), 1.0)

    def forget(self) -> None:
        """The browser has been reloaded: nothing is loaded there any more."""
        self._holds = None
        self._ended.set()
        self._audio.src = NOTHING


class Player:
    """Plays sentences in order; more may be added while it plays."""

    def __init__(self, on_sentence: Callable[[SentenceReady | None], None]) -> None:
        """``on_sentence`` is told what begins to sound, and None when all is silent."""
        self._on_sentence = on_sentence
        self._decks = (_Deck(), _Deck())
        self._queue: list[SentenceReady] = []
        self._complete = False
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._playing = -1
        self.completed = 0
        """Sentences heard to their end since the player was made."""

    @property
    def sentences(self) -> tuple[SentenceReady, ...]:
        """What is playing, or was played last."""
        return tuple(self._queue)

    @property
    def index(self) -> int:
        """Place in :attr:`sentences` of the one that sounds, or sounded last."""
        return max(0, self._playing)

    def begin(
        self, sentences: Sequence[SentenceReady] = (), *, index: int = 0, complete: bool = False
    ) -> None:
        """Play ``sentences`` from ``index`` on; unless ``complete``, more follow by :meth:`add`."""
        if self._task is not None:
            self._task.cancel()
        self._queue = list(sentences)
        self._complete = complete
        self._playing = index - 1
        self._changed.clear()
        self._task = asyncio.create_task(self._run(index))

    def add(self, sentence: SentenceReady) -> None:
        """One more sentence."""
        self._queue.append(sentence)
        self._preload()
        self._changed.set()

    def complete(self) -> None:
        """No more sentences will come."""
        self._complete = True
        self._changed.set()

    async def wait(self) -> None:
        """Wait until all has been heard, or stopped. Raises :class:`SoundRefused`."""
        task = self._task
        if task is None:
            return
        await asyncio.wait({task})
        if not task.cancelled() and (error := task.exception()) is not None:
            raise error

    async def stop(self) -> None:
        """Be silent at once."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        await asyncio.gather(*(deck.pause() for deck in self._decks))
        self._on_sentence(None)

    def disconnected(self) -> None:
        """The browser has gone: stop, without asking it anything."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        for deck in self._decks:
            deck.forget()
        self._on_sentence(None)

    async def _run(self, index: int) -> None:
        while True:
            while index >= len(self._queue) and not self._complete:
                await self._changed.wait()
                self._changed.clear()
            if index >= len(self._queue):
                break
            sentence, deck = self._queue[index], self._decks[index % 2]
            self._playing = index
            deck.load(sentence)
            self._on_sentence(sentence)
            await deck.play()
            self._preload()
            await deck.ended()
            self.completed += 1
            index += 1
        self._on_sentence(None)

    def _preload(self) -> None:
        following = self._playing + 1
        if self._playing >= 0 and following < len(self._queue):
            self._decks[following % 2].load(self._queue[following])
