"""Which voice speaks: the one that was chosen, else an installed Piper voice, else eSpeak."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

from voice.errors import ModelError, SynthesisError
from voice.speak.espeak import TUNED, EspeakVoice
from voice.speak.piper import PiperVoice, find_voice
from voice.speak.synthesizer import Sound, SpeechSettings, Synthesizer

log = logging.getLogger(__name__)

FAILURES = 3
"""Sentences in a row a voice may fail at before it is no longer asked."""


class VoiceWithStandIn:
    """A voice, and another one for what it cannot say.

    A voice may load and yet fail on a sentence: a phoneme it does not know, memory that is
    short. The listener then hears the plainer voice, and the turn is not lost.
    """

    def __init__(self, voice: Synthesizer, stand_in: Synthesizer) -> None:
        self._voice = voice
        self._stand_in = stand_in
        self._failures = 0

    @property
    def name(self) -> str:
        """The name of the voice that is asked first."""
        return self._voice.name

    @property
    def version(self) -> str:
        """The version of the voice that is asked first."""
        return str(getattr(self._voice, "version", ""))

    def synthesize(self, words: str, settings: SpeechSettings) -> Sound:
        """Speak ``words``; see :class:`~voice.speak.synthesizer.Synthesizer`."""
        if self._failures < FAILURES:
            try:
                sound = self._voice.synthesize(words, settings)
                self._failures = 0
                return sound
            except SynthesisError as error:
                self._failures += 1
                log.warning("%s speaks instead of %s: %s", self._stand_in.name, self.name, error)
                if self._failures == FAILURES:
                    log.error("voice %s is not asked any more", self.name)
        return replace(self._stand_in.synthesize(words, settings), stand_in=True)


def installed_synthesizers(models: Path) -> list[str]:
    """Names of the voices that can speak now: Piper voices under ``models``, then eSpeak."""
    folders = sorted(models.iterdir()) if models.is_dir() else []
    return [f.name for f in folders if find_voice(f) is not None] + [EspeakVoice.name]


def open_synthesizer(models: Path, name: str = "") -> Synthesizer:
    """The voice ``name``; without a name, the best that is installed.

    A voice that does not load is logged, and the next one serves: a kiosk with a plainer voice
    is better than a silent one. So does a sentence that the voice fails at.
    """
    wanted = [name] if name else installed_synthesizers(models)
    for candidate in wanted:
        if candidate == EspeakVoice.name:
            break
        model = find_voice(models / candidate)
        if model is None:
            log.warning("voice %s is not installed", candidate)
            continue
        try:
            return VoiceWithStandIn(PiperVoice(model), EspeakVoice(TUNED))
        except ModelError as error:
            log.warning("voice %s does not load: %s", candidate, error)
    return EspeakVoice(TUNED)
