"""The topic model: learned from a phrase book, kept without pickles, right on unlisted wordings."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import pytest

from intents.fold import bare
from intents.matcher import Matcher
from intents.phrase_files import Frames, Intent, PhraseBook
from intents.sentences import NONE, compose
from intents.topics import LEAST, TopicModel, topic_model

SENTENCES = Path(__file__).parent.parent / "sentences"

SMALL = PhraseBook(
    {
        "fees": Intent(
            "fees", "question", "Đảng phí", "Bác hỏi đảng phí",
            ("đóng đảng phí bao nhiêu", "nộp đảng phí ở đâu", "mức đảng phí của người nghỉ hưu"),
            examples=("tiền phí hằng tháng của bác tính sao",),
        ),
        "card": Intent(
            "card", "question", "Thẻ", "Bác hỏi thẻ",
            ("mất thẻ đảng viên", "thẻ đảng bị rách thì làm sao", "xin cấp lại thẻ đảng"),
        ),
    },
    Frames(),
    none=("trời hôm nay nóng quá", "đi chợ mua rau"),
    none_examples=("con gà nhà bác đẻ trứng rồi",),
)  # fmt: skip


def learned(cache: Path | None = None) -> TopicModel:
    return topic_model(SMALL, compose(SMALL), cache)


def best(chances: dict[str, float]) -> str:
    return max(chances, key=chances.__getitem__)


@pytest.mark.parametrize("heard", [False, True])
def test_unlisted_wordings_are_told_apart(heard: bool) -> None:
    model = learned()
    assert best(model.log_chances(("phí thì nộp bao nhiêu hả cháu",), heard=heard)) == "fees"
    assert best(model.log_chances(("bác làm rách cái thẻ rồi",), heard=heard)) == "card"
    assert best(model.log_chances(("mua rau ở chợ",), heard=heard)) == NONE


def test_typed_text_may_come_without_diacritics() -> None:
    model = learned()
    marked = model.log_chances(("nộp đảng phí",), heard=False)
    assert model.log_chances((bare("nộp đảng phí"),), heard=False) == marked


def test_probabilities_of_one_text_add_up() -> None:
    chances = learned().log_chances(("mức phí của bác",), heard=False)
    assert min(chances.values()) >= LEAST
    assert sum(map(math.exp, chances.values())) == pytest.approx(1.0, abs=0.01)


def test_nothing_said_makes_all_alike() -> None:
    for texts in ((), ("",), ("...",)):
        assert len(set(learned().log_chances(texts, heard=True).values())) == 1


def test_a_book_of_one_intent_has_nothing_to_tell() -> None:
    book = PhraseBook({"fees": SMALL.intents["fees"]}, Frames())
    assert set(topic_model(book, compose(book)).log_chances(("a",), heard=False)) == {"fees"}


def test_what_was_learned_is_kept(tmp_path: Path) -> None:
    first = learned(tmp_path).log_chances(("thẻ của bác",), heard=True)
    (kept,) = tmp_path.glob("topics-*.npz")
    written = kept.stat().st_mtime_ns
    assert learned(tmp_path).log_chances(("thẻ của bác",), heard=True) == pytest.approx(first)
    assert kept.stat().st_mtime_ns == written


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 torn", b"not an archive"])
def test_a_damaged_cache_is_learned_anew(tmp_path: Path, damage: bytes) -> None:
    first = learned(tmp_path).log_chances(("thẻ của bác",), heard=True)
    (kept,) = tmp_path.glob("topics-*.npz")
    kept.write_bytes(damage)
    assert learned(tmp_path).log_chances(("thẻ của bác",), heard=True) == pytest.approx(first)


def test_another_book_has_another_cache(tmp_path: Path) -> None:
    learned(tmp_path).log_chances(("thẻ",), heard=False)
    other = PhraseBook(SMALL.intents, Frames(), none=("trời mưa to",))
    topic_model(other, compose(other), tmp_path).log_chances(("thẻ",), heard=False)
    assert len(list(tmp_path.glob("topics-*.npz"))) == 2


@pytest.mark.parametrize("form", ["as written", "without diacritics"])
def test_typed_sentences_nobody_listed(matcher: Matcher, form: str) -> None:
    """On the sentences that nothing is fitted on."""
    from intents.evidence import Heard

    with (SENTENCES / "unlisted2.tsv").open(encoding="utf-8", newline="") as file:
        rows = [
            r for r in csv.DictReader(file, delimiter="\t") if r["intent"] in matcher.book.intents
        ]
    right, misses = 0, []
    for row in rows:
        text = row["sentence"] if form == "as written" else bare(row["sentence"])
        found = matcher.understand(Heard((text,)))
        if found.intent == row["intent"]:
            right += 1
        else:
            misses.append(f"{row['intent']} <- {text}: {found.intent}")
    print(*misses, sep="\n")
    assert right >= 0.88 * len(rows)
