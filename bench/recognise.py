"""Free transcription of real read speech against stock faster-whisper, same model, same run.

    python -m bench.recognise [--every N]

Needs ``../shared/speech/read.tsv``. Stock is ``faster_whisper.WhisperModel.transcribe`` with its
defaults and ``language="vi"``. The two take turns on each clip, so that a busy machine slows
both alike.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import time
import unicodedata
from pathlib import Path
from typing import Any

import faster_whisper
import jiwer
import numpy as np

from bench.report import finish, progress, table
from kiosk.settings import Settings
from kiosk.state import State, default_state_dir
from voice.endpoint import cut_utterance
from voice.models import ModelStore, load_catalogue
from voice.pcm import load_audio
from voice.whisper.model import WhisperModel
from voice.whisper.transcribe import Transcriber

SPEECH = Path(__file__).parent.parent.parent / "shared" / "speech"


def compare(*, every: int = 1) -> dict[str, Any]:
    """Word error rates and seconds of both on every ``every``-th clip."""
    with (SPEECH / "read.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[::every]
    settings = Settings()
    folder = ModelStore(State(default_state_dir()).models, load_catalogue()).path(
        settings.recogniser
    )
    stock = faster_whisper.WhisperModel(
        str(folder), device="cpu", compute_type="int8", cpu_threads=settings.threads
    )
    ours = Transcriber(WhisperModel(folder, threads=settings.threads), bias=settings.bias)
    texts: dict[str, list[str]] = {"read": [], "stock": [], "ours": []}
    seconds: dict[str, list[float]] = {"stock": [], "ours": []}
    fell_back = 0
    for number, row in enumerate(rows):
        samples = load_audio(SPEECH / row["file"])
        texts["read"].append(_plain(row["transcript"]))

        began = time.perf_counter()
        segments, _ = stock.transcribe(samples, language="vi")
        text = " ".join(s.text for s in segments)
        seconds["stock"].append(time.perf_counter() - began)
        texts["stock"].append(_plain(text))

        began = time.perf_counter()
        # Finding the speech is part of our turn, so it counts.
        transcript = ours.transcribe(cut_utterance(samples, settings.endpoint))
        seconds["ours"].append(time.perf_counter() - began)
        texts["ours"].append(_plain(transcript.text))
        fell_back += transcript.fell_back
        progress(number + 1, len(rows), "read speech")
    result: dict[str, Any] = {"clips": len(rows), "fell_back": fell_back}
    for name in ("stock", "ours"):
        result[name] = {
            "wer": jiwer.wer(texts["read"], texts[name]),
            "seconds_p50": float(np.percentile(seconds[name], 50)),
            "seconds_p95": float(np.percentile(seconds[name], 95)),
        }
    result["time_ratio"] = result["ours"]["seconds_p50"] / result["stock"]["seconds_p50"]
    result["wer_difference"] = result["ours"]["wer"] - result["stock"]["wer"]
    return result


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="take every N-th clip")
    every = parser.parse_args().every
    if not SPEECH.is_dir():
        print("bench.recognise needs ../shared/speech", file=sys.stderr)
        return
    result = compare(every=every)
    table(
        f"Read speech, {result['clips']} clips",
        ["", "WER", "p50 s", "p95 s"],
        [
            [n, result[n]["wer"], result[n]["seconds_p50"], result[n]["seconds_p95"]]
            for n in ("stock", "ours")
        ],
    )
    finish("recognise", result)


def _plain(text: str) -> str:
    words = re.sub(r"[^\w\s]", " ", unicodedata.normalize("NFC", text).lower()).split()
    return " ".join(words) or "-"


if __name__ == "__main__":
    main()
