"""From printed lines to paragraphs, headings and list items."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.extract.blocks import Block
from knowledge.extract.markers import (
    begins_bullet,
    begins_part,
    clean,
    heading_level,
    is_capitals,
    label_of,
    numbered_level,
)

FULL = 0.88
"""A line that reaches this share of the way to the right edge may go on in the next one."""

WIDE_GAP = 1.75
"""Usual distances between lines, from which on a gap separates paragraphs."""


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line. Lengths are in points for PDF, in letters for plain text."""

    text: str
    page: int | None = None
    left: float = 0.0
    right: float = 0.0
    top: float = 0.0
    """Distance from the top of the page."""
    size: float = 0.0
    bold: bool = False


def paragraphs(lines: Sequence[Line]) -> list[Block]:
    """The blocks that ``lines``, in reading order, make up."""
    lines = [line for line in lines if line.text]
    if not lines:
        return []
    left, right = _edges(lines)
    usual = _usual_gap(lines)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _goes_on(groups[-1], line, left, right, usual):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_block(group, left, right) for group in groups]


def without_page_marks(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages without page numbers and without the lines that head or foot most pages."""
    repeated = _repeated(pages)
    out = []
    for lines in pages:
        kept = []
        for at, line in enumerate(lines):
            edge = at < 2 or at >= len(lines) - 2
            if edge and (_is_page_number(line.text) or _shape(line.text) in repeated):
                continue
            kept.append(line)
        out.append(kept)
    return out


def _repeated(pages: Sequence[Sequence[Line]]) -> set[str]:
    if len(pages) < 4:
        return set()
    seen = Counter(
        shape
        for lines in pages
        for shape in {_shape(line.text) for line in (*lines[:2], *lines[-2:])}
    )
    return {shape for shape, count in seen.items() if count > len(pages) / 2}


def _shape(text: str) -> str:
    return "".join("0" if c.isdigit() else c for c in text.casefold())


def _is_page_number(text: str) -> bool:
    bare = text.strip("-–— .|/").casefold().removeprefix("trang").strip()
    return bare.isdigit() and len(bare) <= 4


def _edges(lines: Sequence[Line]) -> tuple[float, float]:
    """Where the body's lines begin and end: what most long lines share."""
    rights = sorted(line.right for line in lines)
    lefts = sorted(line.left for line in lines)
    # Not the very last: one line that sticks out would make all others look short.
    return lefts[len(lefts) // 10], rights[min(len(rights) - 1, int(len(rights) * 0.95))]


def _usual_gap(lines: Sequence[Line]) -> float:
    gaps = [
        round(b.top - a.top, 1)
        for a, b in itertools.pairwise(lines)
        if a.page == b.page and b.top > a.top
    ]
    return Counter(gaps).most_common(1)[0][0] if gaps else 0.0


def _goes_on(group: Sequence[Line], line: Line, left: float, right: float, usual: float) -> bool:
    last = group[-1]
    if begins_part(line.text) or not _has_words(line.text) or not _has_words(last.text):
        return False
    ended = last.text[-1] in '.:;!?”"'
    if begins_bullet(line.text) and (ended or last.text[-1] == "," or line.text[2:3].isupper()):
        return False
    if last.page == line.page:
        if usual and line.top - last.top > WIDE_GAP * usual:
            return False
    elif ended:
        return False
    if _is_centred(last, left, right) and (is_capitals(last.text) != is_capitals(line.text)):
        return False
    if label_of(group[0].text) and len(group) == 1 and is_capitals(line.text):
        return True  # the title under "Chương I"
    if last.bold != line.bold and heading_level(group[0].text):
        return False
    width = right - left
    return width > 0 and last.right >= left + FULL * width


def _has_words(text: str) -> bool:
    return any(c.isalnum() for c in text)


def _is_centred(line: Line, left: float, right: float) -> bool:
    middle = (left + right) / 2
    narrow = line.right - line.left < 0.9 * (right - left)
    off = abs((line.left + line.right) / 2 - middle)
    return narrow and line.left - left > 0.04 * (right - left) and off < 0.05 * (right - left)


def _block(group: Sequence[Line], left: float, right: float) -> Block:
    text = clean(" ".join(line.text for line in group))
    bold = all(line.bold for line in group)
    centred = all(_is_centred(line, left, right) for line in group)
    level = heading_level(text) or (numbered_level(text) if bold else 0)
    if level:
        return Block("heading", text, level, group[0].page, bold=bold, centred=centred)
    if begins_bullet(text):
        return Block("list", text, 1, group[0].page, bold=bold)
    return Block("paragraph", text, 0, group[0].page, bold=bold, centred=centred)


def lines_of_text(text: str) -> Iterable[Line]:
    """Lines of a plain text, with an empty line as a gap of three."""
    top = 0.0
    for raw in text.splitlines():
        stripped = clean(raw)
        top += 1.0
        if not stripped:
            top += 2.0
            continue
        indent = len(raw) - len(raw.lstrip())
        yield Line(stripped, None, float(indent), float(indent + len(stripped)), top)
