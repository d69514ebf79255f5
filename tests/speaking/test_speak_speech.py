"""From a text to sound, sentence by sentence."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from made_sound import REGIONS
from tiny_voice import tiny_voice

from voice.read import Lexicon, read
from voice.speak import EspeakVoice, PiperVoice, Sound, SpeechSettings, Synthesizer, speak
from voice.speak.synthesizer import Region

TEXT = (
    "Chi bộ họp ngày 03/02/2026 lúc 14h30. Căn cứ Chỉ thị số 50-CT/TW, đảng phí là 1%!\n\n"
    "I. Chuẩn bị\n- Thông báo trước 5 ngày;\n- Mời đảng viên.\n"
    "Gọi 028.3855.4678 hoặc xem https://dangbo.vn (mục 2.1)."
)


class Recording:
    """A real voice that writes down what it is asked for."""

    name = "recording"

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._voice = EspeakVoice()

    def synthesize(self, words: str, settings: SpeechSettings) -> Sound:
        self.asked.append(words)
        return self._voice.synthesize(words, settings)


def test_the_first_sentence_is_ready_before_the_second_is_begun() -> None:
    voice = Recording()
    spoken = speak("Câu thứ nhất. Câu thứ hai. Câu thứ ba.", voice, SpeechSettings())
    assert voice.asked == [], "nothing is made before it is asked for"
    first = next(spoken)
    assert len(voice.asked) == 1 and first.sound.seconds > 0.5
    second = next(spoken)
    assert len(voice.asked) == 2
    assert (first.index, second.index) == (0, 1)
    spoken.close()  # type: ignore[attr-defined]
    assert len(voice.asked) == 2, "what is stopped is not made"


def test_places_cover_the_text_in_order() -> None:
    made = list(speak(TEXT, EspeakVoice(), SpeechSettings()))
    assert [s.index for s in made] == list(range(len(made)))
    assert len(made) >= 6
    at = 0
    for sentence in made:
        assert at <= sentence.start < sentence.end <= len(TEXT)
        at = sentence.end
    joined = "".join(TEXT[s.start : s.end] for s in made)
    assert re.sub(r"\s+", "", joined) == re.sub(r"\s+", "", TEXT)


@pytest.mark.parametrize("region", REGIONS)
def test_digits_and_codes_are_words_before_they_reach_the_engine(region: Region) -> None:
    voice = Recording()
    hard = TEXT + " [[xin chào]] TP.HCM <b>10.072</b> 30/2020/NĐ-CP; 5 + 5 = 10 & x² … 🙂 №"
    list(speak(hard, voice, SpeechSettings(region=region)))
    assert voice.asked
    for words in voice.asked:
        assert not re.search(r"[^\w ,.?!:;]|[\dA-Z_]", words), words
    everything = " ".join(voice.asked)
    assert "chỉ thị số năm mươi của trung ương" in everything
    assert "mười bốn giờ ba mươi" in everything


def test_the_region_s_words_are_spoken() -> None:
    voice = Recording()
    for region in ("bac", "nam"):
        list(speak("1.024 đồng", voice, SpeechSettings(region=region)))
    assert "nghìn" in voice.asked[0] and "ngàn" in voice.asked[1]


def test_the_ward_s_lexicon_is_used(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.tsv"
    path.write_text("ĐBMP\tđảng bộ minh phụng\n", encoding="utf-8")
    voice = Recording()
    list(speak("ĐBMP họp.", voice, SpeechSettings(), lexicon=Lexicon.load(path)))
    assert voice.asked == ["đảng bộ minh phụng họp."]


def trailing_silence(sound: Sound) -> float:
    loud = np.flatnonzero(np.abs(sound.samples) > 0.003)
    return (len(sound.samples) - 1 - loud[-1]) / sound.rate


def test_every_sentence_ends_with_the_reader_s_pause() -> None:
    settings = SpeechSettings()
    for made, sentence in zip(
        speak(TEXT, EspeakVoice(), settings), read(TEXT, region="bac"), strict=True
    ):
        assert trailing_silence(made.sound) == pytest.approx(sentence.pause, abs=0.06)
        # No long wait before it either.
        loud = np.flatnonzero(np.abs(made.sound.samples) > 0.003)
        assert loud[0] / made.sound.rate < 0.06


def test_pauses_follow_the_rate() -> None:
    (slow, *_), (fast, *_) = (
        list(speak("Chi bộ họp. Rồi nghỉ.", EspeakVoice(), SpeechSettings(rate=rate)))
        for rate in (0.6, 1.6)
    )
    ratio = trailing_silence(slow.sound) / trailing_silence(fast.sound)
    assert ratio == pytest.approx(1.6 / 0.6, rel=0.2)


@pytest.mark.parametrize("engine", ["espeak", "piper"])
def test_sentences_join_without_a_click(engine: str, tmp_path: Path) -> None:
    voice: Synthesizer = (
        EspeakVoice() if engine == "espeak" else PiperVoice(tiny_voice(tmp_path / "a"))
    )
    sounds = [s.sound for s in speak(TEXT, voice, SpeechSettings())]
    joined = np.concatenate([s.samples for s in sounds])
    assert np.abs(joined).max() > 0.15
    borders = np.cumsum([len(s.samples) for s in sounds])[:-1]
    for border in borders:
        assert np.abs(np.diff(joined[border - 3 : border + 3])).max() < 0.005
    for sound in sounds:
        # Where speech turns into the pause it has faded out.
        last = int(np.flatnonzero(sound.samples)[-1])
        assert np.abs(sound.samples[last - 3 : last + 1]).max() < 0.05
        assert abs(float(sound.samples[0])) < 0.001


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "...", "–", "🙂"])
def test_nothing_to_say_is_no_sentence(text: str) -> None:
    voice = Recording()
    assert list(speak(text, voice, SpeechSettings())) == []
    assert voice.asked == []


def test_quiet_speech_is_not_taken_for_silence() -> None:
    """The softest setting is cut at the same places as the loudest."""
    loud, soft = (
        next(speak("Chi bộ họp sáng nay.", EspeakVoice(), SpeechSettings(volume=volume)))
        for volume in (1.0, 0.1)
    )
    assert soft.sound.seconds == pytest.approx(loud.sound.seconds, abs=0.05)
