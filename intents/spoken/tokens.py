"""Cuts text into words that remember where they stood, and compares words as people write them.

A word is compared by its :func:`key`: lower case, with the tone behind the letters, so that the
old and the new place of the tone mark (hoà, hòa), NFC and NFD, and y/i as the only vowel (kỹ, kĩ)
fall together. A text with no diacritics at all is compared without them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

T = TypeVar("T")

# Letters carry their combining marks with them: offsets must hold for NFD text too.
_TOKEN = re.compile(r"\d+|(?:[^\W\d_][\u0300-\u036f]*)+|[^\s\w]|_")

# kỹ is kĩ and quý is quí, but hay is not hai.
_Y = re.compile(r"(?<=qu)y|(?<![aeou\u0302])y")

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")

# Typed without diacritics inside a text that has some, these can be nothing else.
_ONLY_NUMBERS = frozenset(
    ("khong", "mot", "bon", "bay", "muoi", "tram", "nghin", "trieu", "phay", "ruoi", "xuyet")
)


@lru_cache(maxsize=65536)
def key(word: str) -> str:
    """``word`` in a form in which its spellings are equal."""
    tones: list[str] = []
    letters: list[str] = []
    for c in unicodedata.normalize("NFD", word.lower()):
        (tones if c in _TONES else letters).append(c)
    return _Y.sub("i", "".join(letters)) + "".join(tones)


@lru_cache(maxsize=65536)
def bare_key(word: str) -> str:
    """``word`` without diacritics, in the form of :func:`key`."""
    decomposed = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    return _Y.sub("i", "".join(c for c in decomposed if not unicodedata.combining(c)))


@dataclass(frozen=True, slots=True)
class Token:
    """One word, run of digits, or sign."""

    text: str
    """As it stands in the input."""
    start: int
    """Offset of its first character in the input."""
    end: int
    """Offset behind its last."""
    glued: bool
    """Whether it follows the token before with no space."""

    @property
    def digits(self) -> str:
        """The digits, or nothing."""
        return self.text if self.text[0].isdecimal() else ""

    @property
    def word(self) -> str:
        """The word in NFC and lower case."""
        return unicodedata.normalize("NFC", self.text).lower()


class Text:
    """A text as tokens. Comparisons are with diacritics if it has any, else without."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        found = list(_TOKEN.finditer(raw))
        self.tokens: tuple[Token, ...] = tuple(
            Token(m[0], m.start(), m.end(), n > 0 and found[n - 1].end() == m.start())
            for n, m in enumerate(found)
        )
        self.toned = any(ord(c) > 127 and (c.isalpha() or unicodedata.combining(c)) for c in raw)
        self._keys = [key(t.text) for t in self.tokens]
        self._bare = [bare_key(t.text) for t in self.tokens]

    def __len__(self) -> int:
        return len(self.tokens)

    def key_at(self, at: int) -> str:
        """What the token at ``at`` is looked up by; nothing outside the text."""
        if not 0 <= at < len(self.tokens):
            return ""
        return self._bare[at] if self.bare_at(at) else self._keys[at]

    def bare_at(self, at: int) -> bool:
        """Whether the token at ``at`` is compared without diacritics."""
        if not 0 <= at < len(self.tokens):
            return False
        return not self.toned or (
            self._bare[at] in _ONLY_NUMBERS and self._keys[at] == self._bare[at]
        )

    def digits_at(self, at: int) -> str:
        """The run of digits at ``at``, or nothing."""
        return self.tokens[at].digits if 0 <= at < len(self.tokens) else ""

    def sign_at(self, at: int) -> str:
        """The sign at ``at``, or nothing for words, digits and outside."""
        if not 0 <= at < len(self.tokens):
            return ""
        text = self.tokens[at].text
        return text if not (text[0].isalnum()) else ""

    def glued_at(self, at: int) -> bool:
        """Whether the token at ``at`` follows the one before with no space."""
        return 0 < at < len(self.tokens) and self.tokens[at].glued

    def span(self, begin: int, end: int) -> tuple[int, int]:
        """Offsets in the input of the tokens ``begin`` to ``end`` (exclusive)."""
        return self.tokens[begin].start, self.tokens[end - 1].end

    def said(self, begin: int, end: int) -> str:
        """The part of the input that the tokens ``begin`` to ``end`` cover, in NFC."""
        start, stop = self.span(begin, end)
        return unicodedata.normalize("NFC", self.raw[start:stop])

    def skip_signs(self, at: int, signs: str = ".,:;") -> int:
        """The first position from ``at`` on that is none of ``signs``."""
        while self.sign_at(at) and self.sign_at(at) in signs:
            at += 1
        return at


class Phrases(Generic[T]):
    """A table from phrases (of one or more words) to values, looked up at a position."""

    def __init__(self, entries: Mapping[str, T] | Iterable[tuple[str, T]]) -> None:
        pairs = entries.items() if isinstance(entries, Mapping) else entries
        self._exact: dict[tuple[str, ...], T] = {}
        self._bare: dict[tuple[str, ...], T] = {}
        for phrase, value in pairs:
            words = [t.text for t in Text(phrase).tokens]
            self._exact.setdefault(tuple(key(w) for w in words), value)
            self._bare.setdefault(tuple(bare_key(w) for w in words), value)
        self._longest = max(map(len, self._exact), default=0)

    def at(self, text: Text, at: int) -> tuple[T, int] | None:
        """The value of the longest phrase at ``at`` and the position behind it."""
        words: list[str] = []
        best: tuple[T, int] | None = None
        for n in range(self._longest):
            word = text.key_at(at + n)
            if not word:
                break
            words.append(word)
            table = self._exact if text.toned else self._bare
            found = tuple(words)
            if found in table:
                best = (table[found], at + n + 1)
        return best

    def all_in(self, text: Text) -> list[tuple[T, int, int]]:
        """Every longest match with its begin and end, left to right, none inside another."""
        found: list[tuple[T, int, int]] = []
        at = 0
        while at < len(text):
            hit = self.at(text, at)
            if hit:
                found.append((hit[0], at, hit[1]))
                at = hit[1]
            else:
                at += 1
        return found


def joined(parts: Sequence[str]) -> str:
    """``parts`` with single spaces."""
    return " ".join(p for p in parts if p)
