"""Rows of a table of quarters: columns, what each cell may hold, and what a row stands for.

A row is one of six kinds, by the cells that are filled:

========= ==================================== =============================================
kind      filled                               stands for
========= ==================================== =============================================
street    street                               the whole street
range     street, from, to                     houses on the street, by parity
house     street, from = to                    one house; inside a wider range, an exception
alley     street, alley [, from, to]           an alley with all behind it, or numbers in it
building  building [, street]                  a block of flats, or one lot of it
quarter   old_ward, old_quarter                a whole quarter of before
========= ==================================== =============================================
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.quarters.errors import TableUnreadable
from knowledge.quarters.files import DATE, Line
from knowledge.quarters.house import House, Parity, parse_house, parse_path
from knowledge.quarters.names import squeezed, street_key, words
from knowledge.quarters.problems import Problem

COLUMNS = ("street", "from", "to", "parity", "alley", "quarter", "cell", "note")
OPTIONAL = ("building", "old_ward", "old_quarter", "secretary", "place", "aliases")
REQUIRED = ("street", "from", "to", "parity", "alley", "quarter")

_HEADINGS: dict[str, str] = {
    **{squeezed(name): name for name in (*COLUMNS, *OPTIONAL)},
    "duong": "street", "tenduong": "street", "tuso": "from", "tu": "from", "denso": "to",
    "den": "to", "chanle": "parity", "hem": "alley", "ngo": "alley", "hemngo": "alley",
    "khupho": "quarter", "todanpho": "quarter", "khuphomoi": "quarter", "chibo": "cell",
    "ghichu": "note", "chungcu": "building", "phuongcu": "old_ward", "khuphocu": "old_quarter",
    "bithu": "secretary", "noihop": "place", "diadiemhop": "place", "tenkhac": "aliases",
}  # fmt: skip
"""Squeezed heading of a column -> the column's name."""

_PARITY: dict[str, Parity] = {
    "o": "O", "odd": "O", "le": "O", "e": "E", "even": "E", "chan": "E",
    "b": "B", "both": "B", "": "B", "cahai": "B", "chanle": "B",
}  # fmt: skip

_META = re.compile(r"#\s*([a-z_]+)\s*:\s*(.*)")
META_KEYS = ("ward", "province", "invented", "gaps", "numbering", "quarter_word", "street_word")
"""What the ``# key: value`` rows above the headings may set; docs/quarters.md explains each."""

_QUARTER_WORDS = re.compile(
    r"(?:khu\s+phố|tổ\s+dân\s+phố|kp|tdp|tổ|ấp|thôn)\b\.?\s*(?:số\s+)?(?=\S)", re.IGNORECASE
)
_LOT = re.compile(r"(?:lô|block|lốc|khối|tòa|toà)\s+([A-ZĐ]?\d{0,3}[A-Z]?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """One usable row."""

    number: int
    """The row in the file, as a spreadsheet shows it."""
    quarter: str
    """``"21"`` or a name, without "khu phố" before it."""
    street: str = ""
    first: House | None = None
    last: House | None = None
    parity: Parity = "B"
    alley: tuple[House, ...] = ()
    """From the street inwards."""
    cell: str = ""
    note: str = ""
    building: str = ""
    """Name of a block of flats without its lot."""
    lot: str = ""
    old_ward: str = ""
    old_quarter: str = ""
    secretary: str = ""
    place: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """``street``, ``range``, ``house``, ``alley``, ``building`` or ``quarter``."""
        if self.building:
            return "building"
        if not self.street:
            return "quarter"
        if self.first is not None and self.first == self.last:
            return "house"
        if self.alley:
            return "alley"
        return "range" if self.first is not None else "street"


@dataclass(frozen=True, slots=True)
class RawTable:
    """The usable rows of a file, and what was wrong with the others."""

    rows: tuple[Row, ...]
    meta: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    broken_streets: frozenset[tuple[str, ...]] = frozenset()
    """Keys of streets with an unusable row: the gap it leaves is no mistake of its own."""


def quarter_label(text: str) -> str:
    """A quarter without the word for it: "Khu phố 21" and "KP21" are "21"."""
    return _QUARTER_WORDS.sub("", text, count=1).strip() or text


def split_lot(text: str) -> tuple[str, str]:
    """A building's name and its lot: ("chung cư Phú Thọ", "B") of "Lô B chung cư Phú Thọ"."""
    match = _LOT.search(text)
    if not match or not match[1]:
        return text.strip(" ,"), ""
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    return " ".join(rest.split()).strip(" ,"), match[1].upper()


def parse_rows(path: Path, lines: Sequence[Line]) -> RawTable:
    """Rows of ``lines``; a row that cannot be used becomes a problem.

    Raises:
        TableUnreadable: there are no headings, or columns are missing.
    """
    meta: dict[str, str] = {}
    problems: list[Problem] = []
    at = 0
    while at < len(lines) and lines[at].cells[0].startswith("#"):
        # A comma in the value may have split it.
        written = ", ".join(cell for cell in lines[at].cells if cell)
        match = _META.fullmatch(written)
        if match and match[1] in META_KEYS:
            meta[match[1]] = match[2].strip()
        elif match:
            problems.append(Problem.of("unknown_setting", lines[at].number, name=match[1]))
        at += 1
    if at == len(lines):
        raise TableUnreadable(path, "no rows", "tệp không có dòng nào.")
    columns = [_HEADINGS.get(squeezed(cell), "") for cell in lines[at].cells]
    missing = [name for name in REQUIRED if name not in columns]
    if missing:
        raise TableUnreadable(
            path, f"columns missing: {', '.join(missing)}",
            f"dòng {lines[at].number} thiếu cột {', '.join(missing)}.",
        )  # fmt: skip
    rows, broken = [], set()
    for line in lines[at + 1 :]:
        if line.cells[0].startswith("#"):
            continue
        cells = dict(zip(columns, line.cells, strict=False))
        row = _row(line, cells)
        if isinstance(row, Row):
            rows.append(row)
        else:
            problems.append(row)
            broken.add(street_key(cells.get("street", "")))
    return RawTable(tuple(rows), meta, tuple(problems), frozenset(broken))


def _row(line: Line, cells: dict[str, str]) -> Row | Problem:
    def wrong(reason: str, **names: str) -> Problem:
        return Problem.of(reason, line.number, other=0, refuses=None, **names)

    for column in ("from", "to", "alley"):
        if cells.get(column, "").startswith(DATE):
            return wrong("cell_is_date", column=column)
    quarter = quarter_label(cells.get("quarter", ""))
    if not quarter:
        return wrong("no_quarter")
    street, building = cells.get("street", ""), cells.get("building", "")
    old_ward, old_quarter = cells.get("old_ward", ""), cells.get("old_quarter", "")
    if not street and not building and not (old_ward and old_quarter):
        return wrong("no_street")
    parity = _PARITY.get(squeezed(cells.get("parity", "")))
    if parity is None:
        return wrong("bad_parity", value=cells["parity"])
    alley: tuple[House, ...] = ()
    if cells.get("alley"):
        written = parse_path(cells["alley"])
        if written is None:
            return wrong("bad_alley", value=cells["alley"])
        alley = written
    ends = _ends(cells.get("from", ""), cells.get("to", ""), wrong)
    if isinstance(ends, Problem):
        return ends
    first, last = ends
    if first and last:
        if first.key > last.key:
            return wrong("reversed", first=str(first), last=str(last))
        if parity != "B":
            for end in (first, last):
                if end.parity != parity:
                    return wrong("parity_mismatch", value=str(end))
        if building or not street:
            return wrong("range_without_street")
    name, lot = split_lot(building)
    return Row(
        line.number, quarter, street, first, last, parity, alley,
        cells.get("cell", ""), cells.get("note", ""), name, lot, old_ward,
        quarter_label(old_quarter), cells.get("secretary", ""), cells.get("place", ""),
        tuple(a.strip() for a in cells.get("aliases", "").split(";") if words(a)),
    )  # fmt: skip


def _ends(
    first: str, last: str, wrong: Callable[..., Problem]
) -> tuple[House | None, House | None] | Problem:
    if bool(first) != bool(last):
        return wrong("half_range", column="to" if first else "from")
    if not first:
        return None, None
    ends = parse_house(first), parse_house(last)
    for end, written in zip(ends, (first, last), strict=True):
        if end is None:
            return wrong("bad_number", value=written)
    return ends
