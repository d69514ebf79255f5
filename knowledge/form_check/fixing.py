"""Puts looks and paper right in a copy; not one letter of the text is changed.

Only ``word/document.xml`` and ``word/settings.xml`` are written anew; every other part (pictures,
comments, styles, headers) is copied byte for byte.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from knowledge.extract.limits import Limits
from knowledge.form_check.checking import applying, open_page, report_on, seen_by
from knowledge.form_check.effective import VAL, W
from knowledge.form_check.errors import FormCheckError
from knowledge.form_check.findings import Report
from knowledge.form_check.opening import Package
from knowledge.form_check.page import Line, Page
from knowledge.form_check.rules import Rule

# Schema order (ECMA-376 17.3.1.26, 17.3.2.28): Word refuses children in another order.
_R_NAMES = """rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint
noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd
fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange"""
_P_NAMES = """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr
suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct
autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents
suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr
pPrChange"""
_R_ORDER, _P_ORDER = _R_NAMES.split(), _P_NAMES.split()
_S_LAST = ["textDirection", "bidi", "rtlGutter", "docGrid", "printerSettings", "sectPrChange"]


def fix_here(
    data: bytes,
    name: str,
    standard: str = "auto",
    limits: Limits = Limits(),  # noqa: B008
) -> tuple[bytes, tuple[str, ...], Report]:
    """A copy with looks and paper put right.

    Returns:
        The new file, the ids of the rules that were put right, and the report on the new file.

    Raises:
        DocumentRefused: the file is not read.
        FormCheckError: it is signed, or could not be put right without harm.
    """
    package, page = open_page(data, name, standard, limits)
    if any(n.startswith("_xmlsignatures/") for n in package.names):
        raise FormCheckError("signed", name, "digital signature")
    texts = [run.text for line in page.lines for run in line.runs]
    fixed = []
    for rule in applying(page):
        if "fix" not in rule.args:
            continue
        seen = list(seen_by(rule, page))
        if not seen:
            continue
        _fix(rule, page, package, [s.line for s in seen])
        fixed.append(rule.id)
    made = _packed(package)
    _, after = open_page(made, name, page.standard or "auto", limits)
    report = report_on(after, name)
    left = {f.rule for f in report.findings} & set(fixed)
    if [run.text for line in after.lines for run in line.runs] != texts or _many(page, left):
        raise FormCheckError("not_fixed", name, f"text changed or still wrong: {sorted(left)}")
    return made, tuple(fixed), report


def _many(page: Page, left: set[str]) -> bool:
    """More lines than are listed were wrong: what is left is put right by another call."""
    return bool(left) and len(page.lines) < 50


def _fix(rule: Rule, page: Page, package: Package, lines: list[int]) -> None:
    value, what = rule.args["fix"], rule.args.get("what", "spacing")
    if rule.check == "paper":
        _paper(page, what, value)
    elif what == "mirrored":
        if package.settings is not None and package.settings.find(f"{W}mirrorMargins") is None:
            package.settings.insert(0, etree.SubElement(package.settings, f"{W}mirrorMargins"))
    elif what == "first_hidden":
        section = page.sections[0].element
        _put(section, "titlePg", {}, [*_S_LAST])
    else:
        wrong = set(lines)
        # Past the listing bound every line of the part is looked at again, not only those listed.
        for line in page.of(rule.args["part"]):
            if line.index in wrong or len(lines) >= 50:
                _line(line, what, value)


def _paper(page: Page, what: str, value: float) -> None:
    for section in page.sections:
        if section.width > section.height and section is not page.sections[0]:
            continue
        tag = "pgSz" if what in ("width", "height") else "pgMar"
        element = section.element.find(W + tag)
        if element is None:
            element = etree.Element(W + tag)
            place = 0 if tag == "pgSz" else 1
            section.element.insert(place, element)
            names = {"pgSz": (("w", 11906), ("h", 16838)),
                     "pgMar": (("top", 1134), ("right", 850), ("bottom", 1134), ("left", 1701),
                               ("header", 567), ("footer", 567), ("gutter", 0))}  # fmt: skip
            for name, twips in names[tag]:
                element.set(W + name, str(twips))
        short = {"width": "w", "height": "h"}.get(what, what)
        element.set(W + short, str(round(value * 56.6929)))


def _line(line: Line, what: str, value: Any) -> None:
    p_pr = line.element.find(f"{W}pPr")
    if p_pr is None:
        p_pr = etree.Element(f"{W}pPr")
        line.element.insert(0, p_pr)
    if what == "align":
        _put(p_pr, "jc", {"val": value}, _P_ORDER)
    elif what == "first_line":
        ind = _put(p_pr, "ind", {"firstLine": str(round(value * 56.6929))}, _P_ORDER)
        ind.attrib.pop(f"{W}hanging", None)
    elif what == "before":
        spacing = _put(p_pr, "spacing", {"before": str(round(value * 20))}, _P_ORDER)
        spacing.attrib.pop(f"{W}beforeAutospacing", None)
    elif what == "spacing":
        _put(p_pr, "spacing", {"line": str(value * 20), "lineRule": "exact"}, _P_ORDER)
    else:
        for run in line.runs:
            _run(run.element, what, value)


def _run(element: Any, what: str, value: Any) -> None:
    r_pr = element.find(f"{W}rPr")
    if r_pr is None:
        r_pr = etree.Element(f"{W}rPr")
        element.insert(0, r_pr)
    if what == "font":
        fonts = _put(r_pr, "rFonts", dict.fromkeys(("ascii", "hAnsi", "cs"), value), _R_ORDER)
        for name in ("asciiTheme", "hAnsiTheme", "cstheme"):
            fonts.attrib.pop(W + name, None)
    elif what == "size":
        for tag in ("sz", "szCs"):
            _put(r_pr, tag, {"val": str(round(value * 2))}, _R_ORDER)
    elif what == "underline":
        _put(r_pr, "u", {"val": "single" if value else "none"}, _R_ORDER)
    elif what == "color":
        color = _put(r_pr, "color", {"val": value}, _R_ORDER)
        for name in ("themeColor", "themeTint", "themeShade"):
            color.attrib.pop(W + name, None)
    else:
        tag = {"bold": "b", "italic": "i"}[what]
        _put(r_pr, tag, {"val": "1" if value else "0"}, _R_ORDER)


def _put(parent: Any, tag: str, values: dict[str, str], order: list[str]) -> Any:
    """The child ``tag`` of ``parent`` with these values, made at its place when missing."""
    child = parent.find(W + tag)
    if child is None:
        child = etree.Element(W + tag)
        later = set(order[order.index(tag) + 1 :]) if tag in order else set(order)
        for n, other in enumerate(parent):
            if str(other.tag).removeprefix(W) in later:
                parent.insert(n, child)
                break
        else:
            parent.append(child)
    for name, value in values.items():
        child.set(VAL if name == "val" else W + name, value)
    return child


def _packed(package: Package) -> bytes:
    new = {"word/document.xml": package.document, "word/settings.xml": package.settings}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for info in package.zip.infolist():
            root = new.get(info.filename)
            data = package.zip.read(info)
            if root is not None:
                data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            out.writestr(info, data)
    return made.getvalue()
