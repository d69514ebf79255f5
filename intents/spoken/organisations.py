"""Organisations, the quarters of a ward, names of forms, and yes or no."""

from __future__ import annotations

from intents.spoken.frame import is_end, is_first
from intents.spoken.numbers import number_at, year_word_at
from intents.spoken.spots import Spot
from intents.spoken.tables import table
from intents.spoken.tokens import Phrases, Text
from intents.spoken.words import digit_at, word_at

_ORGANISATIONS: Phrases[list[str]] = Phrases(table("organisations"))
_QUARTERS: Phrases[str] = Phrases(table("quarters"))
_PLACE_ENDS: Phrases[bool] = Phrases(dict.fromkeys(table("place_ends"), True))
_PLACE_ENDS_TONED: Phrases[bool] = Phrases(dict.fromkeys(table("place_ends_toned"), True))
_SERIES: Phrases[str] = Phrases(table("form_series"))
_FORMS: Phrases[bool] = Phrases(dict.fromkeys(table("form_cues"), True))
_LETTERS: Phrases[str] = Phrases(table("letters"))
_YES = dict.fromkeys(table("yes_words"), True)
_NO = dict.fromkeys(table("no_words"), False)
_ANSWERS: Phrases[bool] = Phrases({**_YES, **_NO})
_NUMBERED = Phrases({"số": True})
_ASKED = Phrases(dict.fromkeys(("mấy", "nào", "bao nhiêu"), True))

_LARGEST_QUARTER = 999

_PLACE_WORDS = 4


def quarters_in(text: Text) -> list[Spot]:
    """Quarters: ``{"kind": "khu phố", "number": 21}``; a lone number when nothing else was said."""
    found: list[Spot] = []
    at = 0
    while at < len(text):
        hit = _quarter_at(text, at)
        if hit:
            found.append(hit)
            at = hit.end
        else:
            at += 1
    if found:
        return found
    # The answer to "khu phố mấy": "hai mốt", "số năm".
    for at in range(len(text)):
        if not is_first(text, at) and not _NUMBERED.at(text, at - 1):
            continue
        number = number_at(text, at)
        first = is_first(text, at) or is_first(text, at - 1)
        if number and first and is_end(text, number.end) and 0 < number.value <= _LARGEST_QUARTER:
            return [Spot({"kind": None, "number": number.value}, at, number.end)]
    return []


def _quarter_at(text: Text, at: int) -> Spot | None:
    hit = _QUARTERS.at(text, at)
    if hit is None:
        return None
    numbered = _NUMBERED.at(text, hit[1])
    begin = numbered[1] if numbered else hit[1]
    number = number_at(text, begin)
    if number is None or not 0 < number.value <= _LARGEST_QUARTER or year_word_at(text, begin):
        return None
    # "khu một", "tổ ba người": short names and a word alone are often something else.
    whole = hit[1] - at > 1 or text.tokens[at].word in ("kp", "tdp")
    numeral = bool(text.digits_at(number.begin))
    letter = _LETTERS.at(text, number.end) if text.glued_at(number.end) else None
    end = letter[1] if letter else number.end
    value: int | str = f"{number.value}{letter[0]}" if letter else number.value
    lone = number.end == number.begin + 1 and not numeral
    sure = whole or numbered is not None or numeral or not lone or is_end(text, end)
    sure = sure and (number.sure or number.form == "short")
    return Spot({"kind": hit[0], "number": value}, at, end, sure)


def organisations_in(text: Text) -> list[Spot]:
    """Organisations: ``{"name": "Chi bộ 21", "kind": "Chi bộ", "number": 21, "place": None}``."""
    found: list[Spot] = []
    at = 0
    while at < len(text):
        hit = _ORGANISATIONS.at(text, at)
        if hit is None:
            at += 1
            continue
        (written, follows), end = hit
        spot = Spot(_organisation(written), at, end)
        if follows == "number":
            spot = _numbered(text, at, end, written)
        elif follows == "place":
            spot = _placed(text, at, end, written)
        found.append(spot)
        at = spot.end
    return found


def _organisation(
    kind: str, name: str = "", number: int | str | bool | None = None, place: str | None = None
) -> dict[str, int | str | bool | None]:
    return {"name": name or kind, "kind": kind, "number": number, "place": place}


def _numbered(text: Text, at: int, end: int, written: str) -> Spot:
    quarter = _quarter_at(text, end)
    if quarter and isinstance(quarter.value, dict):
        kind, count = quarter.value["kind"], quarter.value["number"]
        told = _organisation(written, f"{written} {kind} {count}", count)
        return Spot(told, at, quarter.end, quarter.sure)
    begin = hit[1] if (hit := _NUMBERED.at(text, end)) else end
    number = number_at(text, begin)
    if number is None or not 0 < number.value <= _LARGEST_QUARTER or year_word_at(text, begin):
        return Spot(_organisation(written), at, end)
    # "chi bộ ba người", "chi bộ năm nay": a word alone counts or begins something else.
    lone = number.end == number.begin + 1 and not text.digits_at(begin)
    doubtful = lone and begin == end and not is_end(text, number.end)
    if doubtful and word_at(text, begin).year:
        return Spot(_organisation(written), at, end)
    name = f"{written} {number.value}"
    sure = not doubtful and (number.sure or number.form == "short")
    return Spot(_organisation(written, name, number.value), at, number.end, sure)


def _placed(text: Text, at: int, end: int, written: str) -> Spot:
    stop = end
    while stop < len(text) and stop - end < _PLACE_WORDS and not text.sign_at(stop):
        number = number_at(text, stop) if stop == end else None
        if number and digit_at(text, stop) != 0:
            place = str(number.value)  # phường 7
            name = f"{written} {place}"
            return Spot(_organisation(written, name, None, place), at, number.end)
        if _PLACE_ENDS.at(text, stop) or (text.toned and _PLACE_ENDS_TONED.at(text, stop)):
            break
        stop += 1
    if stop == end:
        return Spot(_organisation(written), at, end)
    place = " ".join(w.capitalize() for w in text.said(end, stop).split())
    # Where the name of a place ends is known only where something ends it.
    sure = stop - end <= 2
    return Spot(_organisation(written, f"{written} {place}", None, place), at, stop, sure)


def forms_in(text: Text) -> list[Spot]:
    """Forms: "mẫu một KNĐ" as "1-KNĐ", "mẫu hai a" as "2A"."""
    found: list[Spot] = []
    at = 0
    while at < len(text):
        cue = _FORMS.at(text, at)
        begin = cue[1] if cue else at
        form = _form_at(text, begin, cued=bool(cue))
        if form:
            found.append(Spot(form[0], at, form[1], form[2]))
            at = form[1]
        else:
            at += 1
    return found


def _form_at(text: Text, at: int, *, cued: bool) -> tuple[str, int, bool] | None:
    number = number_at(text, at)
    if number is None or not 0 < number.value < 100:
        return None
    written, end = str(number.value), number.end
    letter = _LETTERS.at(text, end)
    series = _series_at(text, end)
    if letter and len(letter[0]) == 1 and not series:
        written, end = written + letter[0], letter[1]
        series = _series_at(text, end)
    if series:
        return f"{written}-{series[0]}", series[1], True
    if not cued:
        return None
    lone = end == at + 1 and not text.digits_at(at)
    return written, end, not lone or is_end(text, end)


def _series_at(text: Text, at: int) -> tuple[str, int] | None:
    at = text.skip_signs(at, "-,/")
    return _SERIES.at(text, at)


def yes_no_in(text: Text) -> list[Spot]:
    """Yes (True) or no (False), when the whole answer says it and says nothing else."""
    answers: list[Spot] = []
    at = 0
    while at < len(text):
        hit = _ANSWERS.at(text, at)
        if hit:
            answers.append(Spot(hit[0], at, hit[1]))
            at = hit[1]
        elif _ASKED.at(text, at) or (not is_end(text, at) and not _polite_at(text, at)):
            return []
        else:
            at += 1
    if not answers:
        return []
    if len({a.value for a in answers}) > 1:
        # "có không" asks; "không, đúng rồi" contradicts: the kiosk asks again. "dạ không" and
        # "ừ không phải" only open politely.
        firm = [a for a in answers if text.said(a.begin, a.end).lower() not in _OPENERS]
        if len({a.value for a in firm}) != 1:
            return []
        answers = firm
    return [Spot(answers[0].value, answers[0].begin, answers[-1].end)]


_OPENERS = frozenset(("ừ", "ừm", "ờ", "vâng", "rồi", "u", "um", "vang", "roi"))


def _polite_at(text: Text, at: int) -> bool:
    return bool(text.sign_at(at)) or is_first(text, at + 1)
