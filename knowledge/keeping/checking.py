"""Does what is in the store hang together? Links, what is in force, sections, the index."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from knowledge.content import check_sources
from knowledge.fold import fold
from knowledge.records import Document, successors
from knowledge.store import Store

Kind = Literal["file", "link", "in_force", "section", "index", "entry"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that does not hang together."""

    kind: Kind
    where: str
    """Id of the document or entry; empty for the file as a whole."""
    message: str
    """A Vietnamese sentence."""


def check_store(store: Store) -> tuple[Problem, ...]:
    """Everything that is wrong in ``store``, the gravest first; empty when nothing is.

    Raises:
        StoreError: the store cannot be read at all.
    """
    return (*_file(store), *_links(store), *_in_force(store), *_sections(store), *_index(store))


def _file(store: Store) -> Iterator[Problem]:
    for row in store.rows("PRAGMA integrity_check(5)"):
        said = str(next(iter(row.values())))
        if said != "ok":
            yield Problem("file", "", f"Tệp cơ sở dữ liệu có chỗ hỏng: {said}.")


def _links(store: Store) -> Iterator[Problem]:
    for row in store.rows("PRAGMA foreign_key_check"):
        where = f"{row['table']} {row['rowid']}"
        yield Problem("link", where, f"Dòng {where} trỏ tới {row['parent']} không còn.")
    documents = {d.id: d for d in store.documents()}
    for document in documents.values():
        if document.replaced_by and document.replaced_by not in documents:
            yield Problem(
                "link", document.id,
                f"{document.name} ghi được thay bằng {document.replaced_by}, không có văn bản ấy.",
            )  # fmt: skip
    entries = {e.id: e for e in store.entries()}
    for entry in entries.values():
        missing = [s.document for s in entry.sources if s.document not in documents]
        if missing:
            yield Problem("link", entry.id, f"Câu “{entry.title}” dẫn {missing[0]}, không có.")
        elif wrong := check_sources(entry, documents):
            yield Problem("entry", entry.id, f"Câu “{entry.title}”: {wrong}.")
        for follow_up in entry.follow_ups:
            if follow_up not in entries:
                yield Problem(
                    "link", entry.id, f"Câu “{entry.title}” mời hỏi tiếp {follow_up}, không có."
                )


def _in_force(store: Store) -> Iterator[Problem]:
    documents = {d.id: d for d in store.documents()}
    holding: dict[tuple[str, ...], list[Document]] = defaultdict(list)
    for document in documents.values():
        chain = successors(document, documents)
        last = chain[-1] if chain else document
        if last.replaced_by in documents:
            yield Problem("in_force", document.id, f"{document.name} được thay vòng quanh.")
        after = documents.get(document.replaced_by or "")
        if after and _earlier(after.date, document.date):
            yield Problem(
                "in_force", document.id,
                f"{document.name} ghi được thay bằng {after.name}, là văn bản ra trước.",
            )  # fmt: skip
        if document.replaced_by is None and document.code:
            # One subject of one issuer has one document of a kind that holds.
            subject = (fold(document.kind), fold(document.issuer), fold(document.title))
            holding[subject].append(document)
    for same in holding.values():
        if len(same) > 1:
            names = ", ".join(d.name for d in same)
            yield Problem(
                "in_force", same[0].id,
                f"Cùng một việc có {len(same)} văn bản còn hiệu lực: {names}. "
                "Hãy ghi văn bản nào thay văn bản nào.",
            )  # fmt: skip
    codes: dict[tuple[str, str], list[Document]] = defaultdict(list)
    for document in documents.values():
        if document.code:
            codes[fold(document.code), document.date].append(document)
    for same in codes.values():
        if len(same) > 1:
            ids = ", ".join(d.id for d in same)
            yield Problem("in_force", same[0].id, f"{same[0].name} có hai lần: {ids}.")


def _earlier(one: str, other: str) -> bool:
    length = min(len(one), len(other))
    return bool(length) and one[:length] < other[:length]


def _sections(store: Store) -> Iterator[Problem]:
    orphans = store.rows(
        "select s.id, s.document, s.path from sections s "
        "left join originals o on o.document = s.document "
        "left join sections p on p.id = s.parent "
        "where o.document is null or (s.parent is not null and "
        "(p.id is null or p.document != s.document or p.position >= s.position)) limit 50"
    )
    for row in orphans:
        yield Problem(
            "section", row["document"], f"Mục {row['path'] or row['id']} không thuộc văn bản nào."
        )
    empty = store.rows(
        "select document from originals where document not in (select document from sections)"
    )
    for row in empty:
        yield Problem("section", row["document"], f"Bản gốc {row['document']} không có mục nào.")


def _index(store: Store) -> Iterator[Problem]:
    counts = store.rows(
        "select (select count(*) from sections) as sections, "
        "(select count(*) from sections_fts_docsize) as indexed, "
        "(select count(*) from answers) as answers, (select count(*) from answers_fts) as searched"
    )[0]
    for have, found, what in (("sections", "indexed", "mục"), ("answers", "searched", "câu")):
        if counts[have] != counts[found]:
            yield Problem(
                "index", "", f"Có {counts[have]} {what} mà chỉ mục tìm kiếm có {counts[found]}."
            )
    unindexed = store.rows(
        "select s.document, count(*) as n from sections s left join sections_fts_docsize d "
        "on d.id = s.id where d.id is null group by s.document"
    )
    for row in unindexed:
        yield Problem("index", row["document"], f"{row['n']} mục không tìm được.")
    for row in store.rows("select id, leads, follow_ups, asked from answers"):
        yield from _lists(row)


def _lists(row: dict[str, Any]) -> Iterator[Problem]:
    for name in ("leads", "follow_ups", "asked"):
        try:
            whole = isinstance(json.loads(row[name]), list)
        except ValueError:
            whole = False
        if not whole:
            yield Problem("entry", row["id"], f"Câu {row['id']} có phần {name} không đọc được.")
