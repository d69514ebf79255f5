"""A whole document as what is said: sentences in order, in paragraphs and sections."""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from voice.read import Lexicon, Sentence, read
from voice.read.sentences import HEADING
from voice.speak.breath import Breath, breaths
from voice.speak.synthesizer import Region

Unit = Literal["sentence", "paragraph", "section"]
"""How far one step forward or back goes."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A piece of a document."""

    text: str
    level: int = 0
    """Of a heading: 1 for the highest. 0: no heading."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, heading, item or table row that is said."""

    index: int
    paragraph: int
    """Index into :attr:`Script.paragraphs`."""
    section: int
    """Index into :attr:`Script.sections`."""
    start: int
    """Offset of its first character in :attr:`Script.text`."""
    end: int
    """Offset past its last character."""
    words: str
    breaths: tuple[Breath, ...]
    """What is said in one breath each; offsets into :attr:`Script.text`."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, up to the next heading."""

    title: str
    """The heading as written; empty for what stands before the first one."""
    level: int
    first: int
    """Index of its first line."""
    end: int
    """Index past its last line."""


@dataclass(frozen=True, slots=True)
class Script:
    """A document ready to be read aloud."""

    text: str
    """All paragraphs, parted by empty lines: what the screen shows."""
    paragraphs: tuple[tuple[int, int, int], ...]
    """Of each paragraph: offset of its start, offset past its end, level."""
    sections: tuple[Section, ...]
    lines: tuple[Line, ...]

    def step(self, line: int, unit: Unit, by: int) -> int:
        """The line on which one is after ``by`` steps of ``unit`` from ``line``.

        A step back from the middle of a paragraph or section goes to its beginning first, as on
        any player. It stays between the first line and the last.
        """
        last = len(self.lines) - 1
        if last < 0:
            return 0
        line = min(max(line, 0), last)
        if unit == "sentence":
            return min(max(line + by, 0), last)
        firsts = self._firsts(unit)
        here = bisect.bisect_right(firsts, line) - 1
        if by < 0 and firsts[here] < line:
            by += 1
        target = here + by
        if target >= len(firsts):
            return max(line, firsts[-1])  # forward never goes back
        return firsts[max(target, 0)]

    def line_at(self, offset: int) -> int:
        """The line in which the character at ``offset`` stands, or the next one that is said."""
        ends = [line.end for line in self.lines]
        return min(bisect.bisect_right(ends, offset), max(0, len(self.lines) - 1))

    def find_section(self, name: str) -> int | None:
        """The section called ``name``: its number from 1, or a part of its title in any case.

        Whole words come before parts of words: ``Điều 5`` is not ``Điều 50``, and ``3.`` finds
        the section that is printed so.
        """
        wanted = " ".join(unicodedata.normalize("NFC", name).lower().split())
        titled = [i for i, s in enumerate(self.sections) if s.title]
        if wanted.isdecimal() and 1 <= int(wanted) <= len(titled):
            return titled[int(wanted) - 1]
        titles = {
            i: " ".join(unicodedata.normalize("NFC", self.sections[i].title).lower().split())
            for i in titled
        }
        if not wanted:
            return None
        part = re.escape(wanted)
        for pattern in (part, rf"{part}(?!\w).*", rf".*(?<!\w){part}(?!\w).*", rf".*{part}.*"):
            for i, title in titles.items():
                if re.fullmatch(pattern, title):
                    return i
        return None

    def span(self, section: int) -> tuple[int, int]:
        """The first line of ``section`` and past the last one of the sections under it."""
        level = self.sections[section].level
        end = section + 1
        while level and end < len(self.sections) and self.sections[end].level > level:
            end += 1
        return self.sections[section].first, self.sections[end - 1].end

    def unmarked(self) -> Counter[str]:
        """Characters that a listener's place cannot show, and how often; empty when all is well.

        A letter or digit must lie in a token that is said, any other sign at least in a breath;
        white space and punctuation between sentences need no mark.
        """
        said, covered = bytearray(len(self.text)), bytearray(len(self.text))
        for line in self.lines:
            for breath in line.breaths:
                covered[breath.start : breath.end] = b"\1" * (breath.end - breath.start)
                for place in breath.places:
                    said[place.start : place.end] = b"\1" * (place.end - place.start)
        return Counter(
            c
            for at, c in enumerate(self.text)
            if not (
                said[at] if c.isalnum() else covered[at] or unicodedata.category(c)[0] in "PZCM"
            )
        )

    def _firsts(self, unit: Unit) -> list[int]:
        if unit == "section":
            return sorted({s.first for s in self.sections if s.first < s.end})
        found: list[int] = []
        for line in self.lines:
            if not found or self.lines[found[-1]].paragraph != line.paragraph:
                found.append(line.index)
        return found


def compose(
    paragraphs: Iterable[Paragraph], *, region: Region = "bac", lexicon: Lexicon | None = None
) -> Script:
    """Read ``paragraphs`` one by one. A paragraph with nothing to say stays in the text."""
    parts: list[str] = []
    places: list[tuple[int, int, int]] = []
    lines: list[Line] = []
    starts: list[tuple[str, int, int]] = []
    at = 0
    for number, paragraph in enumerate(paragraphs):
        text = paragraph.text
        places.append((at, at + len(text), paragraph.level))
        parts.append(text)
        sentences = [s for s in read(text, region=region, lexicon=lexicon) if s.words]
        if paragraph.level and sentences:
            starts.append((text, paragraph.level, len(lines)))
        elif not starts and sentences:
            starts.append(("", 0, 0))
        for sentence in _rested(sentences, paragraph.level):
            lines.append(_line(sentence, len(lines), number, len(starts) - 1, at))
        at += len(text) + 2
    ends = [*(first for _, _, first in starts[1:]), len(lines)][: len(starts)]
    sections = tuple(
        Section(title, level, first, end)
        for (title, level, first), end in zip(starts, ends, strict=True)
    )
    return Script("\n\n".join(parts), tuple(places), sections, tuple(lines))


def _rested(sentences: Sequence[Sentence], level: int) -> list[Sentence]:
    """With a long rest after a heading, whatever it ends with."""
    found = list(sentences)
    if level and found:
        found[-1] = replace(found[-1], pause=max(found[-1].pause, HEADING))
    return found


def _line(sentence: Sentence, index: int, paragraph: int, section: int, base: int) -> Line:
    moved = tuple(
        replace(
            breath,
            start=breath.start + base,
            end=breath.end + base,
            places=tuple(
                replace(place, start=place.start + base, end=place.end + base)
                for place in breath.places
            ),
        )
        for breath in breaths(sentence)
    )
    return Line(
        index, paragraph, section, sentence.start + base, sentence.end + base,
        sentence.words, moved,
    )  # fmt: skip
