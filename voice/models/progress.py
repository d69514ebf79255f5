"""How far an installation has come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Step = Literal["download", "copy", "verify", "unpack"]


@dataclass(frozen=True, slots=True)
class Progress:
    """One report: a step on one file, and how much of it is done."""

    model: str
    """Name in the catalogue."""
    step: Step
    file: str
    """What is being worked on: a file of the model, one of its parts, or a package."""
    done: int
    """Bytes of this step done, including what an earlier run left behind."""
    total: int | None
    """Bytes of this step, or None when nobody knows."""


Report = Callable[[Progress], None]
"""Called often, from the thread that installs; it must be quick."""


def silent(progress: Progress) -> None:
    """Report to nobody."""
