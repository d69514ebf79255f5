"""One Whisper model: features, the encoder on a cut window, and the tokenizer.

Whisper pads every sound to 30 s. Giving the encoder only the speech and 3 s behind it takes it
from 1.2 s to 0.15 s on two cores; ``docs/hearing.md`` has what that costs and how it is mended.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import ctranslate2
import numpy as np
import tokenizers
from faster_whisper.feature_extractor import FeatureExtractor
from faster_whisper.tokenizer import Tokenizer

from voice.errors import ModelCorrupt, ModelMissing
from voice.pcm import SAMPLE_RATE, Samples
from voice.whisper.decoder import Decoder
from voice.whisper.vocabulary import vietnamese_tokens
from voice.whisper.weights import Array

FRAMES_PER_SECOND = 100
"""Mel frames; the encoder halves them."""

WINDOW = 30 * FRAMES_PER_SECOND
"""Frames of Whisper's full window."""

TAIL = 3 * FRAMES_PER_SECOND
"""Silence kept behind the speech in a cut window. With 1 s the decoder loops much more often,
with 3 s hardly more than in the full window."""

FILES = ("model.bin", "config.json", "tokenizer.json", "vocabulary.json")


@dataclass(frozen=True, slots=True)
class Encoded:
    """A sound after the encoder."""

    storage: ctranslate2.StorageView
    """CTranslate2's own form, shape ``(1, T, D)``."""
    array: Array
    """The same as numpy, shape ``(T, D)``; one row is 20 ms."""
    seconds: float
    """Length of the sound before padding."""
    full: bool
    """Whether the whole 30 s window was encoded."""


class WhisperModel:
    """A model folder in CTranslate2's form, loaded."""

    def __init__(self, folder: Path, *, threads: int = 2) -> None:
        missing = [name for name in FILES if not (folder / name).is_file()]
        if missing:
            raise ModelMissing(
                f"{folder} has no {', '.join(missing)}",
                vi=(
                    "Máy chưa có bộ nhận giọng nói. Hãy chạy lệnh "
                    "“troly models install whisper-base” rồi mở lại."
                ),
            )
        self.folder = folder
        self._threads = threads
        self.name = folder.name
        try:
            self._model = ctranslate2.models.Whisper(
                str(folder), device="cpu", compute_type="int8", intra_threads=threads
            )
            self._tokenizer = Tokenizer(
                tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json")),
                self._model.is_multilingual,
                task="transcribe",
                language="vi",
            )
        except Exception as error:  # the libraries raise bare RuntimeError and Exception
            raise ModelCorrupt(
                f"cannot load the model in {folder}: {error}",
                vi=(
                    f"Bộ nhận giọng nói “{folder.name}” bị hỏng. Hãy chạy "
                    f"“troly models verify {folder.name}” rồi cài lại."
                ),
            ) from error
        self._features = FeatureExtractor(feature_size=self._model.n_mels)

    @cached_property
    def decoder(self) -> Decoder:
        """The decoder with its weights in numpy, for scoring given phrases."""
        tokenizer = self._tokenizer.tokenizer
        vocabulary = vietnamese_tokens(tokenizer, self.end_token) | {self.end_token}
        return Decoder(self.folder / "model.bin", sorted(vocabulary), threads=self._threads)

    @property
    def start_tokens(self) -> list[int]:
        """Start of transcript, language, task, no timestamps."""
        return [*self._tokenizer.sot_sequence, self._tokenizer.no_timestamps]

    @property
    def end_token(self) -> int:
        """End of text."""
        return int(self._tokenizer.eot)

    def tokens(self, text: str) -> list[int]:
        """Tokens of ``text`` as Whisper writes it: with a space before the first word."""
        return list(self._tokenizer.encode(" " + text.strip()))

    def text(self, tokens: list[int]) -> str:
        """Text of ``tokens``; special tokens are left out."""
        return str(self._tokenizer.decode([t for t in tokens if t < self.end_token])).strip()

    def prompt_tokens(self, text: str) -> list[int]:
        """Tokens that make ``text`` the transcript of what came before: a bias for its words."""
        return [self._tokenizer.sot_prev, *self.tokens(text)] if text else []

    def encode(self, samples: Samples, *, full: bool = False) -> Encoded:
        """Encode at most 30 s of 16 kHz mono ``samples``."""
        samples = samples[: WINDOW * SAMPLE_RATE // FRAMES_PER_SECOND]
        frames = -(-len(samples) * FRAMES_PER_SECOND // SAMPLE_RATE)
        window = WINDOW if full else min(WINDOW, frames + TAIL)
        window += window % 2  # the encoder halves the frames
        # Padding the sound, not the features: silence then looks like silence.
        padded = np.zeros(window * SAMPLE_RATE // FRAMES_PER_SECOND, dtype=np.float32)
        padded[: len(samples)] = samples
        features = np.ascontiguousarray(self._features(padded)[None, :, :window])
        storage = self._model.encode(ctranslate2.StorageView.from_array(features), to_cpu=True)
        array = np.array(storage).astype(np.float32)[0]
        return Encoded(storage, array, len(samples) / SAMPLE_RATE, full)

    def generate(
        self,
        encoded: Encoded,
        *,
        beam_size: int,
        hypotheses: int,
        max_tokens: int,
        prompt: list[int],
        temperature: float = 0.0,
    ) -> tuple[list[tuple[list[int], float]], float]:
        """Decode freely.

        Returns:
            The token sequences with their mean log probability, best first, and the
            probability that there is no speech.
        """
        sampling = temperature > 0
        start = [*prompt, *self.start_tokens]
        result = self._model.generate(
            encoded.storage,
            [start],
            beam_size=1 if sampling else beam_size,
            num_hypotheses=hypotheses,
            max_length=min(448, len(start) + max_tokens),
            return_scores=True,
            return_no_speech_prob=True,
            suppress_blank=True,
            suppress_tokens=list(self._suppressed),
            sampling_topk=0 if sampling else 1,
            sampling_temperature=temperature if sampling else 1.0,
        )[0]
        pairs = list(zip(result.sequences_ids, result.scores, strict=True))
        return [(list(ids), float(score)) for ids, score in pairs], float(result.no_speech_prob)

    @cached_property
    def _suppressed(self) -> tuple[int, ...]:
        # Brackets, music signs and the like (OpenAI's "non speech tokens"), and the markers
        # that must not appear inside a transcript.
        special = {
            self._tokenizer.transcribe,
            self._tokenizer.translate,
            self._tokenizer.sot,
            self._tokenizer.sot_prev,
            self._tokenizer.sot_lm,
            self._tokenizer.no_speech,
        }
        return tuple(sorted({*self._tokenizer.non_speech_tokens, *special}))
