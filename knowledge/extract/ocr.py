"""Scans: pages as pictures, recognised by Tesseract when Debian's package is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from knowledge.extract.blocks import Extracted
from knowledge.extract.limits import Limits
from knowledge.extract.reflow import Line, lines_of_text, paragraphs, without_page_marks
from knowledge.extract.refusals import refuse
from knowledge.extract.title import find_title

DOTS = 300
"""Dots per inch: what Tesseract's models were trained for."""

PAGE_SECONDS = 60.0
"""For one page; a full one takes about five on a slow core."""

MOST_PAGES = 300
LARGEST_SIDE = 5_000
"""Pixels: a page that would be larger is drawn coarser."""


def ocr_ready() -> str:
    """Nothing when scans can be recognised; else the English reason why not."""
    program = shutil.which("tesseract")
    if program is None:
        return "tesseract is not installed"
    try:
        listed = subprocess.run(
            [program, "--list-langs"], capture_output=True, text=True, timeout=20
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return "" if "vie" in listed.stdout.split() else "tesseract has no Vietnamese (vie)"


def read_scan(path: Path, limits: Limits = Limits()) -> Extracted:  # noqa: B008
    """Recognise a scanned PDF.

    Raises:
        DocumentRefused: ``no_ocr`` without Tesseract; damaged, too large, or no text found.
    """
    if reason := ocr_ready():
        raise refuse("no_ocr", path.name, reason)
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise refuse("damaged", path.name, str(error)) from error
    try:
        count = len(document)
        if count > min(limits.pages, MOST_PAGES):
            raise refuse("too_large", path.name, f"{count} pages to recognise")
        pages = [_lines(_recognised(document[n], path.name), n + 1) for n in range(count)]
    except pypdfium2.PdfiumError as error:
        raise refuse("damaged", path.name, str(error)) from error
    finally:
        document.close()
    blocks = tuple(paragraphs([x for lines in without_page_marks(pages) for x in lines]))
    if not blocks:
        raise refuse("empty", path.name, "nothing was recognised")
    warning = "Chữ được nhận dạng từ bản quét, có thể sai. Hãy so lại với bản giấy."
    return Extracted("pdf", find_title(blocks), blocks, count, "utf-8", (warning,))


def _recognised(page: object, name: str) -> str:
    width, height = page.get_size()  # type: ignore[attr-defined]
    scale = min(DOTS / 72, LARGEST_SIDE / max(width, height, 1))
    picture = page.render(scale=scale, grayscale=True).to_numpy()  # type: ignore[attr-defined]
    picture = picture.reshape(picture.shape[0], picture.shape[1])
    head = f"P5 {picture.shape[1]} {picture.shape[0]} 255\n".encode()
    try:
        done = subprocess.run(
            ["tesseract", "-", "-", "-l", "vie", "--psm", "4"],
            input=head + picture.tobytes(),
            capture_output=True,
            timeout=PAGE_SECONDS,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise refuse("too_slow", name, "recognising a page") from error
    if done.returncode:
        raise refuse("damaged", name, done.stderr.decode("utf-8", "replace")[-200:])
    return str(done.stdout, "utf-8", "replace")


def _lines(text: str, page: int) -> list[Line]:
    return [Line(line.text, page, line.left, line.right, line.top) for line in lines_of_text(text)]
