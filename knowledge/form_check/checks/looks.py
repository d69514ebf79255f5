"""Checks of paper and of looks: size, font, weight, alignment, distances."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from knowledge.form_check.findings import Seen
from knowledge.form_check.page import Line, Page, Run

_YES = {
    "bold": ("chữ đậm", "chữ không đậm"),
    "italic": ("chữ nghiêng", "chữ đứng"),
    "underline": ("gạch chân", "không gạch chân"),
    "mirrored": ("lề mặt sau đảo", "lề mặt sau không đảo"),
    "first_hidden": ("trang đầu không có số", "trang đầu có số"),
}
_ALIGN = {"left": "canh trái", "center": "canh giữa", "right": "canh phải", "both": "canh đều"}
_ON_RUN = ("font", "size", "bold", "italic", "underline", "color")
_UNITS = {"size": "cỡ {}", "first_line": "thụt {} mm", "before": "cách trên {} pt",
          "number_size": "cỡ số trang {}"}  # fmt: skip
SLACK = {"first_line": 0.6, "mm": 0.6}
"""Word rounds millimetres to twentieths of a point, people to tenths of an inch."""


def look(page: Page, args: dict[str, Any]) -> Iterator[Seen]:
    """``what`` of every line of ``part`` is ``is``, or between ``low`` and ``high``."""
    what = args["what"]
    for line in page.of(args["part"]):
        if args.get("long") and len(line.text) < 120:
            continue
        wrong = _wrong_on_line(line, what, args)
        if wrong is not None:
            yield Seen(line.index, _say(what, wrong), _wanted(what, args))


def _wrong_on_line(line: Line, what: str, args: dict[str, Any]) -> Any:
    if what not in _ON_RUN:
        value = getattr(line, what)
        return None if _good(what, value, args) else value
    runs = [run for run in line.runs if run.text.strip(" \t\n.,:;-–")]
    bad = [run for run in runs if not _good(what, getattr(run.look, what), args)]
    if args.get("whole") and len(bad) < len(runs):
        return None  # a word in another weight is no fault of the paragraph
    return getattr(bad[0].look, what) if bad else None


def _good(what: str, value: Any, args: dict[str, Any]) -> bool:
    if "is" in args:
        wanted = args["is"]
        return value in wanted if isinstance(wanted, list) else bool(value == wanted)
    slack = SLACK.get(what, 0.05)
    return bool(args["low"] - slack <= value <= args.get("high", 1e9) + slack)


def _say(what: str, value: Any) -> str:
    if what in _YES:
        return _YES[what][not value]
    if what == "align":
        return _ALIGN.get(value, str(value))
    if what == "color":
        return f"màu {value}"
    if what == "font":
        return f"phông {value or 'không rõ'}"
    return _UNITS.get(what, "{}").format(f"{value:g}".replace(".", ","))


def _wanted(what: str, args: dict[str, Any]) -> str:
    if "is" in args:
        return _say(what, args["is"][0] if isinstance(args["is"], list) else args["is"])
    low, high = args["low"], args.get("high")
    text = f"từ {low:g}" if high is None else f"{low:g}" if low == high else f"{low:g}–{high:g}"
    return _UNITS.get(what, "{}").format(text.replace(".", ","))


def spacing(page: Page, args: dict[str, Any]) -> Iterator[Seen]:
    """Lines of body text are ``low``–``high`` apart, or ``exact_low``–``exact_high`` points."""
    for line in page.of(args["part"]):
        low, high = ("exact_low", "exact_high") if line.exact else ("low", "high")
        if not args[low] - 0.03 <= line.spacing <= args[high] + 0.03:
            unit = "pt" if line.exact else "dòng"
            yield Seen(line.index, f"giãn dòng {line.spacing:g} {unit}",
                       f"{args[low]:g}–{args[high]:g} {unit}")  # fmt: skip


def paper(page: Page, args: dict[str, Any]) -> Iterator[Seen]:
    """``what`` of every section lies between ``low`` and ``high`` millimetres."""
    for section in page.sections:
        value = getattr(section, args["what"])
        turned = page.sections.index(section) > 0 and section.width > section.height
        if turned:
            continue  # a wide table on a page of its own
        if not args["low"] - SLACK["mm"] <= value <= args["high"] + SLACK["mm"]:
            low, high = args["low"], args["high"]
            yield Seen(0, f"{value:g} mm", f"{low:g} mm" if low == high else f"{low:g}–{high:g} mm")
            return


def page_trait(page: Page, args: dict[str, Any]) -> Iterator[Seen]:
    """A trait of the whole document (page number, mirrored margins) has a given value."""
    what = args["what"]
    if not page.long or (what.startswith("number_") and what != "number_at" and not page.number_at):
        return
    if what == "first_hidden" and not page.number_at:
        return
    value = getattr(page, what)
    if not _good(what, value, args):
        if what == "number_at":
            yield Seen(0, "số trang ở cuối trang" if value else "không có số trang",
                       "số trang ở đầu trang")  # fmt: skip
        else:
            name = "align" if what == "number_align" else what
            yield Seen(0, _say(name, value), _wanted(name, args))


def capitals(page: Page, args: dict[str, Any]) -> Iterator[Seen]:
    """Lines of ``part`` are written in capitals (``is`` true) or not (false)."""
    for line in page.of(args["part"]):
        shown = "".join(_shown(run) for run in line.runs).strip()
        if (shown == shown.upper()) != args["is"]:
            yield Seen(line.index, shown[:60], shown.upper()[:60] if args["is"] else "chữ thường")


def _shown(run: Run) -> str:
    """The text as seen: ``w:caps`` shows small letters as capitals."""
    tags = [str(e.tag).rpartition("}")[2] for pr in run.element if str(pr.tag).endswith("}rPr")
            for e in pr]  # fmt: skip
    return run.text.upper() if "caps" in tags else run.text


def ruled(page: Page, args: dict[str, Any]) -> Iterator[Seen]:
    """A line is drawn in, under, or below the last line of ``part``."""
    lines = page.of(args["part"])
    if not lines:
        return
    last = lines[-1]
    below = page.lines[last.index : last.index + 1]
    if not last.ruled and not any(line.ruled for line in below):
        under = any(run.look.underline for run in last.runs)
        yield Seen(last.index, "gạch chân chữ" if under else "không có đường kẻ",
                   "đường kẻ liền bên dưới")  # fmt: skip


CHECKS: dict[str, Callable[[Page, dict[str, Any]], Iterator[Seen]]] = {
    "look": look, "spacing": spacing, "paper": paper, "page_trait": page_trait,
    "capitals": capitals, "ruled": ruled,
}  # fmt: skip
