"""What a reader finds: a value and the tokens it stands at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

Value: TypeAlias = "int | str | bool | dict[str, int | str | bool | None]"
"""A written value; as JSON it stays what it is."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One value, written, and where in the text it was said."""

    value: Value
    begin: int
    """First token."""
    end: int
    """Token behind the last."""
    sure: bool = True
    """False where the same words often mean something else: the kiosk should ask."""

    def unsure(self) -> Spot:
        """The same, to be asked back."""
        return replace(self, sure=False)
