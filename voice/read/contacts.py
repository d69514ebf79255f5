"""Telephone numbers, identity numbers, e-mail and web addresses."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from voice.read.foreign import transliterate
from voice.read.numbers import spell_digits
from voice.read.spelling import canonical, is_syllable
from voice.read.tokens import BREAK, Piece, Scan

_PHONE = re.compile(
    r"(?:\+\s?84|\(\+84\)|\(0\d{1,3}\)|0\d{1,4})(?:[ .\-–]?\d{2,4}){1,4}(?!\d|[.,/:–-]\d|%)"
)
_HOTLINE = re.compile(r"1[89]00(?:[ .\-]?\d{2,4}){1,3}(?!\d)")
_SHORT_LINE = re.compile(r"1\d{2,3}(?!\d|[.,/:]\d|\s?[–-]\s?\d)(?!\s?%)")
_IDENTITY = re.compile(r"[A-Z]{0,2}\d(?:[ .\-]?\d){3,24}(?!\d|,\d|/)")
_TAIL = re.compile(
    r"([^\W_]+(?:\s+[^\W_]+){0,4})\s*(?:số)?\s*(?:là|của [^\d:]{1,30})?\s*[:：]?\s*$"
)
_GROUP = re.compile(r"\d+")

_ADDRESS = re.compile(
    r"(?:https?://|ftp://)[^\s<>\"”“()\[\]]{1,500}"
    r"|www\.[^\s<>\"”“()\[\]]{1,500}"
    r"|[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,8}"
    r"|[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){0,8}\.(?:gov|edu|com|net|org|info|vn|asia|io|ai)(?:\.vn)?"
    r"(?![A-Za-z0-9\-.]{0,64}@)(?![A-Za-z0-9])(?:/[^\s<>\"”“()\[\]]*)?"
)
_PIECE = re.compile(r"[A-Za-z]+|\d+|[^A-Za-z\d]", re.ASCII)
_ENDINGS = {
    "vn": "vi en",
    "com": "com",
    "gov": "gốp",
    "edu": "e đu",
    "org": "o gờ",
    "net": "nét",
    "info": "in phô",
    "www": "vê kép vê kép vê kép",
    "gmail": "gi meo",
    "yahoo": "da hu",
    "html": "hát tê em mờ e lờ",
    "http": "",
    "https": "",
}
_MARKS = {
    ".": "chấm",
    "@": "a còng",
    "-": "gạch ngang",
    "_": "gạch dưới",
    "/": "gạch chéo",
    "?": "hỏi chấm",
    "=": "bằng",
    "&": "và",
    "#": "thăng",
    "%": "phần trăm",
    "+": "cộng",
    ":": "hai chấm",
    "~": "ngã",
}


def _said_before(scan: Scan, pos: int, name: str, reach: int = 60) -> bool:
    """Whether a cue stands before, with nothing between but "số", "là", a name or a colon."""
    match = _TAIL.search(scan.lower, max(scan.begin, pos - reach), pos)
    if not match:
        return False
    words = match[1].split()
    cues = scan.tables.cues[name]
    return any(
        " ".join(words[i:j]) in cues
        for i in range(len(words))
        for j in range(i + 1, len(words) + 1)
        if len(words) - j <= 2
    )


def _groups(scan: Scan, pos: int, end: int, size: tuple[int, ...] | None) -> list[Piece]:
    """Digits by groups, a short breath after each."""
    pieces: list[Piece] = []
    for match in _GROUP.finditer(scan.text, pos, end):
        start, stop = match.span()
        cuts = [start]
        if size and stop - start > 4:
            for step in size:
                if cuts[-1] + step < stop:
                    cuts.append(cuts[-1] + step)
        cuts.append(stop)
        for left, right in pairwise(cuts):
            pieces.append(Piece(spell_digits(scan.text[left:right]), left, right, pause=0.15))
    last = pieces[-1]
    pieces[-1] = Piece(last.words, last.start, end, number=False)
    return pieces


def match_phone(scan: Scan, pos: int) -> list[Piece] | None:
    """A telephone number, digit by digit, grouped as written (or 4-3-3)."""
    text, end = scan.text, scan.end
    match = _PHONE.match(text, pos, end)
    if match:
        count = sum(c.isdecimal() for c in match[0])
        plain = match[0].isdecimal()
        if 9 <= count <= 12 and not (plain and count == 12):
            pieces = _groups(scan, pos, match.end(), (4, 3) if count == 10 else (4, 4))
            if match[0][0] == "+":
                first = pieces[0]
                pieces[0] = Piece("cộng " + first.words, pos, first.end, first.pause)
            return pieces
    match = _HOTLINE.match(text, pos, end)
    if match and sum(c.isdecimal() for c in match[0]) >= 8:
        if "." in match[0] and not match[0].replace(".", "").isdecimal():
            return None
        if match[0].isdecimal() or _said_before(scan, pos, "phone"):
            return _groups(scan, pos, match.end(), (4, 4))
    match = _SHORT_LINE.match(text, pos, end)
    run = scan.line_run and scan.before() in (BREAK, "và", "hoặc", "hay")
    scan.line_run = False
    if match and run and not scan.followed(match.end(), "counted"):
        scan.line_run = True
        return [Piece(spell_digits(match[0]), pos, match.end())]
    if match and scan.cued("short_line") and not scan.followed(match.end(), "counted"):
        if scan.before() == "số" and scan.before(2) not in ("gọi số", "bấm số", "máy số"):
            return None
        scan.line_run = True
        return [Piece(spell_digits(match[0]), pos, match.end())]
    return None


def match_identity(scan: Scan, pos: int) -> list[Piece] | None:
    """A number that names a person or an account: digit by digit."""
    match = _IDENTITY.match(scan.text, pos, scan.end)
    if not match or not match[0][0].isdecimal():
        return None
    plain = match[0].isdecimal()
    cued = _said_before(scan, pos, "identity")
    if cued or (plain and len(match[0]) == 12 and match[0][0] == "0"):
        return _groups(scan, pos, match.end(), (3, 3, 3, 3, 3))
    return None


@lru_cache(maxsize=2048)
def _syllables(run: str) -> tuple[str, ...] | None:
    """``run`` (ASCII letters) cut into as few syllables as possible, or None."""
    if not run:
        return ()
    if len(run) > 40:
        return None
    best: tuple[str, ...] | None = None
    for stop in range(min(7, len(run)), 0, -1):
        if stop == 1 and len(run) > 1 and run[0] not in "aeiouy":
            continue
        if is_syllable(run[:stop]) and (rest := _syllables(run[stop:])) is not None:
            found = (run[:stop], *rest)
            if best is None or len(found) < len(best):
                best = found
    return best


def _address_words(scan: Scan, address: str) -> str:
    words: list[str] = []
    lower = address.lower()
    for scheme in ("https://", "http://", "ftp://"):
        lower = lower.removeprefix(scheme)
    for part in _PIECE.findall(lower):
        if part in _ENDINGS:
            words.append(_ENDINGS[part])
        elif part[0].isdigit():
            words.append(spell_digits(part))
        elif part.isalpha():
            words.append(_run_words(scan, part))
        else:
            words.append(_MARKS.get(part, ""))
    return canonical_words(" ".join(word for word in words if word))


def _run_words(scan: Scan, run: str) -> str:
    if spoken := scan.tables.foreign.get(run):
        return spoken
    cut = _syllables(run) if run.isascii() else None
    if cut and (len(run) > 2 or len(cut) == 1):
        return " ".join(cut)
    foreign = transliterate(run) if len(run) > 3 else None
    return foreign or " ".join(scan.tables.letters.get(c, "") for c in run)


def canonical_words(words: str) -> str:
    """Every word in the one spelling."""
    return " ".join(canonical(word) for word in words.split())


def match_address(scan: Scan, pos: int) -> list[Piece] | None:
    """An e-mail or web address: a còng, chấm, gạch chéo; names by syllables."""
    match = _ADDRESS.match(scan.text, pos, scan.end)
    if not match:
        return None
    address = match[0].rstrip(".,;:!?…'’/")
    if "." not in address:
        return None
    words = _address_words(scan, address)
    return [Piece(words, pos, pos + len(address))] if words else None
