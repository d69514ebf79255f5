"""Decimals, shares, percentages, money, ordinals, and the numbers that are written in Roman."""

from __future__ import annotations

from intents.spoken.numbers import Number, cardinal_at, digits_at, number_at
from intents.spoken.spots import Spot
from intents.spoken.tables import table
from intents.spoken.tokens import Phrases, Text
from intents.spoken.words import digit_at, unit_at, word_at

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip

_POINT = Phrases({"phẩy": True})
_DOT = Phrases({"chấm": True})
_SHARE = Phrases({"phần": True})
_OVER = Phrases({"trên": True, "chia": True})
_PERCENT = Phrases({"phần trăm": True, "%": True})
_MINUS = Phrases({"âm": True, "trừ": True})
_NTH = Phrases({"thứ": True, "lần thứ": True})
_FIRST = Phrases({"nhất": 1, "nhì": 2, "tư": 4})
_ROMAN_CUES: Phrases[str] = Phrases(table("roman"))
_CURRENCIES: Phrases[str] = Phrases(table("currencies"))
_PLAIN_BEFORE: Phrases[bool] = Phrases(dict.fromkeys(table("number_cues"), True))


def roman(value: int) -> str:
    """``value`` (1 to 3999) in Roman figures."""
    figures = ""
    for size, sign in _ROMAN:
        while value >= size:
            figures += sign
            value -= size
    return figures


def roman_value(figures: str) -> int | None:
    """The value of Roman figures; None for what only looks like them."""
    values = {sign: size for size, sign in _ROMAN if len(sign) == 1}
    total = 0
    upper = figures.upper()
    if not upper or any(c not in values for c in upper):
        return None
    for here, after in zip(upper, (*upper[1:], ""), strict=True):
        size = values[here]
        total += -size if after and values[after] > size else size
    return total if roman(total) == upper else None


def numbers_in(text: Text) -> list[Spot]:
    """Whole numbers and decimals, left to right; a single short word only where it can be one."""
    found: list[Spot] = []
    at = 0
    while at < len(text):
        spot = decimal_at(text, at)
        if spot is None and (number := number_at(text, at)):
            spot = Spot(_plain(number), number.begin, number.end, number.sure)
        if spot is None:
            at += 1
            continue
        if _is_one_word(text, spot):
            spot = _lone(text, spot)
        if spot:
            if _MINUS.at(text, spot.begin - 1) and spot.begin and spot.value not in (0, "0"):
                value = -spot.value if isinstance(spot.value, int) else f"-{spot.value}"
                spot = Spot(value, spot.begin - 1, spot.end, spot.sure)
            found.append(spot)
        at = max(at + 1, spot.end if spot else at + 1)
    return found


def _plain(number: Number) -> int | str:
    """A figure with a zero in front stays as it was said."""
    return number.written if number.written[0] == "0" and number.written != "0" else number.value


def _is_one_word(text: Text, spot: Spot) -> bool:
    return spot.end == spot.begin + 1 and not text.digits_at(spot.begin)


def _lone(text: Text, spot: Spot) -> Spot | None:
    """một, ba, năm, không … alone: a number behind "số", or when nothing else was said."""
    begin = spot.begin
    if any(_PLAIN_BEFORE.at(text, begin - n) == (True, begin) for n in (1, 2) if begin >= n):
        return spot
    if all(text.sign_at(i) for i in range(len(text)) if i != begin):
        # "không" alone says no.
        return None if spot.value == 0 else spot
    return None if spot.value == 0 else spot.unsure()


def decimal_at(text: Text, at: int, *, scaled: bool = True) -> Spot | None:
    """ "hai phẩy ba", "97,5", "một triệu rưỡi phẩy …" is none: a number with a fraction.

    ``scaled``: "một phẩy hai triệu" is the whole number 1200000; else "1,2" before triệu.
    """
    whole = cardinal_at(text, at)
    if whole is None:
        return None
    end = whole.end
    if text.digits_at(end - 1) and text.sign_at(end) in (",", ".") and text.glued_at(end):
        digits = text.digits_at(end + 1)
        grouped = text.sign_at(end) == "." and len(digits) == 3
        if digits and text.glued_at(end + 1) and not grouped:
            if text.sign_at(end + 2) == "." and text.digits_at(end + 3):
                return None  # an address of a computer, or a date
            return _decimal(text, at, end + 2, f"{whole.value},{digits}", scaled)
    last = digit_at(text, end + 1)
    if last is None and unit_at(text, end + 1) == 4:
        last = 4  # hai mươi phẩy tư
    point = _POINT.at(text, end) or (last is not None and _DOT.at(text, end))
    if not point:
        half = word_at(text, end).half and whole.value < 100 and whole.form != "digits"
        return Spot(f"{whole.value},5", at, end + 1) if half else None
    row = digits_at(text, end + 1, years=False)
    part = cardinal_at(text, end + 1)
    if row and (part is None or row.end >= part.end or part.value >= 100):
        return _decimal(text, at, row.end, f"{whole.value},{row.written}", scaled)
    if part and part.value < 100:
        return _decimal(text, at, part.end, f"{whole.value},{part.written}", scaled)
    return None if last is None else _decimal(text, at, end + 2, f"{whole.value},{last}", scaled)


def _decimal(text: Text, begin: int, end: int, written: str, scaled: bool) -> Spot:
    """ "một phẩy hai triệu" is a whole number."""
    scale = word_at(text, end).scale if scaled else 0
    if not scale:
        return Spot(written, begin, end)
    whole, fraction = written.split(",")
    value = int(whole + fraction) * scale
    size = 10 ** len(fraction)
    if value % size:
        return Spot(written, begin, end)
    return Spot(value // size, begin, end + 1)


def fractions_in(text: Text) -> list[Spot]:
    """ "hai phần ba" as "2/3", "một trên hai" as "1/2"."""
    found = []
    at = 0
    while at < len(text):
        spot = fraction_at(text, at)
        found += [spot] if spot else []
        at = spot.end if spot else at + 1
    return found


def fraction_at(text: Text, at: int) -> Spot | None:
    """A fraction at ``at``, with the minus before it."""
    above = number_at(text, at)
    if above is None or above.value == 0:
        return None
    signed = text.sign_at(above.end) == "/" and text.digits_at(above.end + 1)
    joint = _SHARE.at(text, above.end) or _OVER.at(text, above.end)
    if not joint and not signed:
        return None
    behind = above.end + 1
    if _PERCENT.at(text, above.end):
        return None
    below = number_at(text, behind)
    if below is None:
        unit = unit_at(text, behind)
        if unit is None:
            return None
        below = Number(unit, str(unit), behind, behind + 1, "cardinal")
    if below.value == 0:
        return None
    minus = "-" if at and _MINUS.at(text, at - 1) else ""
    sure = bool(_SHARE.at(text, above.end)) or bool(signed)
    return Spot(f"{minus}{above.value}/{below.value}", at - bool(minus), below.end, sure)


def percents_in(text: Text) -> list[Spot]:
    """ "chín bảy phẩy năm phần trăm" as "97,5%"."""
    found = []
    for spot in numbers_in(text):
        percent = _PERCENT.at(text, spot.end)
        if percent:
            found.append(Spot(f"{spot.value}%", spot.begin, percent[1]))
    # A single word is no number by itself, but it is one before phần trăm.
    return found or _short_percents(text)


def _short_percents(text: Text) -> list[Spot]:
    found = []
    for at in range(len(text)):
        digit, percent = digit_at(text, at), _PERCENT.at(text, at + 1)
        if digit is not None and percent:
            found.append(Spot(f"{digit}%", at, percent[1]))
    return found


def money_in(text: Text) -> list[Spot]:
    """Amounts: ``{"amount": 5000, "currency": "đồng"}``; unsure when no currency was said."""
    found = []
    at = 0
    while at < len(text):
        spot = decimal_at(text, at)
        if spot is None and (number := number_at(text, at)):
            spot = Spot(number.value, at, number.end, number.sure)
        if spot is None:
            at += 1
            continue
        end, amount = spot.end, spot.value
        currency = _CURRENCIES.at(text, end)
        if currency and word_at(text, currency[1]).half:
            amount, currency = f"{amount},5", (currency[0], currency[1] + 1)
        if currency:
            found.append(_money(amount, currency[0], spot.begin, currency[1], sure=True))
            end = currency[1]
        elif isinstance(amount, int) and amount >= 1000:
            found.append(_money(amount, "đồng", spot.begin, end, sure=False))
        at = end
    return found


def _money(amount: object, currency: str, begin: int, end: int, *, sure: bool) -> Spot:
    if currency in ("nghìn đồng", "triệu đồng"):  # "5k", "2 tr"
        times = 1000 if currency == "nghìn đồng" else 10**6
        whole, _, fraction = str(amount).partition(",")
        amount = int(whole) * times + (
            int(fraction) * times // 10 ** len(fraction) if fraction else 0
        )
        currency = "đồng"
    value: dict[str, int | str | bool | None] = {
        "amount": amount if isinstance(amount, int) else str(amount), "currency": currency,
    }  # fmt: skip
    return Spot(value, begin, end, sure)


def ordinals_in(text: Text) -> list[Spot]:
    """ "thứ nhất", "lần thứ mười bốn" as 1, 14."""
    found = []
    for _, begin, behind in _NTH.all_in(text):
        first = _FIRST.at(text, behind)
        number = number_at(text, behind)
        if number and (not first or number.end >= first[1]):
            found.append(Spot(number.value, begin, number.end))
        elif first:
            found.append(Spot(first[0], begin, first[1]))
    return found


def roman_in(text: Text) -> list[Spot]:
    """Numbers that are written in Roman by custom: "đại hội mười bốn" as "Đại hội XIV"."""
    found = []
    for written, begin, behind in _ROMAN_CUES.all_in(text):
        nth = _NTH.at(text, behind)
        at = nth[1] if nth else behind
        number = number_at(text, at)
        value, end = (number.value, number.end) if number else (None, at + 1)
        if number is None and at < len(text):
            value = roman_value(text.tokens[at].word)
        if value and value < 100:
            figure = {"number": value, "written": f"{written} {roman(value)}"}
            found.append(Spot(figure, begin, end))  # type: ignore[arg-type]
    return found


def phones_in(text: Text) -> list[Spot]:
    """Telephone numbers: "không chín một hai …", also in pairs ("chín mươi hai") and groups."""
    found = []
    at = 0
    while at < len(text):
        figures, end = "", at
        while end < len(text):
            end = text.skip_signs(end, "-.,") if figures else end
            row = digits_at(text, end, years=False)
            whole = cardinal_at(text, end)
            part = whole if whole and (row is None or whole.end > row.end) else row
            if part is not None:
                figures, end = figures + part.written, part.end
            elif (digit := digit_at(text, end)) is not None:
                figures, end = figures + str(digit), end + 1
            else:
                break
        if figures[:1] == "0" and 9 <= len(figures) <= 11:
            found.append(Spot(figures, at, end, len(figures) == 10))
        at = max(at + 1, end)
    return found
