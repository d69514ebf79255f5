"""What each line of a document is, and whether it is the Party's or the State's."""

from __future__ import annotations

import re
from datetime import date

from knowledge.fold import fold
from knowledge.form_check.page import Line, Page
from knowledge.form_check.rules import HD05, HD36, ND30, words

PARTY, REPUBLIC = "dang cong san viet nam", "cong hoa xa hoi chu nghia viet nam"
MOTTO = "doc lap tu do hanh phuc"
HD05_SINCE = date(2026, 5, 27)
"""Day of Hướng dẫn 05-HD/VPTW, which replaces 36-HD/VPTW."""
_HEAD = 30
"""Lines among which the header block ends."""

AUTHORITY = re.compile(
    r"^\s*(?:T/[MUL]|K/T|T/UQ|TM\.|KT\.|TL\.|TUQ\.|Q\.|T[ML]|KT)(?=[\s.]|$)[\s.]*", re.I
)
DATE = re.compile(r"ng[àa]y\s+(\d{1,2})\s+th[áa]ng\s+(\d{1,2})\s+n[ăa]m\s+(\d{4})", re.I)
FORM = "bieu mau"
"""Kind of what a member or an office writes on a form (đơn, phiếu, danh sách …): it is issued by
nobody, so most of the nine parts are not asked of it."""
NUMBER = re.compile(r"^\s*Số\b", re.I)
_RULES = re.compile(r"^[-–—_=\s]{3,}$")
_SECRET = re.compile(r"^\s*(TUYỆT MẬT|TỐI MẬT|MẬT|HỎA TỐC|THƯỢNG KHẨN|KHẨN)\s*$", re.I)
HEADINGS = {
    "roman": re.compile(r"^([IVX]+)[.\-–]\s"),
    "arabic": re.compile(r"^(\d{1,2})\.\s"),
    "letter": re.compile(r"^([a-zđ])\)\s"),
    "article": re.compile(r"^Điều\s+(\d+)\b"),
}


def mark_parts(page: Page, standard: str = "auto") -> None:
    """Fill in ``part`` of every line, ``standard``, ``party``, ``kind`` and ``traits``."""
    _header(page)
    _kind(page)
    _ending(page)
    _middle(page)
    _traits(page)
    party, state = (sum(_weight(li) for li in page.traits[t]) for t in ("party", "state"))
    if standard != "auto":
        page.standard = standard
    elif party or state:
        day = date_of(page) or _about(page)
        page.standard = ND30 if state > party else HD05 if day and day >= HD05_SINCE else HD36
    page.party = page.standard in (HD36, HD05)


def date_of(page: Page) -> date | None:
    """The day in the header; None when there is none, or no such day."""
    for line in page.of("date"):
        if m := DATE.search(line.text):
            try:
                return date(int(m[3]), int(m[2]), int(m[1]))
            except ValueError:
                return None
    return None


def _about(page: Page) -> date | None:
    """The first of the month of a day that does not exist: enough to tell which form applies."""
    for line in page.of("date"):
        if (m := DATE.search(line.text)) and 1 <= int(m[2]) <= 12 and int(m[3]) > 0:
            return date(int(m[3]), int(m[2]), 1)
    return None


def _header(page: Page) -> None:
    above: list[Line] = []
    head = [line for line in page.lines if line.text.strip()][:_HEAD]
    kinds = words("kinds")
    seen_number = False
    for line in head:
        text, bare = line.text.strip(), fold(line.text)
        if not line.table and (bare in kinds or _is_form(bare)):
            break
        if bare == PARTY:
            line.part = "title"
        elif bare == REPUBLIC:
            line.part = "republic"
        elif bare == MOTTO:
            line.part = "motto"
        elif text.strip("* ") == "" and "*" in text:
            line.part = "star"
        elif NUMBER.match(text) and len(text) < 60:
            line.part, seen_number = "number", True
        elif re.search(r"ngay.*thang.*nam", bare) and len(text) < 70:
            line.part = "date"
        elif _SECRET.match(text):
            line.part = "mark"
        elif re.match(r"kinh (gui|trinh)\b", bare):
            line.part = "addressee"
            break
        elif seen_number and line.table and (line.column == 0):
            line.part = "letter_subject"
        elif not seen_number and (line.table or text == text.upper()) and len(text) < 90:
            above.append(line)
        elif not line.table:
            break
    if any(line.part in ("title", "republic", "number", "star") for line in head) and above:
        for line in above[:-1]:
            line.part = "parent"
        # A Party committee or cell issues, never a "đảng bộ"; nor does a province: one such line
        # alone is the body above, and the issuing body is missing.
        only_above = len(above) == 1 and fold(above[0].text).startswith(
            ("dang bo", "thanh pho", "tinh ")
        )
        above[-1].part = "parent" if only_above else "issuer"


def _kind(page: Page) -> None:
    kinds = words("kinds")
    filled = [line for line in page.lines if line.text.strip()]
    for n, line in enumerate(filled[:_HEAD]):
        if line.part or line.table or fold(line.text) not in kinds:
            continue
        line.part, page.kind = "kind", fold(line.text)
        for after in filled[n + 1 : n + 5]:
            if _RULES.match(after.text):
                after.part = "dashes"
                break
            starts = fold(after.text).startswith(("can cu", "kinh", "thuc hien", "dieu 1", "i "))
            bold = bool(after.runs) and all(run.look.bold for run in after.runs)
            if after.table or starts or (after.align != "center" and not bold):
                break
            after.part = "subject"
        return
    if any(line.part in ("addressee", "letter_subject") for line in page.lines):
        page.kind = "cong van"
    titled = next((li for li in filled[:_HEAD] if not li.table and _is_form(fold(li.text))), None)
    if titled is not None and not page.of("number"):
        titled.part, page.kind = "form_title", FORM


def _is_form(bare: str) -> bool:
    return bare.startswith(tuple(words("form_titles"))) and len(bare) < 90


def _ending(page: Page) -> None:
    start = next((line.index for line in page.lines if line.part == "kind"), 0)
    cells: dict[tuple[int, int], list[Line]] = {}
    authority = None
    for line in page.lines[start:]:
        if line.part or not line.text.strip():
            continue
        if fold(line.text).startswith("noi nhan"):
            line.part = "recipients_title"
        elif (AUTHORITY.match(line.text) and _stands_alone(line)) or (
            fold(line.text) in ("chu tri", "nguoi ghi bien ban", "thu ky")
        ):
            line.part = "authority" if AUTHORITY.match(line.text) else "position"
            authority = line
        if line.table:
            cells.setdefault((line.table, line.column), []).append(line)
    for lines in cells.values():
        if any(line.part == "recipients_title" for line in lines):
            for line in lines:
                line.part = line.part or "recipient"
        elif authority is not None and authority in lines:
            _signature(lines, authority)
    by_recipients = {t for (t, _), some in cells.items()
                     if any(line.part == "recipients_title" for line in some)}  # fmt: skip
    for (table, _), lines in cells.items():
        titled = table in by_recipients or any(_capitals(line.text) for line in lines)
        if titled and not any(line.part for line in lines):
            _name_signature(lines)
    if authority is not None and not authority.table:
        after = [li for li in page.lines[authority.index :] if li.text.strip() and not li.part]
        _signature([authority, *after[:4]], authority)
    loose = next((li for li in page.of("recipients_title") if not li.table), None)
    if loose is not None:
        for line in page.lines[loose.index :]:
            if line.part or not re.match(r"\s*[-–]|\s*Lưu", line.text):
                break
            line.part = "recipient"


def _signature(lines: list[Line], authority: Line) -> None:
    _name_signature([line for line in lines if line is not authority and not line.part])


def _stands_alone(line: Line) -> bool:
    text = line.text.strip()
    return len(text) < 60 and (bool(line.table) or text == text.upper())


def _name_signature(rest: list[Line]) -> None:
    for line in rest[:-1]:
        line.part = "position"
    if rest:
        last = rest[-1]
        last.part = "position" if len(rest) == 1 and _capitals(last.text) else "signer"


def _capitals(text: str) -> bool:
    return text == text.upper() and bool(re.search(r"BÍ THƯ|CHỦ TỊCH|TRƯỞNG|ỦY VIÊN", text))


def _middle(page: Page) -> None:
    for line in page.lines:
        text = line.text.strip()
        if line.part or not text:
            continue
        heading = next((k for k, p in HEADINGS.items() if p.match(text)), "")
        if line.table:
            line.part = "table"
        elif re.match(r"[-–]?\s*căn cứ\b", text, re.I) and not page.of("body"):
            line.part = "ground"
        elif heading:
            line.part = heading
        elif _RULES.match(text):
            line.part = "dashes"
        elif fold(text).startswith("phu luc") and text == text.upper():
            line.part = "annex"
        elif re.match(r"kinh (gui|trinh)\b", fold(text)):
            line.part = "addressee"
        else:
            line.part = "body"


def _traits(page: Page) -> None:
    party, state = page.of("title") + page.of("star"), page.of("republic") + page.of("motto")
    for line in page.of("number"):
        if re.search(r"\d*\s*/\s*[A-ZĐ]+[a-z]*-", line.text):
            state.append(line)
        elif re.search(r"-\s*[A-ZĐ]+[a-z]*/", line.text):
            party.append(line)
    for line in page.of("authority"):
        if re.match(r"\s*(T/M|K/T|T/L)", line.text):
            party.append(line)
        elif re.match(r"\s*(TM|KT|TL|TUQ)\.", line.text):
            state.append(line)
    for line in page.of("issuer"):
        if fold(line.text).startswith(("chi bo", "chi uy", "dang uy", "ban thuong vu dang uy")):
            party.append(line)
        elif fold(line.text).startswith(("uy ban nhan dan", "hoi dong nhan dan", "ubnd", "hdnd")):
            state.append(line)
    page.traits = {"party": party, "state": state}


def _weight(line: Line) -> int:
    """How strongly a line speaks: a cell issues no State document, whatever its head says."""
    return {"title": 6, "republic": 6, "issuer": 6, "motto": 2}.get(line.part, 1)
