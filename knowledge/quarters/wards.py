"""Which ward an address names, and whether it is ours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from knowledge.quarters.names import squeezed
from knowledge.quarters.spoken import read_number
from knowledge.quarters.table import QuarterTable
from knowledge.quarters.tokens import AFTER, Token, WordSet
from knowledge.quarters.units import Unit, Units, unit_key

_WARD = WordSet("phường xã")
_DISTRICT = WordSet("quận huyện")
_OURS = frozenset(
    ["này", "mình", "ta", "tôi", "cũ", "mới", "nào", "mấy", "đó", "hội", "của", "nao", "may"]
)
"""Behind "phường" these are no name ("phường mình", "phường nào", "xã hội")."""

_MOST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Mention:
    """A ward or district that a text names: tokens ``start`` to ``end``."""

    kind: str
    """``ward``, ``district`` or ``province``."""
    name: str
    """As said, without the word for what it is: "7", "Bình Thới"."""
    said: str
    """With that word."""
    start: int
    end: int


def find_mentions(tokens: Sequence[Token], known: Callable[[str], bool]) -> list[Mention]:
    """Wards, districts and provinces; ``known`` tells whether a ward is called so."""
    found = []
    at = 0
    while at < len(tokens):
        mention = _mention(tokens, at, known)
        if mention:
            found.append(mention)
        at = mention.end if mention else at + 1
    return found


def _mention(tokens: Sequence[Token], at: int, known: Callable[[str], bool]) -> Mention | None:
    token = tokens[at]
    after = at + 1
    dotted = after < len(tokens) and tokens[after].text == "."
    if dotted:
        after += 1
    if after >= len(tokens):
        return None
    short = dotted or tokens[after].kind == "n"
    if token in _WARD or (token.low in ("p", "f") and short):
        kind = "ward"
    elif token in _DISTRICT or (token.low == "q" and short):
        kind = "district"
    elif token.low in ("tp", "tỉnh", "tphcm", "hcm") or _is_city(tokens, at):
        return _province(tokens, at, after + 1 if _is_city(tokens, at) else after)
    else:
        return None
    if tokens[after].low in ("số", "so") and after + 1 < len(tokens):
        after += 1
    name, end = _name(tokens, after, known if kind == "ward" else lambda _: False)
    if not name or (token.low in ("xã", "xa") and not known(name)):
        return None
    word = {"p": "phường", "f": "phường", "q": "quận"}.get(token.low, token.low)
    return Mention(kind, name, f"{word} {name}", at, end)


def _is_city(tokens: Sequence[Token], at: int) -> bool:
    return (
        tokens[at].low in ("thành", "thanh")
        and at + 1 < len(tokens)
        and (tokens[at + 1].low in ("phố", "pho"))
    )


def _province(tokens: Sequence[Token], at: int, after: int) -> Mention | None:
    if tokens[at].low in ("tphcm", "hcm"):
        return Mention("province", "Hồ Chí Minh", tokens[at].text, at, at + 1)
    end = after
    while end < len(tokens) and end < after + 3 and tokens[end].kind == "w":
        if tokens[end] in AFTER:
            break
        end += 1
    name = " ".join(t.text for t in tokens[after:end])
    return Mention("province", name, f"thành phố {name}", at, end) if name else None


def _name(tokens: Sequence[Token], start: int, known: Callable[[str], bool]) -> tuple[str, int]:
    first = tokens[start]
    if first.kind == "n":
        return first.low.lstrip("0") or first.low, start + 1
    if first.kind != "w" or first.low in _OURS:
        return "", start
    words = []
    for token in tokens[start : start + _MOST_WORDS]:
        if token.kind != "w":
            break
        words.append(token)
    for size in range(len(words), 0, -1):
        name = " ".join(token.text for token in words[:size])
        if known(name):
            return name, start + size
    figures, used = read_number([token.low for token in words])
    if used:
        return figures, start + used
    size = 1
    while size < len(words) and words[size] not in AFTER:
        size += 1
    return " ".join(token.text for token in words[:size]), start + size


@dataclass(frozen=True, slots=True)
class WardVerdict:
    """Whose ward was named."""

    kind: str
    """``ours``, ``other``, or ``unclear``."""
    other: str = ""
    """Name of the other ward of today."""
    old: str = ""
    """Name of the ward of before that was said, when it was one."""


def judge_ward(
    table: QuarterTable, ward: str, district: str, units: Callable[[], Units]
) -> WardVerdict:
    """Whether the ward that was said is the table's.

    ``ward`` is as said ("phường 7", "Bình Thới"), ``district`` too or empty.
    """
    key, district_key = unit_key(ward), unit_key(district) if district else ""
    if table.ward and key == unit_key(table.ward):
        return WardVerdict("ours")
    ours = [d for w, d in table.old_wards if w == key]
    if ours and (not district or "" in ours or district_key in ours):
        return WardVerdict("ours")
    if not table.ward and not table.old_wards:
        return WardVerdict("unclear")
    near = {d for _, d in table.old_wards if d}
    old = _best_old(units().old(ward, district, table.province), district_key, near)
    new = [] if district or key.isdecimal() else units().new(ward, table.province)
    if new and (not old or unit_key(new[0].province) == unit_key(table.province)):
        return WardVerdict("other", new[0].ward)
    if old:
        return WardVerdict("other", " hoặc ".join(old.became), old.name)
    if key.isdecimal():
        return WardVerdict("other", f"phường {ward}".replace("phường phường", "phường"))
    return WardVerdict("unclear")


def _best_old(found: Sequence[Unit], district: str, near: set[str]) -> Unit | None:
    """The ward meant: in the district that was said, else in one of our wards' districts."""
    if district:
        return found[0] if found else None
    beside = [unit for unit in found if unit_key(unit.district) in near]
    if beside:
        return beside[0]
    # "Phường 5" alone could be anywhere; a name of its own is what it says.
    named = [unit for unit in found if not unit_key(unit.ward).isdecimal()]
    return named[0] if named else None


def is_ours(table: QuarterTable, name: str) -> bool:
    """Whether ``name`` is the table's ward or one of those it was made of."""
    key = unit_key(name)
    return bool(squeezed(name)) and (
        (bool(table.ward) and key == unit_key(table.ward))
        or any(ward == key for ward, _ in table.old_wards)
    )
