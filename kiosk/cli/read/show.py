"""What ``troly read`` prints: words, what is left unread, headings, the lexicon's state."""

from __future__ import annotations

import sys
from dataclasses import asdict, replace
from typing import Any

import click

from kiosk.cli.common import print_json
from kiosk.cli.read.texts import Nothing, paragraphs, text_or_file
from kiosk.settings import Settings
from kiosk.state import State
from voice.read import Lexicon, Sentence, read
from voice.read.left import Left
from voice.speak.script import Script, compose


def words(name: str, settings: Settings, state: State, as_json: bool) -> None:
    """Print what is said, a sentence a line; exit code 1 when it is nothing."""
    lexicon = Lexicon.load(state.lexicon, strict=True)
    found: list[Sentence] = []
    at = 0
    for part in text_or_file(name):
        sentences = read(part.text, region=settings.region, lexicon=lexicon)
        found += [_moved(sentence, at) for sentence in sentences]
        at += len(part.text) + 2
    if as_json:
        print_json([_as_dict(sentence) for sentence in found])
    else:
        for sentence in found:
            click.echo(sentence.words)
    if not found:
        sys.exit(1)


def check(name: str, settings: Settings, state: State, as_json: bool) -> None:
    """Count what is left unread and list it; exit code 1 when there is something."""
    lexicon = Lexicon.load(state.lexicon, strict=True)
    parts = paragraphs(name, state)
    left = Left()
    for part in parts:
        left.add(part.text, read(part.text, region=settings.region, lexicon=lexicon))
    unmarked = compose(parts, region=settings.region, lexicon=lexicon).unmarked()
    count = left.count + unmarked.total()
    if as_json:
        print_json({**left.as_dict(), "unmarked": dict(unmarked), "left": count})
    else:
        click.echo(f"{left.characters} ký tự, {left.sentences} câu, {left.words} tiếng.")
        kinds = (
            ("Dấu còn sót trong lời đọc", left.signs),
            ("Tiếng lạ", left.strange),
            ("Chỗ bỏ qua không đọc", left.silent),
            ("Chữ viết tắt phải đánh vần", left.spelt),
            ("Ký tự không thuộc chỗ nào", left.lost),
            ("Ký tự không có mốc khi nghe", unmarked),
        )
        for title, counts in kinds:
            listed = ", ".join(f"{sign} ×{count}" for sign, count in counts.most_common(30))
            click.echo(f"{title}: {counts.total()}{'  ' + listed if listed else ''}")
        click.echo(f"Tổng số còn sót: {count}")
    if count:
        sys.exit(1)


def sections(script: Script, as_json: bool) -> None:
    """List the headings.

    Raises:
        Nothing: there are none.
    """
    rows: list[dict[str, Any]] = []
    for index, section in enumerate(script.sections):
        if section.title:
            first, end = script.span(index)
            rows.append(
                {
                    "number": len(rows) + 1,
                    "title": section.title,
                    "level": section.level,
                    "lines": end - first,
                }
            )
    if as_json:
        print_json(rows)
    else:
        for row in rows:
            indent = "  " * max(0, row["level"] - 1)
            click.echo(f"{row['number']:4}. {indent}{row['title']} ({row['lines']} câu)")
    if not rows:
        raise Nothing("no headings", vi="Văn bản này không có đề mục.")


def add(written: str, spoken: str, state: State, as_json: bool) -> None:
    """Write one more of the ward's own words."""
    lexicon = Lexicon.add(state.lexicon, written, spoken)
    entry = lexicon.entries[-1]
    if as_json:
        print_json({"written": entry.written, "spoken": entry.spoken, "entries": len(lexicon)})
    else:
        click.echo(f"Đã ghi: {entry.written} → {entry.spoken}")


def lexicon_check(state: State, as_json: bool) -> None:
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
