"""The held-out sentences keep the form that README.md of this folder states."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
from rapidfuzz import fuzz

from intents.phrase_files import load_phrase_book

FOLDER = Path(__file__).parent

FIRST = tuple(n for n in ("unlisted.tsv", "unlisted_new.tsv") if (FOLDER / n).exists())
"""The second holds intents that have no phrases yet; it goes when they are merged."""

SECOND = "unlisted2.tsv"
INTENT_FILES = (*FIRST, SECOND)
OTHER_FILES = {
    "out_of_scope.tsv": (["kind", "sentence"], 300),
    "near_miss.tsv": (["sentence", "why"], 150),
}

CONTROLS = {
    *("stop", "repeat", "louder", "softer", "slower", "faster", "next", "back", "home", "help"),
    *("yes", "no", "previous", "pause", "read_screen", "letters_bigger", "letters_smaller"),
}

SLOTS = {
    "quarter_lookup": {"number", "street"},
    "read_directive": {"document"},
    "summarise": {"document"},
    "open_document": {"document"},
}

SAME = 92
"""Two sentences of one intent whose ``fuzz.ratio`` (0-100) reaches this count as one."""

_OLD_TONE_MARK = re.compile(r"o[àáảãạ]\b|o[èéẻẽẹ]\b|(?<!q)u[ỳýỷỹỵ]\b")


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one file, as its first line names the columns."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def everything() -> list[tuple[str, str, str]]:
    """Every sentence as ``(file, intent or empty, sentence)``."""
    return [
        (name, row.get("intent", ""), row["sentence"])
        for name in (*INTENT_FILES, *OTHER_FILES)
        for row in rows(name)
    ]


@pytest.mark.parametrize("name", [*INTENT_FILES, *OTHER_FILES])
def test_a_sentence_is_lower_case_words_in_nfc(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert text.endswith("\n") and "\r" not in text
    for row in rows(name):
        sentence = row["sentence"]
        assert None not in row and None not in row.values(), row
        assert sentence == " ".join(sentence.split()).lower()
        assert all(c.isalpha() or c == " " for c in sentence), sentence
        assert not _OLD_TONE_MARK.search(sentence), sentence


def test_every_intent_has_three_sentences_to_report_on() -> None:
    counts = Counter(row["intent"] for row in rows(SECOND))
    assert set(counts) >= set(load_phrase_book().intents)
    assert set(counts.values()) == {3}, counts


def test_every_intent_has_its_first_sentences() -> None:
    files = [Counter(row["intent"] for row in rows(name)) for name in FIRST]
    counts = sum(files, Counter())
    assert len(counts) == sum(len(file) for file in files), "an intent stands in both files"
    assert set(counts) == {row["intent"] for row in rows(SECOND)}
    for intent, count in counts.items():
        assert count == (5 if intent in CONTROLS else 6), intent


@pytest.mark.parametrize("name", INTENT_FILES)
def test_slots_are_those_of_the_intent(name: str) -> None:
    for row in rows(name):
        slots = json.loads(row["slots"]) if row["slots"] else {}
        assert set(slots) == SLOTS.get(row["intent"], set()), row
        assert all(isinstance(v, str) and v for v in slots.values()), row


@pytest.mark.parametrize("name", OTHER_FILES)
def test_files_of_what_is_not_answered(name: str) -> None:
    columns, count = OTHER_FILES[name]
    found = rows(name)
    assert list(found[0]) == columns
    assert len(found) == count


def test_why_begins_with_an_intent() -> None:
    intents = {row["intent"] for row in rows(SECOND)}
    for row in rows("near_miss.tsv"):
        assert row["why"].split(": ")[0] in intents, row


def test_no_sentence_stands_twice() -> None:
    counts = Counter(sentence for _, _, sentence in everything())
    assert [s for s, count in counts.items() if count > 1] == []


def test_sentences_of_an_intent_differ() -> None:
    of_intent: dict[str, list[str]] = {}
    for _, intent, sentence in everything():
        of_intent.setdefault(intent, []).append(sentence)
    alike = [
        (a, b)
        for sentences in of_intent.values()
        for a, b in combinations(sentences, 2)
        if fuzz.ratio(a, b) >= SAME
    ]
    assert alike == []
