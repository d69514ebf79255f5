"""What the kiosk says can be understood: its own recogniser prefers the text that was spoken."""

from __future__ import annotations

import numpy as np
import pytest
import soxr
from made_sound import REGIONS, silence

from voice.endpoint import cut_utterance
from voice.pcm import SAMPLE_RATE
from voice.speak import EspeakVoice, SpeechSettings, speak
from voice.speak.synthesizer import Region
from voice.whisper.model import Encoded, WhisperModel
from voice.whisper.phrases import PhraseScorer

# Written text -> how it must sound, and what it must not be taken for.
WRITTEN = {
    "Chỉ thị số 50-CT/TW": "chỉ thị số năm mươi của trung ương",
    "Họp lúc 14h30": "họp lúc mười bốn giờ ba mươi",
    "Đảng phí là 1%": "đảng phí là một phần trăm",
    "UBND phường": "ủy ban nhân dân phường",
}
RIVALS = (
    "chỉ thị số mười lăm của trung ương",
    "chỉ thị số năm mươi của ban tổ chức",
    "quy định số năm mươi của trung ương",
    "họp lúc bốn giờ ba mươi",
    "họp lúc mười hai giờ mười",
    "đảng phí là hai phần trăm",
    "đảng phí là một phần mười",
    "hội đồng nhân dân phường",
    "ủy ban nhân dân quận",
)


def heard(model: WhisperModel, text: str, settings: SpeechSettings) -> Encoded:
    sounds = [s.sound for s in speak(text, EspeakVoice(), settings)]
    whole = np.concatenate([s.samples for s in sounds])
    samples = soxr.resample(whole, sounds[0].rate, SAMPLE_RATE).astype(np.float32)
    return model.encode(cut_utterance(np.concatenate([silence(0.4), samples])).samples)


@pytest.mark.parametrize("rate", [0.8, 1.0])
@pytest.mark.parametrize("region", REGIONS)
def test_the_recogniser_prefers_what_was_spoken(
    region: Region, rate: float, model: WhisperModel
) -> None:
    scorer = PhraseScorer(model)
    prepared = scorer.prepare([*WRITTEN.values(), *RIVALS])
    right = {}
    for text, words in WRITTEN.items():
        encoded = heard(model, text, SpeechSettings(region=region, rate=rate))
        scores = scorer.score(encoded, prepared, keep=range(len(prepared.phrases)))
        best = max(scores, key=lambda s: (s.sound - 0.7 * s.silence) / s.tokens)
        right[text] = (prepared.phrases[best.index], words)
    wrong = {text: got for text, (got, words) in right.items() if got != words}
    assert not wrong
