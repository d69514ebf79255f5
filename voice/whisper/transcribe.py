"""Free transcription: n-best hypotheses, with loops caught and invented lines dropped."""

from __future__ import annotations

import re
import unicodedata
import zlib
from dataclasses import dataclass

from voice.endpoint import Utterance
from voice.whisper.model import Encoded, WhisperModel

# A decoder that has lost its place repeats itself. These bounds mark such texts.
MAX_COMPRESSION = 2.4
"""Length over zlib-compressed length; OpenAI's own bound."""
MAX_WORDS_PER_SECOND = 7.0
"""Fast Vietnamese speech has five to six syllables a second."""
LONG_RUN = 4
"""Words of a run that need be said only twice to be a loop."""
MIN_MEAN_LOG_PROBABILITY = -1.2
"""Below this the cut window has probably failed. OpenAI falls back at -1.0; Vietnamese on the
base model often lies near it with the words right."""
TOKENS_BASE, TOKENS_PER_SECOND = 30, 12
"""Bound on the tokens of a transcript by the length of the speech."""

FALLBACK_TEMPERATURES = (0.0, 0.4)
"""Tried with the full window, in this order, until a text passes."""

# Whisper learned Vietnamese from subtitles. On noise and silence it writes how videos end.
_OUTROS = re.compile(
    r"subscribe|đăng ký kênh|kênh (ghiền|của (mình|chúng tôi|tôi))|ghiền mì gõ|"
    r"(cảm|cám) ơn (các bạn )?(đã )?(theo dõi|xem|lắng nghe)|hẹn gặp lại|"
    r"những video (hấp dẫn|tiếp theo|sau)|bỏ lỡ|like và share|phụ đề (được )?(thực hiện )?bởi",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One way to write what was said."""

    text: str
    score: float
    """Mean log probability a token; 0 is certain."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """What the recogniser makes of an utterance."""

    hypotheses: tuple[Hypothesis, ...]
    """Best first, texts distinct; empty when nothing was said."""
    no_speech: float
    """Whisper's own probability that there was no speech."""
    fell_back: bool
    """Whether the full window had to be decoded."""

    @property
    def text(self) -> str:
        """The best hypothesis, or nothing."""
        return self.hypotheses[0].text if self.hypotheses else ""


def is_outro(text: str) -> bool:
    """Whether ``text`` is a line that Whisper invents: how Vietnamese videos end."""
    return bool(_OUTROS.search(text))


def is_loop(text: str, seconds: float) -> bool:
    """Whether ``text`` repeats itself or has more words than can be said in ``seconds``."""
    words = text.lower().split()
    if len(words) > MAX_WORDS_PER_SECOND * max(seconds, 1.0):
        return True
    raw = text.encode()
    if len(raw) > 40 and len(raw) / len(zlib.compress(raw)) > MAX_COMPRESSION:
        return True
    # The same run of words one behind the other: three times, or twice when it is long. People
    # say "từ từ", "mau mau lên"; nobody says four words twice in a row.
    for size in range(1, len(words) // 2 + 1):
        times = 2 if size >= LONG_RUN else 3
        for at in range(len(words) - times * size + 1):
            run = words[at : at + size]
            if all(words[at + k * size : at + (k + 1) * size] == run for k in range(1, times)):
                return True
    return False


class Transcriber:
    """Transcribes utterances with one model."""

    def __init__(
        self, model: WhisperModel, *, beam_size: int = 5, hypotheses: int = 5, bias: str = ""
    ) -> None:
        self._model = model
        self._beam_size = beam_size
        self._count = hypotheses
        self._prompt = model.prompt_tokens(bias)

    def transcribe(
        self, utterance: Utterance, encoded: Encoded | None = None, *, fall_back: bool = True
    ) -> Transcript:
        """Write down ``utterance``.

        Args:
            utterance: what was said.
            encoded: its cut-window encoding, if there is one.
            fall_back: decode the full window when the text cannot be trusted. A turn of the
                kiosk does without: there the sound decides, and loops are only dropped.
        """
        if not utterance.speech:
            return Transcript((), 1.0, False)
        encoded = encoded or self._model.encode(utterance.samples)
        transcript = self._decode(encoded, self._count, 0.0)
        if not fall_back:
            sound = (h for h in transcript.hypotheses if not is_loop(h.text, utterance.seconds))
            return Transcript(tuple(sound), transcript.no_speech, False)
        if _trusted(transcript, utterance.seconds):
            return transcript
        full = self._model.encode(utterance.samples, full=True)
        best = transcript
        for temperature in FALLBACK_TEMPERATURES:
            again = self._decode(full, self._count, temperature)
            best = max(best, again, key=lambda t: _worth(t, utterance.seconds))
            if _trusted(best, utterance.seconds):
                break
        return Transcript(best.hypotheses, best.no_speech, True)

    def _decode(self, encoded: Encoded, count: int, temperature: float) -> Transcript:
        bound = TOKENS_BASE + round(TOKENS_PER_SECOND * encoded.seconds)
        found, no_speech = self._model.generate(
            encoded,
            beam_size=self._beam_size,
            hypotheses=count,
            max_tokens=bound,
            prompt=self._prompt,
            temperature=temperature,
        )
        hypotheses: dict[str, Hypothesis] = {}
        for tokens, score in found:
            text = unicodedata.normalize("NFC", self._model.text(tokens))
            if text and not is_outro(text):
                hypotheses.setdefault(text, Hypothesis(text, score))
        ranked = sorted(hypotheses.values(), key=lambda h: -h.score)
        return Transcript(tuple(ranked), no_speech, False)


def _worth(transcript: Transcript, seconds: float) -> tuple[bool, float]:
    """A loop scores high, since a decoder in one is sure of it: any other text is worth more."""
    if not transcript.hypotheses:
        return False, float("-inf")
    return not is_loop(transcript.text, seconds), transcript.hypotheses[0].score


def _trusted(transcript: Transcript, seconds: float) -> bool:
    if not transcript.hypotheses:
        return True  # only outros: nothing was said, and the full window says the same
    best = transcript.hypotheses[0]
    return best.score >= MIN_MEAN_LOG_PROBABILITY and not is_loop(best.text, seconds)
