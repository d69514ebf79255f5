"""The sentences of ``lines.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def _load() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("lines.toml").read_text(encoding="utf-8"))


def shown(name: str, /, **values: object) -> str:
    """A text for the screen."""
    return _load()["show"][name].format(**values)


def said(name: str, /, **values: object) -> str:
    """A text to speak."""
    return _load()["say"][name].format(**values)
