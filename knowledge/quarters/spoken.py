"""House numbers as they are spoken, read as figures.

People say a number whole ("một trăm hai mươi ba"), short ("trăm hai", 120), in pairs ("bốn lăm")
or figure by figure ("một hai ba"), and the slash as xuyệt or xẹt (South) or trên (North).
Recognisers write parts of it as figures ("1 2 3 xuyệt 45"). Rooms do not import each other, so
this is the one place in this room that knows number words.
"""

from __future__ import annotations

from collections.abc import Sequence

UNITS: dict[str, str] = {
    "không": "0", "một": "1", "mốt": "1", "hai": "2", "ba": "3", "bốn": "4", "tư": "4",
    "năm": "5", "lăm": "5", "nhăm": "5", "sáu": "6", "bảy": "7", "bẩy": "7", "tám": "8",
    "chín": "9",
    "khong": "0", "mot": "1", "bon": "4", "tu": "4", "nam": "5", "lam": "5", "nham": "5",
    "sau": "6", "bay": "7", "tam": "8", "chin": "9",
}  # fmt: skip
"""Figure words, also as they are typed without accents."""

TEN, TENS = ("mười", "muoi"), ("mươi", "muoi")
HUNDRED, THOUSAND = ("trăm", "tram"), ("nghìn", "ngàn", "nghin", "ngan")
ZERO_TENS = ("linh", "lẻ", "le", "lẽ")
"""What is said for an empty place of tens: một trăm linh (lẻ) năm."""

SLASHES: frozenset[str] = frozenset((
    "xuyệt", "xuyết", "xuyên", "xuyệc", "xuyẹt", "suyệt", "suyết", "xiệt", "xiết", "siết", "xẹt",
    "xẹc", "xẹp", "sẹt", "sẹc", "sẹp", "xoẹt", "soẹt", "xoạt", "xẻo", "xuỵt", "suỵt", "xuyt",
    "xuyet", "xet", "trên", "tren", "gạch", "gach", "chéo", "cheo",
))  # fmt: skip
"""Words for the slash, and what recognisers write in their place."""

LETTERS: dict[str, str] = {
    "a": "A", "b": "B", "c": "C", "d": "D", "đ": "Đ", "e": "E", "f": "F", "g": "G", "h": "H",
    "k": "K", "á": "A", "bê": "B", "bờ": "B", "xê": "C", "cờ": "C", "dê": "D", "dờ": "D",
    "đê": "Đ", "đờ": "Đ", "ép": "F", "giê": "G", "gờ": "G", "bít": "BIS", "bis": "BIS",
    "ter": "TER",
}  # fmt: skip
"""Names of letters behind a house number."""

_ALL = frozenset((*UNITS, *TEN, *TENS, *HUNDRED, *THOUSAND, *ZERO_TENS))


def two_figures(number: str) -> list[str]:
    """A number from 10 to 99 in words, empty for any other text; ``"12"`` is mười hai.

    Compared without accents, so mốt, tư and lăm stand for một, bốn and năm as well.
    """
    if len(number) != 2 or not number.isdecimal() or number[0] == "0":
        return []
    names = ("", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
    tens, unit = int(number[0]), int(number[1])
    head = ["mười"] if tens == 1 else [names[tens], "mươi"]
    return [*head, names[unit]] if unit else head


def is_number_word(word: str) -> bool:
    """Whether ``word`` (lower case) may be part of a spoken number; single figures count."""
    return word in _ALL or (len(word) == 1 and word.isdecimal())


def _unit(words: Sequence[str], at: int) -> str:
    """The figure at ``at``, or an empty text."""
    if at >= len(words):
        return ""
    word = words[at]
    return word if len(word) == 1 and word.isdecimal() else UNITS.get(word, "")


def _tens(words: Sequence[str], at: int) -> tuple[str, int]:
    """Two figures said as tens (mười hai, bốn mươi lăm), and where they end; or ("", at)."""
    if at < len(words) and words[at] in TEN:
        unit = _unit(words, at + 1)
        if unit and unit != "0" and not _scaled(words, at + 2):
            return "1" + unit, at + 2
        return "10", at + 1
    unit = _unit(words, at)
    if unit and unit != "0" and at + 1 < len(words) and words[at + 1] in TENS:
        last = _unit(words, at + 2)
        if last and last != "0" and not _scaled(words, at + 3):
            return unit + last, at + 3
        return unit + "0", at + 2
    return "", at


def _scaled(words: Sequence[str], at: int) -> bool:
    """Whether the word at ``at`` multiplies the one before it."""
    return at < len(words) and words[at] in TENS


def _below_hundred(words: Sequence[str], at: int, *, short: str) -> tuple[str, int]:
    """The two figures after trăm; ``short`` fills the place behind a single figure."""
    if at < len(words) and words[at] in ZERO_TENS:
        unit = _unit(words, at + 1)
        if unit:
            return "0" + unit, at + 2
    tens, end = _tens(words, at)
    if tens:
        return tens, end
    first, second = _unit(words, at), _unit(words, at + 1)
    if first and second:
        return first + second, at + 2
    return (first + short, at + 1) if first else ("00", at)


def _hundreds(words: Sequence[str], at: int) -> tuple[str, int]:
    """Three figures said with trăm, and where they end; or ("", at)."""
    if at < len(words) and words[at] in HUNDRED:  # "trăm hai": 120
        rest, end = _below_hundred(words, at + 1, short="0")
        return "1" + rest, end
    unit = _unit(words, at)
    if unit and at + 1 < len(words) and words[at + 1] in HUNDRED:
        rest, end = _below_hundred(words, at + 2, short="0")
        return unit + rest, end
    return "", at


def _below_thousand(words: Sequence[str], at: int) -> tuple[str, int]:
    """The three figures after nghìn: trăm hai mươi, linh năm, ba (300), ba bốn năm."""
    hundreds, end = _hundreds(words, at)
    if hundreds:
        return hundreds, end
    if at < len(words) and words[at] in ZERO_TENS and _unit(words, at + 1):
        return "00" + _unit(words, at + 1), at + 2
    tens, end = _tens(words, at)
    if tens:
        return "0" + tens, end
    figures = [_unit(words, at + n) for n in range(3)]
    if all(figures):
        return "".join(figures), at + 3
    if figures[0] and figures[1]:
        return "0" + figures[0] + figures[1], at + 2
    return (figures[0] + "00", at + 1) if figures[0] else ("000", at)


def read_number(words: Sequence[str], at: int = 0) -> tuple[str, int]:
    """The longest number spoken at ``at``, as figures, and the index behind it.

    ``words`` are lower case NFC words or figures. ("", at) when no number begins there.

    >>> read_number("một trăm hai mươi ba".split())[0], read_number("một hai ba".split())[0]
    ('123', '123')
    >>> read_number("chín nghìn chín trăm chín mươi chín".split())[0]
    '9999'
    """
    figures, end = "", at
    while end < len(words):
        said, after = _group(words, end)
        if not said:
            break
        figures, end = figures + said, after
    return (figures.lstrip("0") or figures[-1:]) if figures else "", end


def _group(words: Sequence[str], at: int) -> tuple[str, int]:
    """One group of figures: thousands, hundreds, tens, or a figure by itself."""
    # Where the tens or the unit before "nghìn" end is not known before they are read.
    for head, end in (_tens(words, at), (_unit(words, at), at + 1)):
        if head and end < len(words) and words[end] in THOUSAND:
            rest, after = _below_thousand(words, end + 1)
            return head + rest, after
    for reader in (_hundreds, _tens):
        said, end = reader(words, at)
        if said:
            return said, end
    unit = _unit(words, at)
    if unit:
        return unit, at + 1
    # "một linh năm": 105, without trăm.
    if words[at] in ZERO_TENS and at and _unit(words, at - 1) and _unit(words, at + 1):
        return "0", at + 1
    return "", at
