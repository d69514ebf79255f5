"""A document as a sound file with a chapter for each heading.

Breaths are written as they are made, so that an hour takes no more memory than a minute. The file
is written beside and renamed when it is whole: who stops in the middle leaves nothing behind.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import soundfile as sf

from kiosk.errors import KioskError
from voice.speak.ahead import Make
from voice.speak.join import resampled
from voice.speak.script import Script

FORMATS = (".wav", ".flac", ".mp3", ".ogg", ".m4b", ".m4a")
"""Endings of the names that can be written. WAV and FLAC carry no chapters."""

ARTIST = "Trợ lý chi bộ"

_BLOCK = 8192
"""Samples written at a time: the Vorbis encoder keeps a whole block on its stack."""

_AAC_RATE = 48_000
"""Bits a second: speech in mono needs no more."""


class AudiobookError(KioskError):
    """The file cannot be written: its ending, no room, or nothing to say."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading and when it is said."""

    title: str
    start: float
    """Seconds."""
    end: float


@dataclass(frozen=True, slots=True)
class Audiobook:
    """What was written."""

    path: Path
    rate: int
    """Samples a second."""
    seconds: float
    chapters: tuple[Chapter, ...]


class _Writer(Protocol):
    def write(self, samples: npt.NDArray[np.float32]) -> None: ...

    def finish(self, title: str, chapters: Sequence[Chapter]) -> None: ...

    def abandon(self) -> None: ...


def check_format(path: Path) -> None:
    """Whether ``path`` has an ending that can be written.

    Raises:
        AudiobookError: it has not.
    """
    if path.suffix.lower() not in FORMATS:
        raise AudiobookError(
            f"no format for {path.name}",
            vi=f"Không ghi được tệp “{path.name}” vì đuôi tên không rõ. Hãy đặt tên tệp có đuôi "
            f"{', '.join(FORMATS)}.",
        )


def write_audiobook(
    path: Path,
    script: Script,
    make: Make,
    *,
    title: str,
    first: int = 0,
    end: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Audiobook:
    """Write the lines ``first`` to ``end`` of ``script`` to ``path``, in the format of its name.

    ``progress`` is called with the lines done and the lines in all.

    Raises:
        AudiobookError: the name has no known ending, nothing to say, or no room.
        VoiceError: the voice failed.
    """
    check_format(path)
    lines = script.lines[first:end]
    if not lines:
        raise AudiobookError("nothing to say", vi="Không có gì để đọc trong phần này.")
    new = path.with_name(f".{path.name}.new")
    writer: _Writer | None = None
    rate = 0
    written = 0
    starts: list[tuple[str, int]] = []
    section = -1
    try:
        for done, line in enumerate(lines):
            if line.section != section:
                section = line.section
                starts.append((script.sections[section].title or title, written))
            for breath in line.breaths:
                sound, _ = make(breath)
                if writer is None:
                    rate = sound.rate
                    writer = _open(new, path.suffix.lower(), rate)
                samples = resampled(sound, rate).samples
                for at in range(0, len(samples), _BLOCK):
                    writer.write(samples[at : at + _BLOCK])
                written += len(samples)
            if progress is not None:
                progress(done + 1, len(lines))
        assert writer is not None
        ends = [at for _, at in starts[1:]] + [written]
        chapters = tuple(
            Chapter(_one_line(name), at / rate, stop / rate)
            for (name, at), stop in zip(starts, ends, strict=True)
        )
        writer.finish(title, chapters)
        new.replace(path)
    except (OSError, sf.LibsndfileError) as error:
        raise AudiobookError(
            f"cannot write {path}: {error}",
            vi=f"Không ghi được tệp {path.name}: hết chỗ hoặc không có quyền ghi. "
            "Hãy chọn thư mục khác.",
        ) from error
    finally:
        if writer is not None:
            writer.abandon()
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
    return Audiobook(path, rate, written / rate, chapters)


def _one_line(title: str) -> str:
    return " ".join(title.split())[:200]


def _open(path: Path, suffix: str, rate: int) -> _Writer:
    return _Aac(path, rate) if suffix in (".m4b", ".m4a") else _Sndfile(path, suffix, rate)


class _Sndfile:
    """WAV, FLAC, MP3 and Ogg Vorbis through libsndfile."""

    def __init__(self, path: Path, suffix: str, rate: int) -> None:
        self._path, self._suffix = path, suffix
        kinds: dict[str, dict[str, Any]] = {
            ".wav": {"format": "WAV", "subtype": "PCM_16"},
            ".flac": {"format": "FLAC", "subtype": "PCM_16"},
            ".ogg": {"format": "OGG", "subtype": "VORBIS", "compression_level": 0.6},
            # Constant: players find a chapter by its time.
            ".mp3": {"format": "MP3", "subtype": "MPEG_LAYER_III", "bitrate_mode": "CONSTANT",
                     "compression_level": 0.7},
        }  # fmt: skip
        self._file = sf.SoundFile(path, "w", samplerate=rate, channels=1, **kinds[suffix])

    def write(self, samples: npt.NDArray[np.float32]) -> None:
        self._file.write(np.clip(samples, -1.0, 1.0))

    def finish(self, title: str, chapters: Sequence[Chapter]) -> None:
        self._file.close()
        if self._suffix == ".mp3":
            _tag_mp3(self._path, title, chapters)
        elif self._suffix == ".ogg":
            _tag_ogg(self._path, title, chapters)

    def abandon(self) -> None:
        self._file.close()


class _Aac:
    """AAC in an MP4 container through FFmpeg, chapters included."""

    def __init__(self, path: Path, rate: int) -> None:
        import av

        self._rate = rate
        self._container: Any = av.open(str(path), "w", format="ipod")
        # The thorough search takes four times as long and is not heard at this rate.
        self._stream: Any = self._container.add_stream(
            "aac", rate=rate, layout="mono", options={"aac_coder": "fast"}
        )
        self._stream.bit_rate = _AAC_RATE
        self._at = 0
        self._open = True

    def write(self, samples: npt.NDArray[np.float32]) -> None:
        import av

        part = np.ascontiguousarray(np.clip(samples, -1.0, 1.0), dtype=np.float32)[None, :]
        frame = av.AudioFrame.from_ndarray(part, format="fltp", layout="mono")
        frame.sample_rate, frame.pts = self._rate, self._at
        frame.time_base = Fraction(1, self._rate)
        self._at += part.shape[1]
        self._encode(frame)

    def finish(self, title: str, chapters: Sequence[Chapter]) -> None:
        self._encode(None)
        self._container.metadata.update({"title": title, "artist": ARTIST, "genre": "Audiobook"})
        # FFmpeg writes chapters that are set after the header into the trailer.
        self._container.set_chapters(_as_dicts(chapters))
        self.abandon()

    def abandon(self) -> None:
        if self._open:
            self._open = False
            self._container.close()

    def _encode(self, frame: Any) -> None:
        for packet in self._stream.encode(frame):
            self._container.mux(packet)


def _tag_mp3(path: Path, title: str, chapters: Sequence[Chapter]) -> None:
    """ID3 chapters (CHAP frames in a CTOC), as podcast players read them.

    The sound is copied as it is into a file whose header has them: FFmpeg writes them in their
    order, which players that pass over the CTOC need.
    """
    import av

    new = path.with_name(f"{path.name}.tags")
    # One byte of the CTOC counts them.
    kept = list(chapters[:255])
    if len(chapters) > len(kept):
        kept[-1] = replace(kept[-1], end=chapters[-1].end)
    try:
        with av.open(str(path)) as source, av.open(str(new), "w", format="mp3") as target:
            sound = source.streams.audio[0]
            stream = target.add_stream_from_template(sound)
            target.metadata.update({"title": title, "artist": ARTIST})
            target.set_chapters(_as_dicts(kept))
            for packet in source.demux(sound):
                if packet.dts is not None:
                    packet.stream = stream
                    target.mux(packet)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def _as_dicts(chapters: Sequence[Chapter]) -> Any:
    """As FFmpeg's containers take them."""
    return [
        {
            "id": number,
            "start": round(chapter.start * 1000),
            "end": round(chapter.end * 1000),
            "time_base": Fraction(1, 1000),
            "metadata": {"title": chapter.title},
        }
        for number, chapter in enumerate(chapters)
    ]


def _tag_ogg(path: Path, title: str, chapters: Sequence[Chapter]) -> None:
    """Vorbis comments: CHAPTER000=00:00:00.000 and CHAPTER000NAME, as VLC and mpv read them."""
    from mutagen import oggvorbis

    file: Any = getattr(oggvorbis, "OggVorbis")(path)  # noqa: B009 - it has no types
    file["title"], file["artist"] = title, ARTIST
    for number, chapter in enumerate(chapters):
        seconds = round(chapter.start, 3)
        minutes, rest = divmod(seconds, 60)
        hours, minutes = divmod(int(minutes), 60)
        file[f"chapter{number:03d}"] = f"{hours:02d}:{minutes:02d}:{rest:06.3f}"
        file[f"chapter{number:03d}name"] = chapter.title
    file.save()
