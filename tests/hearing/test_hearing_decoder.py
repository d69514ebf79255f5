"""Our decoder gives the probabilities that CTranslate2 gives, from the same file of weights."""

from __future__ import annotations

import math
import os
import shutil
import struct
from pathlib import Path

import ctranslate2
import numpy as np
import pytest
from made_sound import spoken

from voice.endpoint import cut_utterance
from voice.errors import ModelCorrupt, ModelMissing
from voice.whisper.decoder import UNKNOWN, Decoder
from voice.whisper.model import FILES, TAIL, WINDOW, Encoded, WhisperModel
from voice.whisper.weights import Array, read_tensors

SPOKEN = (
    "họp chi bộ tháng này thế nào",
    "cho tôi hỏi đóng đảng phí bao nhiêu",
    "đọc tiếp đi",
)
OTHER = "mất thẻ đảng viên thì làm sao"
"""Scored against the sound of something else: low probabilities must agree too."""


def token_scores(decoder: Decoder, model: WhisperModel, encoded: Encoded, text: str) -> Array:
    """Log probability of each token of ``text`` given the sound, without the end."""
    sound = decoder.attend(encoded.array)
    paths, last = decoder.start_paths(sound, model.start_tokens)
    zero = np.zeros(1, dtype=np.int64)
    scores = []
    for token in model.tokens(text):
        paths, picked = decoder.step(sound, paths, zero, np.array([last]), np.array([[0, token]]))
        scores.append(float(picked[0]))
        last = token
    return np.array(scores, dtype=np.float32)


@pytest.fixture(scope="module")
def sounds(model: WhisperModel) -> dict[str, Encoded]:
    return {text: model.encode(cut_utterance(spoken(text)).samples) for text in SPOKEN}


@pytest.fixture(scope="module")
def aligned(
    model_folder: Path, model: WhisperModel, sounds: dict[str, Encoded]
) -> dict[tuple[str, str], dict[str, Array]]:
    """CTranslate2's own scores, with 8-bit and with 32-bit weights."""
    found: dict[tuple[str, str], dict[str, Array]] = {}
    for kind in ("int8", "float32"):
        engine = ctranslate2.models.Whisper(str(model_folder), device="cpu", compute_type=kind)
        for said, encoded in sounds.items():
            for text in (said, OTHER):
                (result,) = engine.align(
                    encoded.storage, model.start_tokens[:-1], [model.tokens(text)],
                    2 * len(encoded.array),
                )  # fmt: skip
                scores = np.log(np.array(result.text_token_probs, dtype=np.float32))
                found.setdefault((said, text), {})[kind] = scores
    return found


def test_the_quantised_decoder_agrees_with_align(
    model: WhisperModel,
    sounds: dict[str, Encoded],
    aligned: dict[tuple[str, str], dict[str, Array]],
) -> None:
    """The vocabulary of the kiosk's decoder is Vietnamese, so its scores lie a little higher."""
    for (said, text), reference in aligned.items():
        ours = token_scores(model.decoder, model, sounds[said], text)
        assert len(ours) == len(reference["int8"])
        assert np.abs(ours - reference["int8"]).mean() < 0.6, (said, text)
        assert abs(ours.mean() - reference["int8"].mean()) < 0.6


def test_the_exact_decoder_agrees_with_align_in_32_bits(
    model_folder: Path,
    model: WhisperModel,
    sounds: dict[str, Encoded],
    aligned: dict[tuple[str, str], dict[str, Array]],
) -> None:
    """Without quantising, and over the tokens that ``align`` normalises over: those of text."""
    exact = Decoder(model_folder / "model.bin", range(model.end_token), quantise=False)
    worst = 0.0
    for (said, text), reference in aligned.items():
        ours = token_scores(exact, model, sounds[said], text)
        worst = max(worst, float(np.abs(ours - reference["float32"]).max()))
        # CTranslate2's own 8 bits are farther from its 32 bits than that.
        assert np.abs(reference["int8"] - reference["float32"]).mean() > 0.03
    assert worst < 0.005, "0.0003 nats were measured"


def test_a_batch_scores_like_its_rows(model: WhisperModel, sounds: dict[str, Encoded]) -> None:
    """Paths that share a beginning, continued together and then one of them twice."""
    sound = model.decoder.attend(sounds[SPOKEN[0]].array)
    paths, last = model.decoder.start_paths(sound, model.start_tokens)
    first, second, third = (model.tokens(w)[0] for w in ("họp", "mất", "đóng"))
    zero = np.zeros(1, dtype=np.int64)
    picks = np.array([[0, first], [0, second]])
    paths, _ = model.decoder.step(sound, paths, zero, np.array([last]), picks)
    both, _ = model.decoder.step(
        sound, paths, np.array([0, 0]), np.array([first, second]), np.array([[0, third]])
    )
    _, together = model.decoder.step(
        sound, both, np.array([1, 0, 1]), np.array([third, third, first]),
        np.array([[0, first], [1, first], [2, first]]),
    )  # fmt: skip
    for row, (parent, token) in enumerate([(second, third), (first, third), (second, first)]):
        alone, _ = model.decoder.step(
            sound, paths, zero, np.array([parent]), np.array([[0, token]])
        )
        _, value = model.decoder.step(sound, alone, zero, np.array([token]), np.array([[0, first]]))
        # Rows share the scale of their 8-bit products, so not to the last digit.
        assert together[row] == pytest.approx(value[0], abs=0.5)


def test_a_token_outside_the_vocabulary_is_as_good_as_impossible(
    model: WhisperModel, sounds: dict[str, Encoded]
) -> None:
    sound = model.decoder.attend(sounds[SPOKEN[0]].array)
    paths, last = model.decoder.start_paths(sound, model.start_tokens)
    cyrillic = model.tokens("привет")[-1]
    _, (foreign, known) = model.decoder.step(
        sound, paths, np.zeros(1, dtype=np.int64), np.array([last]),
        np.array([[0, cyrillic], [0, model.tokens("họp")[0]]]),
    )  # fmt: skip
    assert foreign == UNKNOWN < known < 0


def test_the_window_is_the_speech_and_its_tail(model: WhisperModel) -> None:
    samples = cut_utterance(spoken(SPOKEN[0])).samples
    cut, full = model.encode(samples), model.encode(samples, full=True)
    assert len(full.array) == WINDOW // 2 and full.full
    assert len(cut.array) * 2 == pytest.approx(cut.seconds * 100 + TAIL, abs=3)
    # What the encoder sees of the speech hardly depends on the silence behind it.
    rows = round(cut.seconds * 50)
    a, b = cut.array[:rows], full.array[:rows]
    likeness = (a * b).sum(1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1)
    assert likeness.mean() > 0.9


# -- weights that cannot be used -------------------------------------------------------------


def container(*variables: tuple[str, np.ndarray, int], version: int = 6) -> bytes:
    """A ``model.bin`` with the given name, values and type number of each variable."""

    def text(value: str) -> bytes:
        raw = value.encode() + b"\0"
        return struct.pack("<H", len(raw)) + raw

    data = struct.pack("<I", version) + text("WhisperSpec") + struct.pack("<I", 3)
    data += struct.pack("<I", len(variables))
    for name, values, kind in variables:
        raw = values.tobytes()
        data += text(name) + struct.pack("<B", values.ndim)
        data += struct.pack(f"<{values.ndim}I", *values.shape)
        data += struct.pack("<BI", kind, len(raw)) + raw
    return data + struct.pack("<I", 0)


def test_quantised_and_half_weights_are_multiplied_out(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    rows = np.array([[100, -50], [4, 8]], dtype=np.int8)
    path.write_bytes(container(
        ("encoder/x", np.ones(3, dtype=np.float32), 0),
        ("decoder/a", rows, 1),
        ("decoder/a_scale", np.array([100.0, 4.0], dtype=np.float32), 0),
        ("decoder/b", np.array([0.5, 2.0], dtype=np.float16), 4),
        ("decoder/heads", np.array(8, dtype=np.int16), 2),
    ))  # fmt: skip
    found = read_tensors(path, "decoder/")
    assert set(found) == {"a", "b", "heads"}
    assert found["a"].tolist() == [[1.0, -0.5], [1.0, 2.0]]
    assert found["b"].tolist() == [0.5, 2.0] and found["b"].dtype == np.float32
    assert int(found["heads"]) == 8


def cut_to(length: int, folder: Path) -> bytes:
    with (folder / "model.bin").open("rb") as file:
        return file.read(length)


@pytest.mark.parametrize("length", [0, 3, 9, 40, 1000, 300_000])
def test_truncated_weights_are_corrupt(length: int, model_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(cut_to(length, model_folder))
    with pytest.raises(ModelCorrupt) as caught:
        read_tensors(path, "decoder/")
    assert "troly models verify" in caught.value.vi


GARBAGE = {
    "noise": np.random.default_rng(3).bytes(50_000),
    "text": "không phải mô hình\n".encode() * 100,
    "another version": container(version=7),
    "an unknown type": container(("decoder/a", np.zeros(2, dtype=np.float32), 9)),
    "a shape that does not fit": container(("decoder/a", np.zeros(2, dtype=np.float32), 0)).replace(
        struct.pack("<BI", 1, 2), struct.pack("<BI", 1, 7)
    ),
    "a huge count": container()[:-8] + struct.pack("<I", 2**32 - 1),
}


@pytest.mark.parametrize("what", GARBAGE)
def test_garbage_weights_are_corrupt(what: str, tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(GARBAGE[what])
    with pytest.raises(ModelCorrupt):
        read_tensors(path, "decoder/")


@pytest.fixture
def copied(model_folder: Path, tmp_path: Path) -> Path:
    """The model's folder, to be broken."""
    folder = tmp_path / "whisper-base"
    shutil.copytree(model_folder, folder, copy_function=os.link)
    return folder


@pytest.mark.parametrize("name", FILES)
def test_a_model_with_a_file_missing(name: str, copied: Path) -> None:
    (copied / name).unlink()
    with pytest.raises(ModelMissing, match=name) as caught:
        WhisperModel(copied)
    assert "troly models install whisper-base" in caught.value.vi


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("data", [b"", b"{", b"\x00\xff" * 500], ids=["empty", "brace", "bytes"])
def test_a_model_with_a_file_broken(name: str, data: bytes, copied: Path) -> None:
    (copied / name).unlink()  # a hard link: writing through it would break the original
    (copied / name).write_bytes(data)
    with pytest.raises(ModelCorrupt) as caught:
        WhisperModel(copied)
    assert "troly models verify whisper-base" in caught.value.vi


def test_a_model_cut_short(model_folder: Path, copied: Path) -> None:
    (copied / "model.bin").unlink()
    (copied / "model.bin").write_bytes(cut_to(2_000_000, model_folder))
    with pytest.raises(ModelCorrupt):
        WhisperModel(copied)


def test_text_and_tokens_are_inverse(model: WhisperModel) -> None:
    for text in (*SPOKEN, OTHER, "Ủy ban, 50-CT/TW; nghĩa trang ưỡn ẹo"):
        assert model.text([*model.tokens(text), model.end_token]) == text
    assert model.prompt_tokens("") == []
    assert model.prompt_tokens("chi bộ")[1:] == model.tokens("chi bộ")
    assert math.isclose(model.encode(spoken("dừng")).seconds, len(spoken("dừng")) / 16000)
