"""What of a text is left unread: signs in the words, letters spelt, characters without a place."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from voice.read.reader import Sentence
from voice.read.spelling import is_syllable
from voice.read.tables import letter_words, tables


@dataclass(slots=True)
class Left:
    """What was found in one text or more."""

    characters: int = 0
    sentences: int = 0
    words: int = 0
    signs: Counter[str] = field(default_factory=Counter)
    """Characters in the words that are no letters: digits, slashes, brackets …"""
    strange: Counter[str] = field(default_factory=Counter)
    """Words that are neither a Vietnamese syllable nor the name of a letter."""
    silent: Counter[str] = field(default_factory=Counter)
    """Written tokens with a letter or digit for which nothing is said."""
    spelt: Counter[str] = field(default_factory=Counter)
    """Capitals said letter by letter: an abbreviation that no table knows."""
    lost: Counter[str] = field(default_factory=Counter)
    """Characters that lie in no token and are neither white space nor punctuation."""

    @property
    def count(self) -> int:
        """How many places are left in all."""
        return sum(
            found.total()
            for found in (self.signs, self.strange, self.silent, self.spelt, self.lost)
        )

    def add(self, text: str, sentences: Sequence[Sentence]) -> None:
        """Look through ``text`` and what :func:`~voice.read.read` made of it."""
        self.characters += len(text)
        self.sentences += len(sentences)
        covered = bytearray(len(text))
        for sentence in sentences:
            spoken = sentence.words
            said = spoken.split()
            self.words += len(said)
            self.signs.update(c for c in spoken if not (c.isalpha() and c.islower()) and c != " ")
            self.strange.update(w for w in said if not is_syllable(w) and w not in letter_words())
            for token in sentence.tokens:
                covered[token.start : token.end] = b"\1" * (token.end - token.start)
                self._token(text[token.start : token.end], token.words)
        self.lost.update(
            c
            for c, is_covered in zip(text, covered, strict=True)
            if not is_covered and unicodedata.category(c)[0] not in "PZCM"
        )

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready values."""
        return {
            "characters": self.characters,
            "sentences": self.sentences,
            "words": self.words,
            "left": self.count,
            "signs": dict(self.signs),
            "strange": dict(self.strange),
            "silent": dict(self.silent),
            "spelt": dict(self.spelt),
            "lost": dict(self.lost),
        }

    def _token(self, written: str, words: str) -> None:
        if not words:
            if any(c.isalnum() for c in written):
                self.silent[written] += 1
            return
        letters = [c for c in written if c.isalpha()]
        if len(letters) > 1 and "".join(letters).isupper():
            names = tables().letters
            if " ".join(names.get(c.lower(), "") for c in letters) == words:
                self.spelt[written] += 1
