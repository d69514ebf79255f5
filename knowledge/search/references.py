"""Documents and their parts as people name them: "điều hai mươi quy định hai chín bốn"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.extract.title import KINDS
from knowledge.fold import fold, spell
from knowledge.lookup import find_documents
from knowledge.records import Document
from knowledge.search.spoken import number_at

_KIND_WORDS: dict[tuple[str, ...], str] = {
    tuple(fold(kind).split()): fold(kind) for kind in (*KINDS, "văn bản", "bài báo")
} | {
    (short,): long
    for short, long in (
        ("ct", "chi thi"), ("hd", "huong dan"), ("qd", "quy dinh"), ("nq", "nghi quyet"),
        ("kl", "ket luan"), ("cv", "cong van"), ("kh", "ke hoach"), ("nd", "nghi dinh"),
    )
}  # fmt: skip

_SYMBOL = re.compile(
    r"(?<![\w/])\d{1,5}\s*(?:/\s*\d{4}\s*)?[-/]\s*[A-ZĐa-zđ]{1,6}\d{0,2}"
    r"(?:\s*[-/]\s*[A-ZĐƯa-zđư]{2,8})?(?![\w/])"
)
"""``50-CT/TW``, ``30/2020/NĐ-CP``, ``01-HD/TW``."""

_PART_WORDS = {"dieu": "điều", "khoan": "khoản", "diem": "điểm", "muc": "mục", "chuong": "chương",
               "phan": "phần", "phu luc": "phụ lục"}  # fmt: skip
_ORDINAL = {"nhat": "1", "nhi": "2", "tu": "4"}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9,
          "x": 10, "xi": 11, "xii": 12}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reference:
    """A document that is named in a question."""

    said: str
    """As found, folded: ``quy dinh 294``."""
    documents: tuple[Document, ...]
    """All it may mean, the likeliest first; empty when we have none of that name."""
    words: range
    """Its place among the folded words of the question."""
    certain: bool = True
    """Named with kind or symbol; a bare number only hints at a document."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a document that is named in a question: ``điều`` ``20``."""

    kind: str
    label: str
    words: range


def find_references(text: str, documents: Sequence[Document]) -> tuple[Reference, ...]:
    """Every document that ``text`` names, in the order of the text."""
    words, spelled = fold(text).split(), spell(text).split()
    found: list[Reference] = []
    taken: set[int] = set()
    for match in _SYMBOL.finditer(text):
        begin = len(fold(text[: match.start()]).split())
        place = range(begin, begin + len(fold(match[0]).split()))
        year, end = _year(words, place.stop)
        hits = find_documents(f"{match[0]} năm {year}" if year else match[0], documents)
        if hits or "/" in match[0]:
            place = range(begin, end)
            found.append(Reference(fold(match[0]), hits, place))
            taken |= set(place)
    for begin in range(len(words)):
        if begin in taken:
            continue
        named = _kind_and_number(words, begin, spelled)
        if named is None:
            continue
        kind, number, end = named
        year, end = _year(words, end)
        place = range(begin, end)
        if taken & set(place):
            continue
        hits = find_documents(f"{kind} {number}{' năm ' + year if year else ''}", documents)
        if not hits and not year and kind != "van ban":
            # People mix the kinds up: any document of this number is a better guess than none.
            hits = find_documents(number, documents) if len(number) > 1 else ()
        found.append(Reference(f"{kind} {number} {year}".strip(), hits, place))
        taken |= set(place)
    for begin, end, title in _named(words, documents):
        if not taken & set(range(begin, end)):
            found.append(Reference(" ".join(words[begin:end]), (title,), range(begin, end)))
            taken |= set(range(begin, end))
    found += _bare_numbers(words, documents, taken)
    return tuple(sorted(found, key=lambda r: r.words.start))


def _kind_and_number(
    words: Sequence[str], at: int, spelled: Sequence[str]
) -> tuple[str, str, int] | None:
    for length in (3, 2, 1):
        kind = _KIND_WORDS.get(tuple(words[at : at + length]))
        if kind is None:
            continue
        end = at + length
        if end < len(words) and words[end] == "so":
            end += 1
        number = number_at(words, end)
        if number is None or len(number[0]) > 5:
            continue
        if number[0].isdigit() and len(number[0]) == 4 and number[0][:2] in ("19", "20"):
            continue  # "hướng dẫn 2021" is a year
        if number[1] - end == 1 and words[end] in _PLAIN and spelled[end] not in _PLAIN.values():
            continue
        return kind, number[0], number[1]
    return None


_PLAIN = {"nam": "-", "tu": "tư", "sau": "sáu", "bay": "bảy", "khong": "-", "tam": "tám",
          "ba": "ba"}  # fmt: skip
"""Digit words that, folded and alone, may be another word ("quy định sau") -> how they are spelled
when they are digits for certain."""


def _year(words: Sequence[str], at: int) -> tuple[str, int]:
    """The year that follows, if one does."""
    end = at
    while end < len(words) and words[end] in ("cua", "ban", "ra"):
        end += 1
    if end < len(words) and words[end] == "nam":
        said = number_at(words, end + 1)
        if said and re.fullmatch(r"(?:19|20)\d\d", said[0]):
            return said[0], said[1]
    if end < len(words) and re.fullmatch(r"(?:19|20)\d\d", words[end]):
        return words[end], end + 1
    return "", at


def _named(
    words: Sequence[str], documents: Sequence[Document]
) -> Iterator[tuple[int, int, Document]]:
    """Documents that have no number and are called by their name: Điều lệ Đảng."""
    for document in documents:
        if document.code or document.kind != "điều lệ":
            continue
        name = fold(f"{document.kind} {document.title}").split()
        for at in range(len(words) - len(name) + 1):
            if list(words[at : at + len(name)]) == name:
                yield at, at + len(name), document


def _bare_numbers(
    words: Sequence[str], documents: Sequence[Document], taken: set[int]
) -> list[Reference]:
    """Numbers of three digits that one document alone has: "đảng viên hai một ba"."""
    found = []
    at = 0
    while at < len(words):
        said = None if at in taken else number_at(words, at)
        if said is None:
            at += 1
            continue
        number, end = said
        written = words[at].isdigit()
        unit = words[end] if end < len(words) else ""
        if len(number) == 3 and unit not in _UNITS and (written or end - at >= 2):
            hits = [d for d in documents if d.number == number]
            if len(hits) == 1:
                found.append(Reference(number, tuple(hits), range(at, end), certain=False))
        at = end
    return found


_UNITS = frozenset({"nghin", "ngan", "trieu", "dong", "ngay", "thang", "nam", "phut", "gio", "diem",
                    "nguoi", "dang", "can", "chi"})  # fmt: skip
"""Words behind a number that is a quantity."""


def find_parts(text: str, *, skip: Sequence[range] = ()) -> tuple[Part, ...]:
    """Parts that ``text`` names, the largest first: "khoản 2 điều 5" is điều 5, khoản 2.

    Args:
        text: what was said.
        skip: places of documents already found ("phần" of words is none of these).
    """
    words = fold(text).split()
    taken = {at for place in skip for at in place}
    found: list[Part] = []
    at = 0
    while at < len(words):
        kind, end = _part_word(words, at)
        if kind is None or at in taken:
            at += 1
            continue
        label = _label(kind, words, end)
        if label is None:
            at += 1
            continue
        found.append(Part(kind, label[0], range(at, label[1])))
        at = label[1]
    return tuple(sorted(found, key=lambda p: _ORDER.index(p.kind)))


_ORDER = ("phụ lục", "phần", "chương", "mục", "điều", "khoản", "điểm")


def _part_word(words: Sequence[str], at: int) -> tuple[str | None, int]:
    pair = " ".join(words[at : at + 2])
    if pair in _PART_WORDS:
        return _PART_WORDS[pair], at + 2
    return _PART_WORDS.get(words[at]), at + 1


def _label(kind: str, words: Sequence[str], at: int) -> tuple[str, int] | None:
    if at < len(words) and words[at] in ("thu", "so"):
        at += 1
    if at >= len(words):
        return None
    if kind == "điểm":
        letter = words[at]
        return (letter, at + 1) if len(letter) == 1 and letter.isalpha() else None
    if words[at] in _ORDINAL and kind == "phần":
        return _ORDINAL[words[at]], at + 1
    if words[at] in _ROMAN and not words[at].isdigit():
        return str(_ROMAN[words[at]]), at + 1
    first = number_at(words, at)
    if first is None:
        return None
    label, end = first[0].lstrip("0") or "0", first[1]
    # "mục 9.3.2" folds to "9 3 2"; said: "chín chấm ba chấm hai".
    while kind in ("mục", "khoản", "điều") and end < len(words):
        dotted = words[end] in ("cham", "phay")
        more = number_at(words, end + dotted)
        if more is None or not (dotted or words[end].isdigit()):
            break
        label, end = f"{label}.{more[0].lstrip('0') or '0'}", more[1]
    return label, end
