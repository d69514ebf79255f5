"""DOCX, through python-docx, with the numbers that Word counts itself."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.table import Table
from docx.text.paragraph import Paragraph

from knowledge.extract.blocks import Block, Extracted
from knowledge.extract.docx_numbers import Numbers
from knowledge.extract.legacy import font_encoding, from_tcvn3, from_vni
from knowledge.extract.limits import Limits
from knowledge.extract.markers import begins_bullet, clean, heading_level, numbered_level
from knowledge.extract.package import check_package
from knowledge.extract.refusals import refuse
from knowledge.extract.text import table
from knowledge.extract.title import find_title


def read_docx(data: bytes, name: str, limits: Limits) -> Extracted:
    """The text of a Word document: body, tables and automatic numbers; no headers, no notes."""
    package = check_package(data, name, limits)
    if "[Content_Types].xml" not in package.namelist():
        raise refuse("unknown_kind", name, "a zip file that is no Office document")
    types = package.read("[Content_Types].xml")
    if b"wordprocessingml" not in types:
        raise refuse("unknown_kind", name, "an Office document that is not Word's")
    try:
        document = docx.Document(io.BytesIO(data))
        reader = _Reader(document, name, limits)
        blocks = tuple(reader.blocks())
    except (KeyError, ValueError, AttributeError, TypeError, IndexError, SyntaxError) as error:
        # What python-docx raises for a package whose parts do not fit together.
        raise refuse("damaged", name, f"{type(error).__name__}: {error}") from error
    own = clean(document.core_properties.title or "")
    styled = next((b.text for b in blocks if b.level == 1 and b.kind == "heading"), "")
    encodings = sorted(reader.encodings)
    warnings = []
    if encodings:
        warnings.append("Văn bản dùng phông chữ cũ, đã chuyển sang Unicode. Hãy xem lại chữ.")
    return Extracted(
        "docx", find_title(blocks) or styled or own, blocks, None,
        encodings[0] if encodings else "utf-8", tuple(warnings),
    )  # fmt: skip


class _Reader:
    def __init__(self, document: WordDocument, name: str, limits: Limits) -> None:
        self.encodings: set[str] = set()
        self._document, self._name, self._limits = document, name, limits
        self._numbers = Numbers(document)
        self._letters = self._cells = 0

    def blocks(self) -> Iterator[Block]:
        for item in self._document.iter_inner_content():
            if isinstance(item, Paragraph):
                yield from self._paragraph(item)
            else:
                yield from self._table(item)

    def _paragraph(self, paragraph: Paragraph) -> Iterator[Block]:
        # A line break within a paragraph parts "Điều 1" from its text as often as not.
        number = self._numbers.next(paragraph)
        for at, part in enumerate(self._text(paragraph).split("\n")):
            text = clean(f"{number} {part}" if number and at == 0 else part)
            if not text:
                continue
            yield self._block(text, paragraph, bool(number and at == 0))

    def _block(self, text: str, paragraph: Paragraph, numbered: bool) -> Block:
        self._letters += len(text)
        if self._letters > self._limits.characters:
            raise refuse("too_large", self._name, f"more than {self._limits.characters} letters")
        style = (paragraph.style.name if paragraph.style else "") or ""
        bold, centred = (
            _bold(paragraph),
            paragraph.alignment is not None and int(paragraph.alignment) == 1,
        )
        level = 0
        if style.startswith("Heading") and style[-1:].isdigit():
            level = int(style[-1])
        elif style == "Title":
            level = 1
        level = level or heading_level(text) or (numbered_level(text) if bold else 0)
        if level:
            return Block("heading", text, level, bold=bold, centred=centred)
        if begins_bullet(text) or (numbered and "List" in style):
            return Block("list", text, 1, bold=bold)
        return Block("paragraph", text, bold=bold, centred=centred)

    def _table(self, found: Table) -> Iterator[Block]:
        rows = []
        for row in found.rows:
            cells, seen = [], set()
            for cell in row.cells:
                if id(cell._tc) in seen:
                    continue  # merged cells come once for each column
                seen.add(id(cell._tc))
                self._cells += 1
                if self._cells > self._limits.cells:
                    raise refuse("too_large", self._name, f"over {self._limits.cells} cells")
                texts = [self._text(p) for p in cell.paragraphs]
                cells.append(clean(" ".join(t.replace("\n", " ") for t in texts if t)))
            rows.append(tuple(cells))
        block = table([row for row in rows if any(row)])
        self._letters += len(block.text)
        if block.text:
            yield block

    def _text(self, paragraph: Paragraph) -> str:
        out = []
        for run in _runs(paragraph):
            text = run.text
            if text and (encoding := font_encoding(_font(run, paragraph))):
                self.encodings.add(encoding)
                capitals = _font(run, paragraph).rstrip("0123456789").endswith("H")
                if encoding == "tcvn3":
                    text = from_tcvn3(text, capitals=capitals)
                else:
                    text = from_vni(text)
            out.append(text)
        return "".join(out)


def _runs(paragraph: Paragraph) -> Iterator[Any]:
    """Runs, also those within links; deleted text of tracked changes is no run of theirs."""
    for item in paragraph.iter_inner_content():
        if hasattr(item, "runs"):
            yield from item.runs
        else:
            yield item


def _font(run: Any, paragraph: Paragraph) -> str:
    if run.font.name:
        return str(run.font.name)
    style = paragraph.style
    return str(style.font.name or "") if style is not None else ""


def _bold(paragraph: Paragraph) -> bool:
    runs = [run for run in paragraph.runs if run.text.strip()]
    if not runs:
        return False
    style = paragraph.style
    inherited = bool(style is not None and style.font.bold)
    return all(inherited if run.bold is None else run.bold for run in runs)
