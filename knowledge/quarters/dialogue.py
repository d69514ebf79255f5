"""A follow-up answer refines the address that was understood before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from knowledge.quarters.address import Address
from knowledge.quarters.answer import Choice, QuarterAnswer, ask
from knowledge.quarters.lookup import decide, lookup
from knowledge.quarters.names import squeezed
from knowledge.quarters.reading import Said, read_address
from knowledge.quarters.table import QuarterTable
from knowledge.quarters.tokens import tokenize
from knowledge.quarters.units import Units, load_units

_YES = frozenset(("dung", "phai", "u", "vang", "da", "duoc", "co", "chinhno", "dungroi", "phairoi",
                  "uh", "ok", "chinhxac"))  # fmt: skip
_NO = frozenset(("khong", "sai", "khongphai", "chua", "hong", "khongdung", "sairoi", "hongphai"))
_ORDER = {"mot": 0, "nhat": 0, "dau": 0, "1": 0, "hai": 1, "2": 1, "ba": 2, "3": 2, "sau": -1,
          "cuoi": -1}  # fmt: skip
_ORDER_WORDS = frozenset(("thu", "cai", "duong", "cau", "chon", "muc"))


def refine(
    table: QuarterTable,
    previous: QuarterAnswer,
    text: str,
    *,
    units: Callable[[], Units] = load_units,
) -> QuarterAnswer:
    """The answer when ``text`` follows the question of ``previous``.

    A whole new address replaces the old one; a part ("số chẵn", "hẻm bốn lăm", "đúng rồi", one
    of the choices) completes it. What cannot be used asks the same question again.
    """
    chosen = _choice(previous, text)
    if chosen is not None:
        return lookup(table, chosen, units=units)
    if previous.missing in ("street_is", "ward") and squeezed(text) in _NO:
        if previous.missing == "street_is":
            kept = replace(previous.address, said_street="")
            return ask(table, kept, "street", "street")
        return ask(table, Address(), "address", "address")
    said = read_address(table, text, units=units, expecting=True)
    if previous.missing == "lot":
        lot = _lot(text)
        if lot:
            return lookup(table, replace(previous.address, lot=lot), units=units)
    merged = _merged(previous, said.address)
    if merged == previous.address and not said.streets:
        return previous
    order = said.other_order and _merged(previous, said.other_order)
    return decide(table, Said(merged, said.streets, order or None), units)


def _choice(previous: QuarterAnswer, text: str) -> Address | None:
    """The offered answer that ``text`` takes: by name, by place, or by a plain yes."""
    choices = previous.choices
    if not choices:
        return None
    key = squeezed(text)
    if key in _YES and len(choices) == 1:
        return choices[0].address
    named = [c for c in choices if _labelled(c, key)]
    if len(named) == 1:
        return named[0].address
    words = [squeezed(token.text) for token in tokenize(text)]
    if len(words) > 1 and words[0] in _ORDER_WORDS and words[-1] in _ORDER:
        at = _ORDER[words[-1]]
        if previous.missing in ("street", "order", "old_ward") and at < len(choices):
            return choices[at].address
    return None


def _labelled(choice: Choice, key: str) -> bool:
    label = squeezed(choice.label)
    return key in (label, label.removeprefix("duong"), label.removeprefix("so"), f"la{label}")


def _lot(text: str) -> str:
    tokens = [t for t in tokenize(text) if t.low not in ("lô", "lo", "block", "khối", "là", "ạ")]
    if len(tokens) == 1 and len(tokens[0].text) <= 3:
        return tokens[0].text.upper()
    if len(tokens) == 2 and len(tokens[0].text) == 1 and tokens[1].kind == "n":
        return (tokens[0].text + tokens[1].text).upper()
    return ""


def _merged(previous: QuarterAnswer, new: Address) -> Address:
    """``new`` over the address of ``previous``; parts that were not said again stay."""
    old = previous.address
    if new.street and old.street and new.street != old.street:
        return new  # another address altogether
    merged = replace(
        old,
        street=new.street or old.street,
        said_street="" if new.street or old.street else new.said_street or old.said_street,
        ward=new.ward or old.ward,
        district=new.district or (old.district if not new.ward else ""),
        ward_is_ours=old.ward_is_ours and not new.ward,
        parity=new.parity or old.parity,
        building=new.building or old.building,
        lot=new.lot or old.lot,
        old_quarter=new.old_quarter or old.old_quarter,
        in_alley=old.in_alley or new.in_alley,
    )
    if previous.missing == "alley" and new.house and not new.alley:
        # "hẻm số mấy?" – "bốn lăm", or "123/45" for hẻm 123, nhà 45.
        return replace(merged, alley=new.house, house="", in_alley=True)
    if new.house or new.alley:
        keep_alley = previous.missing == "house" and old.alley and not new.alley
        alley = old.alley if keep_alley else new.alley
        house = new.house
        if new.alley and not new.house and old.house:
            house = old.house  # "hẻm bốn lăm" behind "số 12"
        return replace(merged, alley=alley, house=house, joint=new.joint)
    return merged
