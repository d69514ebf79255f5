"""Times of the day as they are said: "bảy giờ rưỡi tối" is 19:30, "tám giờ kém mười" is 07:50."""

from __future__ import annotations

from intents.spoken.frame import behind_any
from intents.spoken.numbers import number_at
from intents.spoken.periods import small_number_at
from intents.spoken.spots import Spot
from intents.spoken.tables import table
from intents.spoken.tokens import Phrases, Text
from intents.spoken.words import digit_at, word_at

_PARTS: Phrases[list[int]] = Phrases(table("day_parts"))
_HOUR = Phrases(dict.fromkeys(("giờ", "h", "g"), True))
_MINUTE = Phrases(dict.fromkeys(("phút", "p", "ph"), True))
_SECOND = Phrases({"giây": True})
_LESS = Phrases(dict.fromkeys(("kém", "thiếu"), True))
_HALF = Phrases({"nửa": True})
_SHARP = Phrases(dict.fromkeys(("đúng", "tròn"), True))
_AT = Phrases(dict.fromkeys(("lúc", "vào lúc", "hồi"), True))
_NO_PART = Phrases(dict.fromkeys(("công", "làm", "mấy", "tiếng", "trong"), True))

_NEAR = 4
"""Words between a time and the part of the day that was said beside it: "tối mai lúc bảy giờ"."""


def times_in(text: Text) -> list[Spot]:
    """Times as "HH:MM". Of 1 to 11 o'clock without a part of the day the morning is unsure."""
    found: list[Spot] = []
    at = 0
    while at < len(text):
        clock = clock_at(text, at)
        if clock is None:
            at += 1
            continue
        hour, minute, end, certain = clock
        part = _part(text, at, end)
        if part:
            end = max(end, part[1]) if part[1] > end and part[2] == end else end
            if part[0][0] <= hour <= part[0][1] and part[0][1]:
                hour += 12
            elif hour == 12 and part[0] in ([0, 0], [6, 11]):
                hour = 0  # mười hai giờ đêm
        sure = bool(part) or certain or hour == 0 or hour >= 12
        found.append(Spot(f"{hour % 24:02d}:{minute:02d}", at, end, sure))
        at = end
    return found


def clock_at(text: Text, at: int) -> tuple[int, int, int, bool] | None:
    """Hour, minute, the token behind, and whether it was written as on a digital clock."""
    digits = text.digits_at(at)
    if digits and len(digits) <= 2 and text.sign_at(at + 1) == ":":
        sixty = text.digits_at(at + 2)
        if len(sixty) == 2 and int(digits) < 24 and int(sixty) < 60:
            return int(digits), int(sixty), at + 3, len(digits) == 2
        return None
    hour = number_at(text, at)
    if hour is None or not 0 <= hour.value <= 24:
        zero = digit_at(text, at) == 0 and _HOUR.at(text, at + 1)
        if not zero:
            return None
    value, end = (hour.value, hour.end) if hour and hour.value <= 24 else (0, at + 1)
    mark = _HOUR.at(text, end)
    if mark is None:
        # "bảy rưỡi" is a time only where one is due.
        due = behind_any(text, at, _AT) or _part(text, at, end + 1)
        if hour and word_at(text, end).half and due:
            return value, 30, end + 1, False
        return None
    if text.tokens[end].word == "g" and not text.glued_at(end):
        return None
    end = mark[1]
    if sharp := _SHARP.at(text, end):
        end = sharp[1]
    if word_at(text, end).half:
        return value, 30, end + 1, False
    if less := _LESS.at(text, end):
        minutes = small_number_at(text, less[1], 59)
        if minutes:
            behind = _MINUTE.at(text, minutes[1])
            total = (value * 60 - minutes[0]) % (24 * 60)
            return total // 60, total % 60, behind[1] if behind else minutes[1], False
    minute, behind_minute = _minutes(text, end)
    return value, minute, behind_minute, value == 0


def _minutes(text: Text, at: int) -> tuple[int, int]:
    begin = at + 1 if word_at(text, at).link else at
    if digit_at(text, begin) == 0 and digit_at(text, begin + 1) is not None:
        begin += 1  # không năm phút
    found = number_at(text, begin)
    value = (found.value, found.end) if found and found.value < 60 else None
    if value is None and digit_at(text, begin) == 0:
        value = (0, begin + 1)
    if value is None:
        return 0, at
    if _SECOND.at(text, value[1]):
        return 0, at
    minute = _MINUTE.at(text, value[1])
    # "bảy giờ ba đồng chí": a lone word behind the hour may count something else.
    alone = value[1] == begin + 1 and not text.digits_at(begin) and begin == at
    if alone and not minute and value[0] < 10:
        return 0, at
    return value[0], minute[1] if minute else value[1]


def _part(text: Text, begin: int, end: int) -> tuple[list[int], int, int] | None:
    """The part of the day nearest to a time: its hours, the tokens behind and before it."""
    after = range(end, min(end + _NEAR, len(text)))
    before = range(begin - 1, max(-1, begin - 1 - _NEAR), -1)
    if not text.toned:
        # Without diacritics tối is tôi too: only the word just behind is believed.
        after, before = range(end, end + 1), range(0)
    for at in (*after, *before):
        hit = _PARTS.at(text, at)
        if hit and not behind_any(text, at, _NO_PART):
            return hit[0], hit[1], at
    return None
