"""Which of the numbers in a text are the house and the alleys of its address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.quarters.address import Address
from knowledge.quarters.chains import Chain
from knowledge.quarters.house import House, path_text
from knowledge.quarters.streets import Hit
from knowledge.quarters.table import QuarterTable
from knowledge.quarters.tokens import HEM, HOUSE, NGACH, NGO, STREET, Token, WordSet, is_street_word

_LOOKS_UP = WordSet("tra tìm xem coi")


def leads_told(
    table: QuarterTable, tokens: Sequence[Token], hits: Sequence[Hit], chains: Sequence[Chain]
) -> list[Chain]:
    """Numbers behind "tra khu phố …" that are houses and not quarters of before.

    "Tra khu phố số 236 Lê Lợi" asks for the quarter of a house; "nhà 3 khu phố 5 đường Lê Lợi"
    names one.
    """
    if any(c.role == "house" for c in chains):
        return list(chains)
    labels = {label for label, _ in table.old_quarters} | {q.lower() for q in table.quarters}
    told = []
    for chain in chains:
        if chain.role == "quarter":
            first = chain.houses[0]
            before = tokens[max(0, chain.start - 4) : chain.start]
            asked = any(token in _LOOKS_UP for token in before)
            numbered = any(token in HOUSE for token in before)
            written = len(chain.houses) > 1 or bool(first.suffix) or str(first) not in labels
            beside = any(_beside(tokens, chain, hit) for hit in hits)
            alley = chain.end < len(tokens) and any(
                tokens[chain.end] in words for words in (HEM, NGO, NGACH)
            )
            street = chain.end < len(tokens) and is_street_word(tokens, chain.end)
            if written or ((asked or numbered) and (beside or alley or street)):
                chain = replace(chain, role="house")
        told.append(chain)
    return told


def house_chain(
    chains: Sequence[Chain], hits: Sequence[Hit], tokens: Sequence[Token], expecting: bool
) -> Chain | None:
    """The chain that is the house's number."""
    named = [c for c in chains if c.role == "house"]
    if named:
        return named[0]
    free = [c for c in chains if not c.role]
    for chain in free:
        if any(_beside(tokens, chain, hit) for hit in hits):
            return chain
    slashed = [c for c in free if len(c.houses) > 1]
    if slashed or expecting:
        return next(iter(slashed or free), None)
    # Figures stand for a house sooner than words do ("hai vợ chồng tôi ở …"); behind the street
    # they are a postal code or a telephone number.
    written = [
        c for c in free
        if tokens[c.start].kind == "n" and all(c.end <= hit.start for hit in hits)
    ]  # fmt: skip
    behind = [c for c in free if c.end < len(tokens) and tokens[c.end] in STREET]
    return next(iter(written or behind), None)


def _beside(tokens: Sequence[Token], chain: Chain, hit: Hit) -> bool:
    first, last = (chain.end, hit.start) if chain.end <= hit.start else (hit.end, chain.start)
    return first <= last and all(
        token.text in ",." or token in STREET or token in HOUSE for token in tokens[first:last]
    )


def address_numbers(
    address: Address, chains: Sequence[Chain], house: Chain | None, *, hanoi: bool
) -> Address:
    """Alley and house from the chains, from the street inwards."""
    by_role: dict[str, list[Chain]] = {"ngo": [], "ngach": [], "hem": []}
    for chain in chains:
        if chain.role in by_role:
            by_role[chain.role].append(chain)
    path: tuple[House, ...] = ()
    for role in ("ngo", "ngach", "hem"):
        for chain in by_role[role]:
            path = _joined(path, chain.houses)
    if house is None:
        lead = next((c for c in chains if c.role == "quarter"), None)
        if lead:
            address = replace(address, old_quarter=path_text(lead.houses))
        return replace(address, alley=path_text(path))
    numbers = house.houses
    if hanoi and len(numbers) > 1 and not path:
        numbers = tuple(reversed(numbers))
    path = _joined(path, numbers[:-1]) if len(numbers) > 1 else path
    joint = str(house.joint) if house.joint else ""
    return replace(address, alley=path_text(path), house=str(numbers[-1]), joint=joint)


def _joined(path: tuple[House, ...], inner: tuple[House, ...]) -> tuple[House, ...]:
    """``inner`` behind ``path``, unless it repeats it: ngõ 123 with ngách 123/45."""
    if path and len(inner) >= len(path) and inner[: len(path)] == path and len(inner) > 1:
        return inner
    if path == inner:
        return path
    return path + inner
