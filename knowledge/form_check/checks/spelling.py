"""Spelling: syllables that Vietnamese does not have, tone marks, typing slips, old encodings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Any

from knowledge.extract.legacy import font_encoding
from knowledge.form_check.findings import Seen
from knowledge.form_check.page import Page
from knowledge.form_check.rules import words

_WORD = re.compile(r"[^\W\d_]+")
_TONES = {"\u0300": "huyền", "\u0301": "sắc", "\u0303": "ngã", "\u0309": "hỏi", "\u0323": "nặng"}
_OLD_TONE = re.compile(r"(?<![qQ])(o[áàảãạ]|o[éèẻẽẹ]|u[ýỳỷỹỵ])$", re.I)
_NEW_TONE = re.compile(r"(?<![qQ])([óòỏõọ][ae]|[úùủũụ]y)$", re.I)


def split_tone(word: str) -> tuple[str, str, int]:
    """The word without its tone mark, the tone's name, and how many tone marks it has."""
    letters, tone, count = [], "", 0
    for c in unicodedata.normalize("NFD", word.lower()):
        if c in _TONES:
            tone, count = _TONES[c], count + 1
        else:
            letters.append(c)
    return unicodedata.normalize("NFC", "".join(letters)), tone, count


@cache
def _table() -> tuple[tuple[str, ...], frozenset[str], frozenset[str], frozenset[str]]:
    table = words("syllables")
    onsets = tuple(sorted(table["onsets"].split(), key=len, reverse=True))
    return (onsets, frozenset(table["rimes"].split()), frozenset(table["q_rimes"].split()),
            frozenset(words("field_words").split()))  # fmt: skip


@lru_cache(50_000)
def is_syllable(word: str) -> bool:
    """Whether ``word`` can be a Vietnamese syllable, by onset, rime, tone and orthography.

    >>> is_syllable("nghiêng"), is_syllable("nghành"), is_syllable("thưc")
    (True, False, False)
    """
    onsets, rimes, q_rimes, field = _table()
    bare, tone, count = split_tone(word)
    if unicodedata.normalize("NFC", word.lower()) in field:
        return True
    if count > 1 or (bare.endswith(("c", "ch", "p", "t")) and tone not in ("sắc", "nặng")):
        return False
    if bare.startswith("qu"):
        return bare[2:] in q_rimes
    for onset in (*onsets, ""):
        rime = bare[len(onset) :]
        if not bare.startswith(onset) or not rime:
            continue
        if onset == "gi" and (rime in rimes or rime in ("n", "êng", "êt")):
            return True
        if rime not in rimes:
            continue
        front = rime[0] in "ieêy"
        if (onset in ("k", "gh", "ngh") and not front) or (onset in ("c", "ng") and front):
            continue
        if onset == "g" and front and rime[0] != "i":
            continue
        return True
    return False


def spelling(page: Page, args: dict[str, Any]) -> Iterator[Seen]:
    """Words with Vietnamese letters are Vietnamese syllables."""
    for line in page.of("any"):
        text = unicodedata.normalize("NFC", line.text)
        for m in _WORD.finditer(text):
            word = m[0]
            capitals = word.isupper() and len(word) < 5 and not _vowelled(word)
            if word.isascii() or capitals or is_syllable(word):
                continue
            if not all(c in _letters() for c in word.lower()):
                continue  # another language, or an old encoding, which has a rule of its own
            yield Seen(line.index, f"“{word}”", "xem lại chính tả")


@cache
def _letters() -> frozenset[str]:
    bases = "aăâeêioôơuưy"
    marked = {unicodedata.normalize("NFC", b + t) for b in bases for t in ("", *_TONES)}
    return frozenset(marked | set("bcdđghklmnpqrstvx"))


def _vowelled(word: str) -> bool:
    return any(c in "aăâeêioôơuưy" for c in split_tone(word)[0])


@cache
def _typos() -> tuple[re.Pattern[str], dict[str, str]]:
    table: dict[str, str] = words("typos")
    return re.compile(rf"\b({'|'.join(map(re.escape, table))})\b", re.I), table


def typos(page: Page, args: dict[str, Any]) -> Iterator[Seen]:
    """None of the slips listed in ``words.yaml``."""
    pattern, table = _typos()
    for line in page.of("any"):
        for m in pattern.finditer(unicodedata.normalize("NFC", line.text)):
            yield Seen(line.index, f"“{m[0]}”", f"“{table[m[0].lower()]}”")


def tone_places(page: Page, args: dict[str, Any]) -> Iterator[Seen]:
    """One way of placing tone marks (hòa or hoà) in the whole document."""
    old: list[tuple[int, str]] = []
    new: list[tuple[int, str]] = []
    for line in page.of("any"):
        for m in _WORD.finditer(unicodedata.normalize("NFC", line.text)):
            if _OLD_TONE.search(m[0]):
                old.append((line.index, m[0]))
            elif _NEW_TONE.search(m[0]):
                new.append((line.index, m[0]))
    if old and new:
        fewer, other = (old, new) if len(old) <= len(new) else (new, old)
        for index, word in fewer:
            yield Seen(index, f"“{word}”", f"đặt dấu cùng một kiểu như “{other[0][1]}”")


def doubled_word(page: Page, args: dict[str, Any]) -> Iterator[Seen]:
    """No word of the list ``doubles`` stands twice in a row."""
    doubles = "|".join(words("doubles").split())
    pattern = re.compile(rf"\b({doubles})\s+\1\b", re.I)
    for line in page.of("any"):
        if m := pattern.search(line.text):
            yield Seen(line.index, f"“{m[0]}”", f"“{m[1]}”")


def decomposed(page: Page, args: dict[str, Any]) -> Iterator[Seen]:
    """Letters are composed (NFC)."""
    for line in page.of("any"):
        if not unicodedata.is_normalized("NFC", "".join(run.text for run in line.runs)):
            yield Seen(line.index, "Unicode tổ hợp", "Unicode dựng sẵn")


def old_font(page: Page, args: dict[str, Any]) -> Iterator[Seen]:
    """No font of an old encoding (.VnTime, VNI-Times)."""
    for line in page.of("any"):
        fonts = {r.look.font for r in line.runs if font_encoding(r.look.font) == args["encoding"]}
        if fonts:
            yield Seen(line.index, f"phông {min(fonts)}", "Times New Roman, Unicode")


def old_letters(page: Page, args: dict[str, Any]) -> Iterator[Seen]:
    """No text of an old encoding under a Unicode font."""
    pattern = re.compile(args["regex"])
    for line in page.of("any"):
        if m := pattern.search(line.text):
            yield Seen(line.index, f"“{line.text[max(0, m.start() - 8) : m.end() + 8]}”",
                       "chuyển mã sang Unicode")  # fmt: skip


CHECKS: dict[str, Callable[[Page, dict[str, Any]], Iterator[Seen]]] = {
    "spelling": spelling, "typos": typos, "tone_places": tone_places,
    "doubled_word": doubled_word, "decomposed": decomposed, "old_font": old_font,
    "old_letters": old_letters,
}  # fmt: skip
