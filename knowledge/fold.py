"""Folding of Vietnamese for look-ups: NFD, missing diacritics and tone placement fall together.

The understanding room has its own folding; rooms do not import each other.
"""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")


def nfc(text: str) -> str:
    """``text`` with composed letters, single spaces, and nothing around it."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(text: str) -> str:
    """Words of ``text`` in lower case, without diacritics, đ as d, one space between them.

    >>> fold("Hướng dẫn 42-HD/BTCTW")
    'huong dan 42 hd btctw'
    """
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
