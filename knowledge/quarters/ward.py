"""Which table serves: the ward's own in the state folder, or the invented one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from knowledge.quarters.checking import check
from knowledge.quarters.errors import TableRefused, TableUnreadable
from knowledge.quarters.problems import Problem
from knowledge.quarters.table import INVENTED, QuarterTable, build_table, load_table, read_raw

WARD_FOLDER = "ward"
"""Folder inside the state folder for what the ward brings itself."""

NAMES = ("quarters.csv", "quarters.xlsx")
"""The ward's table, looked for in this order."""

STREETS = "streets.txt"
"""Optional: the ward's streets, one a line; a row with another street is refused."""


def ward_table(state_root: Path) -> Path | None:
    """The ward's own table, or None while it has brought none."""
    for name in NAMES:
        path = state_root / WARD_FOLDER / name
        if path.is_file():
            return path
    return None


def open_ward_table(state_root: Path) -> QuarterTable:
    """The ward's own table, or else the invented one (:attr:`QuarterTable.invented`).

    Raises:
        QuarterTableError: the ward's table is broken. The invented one does not step in: an
            invented quarter in place of a real one would be a wrong answer.
    """
    path = ward_table(state_root)
    return load_table(path, ward_streets(state_root)) if path else load_table(INVENTED)


def ward_streets(state_root: Path) -> tuple[str, ...] | None:
    """The ward's list of streets, or None when it has none."""
    path = state_root / WARD_FOLDER / STREETS
    return read_streets(path) if path.is_file() else None


def read_streets(path: Path) -> tuple[str, ...]:
    """Names of streets, one a line; lines that begin with # are skipped.

    Raises:
        TableUnreadable: it cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise TableUnreadable(
            path, str(error), "không đọc được danh sách đường (cần tệp chữ UTF-8)."
        ) from error
    lines = (line.strip() for line in text.splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def install_table(
    source: Path, state_root: Path, streets: Sequence[str] | None = None
) -> tuple[QuarterTable, list[Problem]]:
    """Check ``source`` and make it the ward's table; the old one serves until the new one is whole.

    Returns the table and what should be looked at.

    Raises:
        QuarterTableError: it is not taken; nothing has changed.
        OSError: no room, or no right, to write.
    """
    raw = read_raw(source)
    problems = check(raw, streets if streets is not None else ward_streets(state_root))
    refusing = [problem for problem in problems if problem.refuses]
    if refusing:
        raise TableRefused(source, refusing)
    data = source.read_bytes()
    name = NAMES[1] if data[:4] == b"PK\x03\x04" else NAMES[0]
    folder = state_root / WARD_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    handle, new = tempfile.mkstemp(dir=folder, prefix=f".{name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(new).replace(folder / name)
    except OSError:
        Path(new).unlink(missing_ok=True)
        raise
    for other in NAMES:
        if other != name:
            (folder / other).unlink(missing_ok=True)
    return build_table(raw), problems
