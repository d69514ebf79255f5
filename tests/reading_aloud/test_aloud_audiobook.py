"""Documents as sound files: formats, chapters, nothing half written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
import soundfile as sf
from made_reading import PARAGRAPHS, ToneVoice, making, script, whole
from mutagen.id3 import ID3
from mutagen.oggvorbis import OggVorbis

from kiosk.audiobook import FORMATS, AudiobookError, Chapter, check_format, write_audiobook
from voice.errors import SynthesisError
from voice.speak import Paragraph, Sound, SpeechSettings, compose

TITLES = ["Kế hoạch", "I. Phần thứ nhất", "1. Mục nhỏ", "II. Phần thứ hai"]


def decoded(path: Path) -> tuple[float, float]:
    """Seconds of sound, and how loud it is (RMS), as FFmpeg decodes the file."""
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        rate = stream.rate
        parts = [f.to_ndarray().astype(np.float64).ravel() for f in container.decode(stream)]
    samples = np.concatenate(parts)
    if np.abs(samples).max() > 2:  # integers
        samples = samples / 32768
    return len(samples) / rate, float(np.sqrt(np.mean(samples**2)))


def chapters_of(path: Path) -> list[tuple[str, float, float]]:
    if path.suffix == ".ogg":
        tags: Any = OggVorbis(path)
        found = []
        for number in range(len([k for k in tags if k.endswith("name")])):
            hours, minutes, seconds = tags[f"chapter{number:03d}"][0].split(":")
            at = 3600 * int(hours) + 60 * int(minutes) + float(seconds)
            found.append((tags[f"chapter{number:03d}name"][0], at, 0.0))
        return found
    with av.open(str(path)) as container:
        return [
            (
                chapter["metadata"]["title"],
                float(chapter["start"] * chapter["time_base"]),
                float(chapter["end"] * chapter["time_base"]),
            )
            for chapter in container.chapters()  # type: ignore[attr-defined]
        ]


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_whole_document_in_every_format(suffix: str, tmp_path: Path) -> None:
    made = script()
    told: list[tuple[int, int]] = []
    book = write_audiobook(
        tmp_path / f"sách{suffix}", made, making(ToneVoice()), title="Kế hoạch",
        progress=lambda done, total: told.append((done, total)),
    )  # fmt: skip
    due = whole(made, making(ToneVoice()))
    assert book.seconds == pytest.approx(len(due) / book.rate)
    assert [c.title for c in book.chapters] == TITLES
    assert [c.start for c in book.chapters[1:]] == [c.end for c in book.chapters[:-1]]
    assert told == [(n, 12) for n in range(1, 13)]
    seconds, rms = decoded(book.path)
    assert seconds == pytest.approx(book.seconds, abs=0.15)
    assert rms == pytest.approx(float(np.sqrt(np.mean(due.astype(np.float64) ** 2))), rel=0.15)
    assert [p.name for p in tmp_path.iterdir()] == [book.path.name]
    if suffix in (".wav", ".flac"):
        samples, _ = sf.read(book.path, dtype="float32")
        assert np.abs(samples - due).max() < 2 / 32768
        return
    found = chapters_of(book.path)
    assert [title for title, _, _ in found] == TITLES
    for (_, start, end), chapter in zip(found, book.chapters, strict=True):
        assert start == pytest.approx(chapter.start, abs=0.002)
        assert suffix == ".ogg" or end == pytest.approx(chapter.end, abs=0.002)


def test_a_chapter_begins_where_its_heading_is_said(tmp_path: Path) -> None:
    made, make = script(), making(ToneVoice())
    book = write_audiobook(tmp_path / "a.wav", made, make, title="Kế hoạch")
    samples, rate = sf.read(book.path, dtype="float32")
    for chapter, section in zip(book.chapters, made.sections, strict=True):
        (heading,) = [make(b)[0].samples for b in made.lines[section.first].breaths]
        at = round(chapter.start * rate)
        assert np.abs(samples[at : at + len(heading)] - heading).max() < 2 / 32768


def test_mp3_chapters_are_id3_frames(tmp_path: Path) -> None:
    book = write_audiobook(tmp_path / "a.mp3", script(), making(ToneVoice()), title="Kế hoạch")
    tags: Any = ID3(book.path)
    frames = sorted(tags.getall("CHAP"), key=lambda f: f.start_time)
    assert [f.sub_frames["TIT2"].text[0] for f in frames] == TITLES
    (contents,) = tags.getall("CTOC")
    assert sorted(contents.child_element_ids) == sorted(f.element_id for f in frames)
    assert tags["TIT2"].text == ["Kế hoạch"] and tags["TPE1"].text == ["Trợ lý chi bộ"]


@pytest.mark.parametrize("suffix", [".mp3", ".ogg", ".m4b"])
def test_three_hundred_chapters(suffix: str, tmp_path: Path) -> None:
    made = compose([Paragraph(f"Mục {n}", 1) for n in range(300)])
    book = write_audiobook(tmp_path / f"a{suffix}", made, making(ToneVoice()), title="Dài")
    found = chapters_of(book.path)
    # ID3 counts chapters in one byte.
    assert len(found) == (255 if suffix == ".mp3" else 300)
    assert found[200][0] == "Mục 200"
    assert len(book.chapters) == 300


def test_a_section_alone(tmp_path: Path) -> None:
    made = script()
    first, end = made.span(made.find_section("1. Mục nhỏ") or 0)
    book = write_audiobook(
        tmp_path / "a.m4b", made, making(ToneVoice()), title="K", first=first, end=end
    )
    assert book.chapters == (Chapter("1. Mục nhỏ", 0.0, book.seconds),)


def test_voices_of_two_rates_fit_into_one_file(tmp_path: Path) -> None:
    first, second = ToneVoice(), ToneVoice()

    class Other:
        name = "other"

        def synthesize(self, words: str, settings: SpeechSettings) -> Sound:
            sound = second.synthesize(words, settings)
            return Sound(sound.samples, 22_050)

    calls: list[int] = []

    def make(breath: Any) -> Any:
        from voice.speak.speech import say_breath

        calls.append(1)
        voice = first if len(calls) % 2 else Other()
        return say_breath(breath, voice, SpeechSettings())  # type: ignore[arg-type]

    book = write_audiobook(tmp_path / "a.wav", script(), make, title="K")
    assert book.rate == 16_000
    assert decoded(book.path)[0] == pytest.approx(book.seconds, abs=0.001)


@pytest.mark.parametrize("suffix", FORMATS)
def test_who_fails_in_the_middle_leaves_the_old_file(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"old")
    with pytest.raises(SynthesisError):
        write_audiobook(path, script(), making(ToneVoice(fails_at="việc lớn")), title="K")
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_folder_that_is_not_there(suffix: str, tmp_path: Path) -> None:
    with pytest.raises(AudiobookError) as caught:
        write_audiobook(tmp_path / "no" / f"a{suffix}", script(), making(ToneVoice()), title="K")
    assert "Không ghi được" in caught.value.vi


def test_endings_and_empty_parts(tmp_path: Path) -> None:
    for name in ("a.txt", "a", "a.aiff"):
        with pytest.raises(AudiobookError, match="no format") as caught:
            check_format(tmp_path / name)
        assert ".m4b" in caught.value.vi
    with pytest.raises(AudiobookError, match="nothing to say"):
        write_audiobook(tmp_path / "a.wav", compose(PARAGRAPHS[:0]), making(ToneVoice()), title="")
