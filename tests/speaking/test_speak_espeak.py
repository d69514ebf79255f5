"""eSpeak: three accents, and settings that can be heard (measured).

eSpeak lets the voice flutter at random, so the same words are not the same samples twice: they
are as long, and as loud at the same time.
"""

from __future__ import annotations

import threading
import unicodedata

import numpy as np
import pytest
from made_sound import REGIONS

from voice.speak import EspeakVoice, Sound, SpeechSettings
from voice.speak.synthesizer import Region

WORDS = "chi bộ họp mỗi tháng một lần vào ngày mùng ba"


def say(words: str = WORDS, **settings: object) -> Sound:
    return EspeakVoice().synthesize(words, SpeechSettings(**settings))  # type: ignore[arg-type]


def pitch(sound: Sound) -> float:
    """Median fundamental frequency in Hz, by autocorrelation of the loud frames."""
    size = sound.rate // 20
    found = []
    for at in range(0, len(sound.samples) - size, size // 2):
        frame = sound.samples[at : at + size].astype(np.float64)
        if np.sqrt(np.mean(frame**2)) < 0.05:
            continue
        frame -= frame.mean()
        likeness = np.correlate(frame, frame, "full")[size - 1 :]
        low, high = sound.rate // 400, sound.rate // 60
        lag = low + int(np.argmax(likeness[low:high]))
        if likeness[lag] > 0.5 * likeness[0]:
            found.append(sound.rate / lag)
    assert len(found) > 10
    return float(np.median(found))


def level(sound: Sound) -> float:
    return float(np.sqrt(np.mean(sound.samples**2)))


def alike(first: Sound, second: Sound) -> bool:
    """Whether two sounds have the same length and loudness over time."""

    def loudness(sound: Sound) -> np.ndarray:
        frames = sound.samples[: len(sound.samples) // 441 * 441].reshape(-1, 441)
        return np.sqrt(np.mean(frames**2, axis=1))

    a, b = loudness(first), loudness(second)
    if abs(len(a) - len(b)) > 0.015 * len(a) + 1:
        return False
    # One a little longer than the other: brought to the same length.
    b = np.interp(np.linspace(0, 1, len(a)), np.linspace(0, 1, len(b)), b)
    return bool(np.corrcoef(a, b)[0, 1] > 0.95 and 0.9 < a.mean() / b.mean() < 1.1)


def test_three_accents_differ() -> None:
    sounds = [say(region=region) for region in REGIONS]
    assert all(s.seconds > 1.5 and level(s) > 0.02 and np.abs(s.samples).max() <= 1 for s in sounds)
    for first, second in ((0, 1), (0, 2), (1, 2)):
        assert not alike(sounds[first], sounds[second])


def test_settings_of_one_sentence_do_not_reach_the_next() -> None:
    plain = say()
    assert alike(plain, say())
    other = say(region="nam", rate=0.6, pitch=1.5, volume=0.3)  # the engine's state is global
    assert not alike(plain, other)
    assert alike(plain, say())


@pytest.mark.parametrize("region", REGIONS)
def test_rate_changes_the_length(region: Region) -> None:
    lengths = [say(region=region, rate=rate).seconds for rate in (0.6, 0.8, 1.0, 1.3, 1.6)]
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[0] / lengths[2] == pytest.approx(1 / 0.6, rel=0.2)
    assert lengths[4] / lengths[2] == pytest.approx(1 / 1.6, rel=0.2)
    # Not the pitch.
    slow, fast = say(region=region, rate=0.7), say(region=region, rate=1.4)
    assert pitch(slow) == pytest.approx(pitch(fast), rel=0.12)


@pytest.mark.parametrize("region", REGIONS)
def test_pitch_changes_the_height(region: Region) -> None:
    low, middle, high = (pitch(say(region=region, pitch=p)) for p in (0.5, 1.0, 1.5))
    assert low < 0.9 * middle and high > 1.1 * middle
    lengths = [say(region=region, pitch=p).seconds for p in (0.5, 1.5)]
    assert lengths[0] == pytest.approx(lengths[1], rel=0.05)


def test_volume_changes_the_level_and_nothing_else() -> None:
    full, half = say(volume=1.0), say(volume=0.5)
    assert level(half) == pytest.approx(0.5 * level(full), rel=0.03)
    assert alike(full, Sound(2 * half.samples, half.rate))
    assert say(volume=0.0).samples.any() == np.False_


def test_decomposed_text_sounds_like_composed() -> None:
    decomposed = unicodedata.normalize("NFD", WORDS)
    assert decomposed != WORDS
    assert alike(say(decomposed), say())
    assert not alike(say(), say("chi bộ nghỉ mỗi tháng một lần vào ngày mùng tư"))


@pytest.mark.parametrize("words", ["", " ", "\n\t", "...", "\x00\x01"])
def test_nothing_to_say(words: str) -> None:
    sound = say(words)
    assert sound.rate == 22050
    assert sound.seconds < 0.5 and level_or_zero(sound) < 0.01


def level_or_zero(sound: Sound) -> float:
    return level(sound) if len(sound.samples) else 0.0


def test_commands_to_the_engine_are_read_as_nothing() -> None:
    """``[[ ]]`` would be phonemes, and control characters commands, to eSpeak."""
    plain = say("chi bộ ba")
    assert say("[[chi]] bộ\x01 ba").seconds == pytest.approx(plain.seconds, rel=0.25)
    assert say("<speak>chi bộ</speak>").seconds > 0.3


def test_threads_do_not_mix_their_sounds() -> None:
    texts = ["một hai ba", "bốn năm sáu bảy", "tám", "chín mười mười một mười hai"]
    alone = [say(t) for t in texts]
    together: dict[int, Sound] = {}

    def work(index: int) -> None:
        together[index] = say(texts[index])

    threads = [threading.Thread(target=work, args=(i,)) for i in range(len(texts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for index, expected in enumerate(alone):
        assert alike(expected, together[index]), texts[index]
