"""The place in the text where the reader stands, and what it can see around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from voice.read.numbers import Region
from voice.read.spelling import canonical
from voice.read.tables import Tables, When

if TYPE_CHECKING:
    from voice.read.lexicon import Lexicon

DASH = "-\u2010\u2011\u2012\u2013\u2014\u2212"
"""Hyphen, non-breaking hyphen, figure, en and em dash, minus: writers mix them."""
DASHES = re.escape(DASH)
"""The same, for the inside of a character class."""

WORD = re.compile(r"[^\W\d_]+")
_AHEAD = re.compile(r"[\s(\"“‘']*([^\W_]+)")
_NEXT_NUMBER = re.compile(r"\.?\s*\d")
_NEXT_CAPITAL = re.compile(r"\.?\s*([^\W\d_])")

BREAK = ","
"""Stands in the history for punctuation, so that no cue reaches across it."""

_HISTORY = 6
"""How many words back any rule looks."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A written token with its words; offsets into the normalised text, pause in seconds."""

    words: str
    start: int
    end: int
    pause: float = 0.0
    number: bool = False
    """Whether it is a quantity: "/tháng" after it is "mỗi tháng"."""


@dataclass(slots=True)
class Scan:
    """The text being read and the state that the rules share."""

    text: str
    region: Region
    tables: Tables
    lexicon: Lexicon | None = None
    lower: str = ""
    """The whole text in lower case, for conditions on its subject."""
    begin: int = 0
    """Start of the block (paragraph, list item, table row) being read."""
    end: int = 0
    """End of the block."""
    capitals: bool = False
    """Whether the block is written in capitals, where capitals say nothing."""
    history: list[str] = field(default_factory=list)
    """The last spoken words of the block, lower case; :data:`BREAK` for punctuation."""
    day_run: bool = False
    """Whether the last number was a day of the month: "ngày 5, 6 và 7"."""
    line_run: bool = False
    """Whether the last number was a short telephone number: "gọi 113, 114"."""
    roman_run: bool = False
    """Whether the last number was Roman: "khóa XII, XIII"."""

    subjects: dict[tuple[str, ...], bool] = field(default_factory=dict)
    """Which conditions on the whole text were found to hold."""

    def remember(self, words: str) -> None:
        """Add spoken words (or a :data:`BREAK`) to the history."""
        self.history.extend(words.split())
        if len(self.history) > 4 * _HISTORY:
            del self.history[: -2 * _HISTORY]

    def before(self, count: int = 1) -> str:
        """The last ``count`` spoken words, joined."""
        return " ".join(self.history[-count:])

    def after_any(self, phrases: frozenset[str]) -> bool:
        """Whether one of ``phrases`` was just said."""
        history = self.history
        if not history or history[-1] == BREAK:
            return False
        return any(" ".join(history[-n:]) in phrases for n in (1, 2, 3, 4) if n <= len(history))

    def cued(self, *names: str) -> bool:
        """Whether a phrase of one of these cue lists was just said."""
        return any(self.after_any(self.tables.cues[name]) for name in names)

    def ahead(self, pos: int, count: int = 3) -> list[str]:
        """The next ``count`` words after ``pos``, canonical; stops at punctuation."""
        found: list[str] = []
        for _ in range(count):
            match = _AHEAD.match(self.text, pos, self.end)
            if not match:
                break
            found.append(canonical(match[1]))
            pos = match.end()
        return found

    def followed(self, pos: int, *names: str) -> bool:
        """Whether a phrase of one of these cue lists comes next."""
        words = self.ahead(pos)
        phrases = [" ".join(words[:n]) for n in range(1, len(words) + 1)]
        return any(p in self.tables.cues[name] for name in names for p in phrases)

    def holds(self, when: When, pos: int) -> bool:
        """Whether the condition of a reading holds for a sign that ends at ``pos``."""
        if when.prev and not self.after_any(when.prev):
            return False
        if when.next:
            rest = self.lower[pos : min(self.end, pos + 40)].lstrip(". \n\t(|")
            if not any(
                rest.startswith(item) and not rest[len(item) : len(item) + 1].isalpha()
                for item in when.next
            ):
                return False
        if when.text:
            about = self.subjects.get(when.text)
            if about is None:
                about = self.subjects[when.text] = any(item in self.lower for item in when.text)
            if not about:
                return False
        if when.nextnum and not _NEXT_NUMBER.match(self.text, pos, self.end):
            return False
        if when.prevnum and not (self.history and self.history[-1] != BREAK):
            return False
        if when.nextcap:
            match = _NEXT_CAPITAL.match(self.text, pos, self.end)
            return bool(match and match[1].isupper())
        return True
