"""Writing the entries as an XLSX file."""

from __future__ import annotations

import io
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from knowledge.failures import storage_error
from knowledge.spreadsheet.columns import (
    COLUMNS,
    DOCUMENTS_SHEET,
    HELP,
    HELP_SHEET,
    READ_ONLY,
    SHEET,
    cells_of,
)
from knowledge.store import Store

_GREY = PatternFill("solid", fgColor="FFE8E8E8")


def write_entries(store: Store, path: Path) -> int:
    """Write all entries to ``path``; return how many.

    Raises:
        StoreStorage: the file cannot be written.
        StoreError: the store cannot be read.
    """
    documents = {d.id: d for d in store.documents()}
    origins = {r["id"]: r["origin"] for r in store.rows("select id, origin from answers")}
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    sheet.append(list(COLUMNS))
    entries = sorted(store.entries(), key=lambda e: (e.topic, e.id))
    for entry in entries:
        cells = cells_of(entry, origins[entry.id], documents)
        sheet.append([_plain(cells[field]) for field, _ in COLUMNS.values()])
    for at, (field, width) in enumerate(COLUMNS.values(), 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
        sheet.cell(1, at).font = Font(bold=True)
        for row in range(1, sheet.max_row + 1):
            cell = sheet.cell(row, at)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            # A text that begins with = is a text, not a formula.
            cell.data_type = "s" if cell.value is not None else cell.data_type
            if field in READ_ONLY and row > 1:
                cell.fill = _GREY
    sheet.freeze_panes = "D2"
    sheet.auto_filter.ref = sheet.dimensions
    listed = book.create_sheet(DOCUMENTS_SHEET)
    listed.append(["Mã", "Tên", "Về việc", "Độ tin cậy", "Được thay bằng"])
    for document in documents.values():
        listed.append(
            [document.id, document.name, document.title, document.trust, document.replaced_by]
        )
    for letter, width in zip("ABCDE", (18, 42, 60, 14, 18), strict=True):
        listed.column_dimensions[letter].width = width
    helped = book.create_sheet(HELP_SHEET)
    helped.column_dimensions["A"].width = 110
    for line in HELP:
        helped.append([line])
    data = io.BytesIO()
    book.save(data)
    new = path.with_name(f"{path.name}.new")
    try:
        new.write_bytes(data.getvalue())
        new.replace(path)
    except OSError as error:
        raise storage_error(path, str(error)) from error
    return len(entries)


def _plain(text: str) -> str | None:
    return text or None
