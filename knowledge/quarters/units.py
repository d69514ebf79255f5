"""Names of all wards of the country, before and after 1 July 2025.

The data are those of the package vietnam-address-converter (Apache-2.0, from the official lists
of October 2025). Loading takes a third of a second, so it waits until an address names a ward
that is not ours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from knowledge.quarters.names import squeezed, words

_TYPES = (
    ("phường",), ("p",), ("f",), ("xã",), ("thị", "trấn"), ("đặc", "khu"), ("quận",), ("q",),
    ("huyện",), ("thị", "xã"), ("thành", "phố"), ("tp",), ("tỉnh",),
)  # fmt: skip
_BARE_TYPES = tuple(tuple(squeezed(word) for word in type_) for type_ in _TYPES)


def unit_key(name: str) -> str:
    """The key of a ward, district or province without the word for what it is.

    >>> unit_key("Phường 07"), unit_key("Quận Bình Thạnh"), unit_key("TP. Hồ Chí Minh")
    ('7', 'binhthanh', 'hochiminh')
    """
    found = [squeezed(word) for word in words(name)]
    for type_ in _BARE_TYPES:
        if len(found) > len(type_) and tuple(found[: len(type_)]) == type_:
            found = found[len(type_) :]
            break
    key = "".join(found)
    return key.lstrip("0") or key


@dataclass(frozen=True, slots=True)
class Unit:
    """A ward of today, or of before with what became of it."""

    ward: str
    """With its kind: "Phường Bình Thới"."""
    province: str
    district: str = ""
    """Only of before 1 July 2025."""
    became: tuple[str, ...] = ()
    """Wards of today that hold it or a part of it; only of before."""

    @property
    def name(self) -> str:
        """The ward with its district, if it had one."""
        return f"{self.ward}, {self.district}" if self.district else self.ward


class Units:
    """Wards by key."""

    def __init__(self, rows: Iterable[tuple[Unit, Unit]]) -> None:
        """``rows`` pair a ward of before with a ward of today that holds (part of) it."""
        self._new: dict[str, dict[Unit, None]] = defaultdict(dict)
        became: dict[Unit, dict[str, None]] = defaultdict(dict)
        for old, new in rows:
            self._new[unit_key(new.ward)][new] = None
            became[old][new.ward] = None
        self._old: dict[str, list[Unit]] = defaultdict(list)
        for old, wards in became.items():
            unit = Unit(old.ward, old.province, old.district, tuple(wards))
            self._old[unit_key(old.ward)].append(unit)

    def new(self, ward: str, province: str = "") -> list[Unit]:
        """Wards of today of this name, those of ``province`` first."""
        return self._sorted(self._new.get(unit_key(ward), {}), province)

    def old(self, ward: str, district: str = "", province: str = "") -> list[Unit]:
        """Wards of before of this name, in ``district`` when one is given."""
        found = [
            unit
            for unit in self._old.get(unit_key(ward), [])
            if not district or unit_key(unit.district) == unit_key(district)
        ]
        return self._sorted(found, province)

    def known(self, name: str) -> bool:
        """Whether any ward, of today or before, is called so."""
        key = unit_key(name)
        return key in self._new or key in self._old

    @staticmethod
    def _sorted(units: Iterable[Unit], province: str) -> list[Unit]:
        wanted = unit_key(province) if province else ""
        return sorted(units, key=lambda u: unit_key(u.province) != wanted)


@lru_cache(maxsize=1)
def load_units() -> Units:
    """All wards, loaded once."""
    from vietnam_address_converter.data import DEFAULT_DATA  # type: ignore[import-untyped]

    def unit(record: dict[str, str]) -> Unit:
        def name(key: str) -> str:
            return record.get(key, "").replace("Thành Phố", "Thành phố").replace("Thị Xã", "Thị xã")

        return Unit(name("ward_name"), name("province_name"), name("district_name"))

    return Units((unit(r["old"]), unit(r["new"])) for r in DEFAULT_DATA["mapping"]["rows"])
