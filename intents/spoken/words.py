"""The words that numbers are made of, in all their regional forms."""

from __future__ import annotations

from dataclasses import dataclass

from intents.spoken.tokens import Text, bare_key, key


@dataclass(frozen=True, slots=True)
class Word:
    """What one word can be inside a number. Without diacritics it can be several things."""

    digit: int | None = None
    """0 to 9, said by itself."""
    unit: int | None = None
    """1 to 9 behind mươi, trăm …: mốt, tư, lăm."""
    ten: bool = False
    """mười."""
    tens: bool = False
    """mươi, chục."""
    tens_digit: int = 0
    """2 or 3 for hăm and băm, short for hai mươi and ba mươi."""
    hundred: bool = False
    scale: int = 0
    """1000 and more."""
    link: bool = False
    """linh, lẻ: the tens are empty."""
    half: bool = False
    """rưỡi."""
    year: bool = False
    """năm, which is 5 and "year"."""


_NONE = Word()

_WORDS: dict[str, Word] = {
    "không": Word(digit=0), "hông": Word(digit=0), "một": Word(digit=1), "hai": Word(digit=2),
    "ba": Word(digit=3), "bốn": Word(digit=4), "năm": Word(digit=5, year=True),
    "sáu": Word(digit=6), "bảy": Word(digit=7), "bẩy": Word(digit=7), "tám": Word(digit=8),
    "chín": Word(digit=9), "mốt": Word(unit=1), "tư": Word(unit=4), "lăm": Word(unit=5),
    "nhăm": Word(unit=5), "mười": Word(ten=True), "mươi": Word(tens=True), "chục": Word(tens=True),
    "hăm": Word(tens_digit=2), "băm": Word(tens_digit=3), "trăm": Word(hundred=True),
    "nghìn": Word(scale=10**3), "ngàn": Word(scale=10**3), "vạn": Word(scale=10**4),
    "triệu": Word(scale=10**6), "tỷ": Word(scale=10**9), "linh": Word(link=True),
    "lẻ": Word(link=True), "rưỡi": Word(half=True), "rưởi": Word(half=True),
}  # fmt: skip

# "hông" is a Southern "không", but never a zero at the beginning of a number.
_EXACT = {key(w): v for w, v in _WORDS.items() if w != "hông"}


def _merge(one: Word, two: Word) -> Word:
    return Word(
        digit=one.digit if one.digit is not None else two.digit,
        unit=one.unit if one.unit is not None else two.unit,
        ten=one.ten or two.ten,
        tens=one.tens or two.tens,
        tens_digit=one.tens_digit or two.tens_digit,
        hundred=one.hundred or two.hundred,
        scale=one.scale or two.scale,
        link=one.link or two.link,
        half=one.half or two.half,
        year=one.year or two.year,
    )


def _bare_table() -> dict[str, Word]:
    table: dict[str, Word] = {}
    for word, value in _WORDS.items():
        if word not in ("hông", "băm", "hăm"):
            bare = bare_key(word)
            table[bare] = _merge(table[bare], value) if bare in table else value
    return table


_BARE = _bare_table()


def word_at(text: Text, at: int) -> Word:
    """What the word at ``at`` is; an empty :class:`Word` for anything else."""
    found = text.key_at(at)
    return (_BARE if text.bare_at(at) else _EXACT).get(found, _NONE)


def unit_at(text: Text, at: int, *, five: bool = False) -> int | None:
    """1 to 9 in the last place of a number at ``at``; "năm" only where ``five`` allows it."""
    word = word_at(text, at)
    if word.unit is not None:
        return word.unit
    if word.digit and (five or not word.year):
        return word.digit
    digits = text.digits_at(at)
    if len(digits) == 1 and digits != "0" and not text.glued_at(at):
        return int(digits)
    return None


def digit_at(text: Text, at: int) -> int | None:
    """0 to 9 said by itself at ``at``, as a word or as one digit."""
    word = word_at(text, at)
    if word.digit is not None:
        return word.digit
    digits = text.digits_at(at)
    return int(digits) if len(digits) == 1 else None


def opens_group(text: Text, at: int) -> bool:
    """Whether the digit at ``at`` belongs to what follows: hai (mươi), ba (trăm)."""
    after = word_at(text, at + 1)
    return digit_at(text, at) is not None and (after.tens or after.hundred)
