"""The answer: what was heard, the text in big letters, where it comes from."""

from __future__ import annotations

import contextlib

import flet as ft
from flet.components.hooks.use_ref import MutableRef

from kiosk.events import Source
from kiosk.screen import theme
from kiosk.screen.controller import Controller
from kiosk.screen.guard import component, guarded
from kiosk.screen.home import card
from kiosk.screen.model import Screen, Shown
from kiosk.screen.parts import button, sheet, step_button, text
from kiosk.screen.reading import Block, blocks, split_spoken

TRUST: dict[str, tuple[str, ft.IconData, str]] = {
    "gốc": ("Theo bản gốc", ft.Icons.VERIFIED, theme.GREEN),
    "báo": ("Theo báo chí", ft.Icons.NEWSPAPER, theme.BLUE),
    "cần kiểm tra": ("Cần kiểm tra lại", ft.Icons.REPORT_OUTLINED, theme.AMBER),
}
"""Trust mark -> what is shown for it, strongest first. An unknown one is shown as the last."""

SCROLL_MS = 350

STEP = 240
"""Pixels that "Lên" and "Xuống" move the text by."""

FITS = 230
"""Characters that fit on every supported window without scrolling."""


def weakest(sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """Each document once, in order, with the weakest of the marks it is given."""
    marks = list(TRUST)
    found: dict[str, Source] = {}
    for source in sources:
        known = found.get(source.document)
        if known is None or _rank(source, marks) > _rank(known, marks):
            found[source.document] = source
    return tuple(found.values())


def _rank(source: Source, marks: list[str]) -> int:
    return marks.index(source.trust) if source.trust in marks else len(marks)


def block_key(index: int) -> str:
    """Scroll key of the block in place ``index``."""
    return f"block-{index}"


def block_text(shown: Shown, block: Block, spoken: tuple[int, int] | None) -> ft.Control:
    """One block, with the sentence that is being spoken marked."""
    start, end = split_spoken(block, spoken)
    marked = ft.TextStyle(bgcolor=theme.GOLD_SOFT, height=theme.LINE_HEIGHT)
    plain = ft.TextStyle(height=theme.LINE_HEIGHT)
    pieces = (
        (shown.text[block.start : start], plain),
        (shown.text[start:end], marked),
        (shown.text[end : block.end], plain),
    )
    return ft.Text(
        spans=[ft.TextSpan(piece, style) for piece, style in pieces if piece],
        size=theme.BODY,
        color=theme.INK,
        style=plain,
    )


def source_line(sources: tuple[Source, ...]) -> ft.Control:
    """Trust mark and name of the first source, and how many more there are."""
    sources = weakest(sources)
    source = sources[0]
    label, icon, colour = TRUST.get(source.trust, TRUST["cần kiểm tra"])
    name = source.document
    if source.replaced_by:
        name += f" (đã được thay bằng {source.replaced_by})"
    if len(sources) > 1:
        name += f" và {len(sources) - 1} văn bản khác"
    return ft.Semantics(
        identifier="source",
        label=f"{label}: {name}",
        exclude_semantics=True,
        content=ft.Column(
            [
                ft.Row(
                    [ft.Icon(icon, size=34, color=colour), text(label, 28, colour, bold=True)],
                    spacing=10,
                ),
                text(name, theme.SMALL, theme.QUIET, lines=2),
            ],
            spacing=0,
        ),
    )


@component
def ReadAlong(  # noqa: N802
    screen: Screen, shown: Shown, column: MutableRef[ft.Column], scroll: bool
) -> ft.Control:
    """The text in blocks; the one that is being spoken is scrolled into view.

    ``column`` is set to the control that scrolls.
    """
    parts = ft.use_memo(lambda: blocks(shown.text), [shown.text])
    spoken = screen.spoken
    current = next(
        (i for i, b in enumerate(parts) if spoken and b.start <= spoken[0] < b.end), None
    )

    async def follow() -> None:
        if not scroll or column.current is None or current is None:
            return
        # The page may be reloading: then there is nothing to scroll.
        with contextlib.suppress(Exception):
            await column.current.scroll_to(
                scroll_key=block_key(current), duration=SCROLL_MS, curve=ft.AnimationCurve.EASE_OUT
            )

    ft.use_effect(follow, [current, shown.text])
    column.current = ft.Column(
        [
            ft.Container(
                block_text(shown, block, spoken),
                key=ft.ScrollKey(block_key(i)),  # type: ignore[call-arg]
                padding=ft.Padding.only(right=20 if scroll else 0),
            )
            for i, block in enumerate(parts)
        ],
        scroll=ft.Scrollbar(thumb_visibility=True, thickness=10) if scroll else None,
        spacing=14,
        expand=scroll,
    )
    return ft.Semantics(identifier="answer", container=True, expand=scroll, content=column.current)


def capital(words: str) -> str:
    """With a capital first letter: what is heard comes in small letters."""
    return words[:1].upper() + words[1:]


def heading(screen: Screen, shown: Shown) -> ft.Control:
    """What was heard, and above all what is answered."""
    lines: list[ft.Control] = []
    if screen.heard and screen.heard.casefold() != shown.title.casefold():
        lines.append(text(f"“{capital(screen.heard)}”", theme.SMALL, theme.QUIET, lines=2))
    if shown.status == "answered":
        lines.append(text(shown.title, theme.TITLE, theme.RED, bold=True, lines=2))
    return ft.Semantics(
        identifier="heard",
        label=f"Đã nghe: {screen.heard}. {shown.title}",
        exclude_semantics=True,
        expand=True,
        content=ft.Column(lines, spacing=0, alignment=ft.MainAxisAlignment.CENTER),
    )


@component
def Answer(screen: Screen, shown: Shown, controller: Controller) -> ft.Control:  # noqa: N802
    """The sheet with everything about one answer, or with a question back and its choices."""
    column: MutableRef[ft.Column] = ft.use_ref()

    async def move(by: float) -> None:
        if column.current is not None:
            await column.current.scroll_to(delta=by, duration=SCROLL_MS)

    async def up() -> None:
        await move(-STEP)

    async def down() -> None:
        await move(STEP)

    home = button(
        "Trang đầu",
        ft.Icons.HOME_OUTLINED,
        guarded(controller.home, controller.complain),
        identifier="home",
        width=236,
    )
    head = ft.Row(
        [heading(screen, shown), home],
        vertical_alignment=ft.CrossAxisAlignment.START,
        spacing=theme.GAP,
    )
    if shown.choices:
        cards = [
            ft.Container(card(choice, controller, tall=False), height=104)
            for choice in shown.choices
        ]
        body: list[ft.Control] = [
            ft.Column(
                [ReadAlong(screen, shown, column, scroll=False), *cards],
                spacing=theme.GAP,
                scroll=ft.ScrollMode.AUTO,
                expand=True,
            )
        ]
    else:
        body = [ReadAlong(screen, shown, column, scroll=True)]
    foot: list[ft.Control] = []
    if shown.sources:
        foot.append(ft.Container(source_line(shown.sources), expand=True))
    if not shown.choices and len(shown.text) > FITS:
        foot += [
            step_button("Lên", ft.Icons.ARROW_UPWARD, guarded(up, controller.complain), "up"),
            step_button(
                "Xuống", ft.Icons.ARROW_DOWNWARD, guarded(down, controller.complain), "down"
            ),
        ]
    if foot:
        body += [
            ft.Divider(height=1, thickness=1, color=theme.LINE),
            ft.Row(foot, alignment=ft.MainAxisAlignment.END, spacing=theme.GAP),
        ]
    return sheet(ft.Column([head, *body], spacing=12, expand=True))
