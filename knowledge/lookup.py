"""Finding a document by what people call it: symbol, kind and number, number, or name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from knowledge.fold import fold, fold_code
from knowledge.records import Document

NEAR_ENOUGH = 70.0
"""Likeness (0 to 100) from which a document is worth naming instead of the one asked for."""

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def find_documents(query: str, documents: Sequence[Document]) -> tuple[Document, ...]:
    """All documents that ``query`` may mean, those in force first, then the newest first.

    Understood, with or without diacritics, hyphens and zeros in front: ``50-CT/TW``, ``chỉ thị
    50``, ``50``, ``Điều lệ Đảng``; with a year behind (``01-HD/TW 2021``) only those of the year.
    Several come back where one symbol stands on several documents.
    """
    wanted = fold_code(query)
    if not wanted:
        return ()
    found = [d for d in documents if d.code and fold_code(d.code) == wanted]
    if not found:
        found = _named(query, documents)
    if not found and (year := _YEAR.findall(query)):
        # Only now: 30/2020/NĐ-CP carries a year of its own.
        rest = re.split(r"\b(?:ngay|thang|nam)\b|\b\d{1,2} \d{1,2} \d{4}\b", fold(query))[0]
        rest = _YEAR.sub("", rest)
        among = [d for d in documents if d.date.startswith(year[-1])]
        return find_documents(rest, among) if rest != query else ()
    return tuple(sorted(found, key=_current_first))


def _current_first(document: Document) -> tuple[bool, int]:
    digits = document.date.replace("-", "").ljust(8, "0")
    return document.replaced_by is not None, -int(digits)


def _named(query: str, documents: Iterable[Document]) -> list[Document]:
    """By kind and number, by number alone, or by the name of one that has no number."""
    words = fold(query).split()
    if words[:1] == ["so"]:
        words = words[1:]
    kind, number = " ".join(w for w in words[:-1] if w != "so"), words[-1].lstrip("0")
    found = []
    for document in documents:
        if not document.code:
            if fold(query) in (fold(document.name), fold(f"{document.kind} {document.title}")):
                found.append(document)
        elif document.number.lstrip("0") == number and (not kind or _is_kind(document, kind)):
            found.append(document)
    return found


def _is_kind(document: Document, kind: str) -> bool:
    # The symbol QĐ stands for both, and people do not tell them apart.
    either = {"quy dinh", "quyet dinh", "van ban"}
    return kind == fold(document.kind) or (
        kind in either and (fold(document.kind) in either and "-QĐ/" in document.code)
    )


def nearest_documents(
    query: str, documents: Iterable[Document], limit: int = 2
) -> tuple[Document, ...]:
    """Documents whose symbol or name is likest to ``query``, the likest first; may be none."""
    said, code = fold(query), fold_code(query)
    scored = []
    for document in documents:
        likeness = max(
            fuzz.ratio(code, fold_code(document.code)) if document.code else 0.0,
            fuzz.ratio(said, fold(f"{document.kind} {document.number}")),
            fuzz.ratio(said, fold(f"{document.kind} {document.title}")),
        )
        if likeness >= NEAR_ENOUGH:
            scored.append((-likeness, _current_first(document), document.id, document))
    return tuple(document for *_, document in sorted(scored)[:limit])
