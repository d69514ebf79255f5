"""The line at the top: whose kiosk this is, and what time it is."""

from __future__ import annotations

from datetime import datetime

import flet as ft

from kiosk.screen import theme
from kiosk.screen.guard import component
from kiosk.screen.model import Screen
from kiosk.screen.parts import text

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


def written_date(now: datetime) -> str:
    """ "Thứ Tư, 25/11/2026": weekday and date as they are written in Vietnam."""
    return f"{WEEKDAYS[now.weekday()]}, {now.day}/{now.month}/{now.year}"


@component
def Header(screen: Screen) -> ft.Control:  # noqa: N802 - components are named like controls
    """Emblem and name on the left, date and time on the right."""
    return ft.Container(
        content=ft.Row(
            [
                ft.Image(src="emblem.svg", width=60, height=60, exclude_from_semantics=True),
                text("Trợ lý chi bộ", theme.BODY, theme.RED, bold=True),
                ft.Container(expand=True),
                text(screen.date, theme.SMALL, theme.QUIET),
                text(screen.time, theme.BODY, theme.INK, bold=True),
            ],
            spacing=theme.GAP,
            vertical_alignment=ft.CrossAxisAlignment.CENTER,
        ),
        padding=ft.Padding.symmetric(horizontal=theme.PAD),
        height=88,
    )
