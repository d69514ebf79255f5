"""A turn: from what was said or touched to the answer as sound, as a stream of events.

All iterators block and belong in a worker thread; none raises for bad input, they yield
:class:`~kiosk.events.Failed`.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator

import numpy as np

from intents.evidence import Heard as HeardText
from intents.matcher import Matcher, Understanding
from intents.phrase_files import load_phrase_book
from kiosk.events import (
    Answered,
    Choice,
    Event,
    Failed,
    Finished,
    Heard,
    SentenceReady,
    Source,
    Thinking,
    Understood,
)
from kiosk.hearing import Ears
from kiosk.lines import load_lines
from kiosk.recording import Recording
from kiosk.settings import Settings, changed, save_settings
from kiosk.state import State
from knowledge import Answer, Store, answer, open_store
from voice.endpoint import Utterance, cut_utterance
from voice.pcm import Samples, wav_bytes
from voice.read import Lexicon
from voice.speak import Synthesizer, open_synthesizer, speak

log = logging.getLogger(__name__)

_STEP = {"louder": ("volume", 0.15), "softer": ("volume", -0.15),
         "slower": ("rate", -0.15), "faster": ("rate", 0.15)}  # fmt: skip
"""Control intent -> the setting it changes, and by how much: a step that is clearly heard."""


class Assistant:
    """Answers questions with the models and the knowledge of one state folder."""

    def __init__(self, state: State, settings: Settings) -> None:
        self.state = state
        self.settings = settings
        self._lines = load_lines()
        self._matcher: Matcher | None = None
        self._ears: Ears | None = None
        self._voice: Synthesizer | None = None
        self._store: Store | None = None
        self._loading = threading.Lock()
        self._turn = 0
        self._last: Answered | None = None
        self._pending: tuple[Choice, ...] = ()

    # -- loading ---------------------------------------------------------------------------

    @property
    def ready(self) -> bool:
        """Whether a spoken question can be answered without loading anything."""
        return None not in (self._matcher, self._ears, self._voice, self._store)

    def warm(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Load everything a spoken turn needs. Takes seconds.

        Raises:
            VoiceError, KnowledgeError, IntentError: with a message for the user.
        """
        # What is most likely to be missing first: without a recogniser nothing else is written.
        self.ears(progress)
        self.matcher().topics.warm()
        self.voice()
        self.store()

    def matcher(self) -> Matcher:
        """The phrase book, loaded."""
        with self._loading:
            if self._matcher is None:
                self._matcher = Matcher(load_phrase_book(), cache=self.state.cache)
            return self._matcher

    def ears(self, progress: Callable[[int, int], None] | None = None) -> Ears:
        """The recogniser, loaded."""
        matcher = self.matcher()
        with self._loading:
            if self._ears is None:
                self._ears = Ears(self.state, self.settings, matcher, progress=progress)
            return self._ears

    def voice(self) -> Synthesizer:
        """The voice, loaded."""
        with self._loading:
            if self._voice is None:
                self._voice = open_synthesizer(self.state.models, self.settings.voice)
            return self._voice

    def store(self) -> Store:
        """The knowledge, opened."""
        with self._loading:
            if self._store is None:
                self._store = open_store(self.state.database)
            return self._store

    # -- turns -----------------------------------------------------------------------------

    def begin(self) -> Recording:
        """A press of the button: what the microphone gives goes into the recording."""
        self.stop()
        return Recording(self.settings.endpoint, self._ask_utterance)

    def stop(self) -> None:
        """Make running iterators end at their next event."""
        self._turn += 1

    def ask_audio(self, samples: Samples) -> Iterator[Event]:
        """Answer what is said in ``samples`` (float32, 16 kHz mono)."""
        return self._ask_utterance(cut_utterance(samples, self.settings.endpoint))

    def ask_text(self, text: str) -> Iterator[Event]:
        """Answer a typed question."""
        return self._guarded(lambda clock: self._from_text(text, clock))

    def ask_intent(self, intent: str, slots: dict[str, str] | None = None) -> Iterator[Event]:
        """Answer what a touched card or choice stands for."""
        wanted = Understanding("answered", intent, 1.0, "", dict(slots or {}), ((intent, 1.0),))
        return self._guarded(lambda clock: self._from_understanding(wanted, clock))

    def say(self, text: str) -> Iterator[Event]:
        """Speak ``text``."""
        return self._guarded(lambda clock: self._speak(text, clock))

    def suggestions(self) -> tuple[Choice, ...]:
        """The cards of the home screen."""
        return self._choices(self._lines.suggestions)

    # -- one turn --------------------------------------------------------------------------

    def _ask_utterance(self, utterance: Utterance) -> Iterator[Event]:
        return self._guarded(lambda clock: self._from_utterance(utterance, clock))

    def _guarded(self, turn: Callable[[Clock], Iterator[Event]]) -> Iterator[Event]:
        """Run ``turn``; end it when another begins, and turn every error into an event."""
        self.stop()
        mine, clock = self._turn, Clock()
        try:
            for event in turn(clock):
                if self._turn != mine:
                    return
                yield event
            yield Finished(clock())
        except Exception as error:
            message = getattr(error, "vi", None)
            if message is None:
                log.exception("a turn failed")
                message = "Có lỗi ngoài dự kiến. Mời bác bấm nút và hỏi lại."
            else:
                log.error("a turn failed: %s: %s", type(error).__name__, error)
            yield Failed(clock(), message, f"{type(error).__name__}: {error}")

    def _from_utterance(self, utterance: Utterance, clock: Clock) -> Iterator[Event]:
        yield Thinking(clock(), utterance.seconds)
        if not utterance.speech:
            yield Heard(clock(), "")
            yield from self._reject(clock, self._lines.say["nothing_heard"], ())
            return
        hearing = self.ears().hear(utterance)
        texts = hearing.transcript.hypotheses
        yield Heard(
            clock(), hearing.transcript.text, tuple((h.text, round(h.score, 4)) for h in texts)
        )
        wanted = self.matcher().understand(hearing.heard, hearing.judge)
        yield from self._from_understanding(wanted, clock)

    def _from_text(self, text: str, clock: Clock) -> Iterator[Event]:
        yield Heard(clock(), text.strip(), ((text.strip(), 0.0),) if text.strip() else ())
        wanted = self.matcher().understand(HeardText((text,) if text.strip() else ()))
        yield from self._from_understanding(wanted, clock)

    def _from_understanding(self, wanted: Understanding, clock: Clock) -> Iterator[Event]:
        choices = self._choices([name for name, _ in wanted.offered])
        yield Understood(
            clock(), wanted.status, wanted.intent, wanted.slots, round(wanted.confidence, 4),
            wanted.sentence, choices,
        )  # fmt: skip
        if wanted.status == "rejected" or wanted.intent is None:
            nothing = wanted.intent is None
            key = "nothing_heard" if nothing else "not_understood"
            yield from self._reject(clock, self._lines.say[key], choices)
        elif wanted.status == "clarify":
            yield from self._ask_back(clock, choices)
        else:
            yield from self._serve(wanted.intent, wanted.slots, clock)

    def _serve(self, intent: str, slots: dict[str, str], clock: Clock) -> Iterator[Event]:
        if self.matcher().book.intents[intent].kind == "control":
            yield from self._control(intent, clock)
        else:
            yield from self._answer(intent, slots, clock)

    def _reject(self, clock: Clock, text: str, choices: tuple[Choice, ...]) -> Iterator[Event]:
        yield Answered(clock(), "rejected", None, "", text, choices=choices)
        yield from self._speak(text, clock)

    def _ask_back(self, clock: Clock, choices: tuple[Choice, ...]) -> Iterator[Event]:
        intents = self.matcher().book.intents
        first, *others = (intents[c.intent] for c in choices[:2])
        if others:
            second = others[0].title[0].lower() + others[0].title[1:]
            text = self._lines.say["which_one"].format(first=first.ask, second=second)
        else:
            text = self._lines.say["is_it"].format(first=first.ask)
        self._pending = choices
        yield Answered(clock(), "clarify", first.name, first.title, text, choices=choices)
        yield from self._speak(text, clock)

    def _answer(self, intent: str, slots: dict[str, str], clock: Clock) -> Iterator[Event]:
        self._pending = ()
        found = answer(self.store(), intent, slots)
        if found is None:
            text = self._lines.say["no_answer"]
            yield Answered(clock(), "answered", intent, self._title(intent), text)
        else:
            text = found.text
            self._last = Answered(clock(), "answered", intent, found.title, text, _sources(found))
            yield self._last
        yield from self._speak(text, clock)

    def _control(self, name: str, clock: Clock) -> Iterator[Event]:
        if name in ("yes", "no") and self._pending:
            pending, self._pending = self._pending, ()
            if name == "yes":
                yield from self._serve(pending[0].intent, {}, clock)
                return
        if name in _STEP:
            setting, step = _STEP[name]
            self.settings = changed(
                self.settings, **{setting: getattr(self.settings, setting) + step}
            )
            save_settings(self.settings, self.state.settings)
        if name == "repeat":
            if self._last is None:
                yield from self._reject(clock, self._lines.say["nothing_to_repeat"], ())
                return
            yield Answered(
                clock(), "answered", self._last.intent, self._last.title, self._last.text,
                self._last.sources, control=name,
            )  # fmt: skip
            yield from self._speak(self._last.text, clock)
            return
        text = self._lines.control[name]
        yield Answered(clock(), "answered", name, self._title(name), text, control=name)
        if name != "stop":  # who says stop wants quiet
            yield from self._speak(text, clock)

    def _speak(self, text: str, clock: Clock) -> Iterator[Event]:
        lexicon = Lexicon.load(self.state.lexicon) if self.state.lexicon.is_file() else None
        for s in speak(text, self.voice(), self.settings.speech, lexicon=lexicon):
            yield SentenceReady(
                clock(), s.index, s.start, s.end, round(s.sound.seconds, 3),
                wav_bytes(np.asarray(s.sound.samples), s.sound.rate),
            )  # fmt: skip

    def _title(self, intent: str) -> str:
        return self.matcher().book.intents[intent].title

    def _choices(self, intents: list[str] | tuple[str, ...]) -> tuple[Choice, ...]:
        return tuple(Choice(name, self._title(name)) for name in intents)


class Clock:
    """Seconds since it was made, from a monotonic clock."""

    def __init__(self) -> None:
        self._began = time.perf_counter()

    def __call__(self) -> float:
        """The seconds, to the millisecond."""
        return round(time.perf_counter() - self._began, 4)


def _sources(found: Answer) -> tuple[Source, ...]:
    return tuple(Source(c.document, c.trust, c.in_force_from, c.replaced_by) for c in found.sources)
