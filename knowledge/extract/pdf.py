"""PDF with a text layer, through PDFium.

PDFium gives right Vietnamese text and reading order on the documents this was tried with, at
twenty times the speed of pypdf. Tables come out as lines: PDF has no tables.
"""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from knowledge.extract.blocks import Extracted
from knowledge.extract.legacy import font_encoding, from_tcvn3, from_vni
from knowledge.extract.limits import Limits
from knowledge.extract.markers import clean
from knowledge.extract.reflow import Line, paragraphs, without_page_marks
from knowledge.extract.refusals import refuse
from knowledge.extract.title import find_title

SCANNED = 25
"""Letters on a page below which it is taken for a picture of a page."""

BOLD = 600
"""Font weight from which a letter is bold; 400 is normal, 700 bold."""


def read_pdf(path: Path, limits: Limits) -> Extracted:
    """The text of a PDF.

    Raises:
        DocumentRefused: locked, damaged, too large, or a scan.
    """
    name = path.name
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise refuse("locked" if locked else "damaged", name, str(error)) from error
    try:
        count = len(document)
        if count > limits.pages:
            raise refuse("too_large", name, f"{count} pages")
        if not count:
            raise refuse("empty", name, "no pages")
        fonts: set[str] = set()
        pages, letters = [], 0
        for number in range(count):
            lines = list(_lines(document, number, fonts))
            letters += sum(len(line.text) for line in lines)
            if letters > limits.characters:
                raise refuse("too_large", name, f"more than {limits.characters} letters")
            pages.append(lines)
    except pypdfium2.PdfiumError as error:
        raise refuse("damaged", name, str(error)) from error
    finally:
        document.close()
    bare = [n + 1 for n, lines in enumerate(pages) if sum(len(x.text) for x in lines) < SCANNED]
    if len(bare) > count / 2:
        raise refuse("scan", name, f"{len(bare)} of {count} pages hold no text")
    blocks = tuple(paragraphs([x for lines in without_page_marks(pages) for x in lines]))
    warnings = []
    if bare and bare != [count]:
        listed = ", ".join(map(str, bare[:10]))
        warnings.append(f"Trang {listed} không có chữ để đọc, có thể là ảnh.")
    if fonts:
        warnings.append("Văn bản dùng phông chữ cũ, đã chuyển sang Unicode. Hãy xem lại chữ.")
    encoding = next(iter(sorted(fonts)), "utf-8")
    return Extracted("pdf", find_title(blocks), blocks, count, encoding, tuple(warnings))


def _lines(document: Any, number: int, fonts: set[str]) -> Iterator[Line]:
    """Lines of one page in reading order."""
    page = document[number]
    height = page.get_height()
    words = page.get_textpage()
    found = []
    at = 0
    whole = words.get_text_range()
    for raw in whole.splitlines(keepends=True):
        text = raw.rstrip("\r\n")
        begin, end = at, at + len(text.rstrip())
        at += len(raw)
        if not text.strip():
            continue
        begin += len(text) - len(text.lstrip())
        first, last = _char(words, begin), _char(words, end - 1)
        if first < 0 or last < 0:
            continue
        box, tail = words.get_charbox(first), words.get_charbox(last)
        text, old = _converted(text, words, first)
        fonts |= old
        found.append(
            Line(
                clean(text), number + 1, box[0], max(tail[2], box[2]),
                round(height - box[1], 1), pdfium.FPDFText_GetFontSize(words, first),
                _bold(words, first) and _bold(words, last),
            )
        )  # fmt: skip
    words.close()
    page.close()
    found = _joined_rows(found)
    backward = sum(b.top < a.top - 2 for a, b in itertools.pairwise(found))
    if backward > max(2, len(found) // 4):
        # The order in the file is not that on the page.
        found.sort(key=lambda line: (round(line.top / 3), line.left))
    yield from found


def _joined_rows(lines: list[Line]) -> list[Line]:
    """PDFium begins a new line where a font changes far off; parts of one row are put together."""
    out: list[Line] = []
    for line in lines:
        last = out[-1] if out else None
        if last and abs(last.top - line.top) < 1.0 and 0 <= line.left - last.right < line.size:
            joined = f"{last.text} {line.text}"
            out[-1] = Line(
                joined, last.page, last.left, line.right, last.top, last.size,
                last.bold and line.bold,
            )  # fmt: skip
        else:
            out.append(line)
    return out


def _char(words: Any, text_index: int) -> int:
    """Index of the character behind a place in the text."""
    return int(pdfium.FPDFText_GetCharIndexFromTextIndex(words, text_index))


def _bold(words: Any, index: int) -> bool:
    weight = pdfium.FPDFText_GetFontWeight(words, index)
    return weight >= BOLD or "bold" in _font(words, index).lower()


def _font(words: Any, index: int) -> str:
    size = 128
    buffer = ctypes.create_string_buffer(size)
    flags = ctypes.c_int(0)
    got = pdfium.FPDFText_GetFontInfo(words, index, buffer, size, ctypes.byref(flags))
    return buffer.value.decode("utf-8", "replace") if 0 < got <= size else ""


def _converted(text: str, words: Any, index: int) -> tuple[str, set[str]]:
    """Text of an old Vietnamese font as Unicode, and which encoding it was."""
    font = _font(words, index)
    encoding = font_encoding(font)
    if encoding == "tcvn3":
        return from_tcvn3(text, capitals=font.rstrip("0123456789").endswith("H")), {encoding}
    return (from_vni(text), {encoding}) if encoding == "vni" else (text, set())
