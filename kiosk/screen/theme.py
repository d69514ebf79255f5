"""The one design file: colours, type, spacing, motion. Nothing else may name a colour or a size.

Made for old eyes and hands: no letter below 28 px, no text below a contrast of 7:1 (WCAG 2.2
AAA, checked by a test over :data:`PAIRS`), no touch target below 64 px.
"""

from __future__ import annotations

from dataclasses import dataclass

FONT = "Be Vietnam Pro"

PAPER = "#fbf6ec"
"""Background of everything: warm white, kinder than pure white under neon light."""
CARD = "#ffffff"
INK = "#2b1b12"
QUIET = "#4f3f35"
"""Secondary text."""
LINE = "#957d5f"
"""Edges of things that can be touched: at least 3:1 on paper and on card."""
HAIRLINE = "#e6d9c3"
"""Decoration only."""
RED = "#8e1616"
RED_SOFT = "#f7e4dd"
GOLD_SOFT = "#ffe7a3"
"""Behind the sentence that is being spoken."""
GREEN = "#0a5032"
GREEN_SOFT = "#d5ebdd"
BLUE = "#1d3f72"
BLUE_SOFT = "#dce6f4"
AMBER = "#743a00"
AMBER_SOFT = "#fdebcf"
WHITE = "#ffffff"

PAIRS: tuple[tuple[str, str], ...] = (
    (INK, PAPER),
    (INK, CARD),
    (INK, GOLD_SOFT),
    (INK, RED_SOFT),
    (INK, AMBER_SOFT),
    (QUIET, PAPER),
    (QUIET, CARD),
    (RED, PAPER),
    (RED, CARD),
    (RED, RED_SOFT),
    (GREEN, GREEN_SOFT),
    (GREEN, CARD),
    (GREEN, PAPER),
    (BLUE, BLUE_SOFT),
    (BLUE, CARD),
    (BLUE, PAPER),
    (AMBER, AMBER_SOFT),
    (AMBER, CARD),
    (WHITE, RED),
    (WHITE, GREEN),
    (WHITE, BLUE),
    (WHITE, AMBER),
)
"""Every (text, background) pair the screen uses."""

SMALL = 28
BODY = 34
TITLE = 38
LARGE = 44

LINE_HEIGHT = 1.45
"""Vietnamese stacks two marks on a capital: lines need more air than English ones."""

TARGET = 72
"""Least height of anything that can be touched, in px."""
GAP = 16
PAD = 24
RADIUS = 24

FADE_MS = 180
"""Length of every change of colour or place, in milliseconds."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Sizes that follow from the window's size, in px."""

    landscape: bool
    talk: int
    """Diameter of the great button."""
    panel: int
    """Width (landscape) or height (portrait) of the panel that holds it."""
    columns: int
    """Columns of suggestion cards."""
    header: int = 88

    @classmethod
    def of(cls, width: float, height: float) -> Layout:
        """The layout for a window of ``width`` x ``height`` px."""
        if width >= height:
            panel = int(min(460, max(360, width * 0.35)))
            return cls(True, int(min(300, panel - 96, height * 0.4)), panel, 2)
        return cls(False, int(min(240, width * 0.31)), int(min(420, max(380, height * 0.33))), 2)


def contrast(text: str, background: str) -> float:
    """Contrast ratio of two ``#rrggbb`` colours, 1 to 21 (WCAG 2.2, relative luminance)."""

    def luminance(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(text), luminance(background)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
