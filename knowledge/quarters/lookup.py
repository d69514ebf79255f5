"""From an address to its quarter, by the rule of precedence.

1. ``house``     the house is listed by itself (in its alley, or on the street)
   ``building``  the block of flats, or its lot, is listed
2. ``alley``     its alley is listed; the innermost listed alley decides
3. ``mouth``     the alley's mouth, its first number, lies in a range of the street
4. ``range``     the house's number lies in a range of the street
5. ``street``    the whole street is listed
   otherwise     ask back

docs/quarters.md says the same with examples; tests/quarters proves each step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from knowledge.quarters.address import Address
from knowledge.quarters.answer import (
    Choice,
    QuarterAnswer,
    address_text,
    ask,
    found,
    other_ward,
    street_text,
    unknown,
)
from knowledge.quarters.house import House, parse_house
from knowledge.quarters.names import squeezed
from knowledge.quarters.reading import Said, read_address
from knowledge.quarters.rows import Row
from knowledge.quarters.table import QuarterTable, Way, building_key
from knowledge.quarters.units import Units, load_units, unit_key
from knowledge.quarters.wards import judge_ward

_MOST_OFFERED = 6
"""More choices than this do not fit on a screen and are not listened to."""


def lookup(
    table: QuarterTable,
    asked: str | Address,
    *,
    known: Mapping[str, str] | None = None,
    units: Callable[[], Units] = load_units,
) -> QuarterAnswer:
    """The quarter of an address, or the question that is still open.

    ``asked`` is what was typed or said, in any form, or an address whose parts are known.
    ``known`` are slots that the dialogue has settled (``street``, ``number``); they outrank what
    the text holds.
    """
    if isinstance(asked, Address):
        return decide(table, Said(asked), units)
    return decide(table, read_address(table, asked, known=known, units=units), units)


def decide(
    table: QuarterTable, said: Said, units: Callable[[], Units] = load_units
) -> QuarterAnswer:
    """The answer to an address that was read."""
    address = said.address
    if address.is_empty:
        return ask(table, address, "address", "address")
    if address.ward and not address.ward_is_ours:
        verdict = judge_ward(table, _name(address.ward), _name(address.district), units)
        if verdict.kind == "other":
            return other_ward(table, address, verdict.other, verdict.old)
        if verdict.kind == "unclear" and table.ward:
            ours = replace(address, ward=table.ward, ward_is_ours=True)
            return ask(
                table, address, "ward", "ward", (Choice(table.ward, ours),),
                said=_name(address.ward), ward=table.ward[0].lower() + table.ward[1:],
            )  # fmt: skip
    if address.building:
        in_building = _building(table, address)
        if in_building:
            return in_building
    if not address.street:
        return _without_street(table, said)
    answer = _on_street(table, address)
    if said.other_order and answer.status != "other_ward":
        other = _on_street(table, said.other_order)
        if (other.status, other.quarter) != (answer.status, answer.quarter):
            return _which_order(table, answer, other)
    return answer


def _name(said: str) -> str:
    """A ward or district as said, without the word for what it is."""
    first, _, rest = said.partition(" ")
    return rest if first.lower() in ("phường", "xã", "quận", "huyện") and rest else said


def _without_street(table: QuarterTable, said: Said) -> QuarterAnswer:
    address = said.address
    if said.streets:
        choices = tuple(
            Choice(street_text(table, name), replace(address, street=name, said_street=""))
            for name in said.streets
        )
        labels = [choice.label for choice in choices]
        if len(labels) == 1:
            return ask(table, address, "street_is", "street_is", choices, street=labels[0])
        if len(labels) == 2:
            return ask(
                table, address, "street", "street_which", choices, first=labels[0],
                second=labels[1],
            )  # fmt: skip
        return ask(table, address, "street", "street_many", choices, streets=", ".join(labels))
    if address.said_street and not address.old_quarter:
        return unknown(table, address, "unknown_street")
    if address.building:
        return unknown(table, address, "unknown_building")
    if address.old_quarter:
        return _old_quarter(table, address)
    return ask(table, address, "street", "street")


def _old_quarter(table: QuarterTable, address: Address) -> QuarterAnswer:
    quarter = squeezed(address.old_quarter)
    wards = {
        ward: quarters
        for (label, key), by_ward in table.old_quarters.items()
        for ward, quarters in by_ward.items()
        if label == quarter and (not address.ward or key == unit_key(_name(address.ward)))
    }
    if not wards:
        return unknown(table, address, "unknown_quarter")
    if len(wards) > 1:
        choices = tuple(Choice(w, replace(address, ward=w, ward_is_ours=True)) for w in wards)
        names = ", ".join(wards)
        return ask(table, address, "old_ward", "old_ward", choices, wards=names)
    ((ward, quarters),) = wards.items()
    address = replace(address, ward=f"{ward} cũ", district="", ward_is_ours=True)
    if len(quarters) == 1:
        row = next(
            r for r in table.rows
            if r.old_ward == ward and squeezed(r.old_quarter) == quarter
        )  # fmt: skip
        return found(table, address, row, "quarter")
    names = _listed(table.quarter_name(label) for label in quarters)
    return ask(table, address, "address", "split_quarter", quarters=names)


def _building(table: QuarterTable, address: Address) -> QuarterAnswer | None:
    lots = table.buildings.get(building_key(address.building))
    if lots is None:
        return None
    row = lots.get(address.lot) or (lots.get("") if address.lot else None)
    if row is None and len({r.quarter for r in lots.values()}) == 1 and not address.lot:
        row = next(iter(lots.values()))
    if row is None and set(lots) == {""}:
        row = lots[""]
    if row is not None:
        return found(table, address, row, "building")
    choices = tuple(
        Choice(f"lô {lot}", replace(address, lot=lot)) for lot in sorted(lots) if lot
    )  # fmt: skip
    return ask(table, replace(address, lot=""), "lot", "lot", choices[:_MOST_OFFERED])


def _on_street(table: QuarterTable, address: Address) -> QuarterAnswer:
    ways = table.ways[address.street]
    path, house = address.alley_path, address.house_number
    if house is not None:
        decided = _row(ways, path, house)
        if decided is None:
            return ask(
                table, replace(address, alley="", house="", joint=""), "number", "number_missing",
                address=address_text(table, address),
            )  # fmt: skip
        second = parse_house(address.joint) if address.joint else None
        if second is not None:
            other = _row(ways, path, second)
            if other and other[0].quarter != decided[0].quarter:
                return _split(table, address, decided[0], other[0])
        return found(table, address, *decided)
    if path:
        return _alley_only(table, ways, address, path)
    return _street_only(table, ways, address)


def _row(
    ways: Mapping[tuple[House, ...], Way], path: tuple[House, ...], house: House
) -> tuple[Row, str] | None:
    """The deciding row for a house, and the rule. Inner alleys decide before outer ones."""
    way = ways.get(path)
    if way and house in way.houses:
        return way.houses[house], "house"
    listed = way.range_of(house) if way else None
    if listed is not None and listed.kind == "house":
        return listed, "house"
    number = house
    for depth in range(len(path), 0, -1):
        way = ways.get(path[:depth])
        if way:
            row = way.range_of(number) or way.whole
            if row:
                return row, "alley"
        # Seen from the alley around it, an alley is the number at its mouth.
        number = path[depth - 1]
    street = ways[()]
    row = street.range_of(number)
    if row:
        return row, "mouth" if path else "range"
    return (street.whole, "street") if street.whole else None


def _alley_only(
    table: QuarterTable, ways: Mapping[tuple[House, ...], Way], address: Address,
    path: tuple[House, ...],
) -> QuarterAnswer:  # fmt: skip
    """An alley without a house: found when every house in it has one quarter."""
    outer = _row(ways, path[:-1], path[-1]) if path not in ways else None
    inside: list[Row] = []
    for known, way in ways.items():
        if known[: len(path)] == path:
            inside += way.all_rows()
    own = ways.get(path)
    if own is None or (own.whole is None and not own.rows):
        # Nothing covers the alley as a whole: what covers its mouth does.
        outer = _mouth(ways, path)
    if outer:
        inside.append(outer[0])
    quarters = {row.quarter for row in inside}
    if len(quarters) == 1:
        return found(table, address, inside[0] if own else inside[-1], _rule(own, outer))
    if quarters:
        return ask(table, address, "house", "house_in_alley")
    cleared = replace(address, alley="", in_alley=True)
    shown = address_text(table, address)
    return ask(table, cleared, "number", "number_missing", address=shown)


def _rule(own: Way | None, outer: tuple[Row, str] | None) -> str:
    if own is not None and (own.whole or own.rows):
        return "alley"
    return outer[1] if outer else "alley"


def _mouth(
    ways: Mapping[tuple[House, ...], Way], path: tuple[House, ...]
) -> tuple[Row, str] | None:
    """What covers the mouth of an alley, whose number is a house's neighbour, not a house."""
    for depth in range(len(path) - 1, -1, -1):
        way = ways.get(path[:depth])
        if way:
            row = way.range_of(path[depth]) or way.whole
            if row:
                if depth:
                    return row, "alley"
                return row, "street" if row is way.whole else "mouth"
    return None


def _street_only(
    table: QuarterTable, ways: Mapping[tuple[House, ...], Way], address: Address
) -> QuarterAnswer:
    """A street, perhaps with its side: found when all that is left has one quarter."""
    if address.in_alley:
        return ask(table, address, "alley", "alley")
    street = ways[()]
    everything = [row for way in ways.values() for row in way.all_rows()]
    if not everything:
        return ask(table, address, "number", "number")
    if len({row.quarter for row in everything}) == 1:
        row = street.whole or everything[0]
        return found(table, address, row, "street" if row is street.whole else _kind(row))
    sides = {side: {row.quarter for row in street.side(side)} for side in ("O", "E")}
    plain = street.whole is None and set(ways) == {()} and not street.houses
    if plain and all(len(quarters) == 1 for quarters in sides.values()):
        if address.parity:
            return found(table, address, street.side(address.parity)[0], "range")
        choices = tuple(
            Choice(label, replace(address, parity=side))
            for side, label in (("E", "số chẵn"), ("O", "số lẻ"))
        )
        return ask(table, address, "parity", "parity", choices)
    return ask(table, address, "number", "number")


def _kind(row: Row) -> str:
    return "alley" if row.alley else row.kind


def _split(table: QuarterTable, address: Address, first: Row, second: Row) -> QuarterAnswer:
    one = replace(address, joint="")
    two = replace(address, house=address.joint, joint="")
    choices = (Choice(f"số {one.house}", one), Choice(f"số {two.house}", two))
    return ask(
        table, address, "number", "number_split", choices,
        first=table.quarter_name(first.quarter), second=table.quarter_name(second.quarter),
        numbers=f"{one.house} hay {two.house}",
    )  # fmt: skip


def _which_order(table: QuarterTable, one: QuarterAnswer, two: QuarterAnswer) -> QuarterAnswer:
    choices = tuple(
        Choice(f"nhà {a.house}, hẻm {a.alley}", a) for a in (one.address, two.address)
    )  # fmt: skip
    return ask(
        table, one.address, "order", "order", choices, first=one.address.house,
        first_alley=one.address.alley, second=two.address.house, second_alley=two.address.alley,
    )  # fmt: skip


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} và {last}" if most else last
