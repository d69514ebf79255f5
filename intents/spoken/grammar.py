"""What can be said for a house number, as a finite automaton over spoken words.

States are names; :func:`after` gives the words that may follow. A search by sound can walk the
same automaton word by word: a prefix that the sound does not support need not be extended.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_ONES = DIGITS[1:]
_LAST = ("mốt", "tư", "lăm")
_BEHIND_TENS = ("mốt", "hai", "ba", "bốn", "tư", "lăm", "sáu", "bảy", "tám", "chín")
_BEHIND_TEN = ("một", "hai", "ba", "bốn", "lăm", "sáu", "bảy", "tám", "chín")
SLASHES = ("xuyệt", "xẹt", "trên")
LETTERS = ("a", "bê", "xê", "dê")

START = "start"

_EDGES: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {
    START: ((_ONES, "row1"), (("mười",), "ten")),
    # Digits one by one, as many as four; the first may turn out to count tens or hundreds.
    "row1": ((DIGITS, "row2"), (_LAST, "done"), (("mươi",), "tens"), (("trăm",), "hundred"),
             (("nghìn", "ngàn"), "thousand")),
    "row2": ((DIGITS, "row3"), (_LAST, "done")),
    "row3": ((DIGITS, "row4"), (_LAST, "done")),
    "ten": ((_BEHIND_TEN, "done"),),
    "tens": ((_BEHIND_TENS, "done"),),
    "hundred": ((("linh", "lẻ"), "empty tens"), (("mười",), "ten"), (_ONES, "short"),
                (("rưỡi", "tư"), "done")),
    "short": ((("mươi",), "tens"), (_BEHIND_TENS, "done"), (("năm",), "done")),
    "empty tens": ((_ONES, "done"), (("tư",), "done")),
    "thousand": ((DIGITS, "hundreds"),),
    "hundreds": ((("trăm",), "hundred"),),
    "letter": (),
}  # fmt: skip

_WHOLE = frozenset(
    ("row1", "row2", "row3", "row4", "done", "ten", "tens", "hundred", "short", "thousand")
)
"""States in which a number may end."""


@lru_cache(maxsize=64)
def after(state: str, *, alleys: bool = True) -> tuple[tuple[str, str], ...]:
    """The words that may follow in ``state``, each with the state it leads to.

    ``alleys``: letters and slashes may follow a whole number.
    """
    edges = [(word, then) for words, then in _EDGES.get(state, ()) for word in words]
    if alleys and state in _WHOLE:
        edges += [(word, "letter") for word in LETTERS]
    if alleys and (state in _WHOLE or state == "letter"):
        edges += [(word, START) for word in SLASHES]
    return tuple(edges)


def may_end(state: str) -> bool:
    """Whether a number may end in ``state``."""
    return state in _WHOLE or state == "letter"


def accepts(words: Sequence[str], *, alleys: bool = True) -> bool:
    """Whether ``words`` are a whole number."""
    state = START
    for word in words:
        step = [then for said, then in after(state, alleys=alleys) if said == word]
        if not step:
            return False
        state = step[0]
    return bool(words) and may_end(state)


VOCABULARY: tuple[str, ...] = tuple(
    dict.fromkeys(word for state in (*_EDGES, *_WHOLE) for word, _ in after(state))
)
"""Every word of the automaton."""


def spellings(figures: str) -> list[tuple[str, ...]]:
    """How a numeral may have been said: by its value, in the short form, digit by digit."""
    digits = figures.lstrip("0")
    if not digits:
        return [tuple(DIGITS[0] for _ in figures)]
    found = [tuple(DIGITS[int(c)] for c in figures)]
    if len(digits) == len(figures) and len(figures) <= 4:
        found += [_cardinal(int(figures))]
        if len(figures) == 2 and figures[0] != "1" and figures[1] in "145":
            found.append((DIGITS[int(figures[0])], {"1": "mốt", "4": "tư", "5": "lăm"}[figures[1]]))
    return list(dict.fromkeys(found))


def _cardinal(value: int) -> tuple[str, ...]:
    words: tuple[str, ...] = ()
    if value >= 1000:
        words += (DIGITS[value // 1000], "nghìn")
        value %= 1000
        if not value:
            return words
    if value >= 100 or words:
        words += (DIGITS[value // 100], "trăm")
        value %= 100
        if 0 < value < 10:
            return (*words, "linh", DIGITS[value])
    ten, one = divmod(value, 10)
    if ten == 1:
        words += ("mười",)
    elif ten:
        words += (DIGITS[ten], "mươi")
    if one:
        last = {1: "mốt" if ten > 1 else "một", 5: "lăm" if ten else "năm"}.get(one, DIGITS[one])
        words += (last,)
    return words
