"""The numbers that Word counts itself: they stand in no text, only in numbering.xml."""

from __future__ import annotations

import re
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"),
          (4, "iv"), (1, "i"))  # fmt: skip

_LATIN = "abcdefghijklmnopqrstuvwxyz"

LEVELS = 9
"""Levels of a list in Word."""


class Numbers:
    """Counts the numbered paragraphs of one document, in its order."""

    def __init__(self, document: WordDocument) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, list[int]] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return
        for abstract in root.findall(qn("w:abstractNum")):
            levels = {}
            for level in abstract.findall(qn("w:lvl")):
                at = _int(level.get(qn("w:ilvl")), 0)
                levels[at] = (
                    _value(level, "w:numFmt", "decimal"),
                    _value(level, "w:lvlText", ""),
                    _int(_value(level, "w:start", "1"), 1),
                )
            self._levels[abstract.get(qn("w:abstractNumId")) or ""] = levels
        for num in root.findall(qn("w:num")):
            name = num.get(qn("w:numId")) or ""
            self._abstract[name] = _value(num, "w:abstractNumId", "")

    def next(self, paragraph: Paragraph) -> str:
        """What Word prints before ``paragraph``: ``1.``, ``Điều 5.``, ``-``; often nothing."""
        found = _properties(paragraph)
        if found is None:
            return ""
        name, level = found
        abstract = self._abstract.get(name)
        if abstract is None or level not in self._levels.get(abstract, {}):
            return ""
        levels = self._levels[abstract]
        # Lists of one definition count on, whichever number they are called by.
        counts = self._counts.setdefault(
            abstract, [levels.get(at, ("", "", 1))[2] - 1 for at in range(LEVELS)]
        )
        counts[level] += 1
        for deeper in range(level + 1, LEVELS):
            counts[deeper] = levels.get(deeper, ("", "", 1))[2] - 1
        kind, text, _ = levels[level]
        if kind == "bullet":
            return "-"
        if kind == "none":
            return ""

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            return _written(max(counts[at], 1), levels.get(at, ("decimal", "", 1))[0])

        return re.sub(r"%([1-9])", number, text)


def _properties(paragraph: Paragraph) -> tuple[str, int] | None:
    """numId and level of a paragraph, its own or its style's."""
    elements: list[Any] = [paragraph._p.pPr]
    style: Any = paragraph.style
    for _ in range(10):  # styles rest on styles, in a broken file in a circle
        if style is None:
            break
        elements.append(style.element.pPr)
        style = style.base_style
    for element in elements:
        found = element.numPr if element is not None else None
        if found is not None and found.numId is not None:
            name = str(found.numId.val)
            level = found.ilvl.val if found.ilvl is not None else 0
            return None if name == "0" or not 0 <= level < LEVELS else (name, int(level))
    return None


def _value(element: Any, tag: str, default: str) -> str:
    found = element.find(qn(tag))
    return default if found is None else str(found.get(qn("w:val")) or default)


def _int(text: str | None, default: int) -> int:
    return int(text) if text and text.isdigit() and len(text) < 6 else default


def _written(number: int, kind: str) -> str:
    if kind in ("lowerRoman", "upperRoman"):
        out = ""
        for value, letters in _ROMAN:
            while number >= value:
                out, number = out + letters, number - value
        return out.upper() if kind == "upperRoman" else out
    if kind in ("lowerLetter", "upperLetter"):
        # Word counts in Latin letters, whatever the language.
        letter = _LATIN[(number - 1) % len(_LATIN)]
        return letter.upper() if kind == "upperLetter" else letter
    return f"{number:02d}" if kind == "decimalZero" else str(number)
