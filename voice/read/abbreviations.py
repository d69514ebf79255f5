"""Abbreviations, single letters, mixed signs (KP12, 6A) and words nobody listed."""

from __future__ import annotations

import re
from functools import lru_cache

from voice.read.codes import _cut, spell_sign
from voice.read.foreign import transliterate
from voice.read.numbers import spell_cardinal, spell_digits, spell_month, spell_ordinal
from voice.read.roman import roman_value
from voice.read.spelling import canonical, is_sayable, is_syllable
from voice.read.tables import tables
from voice.read.tokens import DASHES, Piece, Scan

# Bounded, as all patterns here: a text of a million hyphens must not take for ever.
_LONGEST = 40
"""Letters up to which a word is searched for syllables written together."""
_SIGN = re.compile(rf"[^\W\d_]{{1,24}}(?:(?:[./&{DASHES}]|\.\s)[^\W\d_]{{1,24}}){{0,5}}")
_MIXED = re.compile(r"[^\W_]+")
_RUN = re.compile(r"\d+|[^\W\d_]+")
_PHRASE = re.compile(r"[^\W_]+(?:[ .'’-]{1,2}[^\W_]+){0,2}")
_MONTH = re.compile(rf"[Tt](\d{{1,2}})(?:\s?[{DASHES}/.]\s?((?:19|20)\d{{2}}))?(?![^\W_])")
_ROMAN = re.compile(r"[IVXLCDM]+(?![^\W_])")
_ROMAN_LOWER = re.compile(r"[ivxlcdm]{2,}(?![^\W_])")
_ROMAN_YEAR = re.compile(rf"\s?[{DASHES}/]\s?((?:19|20)\d{{2}})(?![\d/]|[.,]\d)")
_ROMAN_JOINT = re.compile(rf"\s?[{DASHES}]\s?(?=[IVX]+(?![^\W_]))")


@lru_cache(maxsize=1)
def _folded() -> dict[str, str]:
    """Long abbreviations typed without capitals ("ubnd"): lower case -> as listed."""
    return {
        sign.lower(): sign
        for sign in tables().abbreviations
        if len(sign) >= 3 and sign.isupper() and not is_syllable(sign.lower())
    }


@lru_cache(maxsize=1)
def foreign_heads() -> frozenset[str]:
    """First words of the listed foreign phrases."""
    return frozenset(re.split(r"[ .'’-]", phrase)[0] for phrase in tables().foreign)


def _listed(scan: Scan, sign: str, end: int) -> str | None:
    """The reading of a listed abbreviation that fits here, or None."""
    readings = scan.tables.abbreviations.get(sign)
    if not readings:
        return None
    word = sign.lower()
    if scan.capitals and is_sayable(word) and sign.isupper() and len(sign) > 1 and "." not in sign:
        return None  # "TU DƯỠNG" in a heading is no Party committee
    for reading in readings:
        if reading.when is None or scan.holds(reading.when, end):
            return reading.spoken
    return None


def match_abbreviation(scan: Scan, pos: int) -> list[Piece] | None:
    """The longest listed abbreviation at ``pos``."""
    match = _SIGN.match(scan.text, pos, scan.end)
    if not match:
        return None
    chunk = match[0]
    ends = sorted({m.start() for m in re.finditer(rf"[./&{DASHES}]|\s", chunk)} | {len(chunk)})
    for length in reversed(ends):
        sign, end = chunk[:length], pos + length
        following = scan.text[end : end + 1]
        if following.isalpha():
            continue
        dotted = following == "."
        candidates = [(sign + ".", end + 1)] if dotted else []
        candidates.append((sign, end))
        for candidate, stop in candidates:
            spoken = _listed(scan, candidate, stop)
            if spoken:
                return [Piece(spoken, pos, stop)]
        if length == len(ends) or length < 3:
            continue
        folded = _folded().get(sign) if sign.islower() and sign.isalpha() else None
        if folded and (spoken := _listed(scan, folded, end)):
            return [Piece(spoken, pos, end)]
    return None


def match_roman(scan: Scan, pos: int) -> list[Piece] | None:
    """A Roman numeral where one is due: after đại hội, khóa, quý …; in a run of them."""
    match = _ROMAN.match(scan.text, pos, scan.end)
    if not match:
        return _lower_roman(scan, pos)
    sign = match[0]
    value = roman_value(sign)
    if value is None:
        return None
    run = scan.roman_run and scan.before() in (",", "và", "đến", "tới", "hoặc", "sang")
    if len(sign) == 1:
        due = sign in "IVX" and (run or scan.cued("roman_letter"))
        if sign == "C" and scan.before(2) in ("thế kỷ", "thế kỉ"):
            due = True
    else:
        due = (
            run
            or scan.cued("roman")
            or (
                # XIV, VIII stand for themselves; VI, MI, CD, DI may be words or letters.
                not is_syllable(sign.lower()) and set(sign) <= set("IVX")
            )
        )
    if not due:
        return None
    words = spell_cardinal(value, region=scan.region)
    if scan.before() == "thứ" or (scan.before() == "hạng" and value == 1):
        words = spell_ordinal(value, region=scan.region)
    scan.roman_run = True
    pieces = [Piece(words, pos, match.end())]
    if year := _ROMAN_YEAR.match(scan.text, match.end(), scan.end):
        # quý I/2026
        spoken = "năm " + spell_cardinal(int(year[1]), region=scan.region)
        return [*pieces, Piece(spoken, year.start(), year.end())]
    joint = _ROMAN_JOINT.match(scan.text, match.end(), scan.end)
    if joint and (following := _ROMAN.match(scan.text, joint.end(), scan.end)):
        second = roman_value(following[0])
        if second is not None and second > value:
            start = joint.start() + len(joint[0]) - len(joint[0].lstrip())
            pieces.append(Piece("đến", start, start + len(joint[0].strip())))
            pieces.append(
                Piece(
                    spell_cardinal(second, region=scan.region), following.start(), following.end()
                )
            )
    return pieces


def _lower_roman(scan: Scan, pos: int) -> list[Piece] | None:
    match = _ROMAN_LOWER.match(scan.text, pos, scan.end)
    if not match or not scan.cued("roman_lower"):
        return None
    value = roman_value(match[0].upper())
    if value is None:
        return None
    # "phần di sản" goes on with a word; "thế kỷ vi" hardly does.
    if is_syllable(match[0]) and scan.ahead(match.end(), 1):
        return None
    return [Piece(spell_cardinal(value, region=scan.region), pos, match.end())]


def match_foreign(scan: Scan, pos: int) -> list[Piece] | None:
    """A listed foreign word or phrase, longest first."""
    match = _PHRASE.match(scan.text, pos, scan.end)
    if not match:
        return None
    chunk = match[0]
    ends = sorted({m.start() for m in re.finditer(r"[ .'’-]+", chunk)} | {len(chunk)})
    for length in reversed(ends):
        written = chunk[:length]
        low = written.lower()
        spoken = scan.tables.foreign.get(low)
        if spoken and (low not in scan.tables.foreign_upper or written.isupper()):
            if low in scan.tables.foreign_upper and scan.capitals and is_syllable(low):
                continue
            return [Piece(spoken, pos, pos + length)]
    return None


def match_mixed(scan: Scan, pos: int) -> list[Piece] | None:
    """Letters and digits in one sign: KP12, 6A, A80, T8, 5G."""
    match = _MIXED.match(scan.text, pos, scan.end)
    if not match:
        return None
    sign = match[0]
    runs = list(_RUN.finditer(sign))
    if len(runs) < 2:
        return None
    if spoken := _listed(scan, sign, match.end()):
        return [Piece(spoken, pos, match.end())]
    if (month := _MONTH.match(scan.text, pos, scan.end)) and 1 <= int(month[1]) <= 12:
        return [Piece(_month_words(scan, month), pos, month.end())]
    words: list[str] = []
    for index, run in enumerate(runs):
        part = run[0]
        if part[0].isdecimal():
            label = len(part) > 3 or (part[0] == "0" and len(part) > 1)
            words.append(
                spell_digits(part) if label else spell_cardinal(int(part), region=scan.region)
            )
            continue
        after = pos + run.end()
        listed = _listed(scan, part, after) if index + 1 < len(runs) or len(part) > 1 else None
        if listed:
            words.append(listed)
        else:
            words.append(_letters_or_word(scan, part))
    return [Piece(" ".join(words), pos, match.end())]


def _month_words(scan: Scan, month: re.Match[str]) -> str:
    words = "tháng " + spell_month(int(month[1]), region=scan.region)
    return f"{words} năm {spell_cardinal(int(month[2]), region=scan.region)}" if month[2] else words


def _letters_or_word(scan: Scan, part: str) -> str:
    low = part.lower()
    if len(part) > 1 and not part.isupper() and is_syllable(canonical(low)):
        return canonical(low)
    if spoken := scan.tables.foreign.get(low):
        return spoken
    cut = _cut(part, frozenset(scan.tables.organs)) if part.isupper() and len(part) > 2 else None
    if cut and all(len(sign) > 1 for sign in cut):
        return " ".join(scan.tables.organs[sign] for sign in cut)
    if part.isupper() or len(part) == 1:
        return spell_sign(scan, part)
    return unlisted(scan, part)


def unlisted(scan: Scan, word: str) -> str:
    """A word that is no syllable and in no table: glued syllables, initials, a foreign name."""
    low = canonical(word)
    if is_syllable(low) and not word.isupper():
        return low
    if word.isupper():
        cut = _cut(word, frozenset(scan.tables.organs)) if len(word) > 2 else None
        if cut and all(len(sign) > 1 for sign in cut):
            return " ".join(scan.tables.organs[sign] for sign in cut)
        if not scan.capitals or len(word) <= 5:
            spelled = spell_sign(scan, word)
            if spelled:
                return spelled
    humps = _humps(word)
    if len(humps) > 1:
        return " ".join(_hump(scan, hump) for hump in humps)
    if glued := _glued(low):
        return " ".join(glued)
    return transliterate(word) or spell_sign(scan, word)


def _humps(word: str) -> list[str]:
    """``word`` cut where a capital follows a small letter: XâyDựng, VNeID."""
    cuts = [0, *(i for i in range(1, len(word)) if word[i].isupper() and word[i - 1].islower())]
    return [word[i:j] for i, j in zip(cuts, [*cuts[1:], len(word)], strict=True)]


def _hump(scan: Scan, hump: str) -> str:
    low = canonical(hump)
    if spoken := scan.tables.foreign.get(low):
        return spoken
    return low if is_syllable(low) and len(low) > 1 else unlisted(scan, hump)


@lru_cache(maxsize=4096)
def _glued(word: str) -> tuple[str, ...] | None:
    """Syllables written together by mistake ("đảngviên"); only with diacritics, to be sure."""
    if word.isascii() or not 5 <= len(word) <= _LONGEST:
        return None
    for cut in range(len(word) - 2, 1, -1):
        head = canonical(word[:cut])
        if is_sayable(head):
            rest = word[cut:]
            if is_sayable(rest):
                return (head, canonical(rest))
            if len(rest) >= 5 and (more := _glued(rest)):
                return (head, *more)
    return None
