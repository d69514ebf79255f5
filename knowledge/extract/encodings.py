"""Which encoding are these bytes in? The one in which they are Vietnamese."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from knowledge.extract.legacy import from_tcvn3, from_vni
from knowledge.extract.refusals import refuse

_COMMON = (
    "và của các có được là cho trong đảng không người chi bộ viên đã với một những từ theo ở "
    "về khi này đến ra thì tại phải hội việc công tác quy định trên nhân dân ban năm ngày "
    "sinh hoạt cấp ủy uỷ tổ chức thực hiện nghị quyết hướng dẫn để vào số do hoặc nơi mà sự "
    "điều lệ đồng chí bí thư cán chính nhà nước hành xã phường nội dung"
)
COMMON = frozenset(_COMMON.split())
"""Words that stand in every Vietnamese text of this field."""

_WORD = re.compile(r"[^\W\d_]+")

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)

SAMPLE = 20_000
"""Letters that are looked at to tell an encoding."""

VIETNAMESE = 0.12
"""Share of common words from which a text is taken for Vietnamese; real ones have over 0.25."""


def vietnamese_share(text: str) -> float:
    """Share of the words of ``text`` that are common Vietnamese words with their diacritics."""
    words = _WORD.findall(unicodedata.normalize("NFC", text[:SAMPLE]).lower())
    marked = [w for w in words if not w.isascii()]
    # Words without any mark prove nothing: "cho" is the same in every encoding.
    hits = sum(w in COMMON for w in marked)
    return hits / max(1, len(words))


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text and the name of its encoding.

    Raises:
        DocumentRefused: it is not text, or text in an encoding that is not recognised.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, encoding, name), encoding.removesuffix("-sig")
    if b"\x00" in data[:4096]:
        guess = _utf16_without_mark(data)
        if not guess:
            raise refuse("unknown_kind", name, "binary data")
        return _strict(data, guess, name), guess
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _single_byte(data, name)
    return recode(text)


def recode(text: str) -> tuple[str, str]:
    """``text`` as it is, or converted when it is old Vietnamese that passed for Western letters."""
    best, encoding = text, "utf-8"
    share = vietnamese_share(text)
    for way, change in _OLD:
        converted = change(text[:SAMPLE])
        if (found := vietnamese_share(converted)) > max(2 * share, VIETNAMESE / 2):
            best, encoding, share = change(text), way, found
    return best, encoding


_OLD: tuple[tuple[str, Callable[[str], str]], ...] = (("tcvn3", from_tcvn3), ("vni", from_vni))


def _single_byte(data: bytes, name: str) -> tuple[str, str]:
    sample = data[:SAMPLE]
    ways: list[tuple[str, str, Callable[[str], str]]] = [
        ("windows-1258", "cp1258", lambda t: unicodedata.normalize("NFC", t)),
        ("tcvn3", "latin-1", from_tcvn3),
        ("vni", "cp1252", from_vni),
        ("vni", "latin-1", from_vni),
    ]
    scored = []
    for order, (encoding, codec, change) in enumerate(ways):
        text = change(sample.decode(codec, "replace"))
        scored.append((vietnamese_share(text), -order, encoding, codec, change))
    share, _, encoding, codec, change = max(scored, key=lambda s: s[:2])
    if share >= VIETNAMESE / 2:
        return change(data.decode(codec, "replace")), encoding
    # One broken letter in a long UTF-8 text is no reason to lose the document.
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if broken <= max(1, len(text) // 2000) and vietnamese_share(text) >= VIETNAMESE:
        return text, "utf-8"
    raise refuse("encoding", name, f"best guess {encoding} has {share:.2f} known words")


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise refuse("encoding", name, str(error)) from error


def _utf16_without_mark(data: bytes) -> str:
    """Notepad's "Unicode" without its mark: every other byte of Latin letters is zero."""
    head = data[:4096]
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if zeros.count(0) > len(zeros) // 3:
            return encoding
    return ""
