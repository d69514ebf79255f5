"""House numbers in a text, written or spoken, each with what the words before it make of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.quarters.house import House, parse_house
from knowledge.quarters.spoken import LETTERS, SLASHES, is_number_word, read_number
from knowledge.quarters.tokens import (
    HEM,
    HOUSE,
    LOT,
    NGACH,
    NGO,
    NO_HOUSE,
    Token,
    WordSet,
    is_street_word,
)

_QUARTER = WordSet("khu kp tdp")
_SKIPPED = WordSet("số nhà là phố cư")
_WIDEST_JOINT = 20
"""123-125 is one house on two plots; numbers further apart are not."""


@dataclass(frozen=True, slots=True)
class Chain:
    """One number with its alleys, as it stands in the text: 123/45/6A."""

    houses: tuple[House, ...]
    joint: House | None
    """The second number of a house on two plots (123-125)."""
    role: str
    """``house``, ``hem``, ``ngo``, ``ngach``, ``lot``, ``quarter``, ``street`` (the number of a
    numbered street), ``other``, or ``""`` when nothing stands before it."""
    start: int
    end: int


def find_chains(tokens: Sequence[Token], taken: Sequence[bool]) -> list[Chain]:
    """Every number that no name holds. ``taken`` tokens belong to names."""
    found = []
    at = 0
    while at < len(tokens):
        chain = None if taken[at] else _chain(tokens, taken, at)
        if chain is None:
            at += 1
        else:
            found.append(chain)
            at = chain.end
    return found


def _chain(tokens: Sequence[Token], taken: Sequence[bool], start: int) -> Chain | None:
    house, at = _number(tokens, taken, start)
    if house is None:
        return None
    houses, joint = [house], None
    while at < len(tokens) and not taken[at]:
        slash = _slash(tokens, at)
        dash = tokens[at].text == "-"
        if not slash and not dash:
            break
        after, end = _number(tokens, taken, slash or at + 1)
        if after is None:
            break
        if dash and house.number < after.number <= house.number + _WIDEST_JOINT:
            joint, at = after, end
            break
        # 12-3 is how some write 12/3.
        houses.append(after)
        house, at = after, end
    return Chain(tuple(houses), joint, _role(tokens, taken, start), start, at)


def _slash(tokens: Sequence[Token], at: int) -> int:
    """The index behind the slash at ``at``, written or spoken ("gạch chéo"); 0 if none."""
    if tokens[at].text == "/":
        return at + 1
    end = at
    while end < len(tokens) and tokens[end].kind == "w" and tokens[end].low in SLASHES:
        end += 1
    return end if end > at else 0


def _number(tokens: Sequence[Token], taken: Sequence[bool], at: int) -> tuple[House | None, int]:
    """The house number at ``at`` with its letter, and the index behind it."""
    if at >= len(tokens) or taken[at]:
        return None, at
    token = tokens[at]
    if token.kind == "n" and (len(token.low) > 1 or token.suffix):
        figures, end = token.low, at + 1
        if token.suffix:
            return parse_house(figures + token.suffix), end
    else:
        figures, end = _spoken(tokens, taken, at)
        if not figures:
            return None, at
    suffix = ""
    if end < len(tokens) and not taken[end]:
        token = tokens[end]
        if token.kind == "w" and token.low in LETTERS:
            suffix, end = LETTERS[token.low], end + 1
    return parse_house(figures + suffix), end


def _spoken(tokens: Sequence[Token], taken: Sequence[bool], at: int) -> tuple[str, int]:
    """A number said in words or figure by figure; recognisers put commas between figures."""
    words: list[str] = []
    ends: list[int] = []
    end = at
    while end < len(tokens) and not taken[end]:
        token = tokens[end]
        figure = token.kind == "n" and len(token.low) == 1 and not token.suffix
        if figure or (token.kind == "w" and is_number_word(token.low)):
            words.append(token.low)
            ends.append(end + 1)
        elif not (token.text == "," and _figure(tokens, end - 1) and _figure(tokens, end + 1)):
            break
        end += 1
    if not words:
        return "", at
    figures, used = read_number(words)
    return figures, ends[used - 1] if used else at


def _figure(tokens: Sequence[Token], at: int) -> bool:
    if not 0 <= at < len(tokens):
        return False
    return tokens[at].kind == "n" and len(tokens[at].low) == 1 and not tokens[at].suffix


def _role(tokens: Sequence[Token], taken: Sequence[bool], start: int) -> str:
    """What the words before a number make of it."""
    seen_house = False
    at = start - 1
    for _ in range(4):
        if at < 0 or taken[at]:
            break  # the "Tổ" of Lý Thái Tổ is no tổ
        token = tokens[at]
        if token.kind == "s" and token.text in ".:":
            at -= 1
            continue
        if token in HEM or (token.low == "h" and at == start - 2):
            return "hem"
        if token in NGO:
            return "ngo"
        if token in NGACH:
            return "ngach"
        if token in _QUARTER or token.low in ("dân", "dan"):
            return "quarter"
        if is_street_word(tokens, at):
            return "street"
        if token in LOT:
            return "lot"
        if token in NO_HOUSE:
            return "other"
        if token in HOUSE:
            seen_house = True
        elif token not in _SKIPPED:
            break
        at -= 1
    return "house" if seen_house else ""
