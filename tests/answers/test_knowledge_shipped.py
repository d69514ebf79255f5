"""What is shipped: every question has an honest answer that can be listened to."""

from __future__ import annotations

import unicodedata

import pytest

from intents.phrase_files import load_phrase_book
from knowledge import Content, Store, answer
from knowledge.content import LONGEST_SENTENCE, load_content, sentences
from knowledge.lookup import find_documents
from knowledge.trust import TRUSTS, UNSURE
from voice.read import read

BOOK = load_phrase_book()
QUESTIONS = sorted(n for n, i in BOOK.intents.items() if i.kind == "question")
CONTENT = load_content()
SYMBOLS = sorted(set(BOOK.intents["read_directive"].slots["document"].values.values()))

NOT_YET = ("quarter_lookup", "bulletin", "card_exchange", "build_plan", "check_document")
"""What this version cannot do for the ward, and must say so."""

LONGEST_SPOKEN = 50
"""Words with numbers and symbols read out: about fifteen seconds of the slow voice."""


def test_there_are_questions() -> None:
    assert len(QUESTIONS) >= 20


@pytest.mark.parametrize("intent", QUESTIONS)
def test_every_question_has_an_answer_with_its_source(store: Store, intent: str) -> None:
    found = answer(store, intent, {})
    assert found is not None
    assert found.id == intent
    assert found.sources
    assert 2 <= len(sentences(CONTENT.entries[intent].text)) <= 7


def test_a_hundred_and_fifty_entries_over_the_whole_field(shipped: Content) -> None:
    answers = [e for e in shipped.entries.values() if e.kind == "answer"]
    assert len(answers) >= 150
    titles = [e.title for e in shipped.entries.values()]
    assert len(set(titles)) == len(titles)
    # What no intent leads to is found by its words alone.
    free = [e for e in answers if e.topic and e.asked]
    assert len(free) >= 100


def test_controls_are_no_business_of_this_room(store: Store) -> None:
    assert answer(store, "louder", {}) is None
    assert answer(store, "no such thing", {}) is None


@pytest.mark.parametrize("name", sorted(CONTENT.entries))
def test_an_answer_can_be_listened_to(store: Store, name: str) -> None:
    found = answer(store, name, {})
    assert found is not None
    assert unicodedata.is_normalized("NFC", found.text)
    assert found.text.endswith(".")
    assert "{" not in found.text
    for sentence in sentences(found.text):
        assert len(sentence.split()) <= LONGEST_SENTENCE, sentence
    for spoken in read(found.text):
        assert len(spoken.words.split()) <= LONGEST_SPOKEN, spoken.words


@pytest.mark.parametrize("name", sorted(CONTENT.entries))
def test_trust_is_the_weakest_and_the_unsure_is_said(store: Store, name: str) -> None:
    found = answer(store, name, {})
    assert found is not None
    assert found.trust is not None
    # Written again from the definition, not from the code that loads it.
    marks = []
    for source in CONTENT.entries[name].sources:
        marks += [source.trust, CONTENT.documents[source.document].trust]
        at = source.document
        while after := CONTENT.documents[at].replaced_by:
            marks.append(CONTENT.documents[at].replaced_trust or UNSURE)
            at = after
    assert TRUSTS.index(found.trust) == max(TRUSTS.index(mark) for mark in marks)
    assert found.trust == CONTENT.entries[name].trust
    if found.trust == UNSURE:
        assert "kiểm tra lại" in " ".join(sentences(found.text)[-2:])


@pytest.mark.parametrize("intent", QUESTIONS)
def test_a_newer_document_is_named(store: Store, intent: str) -> None:
    entry = CONTENT.entries[intent]
    found = answer(store, intent, {})
    assert found is not None
    quoted = {source.document for source in entry.sources}
    for name in quoted:
        last = name
        while after := CONTENT.documents[last].replaced_by:
            last = after
        if last not in quoted:
            assert CONTENT.documents[last].brief in found.text


def test_the_table_of_what_holds_today(shipped: Content) -> None:
    """The table of 2025 and 2026: what each document has been replaced by."""
    replaced = {d.code + d.date[:4]: d.replaced_by for d in shipped.documents.values()}
    assert replaced["24-QĐ/TW2021"] == "qd-232-2025"
    assert replaced["232-QĐ/TW2025"] == "qd-294-2025"
    assert replaced["294-QĐ/TW2025"] == "qd-20-2026"
    assert replaced["20-QĐ/TW2026"] == "qd-208-2026"
    assert replaced["208-QĐ/TW2026"] is None
    assert replaced["01-HD/TW2021"] == "hd-06-2025"
    assert replaced["06-HD/TW2025"] == "hd-01-2026"
    assert replaced["01-HD/TW2026"] is None
    assert replaced["12-HD/BTCTW2018"] == "hd-42-2025"
    assert replaced["12-HD/BTCTW2022"] == "hd-38-2025"
    assert replaced["342-QĐ/TW2010"] == "qd-01-2026"
    assert replaced["36-HD/VPTW2018"] == "hd-05-2026"
    assert replaced["42-HD/BTCTW2025"] is None
    assert shipped.documents["qd-208-2026"].trust == UNSURE
    assert shipped.documents["qd-294-2025"].in_force_from == "2025-07-01"
    assert shipped.documents["qd-01-2026"].in_force_from == "2026-02-01"
    assert shipped.documents["vb-347-2025"].in_force_from == "2025-09-02"


def test_forty_documents_with_honest_dates(shipped: Content) -> None:
    assert len(shipped.documents) >= 40
    for document in shipped.documents.values():
        assert document.date <= "2026-11-25"
        after = shipped.documents.get(document.replaced_by or "")
        assert after is None or after.date > document.date


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_every_document_that_can_be_asked_for_is_known(
    store: Store, shipped: Content, symbol: str
) -> None:
    assert find_documents(symbol, list(shipped.documents.values()))
    found = answer(store, "read_directive", {"document": symbol})
    assert found is not None
    assert found.found
    assert symbol in found.text
    for sentence in sentences(found.text):
        assert len(sentence.split()) <= LONGEST_SENTENCE, sentence


@pytest.mark.parametrize(
    "code",
    ["50-CT/TW", "42-HD/BTCTW", "294-QĐ/TW", "06-HD/TW", "38-HD/BTCTW", "366-QĐ/TW",
     "43-HD/BTCTW", "296-QĐ/TW", "01-QĐ/TW", "213-QĐ/TW", "399-QĐ/TW", "05-HD/VPTW"],
)  # fmt: skip
def test_the_documents_of_the_day_have_a_summary(store: Store, code: str) -> None:
    found = answer(store, "read_directive", {"document": code})
    assert found is not None
    assert CONTENT.entries[found.id].kind == "summary"
    assert code in {source.code for source in found.sources}


@pytest.mark.parametrize("intent", NOT_YET)
def test_what_cannot_be_done_yet_is_said(store: Store, intent: str) -> None:
    found = answer(store, intent, {})
    assert found is not None
    first = sentences(found.text)[0]
    assert "chưa" in first


def test_follow_ups_can_be_asked(store: Store) -> None:
    for name in CONTENT.entries:
        found = answer(store, name, {})
        assert found is not None
        for follow_up in found.follow_ups:
            assert follow_up != name
            assert answer(store, follow_up, {}) is not None
