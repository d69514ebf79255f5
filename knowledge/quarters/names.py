"""Names of streets in several foldings, so that what is meant alike is written alike.

* :func:`exact` – a syllable with its accents; old and new tone placement (hoà, hòa) and i/y at
  the end (Lý, Lí; Mỹ, Mĩ) fall together, number words become figures.
* :func:`bare` – without accents, as people type who leave them out.
* :func:`sound` – what regions and recognisers confuse (l/n, s/x, tr/ch, d/gi/r/v, final n/ng and
  t/c) falls together, and tones are dropped.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")

FIGURES: dict[str, str] = {
    "một": "1", "hai": "2", "ba": "3", "bốn": "4", "tư": "4", "năm": "5", "sáu": "6",
    "bảy": "7", "bẩy": "7", "tám": "8", "chín": "9", "mười": "10",
}  # fmt: skip
"""Number words that stand in names of streets (ba tháng hai, Cách Mạng Tháng Tám)."""

_ONSETS: tuple[tuple[str, str], ...] = (
    ("ngh", "Q"), ("ng", "Q"), ("nh", "J"), ("gh", "G"), ("gi", "Z"), ("kh", "K"), ("ph", "F"),
    ("qu", "W"), ("th", "H"), ("tr", "C"), ("ch", "C"), ("b", "B"), ("c", "X"), ("k", "X"),
    ("q", "X"), ("d", "Z"), ("đ", "D"), ("g", "G"), ("h", "R"), ("l", "N"), ("m", "M"),
    ("n", "N"), ("p", "B"), ("r", "Z"), ("s", "S"), ("t", "T"), ("v", "Z"), ("x", "S"),
)  # fmt: skip
_CODAS = (("ng", "n"), ("nh", "n"), ("ch", "t"), ("n", "n"), ("m", "m"), ("t", "t"), ("c", "t"),
          ("p", "p"))  # fmt: skip


def nfc(text: str) -> str:
    """Composed letters, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _marks(word: str) -> tuple[str, str]:
    """Letters without tone (NFC), and the tone mark."""
    tone, letters = "", []
    for c in unicodedata.normalize("NFD", word):
        if c in _TONES:
            tone = c
        else:
            letters.append(c)
    return unicodedata.normalize("NFC", "".join(letters)), tone


@lru_cache(maxsize=65536)
def _exact_word(word: str) -> str:
    if word in FIGURES:
        return FIGURES[word]
    letters, tone = _marks(word)
    if len(letters) > 1 and letters[-1] == "y" and letters[-2] in "hklmstđ":
        letters = letters[:-1] + "i"
    return letters + tone


@lru_cache(maxsize=65536)
def bare_word(word: str) -> str:
    """One word in lower case without any accent; đ as d."""
    decomposed = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


_BARE_FIGURES = {bare_word(word): figure for word, figure in FIGURES.items()}


def exact(word: str) -> str:
    """The accented key of one word."""
    return _exact_word(unicodedata.normalize("NFC", word).lower())


@lru_cache(maxsize=65536)
def bare(word: str) -> str:
    """The key of one word without accents. "Nam" and "năm" fall together on both sides."""
    key = bare_word(word)
    if len(key) > 1 and key[-1] == "y" and key[-2] in "hklmstd":
        key = key[:-1] + "i"
    return _BARE_FIGURES.get(key, key)


def is_bare(word: str) -> bool:
    """Whether ``word`` is written without any accent, as by somebody who types none."""
    return bare_word(word) == unicodedata.normalize("NFC", word).lower()


@lru_cache(maxsize=65536)
def sound(word: str, *, figures: bool = True) -> str:
    """One short code for how a syllable sounds, without its tone; figure words as figures."""
    rest, _ = _marks(word.lower())
    if rest.isdecimal():
        return rest
    if figures and word.lower() in FIGURES:
        return FIGURES[word.lower()]
    onset = coda = ""
    for spelling, code in _ONSETS:
        if rest.startswith(spelling):
            onset, rest = code, rest[len(spelling) :]
            if spelling == "gi" and rest[:1] not in tuple("aăâeoôơuưiy"):
                rest = "i" + rest
            break
    for spelling, code in _CODAS:
        if rest.endswith(spelling) and len(rest) > len(spelling):
            coda, rest = code, rest[: -len(spelling)]
            break
    return onset + bare_word(rest).replace("y", "i") + coda


_WORD = re.compile(r"\d+|[^\W\d_]+")


def words(text: str) -> list[str]:
    """Words and figures of ``text``, in NFC; "CMT8" is two."""
    return _WORD.findall(unicodedata.normalize("NFC", text))


def squeezed(text: str) -> str:
    """Bare letters and figures alone: the key under which wards, quarters and lots are kept."""
    return "".join(bare_word(word) for word in words(text))


STREET_WORDS = frozenset(("đường", "phố", "đ", "đg", "duong", "pho"))
"""Words before a street's name that are no part of it."""


def street_words(name: str) -> list[str]:
    """The words that tell a street from others: "Đường Lạc Long Quân" without "Đường".

    A street that is only numbered keeps its word: "Đường số 3" is "đường 3".
    """
    found = words(name)
    if not found or found[0].lower() not in STREET_WORDS:
        return found
    rest = found[1:]
    if rest and rest[0].lower() in ("số", "so"):
        rest = rest[1:]
    if rest and exact(rest[0]).isdecimal() and len(rest) <= 2 and len(rest[-1]) < 3:
        return ["đường", *rest]
    return found[1:] or found


def street_key(name: str) -> tuple[str, ...]:
    """What makes two spellings one street: hoà and hòa, Lý and Lí, Tám and 8."""
    return tuple(exact(word) for word in street_words(name))
