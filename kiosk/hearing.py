"""The ears: one recogniser, its phrase scorer, and what they make of an utterance."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from intents.evidence import Heard
from intents.matcher import Matcher
from kiosk.errors import SettingsError
from kiosk.settings import Settings
from kiosk.state import State
from voice.endpoint import Utterance
from voice.models import ModelStore, load_catalogue
from voice.whisper.decoder import DecoderSound
from voice.whisper.domain import BigramModel, DomainDecoder
from voice.whisper.model import Encoded, WhisperModel
from voice.whisper.phrases import PhraseScore, PhraseScorer, PhraseSet
from voice.whisper.transcribe import Transcriber, Transcript

log = logging.getLogger(__name__)

WHISPER_ENGINE = "whisper-ct2"
"""The catalogue's name of the one engine whose decoder can score given sentences."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """One utterance, recognised."""

    transcript: Transcript
    heard: Heard
    """The transcript as the matcher takes it."""
    judge: Judge
    """Judges sentences against the sound."""
    encode_seconds: float
    transcribe_seconds: float


class Judge:
    """``intents.evidence.SoundJudge`` for one encoded utterance."""

    def __init__(
        self, scorer: PhraseScorer, prepared: PhraseSet, encoded: Encoded, sound: DecoderSound
    ) -> None:
        self._scorer = scorer
        self._prepared = prepared
        self._encoded = encoded
        self._sound = sound

    def fits(self, keep: Collection[int]) -> list[PhraseScore]:
        """Scores of the sentences the sound supports, and of those in ``keep``."""
        return self._scorer.score(self._encoded, self._prepared, keep=keep, sound=self._sound)

    def fits_of(self, texts: Sequence[str]) -> list[PhraseScore]:
        """Scores of sentences made up for this utterance."""
        prepared = self._scorer.prepare(texts, passing=True)
        return self._scorer.score(self._encoded, prepared, sound=self._sound)


class Ears:
    """Loads the recogniser named in the settings and prepares the matcher's sentences.

    Raises:
        ModelMissing: the model is not installed; the message says how to install it.
        ModelCorrupt: it does not load.
        SettingsError: its engine cannot score sentences.
    """

    def __init__(
        self,
        state: State,
        settings: Settings,
        matcher: Matcher,
        *,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        began = time.perf_counter()
        catalogue = load_catalogue()
        engine = catalogue.get(settings.recogniser).engine
        if engine != WHISPER_ENGINE:
            raise SettingsError(
                f"recogniser {settings.recogniser} runs on {engine}, which cannot score phrases",
                vi=(
                    f"Bộ nhận “{settings.recogniser}” chưa dùng được với ki-ốt. Hãy chọn bộ nhận "
                    "Whisper hoặc PhoWhisper trong tệp cài đặt."
                ),
            )
        folder = ModelStore(state.models, catalogue).path(settings.recogniser)
        self._model = WhisperModel(folder, threads=settings.threads)
        self._transcriber = Transcriber(self._model, bias=settings.bias)
        self._scorer = PhraseScorer(self._model, cache=state.cache)
        said = [s.text for s in matcher.sentences]
        self._prepared = self._scorer.prepare(said, progress=progress)
        self._domain = DomainDecoder(self._model, BigramModel(said))
        log.info("recogniser %s ready in %.1f s", folder.name, time.perf_counter() - began)

    def hear(self, utterance: Utterance) -> Hearing:
        """Encode and transcribe ``utterance``, which must hold speech."""
        began = time.perf_counter()
        encoded = self._model.encode(utterance.samples)
        encoded_at = time.perf_counter()
        transcript = self._transcriber.transcribe(utterance, encoded, fall_back=False)
        sound = self._model.decoder.attend(encoded.array)
        domain = self._domain.decode(encoded, sound)
        done = time.perf_counter()
        heard = Heard(
            tuple(h.text for h in transcript.hypotheses),
            tuple(h.score for h in transcript.hypotheses),
            utterance.speech,
            tuple(h.text for h in domain),
        )
        return Hearing(
            transcript,
            heard,
            Judge(self._scorer, self._prepared, encoded, sound),
            encoded_at - began,
            done - encoded_at,
        )
