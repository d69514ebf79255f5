"""Writing an import, and taking a document out again: each one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import sqlite_utils

from knowledge.errors import KnowledgeError
from knowledge.fold import fold, spell
from knowledge.imports.plan import ImportPlan
from knowledge.imports.tree import SectionDraft
from knowledge.records import Document
from knowledge.seeding import RELEASE, WARD, dump, log_change
from knowledge.store import Store

_INSERT = (
    "insert into sections (id, document, parent, position, level, kind, label, path, heading, "
    "text, page) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def apply_import(store: Store, plan: ImportPlan, *, by: str, replace: bool = False) -> str:
    """Write what ``plan`` says.

    Args:
        store: where to.
        plan: as planned or corrected.
        by: who imports it, for the log.
        replace: take the place of another original of the same document.

    Returns:
        The document's id.

    Raises:
        KnowledgeError: the very file is in already, or another original of the document is and
            ``replace`` is not set.
        StoreStorage: it cannot be written; the store is what it was.
    """
    if plan.same_file:
        raise KnowledgeError(
            f"{plan.path} is already in as {plan.same_file}",
            vi=f"Tệp {plan.path.name} đã có trong kho, không nhập lần nữa.",
        )
    if plan.has_original and not replace:
        raise KnowledgeError(
            f"{plan.document.id} has another original",
            vi=f"{plan.document.name} đã có một bản gốc khác. "
            "Nếu muốn thay bản ấy, hãy thêm tùy chọn --replace.",
        )

    def write(db: sqlite_utils.Database) -> str:
        document = plan.document
        _put_document(db, plan, by)
        if plan.has_original:
            _drop_original(db, document.id, by)
        searched_as = fold(f"{document.name} {document.title}")
        original = {
            "document": document.id, "file_hash": plan.file_hash, "file_name": plan.path.name,
            "file_kind": plan.extracted.kind, "pages": plan.extracted.pages,
            "encoding": plan.extracted.encoding, "ocr": int(plan.ocr),
            "searched_as": searched_as, "imported_at": now(), "by": by,
        }  # fmt: skip
        db.table("originals").insert(original)
        write_sections(db, document.id, searched_as, plan.sections)
        log_change(db, by, "import", "originals", document.id, None,
                   dump({**original, "sections": len(plan.sections)}))  # fmt: skip
        for replaced in plan.replaces:
            if replaced.document and replaced.document != document.id:
                _mark_replaced(db, replaced.document, document, by)
        return document.id

    return store.change(write)


def remove_document(store: Store, document: str, *, by: str) -> str:
    """Take an original out; a record of the ward's own goes with it, a shipped one stays.

    Returns:
        ``document`` when the record went too, ``original`` when only the text did.

    Raises:
        KnowledgeError: there is no such document, or no original of it, or answers rest on it.
    """

    def write(db: sqlite_utils.Database) -> str:
        row = next(iter(db.table("documents").rows_where("id = ?", [document])), None)
        if row is None:
            raise KnowledgeError(f"no document {document}", vi="Không có văn bản này trong kho.")
        has = bool(list(db.query("select 1 from originals where document = ?", [document])))
        if row["origin"] == RELEASE and not has:
            raise KnowledgeError(
                f"{document} is a record of this release",
                vi="Văn bản này chỉ có thông tin kèm theo chương trình, không có bản gốc để gỡ.",
            )
        if has:
            _drop_original(db, document, by)
        shipped = _shipped(db, document)
        if row["origin"] == RELEASE or shipped:
            return "original"
        rests = list(
            db.query(
                "select answer from answer_sources where document = ? "
                "union select id from answers where document = ?",
                [document, document],
            )
        )
        if rests:
            raise KnowledgeError(
                f"answers rest on {document}: {[r['answer'] for r in rests]}",
                vi="Còn câu trả lời dựa vào văn bản này. Hãy sửa các câu ấy trước khi gỡ.",
            )
        for other in list(db.table("documents").rows_where("replaced_by = ?", [document])):
            after = {**other, "replaced_by": None, "replaced_trust": None}
            db.table("documents").upsert(after, pk="id")
            log_change(db, by, "update", "documents", other["id"], dump(other), dump(after))
        db.table("documents").delete(document)
        log_change(db, by, "delete", "documents", document, dump(row), None)
        return "document"

    return store.change(write)


def write_sections(
    db: sqlite_utils.Database, document: str, title: str, drafts: Sequence[SectionDraft]
) -> None:
    """Rows of the sections and of the index, within the caller's transaction."""
    first = int(db.execute("select coalesce(max(id), 0) from sections").fetchone()[0]) + 1
    rows, indexed = [], []
    for at, draft in enumerate(drafts):
        parent = None if draft.parent is None else first + draft.parent
        rows.append(
            (first + at, document, parent, at, draft.level, draft.kind, draft.label, draft.path,
             draft.heading, draft.text, draft.page)
        )  # fmt: skip
        heading = " ".join(_headings(drafts, at))
        indexed.append((first + at, *index_row(title, heading, draft.heading, draft.text)))
    db.conn.executemany(_INSERT, rows)
    db.conn.executemany(
        "insert into sections_fts (rowid, title, heading, body, exact) values (?, ?, ?, ?, ?)",
        indexed,
    )


def index_row(title: str, headings: str, heading: str, text: str) -> tuple[str, str, str, str]:
    """What is searched of a section: title, headings above it and text, folded; its words."""
    return title, fold(headings), fold(text), spell(f"{heading} {text}")


def _headings(drafts: Sequence[SectionDraft], at: int) -> Iterable[str]:
    chain = []
    here: int | None = at
    while here is not None:
        chain.append(f"{drafts[here].label} {drafts[here].heading}")
        here = drafts[here].parent
    return reversed(chain)


def _drop_original(db: sqlite_utils.Database, document: str, by: str) -> None:
    original = next(iter(db.table("originals").rows_where("document = ?", [document])))
    rows = {r["id"]: r for r in db.query("select * from sections where document = ?", [document])}
    gone = []
    for row in rows.values():
        chain, here = [], row
        while True:
            chain.append(f"{here['label']} {here['heading']}")
            if here["parent"] is None:
                break
            here = rows[here["parent"]]
        indexed = index_row(
            original["searched_as"], " ".join(reversed(chain)), row["heading"], row["text"]
        )
        gone.append((row["id"], *indexed))
    # An index without content of its own must be told what it holds.
    db.conn.executemany(
        "insert into sections_fts (sections_fts, rowid, title, heading, body, exact) "
        "values ('delete', ?, ?, ?, ?, ?)",
        gone,
    )
    # Children before parents.
    db.conn.execute(
        "update sections set parent = null where document = ? and parent is not null", [document]
    )
    db.conn.execute("delete from sections where document = ?", [document])
    db.table("originals").delete(document)
    log_change(db, by, "remove", "originals", document, dump(dict(original)), None)


def _put_document(db: sqlite_utils.Database, plan: ImportPlan, by: str) -> None:
    document = plan.document
    old = next(iter(db.table("documents").rows_where("id = ?", [document.id])), None)
    row: dict[str, Any] = asdict(document)
    if old is not None:
        row["origin"] = old["origin"]
        if row == old:
            return
    # A record that was corrected or completed is the ward's from now on.
    row["origin"] = WARD
    db.table("documents").upsert(row, pk="id")
    before = dump(old) if old else None
    log_change(db, by, "update" if old else "insert", "documents", document.id, before, dump(row))


def _mark_replaced(db: sqlite_utils.Database, old: str, new: Document, by: str) -> None:
    """Note on the older record that ``new`` says it replaces it, unless it has a successor."""
    row = next(iter(db.table("documents").rows_where("id = ?", [old])))
    if row["replaced_by"] == new.id and row["replaced_trust"] == "gốc":
        return
    if row["replaced_by"] not in (None, new.id):
        return
    after = {**row, "replaced_by": new.id, "replaced_trust": "gốc", "origin": WARD}
    db.table("documents").upsert(after, pk="id")
    log_change(db, by, "update", "documents", old, dump(row), dump(after))


def _shipped(db: sqlite_utils.Database, document: str) -> bool:
    """Whether the release brings a record of this document, which the ward has completed."""
    rows = db.query(
        "select after from changes where \"table\" = 'documents' and row = ? and by = ? limit 1",
        [document, RELEASE],
    )
    return any(json.loads(row["after"] or "null") for row in rows)


def now() -> str:
    """The time for the log."""
    return datetime.now(UTC).isoformat(timespec="seconds")
