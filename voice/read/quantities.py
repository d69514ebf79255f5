"""Number literals, units, money, percentages, ranges and products."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from voice.read.numbers import (
    LARGEST,
    spell_cardinal,
    spell_decimal,
    spell_digits,
    spell_fraction,
    thousand,
)
from voice.read.spelling import canonical, is_syllable
from voice.read.tables import tables
from voice.read.tokens import DASHES, Piece, Scan

_GROUPED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?(?![\d.]*\d)")
# Groups parted by commas: English style, only when it cannot be a decimal.
_COMMAS = re.compile(r"[1-9]\d{0,2}(?:,\d{3}){2,}(?:\.\d+)?(?![\d,]*\d)")
_SPACED = re.compile(r"[1-9]\d{0,2}(?: \d{3})* 000(?!\d)")
_DECIMAL = re.compile(r"\d+,\d+(?!\d)")
_DOTTED = re.compile(r"\d+(?:\.\d+)+(?!\d)")
_INTEGER = re.compile(r"\d+")
_RANGE = re.compile(rf"\s?[{DASHES}÷~]\s?(?=\d)")
_TIMES = re.compile(r"\s?[x×X*]\s?(?=\d)")
_MIXED = re.compile(r"(\d{1,9})(tr|tỷ|tỉ|t)(\d{1,3})(?![^\W_])")
_PER = re.compile(r"\s?/\s?(đ/c|[^\W\d_]+(?:[23²³])?)")
_PER_TWO = re.compile(r"\s?/\s?([^\W\d_]+ [^\W\d_]+)")
_SIMPLE_FRACTION = re.compile(r"(\d{1,3})/(\d{1,4})(?![\d/])")
_MIXED_SHARE = re.compile(r" ([1-9])/([2-9]|10)(?![\d/]|[.,]\d)")
_LONGEST_NUMBER = 19
"""Digits of the longest number with a name; Python itself refuses to read 5000."""
_CURRENCIES = ("đồng", "đô la", "đô la mỹ", "ơ rô", "bảng anh", "yên nhật", "ru pi", "nhân dân tệ")
_MULTIPLES = ("k", "K", "tr", "t")


@dataclass(frozen=True, slots=True)
class Number:
    """A number literal."""

    words: str
    end: int
    value: int | None
    """Its value when it is a plain whole number."""


def parse_number(scan: Scan, pos: int) -> Number | None:
    """The number literal at ``pos``: 1.248; 97,5; 4.0; 2025; 05."""
    text, end, region = scan.text, scan.end, scan.region
    if match := _GROUPED.match(text, pos, end) or _COMMAS.match(text, pos, end):
        literal = match[0]
        if literal.count(",") > 1:
            literal = literal.replace(",", "").replace(".", ",")
        whole, _, fraction = literal.replace(".", "").partition(",")
        if len(whole) <= _LONGEST_NUMBER and int(whole) <= LARGEST:
            if fraction:
                words = spell_decimal(int(whole), fraction, region=region)
                return Number(words, match.end(), None)
            return Number(spell_cardinal(int(whole), region=region), match.end(), int(whole))
    if match := _SPACED.match(text, pos, end):
        literal = match[0].replace(" ", "")
        if len(literal) <= _LONGEST_NUMBER and int(literal) <= LARGEST:
            words = spell_cardinal(int(literal), region=region)
            return Number(words, match.end(), int(literal))
    if match := _DECIMAL.match(text, pos, end):
        whole, _, fraction = match[0].partition(",")
        if len(whole) < 18:
            words = spell_decimal(int(whole), fraction, region=region)
            return Number(words, match.end(), None)
    if match := _DOTTED.match(text, pos, end):
        words = " chấm ".join(_integer(scan, part) for part in match[0].split("."))
        return Number(words, match.end(), None)
    if match := _INTEGER.match(text, pos, end):
        literal = match[0]
        named = len(literal) <= _LONGEST_NUMBER
        return Number(_integer(scan, literal), match.end(), int(literal) if named else None)
    return None


def _integer(scan: Scan, literal: str) -> str:
    # "05 đồng chí" is five; 007 or a long string is a label, said digit by digit.
    label = literal[0] == "0" and (len(literal) > 2 or literal == "00")
    if label or len(literal) > _LONGEST_NUMBER or int(literal) > LARGEST:
        return spell_digits(literal)
    return spell_cardinal(int(literal), region=scan.region)


@cache
def _unit_pattern() -> re.Pattern[str]:
    signs = sorted(tables().units, key=len, reverse=True)
    alternatives = [
        re.escape(sign) + (r"(?![^\W_])(?!/[cC](?![^\W_]))" if sign[-1].isalnum() else "")
        for sign in signs
    ]
    return re.compile(r"(\s?)(" + "|".join(alternatives) + ")")


def match_unit(scan: Scan, pos: int) -> tuple[str, str, int] | None:
    """The unit after a number that ends at ``pos``: its sign, words and end."""
    match = _unit_pattern().match(scan.text, pos, scan.end)
    if not match:
        return None
    unit = scan.tables.units[match[2]]
    if match[1] and unit.near:
        return None
    words = unit.spoken
    if words == "nghìn":
        words = thousand(scan.region)
        value = scan.text[pos - 1 : pos]
        if match[2] == "K" and not (pos >= 2 and scan.text[pos - 2].isdigit() and value == "0"):
            return None  # "thông điệp 5K", "lớp K"
    return match[2], words, match.end()


def _measure(scan: Scan, pos: int) -> tuple[str, int, str] | None:
    """Number with unit and rate: words, end, words of the unit ("" when there is none)."""
    text = scan.text
    if mixed := _MIXED.match(text, pos, scan.end):
        # 1tr5 is a million and five hundred thousand.
        value = int(mixed[3].ljust(3, "0"))
        big, small = ("triệu", thousand(scan.region))
        if mixed[2] != "tr":
            big, small = "tỷ", "triệu"
        words = (
            f"{spell_cardinal(int(mixed[1]), region=scan.region)} {big} "
            f"{spell_cardinal(value, region=scan.region)} {small}"
        )
        end, unit = mixed.end(), big
    else:
        fraction = _SIMPLE_FRACTION.match(text, pos, scan.end)
        number = parse_number(scan, pos)
        if number is None:
            return None
        words, end, unit = number.words, number.end, ""
        if fraction and (found := match_unit(scan, fraction.end())) and found[0] != "'":
            above, below = int(fraction[1]), int(fraction[2])
            if 0 < above < below:
                words = spell_fraction(above, below, region=scan.region)
                end = fraction.end()
        found = match_unit(scan, end)
        if found:
            sign, unit, end = found
            if sign == "đ" and _is_points(scan, number):
                unit = "điểm"
            words = f"{words} {unit}"
            if sign not in _MULTIPLES:
                return _rate(scan, words, end, unit)
    found = match_unit(scan, end) if unit else None
    if found and found[1] in _CURRENCIES:
        words, unit, end = f"{words} {found[1]}", found[1], found[2]
    return _rate(scan, words, end, unit)


def _is_points(scan: Scan, number: Number) -> bool:
    """Whether "đ" is điểm: a small number in a sentence about marks."""
    near = scan.lower[max(0, number.end - 400) : number.end + 40]
    return (
        number.value is not None
        and number.value <= 100
        and any(word in near for word in ("điểm", "chấm", "tiêu chí", "thang "))
    )


def _rate(scan: Scan, words: str, end: int, unit: str, depth: int = 2) -> tuple[str, int, str]:
    """Add "/tháng" (mỗi tháng) or "/giờ" (trên giờ) to a quantity, ``depth`` times at most."""
    if not unit or not depth:
        return words, end, unit
    per = scan.tables.cues["per"]
    for pattern in (_PER_TWO, _PER):
        match = pattern.match(scan.text, end, scan.end)
        if not match:
            continue
        sign = match[1]
        if sign in scan.tables.units and sign not in ("tháng", "phút"):
            joint = "mỗi" if unit in _CURRENCIES else "trên"
            return f"{words} {joint} {scan.tables.units[sign].spoken}", match.end(), unit
        if sign.lower() in per and sign.lower() != "đ/c":
            words = f"{words} {per_word(sign)} {_per_words(scan, sign)}"
            return _rate(scan, words, match.end(), unit, depth - 1)
        if unit in _CURRENCIES and sign.islower() and is_syllable(canonical(sign)):
            return f"{words} mỗi {canonical(sign)}", match.end(), unit
        if sign == "đ/c":
            return f"{words} mỗi đồng chí", match.end(), unit
    return words, end, unit


def per_word(counted: str) -> str:
    """What "/" is before the thing counted by: năm năm một lần, but năm nghìn mỗi tháng."""
    return "một" if counted == "lần" else "mỗi"


def _per_words(scan: Scan, sign: str) -> str:
    readings = scan.tables.abbreviations.get(sign)
    return readings[-1].spoken if readings else sign.lower()


def match_quantity(scan: Scan, pos: int) -> list[Piece] | None:
    """A number with all that hangs on it: unit, rate, range, product."""
    text = scan.text
    measure = _measure(scan, pos)
    if measure is None:
        return None
    words, end, _ = measure
    if mixed := _MIXED_SHARE.match(text, end, scan.end):
        # "5 1/2": five and a half.
        above, below = int(mixed[1]), int(mixed[2])
        if text[pos:end].isdecimal() and above < below:
            words += " và " + spell_fraction(above, below, region=scan.region)
            end = mixed.end()
    pieces = [Piece(words, pos, end, number=True)]
    while True:
        product = _TIMES.match(scan.text, end, scan.end)
        ranged = None if product else _RANGE.match(scan.text, end, scan.end)
        joint = product or ranged
        if not joint:
            return pieces
        following = _measure(scan, joint.end())
        if following is None:
            return pieces
        start = joint.start() + (len(joint[0]) - len(joint[0].lstrip()))
        stop = start + len(joint[0].strip())
        pieces.append(Piece("nhân" if product else "đến", start, stop))
        words, end, _ = following
        pieces.append(Piece(words, joint.end(), end, number=True))
        if ranged:
            return pieces


def match_fraction(scan: Scan, pos: int, second: bool = False) -> list[Piece] | None:
    """a/b as a share (hai phần ba) or a count out of a whole (bốn mươi lăm trên năm mươi).

    ``second``: it ends a range and begins none.
    """
    match = re.compile(r"(\d[\d.]{0,17})\s?/\s?(\d[\d.]{0,17}\d|\d)(?!\d|/\d)").match(
        scan.text, pos, scan.end
    )
    if not match:
        return None
    above, below = (int(part.replace(".", "")) for part in match.groups())
    if max(above, below) > LARGEST:
        return None
    share = 0 < above < below and (below <= 10 or above == 1)
    if share and scan.followed(match.end(), "counted"):
        # "5/9 đồng chí" are five of nine; marks are out of ten.
        share = below not in (6, 7, 8, 9) and scan.ahead(match.end(), 1) != ["điểm"]
    if share and "." not in match[0]:
        words = spell_fraction(above, below, region=scan.region)
    else:
        words = (
            f"{spell_cardinal(above, region=scan.region)} trên "
            f"{spell_cardinal(below, region=scan.region)}"
        )
    pieces = [Piece(words, pos, match.end(), number=True)]
    ranged = None if second else _RANGE.match(scan.text, match.end(), scan.end)
    if ranged and (following := match_fraction(scan, ranged.end(), second=True)):
        start = match.end() + len(ranged[0]) - len(ranged[0].lstrip())
        pieces.append(Piece("đến", start, start + len(ranged[0].strip())))
        pieces += following
    return pieces
