"""Words of an answer in a form in which spellings of one word are equal.

The reading room has a reader of its own; rooms do not import each other.
"""

from __future__ import annotations

import re
import unicodedata

from knowledge.fold import fold

# A date or a number keeps its separators: 15/11, 15-11-2026, 1.250.000, 7,5.
_TOKEN = re.compile(r"\d+(?:[./,-]\d+)*|[^\W\d_]+")
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def _word(word: str) -> str:
    """Letters, then the tone: where the tone mark stands (hòa, hoà) no longer matters."""
    letters, tone = [], ""
    for c in unicodedata.normalize("NFD", word):
        if c in _TONES:
            tone = c
        else:
            letters.append(c)
    return unicodedata.normalize("NFC", "".join(letters)) + tone


def tokens(text: str) -> list[str]:
    """The words and figures of ``text``: lower case, composed, tone at the end of the word.

    >>> tokens("Hoà, NGÀY 15/11!") == tokens("hòa ngày 15/11")
    True
    """
    plain = unicodedata.normalize("NFC", text).lower()
    return [_word(token) for token in _TOKEN.findall(plain)]


def is_bare(text: str) -> bool:
    """Whether ``text`` was written without any Vietnamese letter, as many people type."""
    return unicodedata.normalize("NFC", text).isascii()


def bare(token: str) -> str:
    """One token without diacritics."""
    return token if token[:1].isdigit() else fold(token)


def find(part: list[str], whole: list[str]) -> int:
    """Where ``part`` stands in ``whole`` as a run, or -1."""
    for start in range(len(whole) - len(part) + 1):
        if whole[start : start + len(part)] == part:
            return start
    return -1
