"""What ``troly read`` reads: a file, a document, standard input, or the text itself."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import click

from kiosk.errors import KioskError
from kiosk.reading.source import (
    Source,
    SourceNotFound,
    is_file,
    open_source,
    source_of_file,
    source_of_text,
)
from kiosk.state import State
from voice.errors import ReadingError
from voice.speak.script import Paragraph, Script


class Nothing(KioskError):
    """What was asked for is not there: exit code 1."""


@dataclass(frozen=True, slots=True)
class Range:
    """The lines to read."""

    first: int
    end: int


def document(name: str, state: State) -> Source:
    """The file or document ``name``; what could not be read of it is said on standard error.

    Raises:
        SourceNotFound: there is none.
        ReadingError: standard input is not UTF-8.
    """
    if name == "-":
        return source_of_text(_standard_input())
    source = open_source(name, state)
    for note in source.notes:
        click.echo(note, err=True)
    return source


def paragraphs(name: str, state: State) -> tuple[Paragraph, ...]:
    """Those of the file or document ``name``; where there is none, ``name`` is the text itself."""
    if name == "-":
        return (Paragraph(_standard_input()),)
    try:
        return open_source(name, state).paragraphs
    except SourceNotFound:
        return (Paragraph(name),)


def text_or_file(name: str) -> tuple[Paragraph, ...]:
    """Like :func:`paragraphs`, but a document's name is a text to read, too."""
    if name == "-":
        return (Paragraph(_standard_input()),)
    return source_of_file(Path(name)).paragraphs if is_file(name) else (Paragraph(name),)


def lines(script: Script, section: str | None) -> Range:
    """All lines, or those of ``section``.

    Raises:
        Nothing: nothing to say, or no such section.
    """
    if not script.lines:
        raise Nothing("nothing to say", vi="Không có gì để đọc.")
    if section is None:
        return Range(0, len(script.lines))
    found = script.find_section(section)
    if found is None:
        titles = [s.title for s in script.sections if s.title]
        listed = "\n".join(f"  {number}. {title}" for number, title in enumerate(titles[:40], 1))
        raise Nothing(
            f"no section {section!r}", vi=f"Văn bản không có mục “{section}”. Có:\n{listed}"
        )
    return Range(*script.span(found))


def _standard_input() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadingError(
            f"standard input is not UTF-8: {error}",
            vi="Văn bản đưa vào không phải chữ mã UTF-8. Hãy lưu lại với mã UTF-8 (Unicode).",
        ) from error
