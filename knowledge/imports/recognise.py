"""What a document says of itself: kind, number, date, issuer, title, force, what it replaces."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.extract.blocks import Block, Extracted
from knowledge.extract.markers import begins_bullet, is_capitals
from knowledge.extract.title import KINDS, kind_line
from knowledge.fold import nfc

HEAD, TAIL = 30, 25
"""Blocks at either end among which a document speaks of itself."""

_CODE = (
    r"\d{1,5}[a-zA-Z]?(?:/\d{4})?\s?[-/]\s?[A-ZĐ][A-Za-zĐđ]{0,5}\d{0,2}(?:\s?[-/]\s?[A-ZĐƯ]{1,9})?"
)
_NUMBER_LINE = re.compile(rf"\bSố\s*:?\s*({_CODE})(?![\w/])")
_SYMBOL = re.compile(rf"(?<![\w/-])({_CODE})(?![\w/])")
_LONG_DATE = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_SHORT_DATE = re.compile(r"(\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?(\d{4})")
_FORCE = re.compile(
    r"có hiệu lực(?:\s+thi hành)?\s+(?:kể\s+)?từ\s+(ngày ký|ngày ban hành|(?:ngày\s+)?[\d/.\-]+"
    r"|ngày \d{1,2} tháng \d{1,2} năm \d{4})"
)
_REPLACES = re.compile(r"\b(?:thay thế|thay cho|bãi bỏ|hết hiệu lực)\b", re.IGNORECASE)

ABBREVIATIONS = {
    "NQ": "nghị quyết", "CT": "chỉ thị", "KL": "kết luận", "QC": "quy chế", "HD": "hướng dẫn",
    "TB": "thông báo", "BC": "báo cáo", "KH": "kế hoạch", "CTR": "chương trình",
    "TTR": "tờ trình", "ĐA": "đề án", "PA": "phương án", "CV": "công văn", "TT": "thông tri",
    "NĐ": "nghị định", "BB": "biên bản",
}  # fmt: skip
"""Symbol -> kind. QĐ is missing: it stands for quyết định and for quy định."""

_ISSUERS = {
    "TW": "Trung ương Đảng", "BTCTW": "Ban Tổ chức Trung ương",
    "VPTW": "Văn phòng Trung ương Đảng", "UBKTTW": "Ủy ban Kiểm tra Trung ương",
    "BTGDVTW": "Ban Tuyên giáo và Dân vận Trung ương", "CP": "Chính phủ",
    "BNV": "Bộ Nội vụ", "TTG": "Thủ tướng Chính phủ",
}  # fmt: skip
_SIGNED = re.compile(
    r"^T/?M\.?\s+(?P<who>BAN BÍ THƯ|BỘ CHÍNH TRỊ|BAN CHẤP HÀNH TRUNG ƯƠNG|BAN THƯỜNG VỤ|ĐẢNG ỦY"
    r"|CHI BỘ|CHI ỦY|CHÍNH PHỦ|[A-ZĐÀ-Ỹ ]{6,40})"
)
_PROPER = {
    "đảng": "Đảng", "trung ương": "Trung ương", "điều lệ": "Điều lệ", "ban bí thư": "Ban Bí thư",
    "bộ chính trị": "Bộ Chính trị", "nhà nước": "Nhà nước", "việt nam": "Việt Nam",
}  # fmt: skip
_LOWER_AFTER = ("viên", "phí", "tịch", "ủy", "uỷ", "bộ", "vụ", "số")
"""Words before which đảng is no name: đảng viên, đảng phí."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A document that the text says it replaces."""

    code: str
    kind: str = ""
    date: str = ""
    """ISO, or empty."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was found; any of it may be empty, and all of it may be corrected."""

    kind: str = ""
    number: str = ""
    code: str = ""
    date: str = ""
    issuer: str = ""
    title: str = ""
    """What follows the name: ``về thi hành Điều lệ Đảng``."""
    in_force_from: str = ""
    replaces: tuple[Mention, ...] = ()


def recognise(extracted: Extracted) -> Recognised:
    """What ``extracted`` says of itself."""
    head = [b for b in extracted.blocks[:HEAD] if not begins_bullet(b.text)]
    code = _code(head)
    kind = _kind(extracted, head, code)
    issued = _date(head)
    whole = [b.text for b in (*extracted.blocks[:HEAD], *extracted.blocks[-TAIL:])]
    return Recognised(
        kind=kind,
        number=re.match(r"\d*", code)[0] if code else "",  # type: ignore[index]
        code=code,
        date=issued,
        issuer=_issuer(extracted.blocks, code),
        title=_title(extracted, kind),
        in_force_from=_in_force(whole, issued),
        replaces=tuple(_replaced(extracted.blocks, code)),
    )


def _code(head: Sequence[Block]) -> str:
    for pattern in (_NUMBER_LINE, _SYMBOL):
        for block in head:
            if pattern is _SYMBOL and (
                block.text.lower().startswith("căn cứ") or len(block.text) > 120
            ):
                continue
            match = pattern.search(block.text)
            if match:
                return re.sub(r"\s", "", match[1])
    return ""


def _abbreviation(code: str) -> str:
    parts = re.split(r"[-/]", code)
    return next((p.upper() for p in parts[1:] if p and not p.isdigit()), "")


def _kind(extracted: Extracted, head: Sequence[Block], code: str) -> str:
    for block in head:
        if found := kind_line(block.text):
            return found
    lowered = extracted.title.lower()
    starts = [kind for kind in KINDS if lowered.startswith(kind)]
    if starts:
        return max(starts, key=len)
    return ABBREVIATIONS.get(_abbreviation(code), "văn bản")


def _date(head: Sequence[Block]) -> str:
    for block in head:
        if block.text.lower().startswith("căn cứ"):
            continue
        match = _LONG_DATE.search(block.text)
        if match:
            return _iso(match[1], match[2], match[3])
    return ""


def _iso(day: str, month: str, year: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _issuer(blocks: Sequence[Block], code: str) -> str:
    suffix = re.split(r"[-/]", code)[-1].upper().replace("Ư", "W") if code else ""
    for block in (*blocks[-TAIL:], *blocks[:HEAD]):
        match = _SIGNED.match(block.text)
        if match and suffix in ("TW", ""):
            return _capitalised(match["who"])
    if suffix in _ISSUERS:
        return _ISSUERS[suffix]
    for block in blocks[:HEAD]:
        # The office stands in capitals above the number; the Party's name is no office.
        text = block.rows[0][0] if block.rows else block.text
        text = re.split(r"\*|\bSố\b", text)[0].strip(" -–_")
        if is_capitals(text) and "ĐẢNG CỘNG SẢN" not in text and not kind_line(text):
            return _capitalised(text)
    return ""


def _capitalised(text: str) -> str:
    words = text.lower().split()
    small = {"của", "và", "thường", "vụ", "bộ", "ủy", "uỷ", "hành", "thư", "trị"}
    out = [w if w in small and at else w[:1].upper() + w[1:] for at, w in enumerate(words)]
    joined = " ".join(out)
    return joined.replace("Trung Ương", "Trung ương").replace("Chấp hành", "Chấp hành")


def _title(extracted: Extracted, kind: str) -> str:
    title = nfc(extracted.title)
    if title.lower().startswith(kind) and len(title) > len(kind):
        title = title[len(kind) :].strip(" -–:.,")
    if not title or kind_line(title):
        return ""
    if is_capitals(title):
        title = _truecased(title.lower(), extracted)
    elif title[:1].isupper() and not title[1:2].isupper() and title.split()[0].lower() in (
        "về", "ban", "thực", "triển", "quy", "một", "thi", "công", "tổ",
    ):  # fmt: skip
        title = title[0].lower() + title[1:]
    first = title.split()[0].lower()
    return title if first in ("về", "của", "thực", "đảng") else f"về {title}"


def _truecased(title: str, extracted: Extracted) -> str:
    """``title`` with capitals where the document's own text has them."""
    body = " ".join(b.text for b in extracted.blocks if not is_capitals(b.text))
    words = title.split()
    out: list[str] = []
    at = 0
    while at < len(words):
        for length in range(min(8, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + length])
            found = re.findall(rf"(?<=[a-zà-ỹđ,] ){re.escape(phrase)}(?!\w)", body, re.IGNORECASE)
            if found and (length > 1 or len(found) > 1):
                out += Counter(found).most_common(1)[0][0].split()
                at += length
                break
        else:
            out.append(_proper(words, at))
            at += 1
    return " ".join(out)


def _proper(words: Sequence[str], at: int) -> str:
    word = words[at]
    if word == "đảng" and (at + 1 >= len(words) or words[at + 1] not in _LOWER_AFTER):
        return "Đảng"
    pair = " ".join(words[at : at + 2])
    return _PROPER[pair].split()[0] if pair in _PROPER else word


def _in_force(texts: Sequence[str], issued: str) -> str:
    for text in texts:
        match = _FORCE.search(text)
        if match is None:
            continue
        said = match[1]
        if "ký" in said or "ban hành" in said:
            return issued
        return _iso_in(said)
    return ""


def _iso_in(text: str) -> str:
    long, short = _LONG_DATE.search(text), _SHORT_DATE.search(text)
    match = long or short
    return _iso(match[1], match[2], match[3]) if match else ""


def _replaced(blocks: Sequence[Block], own: str) -> Iterator[Mention]:
    """Codes that stand behind "thay thế" and the like, within a sentence."""
    seen = {own}
    for block in (*blocks[:HEAD], *blocks[-TAIL:]):
        for sentence in re.split(r"(?<=[.;])\s+(?=[A-ZĐ])", block.text):
            verb = _REPLACES.search(sentence)
            if verb is None:
                continue
            # "X hết hiệu lực": what ends stands before the verb.
            behind = sentence[verb.end() :]
            part = sentence[: verb.start()] if verb[0].lower() == "hết hiệu lực" else behind
            for match in _SYMBOL.finditer(part):
                code = re.sub(r"\s", "", match[1])
                if code in seen:
                    continue
                seen.add(code)
                before = part[: match.start()].lower().rstrip().removesuffix("số").rstrip()
                kind = next((k for k in KINDS if before.endswith(k)), "")
                rest = part[match.end() : match.end() + 40].split(";")[0]
                yield Mention(code, kind, _iso_in(rest))
