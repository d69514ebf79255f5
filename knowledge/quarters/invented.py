"""An invented ward, large enough to hurt: 69 quarters, 120 streets and alleys.

    python -m knowledge.quarters.invented [FILE]

No ward publishes its table, so this one serves until a ward brings its own. Names of streets are
common ones; numbers, alleys and quarters are made up, the same ones every time. The answers say
so ("theo dữ liệu ví dụ").

Besides the rows, a :class:`World` holds the truth as somebody who painted every single house
would: that is what the lookup is measured against, and it shares no code with it.
"""

from __future__ import annotations

import csv
import io
import random
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.quarters.rows import COLUMNS, OPTIONAL
from knowledge.quarters.ward import read_streets
from knowledge.quarters.wording import CONTENT

QUARTERS = 69
SEED = 20251121
WARD, PROVINCE = "Phường Ví Dụ", "Thành phố Hồ Chí Minh"
OLD_WARDS = ("Phường 1, Quận 11", "Phường 7, Quận 11", "Phường 16, Quận 11")

_WHOLE, _TWO_SIDED, _BOTH = 24, 12, 10
"""Streets that lie in one quarter, that have one quarter a side, and whose ranges take both."""

_LONG = 10
"""Streets whose numbers reach into the thousands."""

_BUILDINGS = ("Phú Thọ", "Lạc Long Quân", "Bình Thới", "Lữ Gia", "Hoa Sen", "Bông Sao", "Tân Phước",
              "Hòa Bình", "Thuận Việt", "Ngô Gia Tự", "Vĩnh Hội", "Nhiêu Lộc")  # fmt: skip


_ALIASES = {"Cách Mạng Tháng 8": "CMT8"}
"""Street -> what it is also called."""


@dataclass(slots=True)
class World:
    """The invented ward: its rows, and the truth house by house."""

    rows: list[dict[str, str]] = field(default_factory=list)
    whole: dict[str, str] = field(default_factory=dict)
    """Street -> quarter of all of it."""
    fronts: dict[str, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    """Street -> number -> quarter by ranges alone."""
    alleys: dict[tuple[str, str], str] = field(default_factory=dict)
    """(street, "123" or "123/45") -> quarter of the whole alley."""
    in_alley: dict[tuple[str, str], dict[int, str]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    """(street, alley) -> number in it -> quarter by ranges."""
    houses: dict[tuple[str, str, str], str] = field(default_factory=dict)
    """(street, alley, "6A") -> quarter of a house that is listed by itself."""
    buildings: dict[tuple[str, str], str] = field(default_factory=dict)
    """(building, lot) -> quarter."""
    before: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    """(old ward, old quarter) -> quarters of today."""

    def truth(self, street: str, alley: tuple[str, ...], house: str) -> str:
        """The quarter of one house, worked out from the innermost layer outwards; "" if none."""
        path = "/".join(alley)
        if (street, path, house) in self.houses:
            return self.houses[street, path, house]
        number = int("".join(c for c in house if c.isdigit()))
        for depth in range(len(alley), 0, -1):
            path = "/".join(alley[:depth])
            quarter = self.in_alley.get((street, path), {}).get(number)
            quarter = quarter or self.alleys.get((street, path), "")
            if quarter:
                return quarter
            number = int("".join(c for c in alley[depth - 1] if c.isdigit()))
        return self.fronts[street].get(number) or self.whole.get(street, "")


class _Maker:
    def __init__(self, streets: tuple[str, ...], seed: int) -> None:
        self.random = random.Random(seed)
        self.streets = streets
        self.world = World()
        self._described: set[str] = set()
        self._used: dict[str, int] = defaultdict(int)

    def near(self, quarter: str) -> str:
        """Another quarter not far away."""
        step = self.random.choice((-3, -2, -1, 1, 2, 3))
        return str((int(quarter) - 1 + step) % QUARTERS + 1)

    def row(self, quarter: str, **cells: str) -> None:
        index = int(quarter) - 1
        ward, local = OLD_WARDS[index // 23], index % 23
        olds = [local * 4 // 3 + 1]
        if local % 3 == 2:
            olds.append(olds[0] + 1)
        if local % 5 == 4:
            olds.append((local + 1) * 4 // 3 + 1)  # shared with the next quarter: a split
        self._used[quarter] += 1
        old = str(olds[self._used[quarter] % len(olds)])
        self.world.before[ward, old].add(quarter)
        cells |= {"quarter": quarter, "old_ward": ward, "old_quarter": old}
        if quarter not in self._described:
            self._described.add(quarter)
            cells |= {
                "cell": f"Chi bộ khu phố {quarter}", "secretary": f"Bí thư ví dụ {quarter}",
                "place": f"Nhà văn hóa khu phố {quarter} (ví dụ)",
            }  # fmt: skip
        self.world.rows.append(cells)

    def make(self) -> World:
        start = 0
        for index, street in enumerate(self.streets):
            start = (start + self.random.randint(1, 9)) % QUARTERS
            quarter = str(start + 1)
            back = len(self.streets) - index
            if back <= _WHOLE:
                self.world.whole[street] = quarter
                self.row(quarter, street=street)
                self.alley(street, str(self.random.randint(2, 60)), quarter)
            elif back <= _WHOLE + _TWO_SIDED:
                self.two_sided(street, quarter)
            else:
                self.ranged(street, quarter, index)
        for row in self.world.rows:
            if row.get("street") in _ALIASES:
                row["aliases"] = _ALIASES[row["street"]]
        for number, name in enumerate(_BUILDINGS):
            self.building(name, str((number * 11 + 4) % QUARTERS + 1), number)
        return self.world

    def two_sided(self, street: str, quarter: str) -> None:
        last = self.random.randint(40, 200)
        for side, label in (("O", quarter), ("E", self.near(quarter))):
            self.range(street, "", 1 if side == "O" else 2, last, side, label)

    def ranged(self, street: str, quarter: str, index: int) -> None:
        if index < _LONG:
            last = 9999 if index < 3 else self.random.randint(1200, 6000)
        else:
            last = self.random.randint(120, 700)
        sides = ("B",) if _LONG <= index < _LONG + _BOTH else ("O", "E")
        for side in sides:
            label, number = quarter, 2 if side == "E" else 1
            step = max(20, last // self.random.randint(5, 14))
            while number <= last:
                until = number + self.random.randint(step // 2, step * 3 // 2)
                until = last if last - until < step // 2 else until
                if side != "B":
                    until -= (until - number) % 2
                self.range(street, "", number, until, side, label)
                number, label = until + (1 if side == "B" else 2), self.near(label)
        for _ in range(self.random.randint(5, 12)):
            mouth = str(self.random.randint(3, last - 2))
            if self.random.random() < 0.1:
                mouth += self.random.choice("AB")
            self.alley(street, mouth, quarter)
        for _ in range(self.random.randint(2, 6)):
            number = self.random.randint(1, last)
            suffix = self.random.choice(("", "", "A", "B", "bis"))
            self.house(street, "", f"{number}{suffix}", quarter)

    def range(
        self, street: str, alley: str, first: int, last: int, side: str, quarter: str
    ) -> None:
        painted = self.world.in_alley[street, alley] if alley else self.world.fronts[street]
        if side != "B":
            last -= (last - first) % 2
        for number in range(first, last + 1, 1 if side == "B" else 2):
            painted[number] = quarter
        cells = {"from": str(first), "to": str(last), "parity": side}
        self.row(quarter, street=street, alley=alley, **cells)

    def alley(self, street: str, mouth: str, quarter: str) -> None:
        if (street, mouth) in self.world.alleys or (street, mouth) in self.world.in_alley:
            return
        label = self.near(quarter)
        if self.random.random() < 0.3:  # the alley is divided
            last = self.random.randint(30, 90)
            for side, part in (("O", label), ("E", self.near(label))):
                self.range(street, mouth, 1 if side == "O" else 2, last, side, part)
        else:
            self.world.alleys[street, mouth] = label
            self.row(label, street=street, alley=mouth)
        if self.random.random() < 0.5:
            inner = f"{mouth}/{self.random.randint(2, 60)}"
            self.world.alleys[street, inner] = other = self.near(label)
            self.row(other, street=street, alley=inner)
            if self.random.random() < 0.4:
                self.house(street, inner, f"{self.random.randint(1, 40)}A", label)

    def house(self, street: str, alley: str, house: str, quarter: str) -> None:
        key = (street, alley, house.replace("bis", "BIS"))
        if key in self.world.houses:
            return
        self.world.houses[key] = label = self.near(self.near(quarter))
        cells = {"from": house, "to": house, "parity": "B", "note": "nhà ghi riêng (ví dụ)"}
        self.row(label, street=street, alley=alley, **cells)

    def building(self, name: str, quarter: str, number: int) -> None:
        if number % 3 == 2:
            self.world.buildings[name, ""] = quarter
            self.row(quarter, building=f"Chung cư {name}")
            return
        for lot in "ABCD"[: 2 + number % 3]:
            label = quarter if lot == "A" else self.near(quarter)
            self.world.buildings[name, lot] = label
            self.row(label, building=f"Lô {lot} chung cư {name}")


def make_world(streets: tuple[str, ...] | None = None, seed: int = SEED) -> World:
    """The invented ward, the same one for the same streets and seed."""
    return _Maker(streets or read_streets(CONTENT / "invented_streets.txt"), seed).make()


def world_csv(world: World) -> str:
    """The ward's table as CSV text, with its label on top."""
    out = io.StringIO()
    out.write(
        "# DỮ LIỆU VÍ DỤ: phường tưởng tượng, không dùng cho phường thật\n"
        f"# ward: {WARD}\n# province: {PROVINCE}\n# invented: yes\n"
    )
    columns = (*COLUMNS, *OPTIONAL)
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(world.rows)
    return out.getvalue()


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else CONTENT / "invented.csv"
    target.write_text(world_csv(make_world()), encoding="utf-8")
