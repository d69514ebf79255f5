"""Any WAV or FLAC, and any stream of chunks, becomes the same 16 kHz mono sound."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf
from made_sound import tone, white_noise

from voice.errors import AudioError, AudioTooLong, EmptyAudio, UnreadableAudio
from voice.pcm import SAMPLE_RATE, LivePcm, Samples, load_audio, read_audio, wav_bytes

HERTZ, LEVEL = 440.0, 0.5
RATES = (8_000, 16_000, 22_050, 44_100, 48_000)


def encoded(data: Samples, rate: int, kind: str, subtype: str) -> io.BytesIO:
    file = io.BytesIO()
    sf.write(file, data, rate, format=kind, subtype=subtype)
    file.seek(0)
    return file


def assert_the_tone(samples: Samples, seconds: float) -> None:
    """440 Hz at the level it was made with, and next to nothing else."""
    assert samples.dtype == np.float32 and samples.ndim == 1
    assert len(samples) == pytest.approx(seconds * SAMPLE_RATE, abs=2)
    middle = samples[2000:14000].astype(np.float64)  # the resampler rings at the ends
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle))))
    width = SAMPLE_RATE / len(middle)
    peak = int(np.argmax(spectrum))
    assert peak * width == pytest.approx(HERTZ, abs=width)
    assert np.sqrt(2 * np.mean(middle**2)) == pytest.approx(LEVEL, rel=0.01)
    around = np.zeros(len(spectrum), dtype=bool)
    around[peak - 4 : peak + 5] = True
    assert spectrum[~around].max() < 0.002 * spectrum[peak]


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize(
    ("kind", "subtype"),
    [("WAV", "PCM_16"), ("WAV", "PCM_24"), ("WAV", "PCM_32"), ("WAV", "FLOAT"), ("WAV", "DOUBLE"),
     ("WAVEX", "PCM_24"), ("RF64", "PCM_16"), ("FLAC", "PCM_16"), ("FLAC", "PCM_24")],
)  # fmt: skip
@pytest.mark.parametrize("rate", RATES)
def test_every_file_gives_the_same_tone(rate: int, kind: str, subtype: str, channels: int) -> None:
    data = np.stack([tone(1.0, HERTZ, LEVEL, rate)] * channels, axis=1)
    assert_the_tone(read_audio(encoded(data, rate, kind, subtype)), 1.0)


def test_stereo_is_the_mean_of_its_channels() -> None:
    one = tone(1.0, HERTZ, 2 * LEVEL)
    data = np.stack([one, np.zeros_like(one)], axis=1)
    assert_the_tone(read_audio(encoded(data, SAMPLE_RATE, "WAV", "FLOAT")), 1.0)


def chunks_of(data: bytes, sizes: tuple[int, ...]) -> list[bytes]:
    """``data`` cut at places that respect neither frames nor samples."""
    pieces, at, turn = [], 0, 0
    while at < len(data):
        pieces.append(data[at : at + sizes[turn % len(sizes)]])
        at += sizes[turn % len(sizes)]
        turn += 1
    return pieces


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("sizes", [(1,), (3, 1, 777), (4096,), (3200, 5)])
@pytest.mark.parametrize("rate", RATES)
def test_live_chunks_equal_the_file(rate: int, sizes: tuple[int, ...], channels: int) -> None:
    seconds = 0.1 if sizes == (1,) else 0.7
    rng = np.random.default_rng(rate)
    data = rng.integers(-9000, 9000, (round(seconds * rate), channels)).astype("<i2")
    from_file = read_audio(encoded(data, rate, "WAV", "PCM_16"))
    live = LivePcm(rate=rate, channels=channels)
    parts = [live.feed(chunk) for chunk in chunks_of(data.tobytes(), sizes)]
    from_chunks = np.concatenate([*parts, live.feed(b"", last=True)])
    assert len(from_chunks) == pytest.approx(len(from_file), abs=2)
    common = min(len(from_chunks), len(from_file))
    assert np.abs(from_chunks[:common] - from_file[:common]).max() < 1e-3


@pytest.mark.parametrize(("rate", "channels"), [(4000, 1), (192_000, 1), (16_000, 0), (16_000, 6)])
def test_live_sound_out_of_range_is_refused(rate: int, channels: int) -> None:
    with pytest.raises(UnreadableAudio) as caught:
        LivePcm(rate=rate, channels=channels)
    assert "Micrô" in caught.value.vi


def test_wav_bytes_is_read_back(tmp_path: Path) -> None:
    made = white_noise(0.5)
    path = tmp_path / "a.wav"
    path.write_bytes(wav_bytes(made))
    assert np.abs(load_audio(path) - made).max() <= 2 / 32768
    assert np.abs(read_audio(io.BytesIO(wav_bytes(made * 100)))).max() <= 1.0, (
        "clipped, not wrapped"
    )


# -- broken files ----------------------------------------------------------------------------


def header(*, rate: int = 16_000, channels: int = 1, data: bytes = b"") -> bytes:
    return (
        b"RIFF" + struct.pack("<I", 36 + len(data)) + b"WAVEfmt "
        + struct.pack("<IHHIIHH", 16, 1, channels, rate, rate * 2 * channels, 2 * channels, 16)
        + b"data" + struct.pack("<I", len(data)) + data
    )  # fmt: skip


def mp3() -> bytes:
    file = io.BytesIO()
    sf.write(file, tone(0.5), SAMPLE_RATE, format="MP3")
    return file.getvalue()


BROKEN: dict[str, tuple[bytes, type[AudioError]]] = {
    "no bytes at all": (b"", UnreadableAudio),
    "a header and no samples": (header(), EmptyAudio),
    "half a header": (header()[:21], UnreadableAudio),
    "a header cut before its data": (header()[:36], UnreadableAudio),
    "only the word RIFF": (b"RIFF", UnreadableAudio),
    "a header with rubbish behind it": (b"RIFF" + bytes(range(200)), UnreadableAudio),
    "text": ("họp chi bộ tháng này\n".encode() * 40, UnreadableAudio),
    "an MP3": (mp3(), UnreadableAudio),
    "the beginning of an MP3": (b"ID3\x03\x00\x00\x00\x00\x00\x21" + mp3()[:300], UnreadableAudio),
    "a FLAC cut after its name": (b"fLaC\x00\x00", UnreadableAudio),
    "six channels": (header(channels=6, data=bytes(1200)), UnreadableAudio),
    "4 kHz": (header(rate=4000, data=bytes(1000)), UnreadableAudio),
    "192 kHz": (header(rate=192_000, data=bytes(1000)), UnreadableAudio),
    "0 Hz": (header(rate=0, data=bytes(1000)), UnreadableAudio),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_file_is_refused(what: str, tmp_path: Path) -> None:
    data, kind = BROKEN[what]
    path = tmp_path / "câu hỏi.wav"
    path.write_bytes(data)
    with pytest.raises(AudioError) as caught:
        load_audio(path)
    assert type(caught.value) is kind
    assert "câu hỏi.wav" in caught.value.vi and "Hãy" in caught.value.vi


def test_an_ogg_named_wav_is_refused() -> None:
    with pytest.raises(UnreadableAudio, match="OGG"):
        read_audio(encoded(tone(0.2), SAMPLE_RATE, "OGG", "VORBIS"))


def test_a_cut_recording_is_used_as_far_as_it_goes() -> None:
    whole = wav_bytes(tone(1.0))
    samples = read_audio(io.BytesIO(whole[: len(whole) // 2]))
    assert 0.4 * SAMPLE_RATE < len(samples) < 0.6 * SAMPLE_RATE


def test_ten_minutes_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "dài.wav"
    size = 600 * 8000 * 2
    with path.open("wb") as file:
        file.write(header(rate=8000)[:-4] + struct.pack("<I", size))
        file.truncate(file.tell() + size)  # a hole: costs no disk
    with pytest.raises(AudioTooLong) as caught:
        load_audio(path)
    assert "600 giây" in caught.value.vi and "cắt ngắn" in caught.value.vi


@pytest.mark.parametrize("target", ["không có.wav", "."])
def test_no_such_file(target: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableAudio) as caught:
        load_audio(tmp_path / target)
    assert caught.value.vi.startswith("Không mở được tệp")


def test_samples_that_are_no_numbers_are_silence() -> None:
    data = tone(1.0, HERTZ, LEVEL)
    data[100:200] = np.nan
    data[300] = np.inf
    data[301] = -np.inf
    data[302] = 40.0
    samples = read_audio(encoded(data, SAMPLE_RATE, "WAV", "FLOAT"))
    assert np.isfinite(samples).all() and np.abs(samples).max() <= 1.0
    assert not samples[100:200].any()
    assert samples[300:303].tolist() == [1.0, -1.0, 1.0]
    assert_the_tone(samples, 1.0)
