"""A street's ranges as a picture (SVG): which numbers lie in which quarter, odd above even."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as Xml

from knowledge.quarters.house import House, path_text
from knowledge.quarters.rows import Row
from knowledge.quarters.table import QuarterTable, Way
from knowledge.quarters.wording import line

WIDTH, BAND, LEFT, RIGHT, TOP = 1200, 70, 110, 30, 70
"""Pixels of the drawing: its width, a side's height, and what is left around."""

_GOLDEN = 0.618034
"""Steps of this share of the colour circle keep neighbours far apart."""

_NARROW = 34
"""Pixels below which a quarter's name does not fit into its piece."""


def draw_street(table: QuarterTable, street: str) -> str:
    """The picture of one street, as an SVG document.

    Raises:
        KeyError: the table has no such street (names as in the table).
    """
    ways = table.ways[street]
    way = ways[()]
    others = _others(ways)
    rows_of_text = max(1, -(-len(others) // 3)) if others else 0
    height = TOP + 2 * BAND + 70 + rows_of_text * 26
    svg = Xml.Element(
        "svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH} {height}",
        width=str(WIDTH), height=str(height), role="img",
    )  # fmt: skip
    title = line("report", "picture_title", street=street)
    Xml.SubElement(svg, "title").text = title
    Xml.SubElement(svg, "rect", width=str(WIDTH), height=str(height), fill="#ffffff")
    _text(svg, LEFT, 38, title, size=24, weight="bold")
    last = max((row.last.number for row in way.rows if row.last), default=0)
    if not last:
        if way.whole:
            _piece(svg, LEFT, TOP, WIDTH - LEFT - RIGHT, 2 * BAND, table, way.whole.quarter, "")
            _text(svg, 12, TOP + BAND + 6, line("report", "picture_whole"), size=16)
    else:
        for row_index, (side, name) in enumerate((("O", "picture_odd"), ("E", "picture_even"))):
            top = TOP + row_index * (BAND + 8)
            _text(svg, 12, top + BAND / 2 + 6, line("report", name), size=18)
            if way.whole:
                label = way.whole.quarter
                _piece(svg, LEFT, top, WIDTH - LEFT - RIGHT, BAND, table, label, "", faint=True)
            _side(svg, table, way.side(side), side, top, last)
            _marks(svg, way, side, top, last)
        _scale(svg, last)
    for number, other in enumerate(others):
        x, y = LEFT + number % 3 * 360, TOP + 2 * BAND + 66 + number // 3 * 26
        _text(svg, x, y, other, size=15)
    Xml.indent(svg)
    return Xml.tostring(svg, encoding="unicode") + "\n"


def _x(number: int, last: int) -> float:
    return LEFT + (number - 1) / last * (WIDTH - LEFT - RIGHT)


def _side(
    svg: Xml.Element, table: QuarterTable, rows: Sequence[Row], side: str, top: int, last: int
) -> None:
    for row in rows:
        assert row.first and row.last
        start = _x(row.first.number, last)
        end = _x(min(row.last.number + 2, last + 1), last)
        label = f"{row.first}–{row.last}"
        _piece(svg, start, top, max(end - start, 2), BAND, table, row.quarter, label)


def _piece(
    svg: Xml.Element, x: float, y: float, width: float, height: float, table: QuarterTable,
    quarter: str, numbers: str, *, faint: bool = False,
) -> None:  # fmt: skip
    group = Xml.SubElement(svg, "g")
    name = f"{table.quarter_name(quarter)} {numbers}".strip()
    Xml.SubElement(group, "title").text = name
    paint = {
        "x": f"{x:.1f}", "y": f"{y:.1f}", "width": f"{width:.1f}", "height": str(height),
        "fill": _colour(table, quarter), "stroke": "#333333", "stroke-width": "1",
        "fill-opacity": "0.35" if faint else "1",
    }  # fmt: skip
    Xml.SubElement(group, "rect", paint)
    if width >= _NARROW and not faint:
        middle = x + width / 2
        _text(group, middle, y + 30, quarter, size=20, weight="bold", anchor="middle")
        if width >= 2 * _NARROW:
            _text(group, middle, y + 54, numbers, size=13, anchor="middle")


def _marks(svg: Xml.Element, way: Way, side: str, top: int, last: int) -> None:
    """A dot for each house that is listed by itself."""
    for house, row in way.houses.items():
        if house.parity == side:
            x = _x(min(house.number, last), last)
            dot = Xml.SubElement(
                svg, "circle", cx=f"{x:.1f}", cy=str(top + BAND), r="5", fill="#b3261e"
            )
            Xml.SubElement(dot, "title").text = f"{house}: {row.quarter}"


def _scale(svg: Xml.Element, last: int) -> None:
    y = TOP + 2 * BAND + 28
    step = next(s for s in (10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 20000) if last / s <= 12)
    for number in (1, *range(step, last + 1, step)):
        _text(svg, _x(number, last), y, str(number), size=13, anchor="middle", fill="#555555")


def _others(ways: Mapping[tuple[House, ...], Way]) -> list[str]:
    found = []
    for path, way in sorted(ways.items(), key=lambda item: path_text(item[0])):
        alley = path_text(path)
        for row in (*way.houses.values(), *(way.rows if path else ())):
            assert row.first
            until = "" if row.first == row.last else f"–{row.last}"
            found.append(f"{alley + '/' if alley else ''}{row.first}{until} → {row.quarter}")
        if path and way.whole:
            found.append(f"hẻm {alley} → {way.whole.quarter}")
    return found


def _colour(table: QuarterTable, quarter: str) -> str:
    at = list(table.quarters).index(quarter)
    red, green, blue = colorsys.hls_to_rgb(at * _GOLDEN % 1.0, 0.78, 0.62)
    return f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"


def _text(
    parent: Xml.Element, x: float, y: float, words: str, *, size: int, weight: str = "normal",
    anchor: str = "start", fill: str = "#1a1a1a",
) -> None:  # fmt: skip
    style = {
        "x": f"{x:.1f}", "y": f"{y:.1f}", "fill": fill, "font-size": str(size),
        "font-family": "Be Vietnam Pro, sans-serif", "font-weight": weight, "text-anchor": anchor,
    }  # fmt: skip
    Xml.SubElement(parent, "text", style).text = words
