"""How the parts of a Vietnamese document begin: Chương, Điều, 1., a), -, and their depth."""

from __future__ import annotations

import re
import unicodedata

LABEL = re.compile(
    r"^(?P<word>phần|chương|mục|tiểu mục|điều|phụ lục)\s+"
    r"(?P<number>(?:thứ\s+)?[a-zđàáâăèéêìíòóôơùúưýạảãặậẹệịọộợụựỳ]+|[ivxlc]+|\d{1,3}[a-zđ]?)\b"
    r"\s*(?P<dot>(?:[.:\-–](?!\d))?)",
    re.IGNORECASE,
)
"""``Điều 5.``, ``CHƯƠNG II``, ``Phần thứ nhất``, ``Mục 1``."""

ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
"""``phần thứ nhất`` … as words."""

LEVELS = {"phần": 1, "phụ lục": 1, "chương": 2, "mục": 3, "tiểu mục": 4, "điều": 5}
"""Depth of the parts that have names."""

NUMBER = re.compile(r"^(?P<number>\d{1,3}(?:\.\d{1,3}){0,5})(?P<end>[.)/]|\s*[-–](?=\s))?\s+(?=\S)")
"""``1. ``, ``2.3.1. ``, ``1) ``, ``2- ``."""

ROMAN = re.compile(r"^(?P<number>[IVXL]{1,6})\s*(?P<end>[.\-–)]|\s[-–])\s*(?=\S)")
LETTER = re.compile(r"^(?P<number>[a-zđ](?:\.\d{1,2})?)\s*\)\s*(?=\S)")
BULLET = re.compile(r"^[-–—+*•·▪►●○]\s+(?=\S)|^[•▪►●○]\s*(?=\S)")

LONGEST_HEADING = 220
"""Letters: what is longer is a paragraph, however it begins."""


def label_of(text: str) -> tuple[str, str] | None:
    """The named part that ``text`` begins, as (word, number): ``("điều", "5")``; or None.

    A reference such as "Điều 5 Điều lệ Đảng quy định" begins no part: behind the number stands a
    full stop, a colon, a dash, nothing, or a capital title of its own.
    """
    match = LABEL.match(text)
    if not match:
        return None
    word = match["word"].lower()
    number = re.sub(r"\s+", " ", match["number"].lower())
    if not _is_number(number):
        return None
    rest = text[match.end() :].strip()
    if rest[:1] == "." or rest[:1] in ",;)":
        return None  # "Mục 10.4.3 của Quy định"
    if match["dot"] or not rest:
        return word, number
    if word in ("điều", "mục") and not text.isupper():
        return None  # "Điều 5 quy định về", "Mục 2 của văn bản này"
    return (word, number) if rest == rest.upper() else None


def _is_number(number: str) -> bool:
    if re.fullmatch(r"\d{1,3}[a-zđ]?|[ivxlc]+", number):
        return True
    return number.removeprefix("thứ ") in ORDINALS


def begins_part(text: str) -> bool:
    """Whether ``text`` certainly begins a new block, whatever stands before it."""
    if label_of(text):
        return True
    for pattern in (NUMBER, ROMAN, LETTER):
        match = pattern.match(text)
        if match is None:
            continue
        if pattern is NUMBER and not match["end"] and "." not in match["number"]:
            continue  # "30 ngày làm việc"
        rest = text[match.end() :]
        if rest[0].isupper() or rest[0] in "(“\"'‘":
            return True
        if pattern is LETTER:
            return True
    return False


def begins_bullet(text: str) -> bool:
    """Whether ``text`` begins with a dash or dot of a list."""
    return BULLET.match(text) is not None


def is_capitals(text: str) -> bool:
    """Whether all letters are capitals, and there are several."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 3 and all(c.isupper() for c in letters)


def heading_level(text: str) -> int:
    """Level (1 highest) when ``text`` by itself looks like a heading; 0 when it does not."""
    if len(text) > LONGEST_HEADING:
        return 0
    if label := label_of(text):
        return LEVELS[label[0]]
    if is_capitals(text):
        return 2 if ROMAN.match(text) else 1
    return 0


def numbered_level(text: str) -> int:
    """Level of a short numbered line, which is a heading when it is bold; else 0.

    >>> numbered_level("2.1. Nhiệm vụ được giao"), numbered_level("30 ngày")
    (2, 0)
    """
    if len(text) > LONGEST_HEADING or not begins_part(text):
        return 0
    match = NUMBER.match(text)
    return match["number"].rstrip(".").count(".") + 1 if match else 0


def clean(text: str) -> str:
    """NFC, no control characters or soft hyphens, single spaces.

    Private-use bullets of Symbol and Wingdings become a dash.
    """
    text = unicodedata.normalize("NFC", text)
    out = []
    for char in text:
        if "\uf000" <= char <= "\uf0ff":
            out.append("-")
        elif (
            char in "\u00ad\u200b\u200c\u200d\u2060\ufeff\ufffe\uffff"
            or "\ud800" <= char <= "\udfff"
        ):
            continue
        elif unicodedata.category(char) == "Cc":
            out.append(" ")
        else:
            out.append(char)
    return " ".join("".join(out).split())
