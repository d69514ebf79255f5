"""Folding Vietnamese so that what sounds alike is written alike.

Three foldings, from mild to strong:

* :func:`plain` – NFC, lower case, no punctuation, one space: what people type and hear.
* :func:`bare` – without diacritics, as people type who leave them out.
* :func:`phonetic` – one short code a syllable, in which the mergers of the three regions (l/n,
  s/x, tr/ch, d/gi/r, v/d, hỏi/ngã, final n/ng and t/c) and the confusions of recognisers
  disappear. Old and new tone placement (hoà, hòa) fall together by construction.

Mergers: Hoàng Thị Châu, "Phương ngữ học tiếng Việt" (2004), the table of regional initials,
finals and tones.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = {"\u0300": "2", "\u0301": "1", "\u0303": "4", "\u0309": "4", "\u0323": "5"}
"""Combining mark -> tone class. Hỏi and ngã are one class: the South and Centre merge them."""

_WORD = re.compile(r"[^\W_]+")

# Longest first. Two spellings of one sound, or two sounds that a region merges, share a code.
_ONSETS: tuple[tuple[str, str], ...] = (
    ("ngh", "Q"), ("ng", "Q"), ("nh", "J"), ("gh", "G"), ("gi", "Z"), ("kh", "K"), ("ph", "F"),
    ("qu", "W"), ("th", "H"), ("tr", "C"), ("ch", "C"), ("b", "B"), ("c", "X"), ("k", "X"),
    ("q", "X"), ("d", "Z"), ("đ", "D"), ("g", "G"), ("h", "R"), ("l", "N"), ("m", "M"),
    ("n", "N"), ("p", "B"), ("r", "Z"), ("s", "S"), ("t", "T"), ("v", "Z"), ("x", "S"),
    ("f", "F"), ("w", "W"), ("j", "Z"), ("z", "Z"),
)  # fmt: skip

_CODAS: tuple[tuple[str, str], ...] = (
    ("ng", "n"), ("nh", "n"), ("ch", "t"), ("n", "n"), ("m", "m"), ("t", "t"), ("c", "t"),
    ("p", "p"),
)  # fmt: skip

# Nuclei by their letters without tone. Diphthongs that differ only in spelling share a code.
_NUCLEI: dict[str, str] = {
    "iê": "ie", "yê": "ie", "ia": "ie", "ya": "ie", "uô": "uo", "ua": "uo", "ươ": "wo",
    "ưa": "wo", "y": "i", "ă": "a", "â": "o", "ơ": "o",
}  # fmt: skip


def plain(text: str) -> str:
    """``text`` in NFC and lower case, with single spaces and no punctuation."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFC", text).lower()))


@lru_cache(maxsize=65536)
def _bare_word(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def bare(text: str) -> str:
    """:func:`plain`, without any diacritics; đ becomes d."""
    return " ".join(_bare_word(w) for w in plain(text).split())


@lru_cache(maxsize=65536)
def phonetic_syllable(word: str, *, tones: bool = True) -> str:
    """The code of one plain word: onset, nucleus, coda, and its tone when ``tones``.

    A word that is no Vietnamese syllable keeps its letters.
    """
    tone = "0"
    letters = []
    for c in unicodedata.normalize("NFD", word):
        if c in _TONES:
            tone = _TONES[c]
        else:
            letters.append(c)
    rest = unicodedata.normalize("NFC", "".join(letters))
    onset = ""
    for spelling, code in _ONSETS:
        if rest.startswith(spelling):
            onset, rest = code, rest[len(spelling) :]
            # "gi" with no other vowel behind it carries the vowel itself ("gì", "gìn"), and
            # before "ê" it carries half of the diphthong ("giếng", "giết").
            if spelling == "gi" and rest[:1] not in tuple("aăâeoôơuưiy"):
                rest = "i" + rest
            break
    coda = ""
    for spelling, code in _CODAS:
        if rest.endswith(spelling) and len(rest) > len(spelling):
            coda, rest = code, rest[: -len(spelling)]
            break
    nucleus = _NUCLEI.get(rest, "".join(_NUCLEI.get(c, c) for c in rest))
    return onset + nucleus + coda + (tone if tones else "")


def phonetic(text: str, *, tones: bool = True) -> str:
    """The codes of the words of ``text``, separated by spaces."""
    return " ".join(phonetic_syllable(w, tones=tones) for w in plain(text).split())
