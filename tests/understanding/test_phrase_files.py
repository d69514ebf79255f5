"""Phrase files: what ships is sound, and every kind of error names its file and line."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from intents.errors import IntentError, PhraseFileError
from intents.fold import bare, phonetic, plain
from intents.phrase_files import SLOT, PhraseBook, load_phrase_book
from intents.sentences import NONE, compose, fill

GOOD = """\
intent: fees
kind: question
title: Đóng đảng phí
ask: Bác muốn hỏi về đảng phí
terms: [đảng phí]
phrases:
  - đóng đảng phí
  - "{month} đóng bao nhiêu"
cores:
  - mức đảng phí
slots:
  month:
    ask: Tháng mấy
    values:
      tháng một: "1"
      tháng hai: "2"
"""


def write(folder: Path, text: str, name: str = "fees.yaml") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_file_is_read(tmp_path: Path) -> None:
    book = load_phrase_book(write(tmp_path, GOOD))
    intent = book.intents["fees"]
    assert (intent.kind, intent.title, intent.ask) == (
        "question", "Đóng đảng phí", "Bác muốn hỏi về đảng phí",
    )  # fmt: skip
    assert intent.phrases == ("đóng đảng phí", "{month} đóng bao nhiêu")
    assert intent.cores == ("mức đảng phí",) and intent.terms == ("đảng phí",)
    assert intent.slots["month"].values == {"tháng một": "1", "tháng hai": "2"}
    assert book.none == () and book.frames.openings == {}


def test_a_file_in_decomposed_letters_is_read_composed(tmp_path: Path) -> None:
    plainly = load_phrase_book(write(tmp_path / "a", GOOD))
    decomposed = load_phrase_book(write(tmp_path / "b", unicodedata.normalize("NFD", GOOD)))
    assert decomposed == plainly


# Kind of error -> what to replace in GOOD, with what, the line it must name, and a word of it.
ERRORS: dict[str, tuple[str, str, int, str]] = {
    "no YAML": ("terms: [", "terms: [[", 6, ""),
    "a tab": ("kind:", "\tkind:", 2, ""),
    "unknown key": ("terms:", "term:", 5, "unknown key term"),
    "another name than the file's": ("intent: fees", "intent: fee", 1, "named like its file"),
    "no intent": ("intent: fees\n", "", 1, "intent must be a text"),
    "wrong kind": ("kind: question", "kind: frage", 2, "neither question nor control"),
    "no title": ("title: Đóng đảng phí", "title: ''", 3, "title must be a text"),
    "phrases that are no list": ("phrases:\n  - đóng đảng phí\n  - \"{month} đóng bao nhiêu\"\n",
                                 "phrases: đóng\n", 6, "must be a list"),
    "no phrases": ("phrases:\n  - đóng đảng phí\n  - \"{month} đóng bao nhiêu\"\n",
                   "phrases: []\n", 6, "no phrases"),
    "a boolean for a phrase": ("  - đóng đảng phí\n", "  - yes\n", 7, "put it in quotes"),
    "an empty phrase": ("  - đóng đảng phí\n", "  - ''\n", 7, "not a text"),
    "a phrase twice": ("  - \"{month} đóng bao nhiêu\"", "  - đóng đảng phí", 7, "stands twice"),
    "an unknown slot": ("{month} đóng", "{year} đóng", 8, "unknown slot {year}"),
    "an unknown slot in a core": ("mức đảng phí", "mức {year}", 10, "unknown slot {year}"),
    "a slot without values": ("    values:\n      tháng một: \"1\"\n      tháng hai: \"2\"\n",
                              "", 13, "needs values"),
    "a slot that is no mapping": ("  month:\n    ask: Tháng mấy\n    values:\n"
                                  "      tháng một: \"1\"\n      tháng hai: \"2\"\n",
                                  "  month: tháng\n", 12, "is a mapping"),
    "no mapping at all": (GOOD, "- một\n- hai\n", 1, "not a mapping"),
    "an empty file": (GOOD, "", 1, "not a mapping"),
}  # fmt: skip


@pytest.mark.parametrize("kind", ERRORS)
def test_an_error_names_file_and_line(kind: str, tmp_path: Path) -> None:
    old, new, line, word = ERRORS[kind]
    assert old in GOOD
    with pytest.raises(PhraseFileError) as caught:
        load_phrase_book(write(tmp_path, GOOD.replace(old, new)))
    message = str(caught.value)
    assert message.startswith(f"fees.yaml:{line}: "), message
    assert word in message
    assert f"fees.yaml có lỗi ở dòng {line}" in caught.value.vi
    assert isinstance(caught.value, IntentError)


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "fees.yaml").write_bytes(b"\xff\xfe\x00intent")
    with pytest.raises(PhraseFileError, match=r"^fees\.yaml:0: "):
        load_phrase_book(tmp_path)


def test_one_phrase_in_two_files(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, GOOD.replace("intent: fees", "intent: money"), "money.yaml")
    with pytest.raises(
        PhraseFileError, match=r'^money\.yaml:7: "đóng đảng phí" is a phrase of fees'
    ):
        load_phrase_book(tmp_path)


def test_no_files_at_all(tmp_path: Path) -> None:
    with pytest.raises(PhraseFileError, match="no phrase files"):
        load_phrase_book(tmp_path)


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("_frames.yaml", "openings:\n  all: [cho hỏi]\nendings:\n  - sao\n", 4),
        ("_frames.yaml", "openings:\n  all: cho hỏi\n", 2),
        ("_frames.yaml", "openings:\n  all:\n    - cho hỏi\n    - true\n", 4),
        ("_none.yaml", "weather:\n  - trời mưa\n  - 5\n", 3),
        ("_none.yaml", "- trời mưa\n", 1),
    ],
)
def test_errors_in_frames_and_idle_talk(name: str, text: str, line: int, tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, text, name)
    with pytest.raises(PhraseFileError, match=rf"^{name}:{line}: "):
        load_phrase_book(tmp_path)


# -- composing -------------------------------------------------------------------------------


def test_sentences_are_phrases_and_cores_in_frames(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, "openings:\n  all: [cho hỏi]\nendings:\n  all: [thế nào]\n", "_frames.yaml")
    write(tmp_path, "weather:\n  - trời mưa\n", "_none.yaml")
    sentences = compose(load_phrase_book(tmp_path))
    texts = {s.text: s.intent for s in sentences}
    assert texts["đóng đảng phí"] == texts["mức đảng phí"] == "fees"
    assert texts["cho hỏi mức đảng phí"] == texts["mức đảng phí thế nào"] == "fees"
    assert texts["tháng một đóng bao nhiêu"] == texts["tháng hai đóng bao nhiêu"] == "fees"
    assert texts["trời mưa"] == NONE
    assert len(texts) == len(sentences)
    assert not any("{" in t for t in texts)


def test_fill(book: PhraseBook) -> None:
    intent = book.intents["quarter_lookup"]
    carrier = "số {number} đường {street} thuộc khu phố nào"
    made = fill(intent, carrier, "street", "vĩnh viễn", {"number": "chín", "street": "x"})
    assert made.text == "số chín đường vĩnh viễn thuộc khu phố nào"
    assert dict(made.slots) == {"number": "chín", "street": "vĩnh viễn"}
    assert "chín" not in made.text_without_numbers.split()
    assert "vĩnh viễn" in made.text_without_numbers


# -- what ships ------------------------------------------------------------------------------

OVERMATCHES = {
    "bare": {("stop", "dừng", "yes", "đúng")},
    "phonetic": set(),
    "plain": set(),
}
"""Sentences of two intents that fold to the same. The list must shrink, never grow."""


@pytest.mark.parametrize("name", OVERMATCHES)
def test_no_two_intents_share_a_sentence(name: str, book: PhraseBook) -> None:
    folding = {"bare": bare, "phonetic": phonetic, "plain": plain}[name]
    seen: dict[str, dict[str, str]] = {}
    for intent in book.intents.values():
        # One intent at a time: in the whole book the first to list a sentence would hide it.
        for s in compose(PhraseBook({intent.name: intent}, book.frames)):
            seen.setdefault(folding(s.text), {})[intent.name] = s.text
    for text in book.none:
        seen.setdefault(folding(text), {})[NONE] = text
    found = {
        tuple(part for pair in sorted(who.items()) for part in pair)
        for who in seen.values()
        if len(who) > 1
    }
    assert found == OVERMATCHES[name]


def test_shipped_phrases_are_what_people_say(book: PhraseBook) -> None:
    for intent in book.intents.values():
        least = 24 if intent.kind == "question" else 12
        assert len(intent.phrases) >= least, intent.name
        assert intent.kind == "control" or len(intent.cores) >= 10, intent.name
        for phrase in (*intent.phrases, *intent.cores, *intent.terms):
            words = SLOT.sub("", phrase)
            assert words == words.lower() and not any(c.isdigit() for c in words), phrase
            assert unicodedata.is_normalized("NFC", phrase)


def test_key_terms_point_to_one_intent(book: PhraseBook) -> None:
    for intent in book.intents.values():
        for other in book.intents.values():
            if other is intent:
                continue
            for term in intent.terms:
                said = [p for p in other.phrases if f" {term} " in f" {p} "]
                assert not said, (intent.name, term, other.name, said)


def test_composing_gives_the_same_list_at_every_start(book: PhraseBook) -> None:
    assert compose(book) == compose(load_phrase_book())
