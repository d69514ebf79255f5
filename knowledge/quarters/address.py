"""An address as it is understood, part by part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from knowledge.quarters.house import House, parse_house, parse_path


@dataclass(frozen=True, slots=True)
class Address:
    """What is known of an address. Every field is text, empty when not known.

    JSON-ready: :meth:`as_dict` and :meth:`from_dict` lose nothing.
    """

    street: str = ""
    """The street's name as in the table."""
    said_street: str = ""
    """The street as it was said, when the table has none like it."""
    alley: str = ""
    """Numbers from the street inwards: ``"123/45"``."""
    house: str = ""
    """``"6A"``; with :attr:`alley`, a number in the alley."""
    joint: str = ""
    """Second number of a house on two plots: 125 of 123-125."""
    parity: str = ""
    """``"O"`` or ``"E"`` when only the side is known."""
    in_alley: bool = False
    """It is in an alley whose number was not said."""
    building: str = ""
    lot: str = ""
    ward: str = ""
    """The ward that was named, as it was said ("phường 7")."""
    district: str = ""
    """The district that was named with it."""
    ward_is_ours: bool = False
    """The user said that it is our ward."""
    old_quarter: str = ""
    """Quarter of before that was named, without "khu phố"."""

    @property
    def alley_path(self) -> tuple[House, ...]:
        """:attr:`alley` as houses."""
        return (parse_path(self.alley) or ()) if self.alley else ()

    @property
    def house_number(self) -> House | None:
        """:attr:`house` as a house."""
        return parse_house(self.house) if self.house else None

    @property
    def number_text(self) -> str:
        """The whole number, ``"123/45/6A"``, ``"123-125"``; empty when there is none."""
        number = "/".join(part for part in (self.alley, self.house) if part)
        return f"{number}-{self.joint}" if self.joint else number

    @property
    def is_empty(self) -> bool:
        """Whether nothing was understood."""
        return self == Address()

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready fields."""
        return asdict(self)

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> Address:
        """The address :meth:`as_dict` wrote."""
        return cls(**fields)
