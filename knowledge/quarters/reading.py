"""From what was typed or said to an address, with what is doubtful about it.

Names are found first (ward, building, street), then numbers in what is left, so that the street
3 Tháng 2 is no house number and "số 3" no street.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge.quarters.address import Address
from knowledge.quarters.buildings import find_building
from knowledge.quarters.chains import Chain, find_chains
from knowledge.quarters.house import path_text
from knowledge.quarters.names import nfc, street_key
from knowledge.quarters.numbering import address_numbers, house_chain, leads_told
from knowledge.quarters.streets import Hit, choose, phrase_at
from knowledge.quarters.table import QuarterTable
from knowledge.quarters.tokens import (
    AFTER,
    BEFORE,
    HEM,
    NGACH,
    NGO,
    STREET,
    Token,
    WordSet,
    is_street_word,
    tokenize,
)
from knowledge.quarters.units import Units, load_units
from knowledge.quarters.wards import find_mentions, is_ours

_ODD, _EVEN = WordSet("lẻ"), WordSet("chẵn")
_LONGEST_TEXT = 400
"""Characters; nobody's address is longer, and a pasted page must not take seconds."""


@dataclass(frozen=True, slots=True)
class Said:
    """An address as it was understood."""

    address: Address
    """Without a street when :attr:`streets` are only guesses."""
    streets: tuple[str, ...] = ()
    """Streets that may be meant, best first; to be asked back."""
    other_order: Address | None = None
    """The same numbers read the other way round (6A/45/123), when both ways make sense."""


def read_address(
    table: QuarterTable,
    text: str,
    *,
    known: Mapping[str, str] | None = None,
    units: Callable[[], Units] = load_units,
    expecting: bool = False,
) -> Said:
    """What address ``text`` names.

    ``known`` are slots that are already settled: ``street`` and ``number``. ``expecting`` takes
    a number that stands by itself for the house ("mười hai" as an answer to "số mấy?").
    """
    known = {name: nfc(value) for name, value in (known or {}).items() if value.strip()}
    tokens = tokenize(text[:_LONGEST_TEXT])
    taken = [False] * len(tokens)
    address = Address()
    mentions = find_mentions(tokens, lambda name: is_ours(table, name) or units().known(name))
    named = table.streets.find(tokens, taken) if mentions else []
    for mention in mentions:
        if any(hit.start <= mention.start < hit.end for hit in named):
            continue  # "Huyện" of Bà Huyện Thanh Quan, "xá" of Cư xá Phú Bình
        taken[mention.start : mention.end] = [True] * (mention.end - mention.start)
        if mention.kind == "ward" and not address.ward:
            address = replace(address, ward=mention.said)
        elif mention.kind == "district":
            address = replace(address, district=mention.said)
    address = find_building(table, tokens, taken, address)
    hits = choose(table.streets.find(tokens, taken), tokens)
    for hit in hits:
        taken[hit.start : hit.end] = [True] * (hit.end - hit.start)
    chains = leads_told(table, tokens, hits, find_chains(tokens, taken))
    if "number" in known:
        numbered = tokenize(known["number"])
        chains = [
            replace(c, role=c.role or "house", start=-1, end=-1)
            for c in find_chains(numbered, [False] * len(numbered))
        ] or chains
    house = house_chain(chains, hits, tokens, expecting or "number" in known)
    address = address_numbers(address, chains, house, hanoi=table.hanoi_order)
    address = _sides(tokens, taken, chains, address, expecting)
    said = _street(table, tokens, taken, hits, chains, house, address, known)
    said = _trailing_ward(table, tokens, taken, hits, said, units)
    return _other_order(table, chains, house, said)


def _sides(
    tokens: Sequence[Token], taken: Sequence[bool], chains: Sequence[Chain], address: Address,
    expecting: bool,
) -> Address:  # fmt: skip
    """Only a side ("bên số chẵn"), or an alley without its number ("trong hẻm")."""
    held = {n for c in chains for n in range(c.start, c.end)}
    for at, token in enumerate(tokens):
        if at in held or taken[at]:
            continue
        odd = token in _ODD
        if odd or token in _EVEN:
            before = tokens[at - 1].low if at else ""
            if expecting or before in ("số", "bên", "phía", "dãy", "nhà", "mặt", "so", "ben"):
                address = replace(address, parity="O" if odd else "E")
        if (token in HEM or token in NGO or token in NGACH) and not address.alley:
            address = replace(address, in_alley=True)
    return address


def _street(
    table: QuarterTable, tokens: Sequence[Token], taken: Sequence[bool], hits: Sequence[Hit],
    chains: Sequence[Chain], house: Chain | None, address: Address, known: Mapping[str, str],
) -> Said:  # fmt: skip
    if "street" in known:
        key = street_key(known["street"])
        for name in table.streets.names:
            if street_key(name) == key:
                return Said(replace(address, street=name))
        guessed = table.streets.guess(known["street"])
        return Said(replace(address, said_street=known["street"]), tuple(guessed))
    names = list(dict.fromkeys(name for hit in hits for name in hit.streets))
    if len(names) == 1 and all(hit.certain for hit in hits):
        return Said(replace(address, street=names[0]))
    phrase = "" if names else _phrase(tokens, taken, chains, house)
    if names:
        # "Hai Bà Chưng" holds Đường số 2, which is not what it sounds most like.
        begin, end = hits[0].start, max(hit.end for hit in hits)
        around = _words_round(tokens, begin, end)
        names = list(dict.fromkeys((*table.streets.guess(around), *names)))
        return Said(replace(address, said_street=around), tuple(names[:3]))
    if not phrase:
        return Said(address)
    # A framing word may be part of the name: "cư xá đường xắt", "đê na thành".
    guessed = table.streets.guess(phrase, *_longer_phrases(tokens, phrase))
    return Said(replace(address, said_street=phrase), tuple(guessed))


def _words_round(tokens: Sequence[Token], begin: int, end: int) -> str:
    """The words ``begin`` to ``end`` with those around them that frame nothing."""
    while begin and tokens[begin - 1].kind == "w" and tokens[begin - 1] not in BEFORE:
        begin -= 1
    while end < len(tokens) and tokens[end].kind == "w" and tokens[end] not in AFTER:
        end += 1
    return " ".join(token.text for token in tokens[begin:end])


def _longer_phrases(tokens: Sequence[Token], phrase: str) -> list[str]:
    """``phrase`` with the one and the two words behind it, framing words too."""
    words = phrase.split()
    for at in range(len(tokens) - len(words) + 1):
        if [t.text for t in tokens[at : at + len(words)]] == words:
            behind = []
            for token in tokens[at + len(words) :][:2]:
                if token.kind != "w":
                    break
                behind.append(token.text)
            return [" ".join((phrase, *behind[: n + 1])) for n in range(len(behind))]
    return []


def _phrase(
    tokens: Sequence[Token], taken: Sequence[bool], chains: Sequence[Chain], house: Chain | None
) -> str:
    """The words that must be the street's name, though the table has none like it."""
    numbered = [c for c in chains if c.role == "street"]
    if numbered and all(c.end >= len(tokens) or tokens[c.end].low != "tháng" for c in numbered):
        return f"đường số {path_text(numbered[0].houses)}"
    starts = [at + 1 for at in range(len(tokens)) if is_street_word(tokens, at)]
    if numbered:
        words = [t.text for t in tokens[numbered[0].start : numbered[0].end + 2]]
        return " ".join(words)
    if house and house.end >= 0:
        starts += [house.end]
        while starts[-1] < len(tokens) and (
            tokens[starts[-1]].text == "," or tokens[starts[-1]] in STREET
        ):
            starts[-1] += 1
    starts += [0]
    while starts[-1] < len(tokens) and (
        tokens[starts[-1]] in BEFORE or tokens[starts[-1]].kind != "w"
    ):
        starts[-1] += 1
    for start in starts:
        phrase = phrase_at(tokens, start, taken)
        if phrase and not _is_framing(phrase):
            return phrase
    return ""


def _is_framing(phrase: str) -> bool:
    """Whether only words of the question are left ("thuộc khu phố nào")."""
    return all(token in AFTER or token in BEFORE for token in tokenize(phrase))


def _trailing_ward(
    table: QuarterTable, tokens: Sequence[Token], taken: Sequence[bool], hits: Sequence[Hit],
    said: Said, units: Callable[[], Units],
) -> Said:  # fmt: skip
    """A ward named without the word for it, behind a comma: "12 Lê Lợi, Bến Thành"."""
    if said.address.ward or not hits:
        return said
    start = hits[-1].end
    if start >= len(tokens) or tokens[start].text != ",":
        return said
    end = start + 1
    while end < len(tokens) and tokens[end].kind == "w" and not taken[end] and end < start + 5:
        end += 1
    for last in range(end, start + 2, -1):  # names of one syllable are words of any sentence
        name = " ".join(token.text for token in tokens[start + 1 : last])
        if is_ours(table, name) or units().new(name, table.province):
            return replace(said, address=replace(said.address, ward=f"phường {name}"))
    return said


def _other_order(
    table: QuarterTable, chains: Sequence[Chain], house: Chain | None, said: Said
) -> Said:
    """6A/45/123 said the Hanoi way: only a letter in front tells."""
    if (
        house is None
        or len(house.houses) < 2
        or any(c.role in ("ngo", "ngach", "hem") for c in chains)
    ):
        return said
    first, last = house.houses[0], house.houses[-1]
    if table.order_known or not first.suffix or last.suffix:
        return said
    turned = tuple(reversed(house.houses))
    other = replace(said.address, alley=path_text(turned[:-1]), house=str(turned[-1]))
    return replace(said, other_order=other)
