"""Roman numerals, where they are numerals."""

from __future__ import annotations

import re

_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_FORM = re.compile(r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")


def roman_value(sign: str) -> int | None:
    """The value of ``sign`` (capitals), or None when it is not a well-formed numeral."""
    if not sign or not _FORM.fullmatch(sign):
        return None
    total = 0
    for here, following in zip(sign, [*sign[1:], ""], strict=True):
        value = _VALUES[here]
        total += -value if _VALUES.get(following, 0) > value else value
    return total
