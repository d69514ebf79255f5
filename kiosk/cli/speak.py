"""``troly speak``: a text as sound."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from kiosk.cli.common import json_option, print_json, state_option
from kiosk.state import State


@click.command("speak")
@click.argument("text")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path),
    help="File to write: .wav .flac .mp3 .ogg .m4b. Without it the loudspeaker speaks.",
)  # fmt: skip
@click.option("--region", type=click.Choice(["bac", "trung", "nam"]), help="Accent.")
@click.option("--rate", type=click.FloatRange(0.6, 1.6), help="Speed; 1 is calm reading.")
@click.option("--pitch", type=click.FloatRange(0.5, 1.5), help="Height of the voice.")
@click.option("--volume", type=click.FloatRange(0.1, 1.0), help="Loudness.")
@click.option("--voice", help="Name of an installed voice (troly models list).")
@json_option
@state_option
def command(
    text: str, out: Path | None, region: str | None, rate: float | None, pitch: float | None,
    volume: float | None, voice: str | None, as_json: bool, state: State,
) -> None:  # fmt: skip
    """Speak TEXT (- reads standard input), aloud or into a sound file.

    \b
    Example: troly speak "Chỉ thị 50-CT/TW" -o chi_thi.wav --region nam
    JSON: voice, rate, seconds, sentences [{start, end, words, seconds}].
    Exit code 1 when the text has nothing to say.
    """
    from kiosk.audiobook import check_format, write_audiobook
    from kiosk.reading.aloud import read_aloud
    from kiosk.reading.progress import ProgressStore, progress_folder
    from kiosk.reading.source import Source
    from kiosk.reading.studio import Studio
    from kiosk.settings import load_settings
    from voice.read import Lexicon
    from voice.speak import Mark, Paragraph, Sound, compose
    from voice.speak.breath import Breath
    from voice.speak.loudspeaker import ProcessLoudspeaker

    if out is not None:
        check_format(out)
    speaker = ProcessLoudspeaker() if out is None else None
    settings = load_settings(state.settings)
    given: dict[str, Any] = {"region": region, "rate": rate, "pitch": pitch, "volume": volume}
    speech = replace(settings.speech, **{k: v for k, v in given.items() if v is not None})
    studio = Studio(state, speech, voice=voice or settings.voice, cached=False)
    if text == "-":
        text = sys.stdin.read()
    source = Source("", "", (Paragraph(text),))
    lexicon = Lexicon.load(state.lexicon, strict=True)
    script = compose(source.paragraphs, region=speech.region, lexicon=lexicon)
    if not script.lines:
        click.echo("Không có gì để đọc.", err=True)
        sys.exit(1)
    lengths: list[float] = []

    def make(breath: Breath) -> tuple[Sound, tuple[Mark, ...]]:
        sound, marks = studio(breath)
        lengths.append(sound.seconds)
        return sound, marks

    if speaker is not None:
        read_aloud(
            script, studio, speaker, source=source,
            progress=ProgressStore(progress_folder(state)), on_line=lambda line: None,
        )  # fmt: skip
        return
    assert out is not None
    book = write_audiobook(out, script, make, title=text[:60])
    if as_json:
        seconds = iter(lengths)
        print_json(
            {
                "voice": studio.synthesizer.name,
                "rate": book.rate,
                "seconds": round(book.seconds, 3),
                "sentences": [
                    {
                        "start": line.start,
                        "end": line.end,
                        "words": line.words,
                        "seconds": round(sum(next(seconds) for _ in line.breaths), 3),
                    }
                    for line in script.lines
                ],
            }
        )
    else:
        click.echo(f"{out}: {book.seconds:.1f} giây, giọng {studio.synthesizer.name}")
