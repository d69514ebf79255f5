"""DOCX: templates drawn from a form's lines, and lists.

Page as in Party documents: A4, margins 20/20/30/15 mm (top, bottom, left, right), Times New Roman
14 (HD 36-HD/VPTW of 2018 and, as far as is known, HD 05-HD/VPTW of 2026).
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from knowledge.procedures.layout import Block
from knowledge.procedures.model import Form, Line

FONT, SIZE = "Times New Roman", 14
_EPOCH = (1980, 1, 1, 0, 0, 0)
_CENTRE, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
"""The heading of Party documents, HD 36-HD/VPTW 2018."""


def template(form: Form) -> bytes:
    """The DOCX template of ``form``, with ``{{ field }}`` marks; equal bytes for equal forms."""
    document = _new(form.title)
    for line in form.body:
        _DRAW[line.kind](document, line)
    return _saved(document)


def listing(blocks: list[Block]) -> bytes:
    """A list as DOCX."""
    document = _new(blocks[0].text)
    number = 0
    for block in blocks:
        number = number + 1 if block.style == "step" else 0
        marks = {"box": "☐ ", "have": "☑ ", "step": f"{number}. ", "item": "– "}
        text = marks.get(block.style, "") + block.text
        if block.style == "title":
            _paragraph(document, text.upper(), bold=True, align=_CENTRE, size=15, after=10)
        elif block.style == "heading":
            _paragraph(document, text, bold=True, before=10)
        elif block.style == "small":
            _paragraph(document, text, italic=True, size=11, after=2)
        else:
            paragraph = _paragraph(document, text, italic=block.style == "note")
            paragraph.paragraph_format.left_indent = Mm(12 if block.style == "note" else 5)
    return _saved(document)


def _new(title: str) -> Any:
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    _page_number(section)
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(SIZE)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(6)
    about = document.core_properties
    about.title, about.author, about.comments, about.language = title, "", "", "vi-VN"
    about.created = about.modified = datetime(2026, 1, 1)
    about.last_modified_by = ""
    return document


def _page_number(section: Any) -> None:
    """The number at the head of every page but the first, 10 mm from the edge."""
    section.different_first_page_header_footer = True
    section.header_distance = Mm(10)
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = _CENTRE
    field, run, text = (OxmlElement(name) for name in ("w:fldSimple", "w:r", "w:t"))
    field.set(qn("w:instr"), "PAGE")
    text.text = "2"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _saved(document: Any) -> bytes:
    """The file, without the moment at which it was made: equal documents are equal bytes."""
    raw, out = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            new.writestr(zipfile.ZipInfo(name, _EPOCH), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _paragraph(
    where: Any,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    align: Any = None,
    size: int = SIZE,
    before: int = 0,
    after: int = 6,
    first: bool = False,
) -> Any:
    """A paragraph; ``first`` uses the empty one that a new cell already has."""
    paragraph = where.paragraphs[0] if first else where.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = (
        Pt(before), Pt(after),
    )  # fmt: skip
    if align is not None:
        paragraph.alignment = align
    return paragraph


def _rule_below(paragraph: Any) -> None:
    """A line below a paragraph."""
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "auto")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().append(borders)


def _two_columns(document: Any, left: int, right: int) -> tuple[Any, Any]:
    table = document.add_table(rows=1, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    # LibreOffice goes by the columns, Word by the cells.
    for column, cell, width in zip(table.columns, table.rows[0].cells, (left, right), strict=True):
        column.width = cell.width = Mm(width)
    return table.rows[0].cells[0], table.rows[0].cells[1]


def _head(document: Any, line: Line) -> None:
    if line.kind == "head":
        one, two = _two_columns(document, 75, 95)
        for index, text in enumerate((*line.left, "*")):
            bold = index == len(line.left) - 1
            shown = _paragraph(one, text, bold=bold, align=_CENTRE, after=0, first=index == 0)
            # Capitals as a look, so that the cell's name may be said and typed in any case.
            shown.runs[0].font.all_caps = True
        for text in line.right:
            _paragraph(one, text, align=_CENTRE, after=0)
    else:
        _, two = _two_columns(document, 65, 105)
    heading = _paragraph(two, PARTY, bold=True, align=_CENTRE, size=15, after=2, first=True)
    heading.paragraph_format.left_indent = heading.paragraph_format.right_indent = Mm(6)
    _rule_below(heading)
    _paragraph(two, line.text, italic=True, align=_CENTRE, before=2)
    document.add_paragraph()


def _title(document: Any, line: Line) -> None:
    _paragraph(document, line.text, bold=True, align=_CENTRE, size=16, after=2)


def _subtitle(document: Any, line: Line) -> None:
    paragraph = _paragraph(document, line.text, bold=True, align=_CENTRE, after=0)
    paragraph.paragraph_format.keep_with_next = True
    _paragraph(document, "-----", align=_CENTRE)


def _to(document: Any, line: Line) -> None:
    _paragraph(document, line.text, align=_CENTRE, before=6, after=10)


def _text(document: Any, line: Line) -> None:
    paragraph = _paragraph(document, line.text)
    paragraph.paragraph_format.first_line_indent = Mm(10)


def _table(document: Any, line: Line) -> None:
    table = document.add_table(rows=0, cols=len(line.columns))
    table.style = "Table Grid"
    table.autofit = False
    rows = [[name for name, _, _ in line.columns], [text for _, _, text in line.columns]]
    rows += [["" for _ in line.columns]] * line.empty
    for number, row in enumerate(rows):
        cells = table.add_row().cells
        for column, (_, width, _) in zip(table.columns, line.columns, strict=True):
            column.width = Mm(width)
        for cell, text, (_, width, _) in zip(cells, row, line.columns, strict=True):
            cell.width = Mm(width)
            _paragraph(cell, text, bold=number == 0, align=_CENTRE if number == 0 else None,
                       size=12, after=2, first=True)  # fmt: skip
    document.add_paragraph()


def _sign(document: Any, line: Line) -> None:
    for cell, texts in zip(_two_columns(document, 80, 90), (line.left, line.right), strict=True):
        recipients = is_recipients(texts)
        for index, text in enumerate(texts):
            first = index == 0
            if recipients:
                shown = _paragraph(cell, text, size=SIZE if first else 12, after=0, first=first)
                shown.runs[0].underline = first
                continue
            last = index == len(texts) - 1 and len(texts) > 1
            # The office between "T/M" and the name is not bold (HD 36-HD/VPTW 2018).
            _paragraph(cell, text, bold=first or last, align=_CENTRE, first=first,
                       before=60 if last else 0, after=0)  # fmt: skip


def is_recipients(texts: tuple[str, ...] | list[str]) -> bool:
    """Whether a column below a document lists who gets it, instead of bearing a signature."""
    return bool(texts) and texts[0].startswith("Nơi nhận")


_DRAW = {
    "head": _head, "person_head": _head, "title": _title, "subtitle": _subtitle, "to": _to,
    "text": _text, "table": _table, "sign": _sign,
}  # fmt: skip
