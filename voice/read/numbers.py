"""Numbers as words: cardinals, ordinals, digits one by one, decimals, house numbers.

North: nghìn, linh, hai mươi tư. Centre and South: ngàn, lẻ, hai mươi bốn. After mươi, 1 is
mốt and 5 is lăm; empty places inside a number are said (không trăm linh năm).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

Region = Literal["bac", "trung", "nam"]

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
LARGEST = 10**18
"""Numbers above this have no name people know; the reader says them digit by digit."""


def thousand(region: Region) -> str:
    """1000: nghìn in the North, ngàn elsewhere."""
    return "nghìn" if region == "bac" else "ngàn"


def _tens(n: int, region: Region) -> str:
    ten, one = divmod(n, 10)
    if ten == 0:
        return DIGITS[one]
    if ten == 1:
        if one == 0:
            return "mười"
        return "mười " + ("lăm" if one == 5 else DIGITS[one])
    head = DIGITS[ten] + " mươi"
    if one == 0:
        return head
    if one == 1:
        return head + " mốt"
    if one == 4:
        return head + (" tư" if region == "bac" else " bốn")
    if one == 5:
        return head + " lăm"
    return head + " " + DIGITS[one]


def _hundreds(n: int, region: Region, padded: bool) -> str:
    hundred, rest = divmod(n, 100)
    if not hundred and not padded:
        return _tens(rest, region)
    words = DIGITS[hundred] + " trăm"
    if rest == 0:
        return words
    if rest < 10:
        return f"{words} {'linh' if region == 'bac' else 'lẻ'} {DIGITS[rest]}"
    return f"{words} {_tens(rest, region)}"


@lru_cache(maxsize=8192)
def spell_cardinal(n: int, *, region: Region = "bac") -> str:
    """``n`` as words, -10**18 … 10**18; ValueError beyond.

    1_005 is "một nghìn không trăm linh năm" (North), "một ngàn không trăm lẻ năm" (South).
    """
    if n < 0:
        return "âm " + spell_cardinal(-n, region=region)
    if n > LARGEST:
        raise ValueError(f"{n} is larger than {LARGEST}; use spell_digits")
    if n < 1000:
        return _hundreds(n, region, padded=False)
    parts: list[str] = []
    billions, rest = divmod(n, 10**9)
    if billions:
        parts.append(spell_cardinal(billions, region=region) + " tỷ")
    for size, name in ((10**6, "triệu"), (10**3, thousand(region)), (1, "")):
        group, rest = divmod(rest, size)
        if group:
            words = _hundreds(group, region, padded=bool(parts))
            parts.append(f"{words} {name}" if name else words)
    return " ".join(parts)


def spell_digits(digits: str) -> str:
    """Each digit of ``digits`` by itself; other characters are skipped."""
    return " ".join(DIGITS[int(c)] for c in digits if c.isdecimal())


def spell_ordinal(n: int, *, region: Region = "bac") -> str:
    """``n`` as it is said after "thứ": nhất, hai, ba, tư, năm …"""
    if n == 1:
        return "nhất"
    if n == 4:
        return "tư"
    return spell_cardinal(n, region=region)


def spell_decimal(whole: int, fraction: str, *, region: Region = "bac") -> str:
    """``whole``,``fraction`` with its fraction digit by digit: ba phẩy một bốn."""
    return f"{spell_cardinal(whole, region=region)} phẩy {spell_digits(fraction)}"


def spell_fraction(above: int, below: int, *, region: Region = "bac") -> str:
    """``above``/``below`` as a share of a whole: một phần hai, ba phần tư."""
    under = "tư" if below == 4 else spell_cardinal(below, region=region)
    return f"{spell_cardinal(above, region=region)} phần {under}"


def spell_month(n: int, *, region: Region = "bac") -> str:
    """A month's number; the fourth is tư everywhere."""
    return "tư" if n == 4 else spell_cardinal(n, region=region)


def spell_day(n: int, *, region: Region = "bac") -> str:
    """A day of the month; the first ten take mùng (North) or mồng."""
    words = spell_cardinal(n, region=region)
    if n > 10:
        return words
    return f"{'mùng' if region == 'bac' else 'mồng'} {words}"


def spell_house(digits: str, *, region: Region = "bac") -> str:
    """A number of a house or an alley the short way: 45 bốn lăm, 123 một hai ba, 12 mười hai."""
    if len(digits) != 2 or digits[0] == "0":
        return spell_digits(digits)
    n = int(digits)
    if n < 20 or n % 10 == 0:
        return spell_cardinal(n, region=region)
    return spell_cardinal(n, region=region).replace(" mươi ", " ")
