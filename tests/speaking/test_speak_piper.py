"""Piper behind the same Protocol, and which voice speaks."""

from __future__ import annotations

import logging
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from tiny_voice import RATE, tiny_voice

from voice.errors import ModelCorrupt, ModelMissing, SynthesisError
from voice.speak import (
    EspeakVoice,
    PiperVoice,
    SpeechSettings,
    installed_synthesizers,
    open_synthesizer,
    speak,
)

WORDS = "chi bộ họp, mỗi tháng một lần."


def test_a_piper_voice_speaks(tmp_path: Path) -> None:
    voice = PiperVoice(tiny_voice(tmp_path / "vi_VN-thu-medium"))
    assert voice.name == "vi_VN-thu-medium"
    sound = voice.synthesize(WORDS, SpeechSettings())
    assert sound.rate == RATE
    assert sound.samples.dtype == np.float32 and sound.samples.ndim == 1
    assert 0.3 < sound.seconds < 3.0
    assert 0.9 < np.abs(sound.samples).max() <= 1.0
    assert np.isfinite(sound.samples).all()


def test_rate_and_volume_are_piper_s_own(tmp_path: Path) -> None:
    voice = PiperVoice(tiny_voice(tmp_path / "a"))
    plain = voice.synthesize(WORDS, SpeechSettings())
    slow = voice.synthesize(WORDS, SpeechSettings(rate=0.5))
    fast = voice.synthesize(WORDS, SpeechSettings(rate=1.6))
    assert slow.seconds == pytest.approx(2 * plain.seconds, rel=0.01)
    assert fast.seconds == pytest.approx(plain.seconds / 1.6, rel=0.01)
    soft = voice.synthesize(WORDS, SpeechSettings(volume=0.25))
    assert np.abs(soft.samples - 0.25 * plain.samples).max() < 1e-6


def test_the_voice_s_calm_speed_is_kept(tmp_path: Path) -> None:
    plain = PiperVoice(tiny_voice(tmp_path / "a"))
    calm = PiperVoice(tiny_voice(tmp_path / "b", length_scale=1.5))
    settings = SpeechSettings()
    assert calm.synthesize(WORDS, settings).seconds == pytest.approx(
        1.5 * plain.synthesize(WORDS, settings).seconds, rel=0.01
    )


def test_decomposed_text_sounds_like_composed(tmp_path: Path) -> None:
    voice = PiperVoice(tiny_voice(tmp_path / "a"))
    composed = voice.synthesize(WORDS, SpeechSettings())
    decomposed = voice.synthesize(unicodedata.normalize("NFD", WORDS), SpeechSettings())
    assert np.array_equal(composed.samples, decomposed.samples)
    other = voice.synthesize("chi bộ nghỉ, mỗi tháng một lần.", SpeechSettings())
    assert not np.array_equal(other.samples, composed.samples)


def test_nothing_to_say(tmp_path: Path) -> None:
    voice = PiperVoice(tiny_voice(tmp_path / "a"))
    assert len(voice.synthesize("", SpeechSettings()).samples) == 0


def test_sentence_by_sentence_through_piper(tmp_path: Path) -> None:
    voice = PiperVoice(tiny_voice(tmp_path / "a"))
    text = "Chi bộ họp ngày 3/2. Đảng phí là 1%."
    made = list(speak(text, voice, SpeechSettings()))
    assert [text[s.start : s.end] for s in made] == ["Chi bộ họp ngày 3/2.", "Đảng phí là 1%."]
    assert all(s.sound.rate == RATE and s.sound.seconds > 0.3 for s in made)


# -- which voice -----------------------------------------------------------------------------


def test_an_installed_piper_voice_is_preferred(tmp_path: Path) -> None:
    tiny_voice(tmp_path / "vi_VN-b")
    tiny_voice(tmp_path / "vi_VN-a")
    (tmp_path / "whisper-base").mkdir()
    (tmp_path / "whisper-base" / "model.bin").write_bytes(b"no voice")
    assert installed_synthesizers(tmp_path) == ["vi_VN-a", "vi_VN-b", "espeak-ng"]
    assert open_synthesizer(tmp_path).name == "vi_VN-a"
    assert open_synthesizer(tmp_path, "vi_VN-b").name == "vi_VN-b"
    assert isinstance(open_synthesizer(tmp_path, "espeak-ng"), EspeakVoice)


def test_without_one_espeak_speaks(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert installed_synthesizers(tmp_path / "none") == ["espeak-ng"]
    assert isinstance(open_synthesizer(tmp_path / "none"), EspeakVoice)
    with caplog.at_level(logging.WARNING):
        assert isinstance(open_synthesizer(tmp_path, "vi_VN-vais1000-medium"), EspeakVoice)
    assert "vi_VN-vais1000-medium is not installed" in caplog.text


def cut(model: Path) -> None:
    model.write_bytes(model.read_bytes()[:200])


def rubbish(model: Path) -> None:
    model.write_bytes(b"\x00\xff" * 300)


def bad_json(model: Path) -> None:
    model.with_name(model.name + ".json").write_text("{", encoding="utf-8")


def empty_json(model: Path) -> None:
    model.with_name(model.name + ".json").write_text("{}", encoding="utf-8")


BREAKS = [cut, rubbish, bad_json, empty_json]


@pytest.mark.parametrize("damage", BREAKS, ids=lambda f: f.__name__)
def test_a_broken_voice_is_logged_and_the_next_one_serves(
    damage: object, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    model = tiny_voice(tmp_path / "vi_VN-a")
    damage(model)  # type: ignore[operator]
    with pytest.raises(ModelCorrupt) as caught:
        PiperVoice(model)
    assert "troly models verify vi_VN-a" in caught.value.vi
    with caplog.at_level(logging.WARNING):
        voice = open_synthesizer(tmp_path)
    assert isinstance(voice, EspeakVoice) and "vi_VN-a does not load" in caplog.text
    assert voice.synthesize(WORDS, SpeechSettings()).seconds > 0.5

    tiny_voice(tmp_path / "vi_VN-b")
    assert open_synthesizer(tmp_path).name == "vi_VN-b"


def test_a_voice_without_its_settings_file(tmp_path: Path) -> None:
    model = tiny_voice(tmp_path / "vi_VN-a")
    model.with_name(model.name + ".json").unlink()
    with pytest.raises(ModelMissing):
        PiperVoice(model)
    assert isinstance(open_synthesizer(tmp_path), EspeakVoice)


def test_a_network_that_is_no_voice_fails_with_a_message(tmp_path: Path) -> None:
    """It loads, since it is ONNX, and takes other inputs."""
    import faster_whisper

    model = tiny_voice(tmp_path / "a")
    vad = Path(faster_whisper.__file__).parent / "assets" / "silero_vad_v6.onnx"
    model.write_bytes(vad.read_bytes())
    with pytest.raises(SynthesisError) as caught:
        PiperVoice(model).synthesize(WORDS, SpeechSettings())
    assert caught.value.vi.startswith("Giọng đọc gặp lỗi")
