"""Draws the DOCX templates of minutes and resolution from ``content/meetings/forms.yaml``.

Run ``python -m knowledge.meetings.templates`` after the file has changed; a test compares. The form
is that of Party documents (Hướng dẫn 36-HD/VPTW): A4, margins 20/20/30/15 mm, Times New Roman,
heading in two columns, page numbers from page 2.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt

from knowledge.content import SHIPPED
from knowledge.yaml_lines import Value, read_yaml

FONT = "Times New Roman"
PAGE = (Mm(210), Mm(297))
MARGINS = {"top": Mm(20), "bottom": Mm(20), "left": Mm(30), "right": Mm(15)}
LEFT, RIGHT = Mm(79), Mm(86)
"""The two columns of the heading: together what the margins leave."""

TITLE_WIDTH = Mm(73)
"""Of ĐẢNG CỘNG SẢN VIỆT NAM in Times New Roman, 15 pt bold (13.777 em by the widths of its
letters); the line under it is as long."""

INDENT = Mm(10)
LINE = Pt(18)
AFTER = Pt(6)

_CENTER, _BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY


def draw_all(folder: Path = SHIPPED / "meetings", to: Path | None = None) -> list[Path]:
    """Draw every template of ``folder/forms.yaml``; returns the files."""
    top = read_yaml(folder / "forms.yaml").record(frozenset({"forms"}), frozenset())
    paths = []
    for _, value in top["forms"].fields():
        form = value.record(
            frozenset({"file", "name", "body", "signatures"}), frozenset({"recipients", "appendix"})
        )
        path = (to or folder) / form["file"].text()
        _draw(form).save(str(path))
        paths.append(path)
    return paths


def _draw(form: dict[str, Value]) -> Any:
    document = Document()
    for paragraph in list(document.paragraphs):
        paragraph._element.getparent().remove(paragraph._element)
    _page(document)
    _heading(document)
    _name(document, form["name"].text(), "{{ subject }}")
    _control(document, "{%p if simulated %}")
    _line(document, "{{ simulated }}", align=_CENTER, bold=True)
    _control(document, "{%p endif %}")
    _body(document, form["body"])
    _signatures(document, form)
    if "appendix" in form:
        appendix = form["appendix"].record(
            frozenset({"when", "name", "subject", "body"}), frozenset()
        )
        _control(document, "{%p if " + appendix["when"].text() + " %}")
        _name(document, appendix["name"].text(), appendix["subject"].text(), new_page=True)
        _body(document, appendix["body"])
        _control(document, "{%p endif %}")
    return document


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = PAGE
    section.top_margin, section.bottom_margin = MARGINS["top"], MARGINS["bottom"]
    section.left_margin, section.right_margin = MARGINS["left"], MARGINS["right"]
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = _CENTER
    _page_number(number.add_run())
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    fonts = style.element.rPr.rFonts
    for which in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(which), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    style.element.rPr.append(language)
    header = document.styles["Header"]
    header.font.name, header.font.size = FONT, Pt(14)
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = datetime(2026, 11, 25, tzinfo=UTC)


def _heading(document: Any) -> None:
    left, right = _columns(document)
    _line(left, "{{ parent }}", align=_CENTER, after=0)
    _line(left, "{{ cell }}", align=_CENTER, bold=True, after=0)
    _line(left, "*", align=_CENTER, after=0)
    _line(left, "{{ number }}", align=_CENTER, after=0)
    _line(right, "ĐẢNG CỘNG SẢN VIỆT NAM", align=_CENTER, bold=True, size=15, after=0)
    # A paragraph of its own carries the line: the title then never breaks for its sake.
    under = _line(right, "", after=0)
    under.paragraph_format.line_spacing = Pt(3)
    side = Length((RIGHT - TITLE_WIDTH) // 2)
    under.paragraph_format.left_indent = under.paragraph_format.right_indent = side
    _border_below(under)
    _line(right, "{{ place_day }}", align=_CENTER, italic=True, before=16, after=0)


def _name(document: Any, name: str, subject: str, *, new_page: bool = False) -> None:
    first = _line(document, "", align=_CENTER, bold=True, size=16, before=18, after=0)
    if new_page:
        first.add_run().add_break(WD_BREAK.PAGE)
    _run(first, name, bold=True, size=16)
    _line(document, subject, align=_CENTER, bold=True, after=0)
    _line(document, "-----", align=_CENTER, after=12)


def _body(document: Any, body: Value) -> None:
    for item in body.items():
        record = item.record(frozenset({"style", "text"}), frozenset({"tail"}))
        style, text = record["style"].text(), record["text"].text()
        if text.startswith("{%p"):
            _control(document, text)
        elif style == "lead":
            _line(document, text, align=_CENTER, bold=True, before=6)
        elif style == "section":
            _line(document, text, bold=True, indent=True, keep=True)
        elif style == "heading":
            line = _line(document, f"{text} ", bold=True, align=_BOTH, indent=True, keep=True)
            _run(line, record["tail"].text(), italic=True)
        elif style == "body":
            _line(document, text, align=_BOTH, indent=True)
        else:
            record["style"].fail(f"no style {style}")


def _signatures(document: Any, form: dict[str, Value]) -> None:
    _line(document, "", after=0)
    for place, (column, value) in enumerate(
        zip(_columns(document), form["signatures"].items(), strict=True)
    ):
        record = value.record(frozenset({"lines"}), frozenset({"name"}))
        if place == 0 and "recipients" in form:
            _line(column, "Nơi nhận:", underline=True, after=0)
            for recipient in form["recipients"].items():
                _line(column, recipient.text(), size=12, after=0)
        for n, line in enumerate(record["lines"].items()):
            # The post under the authority is upright, not bold.
            _line(column, line.text(), align=_CENTER, bold=n == 0, after=0, keep=True)
        if "name" in record:
            _line(column, record["name"].text(), align=_CENTER, bold=True, before=72, after=0)


def _columns(document: Any) -> tuple[Any, Any]:
    """A table without lines; paragraphs go into its two cells."""
    table = document.add_table(rows=1, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    layout = table._tbl.tblPr
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    layout.append(margins)
    cells = table.rows[0].cells
    unsplit = OxmlElement("w:cantSplit")
    table.rows[0]._tr.get_or_add_trPr().append(unsplit)
    for column, cell, width in zip(table.columns, cells, (LEFT, RIGHT), strict=True):
        column.width = cell.width = width
    return cells[0], cells[1]


def _control(document: Any, text: str) -> None:
    document.add_paragraph(text)


def _line(
    where: Any,
    text: str,
    *,
    align: Any = None,
    bold: bool = False,
    italic: bool = False,
    underline: bool = False,
    size: int = 14,
    before: int = 0,
    after: Any = AFTER,
    indent: bool = False,
    keep: bool = False,
) -> Any:
    empty = where.paragraphs[:1] if hasattr(where, "width") else []
    reuse = bool(empty) and len(where.paragraphs) == 1 and not empty[0].runs
    paragraph = empty[0] if reuse else where.add_paragraph()
    shape = paragraph.paragraph_format
    shape.alignment = align
    shape.space_before, shape.space_after = Pt(before), after if after else Pt(0)
    if isinstance(after, int) and not isinstance(after, Length):
        shape.space_after = Pt(after)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    if indent:
        shape.first_line_indent = INDENT
    shape.keep_with_next = keep or None
    if text:
        _run(paragraph, text, bold=bold, italic=italic, underline=underline, size=size)
    return paragraph


def _run(
    paragraph: Any,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    underline: bool = False,
    size: int = 14,
) -> None:
    run = paragraph.add_run(text)
    run.bold, run.italic, run.underline = bold or None, italic or None, underline or None
    run.font.size = Pt(size)


def _border_below(paragraph: Any) -> None:
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    shape = paragraph._p.get_or_add_pPr()
    shape.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _page_number(run: Any) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)
    run.font.size = Pt(14)


if __name__ == "__main__":
    for made in draw_all():
        print(made.name)
