"""The great button and the state of the conversation: always in the same place."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import flet as ft

from kiosk.screen import theme
from kiosk.screen.controller import Controller
from kiosk.screen.guard import component, guarded
from kiosk.screen.model import Loudness, Phase, Screen
from kiosk.screen.parts import Handler, badge, button, text
from kiosk.screen.theme import Layout


@dataclass(frozen=True, slots=True)
class Look:
    """How a phase is said in words, colour and shape."""

    state: str
    state_icon: ft.IconData
    state_colour: str
    state_background: str
    label: str
    icon: ft.IconData
    colour: str
    round: float
    """Roundness of the button: 1 a circle, less a rounded square."""


_READY = Look(
    "Sẵn sàng",
    ft.Icons.CHECK_CIRCLE_OUTLINE,
    theme.GREEN,
    theme.GREEN_SOFT,
    "Bấm để nói",
    ft.Icons.MIC,
    theme.RED,
    1.0,
)
LOOKS: dict[Phase, Look] = {
    "ready": _READY,
    "opening": Look(
        "Chờ một chút",
        ft.Icons.MIC_NONE,
        theme.GREEN,
        theme.GREEN_SOFT,
        "Đang mở micro",
        ft.Icons.MIC_NONE,
        theme.GREEN,
        1.0,
    ),
    "listening": Look(
        "Đang nghe",
        ft.Icons.HEARING,
        theme.GREEN,
        theme.GREEN_SOFT,
        "Mời nói",
        ft.Icons.GRAPHIC_EQ,
        theme.GREEN,
        1.0,
    ),
    "thinking": Look(
        "Đang nghĩ",
        ft.Icons.HOURGLASS_TOP,
        theme.BLUE,
        theme.BLUE_SOFT,
        "Xin chờ",
        ft.Icons.HOURGLASS_TOP,
        theme.BLUE,
        0.36,
    ),
    "speaking": Look(
        "Đang nói",
        ft.Icons.VOLUME_UP,
        theme.AMBER,
        theme.AMBER_SOFT,
        "Bấm để nói",
        ft.Icons.MIC,
        theme.RED,
        1.0,
    ),
}

WARMING = Look(
    "Đang chuẩn bị",
    ft.Icons.HOURGLASS_TOP,
    theme.BLUE,
    theme.BLUE_SOFT,
    "Xin chờ",
    ft.Icons.MIC,
    theme.BLUE,
    1.0,
)
DEAF = Look(
    "Chưa nghe được",
    ft.Icons.MIC_OFF,
    theme.AMBER,
    theme.AMBER_SOFT,
    "Xin chạm thẻ",
    ft.Icons.MIC_OFF,
    theme.AMBER,
    1.0,
)


def look_of(screen: Screen) -> Look:
    """The look of what is going on."""
    if screen.phase == "ready" and screen.warmth != "ready":
        return WARMING if screen.warmth == "loading" else DEAF
    return LOOKS[screen.phase]


HALO = 1.22
"""Greatest diameter of the ring that shows the voice, in buttons."""


@component
def Halo(loudness: Loudness, size: int, active: bool) -> ft.Control:  # noqa: N802
    """A ring around the button that grows with the voice."""
    level = max(loudness.levels[-3:]) if active else 0.0
    diameter = size * (1 + (HALO - 1) * (0.25 + 0.75 * level)) if active else size
    return ft.Container(
        width=diameter,
        height=diameter,
        border_radius=diameter / 2,
        bgcolor=theme.GREEN_SOFT if active else ft.Colors.TRANSPARENT,
        animate=120,
    )


@component
def TalkButton(  # noqa: N802
    screen: Screen, loudness: Loudness, controller: Controller, size: int
) -> ft.Control:
    """The great button: tap to start, or press and hold; a drifting finger loses nothing."""
    look = look_of(screen)

    def on(handler: Callable[[], Awaitable[None]]) -> Handler:
        return guarded(handler, controller.complain)

    face = ft.Container(
        content=ft.Column(
            [
                ft.Icon(look.icon, size=size * 0.36, color=theme.WHITE),
                text(look.label, 32, theme.WHITE, bold=True, align=ft.TextAlign.CENTER),
            ],
            alignment=ft.MainAxisAlignment.CENTER,
            horizontal_alignment=ft.CrossAxisAlignment.CENTER,
            spacing=2,
            tight=True,
        ),
        width=size,
        height=size,
        alignment=ft.Alignment.CENTER,
        bgcolor=look.colour,
        border_radius=size / 2 * look.round,
        animate=theme.FADE_MS,
    )
    box = int(size * HALO)
    stack: list[ft.Control] = [Halo(loudness, size, screen.phase == "listening")]
    stack.append(
        # Both: a finger is seen by the detector (pan events survive its drifting, taps do
        # not), a screen reader or a keyboard by the semantics node.
        ft.GestureDetector(
            content=face,
            on_pan_down=on(controller.press),
            on_pan_end=on(controller.release),
            on_pan_cancel=on(controller.release),
            drag_interval=1000,
            exclude_from_semantics=True,
        )
    )
    return ft.Semantics(
        identifier="talk",
        label=look.label,
        button=True,
        exclude_semantics=True,
        on_tap=on(controller.tap),
        content=ft.Stack(stack, width=box, height=box, alignment=ft.Alignment.CENTER),
    )


@component
def Status(screen: Screen) -> ft.Control:  # noqa: N802
    """The state in words: read out by a screen reader whenever it changes."""
    look = look_of(screen)
    return ft.Semantics(
        identifier="status",
        label=look.state,
        live_region=True,
        exclude_semantics=True,
        content=badge(look.state, look.state_icon, look.state_colour, look.state_background),
    )


@component
def TalkPanel(  # noqa: N802
    screen: Screen, loudness: Loudness, controller: Controller, layout: Layout
) -> ft.Control:
    """State, great button, "Dừng" and "Nghe lại"."""
    busy = screen.phase != "ready"
    stop = button(
        "Dừng",
        ft.Icons.STOP_CIRCLE_OUTLINED,
        guarded(controller.stop, controller.complain),
        colour=theme.INK,
        filled=screen.phase == "speaking",
        identifier="stop",
        width=176,
        enabled=busy,
    )
    again = button(
        "Nghe lại",
        ft.Icons.REPLAY,
        guarded(controller.again, controller.complain),
        colour=theme.INK,
        identifier="again",
        width=216,
        enabled=screen.shown is not None and screen.phase in ("ready", "speaking"),
    )
    talk = TalkButton(screen, loudness, controller, layout.talk)
    if layout.landscape:
        return ft.Container(
            content=ft.Column(
                [
                    Status(screen),
                    talk,
                    ft.Row(
                        [stop, again],
                        alignment=ft.MainAxisAlignment.CENTER,
                        spacing=theme.GAP,
                    ),
                ],
                horizontal_alignment=ft.CrossAxisAlignment.CENTER,
                alignment=ft.MainAxisAlignment.SPACE_EVENLY,
                expand=True,
            ),
            width=layout.panel,
        )
    return ft.Container(
        content=ft.Column(
            [
                Status(screen),
                ft.Row(
                    [stop, talk, again],
                    alignment=ft.MainAxisAlignment.SPACE_EVENLY,
                    vertical_alignment=ft.CrossAxisAlignment.CENTER,
                ),
            ],
            horizontal_alignment=ft.CrossAxisAlignment.CENTER,
            alignment=ft.MainAxisAlignment.SPACE_EVENLY,
            expand=True,
        ),
        height=layout.panel,
        padding=ft.Padding.only(top=8),
    )
