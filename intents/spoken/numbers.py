"""Spoken numbers to figures: cardinals, the short forms of speech, and digits one by one.

"hai nghìn không trăm hai mươi sáu" and "hai không hai sáu" are both 2026; "bốn lăm" is 45,
"hai chín bốn" is 294, "trăm rưỡi" is 150. What recognisers mix is read too: "2 trăm 13".

How numbers are put together: Nguyễn Tài Cẩn, "Ngữ pháp tiếng Việt" (1975), the chapter on
numerals; the short forms (hai trăm tư = 240, hai nghìn rưỡi = 2500) are those of everyday speech.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from intents.spoken.tokens import Text
from intents.spoken.words import digit_at, opens_group, unit_at, word_at

Form = Literal["cardinal", "short", "digits", "numeral"]

LARGEST = 10**18
"""Larger numbers have no name that people know."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number at the tokens ``begin`` to ``end`` (exclusive)."""

    value: int
    written: str
    """In figures; digits said one by one keep their zeros: "05"."""
    begin: int
    end: int
    form: Form
    sure: bool = True
    """False where the same words may mean something else: "hai năm", 25 or two years."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a number: its value, the position behind it."""

    value: int
    end: int
    sure: bool = True
    short: bool = False
    """Two digits with no mươi between: bốn lăm."""


def number_at(
    text: Text, at: int, *, loose: bool = False, to_end: int | None = None
) -> Number | None:
    """The longest number that begins at ``at``.

    Args:
        text: what was said.
        at: the token to begin at.
        loose: where only a number can stand (behind "số nhà"), take "một trăm năm" for 150.
        to_end: tokens from here on are not looked at.
    """
    if to_end is not None and to_end < len(text):
        text = clipped(text, to_end)
    whole = cardinal_at(text, at, loose=loose)
    row = digits_at(text, at)
    if row and (not whole or row.end > whole.end):
        return row
    return whole


def clipped(text: Text, end: int) -> Text:
    """``text`` up to the token ``end``; offsets and the comparison of words stay as they are."""
    shorter = Text(text.raw[: text.tokens[end - 1].end] if end else "")
    shorter.toned = text.toned
    return shorter


def digits_at(text: Text, at: int, *, years: bool = True) -> Number | None:
    """Two or more digits said one by one; the last may be mốt, tư or lăm.

    ``years``: stop before "năm hai không hai sáu", which names a year.
    """
    figures: list[str] = []
    pos = at
    while (digit := digit_at(text, pos)) is not None:
        if figures and opens_group(text, pos):
            break
        if years and figures and year_word_at(text, pos):
            break
        if text.glued_at(pos) and pos > at and not text.digits_at(pos):
            break
        figures.append(str(digit))
        pos += 1
        if text.sign_at(pos) == "-" and text.glued_at(pos) and len(text.digits_at(pos - 1)) == 1:
            # Recognisers write single digits as 1-2-3.
            pos += len(text.digits_at(pos + 1)) == 1
    last = unit_at(text, pos)
    if figures and last is not None and digit_at(text, pos) is None:
        figures.append(str(last))
        pos += 1
    if len(figures) < 2:
        return None
    written = "".join(figures)
    form: Form = "digits" if len(figures) > 2 or figures[0] == "0" else "short"
    sure = not (len(figures) == 2 and _ends_in_year(text, pos)) and figures[0] + figures[1] != "00"
    return Number(int(written), written, at, pos, form, sure)


def _ends_in_year(text: Text, end: int) -> bool:
    """Whether the last word is "năm", which may count years."""
    return word_at(text, end - 1).year


def year_word_at(text: Text, at: int) -> bool:
    """Whether "năm" at ``at`` means year, since a year of four figures follows and no more."""
    if not word_at(text, at).year:
        return False
    found = year_at(text, at + 1)
    if found is None or found.value < 1900 or digit_at(text, found.end) is not None:
        return False
    return unit_at(text, found.end, five=True) is None


def year_at(text: Text, at: int) -> Number | None:
    """A year at ``at``: "hai không hai sáu", "hai nghìn không trăm hai mươi sáu", "1975"."""
    digits = text.digits_at(at)
    if len(digits) == 4:
        return Number(int(digits), digits, at, at + 1, "numeral")
    first, second = digit_at(text, at), digit_at(text, at + 1)
    if first is not None and second is not None:
        # hai không | mười tám, linh chín, hai mốt; một chín | bảy lăm
        head = first * 10 + second
        rest = at + 2
        if head in (10, 15, 16, 17, 18, 19, 20, 21):
            if word_at(text, rest).link and (unit := unit_at(text, rest + 1, five=True)):
                return Number(head * 100 + unit, f"{head}{unit:02d}", at, rest + 2, "digits")
            tail = _below_hundred(text, rest)
            two = digit_at(text, rest) == 0 and digit_at(text, rest + 1)
            if two is not None and two is not False:
                return Number(head * 100 + two, f"{head}{two:02d}", at, rest + 2, "digits")
            if tail and tail.value >= 10:
                value = head * 100 + tail.value
                return Number(value, str(value), at, tail.end, "digits")
    whole = cardinal_at(text, at)
    if whole and whole.form == "cardinal" and 100 <= whole.value < 3000:
        return whole
    return None


def cardinal_at(text: Text, at: int, *, loose: bool = False) -> Number | None:
    """A number said by its value, or a numeral, at ``at``; also the short forms of two digits."""
    digits = text.digits_at(at)
    part = _billions(text, at, loose)
    if part is None:
        return None
    if digits and part.end == at + 1:
        return Number(part.value, digits, at, part.end, "numeral")
    grouped = digits and all(text.digits_at(i) or text.sign_at(i) for i in range(at, part.end))
    form: Form = "numeral" if grouped else "short" if part.short else "cardinal"
    sure = part.sure and not (part.short and _ends_in_year(text, part.end))
    return Number(part.value, str(part.value), at, part.end, form, sure)


def _billions(text: Text, at: int, loose: bool) -> _Part | None:
    part = _below_billion(text, at, loose)
    while part and word_at(text, part.end).scale == 10**9 and part.value * 10**9 <= LARGEST:
        above = part.value * 10**9
        rest = _rest(text, part.end + 1, 10**9, loose)
        if rest:
            part = _Part(above + rest.value, rest.end, part.sure and rest.sure)
            break
        part = _Part(above, part.end + 1, part.sure)
    return part


def _below_billion(text: Text, at: int, loose: bool) -> _Part | None:
    part = _group(text, at, loose)
    if part is None:
        word = word_at(text, at)
        # "nghìn rưỡi", "triệu hai": one is left out, but only where something follows.
        if word.scale in (10**3, 10**6, 10**9):
            rest = _tail(text, at + 1, word.scale, loose)
            if rest:
                return _Part(word.scale + rest.value, rest.end, sure=False)
        return None
    scale = word_at(text, part.end).scale
    if scale in (0, 10**9):
        return part
    rest = _rest(text, part.end + 1, scale, loose)
    if rest is None:
        return _Part(part.value * scale, part.end + 1, part.sure)
    return _Part(part.value * scale + rest.value, rest.end, part.sure and rest.sure)


def _rest(text: Text, at: int, scale: int, loose: bool) -> _Part | None:
    """What follows a scale word: smaller groups, or a short form of it."""
    if not (word_at(text, at).digit is not None and opens_group(text, at)):
        tail = _tail(text, at, scale, loose)
        if tail:
            return tail
    part = _group(text, at, loose)
    if part is None:
        return None
    lower = word_at(text, part.end).scale
    if scale < 10**9 and lower == 10**9:
        lower = 0  # the whole sum counts thousand millions
    if lower >= scale:
        return None
    if not lower and part.value < 10 and part.end == at + 1:
        return None  # "ba nghìn năm": three thousand years
    if lower:
        rest = _rest(text, part.end + 1, lower, loose)
        value = part.value * lower
        if rest:
            return _Part(value + rest.value, rest.end, part.sure and rest.sure)
        return _Part(value, part.end + 1, part.sure)
    return part


def _tail(text: Text, at: int, scale: int, loose: bool) -> _Part | None:
    """rưỡi, a single digit (nghìn hai = 1200) or linh and a digit behind a scale word."""
    word = word_at(text, at)
    if word.half:
        return _Part(scale // 2, at + 1)
    if word.link:
        unit = unit_at(text, at + 1, five=True)
        return _Part(unit, at + 2) if unit else None
    unit = unit_at(text, at, five=loose)
    if unit is None or text.digits_at(at):
        return None
    after = word_at(text, at + 1)
    if after.tens or after.hundred or after.scale or unit_at(text, at + 1) is not None:
        return None
    return _Part(unit * scale // 10, at + 1, sure=not word.year)


def _group(text: Text, at: int, loose: bool) -> _Part | None:
    """A number below a thousand, or a whole numeral."""
    digits = text.digits_at(at)
    hundreds = _hundreds(text, at, loose)
    if hundreds:
        return hundreds
    if digits:
        return _numeral(text, at)
    return _below_hundred(text, at)


def _numeral(text: Text, at: int) -> _Part | None:
    """12, 1.248, 20.000: the point groups thousands. None for one digit before mươi."""
    value, end = text.digits_at(at), at + 1
    if len(value) <= 3:
        while text.sign_at(end) == "." and text.glued_at(end) and text.glued_at(end + 1):
            if len(text.digits_at(end + 1)) != 3:
                break
            value, end = value + text.digits_at(end + 1), end + 2
    if len(value) > 15:
        return None
    if len(value) == 1 and end == at + 1 and (tens := _below_hundred(text, at)):
        return tens
    word = word_at(text, end)
    if end == at + 1 and word.unit and word.digit is None and len(value) == 2 and value[1] == "0":
        return _Part(int(value) + word.unit, end + 1)  # "20 mốt"
    if (
        end == at + 1
        and word.link
        and value.endswith("00")
        and (unit := unit_at(text, end + 1, five=True))
    ):
        return _Part(int(value) + unit, end + 2)  # "200 linh 5"
    return _Part(int(value), end)


def _hundreds(text: Text, at: int, loose: bool) -> _Part | None:
    digit, pos, sure = digit_at(text, at), at, True
    if word_at(text, at).hundred:
        digit, sure = 1, False
    elif digit is not None and word_at(text, at + 1).hundred:
        pos = at + 1
    else:
        return None
    value, pos = digit * 100, pos + 1
    word = word_at(text, pos)
    if word.half:
        return _Part(value + 50, pos + 1, sure=sure or digit == 1)
    if word.link and (unit := unit_at(text, pos + 1, five=True)):
        return _Part(value + unit, pos + 2, sure)
    below = _below_hundred(text, pos)
    if below and (below.end - pos > 1 or below.value >= 10):
        # "một trăm hai năm": the last word may count years.
        return _Part(value + below.value, below.end, sure)
    unit = unit_at(text, pos, five=loose)
    if unit is not None and not text.digits_at(pos) and digit != 0:
        spoken_year = word.year
        return _Part(value + unit * 10, pos + 1, sure and not spoken_year)
    return _Part(value, pos, sure) if sure else None


def _below_hundred(text: Text, at: int) -> _Part | None:
    word, digits = word_at(text, at), text.digits_at(at)
    if digits and len(digits) == 2:
        return _Part(int(digits), at + 1)
    # In a text without diacritics mười and mươi are one word; mươi never comes first.
    if word.ten:
        if opens_group(text, at + 1):
            return _Part(10, at + 1)
        unit = unit_at(text, at + 1)
        return _Part(10 + unit, at + 2) if unit else _Part(10, at + 1)
    if word.tens_digit:
        unit = unit_at(text, at + 1, five=True)
        return _Part(word.tens_digit * 10 + unit, at + 2) if unit else None
    digit = digit_at(text, at)
    if digit is None:
        return None
    second = word_at(text, at + 1)
    if digit and (second.tens or second.ten):
        # Recognisers write "hai mười" for hai mươi.
        unit = None if opens_group(text, at + 2) else unit_at(text, at + 2)
        sure = second.tens
        return _Part(digit * 10 + (unit or 0), at + 2 + (unit is not None), sure)
    unit = unit_at(text, at + 1, five=True)
    if digit and unit and _is_pair(text, at + 1):
        return _Part(digit * 10 + unit, at + 2, short=True)
    return _Part(digit, at + 1)


def _is_pair(text: Text, at: int) -> bool:
    """Whether the digit at ``at`` ends a short form such as bốn lăm."""
    if text.digits_at(at) or opens_group(text, at) or year_word_at(text, at):
        return False
    # A third digit makes it a row: hai chín bốn.
    goes_on = digit_at(text, at + 1) is not None and not opens_group(text, at + 1)
    return digit_at(text, at) is None or not goes_on
