"""Every integer below a million against a generator that shares nothing with the reader."""

from __future__ import annotations

import pytest

from voice.read import spell_cardinal, spell_digits, spell_fraction, spell_ordinal, words

ONES = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
TEENS = [
    "mười",
    "mười một",
    "mười hai",
    "mười ba",
    "mười bốn",
    "mười lăm",
    "mười sáu",
    "mười bảy",
    "mười tám",
    "mười chín",
]


def below_thousand(tu: str, linh: str) -> tuple[list[str], list[str]]:
    """The numbers 0 … 999, and the same said in full (không trăm …), by laying out tables."""
    last = ["", "mốt", "hai", "ba", tu, "lăm", "sáu", "bảy", "tám", "chín"]
    two = ONES + TEENS
    for ten in ONES[2:]:
        two += [f"{ten} mươi {one}".strip() for one in last]
    padded = []
    for hundred in ONES:
        padded.append(f"{hundred} trăm")
        padded += [f"{hundred} trăm {linh} {one}" for one in ONES[1:]]
        padded += [f"{hundred} trăm {rest}" for rest in two[10:]]
    return two + padded[100:], padded


@pytest.mark.parametrize(
    ("region", "nghin", "tu", "linh"),
    [("bac", "nghìn", "tư", "linh"), ("nam", "ngàn", "bốn", "lẻ")],
)
def test_every_integer_below_a_million(region: str, nghin: str, tu: str, linh: str) -> None:
    plain, padded = below_thousand(tu, linh)
    n = 0
    spell = spell_cardinal.__wrapped__  # the cache would be emptied a hundred times
    for thousands in range(1000):
        head = f"{plain[thousands]} {nghin}" if thousands else ""
        for rest in range(1000):
            due = plain[rest] if not head else f"{head} {padded[rest]}" if rest else head
            assert spell(n, region=region) == due, n
            n += 1
    assert n == 1_000_000


def test_large_numbers() -> None:
    assert spell_cardinal(10**15) == "một triệu tỷ"
    assert spell_cardinal(2 * 10**9 + 5) == "hai tỷ không trăm linh năm"
    assert spell_cardinal(-7) == "âm bảy"
    with pytest.raises(ValueError, match="spell_digits"):
        spell_cardinal(10**18 + 1)


def test_a_number_nobody_can_name_is_said_digit_by_digit() -> None:
    assert words("1" * 25) == " ".join(["một"] * 25)


def test_digits_ordinals_shares() -> None:
    assert spell_digits("0903-45") == "không chín không ba bốn năm"
    assert [spell_ordinal(n) for n in (1, 2, 4, 14)] == ["nhất", "hai", "tư", "mười bốn"]
    assert spell_fraction(3, 4) == "ba phần tư"
