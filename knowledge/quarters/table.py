"""A ward's table of quarters in memory, by street, alley and number."""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.quarters.checking import check
from knowledge.quarters.errors import TableRefused
from knowledge.quarters.files import read_lines
from knowledge.quarters.house import House
from knowledge.quarters.names import squeezed, street_key
from knowledge.quarters.rows import RawTable, Row, parse_rows
from knowledge.quarters.streets import StreetIndex
from knowledge.quarters.units import unit_key
from knowledge.quarters.wording import CONTENT

INVENTED = CONTENT / "invented.csv"
"""The table of an invented ward that serves until the ward has brought its own."""


@dataclass(frozen=True, slots=True)
class Quarter:
    """What the table says of one quarter, gathered from all its rows."""

    label: str
    cells: tuple[str, ...] = ()
    secretary: str = ""
    place: str = ""


@dataclass(slots=True)
class Way:
    """The rows of one street, or of one alley of it."""

    whole: Row | None = None
    houses: dict[House, Row] = field(default_factory=dict)
    """Exceptions: houses that a wider row would take in."""
    rows: list[Row] = field(default_factory=list)
    """Ranges, and single houses that no wider row takes in."""
    _keys: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)
    _sides: dict[str, list[Row]] = field(default_factory=dict)

    def settle(self, singles: Iterable[Row]) -> None:
        """Sort the ranges, and tell exceptions from ranges of one house."""
        self._sort()
        for row in singles:
            assert row.first
            if self.whole is None and self.range_of(row.first) is None:
                self.rows.append(row)
            else:
                self.houses[row.first] = row
        self._sort()

    def _sort(self) -> None:
        self.rows.sort(key=lambda r: r.first.key if r.first else (0, 0, ""))
        for side in ("O", "E"):
            # Ranges of one side never overlap: the checker has seen to it.
            rows = [row for row in self.rows if row.parity in (side, "B")]
            self._sides[side] = rows
            self._keys[side] = [row.first.key for row in rows if row.first]

    def range_of(self, house: House) -> Row | None:
        """The range that takes in ``house``."""
        at = bisect.bisect_right(self._keys[house.parity], house.key) - 1
        if at < 0:
            return None
        row = self._sides[house.parity][at]
        return row if row.last and house.key <= row.last.last_key else None

    def side(self, parity: str) -> list[Row]:
        """The ranges of one side, in order."""
        return self._sides[parity]

    def all_rows(self) -> list[Row]:
        """Every row of this way."""
        return [*([self.whole] if self.whole else []), *self.houses.values(), *self.rows]


@dataclass(slots=True)
class QuarterTable:
    """A table that passed its check. Build with :func:`open_table` or :func:`load_table`."""

    meta: Mapping[str, str]
    rows: tuple[Row, ...]
    streets: StreetIndex
    ways: dict[str, dict[tuple[House, ...], Way]]
    """Street, as the table writes it, -> alley from the street inwards (``()`` the street)."""
    buildings: dict[str, dict[str, Row]]
    """:func:`building_key` -> lot (``""`` the whole building) -> row."""
    quarters: dict[str, Quarter]
    old_wards: dict[tuple[str, str], str]
    """(ward key, district key) -> name as in the table."""
    old_quarters: dict[tuple[str, str], dict[str, tuple[str, ...]]]
    """(squeezed quarter, ward key) -> old ward as in the table -> quarters of today."""

    @property
    def ward(self) -> str:
        """Name of the ward, or an empty text when the table does not tell."""
        return self.meta.get("ward", "")

    @property
    def province(self) -> str:
        """Name of the province, or an empty text."""
        return self.meta.get("province", "")

    @property
    def invented(self) -> bool:
        """Whether the table is an example and not a real ward's."""
        return self.meta.get("invented", "").lower() in ("yes", "true", "1", "có")

    @property
    def hanoi_order(self) -> bool:
        """Whether 6A/45/123 is house 6A in the alley 123/45 here."""
        return self.meta.get("numbering", "").lower() == "hanoi"

    @property
    def order_known(self) -> bool:
        """Whether it is told which way round numbers with alleys are written here."""
        south = "hochiminh" in squeezed(self.province)
        return bool(self.meta.get("numbering")) or south

    @property
    def quarter_word(self) -> str:
        """What a quarter is called here: "khu phố" or "tổ dân phố"."""
        return self.meta.get("quarter_word") or "khu phố"

    @property
    def street_word(self) -> str:
        """What a street is called here: "đường" or "phố"."""
        return self.meta.get("street_word") or "đường"

    def quarter_name(self, label: str) -> str:
        """ "khu phố 21"."""
        return f"{self.quarter_word} {label}"


def build_table(raw: RawTable) -> QuarterTable:
    """Index checked rows."""
    names: dict[tuple[str, ...], str] = {}
    aliases: dict[str, list[str]] = {}
    ways: dict[str, dict[tuple[House, ...], Way]] = {}
    singles: dict[tuple[str, tuple[House, ...]], list[Row]] = defaultdict(list)
    buildings: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in raw.rows:
        if row.building:
            buildings[building_key(row.building)][row.lot] = row
        if not row.street:
            continue
        street = names.setdefault(street_key(row.street), row.street)
        aliases.setdefault(street, []).extend(row.aliases)
        if row.building:
            ways.setdefault(street, {}).setdefault((), Way())
            continue
        way = ways.setdefault(street, {}).setdefault(row.alley, Way())
        if row.kind == "house":
            singles[street, row.alley].append(row)
        elif row.first is None:
            way.whole = row
        else:
            way.rows.append(row)
    for street, paths in ways.items():
        paths.setdefault((), Way())
        for path, way in paths.items():
            way.settle(singles[street, path])
    old_wards, old_quarters = _before(raw.rows)
    return QuarterTable(
        dict(raw.meta), raw.rows, StreetIndex((name, aliases[name]) for name in ways), ways,
        dict(buildings), _quarters(raw.rows), old_wards, old_quarters,
    )  # fmt: skip


def _quarters(rows: Iterable[Row]) -> dict[str, Quarter]:
    cells: dict[str, dict[str, None]] = defaultdict(dict)
    people: dict[str, tuple[str, str]] = {}
    for row in rows:
        if row.cell:
            cells[row.quarter][row.cell] = None
        secretary, place = people.get(row.quarter, ("", ""))
        people[row.quarter] = secretary or row.secretary, place or row.place
    return {
        label: Quarter(label, tuple(cells[label]), *people[label])
        for label in sorted(people, key=lambda q: (not q.isdecimal(), len(q), q))
    }


_BLOCK = re.compile(r"(chungcu|caooc|toanha|khutapthe|cc(?=[a-z]))")


def building_key(name: str) -> str:
    """The key of a block of flats: "Chung cư Phú Thọ" and "CC Phú Thọ" are one."""
    key = squeezed(name)
    return _BLOCK.sub("", key, count=1) if _BLOCK.match(key) else key


def split_ward(name: str) -> tuple[str, str]:
    """Keys of a ward of before and its district: "Phường 16, Quận 11" is ("16", "11")."""
    ward, _, district = name.partition(",")
    return unit_key(ward), unit_key(district) if district.strip() else ""


def _before(
    rows: Iterable[Row],
) -> tuple[dict[tuple[str, str], str], dict[tuple[str, str], dict[str, tuple[str, ...]]]]:
    wards: dict[tuple[str, str], str] = {}
    became: dict[tuple[str, str], dict[str, dict[str, None]]] = defaultdict(dict)
    for row in rows:
        if not row.old_ward:
            continue
        key = split_ward(row.old_ward)
        name = wards.setdefault(key, row.old_ward)
        if row.old_quarter:
            quarters = became[squeezed(row.old_quarter), key[0]].setdefault(name, {})
            quarters[row.quarter] = None
    return wards, {
        key: {ward: tuple(found) for ward, found in by_ward.items()}
        for key, by_ward in became.items()
    }


def read_raw(path: Path) -> RawTable:
    """The rows of a file, unchecked.

    Raises:
        TableUnreadable: the file cannot be read as a table.
    """
    return parse_rows(path, read_lines(path))


def load_table(path: Path, streets: Iterable[str] | None = None) -> QuarterTable:
    """Read, check and index a table (CSV or XLSX).

    Raises:
        TableUnreadable: the file cannot be read as a table.
        TableRefused: rows contradict each other; the error holds every problem.
    """
    raw = read_raw(path)
    refusing = [problem for problem in check(raw, streets) if problem.refuses]
    if refusing:
        raise TableRefused(path, refusing)
    return build_table(raw)
