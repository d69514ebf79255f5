"""Blocks of flats and their lots, found in a text: "lô B chung cư Phú Thọ"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.quarters.address import Address
from knowledge.quarters.chains import find_chains
from knowledge.quarters.house import path_text
from knowledge.quarters.names import squeezed
from knowledge.quarters.spoken import LETTERS
from knowledge.quarters.streets import phrase_at
from knowledge.quarters.table import QuarterTable, building_key
from knowledge.quarters.tokens import LOT, Token

_PREFIXES = (("chung", "cư"), ("chung", "cu"), ("cc",), ("cao", "ốc"), ("tòa", "nhà"),
             ("toà", "nhà"), ("khu", "tập", "thể"))  # fmt: skip
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class _Lot:
    label: str
    start: int
    end: int


def find_building(
    table: QuarterTable, tokens: Sequence[Token], taken: list[bool], address: Address
) -> Address:
    """``address`` with the block and lot that are named; their tokens are taken."""
    lot = _lot(tokens)
    starts = [(at, at + size) for at in range(len(tokens)) if (size := _prefix(tokens, at))]
    if not starts and not lot:
        return address
    if lot and lot.end < len(tokens):
        starts.append((lot.start, lot.end))
    label = lot.label if lot else ""
    for begin, at in starts:
        for end in range(min(len(tokens), at + _MOST_WORDS), at, -1):
            span = tokens[at:end]
            if any(taken[at:end]) or any(token.kind == "s" for token in span):
                continue
            lots = table.buildings.get(squeezed(" ".join(token.text for token in span)))
            if lots:
                taken[begin:end] = [True] * (end - begin)
                if lot:
                    taken[lot.start : lot.end] = [True] * (lot.end - lot.start)
                name = next(iter(lots.values())).building
                return replace(address, building=name, lot=label)
    for begin, at in starts:
        if _prefix(tokens, begin) and not taken[begin]:
            phrase = phrase_at(tokens, at, taken)
            if phrase and building_key(phrase):
                prefix = " ".join(token.low for token in tokens[begin:at])
                return replace(address, building=f"{prefix} {phrase}", lot=label)
    return address


def _prefix(tokens: Sequence[Token], at: int) -> int:
    """How many tokens at ``at`` say "block of flats"; 0 for none."""
    for words in _PREFIXES:
        if tuple(token.low for token in tokens[at : at + len(words)]) == words:
            return len(words)
    return 0


def _lot(tokens: Sequence[Token]) -> _Lot | None:
    for at, token in enumerate(tokens[:-1]):
        if token not in LOT:
            continue
        after = tokens[at + 1]
        behind = tokens[at + 2] if at + 2 < len(tokens) else None
        letter = LETTERS.get(after.low, after.text.upper() if len(after.low) == 1 else "")
        if after.kind == "w" and letter:
            if behind and behind.kind == "n":  # "B2" is two tokens
                return _Lot(letter + behind.text.upper(), at, at + 3)
            return _Lot(letter, at, at + 2)
        rest = tokens[at + 1 :]
        chains = find_chains(rest, [False] * len(rest))
        if chains and chains[0].start == 0:
            return _Lot(path_text(chains[0].houses), at, at + 1 + chains[0].end)
    return None
