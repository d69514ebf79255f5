"""Which characters the font can draw.

A character without a glyph shows as an empty box, and the renderer asks for a fallback font over
and over. So text is passed through :func:`displayable` before it is drawn.
"""

from __future__ import annotations

import functools
import struct
from pathlib import Path

import fontpkg_be_vietnam_pro  # type: ignore[import-untyped]

FONT_FILES = Path(fontpkg_be_vietnam_pro.ROOT) / "files"

LOOK_ALIKES = str.maketrans({"→": "-", "⇒": "-", "●": "•", "▪": "•", "\u2011": "-"})
"""Stand-ins of the same length, so that sentence offsets stay true."""


def displayable(text: str) -> str:
    """``text`` with every character the font cannot draw replaced, one for one.

    The result has the same length: offsets into the text hold for it too.
    """
    covered = _covered()
    return "".join(
        c if c in "\n" or ord(c) in covered else " " for c in text.translate(LOOK_ALIKES)
    )


@functools.cache
def _covered() -> frozenset[int]:
    return read_cmap((FONT_FILES / "BeVietnamPro-Regular.ttf").read_bytes())


def read_cmap(font: bytes) -> frozenset[int]:
    """Code points that a TrueType font has glyphs for (OpenType ``cmap``, formats 4 and 12)."""
    tables = struct.unpack_from(">H", font, 4)[0]
    for i in range(tables):
        tag, _, offset, _ = struct.unpack_from(">4sLLL", font, 12 + 16 * i)
        if tag == b"cmap":
            break
    else:
        raise ValueError("the font has no cmap table")
    points: set[int] = set()
    for i in range(struct.unpack_from(">H", font, offset + 2)[0]):
        start = offset + struct.unpack_from(">L", font, offset + 4 + 8 * i + 4)[0]
        kind = struct.unpack_from(">H", font, start)[0]
        if kind == 4:
            points.update(_segments(font, start))
        elif kind == 12:
            groups = struct.unpack_from(">L", font, start + 12)[0]
            for group in range(groups):
                first, last, _ = struct.unpack_from(">LLL", font, start + 16 + 12 * group)
                points.update(range(first, last + 1))
    return frozenset(points - {0xFFFF})


def _segments(font: bytes, start: int) -> set[int]:
    count = struct.unpack_from(">H", font, start + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", font, start + 14)
    starts = struct.unpack_from(f">{count}H", font, start + 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}H", font, start + 16 + 4 * count)
    at = start + 16 + 6 * count
    offsets = struct.unpack_from(f">{count}H", font, at)
    points: set[int] = set()
    for i, (first, last, delta, offset) in enumerate(
        zip(starts, ends, deltas, offsets, strict=True)
    ):
        for point in range(first, last + 1):
            if offset:
                glyph = struct.unpack_from(">H", font, at + 2 * i + offset + 2 * (point - first))[0]
            else:
                glyph = (point + delta) & 0xFFFF
            if glyph:
                points.add(point)
    return points
