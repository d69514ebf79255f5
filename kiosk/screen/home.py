"""The home screen: six questions as cards, which do by touch what the voice does."""

from __future__ import annotations

import flet as ft

from kiosk.events import Choice
from kiosk.screen import theme
from kiosk.screen.controller import Controller
from kiosk.screen.glyphs import displayable
from kiosk.screen.guard import component, guarded
from kiosk.screen.model import Screen
from kiosk.screen.parts import text
from kiosk.screen.theme import Layout

ICONS: dict[str, ft.IconData] = {
    "admission": ft.Icons.PERSON_ADD_ALT_1,
    "build_plan": ft.Icons.EDIT_CALENDAR,
    "bulletin": ft.Icons.NEWSPAPER,
    "cadre_evaluation": ft.Icons.STARS,
    "card_exchange": ft.Icons.CARD_MEMBERSHIP,
    "card_lost": ft.Icons.CREDIT_CARD_OFF,
    "check_document": ft.Icons.FACT_CHECK,
    "device_rules": ft.Icons.TABLET_ANDROID,
    "exemption": ft.Icons.EVENT_AVAILABLE,
    "fees": ft.Icons.PAYMENTS,
    "handbook": ft.Icons.MENU_BOOK,
    "inspection": ft.Icons.RULE,
    "meeting_minutes": ft.Icons.EDIT_NOTE,
    "meeting_regular": ft.Icons.GROUPS,
    "meeting_scoring": ft.Icons.LEADERBOARD,
    "meeting_thematic": ft.Icons.TOPIC,
    "meeting_voting": ft.Icons.HOW_TO_VOTE,
    "member_evaluation": ft.Icons.STARS,
    "member_reception": ft.Icons.HOW_TO_REG,
    "official_recognition": ft.Icons.VERIFIED_USER,
    "quarter_lookup": ft.Icons.MAP,
    "read_directive": ft.Icons.DESCRIPTION,
    "removal": ft.Icons.PERSON_REMOVE,
    "residence_213": ft.Icons.HOME_WORK,
    "transfer_official": ft.Icons.SWAP_HORIZ,
    "transfer_temporary": ft.Icons.SYNC_ALT,
}
"""Intent -> icon. An intent without one gets :data:`OTHER`."""

OTHER = ft.Icons.HELP_OUTLINE


def card(choice: Choice, controller: Controller, *, tall: bool) -> ft.Control:
    """One question to touch."""

    async def ask() -> None:
        await controller.ask(choice)

    on_click = guarded(ask, controller.complain)
    title = displayable(choice.title)
    icon = ft.Container(
        ft.Icon(ICONS.get(choice.intent, OTHER), size=40, color=theme.RED),
        width=72,
        height=72,
        border_radius=36,
        bgcolor=theme.RED_SOFT,
        alignment=ft.Alignment.CENTER,
    )
    words = text(title, theme.SMALL + 2, theme.INK, bold=True, lines=3)
    inside: ft.Control
    if tall:
        inside = ft.Column(
            [icon, words], spacing=12, alignment=ft.MainAxisAlignment.CENTER, expand=True
        )
    else:
        words.expand = True
        inside = ft.Row([icon, words], spacing=theme.GAP)
    return ft.Semantics(
        identifier=f"card-{choice.intent}",
        label=title,
        button=True,
        exclude_semantics=True,
        on_tap=on_click,
        expand=True,
        content=ft.Container(
            content=inside,
            expand=True,
            bgcolor=theme.CARD,
            border=ft.Border.all(2, theme.LINE),
            border_radius=theme.RADIUS,
            padding=ft.Padding.symmetric(horizontal=20, vertical=12),
            ink=True,
            on_click=on_click,
        ),
    )


@component
def Home(screen: Screen, controller: Controller, layout: Layout) -> ft.Control:  # noqa: N802
    """A heading and the cards, as large as the room allows."""
    rows: list[ft.Control] = []
    for start in range(0, len(screen.cards), layout.columns):
        rows.append(
            ft.Row(
                [
                    card(choice, controller, tall=not layout.landscape)
                    for choice in screen.cards[start : start + layout.columns]
                ],
                spacing=theme.GAP,
                expand=True,
                vertical_alignment=ft.CrossAxisAlignment.STRETCH,
            )
        )
    return ft.Column(
        [text("Bấm nút để hỏi, hoặc chạm vào một thẻ", theme.SMALL, theme.QUIET), *rows],
        spacing=theme.GAP,
        expand=True,
    )
