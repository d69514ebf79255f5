"""Finding a document by what people call it: symbol, kind and number, number, or name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from rapidfuzz import fuzz

from knowledge.fold import fold, fold_code
from knowledge.records import Document

NEAR_ENOUGH = 70.0
"""Likeness (0 to 100) from which a document is worth naming instead of the one asked for."""

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")

_DATE = re.compile(r"\b(?:ngay|thang|nam)\b.*|\b(?:\d{1,2} ){1,2}\d{4}\b.*|\b(?:19|20)\d\d\s*$")
"""The date behind a document's name, folded."""

# The symbol QĐ stands for two kinds, and people do not tell them apart.
_QD = frozenset({"quy dinh", "quyet dinh", "van ban"})


def find_documents(query: str, documents: Sequence[Document]) -> tuple[Document, ...]:
    """All documents that ``query`` may mean, those not replaced first, then the newest first.

    Understood, with or without diacritics, hyphens and zeros in front: ``50-CT/TW``, ``Chỉ thị
    50-CT/TW``, ``294-QĐ``, ``chỉ thị 50``, ``CT 50``, ``50``, ``Điều lệ Đảng``, and the name an
    answer cites; with a year or date behind (``01-HD/TW 2021``) only those of the year. Several
    come back where one symbol stands on several documents.
    """
    said = fold(query)
    found = _of_symbol(said, documents) or _named(said, documents)
    if not found and (years := _YEAR.findall(said)):
        # Only now: 30/2020/NĐ-CP carries a year of its own.
        among = [d for d in documents if d.date.startswith(years[-1])]
        rest = _DATE.sub("", said).strip()
        found = _of_symbol(rest, among) or _named(rest, among)
    return tuple(sorted(found, key=_current_first))


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


def _current_first(document: Document) -> tuple[bool, int]:
    digits = document.date.replace("-", "").ljust(8, "0")
    return document.replaced_by is not None, -int(digits)


def _of_symbol(said: str, documents: Sequence[Document]) -> list[Document]:
    """Those whose symbol is said, whole or without its issuer, perhaps with its kind before it."""
    for kind in {fold(d.kind) for d in documents} | _QD:
        said = said.removeprefix(f"{kind} ")
    symbol = fold_code(said.removeprefix("so "))
    if not re.fullmatch(r"\d+[a-z].*", symbol):
        return []
    ways: list[Callable[[str], bool]] = [
        lambda code: code == symbol,
        # Newspapers write TƯ for TW, which folds to the TU of a province.
        lambda code: code.endswith("tw") and code[:-2] == symbol.removesuffix("tu"),
        lambda code: code.startswith(symbol),
    ]
    for fits in ways:
        found = [d for d in documents if d.code and fits(fold_code(d.code))]
        if found:
            return found
    return []


def _named(said: str, documents: Sequence[Document]) -> list[Document]:
    """By kind and number, by number alone, or by kind and subject."""
    words = [word for word in said.split() if word != "so"]
    if not words:
        return []
    kind, number = " ".join(words[:-1]), words[-1].lstrip("0")
    return [
        document
        for document in documents
        if said in (fold(document.name), fold(f"{document.kind} {document.title}"))
        or (
            document.number
            and document.number.lstrip("0") == number
            and (not kind or _is_kind(document, kind))
        )
    ]


def _is_kind(document: Document, kind: str) -> bool:
    own = fold(document.kind)
    abbreviation = fold(document.code).split()[1]
    return kind in (own, abbreviation) or (kind in _QD and own in _QD and abbreviation == "qd")
