"""Number -> words -> number: what is read aloud is understood as what was written.

The full million: ``python bench/reader.py roundtrip``.
"""

from __future__ import annotations

import random
from datetime import date

import pytest

from intents.spoken import read_slots
from intents.spoken.numbers import cardinal_at
from intents.spoken.tokens import Text
from voice.read import Region, spell_cardinal, words

REGIONS: tuple[Region, ...] = ("bac", "trung", "nam")


@pytest.mark.parametrize("region", REGIONS)
def test_random_numbers_come_back(region: Region) -> None:
    chance = random.Random(f"numbers {region}")
    for _ in range(10_000):
        number = chance.randrange(10 ** chance.randint(1, 15))
        text = Text(spell_cardinal(number, region=region))
        found = cardinal_at(text, 0)
        assert found is not None, number
        assert (found.value, found.end) == (number, len(text))


@pytest.mark.parametrize("region", REGIONS)
def test_written_numbers_come_back_through_the_whole_of_both(region: Region) -> None:
    chance = random.Random(f"written {region}")
    for _ in range(300):
        number = chance.randrange(1, 10 ** chance.randint(1, 12))
        written = f"{number:,}".replace(",", ".")
        said = words(f"Có {written} người.", region=region)
        (found,) = read_slots(said, ["number"], date(2026, 11, 26))
        assert str(found.value) == str(number), said
