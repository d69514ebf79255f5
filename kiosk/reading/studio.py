"""What makes the sounds of a reading: one voice, its settings, and the cache on disk."""

from __future__ import annotations

from kiosk.state import State
from voice.read import Lexicon
from voice.speak import SoundCache, SpeechSettings, Synthesizer, open_synthesizer
from voice.speak.breath import Breath
from voice.speak.speech import Mark, say_breath
from voice.speak.synthesizer import Sound


class Studio:
    """Makes breaths with the voice of one state folder."""

    def __init__(
        self,
        state: State,
        speech: SpeechSettings,
        *,
        voice: str = "",
        synthesizer: Synthesizer | None = None,
        cached: bool = True,
    ) -> None:
        """``synthesizer``: one that is loaded already; else ``voice`` is opened."""
        self.speech = speech
        self.synthesizer = synthesizer or open_synthesizer(state.models, voice)
        self.cache = SoundCache(state.cache / "speech") if cached else None
        self.lexicon = Lexicon.load(state.lexicon)

    def __call__(self, breath: Breath) -> tuple[Sound, tuple[Mark, ...]]:
        """The sound of ``breath``, with its marks."""
        return say_breath(breath, self.synthesizer, self.speech, cache=self.cache)

    def close(self) -> None:
        """Give the cache's files back."""
        if self.cache is not None:
            self.cache.close()
