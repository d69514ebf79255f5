"""Numbers as they are said: "hai chín bốn", "hai trăm chín mươi tư", "năm mươi", "không sáu".

Small, and only for codes, labels and years. The understanding room has its own; rooms do not
import each other. Words come in folded (knowledge/fold.py), so "nam" is both năm and lăm's rival.
"""

from __future__ import annotations

from collections.abc import Sequence

_DIGITS = {
    "khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "sau": 6,
    "bay": 7, "tam": 8, "chin": 9,
}  # fmt: skip
_AFTER_TEN = {**{k: v for k, v in _DIGITS.items() if k != "nam"}, "lam": 5, "nham": 5}
"""After mươi and mười, five is lăm: "năm mươi năm 2025" is fifty, and then a year."""

_ZERO = ("linh", "le")
_THOUSAND = ("nghin", "ngan")

LONGEST = 8
"""Digits said one by one that are taken for one number."""


def number_at(words: Sequence[str], at: int) -> tuple[str, int] | None:
    """The number that begins at ``words[at]`` and where it ends, or None.

    Digits said one by one keep their zeros: "không sáu" is "06".

    >>> number_at("hai chin bon".split(), 0), number_at("hai tram chin muoi tu".split(), 0)
    (('294', 3), ('294', 5))
    >>> number_at("nam muoi nam hai khong hai lam".split(), 0)
    ('50', 2)
    """
    if at >= len(words):
        return None
    if words[at].isdigit():
        return (words[at], at + 1) if words[at].isascii() else None
    said = _composed(words, at)
    if said is not None:
        return str(said[0]), said[1]
    digits, end = "", at
    while end < len(words) and len(digits) < LONGEST and words[end] in _DIGITS:
        if digits and words[end] == "nam" and _is_year(words, end):
            break
        digits += str(_DIGITS[words[end]])
        end += 1
    return (digits, end) if digits else None


def _is_year(words: Sequence[str], at: int) -> bool:
    """Whether ``words[at]``, năm, is the word for year: a year follows."""
    rest = list(words[at + 1 : at + 3])
    if not rest:
        return False
    return (
        (rest[0].isdigit() and len(rest[0]) == 4)
        or rest[:2] == ["hai", "nghin"]
        or (rest[:2] == ["hai", "khong"])
    )


def _composed(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """A number with nghìn, trăm or mươi."""
    total, end = 0, at
    thousands = _below_thousand(words, end, plain=True)
    if thousands and thousands[1] < len(words) and words[thousands[1]] in _THOUSAND:
        total, end = thousands[0] * 1000, thousands[1] + 1
        rest = _below_thousand(words, end, plain=False)
        if rest is None and end < len(words) and words[end] in _DIGITS and words[end] != "nam":
            return total + _DIGITS[words[end]] * 100, end + 1  # "hai nghìn mốt" is rare: 2100
        return (total + rest[0], rest[1]) if rest else (total, end)
    return _below_thousand(words, end, plain=False)


def _below_thousand(words: Sequence[str], at: int, *, plain: bool) -> tuple[int, int] | None:
    """Hundreds and tens; with ``plain`` also a single digit."""

    def word(index: int) -> str:
        return words[index] if index < len(words) else ""

    if word(at) in _DIGITS and word(at + 1) == "tram":
        total, end = _DIGITS[word(at)] * 100, at + 2
        if word(end) in _ZERO and word(end + 1) in _DIGITS:
            return total + _DIGITS[word(end + 1)], end + 2
        tens = _tens(words, end)
        if tens:
            return total + tens[0], tens[1]
        # "hai trăm chín tư": the word for ten is left out.
        if word(end) in _DIGITS and word(end + 1) in _AFTER_TEN and word(end) != "nam":
            return total + 10 * _DIGITS[word(end)] + _AFTER_TEN[word(end + 1)], end + 2
        return total, end
    tens = _tens(words, at)
    if tens:
        return tens
    return (_DIGITS[word(at)], at + 1) if plain and word(at) in _DIGITS else None


def _tens(words: Sequence[str], at: int) -> tuple[int, int] | None:
    def word(index: int) -> str:
        return words[index] if index < len(words) else ""

    # mười and mươi fold together; only mươi has a digit before it.
    if word(at) == "muoi":
        total, end = 10, at + 1
    elif word(at) in _DIGITS and word(at + 1) in ("muoi", "chuc"):
        total, end = 10 * _DIGITS[word(at)], at + 2
    else:
        return None
    if word(end) in _AFTER_TEN and word(end + 1) not in ("tram", "muoi", *_THOUSAND):
        return total + _AFTER_TEN[word(end)], end + 1
    return total, end
