"""``troly read``: how a text is read aloud."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from kiosk.cli.common import json_option, print_json, state_option
from kiosk.state import State
from voice.errors import ReadingError
from voice.read import Lexicon, Region, Sentence, read


def _source(text: str) -> str:
    """The text itself, the content of the file it names, or standard input for ``-``."""
    if text == "-":
        return _decoded(sys.stdin.buffer.read(), "stdin")
    try:
        # Only what looks like a path: a sentence must not be tried as a file name.
        is_file = len(text) < 1024 and "\n" not in text and Path(text).is_file()
    except OSError:
        is_file = False
    return _decoded(Path(text).read_bytes(), Path(text).name) if is_file else text


def _decoded(data: bytes, name: str) -> str:
    if b"\x00" in data[:4096]:
        raise ReadingError(
            f"{name} is not a text",
            vi=f"{name} không phải tệp văn bản. Hãy đưa tệp chữ (.txt) mã UTF-8.",
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadingError(
            f"{name} is not UTF-8: {error}",
            vi=f"{name} không phải chữ mã UTF-8. Hãy lưu lại tệp này với mã UTF-8 (Unicode).",
        ) from error


def _as_dict(sentence: Sentence) -> dict[str, Any]:
    return {
        "start": sentence.start,
        "end": sentence.end,
        "words": sentence.words,
        "spoken": sentence.spoken,
        "pause": sentence.pause,
        "tokens": [asdict(token) for token in sentence.tokens],
    }


@click.command("read")
@click.argument("text", nargs=-1)
@click.option("--words", "words_only", is_flag=True, help="Print the words, a sentence a line.")
@click.option(
    "--region",
    type=click.Choice(["bac", "trung", "nam"]),
    default="bac",
    show_default=True,
    help="North, Centre or South: nghìn or ngàn, linh or lẻ …",
)
@click.option(
    "--add",
    nargs=2,
    metavar="WRITTEN SPOKEN",
    help="Teach the reader one of the ward's own words.",
)
@state_option
@json_option
def command(
    text: tuple[str, ...],
    words_only: bool,
    region: Region,
    add: tuple[str, str] | None,
    state: State,
    as_json: bool,
) -> None:
    """Show how TEXT is read aloud. TEXT may be a file's name, or - for standard input.

    Exit code 1: there is nothing to say.

    \b
    Examples:
      troly read --words "Chỉ thị 50-CT/TW, ngày 23/7/2025"
      troly read --words --region nam "123/45/6A Lạc Long Quân"
      troly read --words - < van-ban.txt
      troly read --add "ĐBMP" "đảng bộ minh phụng"
    JSON: a list of sentences {start, end, words, spoken, pause, tokens [{words, start, end,
    pause}]}; with --add: written, spoken, entries.
    """
    if add is not None:
        lexicon = Lexicon.add(state.lexicon, *add)
        entry = lexicon.entries[-1]
        if as_json:
            print_json({"written": entry.written, "spoken": entry.spoken, "entries": len(lexicon)})
        else:
            click.echo(f"Đã ghi: {entry.written} → {entry.spoken}")
        if not text:
            return
    if not text:
        raise click.UsageError("Thiếu văn bản cần đọc: nêu TEXT, tên tệp, hoặc - .")
    if not (words_only or as_json):
        raise click.UsageError("Hãy thêm --words (in lời đọc) hoặc --json.")
    sentences = read(_source(" ".join(text)), region=region, lexicon=Lexicon.load(state.lexicon))
    if as_json:
        print_json([_as_dict(sentence) for sentence in sentences])
    else:
        for sentence in sentences:
            click.echo(sentence.words)
    if not sentences:
        sys.exit(1)
