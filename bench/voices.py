"""Measure the voices: clarity of eSpeak's settings, speed, loudness, rate and memory.

    python -m bench.voices tune [--full]   how well our recogniser hears each setting of eSpeak
    python -m bench.voices speed [FOLDER …]     first sound and real-time factor
    python -m bench.voices rate [FOLDER …]      length and pitch over the speeds 0.6 to 1.6
    python -m bench.voices loudness [FOLDER …]  levels before and after levelling
    python -m bench.voices memory [MIN [FILE]]  memory while a long document is read

FOLDER: an installed Piper voice, measured besides eSpeak. ``--full``: all sentences, not a third.

``tune`` takes minutes. The score of a sentence is the recogniser's mean log probability of its
tokens given the sound (nats a token; nearer to 0 is clearer): a listener who does not tire, but
one who knows Vietnamese only as Whisper base does.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import soxr

from bench import voice_measures as measures
from bench.report import finish, progress, table
from voice.pcm import SAMPLE_RATE, Samples
from voice.read import words
from voice.speak import SpeechSettings
from voice.speak.espeak import PLAIN, EspeakVoice, Tuning
from voice.speak.synthesizer import Region, Sound

SENTENCES = Path(__file__).parent / "read_aloud.txt"

TUNE_REGIONS: tuple[Region, ...] = ("bac", "nam")


def sentences() -> list[str]:
    return SENTENCES.read_text(encoding="utf-8").splitlines()


def clear(sound: Sound) -> Samples:
    """16 kHz mono at one level, with room on both sides."""
    samples = soxr.resample(sound.samples, sound.rate, SAMPLE_RATE).astype(np.float32)
    loud = samples[np.abs(samples) > 0.01]
    level = float(np.sqrt(np.mean(loud**2))) if len(loud) else 1.0
    room = np.zeros(round(0.4 * SAMPLE_RATE), dtype=np.float32)
    return np.concatenate([room, np.clip(samples * (0.1 / level), -1, 1), room])


def spectrum(sounds: Iterable[Sound]) -> dict[str, float]:
    """What the ear gets: share of the power above 2 kHz, where consonants are, and of clipping."""
    high = total = 0.0
    clipped = count = 0
    for sound in sounds:
        power = np.abs(np.fft.rfft(sound.samples)) ** 2
        hertz = np.fft.rfftfreq(len(sound.samples), 1 / sound.rate)
        high += float(power[(hertz > 2000)].sum())
        total += float(power.sum())
        clipped += int((np.abs(sound.samples) > 0.99).sum())
        count += len(sound.samples)
    return {"above_2khz": round(high / total, 4), "clipped": clipped, "samples": count}


def first_candidates() -> dict[str, Tuning]:
    """One parameter changed at a time."""
    found = {"plain": PLAIN}
    found |= {f"rate {n}": replace(PLAIN, words_a_minute=n) for n in (120, 135, 165)}
    found |= {f"gap {n}": replace(PLAIN, word_gap=n) for n in (1, 2, 4)}
    found |= {f"pitch {n}": replace(PLAIN, pitch=n) for n in (35, 65)}
    found |= {f"range {n}": replace(PLAIN, pitch_range=n) for n in (30, 70, 90)}
    variants = "f1 f2 f3 f4 f5 m1 m2 m3 m4 m5 m6 m7 m8 klatt klatt2 klatt3 klatt4 klatt6 "
    variants += "Nguyen Annie Andrea anika belinda linda steph Diogo Gene Lee max Michael"
    found |= {f"+{name}": replace(PLAIN, variant=name) for name in variants.split()}
    return found


class Listener:
    """The recogniser as a judge of a voice."""

    def __init__(self, texts: list[str]) -> None:
        from kiosk.state import State, default_state_dir
        from voice.whisper.model import WhisperModel
        from voice.whisper.phrases import PhraseScorer

        self._model = WhisperModel(State(default_state_dir()).models / "whisper-base")
        self._scorer = PhraseScorer(self._model)
        self._set = self._scorer.prepare(texts)
        self._texts = texts

    def score(self, index: int, sound: Sound) -> tuple[float, bool]:
        """Nats a token of sentence ``index``, and whether it fits best of all sentences."""
        encoded = self._model.encode(clear(sound))
        scores = self._scorer.score(encoded, self._set, keep=[index])
        own = next(s for s in scores if s.index == index)
        best = max(scores, key=lambda s: s.sound - 0.5 * s.silence)
        return own.sound / own.tokens, best.index == index


def judge(
    candidates: dict[str, Tuning], texts: list[str], rate: float = 1.0
) -> list[dict[str, Any]]:
    listener = Listener(texts)
    rows = []
    plain: list[float] = []
    for done, (name, tuning) in enumerate(candidates.items()):
        progress(done, len(candidates), "settings")
        voice = EspeakVoice(tuning)
        row: dict[str, Any] = {"setting": name}
        sounds = []
        every: list[float] = []
        for region in TUNE_REGIONS:
            scores = []
            for index, text in enumerate(texts):
                sound = voice.synthesize(words(text), SpeechSettings(region=region, rate=rate))
                sounds.append(sound)
                scores.append(listener.score(index, sound))
            row[region] = round(float(np.mean([s for s, _ in scores])), 3)
            every += [s for s, _ in scores]
        row["mean"] = round(float(np.mean(every)), 3)
        plain = plain or every  # the first candidate
        gain = np.array(every) - np.array(plain)
        row["gain"] = round(float(gain.mean()), 3)
        row["its error"] = round(float(gain.std(ddof=1) / np.sqrt(len(gain))), 3)
        row["worst fifth"] = round(float(np.mean(sorted(every)[: len(every) // 5])), 3)
        row["seconds"] = round(sum(s.seconds for s in sounds) / len(sounds), 2)
        row |= spectrum(sounds)
        rows.append(row)
    return sorted(rows, key=lambda r: -r["mean"])


def tune(full: bool, chosen: list[str]) -> dict[str, Any]:
    """Every setting on a few sentences; with ``full``, the named ones on all."""
    candidates = first_candidates()
    if chosen:
        candidates = {name: parse(name) for name in ["plain", *chosen]}
    texts = sentences() if full else sentences()[::3]
    rows = judge(candidates, texts)
    header = list(rows[0])
    table(f"eSpeak, {len(texts)} sentences, nats a token", header, [list(r.values()) for r in rows])
    return {"sentences": len(texts), "rows": rows}


def parse(name: str) -> Tuning:
    """``+f3 rate 135 gap 1 pitch 60`` as a tuning."""
    tuning = PLAIN
    parts = name.split()
    at = 0
    fields = {
        "rate": "words_a_minute", "gap": "word_gap", "pitch": "pitch", "range": "pitch_range",
        "volume": "amplitude",
    }  # fmt: skip
    while at < len(parts):
        if parts[at].startswith("+"):
            tuning = replace(tuning, variant=parts[at][1:])
            at += 1
        elif parts[at] == "plain":
            at += 1
        else:
            change: dict[str, Any] = {fields[parts[at]]: int(parts[at + 1])}
            tuning = replace(tuning, **change)
            at += 2
    return tuning


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("what", choices=["tune", "speed", "rate", "loudness", "memory"])
    parser.add_argument("rest", nargs="*")
    parser.add_argument("--full", action="store_true")
    options = parser.parse_intermixed_args()
    began = time.perf_counter()
    if options.what == "tune":
        result = tune(options.full, options.rest)
    elif options.what == "memory":
        minutes = float(options.rest[0]) if options.rest else 120.0
        file = Path(options.rest[1]) if len(options.rest) > 1 else None
        result = measures.memory(sentences(), minutes, file)
    else:
        texts = sentences() if options.full else sentences()[::3]
        which = {"speed": measures.speed, "rate": measures.rate, "loudness": measures.levels}
        result = which[options.what](texts, options.rest)
    finish(f"voices {options.what}", {"took": round(time.perf_counter() - began, 1), **result})


if __name__ == "__main__":
    main()
