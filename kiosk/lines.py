"""The kiosk's own sentences, from ``lines.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Lines:
    """What the kiosk says by itself."""

    say: dict[str, str]
    """Situation -> sentence."""
    control: dict[str, str]
    """Control intent -> confirmation."""
    suggestions: tuple[str, ...]
    """Intents of the home screen's cards."""


@cache
def load_lines() -> Lines:
    """Read the shipped file; it is part of the program, so an error in it is a defect."""
    data = tomllib.loads(Path(__file__).with_name("lines.toml").read_text(encoding="utf-8"))
    return Lines(data["say"], data["control"], tuple(data["suggest"]["intents"]))
