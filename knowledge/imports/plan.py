"""What an import would do, to be looked at and corrected before it is done."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from knowledge.errors import KnowledgeError
from knowledge.extract import Extracted, Limits, extract
from knowledge.fold import fold, fold_code, nfc
from knowledge.imports.recognise import Mention, Recognised, recognise
from knowledge.imports.tree import SectionDraft, parted
from knowledge.records import Document
from knowledge.store import Store

CORRECTABLE = ("kind", "number", "code", "date", "issuer", "title", "in_force_from")
"""Fields of a plan's document that a person may set."""

_DATE = re.compile(r"|\d{4}(?:-\d{2}(?:-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Replaced:
    """A document that the new one says it replaces."""

    code: str
    date: str
    document: str | None
    """Id of the record we have of it; None when we have none."""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """One file, read and recognised; nothing is written."""

    path: Path
    file_hash: str
    document: Document
    """The record as it would stand."""
    known: bool
    """A record of this document is in the store already (without or with an original)."""
    has_original: str
    """Hash of the original that would be replaced; empty when there is none."""
    same_file: str
    """Id of the document that this very file already is; empty when it is new."""
    replaces: tuple[Replaced, ...]
    sections: tuple[SectionDraft, ...]
    extracted: Extracted
    ocr: bool = False
    doubts: tuple[str, ...] = ()
    """Vietnamese sentences: what was not found and should be filled in."""

    def corrected(self, **fields: str) -> ImportPlan:
        """The plan with fields of the document as a person gives them.

        Raises:
            KnowledgeError: an unknown field, or a date that is none.
        """
        given = {name: nfc(value) for name, value in fields.items() if value is not None}
        for name, value in given.items():
            if name not in CORRECTABLE:
                raise KnowledgeError(f"unknown field {name}", vi=f"Không có mục tên {name}.")
            if name in ("date", "in_force_from") and not _DATE.fullmatch(value):
                raise KnowledgeError(
                    f"{value} is no date", vi=f"Ngày {value} không đúng. Hãy ghi dạng 2025-11-21."
                )
        if "code" in given and "number" not in given:
            given["number"] = re.match(r"\d*", given["code"])[0]  # type: ignore[index]
        changed: dict[str, Any] = dict(given)
        if not given.get("in_force_from", "x"):
            changed["in_force_from"] = None
        document = replace(self.document, **changed)
        if not self.known and document.code != self.document.code:
            document = replace(document, id=new_id(document, frozenset()))
        return replace(self, document=document, doubts=_doubts(document, self.extracted))

    def summary(self) -> dict[str, Any]:
        """Plain values for a screen or JSON; without the text."""
        return {
            "file": self.path.name,
            "document": asdict(self.document),
            "known": self.known,
            "same_file": self.same_file,
            "has_original": bool(self.has_original),
            "replaces": [asdict(r) for r in self.replaces],
            "sections": len(self.sections),
            "pages": self.extracted.pages,
            "ocr": self.ocr,
            "doubts": list(self.doubts),
            "warnings": list(self.extracted.warnings),
        }


def plan_import(
    store: Store,
    path: Path,
    *,
    limits: Limits = Limits(),  # noqa: B008
    extracted: Extracted | None = None,
    ocr: bool = False,
) -> ImportPlan:
    """Read ``path`` and say what importing it would do.

    Args:
        store: what is known already.
        path: the file.
        limits: how much of it is read.
        extracted: the file as already read (by OCR), instead of reading it here.
        ocr: ``extracted`` was recognised from pictures.

    Raises:
        DocumentRefused: the file cannot be read.
        StoreError: the store cannot be read.
    """
    extracted = extracted or extract(path, limits)
    file_hash = hash_of(path)
    found = recognise(extracted)
    everything = store.documents()
    document, known = _record(found, path, everything)
    originals = store.rows("select document, file_hash from originals")
    same = next((o["document"] for o in originals if o["file_hash"] == file_hash), "")
    mine = next((o["file_hash"] for o in originals if o["document"] == document.id), "")
    return ImportPlan(
        path=path,
        file_hash=file_hash,
        document=document,
        known=known,
        has_original=mine,
        same_file=same,
        replaces=tuple(_replaced(m, everything) for m in found.replaces),
        sections=parted(extracted.blocks),
        extracted=extracted,
        ocr=ocr,
        doubts=_doubts(document, extracted),
    )


def hash_of(path: Path) -> str:
    """sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def new_id(document: Document, taken: frozenset[str]) -> str:
    """A readable id that is not taken: ``hd-42-2025``."""
    kind = "".join(word[0] for word in fold(document.kind).split()) or "vb"
    words = [kind, document.number or "-".join(fold(document.title).split()[:5])]
    issuer = fold_code(document.code.split("/")[-1]) if "/" in document.code else ""
    if issuer and issuer not in ("tw", "btctw", "vptw"):
        words.append(issuer)
    words.append(document.date[:4])
    base = re.sub(r"[^a-z0-9]+", "-", fold(" ".join(words))).strip("-") or "van-ban"
    name, count = base, 1
    while name in taken:
        count += 1
        name = f"{base}-{count}"
    return name


def _record(found: Recognised, path: Path, everything: Sequence[Document]) -> tuple[Document, bool]:
    """The record of what was found: ours where we have one, completed; else a new one."""
    for document in everything:
        if (
            found.code
            and fold_code(document.code) == fold_code(found.code)
            and _same_day(document.date, found.date)
        ):
            # What is known about its successors stays; gaps are filled from the text.
            return replace(
                document,
                date=max(document.date, found.date, key=len),
                issuer=document.issuer or found.issuer,
                in_force_from=document.in_force_from or found.in_force_from or None,
            ), True
    title = found.title or f"“{nfc(path.stem)}”"
    document = Document(
        id="", kind=found.kind or "văn bản", number=found.number, code=found.code,
        date=found.date, issuer=found.issuer, title=title, trust="gốc",
        in_force_from=found.in_force_from or None,
    )  # fmt: skip
    return replace(document, id=new_id(document, frozenset(d.id for d in everything))), False


def _same_day(one: str, other: str) -> bool:
    length = min(len(one), len(other))
    return one[:length] == other[:length]


def _replaced(mention: Mention, everything: Sequence[Document]) -> Replaced:
    for document in everything:
        if fold_code(document.code) == fold_code(mention.code) and _same_day(
            document.date, mention.date
        ):
            return Replaced(mention.code, mention.date, document.id)
    return Replaced(mention.code, mention.date, None)


def _doubts(document: Document, extracted: Extracted) -> tuple[str, ...]:
    out = []
    if not document.code:
        out.append("Không thấy số, ký hiệu của văn bản.")
    if not document.date:
        out.append("Không thấy ngày ban hành.")
    if not document.issuer:
        out.append("Không thấy nơi ban hành.")
    if document.title.startswith("“"):
        out.append("Không thấy tên văn bản, tạm lấy tên tệp.")
    return (*out, *extracted.warnings)
