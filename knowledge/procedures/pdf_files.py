"""PDF without any office program: lists and filled forms, with Be Vietnam Pro embedded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from pathlib import Path

import fontpkg_be_vietnam_pro  # type: ignore[import-untyped]
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace

from knowledge.procedures.docx_files import PARTY, is_recipients
from knowledge.procedures.form_files import FIELD
from knowledge.procedures.layout import Block
from knowledge.procedures.model import Form, Line

_FONTS = Path(fontpkg_be_vietnam_pro.ROOT) / "files"
_FACE = "Be Vietnam Pro"
_STYLES = {"": "Regular", "B": "Bold", "I": "Italic", "BI": "BoldItalic"}
LEFT, RIGHT, TOP = 30, 15, 20
"""Margins in mm, as in :mod:`.docx_files`."""
_WIDTH = 210 - LEFT - RIGHT
_SIZE, _LEAD = 12, 6.5
"""Points, and mm from line to line: Be Vietnam Pro runs wider than Times New Roman."""


class _Pages(FPDF):
    """Pages that bear their number, the first excepted, 10 mm from the edge."""

    def header(self) -> None:
        """Called by the library at the head of every page."""
        if self.page_no() > 1:
            self.set_font(_FACE, "", 11)
            self.set_y(10)
            self.cell(0, 5, str(self.page_no()), align="C")
            self.set_y(TOP)


def listing_pdf(blocks: list[Block]) -> bytes:
    """A list as PDF."""
    page = _new(blocks[0].text)
    number = 0
    for block in blocks:
        number = number + 1 if block.style == "step" else 0
        if block.style == "title":
            _write(page, block.text.upper(), "B", size=15, align="C")
            page.ln(3)
        elif block.style == "heading":
            page.ln(2)
            # A heading alone at the foot of a page is read by nobody.
            if page.will_page_break(3 * _LEAD):
                page.add_page()
            _write(page, block.text, "B", size=13)
        elif block.style == "small":
            _write(page, block.text, "I", size=9.5)
        elif block.style == "note":
            _write(page, block.text, "I", indent=9)
        else:
            if block.style in ("box", "have"):
                _box(page, ticked=block.style == "have")
            mark = {"step": f"{number}.", "item": "–"}.get(block.style, "")
            _write(page, block.text, indent=7, mark=mark)
    return bytes(page.output())


def form_pdf(form: Form, values: Mapping[str, str]) -> bytes:
    """A filled form as PDF, from the same lines as its DOCX template."""
    page = _new(form.title)
    for line in form.body:
        _draw(page, line, values)
    return bytes(page.output())


def _new(title: str) -> FPDF:
    page = _Pages(format="A4")
    page.set_title(title)
    page.set_lang("vi")
    page.set_creation_date(datetime(2026, 1, 1, tzinfo=timezone.utc))  # noqa: UP017
    for style, name in _STYLES.items():
        page.add_font(_FACE, style, _FONTS / f"BeVietnamPro-{name}.ttf")
    page.set_margins(LEFT, TOP, RIGHT)
    page.set_auto_page_break(True, margin=20)
    page.add_page()
    return page


def _write(
    page: FPDF,
    text: str,
    style: str = "",
    *,
    size: float = _SIZE,
    align: str = "L",
    indent: float = 0,
    mark: str = "",
    at: float = LEFT,
    width: float = _WIDTH,
) -> None:
    """A paragraph at ``at`` mm from the left, ``width`` mm wide; the pen goes below it."""
    page.set_font(_FACE, style, size)
    lead = _LEAD * max(size, 8) / _SIZE
    if mark:
        page.set_x(at)
        page.cell(indent, lead, mark, new_x=XPos.LEFT, new_y=YPos.TOP)
    page.set_x(at + indent)
    page.multi_cell(width - indent, lead, text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _box(page: FPDF, *, ticked: bool) -> None:
    """A square to tick, drawn: the font has none."""
    if page.will_page_break(_LEAD):
        page.add_page()
    x, y = LEFT + 0.5, page.get_y() + 1.4
    page.rect(x, y, 3.6, 3.6)
    if ticked:
        page.line(x + 0.7, y + 1.9, x + 1.5, y + 2.8)
        page.line(x + 1.5, y + 2.8, x + 3.0, y + 0.8)


def _draw(page: FPDF, line: Line, values: Mapping[str, str]) -> None:
    def filled(text: str) -> str:
        # Dots that fill a line of Times are wider here: cut, so that no line wraps into two.
        return FIELD.sub(lambda mark: _shorter(values[mark[1]]), text)

    if line.kind in ("head", "person_head"):
        left, below = ([filled(text) for text in part] for part in (line.left, line.right))
        _head(page, filled(line.text), left, below)
    elif line.kind == "title":
        _write(page, filled(line.text), "B", size=15, align="C")
    elif line.kind == "subtitle":
        _write(page, filled(line.text), "B", align="C")
        _write(page, "-----", align="C")
    elif line.kind == "to":
        page.ln(2)
        _write(page, filled(line.text), align="C")
        page.ln(2)
    elif line.kind == "table":
        _table(page, line, [filled(text) for _, _, text in line.columns])
    elif line.kind == "sign":
        _sign(page, [filled(t) for t in line.left], [filled(t) for t in line.right])
    else:
        _write(page, filled(line.text), indent=0)
        page.ln(1)


def _shorter(text: str) -> str:
    """Dotted lines of a width that fits this font."""
    return "\n".join("." * 118 if set(row) == {"."} and len(row) > 100 else row
                     for row in text.split("\n"))  # fmt: skip


def _head(page: FPDF, place: str, left: list[str], below_left: list[str]) -> None:
    top = page.get_y()
    split = 72.0
    for index, text in enumerate([*left, "*"] if left else []):
        style = "B" if index == len(left) - 1 else ""
        _write(page, text.upper(), style, size=11, align="C", width=split - 2)
    for text in below_left:
        _write(page, text, size=11, align="C", width=split - 2)
    below = page.get_y()
    page.set_y(top)
    right, width = LEFT + split, _WIDTH - split
    _write(page, PARTY, "B", size=12.5, align="C", at=right, width=width)
    page.set_font(_FACE, "B", 12.5)
    half = page.get_string_width(PARTY) / 2
    middle = right + width / 2
    page.line(middle - half, page.get_y() + 0.6, middle + half, page.get_y() + 0.6)
    page.ln(2)
    _write(page, place, "I", size=11, align="C", at=right, width=width)
    page.set_y(max(below, page.get_y()) + 6)


def _table(page: FPDF, line: Line, first: list[str]) -> None:
    page.set_font(_FACE, "", 10)
    widths = tuple(width for _, width, _ in line.columns)
    heads = FontFace(emphasis="BOLD")
    with page.table(col_widths=widths, width=sum(widths), align="LEFT", line_height=6,
                    headings_style=heads) as table:  # fmt: skip
        for row in (
            [name for name, _, _ in line.columns],
            first,
            *[[" "] * len(first)] * line.empty,
        ):
            cells = table.row()
            for text in row:
                cells.cell(text)
    page.ln(4)


def _sign(page: FPDF, left: list[str], right: list[str]) -> None:
    rows = max(len(left), len(right))
    if page.will_page_break(rows * _LEAD + 22):
        page.add_page()
    page.ln(3)
    top, bottom = page.get_y(), page.get_y()
    for at, texts in ((LEFT, left), (LEFT + _WIDTH / 2, right)):
        page.set_y(top)
        for index, text in enumerate(texts):
            if is_recipients(texts):
                _write(page, text, size=11.5 if index == 0 else 10, at=at, width=_WIDTH / 2)
                continue
            if index == len(texts) - 1 and index > 0:
                page.ln(20)
            style = "B" if index in (0, len(texts) - 1) else ""
            _write(page, text or " ", style, size=11.5, align="C", at=at, width=_WIDTH / 2)
        bottom = max(bottom, page.get_y())
    page.set_y(bottom)
