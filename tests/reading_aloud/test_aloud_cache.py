"""Sounds kept on disk, one loudness, and the plainer voice that stands in."""

from __future__ import annotations

import logging
import pickle
import sqlite3
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from made_reading import RATE, ToneVoice
from made_sound import REGIONS

from voice.errors import SynthesisError
from voice.speak import (
    EspeakVoice,
    Sound,
    SoundCache,
    SpeechSettings,
    VoiceWithStandIn,
    compose,
    level,
    loudness,
)
from voice.speak.breath import Breath
from voice.speak.cache import cache_key
from voice.speak.espeak import TUNED
from voice.speak.loudness import CEILING, TARGET
from voice.speak.script import Paragraph
from voice.speak.speech import say_breath


def breath(text: str = "Chi bộ họp mỗi tháng một lần.") -> Breath:
    return compose([Paragraph(text)]).lines[0].breaths[0]


# -- the cache --------------------------------------------------------------------------------


def test_what_was_said_is_not_made_again_also_after_a_restart(tmp_path: Path) -> None:
    voice = ToneVoice()
    cache = SoundCache(tmp_path / "c")
    first, marks = say_breath(breath(), voice, SpeechSettings(), cache=cache)
    cache.close()
    cache = SoundCache(tmp_path / "c")
    second, again = say_breath(breath(), voice, SpeechSettings(), cache=cache)
    assert len(voice.asked) == 1 and len(cache) == 1 and cache.size > 0
    assert marks == again
    assert np.abs(first.samples - second.samples).max() < 2 / 32768
    # Volume is applied afterwards: the same sound serves.
    soft, _ = say_breath(breath(), voice, SpeechSettings(volume=0.5), cache=cache)
    assert len(voice.asked) == 1
    assert np.abs(soft.samples - second.samples / 2).max() < 1e-6
    cache.close()


def test_everything_that_changes_the_sound_is_in_the_key() -> None:
    voice, plain = ToneVoice(), SpeechSettings()
    keys = {cache_key("a", voice, plain), cache_key("b", voice, plain)}
    for other in (
        replace(plain, region="nam"),
        replace(plain, rate=1.1),
        replace(plain, pitch=1.1),
    ):
        keys.add(cache_key("a", voice, other))
    voice.version = "2"  # type: ignore[misc]
    keys.add(cache_key("a", voice, plain))
    keys.add(cache_key("a", EspeakVoice(), plain))
    keys.add(cache_key("a", EspeakVoice(TUNED), plain))
    assert len(keys) == 8
    assert cache_key("a", voice, replace(plain, volume=0.3)) in keys


def test_the_size_limit_holds_and_what_is_used_stays(tmp_path: Path) -> None:
    limit = 400_000
    cache = SoundCache(tmp_path / "c", size_limit=limit)
    noise = np.random.default_rng(1)
    for number in range(80):
        samples = noise.uniform(-0.5, 0.5, RATE // 2).astype(np.float32)
        cache.put(f"key {number}", Sound(samples, RATE))
        assert cache.get("key 0") is not None, number
    assert 100_000 < cache.size < 1.2 * limit
    assert cache.get("key 1") is None and cache.get("key 79") is not None
    files = [f for f in (tmp_path / "c").rglob("*") if f.is_file()]
    # SQLite's log beside the database is of a fixed size, 4 MB.
    assert sum(f.stat().st_size for f in files if not f.name.endswith("-wal")) < 1.5 * limit
    cache.close()


@pytest.mark.parametrize("damage", ["rubbish", "cut", "folder"])
def test_a_broken_cache_costs_nothing_but_time(damage: str, tmp_path: Path) -> None:
    folder = tmp_path / "c"
    cache = SoundCache(folder)
    say_breath(breath(), ToneVoice(), SpeechSettings(), cache=cache)
    cache.close()
    if damage == "folder":
        for file in folder.rglob("*"):
            if file.is_file():
                file.unlink()
        folder.rmdir() if not any(folder.iterdir()) else None
        (folder / "cache.db").mkdir(parents=True)
    else:
        for file in folder.glob("cache.db*"):
            raw = file.read_bytes()
            file.write_bytes(b"\xff" * len(raw) if damage == "rubbish" else raw[:700])
    voice = ToneVoice()
    cache = SoundCache(folder)
    sound, _ = say_breath(breath(), voice, SpeechSettings(), cache=cache)
    assert sound.seconds > 0.2 and len(voice.asked) == 1
    cache.close()


def test_a_pickle_in_the_cache_is_never_run(tmp_path: Path) -> None:
    cache = SoundCache(tmp_path / "c")
    voice, settings = ToneVoice(), SpeechSettings()
    say_breath(breath(), voice, settings, cache=cache)
    ran = tmp_path / "ran"

    class Evil:
        def __reduce__(self) -> tuple[object, ...]:
            return (Path.touch, (ran,))

    with sqlite3.connect(tmp_path / "c" / "cache.db") as db:
        db.execute("update Cache set mode = 4, filename = null, value = ?", [pickle.dumps(Evil())])
    assert cache.get(cache_key(breath().spoken, voice, settings)) is None
    assert not ran.exists()
    say_breath(breath(), voice, settings, cache=cache)
    assert len(voice.asked) == 2
    cache.close()


# -- the voice that stands in -----------------------------------------------------------------


def test_a_sentence_that_a_voice_fails_at_is_said_by_the_plainer_one(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    voice = ToneVoice(fails_at="khó")
    pair = VoiceWithStandIn(voice, EspeakVoice(TUNED))
    cache = SoundCache(tmp_path / "c")
    easy, _ = say_breath(breath("Câu dễ."), pair, SpeechSettings(), cache=cache)
    with caplog.at_level(logging.WARNING):
        hard, _ = say_breath(breath("Câu khó đọc."), pair, SpeechSettings(), cache=cache)
    assert "espeak-ng speaks instead of tones" in caplog.text
    assert easy.rate == RATE and hard.rate == 22_050 and hard.seconds > 0.5
    assert len(cache) == 1, "what the stand-in said is not kept under the voice's name"
    voice.fails_at = ""
    better, _ = say_breath(breath("Câu khó đọc."), pair, SpeechSettings(), cache=cache)
    assert better.rate == RATE
    cache.close()


def test_after_three_failures_in_a_row_it_is_not_asked_any_more() -> None:
    voice = ToneVoice(fails_at=" ")
    pair = VoiceWithStandIn(voice, EspeakVoice(TUNED))
    for _ in range(5):
        assert pair.synthesize("câu khó.", SpeechSettings()).stand_in
    assert len(voice.asked) == 3


def test_two_failures_and_a_success_begin_the_count_anew() -> None:
    voice = ToneVoice(fails_at="khó")
    pair = VoiceWithStandIn(voice, EspeakVoice(TUNED))
    for words in ("khó.", "khó.", "dễ.", "khó.", "khó.", "dễ."):
        assert pair.synthesize(words, SpeechSettings()).stand_in == (words == "khó.")
    assert len(voice.asked) == 6


def test_when_both_fail_it_is_an_error() -> None:
    pair = VoiceWithStandIn(ToneVoice(fails_at="khó"), ToneVoice(fails_at="khó"))
    with pytest.raises(SynthesisError):
        pair.synthesize("khó.", SpeechSettings())


# -- loudness ---------------------------------------------------------------------------------


def spoken_loudness(sound: Sound) -> float:
    """Without the pause behind it."""
    loud = np.flatnonzero(sound.samples)
    return loudness(sound.samples[: loud[-1]], sound.rate)


@pytest.mark.parametrize("region", REGIONS)
def test_every_accent_is_as_loud_as_the_target(region: str) -> None:
    settings = SpeechSettings(region=region)  # type: ignore[arg-type]
    sound, _ = say_breath(breath(), EspeakVoice(TUNED), settings)
    assert spoken_loudness(sound) == pytest.approx(TARGET, abs=0.3)
    assert np.abs(sound.samples).max() <= 10 ** (CEILING / 20) + 1e-4


@pytest.mark.parametrize("amplitude", [0.02, 0.3, 0.9])
def test_soft_and_loud_voices_come_out_alike(amplitude: float) -> None:
    sound, _ = say_breath(breath(), ToneVoice(level=amplitude), SpeechSettings())
    assert spoken_loudness(sound) == pytest.approx(TARGET, abs=0.3)


def test_levelling_keeps_length_marks_and_silence() -> None:
    made = EspeakVoice().synthesize("xin chào các đồng chí.", SpeechSettings())
    spiky = made.samples.copy()
    spiky[len(spiky) // 2] = 1.0  # a peak the limiter must take down
    out = level(replace(made, samples=spiky * np.float32(0.3)))
    assert len(out.samples) == len(made.samples) and out.onsets == made.onsets
    assert np.abs(out.samples).max() <= 10 ** (CEILING / 20) + 1e-4
    # Nothing is moved: loud where it was loud.
    a, b = (np.abs(s[: len(s) // 441 * 441].reshape(-1, 441)).mean(1)
            for s in (made.samples, out.samples))  # fmt: skip
    assert np.corrcoef(a, b)[0, 1] > 0.97
    quiet = Sound(np.zeros(RATE, dtype=np.float32), RATE)
    assert not level(quiet).samples.any()
    assert loudness(quiet.samples, RATE) == float("-inf")


def test_a_tone_of_known_loudness() -> None:
    """EBU Tech 3341: a 1 kHz sine at -23 dBFS in both channels is -23 LUFS; in one, 3 less."""
    times = np.arange(5 * 48_000) / 48_000
    sine = (10 ** (-23 / 20) * np.sin(2 * np.pi * 1000 * times)).astype(np.float32)
    assert loudness(sine, 48_000) == pytest.approx(-26.0, abs=0.15)
