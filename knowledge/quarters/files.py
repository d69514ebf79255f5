"""A table file as rows of text, whatever wrote it: CSV of any kind, or XLSX."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.quarters.errors import TableUnreadable
from knowledge.quarters.names import nfc

LARGEST_FILE = 20_000_000
"""Bytes. A ward's table is far smaller; a larger file is something else."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file with its number as a spreadsheet shows it, from 1."""

    number: int
    cells: tuple[str, ...]
    """NFC, trimmed. A cell a spreadsheet turned into a date begins with :data:`DATE`."""


DATE = "\0date:"
"""Marks a cell that holds a date: a spreadsheet took an alley such as 12/3 for one."""


def read_lines(path: Path) -> list[Line]:
    """The rows of a CSV (UTF-8, comma, semicolon or tab) or of an XLSX's first sheet.

    Raises:
        TableUnreadable: it is missing, too large, no UTF-8, or no spreadsheet.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise TableUnreadable(
                path, "larger than 20 MB", "tệp lớn hơn 20 MB, không phải bảng khu phố."
            )
        data = path.read_bytes()
    except OSError as error:
        raise TableUnreadable(
            path, str(error), "không mở được tệp. Hãy xem lại đường dẫn."
        ) from error
    # A workbook is a zip, whatever the file is called.
    rows = _workbook(path, data) if data[:4] == b"PK\x03\x04" else _csv(path, data)
    return [Line(number, tuple(cells)) for number, cells in enumerate(rows, start=1) if any(cells)]


def _csv(path: Path, data: bytes) -> Iterator[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableUnreadable(
            path, f"not UTF-8: {error}",
            "tệp không phải UTF-8. Trong Excel hãy lưu dạng “CSV UTF-8” hoặc XLSX.",
        ) from error  # fmt: skip
    if "\0" in text:
        raise TableUnreadable(path, "binary data", "tệp không phải CSV hay XLSX.")
    head = next(
        (row for row in text.splitlines() if row.strip() and not row.lstrip('"').startswith("#")),
        "",
    )
    delimiter = max(",;\t", key=head.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            yield [nfc(cell) for cell in row]
    except csv.Error as error:
        raise TableUnreadable(
            path, str(error), f"dấu ngoặc kép hoặc dấu phân cách sai ({error})."
        ) from error


def _workbook(path: Path, data: bytes) -> Iterator[list[str]]:
    # A tenth of a second that a CSV never needs.
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for row in book.worksheets[0].iter_rows(values_only=True):
            yield [_cell(value) for value in row]
    except Exception as error:  # openpyxl lets through whatever zip and XML parsers raise
        raise TableUnreadable(
            path, f"not a workbook: {error}", "không đọc được tệp XLSX. Hãy lưu lại từ Excel."
        ) from error


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.date | dt.time):
        return f"{DATE}{value}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return nfc(str(value))
