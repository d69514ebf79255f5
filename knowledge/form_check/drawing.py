"""A report as one HTML file: the page drawn, the places marked, the findings beside it."""

from __future__ import annotations

from html import escape

from knowledge.form_check.findings import Report
from knowledge.form_check.page import Line, Page
from knowledge.form_check.spoken import NAMES, spoken

_CSS = """body{margin:0;background:#ddd;font:16px/1.4 sans-serif;display:flex;flex-wrap:wrap}
.sheet{background:#fff;width:210mm;min-height:297mm;margin:8mm;box-sizing:border-box;
font-family:'Times New Roman',serif}.sheet p{margin:0;white-space:pre-wrap;min-height:1em}
.pair{display:flex}.pair>div{flex:1;padding:0 1mm}.list{flex:1;min-width:90mm;margin:8mm}
mark{background:#ffd7d7;outline:2px solid #b00020}mark.w{background:#fff0c2;outline-color:#9a6700}
mark.h{background:#e2ecff;outline-color:#1f5fbf}sup{font:bold 11px sans-serif}
li{margin:0 0 3mm}small{color:#444}"""
_CLASS = {"lỗi": "", "cảnh báo": "w", "gợi ý": "h"}
_DRAWN = 2_000
"""Paragraphs drawn: forty pages; the list of findings is whole."""


def draw(page: Page, report: Report) -> str:
    """The HTML document; nothing in it is loaded from elsewhere."""
    section = page.sections[0] if page.sections else None
    pad = (f"{section.top}mm {section.right}mm {section.bottom}mm {section.left}mm" if section
           else "20mm 15mm 20mm 30mm")  # fmt: skip
    by_line: dict[int, list[int]] = {}
    for n, f in enumerate(report.findings, start=1):
        by_line.setdefault(f.line, []).append(n)
    sheet = "".join(_blocks(page.lines[:_DRAWN], by_line, report))
    items = "".join(
        f'<li id="f{n}"><b>{escape(f.severity)}</b> {escape(f.place)}: {escape(f.found)} → '
        f"{escape(f.wanted)}<br>{escape(f.why)}<br><small>{escape(f.source)} – "
        f"{escape(f.sureness)} ({f.rule})</small></li>"
        for n, f in enumerate(report.findings, start=1)
    )
    return (
        f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>{escape(report.name)}</title>'
        f'<style>{_CSS}</style><div class="sheet" style="padding:{pad}">{sheet}</div>'
        f'<div class="list"><h1>{escape(report.name)}</h1><p>{escape(NAMES[report.standard])}</p>'
        f"<p>{escape(spoken(report))}</p><ol>{items}</ol></div></html>"
    )


def _blocks(lines: list[Line], by_line: dict[int, list[int]], report: Report) -> list[str]:
    out: list[str] = []
    n = 0
    while n < len(lines):
        table = lines[n].table
        if not table:
            out.append(_drawn(lines[n], by_line, report))
            n += 1
            continue
        columns: dict[int, list[str]] = {}
        while n < len(lines) and lines[n].table == table:
            columns.setdefault(lines[n].column, []).append(_drawn(lines[n], by_line, report))
            n += 1
        cells = "".join(f"<div>{''.join(columns[c])}</div>" for c in sorted(columns))
        out.append(f'<div class="pair">{cells}</div>')
    return out


def _drawn(line: Line, by_line: dict[int, list[int]], report: Report) -> str:
    runs = "".join(
        f'<span style="font-size:{r.look.size:g}pt;font-weight:{700 if r.look.bold else 400};'
        f"font-style:{'italic' if r.look.italic else 'normal'};"
        f'text-decoration:{"underline" if r.look.underline else "none"}">{escape(r.text)}</span>'
        for r in line.runs
    )
    if numbers := by_line.get(line.index):
        kind = _CLASS[report.findings[numbers[0] - 1].severity]
        links = ",".join(f'<a href="#f{n}">{n}</a>' for n in numbers)
        runs = f'<mark class="{kind}">{runs or "&nbsp;"}</mark><sup>{links}</sup>'
    align = {"both": "justify"}.get(line.align, line.align)
    rule = ";border-bottom:1px solid #000" if line.ruled else ""
    style = f"text-align:{escape(align)};text-indent:{line.first_line:.1f}mm{rule}"
    return f'<p style="{style}">{runs}</p>'
