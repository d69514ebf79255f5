"""How sure we are of what we say: the marks of the shipped content, from sure to unsure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

Trust = Literal["gốc", "báo", "cần kiểm tra"]
"""``gốc``: the original was read. ``báo``: press or an official page's excerpt.
``cần kiểm tra``: second-hand, or general knowledge that nobody has checked."""

TRUSTS: tuple[Trust, ...] = get_args(Trust)
"""All marks, from the strongest to the weakest."""

UNSURE: Trust = "cần kiểm tra"


def weakest(marks: Iterable[Trust]) -> Trust:
    """The mark of a statement that rests on all of ``marks``; with none it is unchecked."""
    return max(marks, key=TRUSTS.index, default=UNSURE)


def as_trust(text: str) -> Trust | None:
    """``text`` as a mark, or None when it is none."""
    return next((mark for mark in TRUSTS if mark == text), None)
