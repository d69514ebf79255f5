"""Paragraphs, list items, headings and table rows; where a sentence ends; how long to rest.

A text copied from a PDF breaks its lines anywhere. A line goes on with the next one when it
does not end like a sentence and the next does not begin like an item.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

COMMA = 0.2
"""Seconds of rest at a comma."""
SEMICOLON = 0.35
COLON = 0.3
BRACKET = 0.15
"""Before and after brackets and quotation marks."""
SPACED_DASH = 0.1
"""Inside "kinh tế - xã hội"; a long dash between clauses gets :data:`LONG_DASH`."""
LONG_DASH = 0.25
CELL = 0.4
"""Between the cells of a table's row."""
INDEX = 0.35
"""After a list index ("1.", "a)")."""
ELLIPSIS = 0.4
SENTENCE = 0.45
"""Between two sentences of a paragraph."""
BLOCK = 0.7
"""After a paragraph, an item, a row."""
HEADING = 1.0
"""After a heading, and where a blank line parts paragraphs."""
HEARD = 0.15
"""From this length on a rest is written as a comma for engines that understand punctuation."""

LINE = re.compile(r"[^\n\r\f\v\x85\u2028\u2029]*")
_RULE = re.compile(r"[\s\-–—_=*.·•~+|:]+")
_MARKER = re.compile(
    r"(?:[-–—•+*●○■□▪◦✓✔➢➤❖→·]+\s"
    r"|\(?\d{1,3}[.)/](?=\s)|\d{1,2}(?:\.\d{1,2}){1,4}\.?(?=\s)"
    r"|\(?[a-zđ][.)/](?=\s)|[IVXL]{1,6}[.)/](?=\s)|[A-ZĐ][.)/](?=\s)"
    r"|#{1,6}\s|>\s|(?:Điều|Chương|Mục|Phần|Khoản|Phụ lục)\s+(?:\d+|[IVXL]+)\b)"
)
_INDEX = re.compile(
    r"(?P<open>\(?)(?P<sign>\d{1,2}(?:\.[1-9]\d?){1,4}(?=\.?\s)|(?:\d{1,2}|[1-9]\d{2})(?=[.)/]\s|[.)/]$)"
    r"|[IVXL]{1,6}(?=[.)/]\s)|[A-Za-zĐđ]\d?(?=[.)/]\s))(?P<close>[.)/]?\)?)(?=\s|$)"
)
_BULLET = re.compile(r"(?:[-–—•+*●○■□▪◦✓✔➢➤❖→·]+(?=\s)|#{1,6}(?=\s)|>+(?=\s+[^\d\s]))")
_BOX = re.compile(r"\[[ xX]\]\s")
_LONG_LINE = 60
"""Characters from which a line may have been broken by the width of a page."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, item, heading or row; offsets into the normalised text."""

    start: int
    end: int
    row: bool
    """Whether it is a table's row, its cells parted by bars or tabs."""
    pause: float
    """Seconds of rest after it."""


def _is_row(line: str) -> bool:
    bars = line.count("|")
    return bars >= 2 or (bars == 1 and " | " in line) or "\t" in line.strip()


def _shouts(line: str) -> bool:
    """Whether a line is a heading in capitals; "XIII," that a line break cut off is none."""
    return line.isupper() and " " in line


def _goes_on(previous: str, line: str) -> bool:
    """Whether ``line`` continues ``previous`` (both stripped, both text)."""
    if previous.startswith("#") or previous[-1] in ".!?…:" or _shouts(previous) != _shouts(line):
        return False
    long = len(previous) >= _LONG_LINE
    if previous[-1] == ";":
        return long and (line[0].islower() or line[0].isdecimal()) and not _MARKER.match(line)
    if _MARKER.match(line):
        # "kinh tế" + "- xã hội" broken by the page.
        return long and line[0] in "-–" and line[1:].lstrip()[:1].islower()
    if line[0].islower() or previous[-1] in ",(":
        return True
    return long


def blocks(text: str) -> list[Block]:
    """The blocks of ``text`` in order. What lies between them is white space and rules."""
    lines: list[tuple[int, int]] = []
    position = 0
    while position <= len(text):
        match = LINE.match(text, position)
        end = match.end() if match else position
        lines.append((position, end))
        position = end + 1
    found: list[Block] = []
    blank = False
    previous = ""
    for start, end in lines:
        line = text[start:end]
        stripped = line.strip()
        if not stripped or _RULE.fullmatch(stripped):
            blank = True
            if found:
                last = found[-1]
                found[-1] = Block(last.start, last.end, last.row, HEADING)
            previous = previous if not stripped else ""
            continue
        first = start + len(line) - len(line.lstrip())
        final = first + len(stripped)
        row = _is_row(line)
        joinable = found and previous and not blank and not row and not found[-1].row
        if joinable and _goes_on(previous, stripped):
            last = found[-1]
            found[-1] = Block(last.start, final, False, last.pause)
            previous, blank = stripped, False
            continue
        found.append(Block(first, final, row, _rest(text, first, final)))
        previous, blank = stripped, False
    return found


def _rest(text: str, start: int, end: int) -> float:
    block = text[start:end]
    return HEADING if block.startswith("#") or _shouts(block) else BLOCK


def match_bullet(text: str, pos: int, end: int) -> int:
    """Where the bullets, hashes and tick boxes at the start of a block end."""
    while match := _BULLET.match(text, pos, end):
        pos = match.end()
        while pos < end and text[pos].isspace():
            pos += 1
        if box := _BOX.match(text, pos, end):
            pos = box.end()
    return pos


def match_index(text: str, pos: int, end: int) -> re.Match[str] | None:
    """A list index ("1.", "2.1.", "a)", "(3)", "II.") at the start of a block."""
    match = _INDEX.match(text, pos, end)
    if not match or (match["open"] and ")" not in match["close"]):
        return None
    if not match["open"] and not match["close"] and "." not in match["sign"]:
        return None
    return match


_CLOSERS = "\"”’'»)]*_"
_OPENERS = "\"“‘'«([-–—•*"


def ends_sentence(text: str, pos: int, end: int) -> tuple[int, bool]:
    """For a run of ``.!?…`` at ``pos``: where it ends, and whether the sentence does."""
    stop = pos
    while stop < end and text[stop] in ".!?…":
        stop += 1
    run = text[pos:stop]
    closed = stop
    while closed < end and text[closed] in _CLOSERS:
        closed += 1
    if closed >= end:
        return closed, True
    following = closed
    while following < end and text[following].isspace():
        following += 1
    begins = text[following] if following < end else ""
    starts = begins.isupper() or begins.isdecimal() or begins in _OPENERS
    if following == closed:
        # "đồng.Chi bộ": a missing space, unless it stands inside a name or an address.
        glued = begins.isupper() and run == "." and pos > 0 and text[pos - 1].islower()
        return stop, glued
    if "…" in run or (len(run) > 1 and set(run) == {"."}):
        return (closed, True) if starts else (stop, False)
    return closed, True
