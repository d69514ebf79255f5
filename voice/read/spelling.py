"""Vietnamese spelling: one form for every text, syllables, and where the tone mark stands.

Text comes in NFC or NFD, with the tone mark of ``hoà`` or of ``hòa``, with the Icelandic letter
that old fonts use for Đ. Inside, there is one form: NFC, and the tone mark as most people write
it (``hòa``, ``khỏe``, ``ủy``; ``quý`` and ``hoàn`` have only one way).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

TONES = "\u0300\u0301\u0303\u0309\u0323"
"""Combining grave, acute, tilde, hook above, dot below: huyền, sắc, ngã, hỏi, nặng."""

# Zero-width and formatting characters that say nothing: they belong to the letter before them.
_IGNORED = frozenset("\u00ad\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff")
_REPLACED = {
    "\u00d0": "Đ",  # ETH, in old Vietnamese fonts
    "\u0189": "Đ",  # African D, seen in PDF text layers
    "\u01a2": "Ư",  # OI, what PDF converters make of Ư
    "\u01a3": "ư",
    "\u200b": " ",
    "\u00a0": " ",
    "\u202f": " ",
    "\u2007": " ",
    "\u2009": " ",
    "\u3000": " ",
    "\t": "\t",
}


@dataclass(frozen=True, slots=True)
class Normalised:
    """Text in the one form, and where each of its characters comes from."""

    text: str
    """NFC, one character for each cluster of the source."""
    offsets: tuple[int, ...] | None
    """Start of each character in the source, and the source's length; None when equal."""

    def source(self, index: int) -> int:
        """The place in the source of the character at ``index`` (0 … ``len(text)``)."""
        return index if self.offsets is None else self.offsets[index]


def normalise(text: str) -> Normalised:
    """``text`` in NFC with one character a cluster, and the way back to the source."""
    if text.isascii():
        return Normalised(text, None)
    if unicodedata.is_normalized("NFC", text) and not any(map(_is_odd, set(text))):
        return Normalised(text, None)
    characters: list[str] = []
    offsets: list[int] = []
    cluster = ""
    for index, character in enumerate(text):
        joins = unicodedata.combining(character) or character in _IGNORED
        if joins and characters:
            if character not in _IGNORED:
                cluster += character
                # A mark that composes with nothing is dropped: a voice could not say it.
                characters[-1] = unicodedata.normalize("NFC", cluster)[0]
            continue
        character = _REPLACED.get(character, character)
        if character.isdecimal() and not character.isascii():
            character = str(unicodedata.decimal(character))
        cluster = character
        characters.append(unicodedata.normalize("NFC", character)[0])
        offsets.append(index)
    offsets.append(len(text))
    return Normalised("".join(characters), tuple(offsets))


def _is_odd(character: str) -> bool:
    if character.isascii():
        return False
    return (
        character in _REPLACED
        or character in _IGNORED
        or unicodedata.combining(character) != 0
        or character.isdecimal()
    )


def split_tone(word: str) -> tuple[str, str]:
    """``word`` (NFC) without its tone mark, and the mark ("" when level)."""
    tone = ""
    bare = []
    for character in unicodedata.normalize("NFD", word):
        if character in TONES:
            tone = character
        else:
            bare.append(character)
    return unicodedata.normalize("NFC", "".join(bare)), tone


def strip_marks(word: str) -> str:
    """``word`` with no diacritics at all, đ as d."""
    bare = unicodedata.normalize("NFD", word).replace("đ", "d").replace("Đ", "D")
    return "".join(c for c in bare if not unicodedata.combining(c))


_VOWELS = frozenset("aăâeêioôơuưy")
_MARKED = frozenset("ăâêôơư")


def _nucleus(bare: str) -> tuple[int, int]:
    """Where the vowels that can carry the tone begin and end."""
    start = 0
    if len(bare) > 2 and (bare[:2] == "qu" or (bare[:2] == "gi" and bare[2] in _VOWELS)):
        start = 2
    else:
        while start < len(bare) and bare[start] not in _VOWELS:
            start += 1
    end = start
    while end < len(bare) and bare[end] in _VOWELS:
        end += 1
    return start, end


def place_tone(bare: str, tone: str) -> str:
    """The syllable ``bare`` with ``tone`` on the vowel where most people write it."""
    if not tone:
        return bare
    start, end = _nucleus(bare)
    length = end - start
    if not length:
        return unicodedata.normalize("NFC", bare + tone)
    marked = [i for i in range(start, end) if bare[i] in _MARKED]
    if marked:
        place = marked[-1]
    elif end < len(bare):
        place = end - 1
    elif length >= 3:
        place = start + 1
    else:
        place = start
    return unicodedata.normalize("NFC", bare[: place + 1] + tone + bare[place + 1 :])


@lru_cache(maxsize=20_000)
def canonical(word: str) -> str:
    """``word`` in lower case, NFC, its tone mark in the one place; other words unchanged."""
    word = unicodedata.normalize("NFC", word.lower())
    if word.isascii():
        return word
    bare, tone = split_tone(word)
    if not tone or not _fits(bare):
        return word
    return place_tone(bare, tone)


_ONSETS: set[str] = set()
_RIMES: set[str] = set()


@cache
def load_syllables() -> None:
    """Read the table of onsets and rimes (once)."""
    path = Path(__file__).parent / "data" / "syllables.tsv"
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        part, _, forms = line.partition("\t")
        for form in unicodedata.normalize("NFC", forms).split():
            if part == "onset":
                _ONSETS.add(form)
            else:
                _RIMES.add(form)
                # Text typed without diacritics must pass as well.
                _RIMES.add(strip_marks(form))
    _ONSETS.add("")


@lru_cache(maxsize=20_000)
def _fits(bare: str) -> bool:
    load_syllables()
    for cut in (3, 2, 1, 0):
        if bare[:cut] in _ONSETS and len(bare[:cut]) == cut and bare[cut:] in _RIMES:
            return True
    return False


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether ``word`` (lower case, NFC) is built like one Vietnamese syllable."""
    return _fits(split_tone(word)[0])


_STOPS = ("c", "ch", "p", "t")


@lru_cache(maxsize=20_000)
def is_sayable(word: str) -> bool:
    """Whether ``word`` is a syllable with a tone it can have: a final stop needs sắc or nặng.

    It tells ``CÁT`` (a word) from ``BOT`` (letters) in text that does write its diacritics.
    """
    bare, tone = split_tone(word)
    return _fits(bare) and (not bare.endswith(_STOPS) or tone in ("\u0301", "\u0323"))
