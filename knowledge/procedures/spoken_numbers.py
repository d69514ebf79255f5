"""Vietnamese numbers, in figures or in words, as people say them North and South."""

from __future__ import annotations

import re

from knowledge.procedures.heard import bare, is_bare, tokens

_ONES = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5,
    "nhăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_TENS = {"mươi": 10, "mười": 10, "chục": 10}
_TWENTIES = ("hăm", "hâm")
_THIRTIES = ("băm",)
_GAP = ("linh", "lẻ")
_SCALES = {"nghìn": 1_000, "ngàn": 1_000, "triệu": 1_000_000, "tỷ": 1_000_000_000,
           "tỉ": 1_000_000_000}  # fmt: skip
_HALF = "rưỡi"

_PLAIN = re.compile(r"\d{1,3}(?:\.\d{3})+|\d+")
_DECIMAL = re.compile(r"(\d+)[.,](\d+)")


def _table(words: dict[str, int]) -> dict[str, int]:
    return {tokens(word)[0]: value for word, value in words.items()}


def _bare_table(words: dict[str, int]) -> dict[str, int]:
    # Without diacritics one word may be two numbers ("bay" is only bảy; "tu" only tư).
    return {bare(word): value for word, value in words.items()}


def _first(word: str) -> str:
    return tokens(word)[0]


class NumberWords:
    """The number words, with diacritics or without."""

    def __init__(self, *, without_marks: bool) -> None:
        table = _bare_table if without_marks else _table
        self.ones, self.tens, self.scales = table(_ONES), table(_TENS), table(_SCALES)
        one = bare if without_marks else _first
        self.twenties = {one(w) for w in _TWENTIES}
        self.thirties = {one(w) for w in _THIRTIES}
        self.gap = {one(w) for w in _GAP}
        self.hundred, self.half = one("trăm"), one(_HALF)
        self.ten = one("mười")


_MARKED, _BARE = NumberWords(without_marks=False), NumberWords(without_marks=True)


def words_of(text: str) -> tuple[list[str], NumberWords]:
    """Tokens of ``text`` and the table that reads them."""
    found = tokens(text)
    if is_bare(text):
        return [bare(token) for token in found], _BARE
    return found, _MARKED


def read_number(text: str, unit: str = "") -> int | None:
    """The one whole number that ``text`` holds; None when there is none, or several.

    ``unit`` is what is counted: the word năm is five, and it is also year.

    >>> read_number("ba mươi lăm đồng chí"), read_number("bảy triệu hai"), read_number("7,5 triệu")
    (35, 7200000, 7500000)
    >>> read_number("bốn mươi năm", "năm"), read_number("năm năm", "năm"), read_number("năm", "năm")
    (40, 5, 5)
    """
    found, words = words_of(text)
    counted = words_of(unit)[0] if unit else []
    if words is _BARE:
        counted = [bare(token) for token in counted]
    for at in range(len(found) - len(counted), 0, -1):
        if counted and found[at : at + len(counted)] == counted:
            number = _only_number(found[:at], words)
            return _only_number(found, words) if number is None else number
    return _only_number(found, words)


def _only_number(found: list[str], words: NumberWords) -> int | None:
    numbers, at = [], 0
    while at < len(found):
        read = read_at(found, at, words)
        if read is None:
            at += 1
        else:
            value, at = read
            numbers.append(value)
    return numbers[0] if len(numbers) == 1 else None


def read_at(found: list[str], at: int, words: NumberWords) -> tuple[int, int] | None:
    """The number that begins at token ``at``, and the token behind it; None when none does."""
    total, start, last_scale = 0, at, 0
    while at < len(found):
        part = _group(found, at, words)
        if part is None:
            break
        value, behind = part
        scale = words.scales.get(found[behind]) if behind < len(found) else None
        if scale is None or (last_scale and scale >= last_scale):
            if last_scale and isinstance(value, int) and value < 10 and behind - at == 1:
                # "bảy triệu hai" is 7 200 000: the figure counts hundreds of the next scale.
                gap = at > start and found[at - 1] in words.gap
                total += value * (1 if gap else last_scale // 10)
            elif last_scale and value >= last_scale:
                break
            else:
                total += int(value)
            at, last_scale = behind, 0
            break
        total += round(value * scale)
        at, last_scale = behind + 1, scale
        if at < len(found) and found[at] == words.half:
            total += scale // 2
            at += 1
            break
        if at < len(found) and found[at] in words.gap:
            at += 1
    return (total, at) if at > start else None


def _group(found: list[str], at: int, words: NumberWords) -> tuple[float, int] | None:
    """A number below a thousand in words, or any number in figures."""
    if at >= len(found):
        return None
    token = found[at]
    if token[0].isdigit():
        if _PLAIN.fullmatch(token):
            return int(token.replace(".", "")), at + 1
        decimal = _DECIMAL.fullmatch(token)
        return (float(f"{decimal[1]}.{decimal[2]}"), at + 1) if decimal else None
    start, value = at, 0
    if token in words.ones and at + 1 < len(found) and found[at + 1] == words.hundred:
        value, at = words.ones[token] * 100, at + 2
        if at < len(found) and found[at] in words.gap:
            if at + 1 < len(found) and found[at + 1] in words.ones:
                return value + words.ones[found[at + 1]], at + 2
            return value, at
    tens = _below_hundred(found, at, words)
    if tens is not None:
        return value + tens[0], tens[1]
    return (value, at) if at > start else None


def _below_hundred(found: list[str], at: int, words: NumberWords) -> tuple[int, int] | None:
    if at >= len(found):
        return None
    token, behind = found[at], found[at + 1] if at + 1 < len(found) else ""
    if token == words.ten:
        return (10 + words.ones[behind], at + 2) if words.ones.get(behind) else (10, at + 1)
    if token in words.twenties or token in words.thirties:
        base = 20 if token in words.twenties else 30
        return (base + words.ones[behind], at + 2) if behind in words.ones else None
    if token not in words.ones:
        return None
    value = words.ones[token]
    if behind in words.tens and value:
        third = found[at + 2] if at + 2 < len(found) else ""
        if words.ones.get(third):
            return value * 10 + words.ones[third], at + 3
        return value * 10, at + 2
    # "hai mốt", "ba lăm": the ten is left out.
    if value > 1 and behind in _SHORT_ENDS:
        return value * 10 + words.ones[behind], at + 2
    return value, at + 1


_SHORT_ENDS = {tokens(word)[0] for word in ("mốt", "lăm", "nhăm")}


def spell(number: int) -> str:
    """``number`` (0 to 999 999) in words, the Northern way.

    >>> spell(205), spell(31), spell(2026)
    ('hai trăm linh năm', 'ba mươi mốt', 'hai nghìn không trăm hai mươi sáu')
    """
    ones = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
    if not 0 <= number < 1_000_000:
        raise ValueError(f"{number} is not spelled")
    if number >= 1000:
        head, rest = divmod(number, 1000)
        if not rest:
            return f"{spell(head)} nghìn"
        hundreds = "" if rest >= 100 else "không trăm " + ("linh " if rest < 10 else "")
        return f"{spell(head)} nghìn {hundreds}{spell(rest)}"
    if number >= 100:
        head, rest = divmod(number, 100)
        gap = "linh " if 0 < rest < 10 else ""
        return f"{ones[head]} trăm {gap}{spell(rest) if rest else ''}".strip()
    if number < 10:
        return ones[number]
    tens, one = divmod(number, 10)
    last = {0: "", 5: "lăm", 1: "một" if tens == 1 else "mốt"}.get(one, ones[one])
    return f"{'mười' if tens == 1 else ones[tens] + ' mươi'} {last}".strip()
