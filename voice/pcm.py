"""Sound as the recognisers want it: float32 samples, 16 kHz, mono, in [-1, 1].

Files are read with libsndfile and resampled with soxr, both through packages that have wheels
for Linux (x86-64, arm64) and Windows. Live sound arrives in chunks of any rate and is resampled
as a stream, so that chunk borders leave no click.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
import soundfile as sf
import soxr

from voice.errors import AudioTooLong, EmptyAudio, UnreadableAudio

SAMPLE_RATE = 16_000
"""Samples a second of everything inside this package."""

Samples = npt.NDArray[np.float32]
"""Shape ``(n,)``, 16 kHz mono, values in [-1, 1]."""

# The issue asks for 8-48 kHz; a little room on both sides costs nothing.
MIN_RATE, MAX_RATE = 8_000, 96_000

# An utterance ends after 30 s at the latest. A file of more than this is not an utterance, and
# reading it whole would cost a tablet its memory.
MAX_FILE_SECONDS = 120.0

_VI_UNREADABLE = (
    "Không đọc được tệp âm thanh “{name}”. Hãy dùng tệp WAV hoặc FLAC (8–48 kHz, 1 hoặc 2 kênh)."
)


def load_audio(path: Path | str, *, max_seconds: float = MAX_FILE_SECONDS) -> Samples:
    """Read a WAV or FLAC file as 16 kHz mono.

    Raises:
        UnreadableAudio: no such file, not WAV/FLAC, broken, or an unusual rate.
        EmptyAudio: the file holds no samples.
        AudioTooLong: longer than ``max_seconds``.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            return read_audio(file, name=path.name, max_seconds=max_seconds)
    except OSError as error:
        raise UnreadableAudio(
            f"cannot open {path}: {error.strerror or error}",
            vi=f"Không mở được tệp “{path.name}”. Hãy kiểm tra lại tên và thư mục.",
        ) from error


def read_audio(
    file: BinaryIO, *, name: str = "sound", max_seconds: float = MAX_FILE_SECONDS
) -> Samples:
    """Read an open WAV or FLAC stream; see :func:`load_audio`."""
    vi = _VI_UNREADABLE.format(name=name)
    try:
        with sf.SoundFile(file) as sound:
            if sound.format not in {"WAV", "WAVEX", "FLAC", "RF64"}:
                raise UnreadableAudio(f"{name}: format {sound.format} is not WAV or FLAC", vi=vi)
            rate = sound.samplerate
            if not MIN_RATE <= rate <= MAX_RATE or sound.channels > 2:
                raise UnreadableAudio(
                    f"{name}: {rate} Hz, {sound.channels} channels is out of range", vi=vi
                )
            seconds = sound.frames / rate
            if seconds > max_seconds:
                raise AudioTooLong(
                    f"{name} lasts {seconds:.0f} s; at most {max_seconds:.0f} s are taken",
                    vi=(
                        f"Tệp “{name}” dài {seconds:.0f} giây. Một câu hỏi dài tối đa "
                        f"{max_seconds:.0f} giây; hãy cắt ngắn lại."
                    ),
                )
            data = sound.read(dtype="float32", always_2d=True)
    except (sf.LibsndfileError, RuntimeError, ValueError, TypeError) as error:
        raise UnreadableAudio(f"{name}: {error}", vi=vi) from error
    if not len(data):
        raise EmptyAudio(
            f"{name} holds no samples",
            vi=f"Tệp “{name}” không có âm thanh nào. Hãy ghi âm lại.",
        )
    # A float WAV may carry anything: clip, and take NaN as silence.
    mono = np.clip(np.nan_to_num(data.mean(axis=1)), -1.0, 1.0)
    if rate != SAMPLE_RATE:
        mono = soxr.resample(mono, rate, SAMPLE_RATE)
    return np.ascontiguousarray(mono, dtype=np.float32)


def wav_bytes(samples: npt.NDArray[np.float32], rate: int = SAMPLE_RATE) -> bytes:
    """A complete 16-bit RIFF WAV of mono ``samples`` (shape ``(n,)``, values in [-1, 1])."""
    out = io.BytesIO()
    sf.write(out, np.clip(samples, -1.0, 1.0), rate, format="WAV", subtype="PCM_16")
    return out.getvalue()


class LivePcm:
    """Turns a stream of 16-bit PCM chunks into 16 kHz mono samples.

    A chunk may split a frame anywhere; what is left over waits for the next one.
    """

    def __init__(self, *, rate: int, channels: int) -> None:
        if not MIN_RATE <= rate <= MAX_RATE or channels not in (1, 2):
            raise UnreadableAudio(
                f"live sound of {rate} Hz with {channels} channels is out of range",
                vi="Micrô gửi âm thanh không dùng được. Hãy rút ra cắm lại hoặc chọn micrô khác.",
            )
        self._channels = channels
        self._left = b""
        self._resampler = (
            None if rate == SAMPLE_RATE else soxr.ResampleStream(rate, SAMPLE_RATE, 1, "float32")
        )

    def feed(self, chunk: bytes, *, last: bool = False) -> Samples:
        """Samples that are ready after ``chunk`` (16-bit little-endian, interleaved)."""
        data = self._left + chunk
        whole = len(data) - len(data) % (2 * self._channels)
        self._left = data[whole:]
        ints = np.frombuffer(data[:whole], dtype="<i2").reshape(-1, self._channels)
        mono = ints.mean(axis=1, dtype=np.float32) / np.float32(32768.0)
        if self._resampler is not None:
            mono = self._resampler.resample_chunk(mono, last=last)
        return np.ascontiguousarray(mono, dtype=np.float32)
