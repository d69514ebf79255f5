"""``troly read``: a text or document as words, aloud, or as a sound file."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import click

from kiosk.cli.common import json_option, print_json, progress_bar, state_option
from kiosk.errors import KioskError
from kiosk.reading.progress import Place, ProgressStore, progress_folder
from kiosk.reading.source import (
    Source,
    SourceNotFound,
    open_source,
    source_of_file,
    source_of_text,
)
from kiosk.settings import Settings, load_settings
from kiosk.state import State
from voice.read import Lexicon, Region, Sentence, read
from voice.read.left import Left
from voice.speak.script import Script, compose


@dataclass(frozen=True, slots=True)
class _Range:
    """The lines to read."""

    first: int
    end: int


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
    rate: float | None, voice: str | None, add: tuple[str, str] | None,
    lexicon_check: bool, state: State, as_json: bool,
) -> None:  # fmt: skip
    """Read TEXT aloud: a PDF, DOCX, HTML, Markdown or text file, or a document of the store.

    Where it stops is remembered; the next time it goes on from there. With --words, --check or
    --json TEXT may also be the text itself, or - for standard input.

    A line of lexicon.tsv that is broken ends this command with exit code 2; the kiosk itself
    leaves it out and goes on, so look at --lexicon-check after editing the file by hand.

    Exit code 1: no such file, document or section, or nothing to say.

    \b
    Examples:
      troly read nghi-quyet.pdf
      troly read 50-CT/TW --section 2
      troly read huong-dan.docx --out huong-dan.m4b
      troly read --words "Chỉ thị 50-CT/TW, ngày 23/7/2025"
      troly read --words - < van-ban.txt
      troly read --check quy-dinh.pdf
      troly read --add "ĐBMP" "đảng bộ minh phụng"
      troly read --lexicon-check
    JSON: a list of sentences {start, end, words, spoken, pause, tokens [{words, start, end,
    pause}]}; --check: characters, sentences, words, left, and {sign: count} for signs, strange,
    silent, spelt, lost; --sections: a list of {number, title, level, lines}; --out: file,
    voice, seconds, chapters [{title, start, end}]; --add: written, spoken, entries;
    --lexicon-check: entries, problems.
    """
    if lexicon_check:
        _lexicon_check(state, as_json)
        return
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
    settings = load_settings(state.settings)
    settings = replace(
        settings,
        region=region or settings.region,
        rate=rate if rate is not None else settings.rate,
        voice=voice if voice is not None else settings.voice,
    )
    name = " ".join(text)
    try:
        if check:
            _check(name, settings, state, as_json)
        elif words_only or (as_json and not (out or list_sections)):
            _words(name, settings, state, as_json)
        else:
            source = _document(name, state)
            # On the command line a slip in the lexicon is said, not passed over.
            lexicon = Lexicon.load(state.lexicon, strict=True)
            script = compose(source.paragraphs, region=settings.region, lexicon=lexicon)
            if list_sections:
                _list_sections(script, as_json)
                return
            lines = _lines(script, section)
            if out is not None:
                _to_file(script, source, lines, out, settings, state, as_json)
            else:
                _aloud(script, source, lines, section is None and not from_start, settings, state)
    except _Nothing as nothing:
        click.echo(nothing.vi, err=True)
        sys.exit(1)
    except SourceNotFound as error:
        click.echo(error.vi, err=True)
        sys.exit(1)


def _lexicon_check(state: State, as_json: bool) -> None:
    """Count the entries that are used, name each line that is not; exit code 2 if there is one."""
    entries = len(Lexicon.load(state.lexicon))
    problems = [problem.vi for problem in Lexicon.problems(state.lexicon)]
    if as_json:
        print_json({"entries": entries, "problems": problems})
    else:
        click.echo(f"{state.lexicon.name}: {entries} từ dùng được, {len(problems)} dòng hỏng.")
        for problem in problems:
            click.echo(problem, err=True)
    if problems:
        sys.exit(2)


class _Nothing(KioskError):
    """What was asked for is not there: exit code 1."""


# -- what to read ----------------------------------------------------------------------------


def _is_file(name: str) -> bool:
    try:
        # Only what looks like a path: a sentence must not be tried as a file name.
        return len(name) < 1024 and "\n" not in name and Path(name).is_file()
    except OSError:
        return False


def _document(name: str, state: State) -> Source:
    if name == "-":
        return source_of_text(_stdin())
    source = open_source(name, state)
    for note in source.notes:
        click.echo(note, err=True)
    return source


def _stdin() -> str:
    from voice.errors import ReadingError

    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadingError(
            f"standard input is not UTF-8: {error}",
            vi="Văn bản đưa vào không phải chữ mã UTF-8. Hãy lưu lại với mã UTF-8 (Unicode).",
        ) from error


def _texts(name: str) -> list[str]:
    """The text itself, or the paragraphs of the file it names."""
    if name == "-":
        return [_stdin()]
    if _is_file(name):
        return [paragraph.text for paragraph in source_of_file(Path(name)).paragraphs]
    return [name]


def _lines(script: Script, section: str | None) -> _Range:
    if not script.lines:
        raise _Nothing("nothing to say", vi="Không có gì để đọc.")
    if section is None:
        return _Range(0, len(script.lines))
    found = script.find_section(section)
    if found is None:
        titles = "\n".join(f"  {row['number']}. {row['title']}" for row in _headings(script)[:40])
        raise _Nothing(
            f"no section {section!r}", vi=f"Văn bản không có mục “{section}”. Có:\n{titles}"
        )
    return _Range(*script.span(found))


# -- what to do with it ----------------------------------------------------------------------


def _words(name: str, settings: Settings, state: State, as_json: bool) -> None:
    lexicon = Lexicon.load(state.lexicon, strict=True)
    found: list[Sentence] = []
    at = 0
    for part in _texts(name):
        sentences = read(part, region=settings.region, lexicon=lexicon)
        found += [_moved(sentence, at) for sentence in sentences]
        at += len(part) + 2
    if as_json:
        print_json([_as_dict(sentence) for sentence in found])
    else:
        for sentence in found:
            click.echo(sentence.words)
    if not found:
        sys.exit(1)


def _check(name: str, settings: Settings, state: State, as_json: bool) -> None:
    lexicon = Lexicon.load(state.lexicon, strict=True)
    try:
        texts = [p.text for p in open_source(name, state).paragraphs] if name != "-" else []
    except SourceNotFound:
        texts = []
    left = Left()
    for part in texts or _texts(name):
        left.add(part, read(part, region=settings.region, lexicon=lexicon))
    if as_json:
        print_json(left.as_dict())
        return
    click.echo(f"{left.characters} ký tự, {left.sentences} câu, {left.words} tiếng.")
    kinds = (
        ("Dấu còn sót trong lời đọc", left.signs),
        ("Tiếng lạ", left.strange),
        ("Chỗ bỏ qua không đọc", left.silent),
        ("Chữ viết tắt phải đánh vần", left.spelt),
        ("Ký tự không thuộc chỗ nào", left.lost),
    )
    for title, counts in kinds:
        listed = ", ".join(f"{sign} ×{count}" for sign, count in counts.most_common(30))
        click.echo(f"{title}: {counts.total()}{'  ' + listed if listed else ''}")


def _headings(script: Script) -> list[dict[str, Any]]:
    titled = [(n, s) for n, s in enumerate(script.sections) if s.title]
    rows = []
    for number, (index, section) in enumerate(titled, 1):
        first, end = script.span(index)
        rows.append(
            {
                "number": number,
                "title": section.title,
                "level": section.level,
                "lines": end - first,
            }
        )
    return rows


def _list_sections(script: Script, as_json: bool) -> None:
    rows = _headings(script)
    if as_json:
        print_json(rows)
    else:
        for row in rows:
            indent = "  " * max(0, row["level"] - 1)
            click.echo(f"{row['number']:4}. {indent}{row['title']} ({row['lines']} câu)")
    if not rows:
        raise _Nothing("no headings", vi="Văn bản này không có đề mục.")


def _to_file(
    script: Script, source: Source, lines: _Range, out: Path, settings: Settings,
    state: State, as_json: bool,
) -> None:  # fmt: skip
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


def _aloud(
    script: Script, source: Source, lines: _Range, resume: bool, settings: Settings, state: State
) -> None:
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


def _moved(sentence: Sentence, by: int) -> Sentence:
    tokens = tuple(replace(t, start=t.start + by, end=t.end + by) for t in sentence.tokens)
    return replace(sentence, start=sentence.start + by, end=sentence.end + by, tokens=tokens)


def _as_dict(sentence: Sentence) -> dict[str, Any]:
    return {
        "start": sentence.start,
        "end": sentence.end,
        "words": sentence.words,
        "spoken": sentence.spoken,
        "pause": sentence.pause,
        "tokens": [asdict(token) for token in sentence.tokens],
    }
