"""The phrase scorer: the sound chooses among given sentences."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from made_sound import REGIONS, spoken

from voice.endpoint import cut_utterance
from voice.speak.synthesizer import Region
from voice.whisper.decoder import Decoder
from voice.whisper.model import Encoded, WhisperModel
from voice.whisper.phrases import PhraseScore, PhraseScorer, PhraseSet, SearchSettings

THIRTEEN = (
    "họp chi bộ tháng này thế nào",
    "đóng đảng phí bao nhiêu",
    "mất thẻ đảng viên thì làm sao",
    "đọc chỉ thị năm mươi",
    "xin miễn sinh hoạt đảng",
    "chuyển sinh hoạt đảng chính thức",
    "đánh giá đảng viên cuối năm",
    "đường trần quý thuộc khu phố nào",
    "lịch đổi thẻ đảng viên",
    "bản tin của phường tháng này",
    "xây dựng kế hoạch của chi bộ",
    "kiểm tra thể thức văn bản",
    "hồ sơ kết nạp đảng viên mới",
)


NARROW = SearchSettings(beam=1, drop=0.5)


def information(score: PhraseScore) -> float:
    """What ranks phrases: nats a token beyond what the language model expects."""
    return (score.sound - 0.7 * score.silence) / score.tokens


def hear(model: WhisperModel, words: str, region: Region = "bac") -> Encoded:
    return model.encode(cut_utterance(spoken(words, region)).samples)


@pytest.fixture(scope="module")
def scorer(model: WhisperModel) -> PhraseScorer:
    return PhraseScorer(model)


@pytest.fixture(scope="module")
def thirteen(scorer: PhraseScorer) -> PhraseSet:
    return scorer.prepare(THIRTEEN)


@pytest.fixture(scope="module")
def heard(model: WhisperModel) -> Encoded:
    return hear(model, THIRTEEN[0])


@pytest.mark.parametrize("region", REGIONS)
def test_what_was_said_comes_first_of_thirteen(
    region: Region, model: WhisperModel, scorer: PhraseScorer, thirteen: PhraseSet
) -> None:
    right = []
    for index in range(0, 13, 2):
        scores = scorer.score(hear(model, THIRTEEN[index], region), thirteen)
        right.append(max(scores, key=information).index == index)
    assert all(right), right


def test_the_walk_over_the_trie_scores_like_one_phrase_alone(
    scorer: PhraseScorer, thirteen: PhraseSet, heard: Encoded
) -> None:
    everything = {s.index: s for s in scorer.score(heard, thirteen, keep=range(13))}
    assert set(everything) == set(range(13))
    for index in (0, 5, 12):
        (alone,) = scorer.score(heard, scorer.prepare([THIRTEEN[index]]))
        together = everything[index]
        assert alone.tokens == together.tokens
        # 8-bit products share a scale among the rows of a step.
        assert alone.sound == pytest.approx(together.sound, abs=0.3 * alone.tokens)
        assert alone.silence == pytest.approx(together.silence, abs=0.3 * alone.tokens)


def test_phrases_to_keep_are_scored_whatever_the_sound_says(
    scorer: PhraseScorer, thirteen: PhraseSet, heard: Encoded
) -> None:
    narrow = scorer.score(heard, thirteen, search=NARROW)
    assert [s.index for s in narrow] == [0]
    kept = scorer.score(heard, thirteen, keep=[4, 11], search=NARROW)
    assert {s.index for s in kept} >= {0, 4, 11}
    assert max(kept, key=information).index == 0


def test_a_smaller_beam_and_drop_score_fewer(
    scorer: PhraseScorer, thirteen: PhraseSet, heard: Encoded
) -> None:
    wide = {s.index for s in scorer.score(heard, thirteen, search=SearchSettings(drop=1000.0))}
    usual = {s.index for s in scorer.score(heard, thirteen)}
    assert wide == set(range(13)) and 0 in usual and usual < wide


def test_phrases_that_begin_or_read_alike(model: WhisperModel, scorer: PhraseScorer) -> None:
    """A phrase inside another ends where the longer goes on; one written twice counts twice."""
    prepared = scorer.prepare(["đọc tiếp", "đọc tiếp phần sau", "dừng", "dừng lại", "đọc tiếp"])
    assert prepared.leaf[0] == prepared.leaf[4]
    assert len(prepared) < 1 + sum(len(model.tokens(p)) for p in prepared.phrases)
    for index in (0, 1, 2, 3):
        scores = scorer.score(hear(model, prepared.phrases[index]), prepared)
        best = max(scores, key=information)
        assert prepared.phrases[best.index] == prepared.phrases[index]
    twice = {s.index: s for s in scorer.score(hear(model, "đọc tiếp"), prepared, keep=[0])}
    assert twice[0].sound == twice[4].sound


def test_silence_is_taken_off_what_is_likely_anyway(
    scorer: PhraseScorer, thirteen: PhraseSet, heard: Encoded
) -> None:
    for score in scorer.score(heard, thirteen, keep=range(13)):
        assert score.silence < 0 and score.sound < 0
        assert score.tokens >= 5
    best = max(scorer.score(heard, thirteen), key=information)
    assert best.sound > best.silence, "the sound says more than silence does"


def test_no_phrases_at_all(scorer: PhraseScorer, heard: Encoded) -> None:
    assert scorer.score(heard, scorer.prepare([])) == []


# -- scores on silence, kept -----------------------------------------------------------------

FEW = THIRTEEN[:3]


class Steps:
    """Counts the decoder's steps."""

    def __init__(self) -> None:
        self.count = 0


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Iterator[Steps]:
    counted, real = Steps(), Decoder.step

    def step(self: Decoder, *args: object, **kwargs: object) -> object:
        counted.count += 1
        return real(self, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(Decoder, "step", step)
    yield counted


def test_scores_on_silence_are_kept(model: WhisperModel, tmp_path: Path, steps: Steps) -> None:
    first = PhraseScorer(model, cache=tmp_path / "cache").prepare(FEW)
    assert steps.count > 3
    assert [p.name for p in (tmp_path / "cache").iterdir()] == ["silence-whisper-base.npz"]

    steps.count = 0
    again = PhraseScorer(model, cache=tmp_path / "cache").prepare(FEW)
    assert steps.count == 0, "a second start computes nothing"
    assert np.array_equal(again.silence, first.silence)
    assert np.array_equal(again.silence_end, first.silence_end)
    # Other phrases: only the new ones cost anything, and the old ones stay.
    PhraseScorer(model, cache=tmp_path / "cache").prepare([*FEW, THIRTEEN[3]])
    assert steps.count > 0
    steps.count = 0
    PhraseScorer(model, cache=tmp_path / "cache").prepare(THIRTEEN[:4])
    assert steps.count == 0


def test_made_up_sentences_are_not_written(
    model: WhisperModel, tmp_path: Path, steps: Steps
) -> None:
    scorer = PhraseScorer(model, cache=tmp_path)
    kept = scorer.prepare(FEW)
    written = (tmp_path / "silence-whisper-base.npz").read_bytes()
    passing = scorer.prepare([*FEW, THIRTEEN[3]], passing=True)
    assert np.array_equal(passing.silence[: len(kept)], kept.silence)
    assert (tmp_path / "silence-whisper-base.npz").read_bytes() == written
    steps.count = 0
    again = scorer.prepare([*FEW, THIRTEEN[3]], passing=True)
    assert steps.count == 0, "for a while they are remembered"
    assert np.array_equal(again.silence, passing.silence)


def test_the_bar_ends_full(model: WhisperModel) -> None:
    seen: list[tuple[int, int]] = []
    PhraseScorer(model).prepare(FEW, progress=lambda done, total: seen.append((done, total)))
    assert [d for d, _ in seen] == sorted(d for d, _ in seen)
    assert seen[-1][0] == seen[-1][1] > 10


def short(whole: bytes) -> bytes:
    return whole[: len(whole) // 2]


def flipped(whole: bytes) -> bytes:
    data = bytearray(whole)
    data[len(data) // 2] ^= 0x55
    return bytes(data)


def npz(**arrays: np.ndarray) -> bytes:
    import io

    out = io.BytesIO()
    np.savez(out, **arrays)
    return out.getvalue()


DAMAGE = {
    "empty": lambda whole: b"",
    "text": lambda whole: "không phải bộ nhớ đệm".encode(),
    "cut in half": short,
    "cut at the end": lambda whole: whole[:-30],
    "a byte flipped": flipped,
    "other arrays": lambda whole: npz(a=np.zeros(3)),
    "arrays of different lengths": lambda whole: npz(
        keys=np.arange(5, dtype=np.uint64), values=np.zeros((3, 2), dtype=np.float32)
    ),
    "values of another shape": lambda whole: npz(
        keys=np.arange(5, dtype=np.uint64), values=np.zeros(5, dtype=np.float32)
    ),
    "pickled": lambda whole: npz(keys=np.array([{}, 1], dtype=object), values=np.zeros((2, 2))),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_a_damaged_cache_is_made_again(
    what: str, model: WhisperModel, tmp_path: Path, caplog: pytest.LogCaptureFixture, steps: Steps
) -> None:
    good = PhraseScorer(model, cache=tmp_path).prepare(FEW)
    path = tmp_path / "silence-whisper-base.npz"
    path.write_bytes(DAMAGE[what](path.read_bytes()))
    steps.count = 0
    with caplog.at_level(logging.WARNING):
        again = PhraseScorer(model, cache=tmp_path).prepare(FEW)
    assert "silence cache" in caplog.text
    assert steps.count > 0
    assert np.array_equal(again.silence, good.silence)
    steps.count = 0
    PhraseScorer(model, cache=tmp_path).prepare(FEW)
    assert steps.count == 0, "the file is whole again"


def test_a_cache_that_cannot_be_written_costs_only_time(
    model: WhisperModel, tmp_path: Path, caplog: pytest.LogCaptureFixture, steps: Steps
) -> None:
    (tmp_path / "file").write_text("here no folder can be made")
    with caplog.at_level(logging.WARNING):
        prepared = PhraseScorer(model, cache=tmp_path / "file" / "cache").prepare(FEW)
    assert "cannot write the silence cache" in caplog.text
    assert steps.count > 0 and prepared.silence.min() < 0


def test_a_full_disk_leaves_the_old_cache(
    model: WhisperModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    PhraseScorer(model, cache=tmp_path).prepare(FEW)
    before = (tmp_path / "silence-whisper-base.npz").read_bytes()

    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez", full)
    with caplog.at_level(logging.WARNING):
        PhraseScorer(model, cache=tmp_path).prepare(THIRTEEN[:5])
    assert "No space left" in caplog.text
    assert [p.name for p in tmp_path.iterdir()] == ["silence-whisper-base.npz"]
    assert (tmp_path / "silence-whisper-base.npz").read_bytes() == before
