"""Small pieces every screen is made of: text, buttons, badges. They know no behaviour."""

from __future__ import annotations

from typing import Any

import flet as ft

from kiosk.screen import theme

Handler = Any
"""An event handler as Flet takes it: Flet's own types are per control and event."""


def text(
    value: str,
    size: int = theme.BODY,
    colour: str = theme.INK,
    *,
    bold: bool = False,
    align: ft.TextAlign = ft.TextAlign.START,
    lines: int | None = None,
) -> ft.Text:
    """A piece of text in the kiosk's type."""
    return ft.Text(
        value,
        size=size,
        color=colour,
        weight=ft.FontWeight.W_600 if bold else ft.FontWeight.W_400,
        text_align=align,
        max_lines=lines,
        overflow=ft.TextOverflow.ELLIPSIS if lines else ft.TextOverflow.CLIP,
        style=ft.TextStyle(height=theme.LINE_HEIGHT),
    )


def button(
    label: str,
    icon: ft.IconData,
    on_click: Handler,
    *,
    colour: str = theme.RED,
    filled: bool = False,
    identifier: str | None = None,
    expand: bool = False,
    width: int | None = None,
    enabled: bool = True,
) -> ft.Control:
    """A big button: an icon, words, an edge. Filled ones are what is most likely wanted."""
    ink = theme.WHITE if filled else colour
    body = ft.Container(
        content=ft.Row(
            [ft.Icon(icon, size=36, color=ink), text(label, theme.SMALL, ink, bold=True)],
            alignment=ft.MainAxisAlignment.CENTER,
            vertical_alignment=ft.CrossAxisAlignment.CENTER,
            spacing=10,
            tight=True,
        ),
        height=theme.TARGET,
        width=width,
        padding=ft.Padding.symmetric(horizontal=20),
        alignment=ft.Alignment.CENTER,
        bgcolor=colour if filled else theme.CARD,
        border=ft.Border.all(2, colour),
        border_radius=theme.TARGET / 2,
        on_click=on_click if enabled else None,
        ink=True,
        opacity=1.0 if enabled else 0.0,
        animate_opacity=theme.FADE_MS,
    )
    return ft.Semantics(
        identifier=identifier,
        label=label,
        button=True,
        hidden=not enabled,
        exclude_semantics=True,
        on_tap=on_click if enabled else None,
        content=body,
        expand=expand,
    )


def step_button(label: str, icon: ft.IconData, on_click: Handler, identifier: str) -> ft.Control:
    """A small square button, its word under its icon."""
    return ft.Semantics(
        identifier=identifier,
        label=label,
        button=True,
        exclude_semantics=True,
        on_tap=on_click,
        content=ft.Container(
            content=ft.Column(
                [
                    ft.Icon(icon, size=34, color=theme.INK),
                    text(label, theme.SMALL),
                ],
                spacing=0,
                tight=True,
                alignment=ft.MainAxisAlignment.CENTER,
                horizontal_alignment=ft.CrossAxisAlignment.CENTER,
            ),
            width=120,
            height=88,
            alignment=ft.Alignment.CENTER,
            bgcolor=theme.CARD,
            border=ft.Border.all(2, theme.LINE),
            border_radius=theme.RADIUS,
            on_click=on_click,
            ink=True,
        ),
    )


def badge(label: str, icon: ft.IconData, colour: str, background: str) -> ft.Control:
    """A pill that says a state in words, colour and a sign."""
    return ft.Container(
        content=ft.Row(
            [ft.Icon(icon, size=36, color=colour), text(label, 32, colour, bold=True)],
            spacing=12,
            tight=True,
            vertical_alignment=ft.CrossAxisAlignment.CENTER,
        ),
        bgcolor=background,
        border_radius=32,
        padding=ft.Padding.symmetric(horizontal=24, vertical=8),
        animate=theme.FADE_MS,
    )


def sheet(content: ft.Control, *, expand: bool = True) -> ft.Container:
    """A white sheet of paper."""
    return ft.Container(
        content=content,
        bgcolor=theme.CARD,
        border=ft.Border.all(1.5, theme.HAIRLINE),
        border_radius=theme.RADIUS,
        padding=ft.Padding.symmetric(horizontal=28, vertical=20),
        expand=expand,
    )
