"""What ``troly read`` sounds: a document through the loudspeaker, or as a file."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from kiosk.cli.common import print_json, progress_bar
from kiosk.cli.read.texts import Range
from kiosk.reading.progress import Place, ProgressStore, progress_folder
from kiosk.reading.source import Source
from kiosk.settings import Settings
from kiosk.state import State
from voice.speak.script import Script


def to_file(
    script: Script, source: Source, lines: Range, out: Path, settings: Settings,
    state: State, as_json: bool,
) -> None:  # fmt: skip
    """Write ``out``, with a chapter for each heading."""
    from kiosk.audiobook import check_format, write_audiobook
    from kiosk.reading.studio import Studio

    check_format(out)
    # Not cached: a book is written once, and would push out what is said every day.
    studio = Studio(state, settings.speech, voice=settings.voice, cached=False)
    with progress_bar(out.name) as report:
        book = write_audiobook(
            out, script, studio, title=source.title or out.stem,
            first=lines.first, end=lines.end, progress=report,
        )  # fmt: skip
    if as_json:
        print_json(
            {
                "file": str(book.path),
                "voice": studio.synthesizer.name,
                "seconds": round(book.seconds, 3),
                "chapters": [asdict(chapter) for chapter in book.chapters],
            }
        )
    else:
        minutes, seconds = divmod(round(book.seconds), 60)
        chapters = f", {len(book.chapters)} chương" if len(book.chapters) > 1 else ""
        click.echo(f"{out}: {minutes} phút {seconds} giây{chapters}")


def aloud(
    script: Script, source: Source, lines: Range, resume: bool, settings: Settings, state: State
) -> None:
    """Read through the loudspeaker; ``resume``: offer to go on where one stopped."""
    from kiosk.reading.aloud import read_aloud
    from kiosk.reading.studio import Studio
    from voice.speak.loudspeaker import ProcessLoudspeaker

    speaker = ProcessLoudspeaker()  # first: without one nothing else is worth loading
    progress = ProgressStore(progress_folder(state))
    first = lines.first
    place = progress.place(source.key, script) if resume and source.key else None
    if place is not None and _goes_on(place):
        first = place.line
    studio = Studio(state, settings.speech, voice=settings.voice)
    try:
        read_aloud(
            script, studio, speaker, source=source, progress=progress, first=first,
            end=lines.end,
            on_line=lambda line: click.echo(" ".join(script.text[line.start : line.end].split())),
        )  # fmt: skip
    finally:
        studio.close()


def _goes_on(place: Place) -> bool:
    """Offer to go on where one stopped; without a terminal the answer is yes."""
    offer = f"Lần trước dừng ở câu {place.line + 1}/{place.lines}: “{place.quote}”."
    if sys.stdin.isatty():
        return click.confirm(f"{offer}\nĐọc tiếp từ đó?", default=True)
    click.echo(f"{offer} Đọc tiếp từ đó (--from-start: đọc lại từ đầu).", err=True)
    return True
