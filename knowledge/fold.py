"""Folding of Vietnamese for look-ups: NFD, missing diacritics and tone placement fall together.

The understanding room has its own folding; rooms do not import each other.
"""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")

_BASES = "aăâeêioôơuưy"
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def _unmarked(letter: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c))
    return bare.lower().replace("đ", "d")


_LETTERS = {
    ord(form): _unmarked(form)
    for base in _BASES + _BASES.upper()
    for form in (base, *(unicodedata.normalize("NFC", base + tone) for tone in _TONES))
} | {ord("đ"): "d", ord("Đ"): "d"}
"""Every Vietnamese letter -> its base in lower case: a table is ten times faster than NFKD."""

# Tone on the second vowel of oa, oe, uy at the end of a word: hoá -> hóa (QĐ 240 of 1984 and the
# older way are both in use).
_OLD_TONE = re.compile(r"\b(\w*?)(oá|oà|oả|oã|oạ|oé|oè|oẻ|oẽ|oẹ|uý|uỳ|uỷ|uỹ|uỵ)\b")
_NEW = dict(zip("oá oà oả oã oạ oé oè oẻ oẽ oẹ uý uỳ uỷ uỹ uỵ".split(),  # noqa: SIM905
                "óa òa ỏa õa ọa óe òe ỏe õe ọe úy ùy ủy ũy ụy".split(),  # noqa: SIM905
                strict=True))  # fmt: skip


def nfc(text: str) -> str:
    """``text`` with composed letters, single spaces, and nothing around it."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(text: str) -> str:
    """Words of ``text`` in lower case, without diacritics, đ as d, one space between them.

    >>> fold("Hướng dẫn 42-HD/BTCTW")
    'huong dan 42 hd btctw'
    """
    if text.isascii():
        return " ".join(_WORD.findall(text.lower().replace("_", " ")))
    simple = text.translate(_LETTERS)
    if simple.isascii():
        return " ".join(_WORD.findall(simple.lower()))
    # All marks come off by decomposition (NFKD also undoes full-width forms); only đ has none.
    decomposed = unicodedata.normalize("NFKD", text)
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(_WORD.findall(letters.lower().replace("đ", "d")))


def fold_code(code: str) -> str:
    """A document's code with nothing but letters and digits, and no zero in front.

    >>> fold_code("06-HD/TW"), fold_code("6 hd tw")
    ('6hdtw', '6hdtw')
    """
    return fold(code).replace(" ", "").lstrip("0")


def spell(text: str) -> str:
    """Words of ``text`` in lower case with their diacritics, tones placed the newer way.

    >>> spell("Khoá XIII, Uỷ ban; quý I")
    'khóa xiii ủy ban quý i'
    """
    words = _WORD.findall(unicodedata.normalize("NFC", text).lower())
    return " ".join(_placed(word) for word in words)


def _placed(word: str) -> str:
    if word.isascii() or word.startswith("qu"):
        return word
    return _OLD_TONE.sub(lambda match: match[1] + _NEW[match[2]], word)
