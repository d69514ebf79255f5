"""``troly read``: a text or document as words, aloud, or as a sound file."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from kiosk.cli.common import json_option, state_option
from kiosk.cli.read import show
from kiosk.cli.read.texts import Nothing, document, lines
from kiosk.reading.source import SourceNotFound
from kiosk.settings import load_settings
from kiosk.state import State
from voice.read import Lexicon, Region
from voice.speak.script import compose


@click.command("read")
@click.argument("text", nargs=-1)
@click.option("--words", "words_only", is_flag=True, help="Print the words, a sentence a line.")
@click.option("--check", is_flag=True, help="Count what is left unread: signs, unknown letters.")
@click.option("--sections", "list_sections", is_flag=True, help="List the document's headings.")
@click.option("--section", help="Only this section: its number in --sections, or its title.")
@click.option(
    "-o", "--out", type=click.Path(dir_okay=False, path_type=Path),
    help="Write a sound file instead: .wav .flac, or with chapters .mp3 .ogg .m4b.",
)  # fmt: skip
@click.option("--from-start", is_flag=True, help="Begin anew, not where one stopped.")
@click.option(
    "--region",
    type=click.Choice(["bac", "trung", "nam"]),
    help="North, Centre or South: nghìn or ngàn, linh or lẻ …  [default: the settings']",
)
@click.option("--rate", type=click.FloatRange(0.6, 1.6), help="Speed; 1 is calm reading.")
@click.option("--volume", type=click.FloatRange(0.1, 1.0), help="Loudness.")
@click.option("--voice", help="Name of an installed voice (troly models list).")
@click.option(
    "--add",
    nargs=2,
    metavar="WRITTEN SPOKEN",
    help="Teach the reader one of the ward's own words.",
)
@click.option("--lexicon-check", is_flag=True, help="Check the own words, line by line.")
@state_option
@json_option
def command(
    text: tuple[str, ...], words_only: bool, check: bool, list_sections: bool,
    section: str | None, out: Path | None, from_start: bool, region: Region | None,
    rate: float | None, volume: float | None, voice: str | None,
    add: tuple[str, str] | None, lexicon_check: bool, state: State, as_json: bool,
) -> None:  # fmt: skip
    """Read TEXT aloud: a PDF, DOCX, HTML, Markdown or text file, or a document of the store.

    Where it stops is remembered; the next time it goes on from there. With --words, --check or
    --json TEXT may also be the text itself, or - for standard input.

    A line of lexicon.tsv that is broken ends this command with exit code 2; the kiosk itself
    leaves it out and goes on, so look at --lexicon-check after editing the file by hand.

    Exit code 1: no such file, document or section, nothing to say, or --check found something.

    \b
    Examples:
      troly read nghi-quyet.pdf
      troly read 50-CT/TW --section 2
      troly read 294-QĐ/TW --section "Điều 5"
      troly read huong-dan.docx --out huong-dan.m4b
      troly read --words "Chỉ thị 50-CT/TW, ngày 23/7/2025"
      troly read --words - < van-ban.txt
      troly read --check quy-dinh.pdf
      troly read --add "ĐBMP" "đảng bộ minh phụng"
      troly read --lexicon-check
    JSON: a list of sentences {start, end, words, spoken, pause, tokens [{words, start, end,
    pause}]}; --check: characters, sentences, words, left, and {sign: count} for signs, strange,
    silent, spelt, lost, unmarked; --sections: a list of {number, title, level, lines}; --out: file,
    voice, seconds, chapters [{title, start, end}]; --add: written, spoken, entries;
    --lexicon-check: entries, problems.
    """
    if lexicon_check:
        show.lexicon_check(state, as_json)
        return
    if add is not None:
        show.add(*add, state, as_json)
        if not text:
            return
    if not text:
        raise click.UsageError("Thiếu văn bản cần đọc: nêu TEXT, tên tệp, hoặc - .")
    settings = load_settings(state.settings)
    settings = replace(
        settings,
        region=region or settings.region,
        rate=rate if rate is not None else settings.rate,
        volume=volume if volume is not None else settings.volume,
        voice=voice if voice is not None else settings.voice,
    )
    name = " ".join(text)
    try:
        if check:
            show.check(name, settings, state, as_json)
        elif words_only or (as_json and not (out or list_sections)):
            show.words(name, settings, state, as_json)
        else:
            from kiosk.cli.read import sound

            source = document(name, state)
            # On the command line a slip in the lexicon is said, not passed over.
            lexicon = Lexicon.load(state.lexicon, strict=True)
            script = compose(source.paragraphs, region=settings.region, lexicon=lexicon)
            if list_sections:
                show.sections(script, as_json)
                return
            part = lines(script, section)
            if out is not None:
                sound.to_file(script, source, part, out, settings, state, as_json)
            else:
                resume = section is None and not from_start
                sound.aloud(script, source, part, resume, settings, state)
    except (Nothing, SourceNotFound) as error:
        click.echo(error.vi, err=True)
        sys.exit(1)
