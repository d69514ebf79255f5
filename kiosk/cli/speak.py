"""``troly speak``: a text as sound."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from kiosk.cli.common import json_option, print_json, state_option, write_file
from kiosk.state import State


@click.command("speak")
@click.argument("text")
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="WAV to write.")
@click.option("--region", type=click.Choice(["bac", "trung", "nam"]), help="Accent.")
@click.option("--rate", type=click.FloatRange(0.6, 1.6), help="Speed; 1 is calm reading.")
@click.option("--pitch", type=click.FloatRange(0.5, 1.5), help="Height of the voice.")
@click.option("--volume", type=click.FloatRange(0.1, 1.0), help="Loudness.")
@click.option("--voice", help="Name of an installed voice (troly models list).")
@json_option
@state_option
def command(
    text: str, out: Path, region: str | None, rate: float | None, pitch: float | None,
    volume: float | None, voice: str | None, as_json: bool, state: State,
) -> None:  # fmt: skip
    """Speak TEXT (- reads standard input) into a WAV file.

    \b
    Example: troly speak "Chỉ thị 50-CT/TW" -o chi_thi.wav --region nam
    JSON: voice, rate, seconds, sentences [{start, end, words, seconds}].
    Exit code 1 when the text has nothing to say.
    """
    import numpy as np

    from kiosk.settings import load_settings
    from voice.pcm import wav_bytes
    from voice.read import Lexicon
    from voice.speak import open_synthesizer, speak

    settings = load_settings(state.settings)
    given: dict[str, Any] = {"region": region, "rate": rate, "pitch": pitch, "volume": volume}
    speech = replace(settings.speech, **{k: v for k, v in given.items() if v is not None})
    synthesizer = open_synthesizer(state.models, voice or settings.voice)
    if text == "-":
        text = sys.stdin.read()
    lexicon = Lexicon.load(state.lexicon) if state.lexicon.is_file() else None
    sentences = list(speak(text, synthesizer, speech, lexicon=lexicon))
    if not sentences:
        click.echo("Không có gì để đọc.", err=True)
        sys.exit(1)
    rate_hz = sentences[0].sound.rate
    samples = np.concatenate([s.sound.samples for s in sentences])
    write_file(out, wav_bytes(samples, rate_hz))
    if as_json:
        print_json(
            {
                "voice": synthesizer.name,
                "rate": rate_hz,
                "seconds": round(len(samples) / rate_hz, 3),
                "sentences": [
                    {
                        "start": s.start,
                        "end": s.end,
                        "words": s.words,
                        "seconds": round(s.sound.seconds, 3),
                    }
                    for s in sentences
                ],
            }
        )
    else:
        click.echo(f"{out}: {len(samples) / rate_hz:.1f} giây, giọng {synthesizer.name}")
