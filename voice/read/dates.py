"""Dates, years, terms and times of day.

"21-11" is a date and "3-5 ngày" is not; "1/2" is a half and "ngày 1/2" is not. What decides
is, in this order: a word that takes a date (ngày, sáng …), a zero in front (05/3), what is
counted after it, and whether the two numbers can be a range or a share at all.
"""

from __future__ import annotations

import re
from itertools import pairwise

from voice.read.numbers import spell_cardinal, spell_day, spell_month
from voice.read.tokens import BREAK, DASH, DASHES, Piece, Scan

_FULL = re.compile(
    rf"(\d{{1,2}})\s?([{DASHES}/.])\s?(\d{{1,2}})\s?([{DASHES}/.])\s?(\d{{4}}|\d{{2}})(?![\d/])"
)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)")
_SPAN = re.compile(
    rf"(\d{{1,2}})\s?([{DASHES}])\s?(\d{{1,2}})([{DASHES}/.])(\d{{1,2}})(?:\4(\d{{4}}))?(?![\d/])"
)
_SHORT = re.compile(rf"(\d{{1,2}})([{DASHES}/])(\d{{1,2}})(?![\d/]|[.,]\d|[{DASHES}]\d)")
_MONTH_YEAR = re.compile(rf"(\d{{1,2}})\s?[{DASHES}/.]\s?(\d{{4}})(?![\d/]|[.,]\d)")
_STRETCH = re.compile(
    rf"(\d{{1,2}})/(\d{{1,2}})\s?[{DASHES}]\s?(\d{{1,2}})/(\d{{1,2}})(?:/(\d{{4}}))?(?![\d/]|[.,]\d)"
)
_UNTIL = re.compile(r"\s(?:đến|tới)\s(?:hết\s)?(?:ngày\s)?\d{1,2}[-/.]\d")
_MONTH_SPACE_YEAR = re.compile(r"(0?[1-9]|1[0-2]) ((?:19|20)\d{2})(?![\d/]|[.,]\d)")
_YEARS = re.compile(rf"([12]\d{{3}})\s?[{DASHES}]\s?([12]\d{{3}})(?![\d/]|[.,]\d|[{DASHES}]\d)")
_LIST = re.compile(
    rf"(\d{{1,2}})(?:\s?(?:đến|tới|và|,|[{DASHES}])\s?\d{{1,2}}){{0,6}}\s(?:đến|tới|và)\s(?:ngày\s)?"
    rf"(\d{{1,2}})[{DASHES}/](\d{{1,2}})(?!\d)"
)
_DAY = re.compile(r"(\d{1,2})(?!\d|[.,/:]\d|[^\W_])")
_JOINT = re.compile(rf"\s?[{DASHES}]\s?(?=\d)")
_TIME = re.compile(
    r"(\d{1,2})(?:\s?[hH]|g(?=\d\d))\s?(?:([0-5]\d)(?!\d)(?:\s?(?:ph|p|'|’|′)(?![^\W_]))?)?(?![^\W_])"
)
_SOUTHERN = re.compile(r"(1?\d|2[0-4])g(?![^\W_])")
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)(?::([0-5]\d))?(?!\d|:)")
_MINUTES = re.compile(r"(\d{1,3})p(?:h|hút)?\s?([0-5]?\d)s(?![^\W_])")
_FULL_HOUR = re.compile(r"00(?:\s+phút)?(?![^\W_])")
_HOUR_WORDS = re.compile(r"(0\d)(?!\d|\s*(?:phút|giây|[^\W\d_]))")


_DAY_LONG = frozenset(f"{count} ngày" for count in ("một", "mỗi", "hai", "ba", "số", "nửa"))


def _valid(day: int, month: int) -> bool:
    return 1 <= day <= 31 and 1 <= month <= 12


def _year(scan: Scan, digits: str) -> str:
    year = int(digits)
    if len(digits) == 2:
        year += 2000 if year < 70 else 1900
    return "năm " + spell_cardinal(year, region=scan.region)


def _date_words(scan: Scan, day: int, month: int, year: str | None = None) -> str:
    words = f"{spell_day(day, region=scan.region)} tháng {spell_month(month, region=scan.region)}"
    if scan.cued("street_before"):
        # A street's name takes no mùng: đường Ba Tháng Hai.
        words = words.removeprefix("mùng ").removeprefix("mồng ")
    return f"{words} {_year(scan, year)}" if year else words


def match_date(scan: Scan, pos: int) -> list[Piece] | None:
    """A date, a month with its year, a term or a day at ``pos``; sets ``scan.day_run``."""
    if stretch := _match_stretch(scan, pos):
        scan.day_run = True
        return stretch
    found = _match_date(scan, pos)
    if not found:
        return None
    pieces, days = found
    joint = _JOINT.match(scan.text, pieces[-1].end, scan.end)
    if joint and days and len(pieces) == 1 and not _FULL.match(scan.text, pos):
        scan.day_run = True
        if following := _match_dm(scan, joint.end(), sure=True):
            pieces = [*pieces, _dash(joint), following]
    elif joint and days and (following_full := _match_full(scan, joint.end())):
        pieces = [*pieces, _dash(joint), following_full]
    scan.day_run = days
    return pieces


def _match_stretch(scan: Scan, pos: int) -> list[Piece] | None:
    """1/8-15/8/2025: two dates that only make sense together."""
    match = _STRETCH.match(scan.text, pos, scan.end)
    if not match:
        return None
    first_day, first_month, last_day, last_month = (int(match[i]) for i in (1, 2, 3, 4))
    if not (_valid(first_day, first_month) and _valid(last_day, last_month)):
        return None
    shares = first_day < first_month <= 10 and last_day < last_month <= 10
    if shares and not match[5] and not scan.cued("date_strong", "date_weak"):
        return None
    joint = _JOINT.match(scan.text, match.end(2), scan.end)
    if not joint:
        return None
    first = Piece(_date_words(scan, first_day, first_month), pos, match.end(2))
    last = _date_words(scan, last_day, last_month, match[5])
    return [first, _dash(joint), Piece(last, joint.end(), match.end())]


def _dash(joint: re.Match[str]) -> Piece:
    start = joint.start() + len(joint[0]) - len(joint[0].lstrip())
    return Piece("đến", start, start + len(joint[0].strip()))


def _match_date(scan: Scan, pos: int) -> tuple[list[Piece], bool] | None:
    text, end, region = scan.text, scan.end, scan.region
    if piece := _match_full(scan, pos):
        return [piece], True
    if match := _ISO.match(text, pos, end):
        year, month, day = match.groups()
        if _valid(int(day), int(month)):
            return [Piece(_date_words(scan, int(day), int(month), year), pos, match.end())], True
    if match := _YEARS.match(text, pos, end):
        first = Piece(spell_cardinal(int(match[1]), region=region), pos, match.end(1))
        joint = _JOINT.match(text, match.end(1), end)
        last = Piece(spell_cardinal(int(match[2]), region=region), match.start(2), match.end())
        if joint:
            return [first, _dash(joint), last], False
    if match := _SPAN.match(text, pos, end):
        first_day, _, last_day, _, month, year = match.groups()
        day = int(first_day)
        if day < int(last_day) and _valid(int(last_day), int(month)) and day > 0:
            words = _date_words(scan, int(last_day), int(month), year)
            joint = _JOINT.match(text, match.end(1), end)
            if joint:
                return [
                    Piece(spell_day(day, region=region), pos, match.end(1)),
                    _dash(joint),
                    Piece(words, match.start(3), match.end()),
                ], True
    if match := _MONTH_YEAR.match(text, pos, end):
        month_number, year_number = int(match[1]), int(match[2])
        # "12/5000" is a count out of a whole.
        if 1 <= month_number <= 12 and 1000 <= year_number < 2200:
            return [_month_year(scan, pos, match, month_number)], False
        if scan.before() in ("số", "kỳ", "tuần", "đợt") and 1900 <= year_number < 2200:
            words = f"{spell_cardinal(month_number, region=region)} {_year(scan, match[2])}"
            return [Piece(words, pos, match.end())], False
    if scan.before() == "tháng" and (match := _MONTH_SPACE_YEAR.match(text, pos, end)):
        return [_month_year(scan, pos, match, int(match[1]))], False
    if piece := _match_dm(scan, pos):
        return [piece], True
    if piece := _match_day(scan, pos):
        return [piece], True
    return None


def _match_full(scan: Scan, pos: int) -> Piece | None:
    match = _FULL.match(scan.text, pos, scan.end)
    if not match:
        return None
    day, first, month, second, year = match.groups()
    same = first == second or (first in DASH and second in DASH)
    if not same or not _valid(int(day), int(month)):
        return None
    if len(year) == 2 and not (scan.cued("date_strong") and first != "."):
        return None
    if len(year) == 4 and not 1000 <= int(year) < 2200:
        return None
    return Piece(_date_words(scan, int(day), int(month), year), pos, match.end())


def _month_year(scan: Scan, pos: int, match: re.Match[str], month: int) -> Piece:
    words = f"{spell_month(month, region=scan.region)} {_year(scan, match[2])}"
    before = scan.before()
    if before in ("quý", "số", "kỳ", "tuần", "đợt", "khóa", "học kỳ"):
        words = f"{spell_cardinal(month, region=scan.region)} {_year(scan, match[2])}"
    elif before not in ("tháng", "đến") or (before == "đến" and "tháng" not in scan.history[-5:]):
        words = "tháng " + words
    return Piece(words, pos, match.end())


def _match_dm(scan: Scan, pos: int, sure: bool = False) -> Piece | None:
    match = _SHORT.match(scan.text, pos, scan.end)
    if not match:
        return None
    day, month = int(match[1]), int(match[3])
    if not _valid(day, month) or not (sure or _is_date(scan, match)):
        return None
    return Piece(_date_words(scan, day, month), pos, match.end())


def _is_date(scan: Scan, match: re.Match[str]) -> bool:
    day, month, end = int(match[1]), int(match[3]), match.end()
    counted = scan.followed(end, "counted")
    if scan.cued("score"):
        return False
    if scan.cued("street_before"):
        return True
    if scan.cued("date_strong") or _in_run(scan):
        return not (scan.before() in ("ngày", "đợt") and scan.followed(end, "day_rate"))
    if scan.text[end : end + 1] in ("%", "‰", "°"):
        return False
    holiday = f"{day}-{month}" in scan.tables.cues["holiday"]
    if match[2] == "/":
        if match[0] in scan.tables.cues["never_date"] or _tells_share(scan):
            return False
        if _UNTIL.match(scan.text, end, scan.end):
            return True
        if (scan.cued("fraction_before") and not scan.cued("date_weak")) or scan.followed(
            end, "fraction_after"
        ):
            return False
        if match[1][0] == "0" or match[3][0] == "0" or holiday or month > 10:
            return True
        return (scan.cued("date_weak") and day != 1) or day > month or _alone(scan, match)
    if counted:
        return False
    if scan.cued("date_by") or _UNTIL.match(scan.text, end, scan.end):
        return True
    if match[1][0] == "0" or match[3][0] == "0" or day > month or holiday:
        return True
    return _alone(scan, match)


def _tells_share(scan: Scan) -> bool:
    """Whether a percentage was just said: "100% hoàn thành (4/4)"."""
    near = scan.history[-5:]
    return any(pair == ("phần", "trăm") for pair in pairwise(near))


def _alone(scan: Scan, match: re.Match[str]) -> bool:
    """Whether it stands in brackets by itself, as newspapers write the day of an event."""
    return (
        scan.text[match.start() - 1 : match.start()] == "("
        and scan.text[match.end() : match.end() + 1] == ")"
    )


def _in_run(scan: Scan) -> bool:
    return scan.day_run and scan.before() in (BREAK, "và", "đến", "tới", "hoặc", "ngày", "sang")


def _counted(scan: Scan, match: re.Match[str]) -> bool:
    return scan.followed(match.end(), "counted")


def _match_day(scan: Scan, pos: int) -> Piece | None:
    """A lone day: after "ngày", or before a date that it shares the month with."""
    match = _DAY.match(scan.text, pos, scan.end)
    if not match or not 1 <= int(match[1]) <= 31:
        return None
    listed = _LIST.match(scan.text, pos, scan.end)
    # "từ 5 đến 15-8": the month comes later.
    shares = listed is not None and _valid(int(listed[2]), int(listed[3]))
    following = scan.ahead(match.end(), 1)
    run = _in_run(scan)
    if scan.before() in ("mùng", "mồng"):
        due = True
    elif scan.before() == "ngày":
        # "mỗi ngày 3 buổi", "một ngày 8 giờ" count; "trong ngày 3 tháng 2" does not.
        counts = scan.followed(match.end(), "day_rate") or scan.before(2) in _DAY_LONG
        due = following == ["tháng"] or not counts
    else:
        due = shares or (run and (following == ["tháng"] or not _counted(scan, match)))
    if not due:
        return None
    words = spell_day(int(match[1]), region=scan.region)
    if scan.before() in ("mùng", "mồng"):
        words = spell_cardinal(int(match[1]), region=scan.region)
    return Piece(words, pos, match.end())


def _clock_words(scan: Scan, hour: int, minute: int, second: int | None) -> str:
    words = f"{spell_cardinal(hour, region=scan.region)} giờ"
    if minute:
        words += f" {spell_cardinal(minute, region=scan.region)}"
        if minute < 10 or second:
            words += " phút"
    if second:
        words += f" {spell_cardinal(second, region=scan.region)} giây"
    return words


def match_time(scan: Scan, pos: int) -> list[Piece] | None:
    """A time of day or a stretch of them: 14h30, 7h-9h, 8:05, 14g30, 3p20s."""
    piece = _one_time(scan, pos)
    if not piece:
        return None
    joint = _JOINT.match(scan.text, piece.end, scan.end)
    if joint and (following := _one_time(scan, joint.end())):
        return [piece, _dash(joint), following]
    return [piece]


def _one_time(scan: Scan, pos: int) -> Piece | None:
    text, end, region = scan.text, scan.end, scan.region
    if (match := _TIME.match(text, pos, end)) and int(match[1]) <= 24:
        return Piece(
            _clock_words(scan, int(match[1]), int(match[2] or 0), None),
            pos,
            match.end(),
            number=True,
        )
    if (match := _SOUTHERN.match(text, pos, end)) and scan.cued("clock"):
        hour = _clock_words(scan, int(match[1]), 0, None)
        return Piece(hour, pos, match.end(), number=True)
    if match := _CLOCK.match(text, pos, end):
        if scan.cued("scale", "score") or int(match[1]) > 24:
            return None
        second = int(match[3]) if match[3] else None
        return Piece(
            _clock_words(scan, int(match[1]), int(match[2]), second), pos, match.end(), number=True
        )
    if match := _MINUTES.match(text, pos, end):
        words = f"{spell_cardinal(int(match[1]), region=region)} phút"
        if int(match[2]):
            words += f" {spell_cardinal(int(match[2]), region=region)} giây"
        return Piece(words, pos, match.end(), number=True)
    if scan.before() == "giờ" and (match := _FULL_HOUR.match(text, pos, end)):
        return Piece("", pos, match.end())
    if scan.before() == "giờ" and (match := _HOUR_WORDS.match(text, pos, end)) and int(match[1]):
        words = f"{spell_cardinal(int(match[1]), region=region)} phút"
        return Piece(words, pos, match.end(), number=True)
    return None
