"""House numbers: 12, 12A, 12bis, and the order in which they stand on a street.

A lettered house stands behind its number and on the same side: 12 < 12bis < 12ter < 12A < 12B < 13.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Parity = Literal["O", "E", "B"]
"""Odd numbers, even numbers, or both."""

LARGEST = 99999
"""No street has larger numbers; a larger one is a telephone number or a mistake."""

_HOUSE = re.compile(r"0*(\d{1,5})\s?(BIS|TER|[A-ZĐ]\d{0,2})?", re.IGNORECASE)
_RANK = {"": 0, "BIS": 1, "TER": 2}
_BEHIND_LETTERS = 99


@dataclass(frozen=True, slots=True)
class House:
    """One number with its suffix. Compare with :attr:`key`."""

    number: int
    suffix: str = ""
    """``""``, ``"BIS"``, ``"TER"``, or a letter with at most two digits (``"A1"``)."""

    @property
    def key(self) -> tuple[int, int, str]:
        """Sorts houses as they stand on the street."""
        return self.number, _RANK.get(self.suffix, 3), self.suffix

    @property
    def last_key(self) -> tuple[int, int, str]:
        """The key behind the last house a range up to this one takes in.

        ``to = 20`` takes in 20A and 20B as well; ``to = 20A`` ends with 20A.
        """
        return (self.number, _BEHIND_LETTERS, "") if not self.suffix else self.key

    @property
    def parity(self) -> Parity:
        """The side it stands on: ``"O"`` or ``"E"``."""
        return "O" if self.number % 2 else "E"

    def __str__(self) -> str:
        suffix = self.suffix.lower() if self.suffix in ("BIS", "TER") else self.suffix
        return f"{self.number}{suffix}"


def parse_house(text: str) -> House | None:
    """``text`` as a house number, or None: ``"12 bis"``, ``"6a"``, ``"0012"``."""
    match = _HOUSE.fullmatch(text.strip())
    if not match or not 0 < int(match[1]) <= LARGEST:
        return None
    return House(int(match[1]), (match[2] or "").upper())


def parse_path(text: str) -> tuple[House, ...] | None:
    """``"123/45/6A"`` as houses from the street inwards, or None."""
    parts = [parse_house(part) for part in text.split("/")]
    houses = tuple(part for part in parts if part is not None)
    return houses if houses and len(houses) == len(parts) else None


def path_text(path: tuple[House, ...]) -> str:
    """The written form, ``"123/45"``; empty for an empty path."""
    return "/".join(str(house) for house in path)
