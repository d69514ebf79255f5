"""The page: header, the great button, and beside it what there is to see."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

import flet as ft

from kiosk.screen import theme
from kiosk.screen.answer import Answer
from kiosk.screen.controller import Controller
from kiosk.screen.guard import component
from kiosk.screen.header import Header, written_date
from kiosk.screen.hearing import Hearing
from kiosk.screen.home import Home
from kiosk.screen.model import Loudness, Screen
from kiosk.screen.parts import text
from kiosk.screen.station import Station
from kiosk.screen.talk import TalkPanel
from kiosk.screen.theme import Layout

log = logging.getLogger("troly.screen")


@component
def Notice(screen: Screen) -> ft.Control:  # noqa: N802
    """A sentence that says what went wrong and what to do, or that a command was done."""
    return ft.Semantics(
        identifier="notice",
        label=screen.notice,
        live_region=True,
        exclude_semantics=True,
        content=ft.Container(
            content=ft.Row(
                [
                    ft.Icon(ft.Icons.INFO_OUTLINE, size=36, color=theme.AMBER),
                    ft.Container(text(screen.notice, theme.SMALL, theme.INK), expand=True),
                ],
                spacing=theme.GAP,
            ),
            bgcolor=theme.AMBER_SOFT,
            border_radius=theme.RADIUS,
            padding=ft.Padding.symmetric(horizontal=20, vertical=12),
        ),
    )


@component
def App(screen: Screen, loudness: Loudness, controller: Controller) -> ft.Control:  # noqa: N802
    """Everything."""
    layout = Layout.of(screen.width, screen.height)
    view: ft.Control
    if screen.phase in ("opening", "listening", "thinking"):
        view = Hearing(screen, loudness)
    elif screen.shown is not None:
        view = Answer(screen, screen.shown, controller)
    else:
        view = Home(screen, controller, layout)
    side = ft.Column(
        [*([Notice(screen)] if screen.notice else []), view],
        spacing=theme.GAP,
        expand=True,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )
    talk = TalkPanel(screen, loudness, controller, layout)
    body: ft.Control
    if layout.landscape:
        body = ft.Row(
            [talk, ft.Container(side, expand=True)],
            expand=True,
            spacing=0,
            vertical_alignment=ft.CrossAxisAlignment.STRETCH,
        )
        padding = ft.Padding.only(right=theme.PAD, bottom=theme.PAD)
    else:
        body = ft.Column(
            [ft.Container(side, expand=True), talk],
            expand=True,
            spacing=0,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        )
        padding = ft.Padding.symmetric(horizontal=theme.PAD)
    return ft.Column(
        [Header(screen), ft.Container(body, expand=True, padding=padding)],
        spacing=0,
        expand=True,
    )


def page_main(station: Station) -> Callable[[ft.Page], Awaitable[None]]:
    """The function Flet calls for every new page."""

    async def main(page: ft.Page) -> None:
        page.title = "Trợ lý chi bộ"
        page.padding = 0
        page.bgcolor = theme.PAPER
        page.theme_mode = ft.ThemeMode.LIGHT
        page.theme = ft.Theme(
            font_family=theme.FONT,
            color_scheme_seed=theme.RED,
            scrollbar_theme=ft.ScrollbarTheme(thumb_color=theme.LINE),
        )

        def later(work: Callable[[], None]) -> None:
            async def run() -> None:
                work()

            page.run_task(run)

        controller = Controller(station, later)
        screen = controller.screen
        screen.width, screen.height = page.width or 1280, page.height or 800
        try:
            screen.cards = await asyncio.to_thread(station.assistant.suggestions)
        except Exception as error:
            log.exception("no suggestions")
            screen.notice = getattr(error, "vi", "")
        _tick(screen)
        clock = asyncio.create_task(_run_clock(screen))

        def on_resize(event: ft.PageResizeEvent) -> None:
            screen.width, screen.height = event.width, event.height

        def on_connect(event: ft.Event[ft.Page]) -> None:
            controller.connected()

        def on_disconnect(event: ft.Event[ft.Page]) -> None:
            controller.disconnected()

        def on_close(event: ft.Event[ft.Page]) -> None:
            clock.cancel()

        page.on_resize = on_resize
        page.on_connect = on_connect
        page.on_disconnect = on_disconnect
        page.on_close = on_close
        page.render(App, screen, controller.loudness, controller)

    return main


def _tick(screen: Screen) -> None:
    now = datetime.now()
    screen.time = f"{now:%H:%M}"
    screen.date = written_date(now)


async def _run_clock(screen: Screen) -> None:
    while True:
        await asyncio.sleep(60 - datetime.now().second)
        _tick(screen)
