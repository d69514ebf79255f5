"""``troly listen``: what does the recogniser make of a recording?"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from kiosk.cli.common import json_option, print_json, state_option
from kiosk.state import State


@click.command("listen")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@state_option
def command(file: Path, as_json: bool, state: State) -> None:
    """Write down what is said in a WAV or FLAC FILE.

    \b
    Example: troly listen cau_hoi.wav --json
    JSON: text, hypotheses [{text, score}], seconds, speech, start, fell_back, timings.
    Exit code 1 when nothing was said.
    """
    from kiosk.settings import load_settings
    from voice.endpoint import cut_utterance
    from voice.models import ModelStore, load_catalogue
    from voice.pcm import load_audio
    from voice.whisper.model import WhisperModel
    from voice.whisper.transcribe import Transcriber

    settings = load_settings(state.settings)
    samples = load_audio(file)
    began = time.perf_counter()
    utterance = cut_utterance(samples, settings.endpoint)
    cut = time.perf_counter()
    folder = ModelStore(state.models, load_catalogue()).path(settings.recogniser)
    model = WhisperModel(folder, threads=settings.threads)
    loaded = time.perf_counter()
    transcript = Transcriber(model, bias=settings.bias).transcribe(utterance)
    done = time.perf_counter()
    if as_json:
        print_json(
            {
                "text": transcript.text,
                "hypotheses": [
                    {"text": h.text, "score": round(h.score, 4)} for h in transcript.hypotheses
                ],
                "seconds": round(utterance.seconds, 3),
                "speech": round(utterance.speech, 3),
                "start": round(utterance.start, 3),
                "fell_back": transcript.fell_back,
                "timings": {
                    "endpoint": round(cut - began, 4),
                    "load": round(loaded - cut, 4),
                    "transcribe": round(done - loaded, 4),
                },
            }
        )
    else:
        click.echo(transcript.text or "(không nghe thấy lời nói)")
    sys.exit(0 if transcript.text else 1)
