"""Opens a DOCX for checking: the package is looked at first, then its XML read with no entities."""

from __future__ import annotations

import unicodedata
import zipfile
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from knowledge.extract.limits import Limits
from knowledge.extract.package import check_package
from knowledge.extract.refusals import refuse
from knowledge.form_check.effective import VAL, Styles, W, flag
from knowledge.form_check.page import Line, Page, Run, Section

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DRAWN = ("}drawing", "}pict")
_LONG = 2_600
"""Characters from which a document has a second page: a page of 14 points holds about 2,300."""


def parse(data: bytes) -> Any:
    """The root element of one XML part; nothing outside of it is ever loaded."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(data, parser)


class Package:
    """The parts of a DOCX that checks and fixes look at.

    Raises:
        DocumentRefused: damaged, a bomb, with entities or macros, or not a Word document.
    """

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        if len(data) > limits.bytes:
            raise refuse("too_large", name, f"{len(data)} bytes")
        if data[:4] == b"\xd0\xcf\x11\xe0":
            raise refuse("old_word", name, "an OLE file")
        self.name = name
        self.zip: zipfile.ZipFile = check_package(data, name, limits)
        names = set(self.zip.namelist())
        if "word/document.xml" not in names or "[Content_Types].xml" not in names:
            raise refuse("unknown_kind", name, "no Word document")
        self.names = names
        self.document = self.part("word/document.xml")
        self.settings = self.part("word/settings.xml")
        self.body = self.document.find(f"{W}body")
        if self.body is None:
            raise refuse("damaged", name, "no body")

    def part(self, name: str) -> Any:
        """The root element of a part; None when there is no such part."""
        if name not in self.names:
            return None
        try:
            return parse(self.zip.read(name))
        except etree.XMLSyntaxError as error:
            raise refuse("damaged", self.name, f"{name}: {error}") from error


def read_page(package: Package) -> Page:
    """The document as lines with looks; parts and standard are not recognised yet."""
    styles = Styles(
        package.part("word/styles.xml"),
        package.part("word/theme/theme1.xml"),
    )
    lines = _lines(package.body, styles)
    sections = [_section(s) for s in package.body.iter(f"{W}sectPr")]
    at, align, size = _page_number(package, styles)
    settings = package.settings
    mirror = settings.find(f"{W}mirrorMargins") if settings is not None else None
    revisions = sum(1 for tag in ("ins", "del") for _ in package.body.iter(W + tag))
    comments = sum(1 for _ in package.body.iter(f"{W}commentReference"))
    breaks = any(b.get(f"{W}type") == "page" for b in package.body.iter(f"{W}br"))
    first = [s.find(f"{W}titlePg") for s in package.body.iter(f"{W}sectPr")]
    return Page(
        lines, sections, bool(flag(mirror)), at, align, size,
        bool(first) and bool(flag(first[0])),
        breaks or sum(len(line.text) for line in lines) > _LONG, revisions, comments,
    )  # fmt: skip


def _lines(body: Any, styles: Styles) -> list[Line]:
    tables = {t: n for n, t in enumerate(body.iter(f"{W}tbl"), start=1)}
    found: list[Line] = []
    for p in body.iter(f"{W}p"):
        table = column = 0
        skip = False
        child = p
        for up in p.iterancestors():
            if up.tag == f"{_MC}Fallback":
                skip = True
                break
            if up is body:
                break
            if up.tag == f"{W}tr" and not column:
                column = [c for c in up if c.tag == f"{W}tc"].index(child) if child in up else 0
            if up.tag == f"{W}tbl" and not table:
                table = tables[up]
            child = up
        if not skip:
            found.append(_line(p, len(found) + 1, styles, table, column))
    return found


def _line(p: Any, index: int, styles: Styles, table: int, column: int) -> Line:
    p_pr = p.find(f"{W}pPr")
    style = styles.paragraph_style(p_pr)
    runs, drawn = [], False
    for r in p.iter(f"{W}r"):
        if next(r.iterancestors(f"{W}p")) is not p:
            drawn = True
            continue
        text = _text(r)
        drawn = drawn or any(c.tag.endswith(_DRAWN) or c.tag.startswith(_MC) for c in r
                             if isinstance(c.tag, str))  # fmt: skip
        if text:
            runs.append(Run(text, styles.look(r.find(f"{W}rPr"), style), r))
    align, first, before, after, spacing, exact, border = "left", 0.0, 0.0, 0.0, 1.0, False, False
    seen: set[str] = set()
    for level in styles.paragraph(p_pr):
        for e in level:
            name = str(e.tag).removeprefix(W)
            if name == "jc" and "jc" not in seen:
                align = {"start": "left", "end": "right"}.get(v := e.get(VAL, "left"), v)
                seen.add("jc")
            elif name == "pBdr" and "pBdr" not in seen:
                border = e.find(f"{W}bottom") is not None
                seen.add("pBdr")
            elif name == "ind":
                for key, sign in (("firstLine", 1), ("hanging", -1)):
                    if "ind" not in seen and (v := e.get(W + key)) is not None:
                        first = sign * _float(v) / 56.7
                        seen.add("ind")
            elif name == "spacing":
                if "before" not in seen and (v := e.get(f"{W}before")) is not None:
                    before = _float(v) / 20
                    seen.add("before")
                if "after" not in seen and (v := e.get(f"{W}after")) is not None:
                    after = _float(v) / 20
                    seen.add("after")
                if "line" not in seen and (v := e.get(f"{W}line")) is not None:
                    exact = e.get(f"{W}lineRule") in ("exact", "atLeast")
                    spacing = _float(v) / (20 if exact else 240)
                    seen.add("line")
    text = unicodedata.normalize("NFC", "".join(r.text for r in runs))
    return Line(index, text, tuple(runs), align, first, before, after, spacing,
                exact, table, column, drawn or border, p)  # fmt: skip


def _text(r: Any) -> str:
    out = []
    for child in r:
        if child.tag == f"{W}t":
            out.append(child.text or "")
        elif child.tag in (f"{W}br", f"{W}cr"):
            out.append("\n")
        elif child.tag == f"{W}tab":
            out.append("\t")
        elif child.tag == f"{W}noBreakHyphen":
            out.append("-")
    return "".join(out)


def _float(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _section(s: Any) -> Section:
    size, margin = s.find(f"{W}pgSz"), s.find(f"{W}pgMar")

    def mm(element: Any, name: str, default: float) -> float:
        value = element.get(W + name) if element is not None else None
        return round(abs(_float(value)) / 56.6929, 1) if value is not None else default

    return Section(
        mm(size, "w", 215.9), mm(size, "h", 279.4), mm(margin, "top", 25.4),
        mm(margin, "bottom", 25.4), mm(margin, "left", 25.4), mm(margin, "right", 25.4), s,
    )  # fmt: skip


def _page_number(package: Package, styles: Styles) -> tuple[str, str, float]:
    for where in ("header", "footer"):
        for name in sorted(n for n in package.names if n.startswith(f"word/{where}")):
            root = package.part(name)
            for p in root.iter(f"{W}p"):
                fields = [*(i.text or "" for i in p.iter(f"{W}instrText")),
                          *(f.get(f"{W}instr", "") for f in p.iter(f"{W}fldSimple"))]  # fmt: skip
                if any("PAGE" in f.upper().split() for f in fields):
                    line = _line(p, 0, styles, 0, 0)
                    r = next(p.iter(f"{W}r"), None)
                    look = styles.look(r.find(f"{W}rPr") if r is not None else None,
                                       styles.paragraph_style(p.find(f"{W}pPr")))  # fmt: skip
                    return where, line.align, look.size
    return "", "", 0.0
