"""The endpointer waits for slow speakers, and hears nothing where nobody speaks."""

from __future__ import annotations

import numpy as np
import pytest
from made_sound import REGIONS, silence, spoken, tone, white_noise

from voice.endpoint import Endpointer, EndpointSettings, Utterance, cut_utterance
from voice.pcm import SAMPLE_RATE, Samples
from voice.speak.synthesizer import Region
from voice.vad import FRAME, FRAME_SECONDS, SileroVad

CHUNK = 1000
"""Samples of one live chunk: no multiple of the network's frame."""


def follow(samples: Samples, settings: EndpointSettings | None = None) -> tuple[Endpointer, float]:
    """Play ``samples`` into an endpointer until it has ended; with the seconds that took."""
    pointer = Endpointer(settings)
    for at in range(0, len(samples), CHUNK):
        if pointer.feed(samples[at : at + CHUNK]):
            return pointer, min(at + CHUNK, len(samples)) / SAMPLE_RATE
    return pointer, float("inf")


def loud_part(samples: Samples) -> tuple[float, float]:
    """Where the sound of ``samples`` begins and ends, in seconds."""
    loud = np.flatnonzero(np.abs(samples) > 0.02)
    return loud[0] / SAMPLE_RATE, (loud[-1] + 1) / SAMPLE_RATE


@pytest.fixture(scope="module")
def two_halves() -> Samples:
    """An utterance with a pause of 0.9 s in the middle, and 3 s of silence behind it."""
    first, second = spoken("cho tôi hỏi", room=0.0), spoken("họp chi bộ thế nào", room=0.0)
    first, second = (s[slice(*(round(t * SAMPLE_RATE) for t in loud_part(s)))]
                     for s in (first, second))  # fmt: skip
    return np.concatenate([silence(1.0), first, silence(0.9), second, silence(3.0)])


@pytest.mark.parametrize(
    "sound",
    [
        silence(2),
        white_noise(2),
        white_noise(2, 0.01),
        white_noise(2, 0.4),
        tone(2),
        tone(2, 100.0),
    ],
    ids=["silence", "noise", "soft noise", "loud noise", "440 Hz", "100 Hz"],
)
def test_no_speech_in(sound: Samples) -> None:
    heard = cut_utterance(sound)
    assert heard.speech == 0.0 and len(heard.samples) == 0
    pointer, _ = follow(np.concatenate([sound] * 3))
    assert not pointer.spoken and not pointer.ended
    assert pointer.utterance().speech == 0.0


def test_a_pause_for_thought_does_not_end_the_utterance(two_halves: Samples) -> None:
    pointer, ended_at = follow(two_halves)
    begin, end = loud_part(two_halves)
    assert end + 1.1 < ended_at < end + 1.5, "1.25 s after the last word"
    heard = pointer.utterance()
    assert heard.start == pytest.approx(begin - 0.3, abs=0.15)
    assert heard.start + heard.seconds == pytest.approx(end + 0.3, abs=0.2)
    # Both halves are inside: the sound is that of the recording.
    first = round(heard.start * SAMPLE_RATE)
    assert np.array_equal(heard.samples, two_halves[first : first + len(heard.samples)])


def test_an_impatient_endpointer_would_have_cut(two_halves: Samples) -> None:
    pointer, ended_at = follow(two_halves, EndpointSettings(silence=0.6))
    assert ended_at < 3.0
    assert pointer.utterance().seconds < 0.5 * follow(two_halves)[0].utterance().seconds


def test_how_much_is_kept_is_a_setting(two_halves: Samples) -> None:
    def kept(seconds: float) -> Utterance:
        return follow(two_halves, EndpointSettings(keep=seconds))[0].utterance()

    none, much = kept(0.0), kept(0.6)
    assert much.start == pytest.approx(none.start - 0.6, abs=0.001)
    assert much.seconds == pytest.approx(none.seconds + 1.2, abs=0.001)
    assert none.speech == much.speech


def test_threshold_is_a_setting(two_halves: Samples) -> None:
    strict = follow(two_halves, EndpointSettings(threshold=0.99))[0]
    usual = follow(two_halves)[0]
    assert strict.utterance().speech < usual.utterance().speech


def test_thirty_seconds_are_the_limit() -> None:
    talk = np.concatenate(
        [spoken("đảng viên chuyển sinh hoạt đảng thì làm thế nào", room=0.1)] * 16
    )
    assert len(talk) > 32 * SAMPLE_RATE
    pointer, ended_at = follow(talk)
    assert 29.9 < ended_at < 30.2
    assert 28.0 < pointer.utterance().seconds <= 30.0
    assert cut_utterance(talk).seconds == pytest.approx(30.0, abs=0.01)
    assert follow(talk, EndpointSettings(limit=5.0))[1] == pytest.approx(5.0, abs=0.15)


def test_nobody_speaks_for_eight_seconds() -> None:
    assert follow(white_noise(9, 0.02))[1] == pytest.approx(8.0, abs=0.15)
    assert follow(silence(4), EndpointSettings(start=2.0))[1] == pytest.approx(2.0, abs=0.15)


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("word", ["tiếp", "dừng", "thôi", "có", "không", "đúng", "to"])
def test_one_short_word_is_heard(word: str, region: Region) -> None:
    samples = spoken(word, region)
    begin, end = loud_part(samples)
    heard = cut_utterance(samples)
    assert heard.speech >= 0.09
    assert heard.start <= begin and heard.start + heard.seconds >= min(end, begin + 0.35)


@pytest.mark.parametrize("region", REGIONS)
def test_a_word_at_the_very_edge_of_the_file_is_heard(region: Region) -> None:
    begin, end = loud_part(spoken("dừng lại", region))
    whole = spoken("dừng lại", region)
    tight = whole[round(begin * SAMPLE_RATE) : round(end * SAMPLE_RATE)]
    heard = cut_utterance(tight)
    assert heard.speech > 0.2 and heard.start == 0.0
    assert heard.seconds >= len(tight) / SAMPLE_RATE - 0.1


def test_a_click_is_no_word() -> None:
    clicks = silence(2.0)
    clicks[16_000:16_160] = 0.9
    assert cut_utterance(clicks).speech == 0.0
    # With a bound above its length, a word is no utterance either.
    assert cut_utterance(spoken("tiếp"), EndpointSettings(min_speech=0.5)).speech == 0.0


def test_a_file_is_not_cut_at_its_first_long_silence() -> None:
    one = spoken("cho tôi hỏi")
    heard = cut_utterance(np.concatenate([one, silence(3.0), one]))
    assert heard.seconds > 4.0


def test_chunks_of_any_size_are_judged_alike() -> None:
    samples = spoken("họp chi bộ thường kỳ")
    whole = SileroVad().feed(samples)
    assert len(whole) == len(samples) // FRAME
    assert FRAME_SECONDS == 0.032
    assert ((whole >= 0) & (whole <= 1)).all() and whole.max() > 0.9
    vad = SileroVad()
    sizes = np.random.default_rng(5).integers(1, 3000, 200)
    cuts = np.cumsum(sizes)[np.cumsum(sizes) < len(samples)]
    parts = [vad.feed(part) for part in np.split(samples, cuts)]
    assert np.abs(np.concatenate(parts) - whole).max() < 1e-4
    vad.reset()
    assert np.abs(vad.feed(samples) - whole).max() < 1e-4
