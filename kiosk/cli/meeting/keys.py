"""Single keys of a terminal, without waiting for Enter."""

from __future__ import annotations

import contextlib
import select
import sys
import time
from collections.abc import Callable, Iterator

Poll = Callable[[float], str]
"""``poll(seconds)``: the next key, or an empty text when none was pressed meanwhile."""


@contextlib.contextmanager
def single_keys() -> Iterator[Poll]:
    """Read keys one by one while the block runs; lines can be asked for in between."""
    if sys.platform == "win32":
        yield _windows_key
        return
    import termios
    import tty

    handle = sys.stdin.fileno()
    before = termios.tcgetattr(handle)

    def poll(seconds: float) -> str:
        tty.setcbreak(handle)
        try:
            ready, _, _ = select.select([handle], [], [], seconds)
            return sys.stdin.read(1) if ready else ""
        finally:
            termios.tcsetattr(handle, termios.TCSADRAIN, before)

    try:
        yield poll
    finally:
        termios.tcsetattr(handle, termios.TCSADRAIN, before)


def _windows_key(seconds: float) -> str:
    import importlib

    console = importlib.import_module("msvcrt")
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if console.kbhit():
            return str(console.getwch())
        time.sleep(0.02)
    return ""
