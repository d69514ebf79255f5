"""House numbers with alleys: 123/45/6A is "một hai ba xuyệt bốn lăm xuyệt sáu a" in the South,
"… trên … trên …" elsewhere."""

from __future__ import annotations

import re

from voice.read.numbers import spell_house
from voice.read.tokens import Piece, Scan

_HOUSE = re.compile(
    r"(\d{1,4}[A-Za-zĐđ]?\d?(?:/\d{1,4}[A-Za-zĐđ]?\d?(?:bis)?)+)(?![^\W_]|/\d|[.,]\d)"
)
_PART = re.compile(r"(\d+)([A-Za-zĐđ]?)(\d?)")
_LABEL = re.compile(r"(?:địa chỉ|số nhà|nhà số|đ/c)\s*:\s*(?:số\s+)?$")
_STREET = re.compile(r",?\s+(?:[A-ZĐÀ-Ỹ]|đường|phố|hẻm|ngõ|ngách|kiệt|khu phố|tổ \d|ấp|KP|Đ\.)")
_STRONG = frozenset(
    ("số nhà", "nhà số", "địa chỉ", "ở số", "tại số", "hẻm", "ngõ", "ngách", "kiệt", "nhà")
)
"""What takes a house number and nothing else."""
_NO_HOUSE = frozenset(("ngày", "sáng", "chiều", "tối", "đạt", "được", "có"))


def match_house(scan: Scan, pos: int) -> list[Piece] | None:
    """A house number with at least one alley at ``pos``, if that is what it is."""
    match = _HOUSE.match(scan.text, pos, scan.end)
    if not match:
        return None
    written = match[1]
    parts = written.split("/")
    if not _is_house(scan, parts, pos, match.end()):
        return None
    slash = "xuyệt" if scan.region == "nam" else "trên"
    words = f" {slash} ".join(_part_words(scan, part) for part in parts)
    return [Piece(words, pos, match.end())]


def _is_house(scan: Scan, parts: list[str], start: int, end: int) -> bool:
    cued = scan.cued("house")
    # "3/4m" is a length: a small letter makes a house only where one is due.
    lettered = any(not part.isdecimal() and (cued or part[-1].isupper()) for part in parts)
    street = bool(_STREET.match(scan.text, end, scan.end))
    if lettered:
        # 30/2020/NĐ-CP never comes here: its parts are no numbers.
        return True
    if not all(part.isdecimal() for part in parts):
        return False
    if len(parts) >= 3:
        day, month, year = (int(part) for part in parts[:3])
        full_date = len(parts) == 3 and 1 <= day <= 31 and 1 <= month <= 12 and year >= 1000
        return not full_date
    if scan.before() in _NO_HOUSE:
        return False
    if _LABEL.search(scan.lower, scan.begin, start):
        return True
    no_share = int(parts[0]) > int(parts[1]) and not scan.followed(end, "counted")
    if street and no_share and (int(parts[0]) > 31 or int(parts[1]) > 12):
        return True
    strong = scan.before(2) in _STRONG or scan.before() in _STRONG
    return strong or (cued and street) or (street and scan.followed(end, "street"))


def _part_words(scan: Scan, part: str) -> str:
    match = _PART.match(part)
    if not match:
        return ""
    words = spell_house(match[1], region=scan.region)
    if match[2]:
        words += " " + scan.tables.letters[match[2].lower()]
    if match[3]:
        words += " " + spell_house(match[3], region=scan.region)
    return words + (" bít" if part.endswith("bis") else "")
