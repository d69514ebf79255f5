"""While the kiosk listens and thinks: the voice as bars, and the words heard so far."""

from __future__ import annotations

import flet as ft

from kiosk.screen import theme
from kiosk.screen.guard import component
from kiosk.screen.model import Loudness, Screen
from kiosk.screen.parts import sheet, text

HEIGHT = 200
"""Height of the tallest bar, in px."""


@component
def Bars(loudness: Loudness) -> ft.Control:  # noqa: N802
    """The last seconds of the voice, newest on the right."""
    return ft.Row(
        [
            ft.Container(
                width=12,
                height=12 + (HEIGHT - 12) * level,
                border_radius=6,
                bgcolor=theme.GREEN,
                animate=100,
            )
            for level in loudness.levels
        ],
        alignment=ft.MainAxisAlignment.CENTER,
        vertical_alignment=ft.CrossAxisAlignment.CENTER,
        spacing=8,
        height=HEIGHT,
    )


@component
def Hearing(screen: Screen, loudness: Loudness) -> ft.Control:  # noqa: N802
    """What is heard, as it is heard."""
    listening = screen.phase != "thinking"
    if listening:
        title = "Mời nói câu hỏi" if screen.phase == "listening" else "Đang mở micro…"
        hint = "Nói xong, máy sẽ tự trả lời. Bấm nút lần nữa nếu muốn dừng ngay."
        middle: ft.Control = Bars(loudness)
        colour = theme.GREEN
    else:
        title, hint, colour = "Đang tìm câu trả lời…", "", theme.BLUE
        middle = ft.ProgressBar(color=theme.BLUE, bgcolor=theme.BLUE_SOFT, bar_height=10, width=420)
    parts: list[ft.Control] = [
        text(title, theme.LARGE, colour, bold=True, align=ft.TextAlign.CENTER),
        middle,
    ]
    words = f"“{screen.heard}”" if screen.heard else hint
    if words:
        parts.append(
            ft.Semantics(
                identifier="heard",
                label=words,
                exclude_semantics=True,
                content=text(
                    words,
                    theme.TITLE if screen.heard else theme.SMALL,
                    theme.INK if screen.heard else theme.QUIET,
                    align=ft.TextAlign.CENTER,
                ),
            )
        )
    return sheet(
        ft.Column(
            parts,
            alignment=ft.MainAxisAlignment.SPACE_EVENLY,
            horizontal_alignment=ft.CrossAxisAlignment.CENTER,
            expand=True,
        )
    )
