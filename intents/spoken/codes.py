"""Document codes as they are said or typed: "chỉ thị năm mươi", "50-CT/TW", "CT 50".

A code is ``{"kind": "chỉ thị", "number": 50, "issuer": "TW", "year": 2026, "symbol": …}``.
``issuer`` and ``year`` are None when they were not said; ``symbol`` is the written code, and None
without an issuer. :func:`fits` says whether a written code of the store can be meant.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from intents.spoken.frame import is_end, is_first
from intents.spoken.numbers import Number, number_at, year_word_at
from intents.spoken.periods import year_behind
from intents.spoken.spots import Spot, Value
from intents.spoken.tables import table
from intents.spoken.tokens import Phrases, Text, bare_key
from intents.spoken.words import word_at

_SIGNS: dict[str, str] = table("document_kinds")
_KINDS: Phrases[str] = Phrases({kind: kind for kind in _SIGNS})
_SHORT: Phrases[str] = Phrases(table("short_kinds"))
_ISSUERS: Phrases[str] = Phrases(table("issuers"))
_LINKS: Phrases[bool] = Phrases(dict.fromkeys(table("code_links"), True))
_DATED = Phrases(dict.fromkeys(("ngày", "ban hành ngày", "ban hành năm", "của năm"), True))

_WRITTEN = re.compile(r"(\d+)(?:/(\d{4}))?-([^\W\d_]+)(?:[/-]([^\W\d_]+))?")

_NO_NUMBER = frozenset(("thứ", "điểm", "điều", "khoản", "mục"))
"""A number behind these is none of the document."""


def codes_in(text: Text, today: date) -> list[Spot]:
    """Every document that is named with a number, left to right."""
    found: list[Spot] = []
    at = 0
    while at < len(text):
        spot = _typed(text, at, today) or _said(text, at, today)
        if spot:
            found.append(spot)
        at = spot.end if spot else at + 1
    return found


def _said(text: Text, at: int, today: date) -> Spot | None:
    """chỉ thị [số] năm mươi [của] [ban bí thư] [năm …]; CT 50."""
    kind = _KINDS.at(text, at)
    short = None if kind else _short(text, at)
    hit = kind or short
    if hit is None:
        return None
    pos, issuer = hit[1], None
    pos = _past_links(text, pos)
    # "chỉ thị của ban bí thư số năm mươi"
    if before := _ISSUERS.at(text, pos):
        issuer, pos = before[0], _past_links(text, before[1])
    number = _number(text, pos)
    if number is None:
        return None
    end, year, sure = number.end, None, number.form == "short" or number.sure
    behind = _past_links(text, end)
    if again := (_KINDS.at(text, behind) or _short(text, behind)):
        # "50 gạch CT trên TW": the sign is said again.
        behind = _past_links(text, again[1])
    for _ in range(2):
        told = year_behind(text, _past_dated(text, behind), today)
        if told and year is None:
            year, end, behind = told[0], told[1], _past_links(text, told[1])
        after = _ISSUERS.at(text, behind)
        if after and issuer is None:
            issuer, end = after
            behind = _past_links(text, end)
    # "kế hoạch năm …", "thông báo một …" without "số" are often no documents.
    vague = number.end == number.begin + 1 and not text.digits_at(number.begin)
    numbered = pos > hit[1]
    alone = is_end(text, end) and not word_at(text, number.begin).year
    sure = sure and (not vague or numbered or issuer is not None or alone)
    return Spot(_value(hit[0], number, issuer, year), at, end, sure)


def _short(text: Text, at: int) -> tuple[str, int] | None:
    """CT, HD …: only before a number, since they are also other words."""
    hit = _SHORT.at(text, at)
    if hit and (text.digits_at(_past_links(text, hit[1])) or text.tokens[at].text.isupper()):
        return hit
    return None


def _number(text: Text, at: int) -> Number | None:
    if at >= len(text) or text.tokens[at].word in _NO_NUMBER or year_word_at(text, at):
        return None  # kế hoạch năm hai không hai sáu
    number = number_at(text, at)
    if number is None or number.value == 0 or len(number.written) > 6:
        return None
    if text.sign_at(number.end) == "/" and len(text.digits_at(number.end + 1)) in (1, 2):
        return None  # a date
    return number


def _past_links(text: Text, at: int) -> int:
    while hit := _LINKS.at(text, at):
        at = hit[1]
    return at


def _past_dated(text: Text, at: int) -> int:
    hit = _DATED.at(text, at)
    return hit[1] if hit else at


def _typed(text: Text, at: int, today: date) -> Spot | None:
    """50-CT/TW, 50 CT TW, 30/2020/NĐ-CP, with a kind before it or not."""
    kind = _KINDS.at(text, at)
    pos = _past_links(text, kind[1]) if kind else at
    digits = text.digits_at(pos)
    if not digits or len(digits) > 6:
        return None
    end, year = pos + 1, None
    if text.sign_at(end) == "/" and len(text.digits_at(end + 1)) == 4:
        year, end = int(text.digits_at(end + 1)), end + 2
    sign_at = _past_links(text, end)
    sign = _SHORT.at(text, sign_at)
    if sign is None:
        return None
    issuer_at = _past_links(text, sign[1])
    issuer = _ISSUERS.at(text, issuer_at)
    name = kind[0] if kind else sign[0]
    number = Number(int(digits), digits, pos, pos + 1, "numeral")
    end = issuer[1] if issuer else sign[1]
    told = year_behind(text, _past_dated(text, end), today)
    if told and year is None:
        year, end = told
    joined = text.sign_at(pos + 1) != "" or sign_at == pos + 1
    sure = bool(issuer) or bool(kind) or (joined and is_first(text, at) and is_end(text, end))
    return Spot(_value(name, number, issuer[0] if issuer else None, year), at, end, sure)


def _value(kind: str, number: Number, issuer: str | None, year: int | None) -> Value:
    sign = _SIGNS[kind]
    symbol = None
    if issuer == "CP" or (issuer == "TTg" and year):
        symbol = f"{number.value:02d}/{year}/{sign}-{issuer}" if year else None
    elif issuer:
        symbol = f"{number.value:02d}-{sign}/{issuer}"
    return {
        "kind": kind, "number": number.value, "issuer": issuer, "year": year, "symbol": symbol,
    }  # fmt: skip


def fits(code: Value, symbol: str, *, year: int | None = None) -> bool:
    """Whether the document written ``symbol`` ("42-HD/BTCTW", of ``year``) can be meant."""
    match = _WRITTEN.match(unicodedata.normalize("NFC", symbol))
    if match is None or not isinstance(code, dict):
        return False
    number, told, sign, issuer = match.groups()
    if int(number) != code["number"] or _bare(sign) != _bare(_SIGNS[str(code["kind"])]):
        return False
    if code["issuer"] and issuer and _bare(issuer) != _bare(str(code["issuer"])):
        return False
    known = int(told) if told else year
    return not (code["year"] and known and known != code["year"])


def _bare(sign: str) -> str:
    # "TƯ" is an older way to write "TW".
    return bare_key(sign.replace("TƯ", "TW").replace("tư", "tw"))
