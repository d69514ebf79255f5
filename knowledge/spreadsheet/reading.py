"""Reading the sheet back: what changed, what is wrong in which row, and writing it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import sqlite_utils

from knowledge.content import (
    LONGEST_SENTENCE,
    MOST_SENTENCES,
    check_sources,
    sentences,
    source_trust,
)
from knowledge.errors import KnowledgeError
from knowledge.extract.limits import Limits
from knowledge.extract.package import check_package
from knowledge.extract.refusals import refuse
from knowledge.fold import fold, nfc
from knowledge.lookup import find_documents
from knowledge.records import Document, Entry, EntrySource
from knowledge.seeding import reset_entry, write_entry
from knowledge.spreadsheet.columns import COLUMNS, READ_ONLY, REMOVE, SHEET, cells_of
from knowledge.store import Store
from knowledge.trust import as_trust, weakest

MOST_ROWS = 20_000
"""Rows of a sheet: a larger one was not meant."""

LIMITS = Limits(bytes=16 << 20, unpacked=64 << 20, part=32 << 20)

_ID = re.compile(r"[a-z0-9][a-z0-9_]{1,63}")
_DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong in one row."""

    row: int
    """As the spreadsheet program counts it: the headings are row 1; 0 is the sheet itself."""
    column: str
    message: str
    """A Vietnamese sentence."""


@dataclass(frozen=True, slots=True)
class SheetChange:
    """What reading a sheet would change."""

    written: tuple[Entry, ...]
    """New ones, and those that differ."""
    new: tuple[str, ...]
    """Ids among ``written`` that are not in the store yet."""
    reset: tuple[str, ...]
    """Ids whose ward version goes."""
    unchanged: int
    problems: tuple[RowProblem, ...]
    """Nothing is written as long as there is one."""


class _Wrong(Exception):
    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column, self.message = column, message


def read_entries(store: Store, path: Path) -> SheetChange:
    """Compare the sheet in ``path`` with the store; nothing is written.

    Raises:
        DocumentRefused: it is no spreadsheet, or one that may do harm.
        StoreError: the store cannot be read.
    """
    documents = {d.id: d for d in store.documents()}
    entries = {e.id: e for e in store.entries()}
    origins = {r["id"]: r["origin"] for r in store.rows("select id, origin from answers")}
    written: dict[str, Entry] = {}
    reset: list[str] = []
    problems: list[RowProblem] = []
    unchanged = 0
    later: list[tuple[int, Entry]] = []
    try:
        for number, cells in _rows(path):
            try:
                if not any(v for k, v in cells.items() if k not in READ_ONLY):
                    continue
                name = cells["id"]
                if fold(cells["action"]) == fold(REMOVE):
                    if origins.get(name) != "ward":
                        raise _Wrong("Việc", "Chỉ bỏ được câu do phường viết.")
                    reset.append(name)
                    continue
                if cells["action"]:
                    raise _Wrong("Việc", "Ô này chỉ ghi “xóa”, hoặc để trống.")
                old = entries.get(name)
                if old is not None and _same(cells, old, documents):
                    unchanged += 1
                    continue
                entry = _entry(cells, old, documents, {*entries, *written})
                if entry.id in written:
                    raise _Wrong("Mã", f"Mã {entry.id} có hai dòng.")
                written[entry.id] = entry
                later.append((number, entry))
            except _Wrong as wrong:
                problems.append(RowProblem(number, wrong.column, wrong.message))
    except _Wrong as wrong:
        problems.append(RowProblem(0, wrong.column, wrong.message))
    known = {*entries, *written} - set(reset)
    for number, entry in later:
        for follow_up in entry.follow_ups:
            if follow_up not in known or follow_up == entry.id:
                problems.append(
                    RowProblem(number, "Hỏi tiếp", f"Không có câu nào mang mã {follow_up}.")
                )
    return SheetChange(
        tuple(written.values()), tuple(n for n in written if n not in entries), tuple(reset),
        unchanged, tuple(sorted(problems, key=lambda p: p.row)),
    )  # fmt: skip


def apply_entries(store: Store, change: SheetChange, *, by: str) -> None:
    """Write what was read, in one transaction.

    Raises:
        KnowledgeError: there are problems in it; nothing is written.
        StoreStorage: it cannot be written; the store is what it was.
    """
    if change.problems:
        raise KnowledgeError(
            f"{len(change.problems)} problems in the sheet",
            vi="Bảng còn dòng sai nên chưa ghi gì. Hãy sửa các dòng ấy rồi nhập lại.",
        )

    def write(db: sqlite_utils.Database) -> None:
        for entry in change.written:
            write_entry(db, entry, by=by)
        for name in change.reset:
            reset_entry(db, name, by=by)

    if change.written or change.reset:
        store.change(write)


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of the sheet as field -> text, with their number."""
    from openpyxl import load_workbook

    try:
        if path.stat().st_size > LIMITS.bytes:
            raise refuse("too_large", path.name, "spreadsheet")
        data = path.read_bytes()
    except OSError as error:
        raise refuse("missing", path.name, str(error)) from error
    check_package(data, path.name, LIMITS).close()
    try:
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
        sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
        rows = list(sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=60, values_only=True))
        book.close()
    except Exception as error:  # openpyxl raises what its parsers raise
        raise refuse("damaged", path.name, f"{type(error).__name__}: {error}") from error
    if not rows:
        raise refuse("empty", path.name, "no rows")
    if len(rows) > MOST_ROWS:
        raise refuse("too_large", path.name, f"over {MOST_ROWS} rows")
    fields = {fold(heading): field for heading, (field, _) in COLUMNS.items()}
    places = {
        fields[fold(str(cell))]: at for at, cell in enumerate(rows[0])
        if cell is not None and fold(str(cell)) in fields
    }  # fmt: skip
    for heading, (field, _) in COLUMNS.items():
        if field in ("id", "title", "text", "sources") and field not in places:
            raise _Wrong(heading, f"Bảng không có cột “{heading}”. Hãy xuất lại bảng mẫu.")
    for number, row in enumerate(rows[1:], 2):
        cells = {field: "" for field, _ in COLUMNS.values()}
        for field, at in places.items():
            cells[field] = _text(row[at] if at < len(row) else None)
        yield number, cells


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    lines = (nfc(line) for line in str(value).splitlines())
    return "\n".join(line for line in lines if line)


def _same(cells: Mapping[str, str], old: Entry, documents: Mapping[str, Document]) -> bool:
    before = cells_of(old, "", documents)
    return all(
        _text(before[field]) == cells[field] or (not cells[field] and field == "as_of")
        for field, _ in COLUMNS.values()
        if field not in (*READ_ONLY, "action")
    )


def _entry(
    cells: Mapping[str, str], old: Entry | None, documents: Mapping[str, Document], taken: set[str]
) -> Entry:
    title = " ".join(cells["title"].split())
    if not title:
        raise _Wrong("Câu hỏi", "Thiếu câu hỏi.")
    name = cells["id"] or _new_id(title, taken)
    if not _ID.fullmatch(name):
        raise _Wrong("Mã", f"Mã {name[:30]} chỉ gồm chữ thường không dấu, số và gạch dưới.")
    text = " ".join(cells["text"].split())
    caution = " ".join(cells["caution"].split())
    _check_spoken("Trả lời", text, MOST_SENTENCES)
    if caution:
        _check_spoken("Lưu ý", caution, 2)
    lines = [line for line in cells["sources"].split("\n") if line.strip()]
    if not lines:
        raise _Wrong("Nguồn", "Mỗi câu trả lời phải có ít nhất một nguồn.")
    sources = tuple(_source(line, documents) for line in lines)
    summary = cells["document"]
    if summary and summary not in documents:
        raise _Wrong("Tóm tắt của", f"Không có văn bản mang mã {summary}.")
    entry = Entry(
        id=name,
        kind="summary" if summary else "answer",
        topic=cells["topic"] or (old.topic if old else "ward"),
        title=title,
        text=text,
        trust=weakest(source_trust(source, documents) for source in sources),
        as_of=_day(cells["as_of"]),
        sources=sources,
        document=summary or None,
        caution=caution,
        leads=_lines(cells["leads"]),
        follow_ups=_lines(cells["follow_ups"]),
        asked=_lines(cells["asked"]),
    )
    if old is not None and old.as_of == entry.as_of and old.text != entry.text:
        # What was rewritten was looked at today.
        entry = replace(entry, as_of=date.today().isoformat())
    if wrong := check_sources(entry, documents):
        raise _Wrong("Nguồn", f"Nguồn chưa dùng được: {wrong}.")
    return entry


def _check_spoken(column: str, text: str, most: int) -> None:
    if not text:
        raise _Wrong(column, "Thiếu nội dung.")
    if text[-1] not in ".?!":
        raise _Wrong(column, "Câu cuối chưa có dấu chấm.")
    parts = sentences(text)
    if len(parts) > most:
        raise _Wrong(column, f"Có {len(parts)} câu, nhiều nhất {most} câu.")
    for part in parts:
        if len(part.split()) > LONGEST_SENTENCE:
            raise _Wrong(column, f"Câu “{part[:40]}…” dài quá {LONGEST_SENTENCE} chữ, hãy tách ra.")


def _source(line: str, documents: Mapping[str, Document]) -> EntrySource:
    name, _, rest = (part.strip() for part in line.partition("|"))
    where, _, mark = (part.strip() for part in rest.partition("|"))
    document = documents.get(name)
    if document is None:
        found = find_documents(name, list(documents.values()))
        if len(found) != 1:
            which = f"Có {len(found)} văn bản" if found else "Không có văn bản nào"
            ids = f": {', '.join(d.id for d in found)}" if found else ""
            raise _Wrong("Nguồn", f"{which} mang tên {name}{ids}. Hãy ghi mã ở tờ “Văn bản”.")
        document = found[0]
    trust = as_trust(mark) if mark else document.trust
    if trust is None:
        raise _Wrong("Nguồn", f"Độ tin cậy “{mark}” không có: chỉ gốc, báo, cần kiểm tra.")
    return EntrySource(document.id, trust, where)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def _day(text: str) -> str:
    if not text:
        return date.today().isoformat()
    if found := _DAY.fullmatch(text):
        text = f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}"
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise _Wrong("Ngày kiểm tra", f"Ngày {text} không đúng, ghi dạng 2026-11-26.") from None


def _new_id(title: str, taken: set[str]) -> str:
    base = "w_" + "_".join(fold(title).split()[:8])[:50].rstrip("_")
    name, count = base, 1
    while name in taken:
        count += 1
        name = f"{base}_{count}"
    return name
