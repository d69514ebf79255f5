"""Which kind a file is, by its first bytes, and reading it in this process."""

from __future__ import annotations

import stat
from pathlib import Path

from knowledge.extract.blocks import Extracted
from knowledge.extract.limits import Limits
from knowledge.extract.refusals import refuse

SUFFIXES = (".pdf", ".docx", ".html", ".htm", ".xhtml", ".md", ".markdown", ".txt", ".text")
"""Names that are taken out of a folder; a single file may have any name."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BINARY = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"Rar!", b"7z\xbc\xaf",
           b"\x1f\x8b", b"BZh", b"\x7fELF", b"MZ", b"RIFF", b"\xfd7zXZ", b"SQLite format",
           b"%!PS")  # fmt: skip


def read_here(path: Path, limits: Limits = Limits()) -> Extracted:  # noqa: B008
    """Read a file in this process: only limits that the readers keep themselves hold.

    Raises:
        DocumentRefused: whatever is wrong with it.
    """
    name = path.name
    data = _bytes(path, limits)
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not data.strip(b" \t\r\n\x00"):
        raise refuse("empty", name, f"{len(data)} bytes")
    # Readers are imported when they are needed: their libraries take longer to load than to read.
    if b"%PDF-" in data[:1024]:
        from knowledge.extract.pdf import read_pdf

        found = read_pdf(path, limits)
    elif data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        from knowledge.extract.docx import read_docx

        found = read_docx(data, name, limits)
    elif data.startswith(_OLE) or head.startswith(b"{\\rtf"):
        raise refuse("old_word", name, "Word 97 or RTF")
    elif data.startswith(_BINARY):
        raise refuse("unknown_kind", name, f"begins with {data[:4]!r}")
    elif _is_html(head, path):
        from knowledge.extract.html import read_html

        found = read_html(data, name, limits)
    else:
        from knowledge.extract.text import read_markdown, read_text

        markdown = path.suffix.lower() in (".md", ".markdown")
        found = (read_markdown if markdown else read_text)(data, name, limits)
    if not any(block.text for block in found.blocks):
        raise refuse("empty", name, "no text")
    return found


def _is_html(head: bytes, path: Path) -> bool:
    low = head[:256].lower()
    if low.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return True
    return path.suffix.lower() in (".html", ".htm", ".xhtml") or (
        low.startswith(b"<?xml") and b"<html" in low
    )


def _bytes(path: Path, limits: Limits) -> bytes:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise refuse("not_a_file", path.name, "a folder or a device")
        if found.st_size > limits.bytes:
            raise refuse("too_large", path.name, f"{found.st_size} bytes")
        with path.open("rb") as file:
            # The file may grow while it is read.
            data = file.read(limits.bytes + 1)
    except (OSError, ValueError) as error:
        raise refuse("missing", path.name, str(error)) from error
    if len(data) > limits.bytes:
        raise refuse("too_large", path.name, "it grew while it was read")
    return data
