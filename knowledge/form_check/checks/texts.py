"""Checks of what lines say: presence, patterns, numbers, codes, dates, order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from knowledge.fold import fold
from knowledge.form_check.findings import Seen
from knowledge.form_check.page import Line, Page
from knowledge.form_check.parts import DATE, FORM, HEADINGS, date_of
from knowledge.form_check.rules import words


def present(page: Page, args: dict[str, Any]) -> Iterator[Seen]:
    """There is a line of ``part``, save in kinds that have none (``unless``)."""
    if page.kind == FORM and args["part"] != "title":
        return
    if page.kind in args.get("unless", ()) or (
        args.get("kinds") and page.kind not in args["kinds"]
    ):
        return
    if not page.of(args["part"]):
        yield Seen(0, "không có", args["name"])


def absent(page: Page, args: dict[str, Any]) -> Iterator[Seen]:
    """There is no line of ``part``."""
    for line in page.of(args["part"]):
        yield Seen(line.index, line.text.strip()[:60], "bỏ dòng này")


def must(page: Page, args: dict[str, Any]) -> Iterator[Seen]:
    """Every line of ``part`` (or the ``last`` one) matches ``regex``."""
    if page.kind in args.get("unless", ()):
        return
    lines = page.of(args["part"])
    if args.get("last"):
        lines = lines[-1:]
    elif args.get("first"):
        lines = lines[:1]
    elif args.get("but_last"):
        lines = lines[:-1]
    for line in lines:
        if not re.search(args["regex"], line.text.strip()):
            yield Seen(line.index, line.text.strip()[-60:], args["want"])


def never(page: Page, args: dict[str, Any]) -> Iterator[Seen]:
    """No line of ``part`` matches ``regex``; ``good`` is what to write instead."""
    pattern = re.compile(args["regex"])
    for line in page.of(args["part"]):
        if m := pattern.search(line.text.strip("\n") if args.get("raw") else line.text.strip()):
            yield Seen(line.index, f"“{m[0][:60]}”", m.expand(args["want"]))


def some(page: Page, args: dict[str, Any]) -> Iterator[Seen]:
    """At least one line of ``part`` matches ``regex``, when there are such lines."""
    lines = page.of(args["part"])
    if lines and not any(re.search(args["regex"], line.text) for line in lines):
        yield Seen(lines[-1].index, "không có", args["want"])


def mixed(page: Page, args: dict[str, Any]) -> Iterator[Seen]:
    """A ``part`` of the other system, or one whose text matches ``regex``."""
    for line in page.of(args["part"]):
        if "regex" not in args or re.search(args["regex"], line.text):
            yield Seen(line.index, line.text.strip()[:60], args["want"])


_CODE = re.compile(r"^\s*Số\s*:?\s*(\d*)\s*[-/]\s*([A-ZĐ][A-Za-zĐđ]*)\s*[-/]\s*([\wĐ/.-]+)", re.I)


def code_kind(page: Page, args: dict[str, Any]) -> Iterator[Seen]:
    """The kind's letters in the code are those of the kind that is printed."""
    letter = page.kind == "cong van"
    wanted = ["CV"] if letter and page.party else words("codes").get(page.kind)
    for line in page.of("number"):
        m = _CODE.match(line.text)
        if m and wanted and m[2] not in wanted:
            yield Seen(line.index, m[2], " hoặc ".join(wanted))


def code_issuer(page: Page, args: dict[str, Any]) -> Iterator[Seen]:
    """The issuer's letters in the code are those of the issuing body."""
    issuers = [fold(line.text) for line in page.of("issuer")]
    for line in page.of("number"):
        m = _CODE.match(line.text)
        for start, codes in words("issuer_codes").items():
            if m and issuers and issuers[0].startswith(start) and m[3] not in codes:
                yield Seen(line.index, m[3], " hoặc ".join(codes))


def cell_authority(page: Page, args: dict[str, Any]) -> Iterator[Seen]:
    """A cell issues no document of ``kinds``."""
    by_cell = any(fold(line.text).startswith("chi bo") for line in page.of("issuer"))
    if by_cell and page.kind in args["kinds"]:
        line = page.of("kind")[0]
        yield Seen(line.index, line.text.strip(), "thể loại mà chi bộ được ban hành")


def date_exists(page: Page, args: dict[str, Any]) -> Iterator[Seen]:
    """Dates of ``part`` are in the calendar."""
    for line in page.of(args["part"]):
        for day, month, year in _dates(line.text):
            try:
                date(year, month, day)
            except ValueError:
                yield Seen(line.index, f"ngày {day} tháng {month} năm {year}",
                           "một ngày có thật")  # fmt: skip


def _dates(text: str) -> Iterator[tuple[int, int, int]]:
    for m in DATE.finditer(text):
        yield int(m[1]), int(m[2]), int(m[3])
    for m in re.finditer(r"(?<![\d/.-])(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?![\d/-])", text):
        yield int(m[1]), int(m[2]), int(m[3])


def date_padding(page: Page, args: dict[str, Any]) -> Iterator[Seen]:
    """Days under 10, and months 1 and 2, have a zero in front; other months have none."""
    for line in page.of("date"):
        m = DATE.search(line.text)
        if m is None:
            continue
        day, month = m[1], m[2]
        if args["what"] == "day" and int(day) < 10 and len(day) == 1:
            yield Seen(line.index, f"ngày {day}", f"ngày 0{day}")
        if args["what"] == "month" and int(month) < 3 and len(month) == 1:
            yield Seen(line.index, f"tháng {month}", f"tháng 0{month}")
        if args["what"] == "late_month" and int(month) > 2 and month[0] == "0":
            yield Seen(line.index, f"tháng {month}", f"tháng {int(month)}")


def date_sane(page: Page, args: dict[str, Any]) -> Iterator[Seen]:
    """The document's year is one in which the rules apply."""
    day = date_of(page)
    if day is not None and not args["low"] <= day.year <= args["high"]:
        yield Seen(page.of("date")[0].index, f"năm {day.year}", "đúng năm ban hành")


def sequence(page: Page, args: dict[str, Any]) -> Iterator[Seen]:
    """Numbers of parts follow each other; they begin again under a higher part."""
    what = args["part"]
    order = ("article", "roman", "arabic", "letter")
    higher = order[: order.index(what)]
    last = 0
    for line in page.lines:
        if line.part in higher:
            last = 0
        elif line.part == what:
            m = HEADINGS[what].match(line.text.strip())
            number = _ordinal(m[1], what) if m else last + 1
            if number not in (last + 1, 1) or (number == 1 and last == 1):
                yield Seen(line.index, line.text.strip()[:40], f"mục thứ {last + 1}")
            last = number


_ALPHABET = "abcdđeghiklmnopqrstuvxy"


def _ordinal(text: str, what: str) -> int:
    if what == "roman":
        values = {"I": 1, "V": 5, "X": 10}
        numbers = [values[c] for c in text]
        return sum(-n if n < max(numbers[i:]) else n for i, n in enumerate(numbers))
    return _ALPHABET.find(text) + 1 if what == "letter" else int(text)


def order(page: Page, args: dict[str, Any]) -> Iterator[Seen]:
    """``first`` stands before ``second``."""
    first, second = page.of(args["first"]), page.of(args["second"])
    if first and second and first[0].index > second[0].index:
        yield Seen(first[0].index, first[0].text.strip()[:40], args["want"])


def trait(page: Page, args: dict[str, Any]) -> Iterator[Seen]:
    """Nothing of ``what`` (tracked changes, comments) is left in the document."""
    if count := getattr(page, args["what"]):
        yield Seen(0, f"còn {count}", args["want"])


def once(page: Page, args: dict[str, Any]) -> Iterator[Seen]:
    """``part`` stands once."""
    for line in page.of(args["part"])[1:]:
        yield Seen(line.index, line.text.strip()[:40], "chỉ một dòng")


def blank_lines(page: Page, args: dict[str, Any]) -> Iterator[Seen]:
    """No more than ``most`` empty paragraphs after another in the text."""
    count = 0
    for line in page.lines:
        if line.text.strip() or line.table or line.ruled or _has_break(line):
            count = 0
            continue
        count += 1
        if count == args["most"] + 1:
            yield Seen(line.index, f"trên {args['most']} dòng trống liền nhau", "bỏ dòng trống")


def _has_break(line: Line) -> bool:
    return any(str(e.tag).endswith("}sectPr") for e in line.element.iter())


CHECKS: dict[str, Callable[[Page, dict[str, Any]], Iterator[Seen]]] = {
    "present": present, "absent": absent, "must": must, "never": never, "some": some,
    "mixed": mixed, "code_kind": code_kind, "code_issuer": code_issuer,
    "cell_authority": cell_authority, "date_exists": date_exists, "date_padding": date_padding,
    "date_sane": date_sane, "sequence": sequence, "order": order, "trait": trait, "once": once,
    "blank_lines": blank_lines,
}  # fmt: skip
