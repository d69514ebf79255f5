"""Speed, rate, loudness and memory of the voices: ``python -m bench.voices``."""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np

from bench.report import progress, table
from voice.pcm import Samples
from voice.read import words
from voice.speak import (
    EspeakVoice,
    Paragraph,
    PiperVoice,
    Sound,
    SpeechSettings,
    Synthesizer,
    compose,
    level,
    loudness,
    speak,
)
from voice.speak.espeak import PLAIN, TUNED
from voice.speak.join import trimmed
from voice.speak.piper import find_voice
from voice.speak.speech import say_breath
from voice.speak.synthesizer import Region

REGIONS: tuple[Region, ...] = ("bac", "trung", "nam")


def voices(folders: list[str]) -> Iterator[tuple[str, Synthesizer, SpeechSettings]]:
    """eSpeak in three accents, and the Piper voices in ``folders``."""
    for region in REGIONS:
        yield f"espeak-ng {region}", EspeakVoice(TUNED), SpeechSettings(region=region)
    for folder in folders:
        model = find_voice(Path(folder))
        if model is None:
            raise SystemExit(f"no Piper voice in {folder}")
        yield f"piper {model.stem}", PiperVoice(model), SpeechSettings()


def speed(texts: list[str], folders: list[str]) -> dict[str, Any]:
    """From a text to samples: the first breath, the first sentence, and all of it."""
    rows = []
    for name, voice, settings in voices(folders):
        began = time.perf_counter()
        next(speak("Xin chào.", voice, settings))
        cold = time.perf_counter() - began
        breath, sentence = [], []
        spoken = took = 0.0
        for text in texts:
            began = time.perf_counter()
            line = compose([Paragraph(text)], region=settings.region).lines[0]
            say_breath(line.breaths[0], voice, settings)
            breath.append(time.perf_counter() - began)
            began = time.perf_counter()
            first = next(speak(text, voice, settings))
            sentence.append(time.perf_counter() - began)
            began = time.perf_counter()
            voice.synthesize(first.words, settings)
            took += time.perf_counter() - began
            spoken += first.sound.seconds
        rows.append(
            {
                "voice": name,
                "first word of all": round(cold, 3),
                **{f"breath p{q}": round(float(np.percentile(breath, q)), 3) for q in (50, 95)},
                **{f"sentence p{q}": round(float(np.percentile(sentence, q)), 3) for q in (50, 95)},
                "engine, seconds a second": round(took / spoken, 4),
                "all, seconds a second": round(sum(sentence) / spoken, 4),
            }
        )
    _show("From text to sound, seconds", rows)
    return {"sentences": len(texts), "rows": rows}


def pitch(sound: Sound) -> float:
    """Median fundamental frequency in Hz of the loud frames, by autocorrelation."""
    size = sound.rate // 20
    found = []
    for at in range(0, len(sound.samples) - size, size):
        frame = sound.samples[at : at + size].astype(np.float64)
        if np.sqrt(np.mean(frame**2)) < 0.05:
            continue
        frame -= frame.mean()
        likeness = np.correlate(frame, frame, "full")[size - 1 :]
        low, high = sound.rate // 400, sound.rate // 60
        lag = low + int(np.argmax(likeness[low:high]))
        if likeness[lag] > 0.5 * likeness[0]:
            found.append(sound.rate / lag)
    return float(np.median(found)) if found else 0.0


def rate(texts: list[str], folders: list[str]) -> dict[str, Any]:
    """Length and pitch over the speeds: the one must change and the other must not."""
    rows: list[dict[str, Any]] = []
    for name, voice, settings in voices(folders):
        for speed_ in (0.6, 0.8, 1.0, 1.3, 1.6):
            made = [
                trimmed(voice.synthesize(words(text), replace(settings, rate=speed_)))
                for text in texts
            ]
            seconds = sum(sound.seconds for sound in made)
            hertz = float(np.median([pitch(sound) for sound in made]))
            rows.append(
                {"voice": name, "rate": speed_, "seconds": round(seconds, 2), "Hz": round(hertz, 1)}
            )
    for row in rows:
        calm = next(r for r in rows if r["voice"] == row["voice"] and r["rate"] == 1.0)
        row["speed reached"] = round(calm["seconds"] / row["seconds"], 2)
    _show("Speed and pitch", rows)
    return {"sentences": len(texts), "rows": rows}


def levels(texts: list[str], folders: list[str]) -> dict[str, Any]:
    """LUFS and peaks before and after levelling; samples at full scale are cut-off ones."""
    rows = []
    plain = [("espeak-ng bac, as it comes", EspeakVoice(PLAIN), SpeechSettings())]
    for name, voice, settings in [*plain, *voices(folders)]:
        before = [trimmed(voice.synthesize(words(t), replace(settings, volume=1.0))) for t in texts]
        after = [level(sound) for sound in before]
        loud = [loudness(s.samples, s.rate) for s in before]
        levelled = [loudness(s.samples, s.rate) for s in after]
        rows.append(
            {
                "voice": name,
                "LUFS before": f"{min(loud):.1f} … {max(loud):.1f}",
                "after": f"{min(levelled):.1f} … {max(levelled):.1f}",
                "peak after, dBFS": round(max(_peak(s.samples) for s in after), 1),
                "cut-off samples before": sum(int((abs(s.samples) > 0.999).sum()) for s in before),
            }
        )
    _show("Loudness", rows)
    return {"sentences": len(texts), "rows": rows}


def memory(texts: list[str], minutes: float, file: Path | None) -> dict[str, Any]:
    """Read ``file``, or ``texts`` over and over, for ``minutes`` of sound, as fast as it is made.

    What is measured is the process's memory (resident set), with the cache on disk in use.
    """
    from kiosk.reading import MeetingReader, Source
    from kiosk.reading.source import source_of_file
    from kiosk.settings import Settings
    from kiosk.state import State

    if file is not None:
        source = source_of_file(file)
    else:
        count = round(minutes * 15)  # sentences last some four seconds and more
        chosen = [f"{text} Số {n}." for n, text in zip(range(count), cycle(texts), strict=False)]
        source = Source("file:/long", "Dài", tuple(Paragraph(text) for text in chosen))
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        reader = MeetingReader(
            State(Path(folder)), Settings(), source, synthesizer=EspeakVoice(TUNED)
        )
        reader.play()
        spoken, began, step = 0.0, time.perf_counter(), minutes * 60 / 10
        while (piece := reader.piece()) is not None and spoken < minutes * 60:
            if spoken >= len(rows) * step:
                rows.append({"minutes": round(spoken / 60, 1), "MB": _resident()})
                progress(len(rows), 11, "tenths")
            spoken += piece.seconds
            reader.heard(piece)
        rows.append({"minutes": round(spoken / 60, 1), "MB": _resident()})
        reader.close()
    took = time.perf_counter() - began
    _show("Memory while reading", rows)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"rows": rows, "peak MB": round(peak, 1), "seconds": round(took, 1)}


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return round(pages * resource.getpagesize() / 1e6, 1)


def _peak(samples: Samples) -> float:
    return float(20 * np.log10(max(np.abs(samples).max(), 1e-9)))


def _show(title: str, rows: list[dict[str, Any]]) -> None:
    table(title, list(rows[0]), [list(row.values()) for row in rows])
