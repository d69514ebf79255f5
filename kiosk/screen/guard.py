"""No exception may reach Flet.

One in a handler replaces the screen by an English box; one in a component ends the task that draws
changes, and the screen stands still for ever.
"""

from __future__ import annotations

import functools
import inspect
import logging
from collections.abc import Awaitable, Callable
from typing import Any, ParamSpec

import flet as ft

log = logging.getLogger("troly.screen")

P = ParamSpec("P")

SORRY = "Có trục trặc nhỏ. Xin bấm nút và thử lại."


def guarded(
    handler: Callable[..., Awaitable[None] | None], on_failure: Callable[[str], None]
) -> Callable[..., Awaitable[None]]:
    """``handler`` as an event handler that takes any event and never raises.

    A failure is logged in English and shown by ``on_failure`` in Vietnamese.
    """

    @functools.wraps(handler)
    async def handle(event: Any = None) -> None:
        try:
            result = handler()
            if inspect.isawaitable(result):
                await result
        except Exception as error:
            log.exception("handler %s failed", getattr(handler, "__name__", handler))
            on_failure(getattr(error, "vi", SORRY))

    return handle


def component(draw: Callable[P, ft.Control]) -> Callable[P, ft.Control]:
    """``draw`` as a Flet component that shows a sentence instead of raising."""

    @functools.wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> ft.Control:
        try:
            return draw(*args, **kwargs)
        except Exception:
            log.exception("component %s failed", draw.__name__)
            return ft.Text(SORRY, size=28)

    return ft.component(drawn)
