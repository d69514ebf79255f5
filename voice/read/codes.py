"""Signs of documents: 50-CT/TW, 42-HD/BTCTW, 30/2020/NĐ-CP, 65/2025/QH15, forms (1A-KNĐ).

A sign says number, kind and organ: "chỉ thị số năm mươi của trung ương". The kind is not said
again when the word before has said it, and that word decides what an ambiguous sign means
(QĐ: quyết định, quy định); standing alone, QĐ of the Central Committee is a quy định and any
other a quyết định.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from voice.read.numbers import spell_cardinal, spell_digits
from voice.read.tables import tables
from voice.read.tokens import DASHES, Piece, Scan

_PREFIX = r"(?:(?P<pre>[A-ZĐ][A-Za-zĐđ]{1,5})\s(?=(?:số|\d)))?(?P<so>(?:[Ss]ố|SỐ)\s?:?\s?)?"
_LONGEST_SIGN = 24
_SIGN = r"[A-ZĐ][A-Za-zĐđ]{0,5}"
_ORGAN = r"[A-ZĐƯ][A-Za-zĐđƯư]{0,23}\d{0,3}"
_PARTY = re.compile(
    rf"{_PREFIX}(?P<number>\d{{1,5}}[A-Za-z]?)\s?[{DASHES}]\s?(?P<kind>{_SIGN})"
    rf"\s?/\s?(?P<organ>{_ORGAN}(?:[{DASHES}.]{_ORGAN}){{0,4}})(?![^\W_])"
)
_STATE = re.compile(
    rf"{_PREFIX}(?P<number>\d{{1,5}}[a-z]?)(?:/(?P<year>\d{{4}}))?/(?P<kind>{_SIGN})"
    rf"(?:\s?[{DASHES}]\s?(?P<organ>{_ORGAN}(?:[{DASHES}]{_ORGAN}){{0,4}}))?(?P<term>\d{{1,2}})?(?![^\W_])"
)
_BARE = re.compile(
    rf"{_PREFIX}(?P<number>\d{{1,5}}[A-Za-z]?)[{DASHES}](?P<kind>{_SIGN})(?P<organ>)(?![^\W_]|/)"
)
_FORM = re.compile(rf"(?P<number>\d{{1,3}}[A-Za-z]?)[{DASHES}](?P<form>[A-ZĐ]{{2,8}})(?![^\W_]|/)")
_OF = re.compile(r"\s+của\s+([^\W\d_]+(?:\s+[^\W\d_]+){0,5})")

# What is inside the Central Committee, so that "50-CT/TW của Ban Bí thư" names it twice.
_CENTRAL = ("trung ương", "ban bí thư", "bộ chính trị", "ban chấp hành trung ương", "đảng")


def match_code(scan: Scan, pos: int) -> list[Piece] | None:
    """A document's sign at ``pos``, with "số" or the kind's short sign before it if any."""
    text, end = scan.text, scan.end
    for pattern in (_PARTY, _STATE, _BARE):
        match = pattern.match(text, pos, end)
        if not match:
            continue
        words = _code_words(scan, match)
        if words:
            return [Piece(words, pos, match.end())]
    return _match_form(scan, pos)


def _number(scan: Scan, written: str) -> str:
    digits = written.rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    words = spell_cardinal(int(digits), region=scan.region)
    letter = written[len(digits) :].lower()
    return f"{words} {scan.tables.letters[letter]}" if letter else words


def _code_words(scan: Scan, match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    kinds = scan.tables.kinds
    kind_sign, organ_sign = groups["kind"], groups["organ"] or ""
    prefix = groups["pre"]
    if prefix and prefix not in kinds and prefix not in scan.tables.abbreviations:
        return None
    if kind_sign == "QH" and groups.get("term"):
        names: tuple[str, ...] = ()
        organ_words: str | None = "quốc hội khóa " + _number(scan, groups["term"])
    elif kind_sign == "UBTVQH" and groups.get("term"):
        names = ()
        organ_words = "ủy ban thường vụ quốc hội khóa " + _number(scan, groups["term"])
    else:
        term = groups.get("term") or ""
        if term and not organ_sign:
            return None
        if kind_sign not in kinds and not organ_sign:
            return None
        if kind_sign in kinds:
            names = kinds[kind_sign]
        elif kind_sign.lower() in scan.tables.units or not kind_sign.isupper():
            return None
        else:
            names = (spell_sign(scan, kind_sign),)
        organ_words = organ(scan, organ_sign + term) if organ_sign else None
    said = _kind_said(scan, names)
    number = _number(scan, groups["number"])
    if said:
        parts = [number] if scan.before() == "số" else ["số", number]
    else:
        kind = _kind(names, organ_sign)
        if prefix and prefix != kind_sign and prefix in kinds and prefix not in ("QĐ",):
            kind = kinds[prefix][0]
        lead = scan.before() == "số"
        parts = ([kind] if kind and not lead else []) + ([] if lead else ["số"]) + [number]
        if lead and kind:
            parts += [kind]
    if groups.get("year"):
        parts.append("năm " + spell_cardinal(int(groups["year"]), region=scan.region))
    if organ_words and not _organ_follows(scan, match.end(), organ_words):
        parts += ["của", organ_words]
    return " ".join(parts)


def _kind(names: tuple[str, ...], organ_sign: str) -> str:
    if not names:
        return ""
    if names[0] == "quyết định" and organ_sign in ("TW", "TƯ"):
        return "quy định"
    if names[0] == "thông tri" and organ_sign.startswith("B"):
        return "thông tư"
    return names[0]


@cache
def _every_kind() -> frozenset[str]:
    """Every kind of document that the word before a sign may name."""
    listed = {name for kinds in tables().kinds.values() for name in kinds}
    return frozenset(listed | {"bộ luật", "văn bản", "hiến pháp"})


def _kind_said(scan: Scan, names: tuple[str, ...]) -> bool:
    """Whether the words before already name the kind (or any kind: the writer's word goes)."""
    history = scan.history[:-1] if scan.before() == "số" else scan.history
    if not history:
        return False
    said = [" ".join(history[-n:]) for n in (1, 2, 3, 4)]
    return any(words in names or words in _every_kind() for words in said)


def _organ_follows(scan: Scan, end: int, words: str) -> bool:
    """Whether the text itself goes on with "của" and the same organ."""
    match = _OF.match(scan.text, end, scan.end)
    if not match:
        return False
    following = match[1].lower()
    if following.startswith(words) or words.endswith(following):
        return True
    return words == "trung ương" and following.startswith(_CENTRAL)


@lru_cache(maxsize=1024)
def _cut(sign: str, known: frozenset[str]) -> tuple[str, ...] | None:
    """``sign`` cut into as few known signs as possible, or None."""
    if not sign:
        return ()
    if len(sign) > _LONGEST_SIGN:
        return None
    for stop in range(len(sign), 0, -1):
        if sign[:stop] in known and (rest := _cut(sign[stop:], known)) is not None:
            return (sign[:stop], *rest)
    return None


def organ(scan: Scan, sign: str) -> str:
    """The organ that ``sign`` stands for; its letters when nobody knows it."""
    parts: list[str] = []
    for part in re.split(rf"[{DASHES}.]", sign):
        digits = part[len(part.rstrip("0123456789")) :]
        body = part[: len(part) - len(digits)] if digits else part
        body = body.replace("TƯ", "TW")
        parts.append(_organ_part(scan, body))
        if digits:
            number = spell_cardinal(int(digits), region=scan.region)
            parts.append(("khóa " if body in ("QH", "UBTVQH") else "") + number)
    return " ".join(part for part in parts if part)


def _organ_part(scan: Scan, body: str) -> str:
    organs = scan.tables.organs
    if body in ("TU", "TVTU") or body.endswith("TU"):
        place = "tỉnh ủy" if "tỉnh" in scan.lower and "thành ủy" not in scan.lower else "thành ủy"
        head = "thường vụ " if body == "TVTU" else ""
        if body in ("TU", "TVTU"):
            return head + place
        rest = _cut(body[:-2], frozenset(organs))
        if rest:
            return " ".join(organs[part] for part in rest) + " " + place
    cut = _cut(body, frozenset(organs))
    # Single letters prove nothing: ABP is not "A, B, phường".
    if cut and all(len(part) > 1 for part in cut[:1]):
        return " ".join(organs[part] for part in cut)
    if body.upper() != body and (cut := _cut(body.upper(), frozenset(organs))):
        return " ".join(organs[part] for part in cut)
    return spell_sign(scan, body)


def spell_sign(scan: Scan, sign: str) -> str:
    """The names of the letters of ``sign``; digits one by one."""
    letters = scan.tables.letters
    return " ".join(
        spell_digits(c) if c.isdecimal() else letters.get(c.lower(), "") for c in sign
    ).strip()


def _match_form(scan: Scan, pos: int) -> list[Piece] | None:
    match = _FORM.match(scan.text, pos, scan.end)
    if not match:
        return None
    readings = scan.tables.abbreviations.get(match["form"])
    name = readings[-1].spoken if readings else spell_sign(scan, match["form"])
    number = _number(scan, match["number"])
    lead = "" if scan.before() in ("mẫu", "số", "phiếu", "biểu") else "mẫu "
    return [
        Piece(f"{lead}{number}", pos, match.end("number"), pause=0.15),
        Piece(name, match.start("form"), match.end()),
    ]
