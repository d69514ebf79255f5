"""House numbers with alleys, as they are said in the South and in the North.

"một hai ba xuyệt bốn lăm xuyệt sáu a" (South) and "số sáu a ngách một hai ba trên bốn lăm"
(North) are both 123/45/6A: from the street inwards, the house last. A street may follow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from intents.spoken.frame import behind_any, is_end, is_first
from intents.spoken.numbers import Number, cardinal_at, number_at
from intents.spoken.spots import Spot
from intents.spoken.tables import table
from intents.spoken.tokens import Phrases, Text
from intents.spoken.words import digit_at

_SLASHES = table("slashes")
_SAID: Phrases[bool] = Phrases(dict.fromkeys(_SLASHES["said"], True))
_HEARD: Phrases[bool] = Phrases(dict.fromkeys(_SLASHES["heard"], True))
_LETTERS: Phrases[str] = Phrases(table("letters"))
_FRONT: Phrases[bool] = Phrases(dict.fromkeys(table("front_letters"), True))
_CUES = table("house_cues")
_HOUSES: Phrases[bool] = Phrases(
    {**dict.fromkeys(_CUES["weak"], False), **dict.fromkeys(_CUES["strong"], True)}
)
_NO_HOUSE: Phrases[bool] = Phrases(dict.fromkeys(table("no_house_before"), True))
_ALLEYS: Phrases[int] = Phrases(table("alleys"))
_STREETS: Phrases[bool] = Phrases(dict.fromkeys(table("street_cues"), True))
_STREET_ENDS: Phrases[bool] = Phrases(dict.fromkeys(table("street_ends"), True))
_STREET_ENDS_TONED: Phrases[bool] = Phrases(dict.fromkeys(table("street_ends_toned"), True))
_DATE_STREETS = frozenset(str(d) for d in table("date_streets"))
_MONTH = Phrases({"tháng": True})

_LONGEST = 4
"""Figures of a house number in one part."""

_STREET_WORDS = 5
"""Words of a street's name."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Numbers joined by slashes: one or more, written."""

    parts: tuple[str, ...]
    begin: int
    end: int
    sure: bool = True
    rank: int = -1
    """Rank of the alley that was named; -1 for a house."""
    street_end: int = 0


def houses_in(text: Text, streets: Mapping[str, str] | None = None) -> list[Spot]:
    """Addresses: ``{"number": "123/45/6A", "street": …, "alley_only": false}``.

    ``streets`` maps how known streets are said to how they are written; a street that is not
    among them is given as it was said, when a word such as đường announced it.
    """
    known = Phrases(streets or {})
    found: list[Spot] = []
    at = 0
    while at < len(text):
        chains = _chains(text, at, known)
        if chains:
            spot = _address(text, chains, known)
            found.append(spot)
            at = max(spot.end, at + 1)
        else:
            at += 1
    return _street_before(text, found, known)


def _chains(text: Text, at: int, known: Phrases[str]) -> list[Chain]:
    """Chains that belong together from ``at`` on: số 6A ngách 45 ngõ 123."""
    chains: list[Chain] = []
    pos = at
    while pos < len(text):
        rank, begin, cued = -1, pos, False
        alley = _ALLEYS.at(text, pos)
        if alley:
            rank, pos, cued = alley[0], alley[1], True
        elif house := _HOUSES.at(text, pos):
            if behind_any(text, pos, _NO_HOUSE):
                return chains
            while house:
                pos, cued = house[1], cued or house[0]
                house = _HOUSES.at(text, pos)
        elif chains or behind_any(text, pos, _NO_HOUSE):
            break
        elif is_first(text, pos):
            cued = _is_last(text, pos, known)
        chain = chain_at(text, pos, known, cued=cued or bool(chains))
        if chain is None:
            return chains
        named = any(c.rank == rank for c in chains)
        if named:
            break
        begin = begin if alley else chain.begin
        chains.append(Chain(chain.parts, begin, chain.end, chain.sure, rank))
        pos = text.skip_signs(chain.end, ",.")
    return chains


def chain_at(text: Text, at: int, known: Phrases[str], *, cued: bool) -> Chain | None:
    """Numbers joined by slashes at ``at``; one number alone where it is ``cued`` as a house."""
    first = _part(text, at, known, cued=cued)
    if first is None:
        return None
    parts, end, sure = [first[0]], first[1], first[2]
    slashed = False
    while slash := _slash_at(text, end):
        behind, certain = slash
        part = _part(text, behind, known, cued=True)
        if part is None:
            break
        slashed = True
        parts.append(part[0])
        end, sure = part[1], sure and part[2] and certain
    if text.sign_at(end) == "-" and text.digits_at(end + 1) and text.digits_at(end - 1):
        # Two houses in one: 123-125.
        parts[-1] = f"{parts[-1]}-{text.digits_at(end + 1)}"
        end += 2
    if not (cued or slashed or _street_follows(text, end, known)):
        return None
    return Chain(tuple(parts), at, end, sure)


def _is_last(text: Text, at: int, known: Phrases[str]) -> bool:
    """Whether nothing but a house number was said: the answer to a question for it."""
    chain = chain_at(text, at, known, cued=True)
    return chain is not None and is_end(text, chain.end)


def _slash_at(text: Text, at: int) -> tuple[int, bool] | None:
    """The position behind a slash, and whether it certainly is one."""
    if text.sign_at(at) and text.sign_at(at) in "/\\":
        return at + 1, True
    at = text.skip_signs(at, ",.-")
    for slashes, sure in ((_SAID, True), (_HEARD, False)):
        hit = slashes.at(text, at)
        if hit:
            return text.skip_signs(hit[1], ",.-"), sure
    return None


def _part(text: Text, at: int, known: Phrases[str], *, cued: bool) -> tuple[str, int, bool] | None:
    """One number of a chain with its letter: "sáu a", "mười hai bê", "12bis", "B3"."""
    front = ""
    letter = _FRONT.at(text, at) if cued else None
    if letter and (text.digits_at(letter[1]) or number_at(text, letter[1])):
        front = _LETTERS.at(text, at)[0] if _LETTERS.at(text, at) else text.tokens[at].word.upper()  # type: ignore[index]
        at = letter[1]
    number = number_at(text, at, loose=True)
    if number is None:
        return None
    number = _without_street(text, number, known)
    if number is None or len(number.written) > _LONGEST or number.value == 0:
        return None
    if not cued and number.end == number.begin + 1 and not text.digits_at(at):
        # "ba đường …": a word alone may be anything.
        number = Number(number.value, number.written, at, number.end, number.form, sure=False)
    written, end = front + number.written, number.end
    tail = _letter_at(text, end, known)
    if tail:
        written, end = written + tail[0], tail[1]
        figure = text.digits_at(end)
        if figure and text.glued_at(end) and len(figure) <= 2:
            written, end = written + figure, end + 1  # 6A1
    doubtful = number.form == "short" and not number.sure and not cued
    sure = not doubtful and (number.sure or number.form == "short")
    return written, end, sure


def _letter_at(text: Text, at: int, known: Phrases[str]) -> tuple[str, int] | None:
    letter = _LETTERS.at(text, at)
    if letter is None or known.at(text, at):
        return None
    if text.glued_at(at):
        return letter
    bare = not text.toned
    # "te", "ca", "de" without diacritics are more often other words.
    if bare and len(text.tokens[at].text) > 1 and letter[0] != "bis":
        return letter if _ends_number(text, letter[1], known) else None
    return letter


def _ends_number(text: Text, at: int, known: Phrases[str]) -> bool:
    return at >= len(text) or bool(_slash_at(text, at)) or _street_follows(text, at, known)


def _without_street(text: Text, number: Number, known: Phrases[str]) -> Number | None:
    """``number`` without the words that begin a street: mười hai | ba tháng hai."""
    for begin in range(number.begin, number.end + 1):
        street = known.at(text, begin)
        dated = begin < len(text) and _dated_street(text, begin) > number.end
        if dated or (street and street[1] > number.end):
            if begin == number.begin:
                return None
            return number_at(text, number.begin, loose=True, to_end=begin)
    return number


def _dated_street(text: Text, at: int) -> int:
    """The position behind a street that is named after a date, 0 if there is none."""
    best = 0
    for stop in range(at + 1, min(at + 4, len(text))):
        month = _MONTH.at(text, stop)
        day = number_at(text, at, to_end=stop)
        if not month or day is None or day.end != stop:
            continue
        said = cardinal_at(text, month[1])
        unit = said.value if said else (4 if text.key_at(month[1]) in _FOUR else None)
        if unit and f"{day.value}-{unit}" in _DATE_STREETS:
            best = said.end if said else month[1] + 1
    return best


_FOUR = frozenset(("tư", "tu", "tu\u031b"))


def _street_follows(text: Text, at: int, known: Phrases[str]) -> bool:
    at = text.skip_signs(at, ",.")
    return bool(_STREETS.at(text, at) or known.at(text, at) or _dated_street(text, at))


def _address(text: Text, chains: list[Chain], known: Phrases[str]) -> Spot:
    alleys = [c for c in chains if c.rank >= 0]
    houses = [c for c in chains if c.rank < 0]
    outer = {c.rank for c in alleys}
    # A hẻm stands alone in the South and inside a ngõ in Hà Nội: the ranks put both right.
    ordered = sorted(alleys, key=lambda c: c.rank)
    parts: list[str] = []
    for chain in (*ordered, *houses):
        new = list(chain.parts)
        if chain.rank >= 0 and len(outer) > 1 and parts and new[: len(parts)] == parts:
            new = new[len(parts) :]  # ngách 123/45 ngõ 123 names the ngõ twice
        parts += new
    end = max(c.end for c in chains)
    street, behind, told = _street(text, end, known)
    value: dict[str, int | str | bool | None] = {
        "number": "/".join(parts), "street": street, "alley_only": not houses,
    }  # fmt: skip
    sure = all(c.sure for c in chains) and (told or street is None)
    return Spot(value, min(c.begin for c in chains), behind, sure)


def _street(text: Text, at: int, known: Phrases[str]) -> tuple[str | None, int, bool]:
    """The street at ``at``: as it is written, the position behind it, whether it is known."""
    begin = text.skip_signs(at, ",.")
    cue = _STREETS.at(text, begin)
    begin = cue[1] if cue else begin
    hit = known.at(text, begin)
    if hit:
        return hit[0], hit[1], True
    if dated := _dated_street(text, begin):
        return text.said(begin, dated), dated, True
    if not cue:
        return None, at, True
    end = begin
    while end < len(text) and end - begin < _STREET_WORDS and not text.sign_at(end):
        ends = _STREET_ENDS.at(text, end) or (text.toned and _STREET_ENDS_TONED.at(text, end))
        if ends and end > begin:
            break
        end += 1
    if end == begin or digit_at(text, begin) == 0:
        return None, at, True
    return text.said(begin, end), end, True


def _street_before(text: Text, spots: list[Spot], known: Phrases[str]) -> list[Spot]:
    """đường Lạc Long Quân số 12: a street that was said before the house."""
    told = []
    for spot in spots:
        value = spot.value
        if isinstance(value, dict) and value["street"] is None:
            for begin in range(max(0, spot.begin - 8), spot.begin):
                cue = _STREETS.at(text, begin)
                if not cue and not known.at(text, begin):
                    continue
                street, end, _ = _street(text, begin, known)
                if street and end <= spot.begin:
                    told.append(Spot({**value, "street": street}, begin, spot.end, spot.sure))
                    break
            else:
                told.append(spot)
        else:
            told.append(spot)
    return told
