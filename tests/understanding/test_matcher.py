"""The decision on typed text, and on made sound."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from made_sound import spoken

from intents.errors import IntentError
from intents.evidence import FEATURES, Heard
from intents.fold import bare
from intents.matcher import OFFERED, SHIPPED_WEIGHTS, Decision, Matcher, Understanding
from intents.sentences import NONE
from kiosk.hearing import Ears
from kiosk.settings import Settings
from kiosk.state import State
from voice.endpoint import cut_utterance
from voice.speak.synthesizer import Region


def typed(matcher: Matcher, text: str, **options: object) -> Understanding:
    return matcher.understand(Heard((text,)), **options)  # type: ignore[arg-type]


SHARE = 4
"""Every how many phrases one is tried: all 3 400 take half a minute."""


def test_listed_phrases_are_understood_as_their_own(matcher: Matcher) -> None:
    listed = [
        s for s in matcher.sentences
        if s.intent != NONE and s.carrier in matcher.book.intents[s.intent].phrases
    ][::SHARE]  # fmt: skip
    assert {s.intent for s in listed} == set(matcher.book.intents)
    wrong, right = [], Counter[str]()
    for sentence in listed:
        found = typed(matcher, sentence.text)
        if found.intent == sentence.intent and found.status == "answered":
            right[sentence.intent] += 1
        else:
            wrong.append((sentence.intent, sentence.text, found.status, found.intent))
    assert len(wrong) <= 0.03 * len(listed), wrong
    assert set(right) == set(matcher.book.intents)


def test_without_diacritics_too(matcher: Matcher) -> None:
    listed = [
        s for s in matcher.sentences
        if s.intent != NONE and s.carrier in matcher.book.intents[s.intent].phrases
        and len(s.text.split()) > 3
    ][:: 8 * SHARE]  # fmt: skip
    wrong = [(s.text, found) for s in listed
             if (found := typed(matcher, bare(s.text))).intent != s.intent]  # fmt: skip
    assert len(wrong) <= 0.05 * len(listed), wrong


@pytest.mark.parametrize(
    "text",
    ["Đóng đảng phí thế nào?", "ĐÓNG ĐẢNG PHÍ", "  đóng   đảng phí ạ ", "dong dang phi the nao",
     unicodedata.normalize("NFD", "đóng đảng phí thế nào")],
)  # fmt: skip
def test_however_it_is_typed(text: str, matcher: Matcher) -> None:
    found = typed(matcher, text)
    assert (found.status, found.intent) == ("answered", "fees")


@pytest.mark.parametrize("texts", [(), ("",), ("...",), ("?!", "  "), ("50",), ("12/3",)])
def test_no_words_are_nothing(texts: tuple[str, ...], matcher: Matcher) -> None:
    found = matcher.understand(Heard(texts))
    assert found == Understanding("rejected", None, 0.0, "", {}, ())


@pytest.mark.parametrize(
    "text",
    ["con mèo nhà tôi leo lên mái ngói", "bóng đá tối nay chiếu kênh mấy", "xyz qwerty asdf",
     "the quick brown fox", "mua hai cân thịt lợn"],
)  # fmt: skip
def test_idle_talk_is_not_answered(text: str, matcher: Matcher) -> None:
    found = typed(matcher, text)
    assert found.status != "answered", found
    assert found.slots == {}


def test_what_is_offered_is_ranked(matcher: Matcher) -> None:
    found = typed(matcher, "đánh giá xếp loại")  # members or cadres
    chances = [chance for _, chance in found.offered]
    assert 1 < len(chances) <= OFFERED and chances == sorted(chances, reverse=True)
    assert found.offered[0] == (found.intent, found.confidence)
    assert NONE not in dict(found.offered) and 0 < sum(chances) <= 1.0 + 1e-9


def test_among_limits_the_intents(matcher: Matcher) -> None:
    free = typed(matcher, "dung")
    assert {"stop", "yes"} >= {free.intent}
    assert typed(matcher, "dung", among=["yes", "no"]).intent == "yes"
    assert typed(matcher, "dung", among=["stop"]).intent == "stop"
    found = typed(matcher, "đúng rồi", among=["yes", "no"])
    assert (found.status, found.intent) == ("answered", "yes")
    assert set(dict(found.offered)) <= {"yes", "no"}
    assert typed(matcher, "đóng đảng phí thế nào", among=["yes", "no"]).status != "answered"


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("đọc chỉ thị năm mươi", {"document": "50-CT/TW"}),
        ("đọc giùm bác hướng dẫn bốn hai", {"document": "42-HD/BTCTW"}),
        ("đọc chỉ thị 50", {"document": "50-CT/TW"}),
        ("quy định hai chín bốn nói về gì", {"document": "294-QĐ/TW"}),
        ("đọc văn bản cho tôi nghe", {}),
        ("đường trần quý thuộc khu phố nào", {"street": "Trần Quý"}),
        ("số 123/45 đường vĩnh viễn thuộc khu phố nào",
         {"number": "123/45", "street": "Vĩnh Viễn"}),
        ("số 12 a đường lò siêu thuộc khu phố nào", {"street": "Lò Siêu", "number": "12"}),
        ("nhà tôi bây giờ thuộc khu phố nào", {}),
    ],
)  # fmt: skip
def test_slots_of_typed_text(text: str, slots: dict[str, str], matcher: Matcher) -> None:
    found = typed(matcher, text)
    assert found.status == "answered"
    assert found.slots == slots


# -- the decision's file ---------------------------------------------------------------------


def test_the_shipped_decision_is_whole() -> None:
    decision = Decision.load()
    assert decision.spoken.shape == decision.typed.shape == (len(FEATURES),)
    for bounds in (decision.accept, decision.clarify):
        assert all(0 < bound < 1 for bound in bounds)
    assert all(c < a for c, a in zip(decision.clarify, decision.accept, strict=True))
    sound = [FEATURES.index(n) for n in ("mean", "sum", "free", "pace")]
    assert not decision.typed[sound].any(), "typed text has no sound to weigh"


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", '"weights"', "\x00",
     json.dumps({"spoken": {}, "typed": {}, "accept_spoken": 0.5}),
     SHIPPED_WEIGHTS.read_text(encoding="utf-8").replace('"accept_typed"', '"accept"'),
     SHIPPED_WEIGHTS.read_text(encoding="utf-8").replace('"toneless"', '"tonelos"')],
    ids=["empty", "brace", "list", "nothing", "a word", "a byte", "no features", "no bound",
         "a feature less"],
)  # fmt: skip
def test_a_broken_decision_file(text: str, tmp_path: Path) -> None:
    path = tmp_path / "decision.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(IntentError) as caught:
        Decision.load(path)
    assert "cài lại" in caught.value.vi


def test_no_decision_file(tmp_path: Path) -> None:
    with pytest.raises(IntentError, match="cannot read the decision weights"):
        Decision.load(tmp_path / "decision.json")


# -- by sound --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def ears(state_with_models: State, matcher: Matcher) -> Ears:
    return Ears(state_with_models, Settings(), matcher)


SPOKEN: list[tuple[str, Region, str, dict[str, str]]] = [
    ("đọc chỉ thị năm mươi", "bac", "read_directive", {"document": "50-CT/TW"}),
    ("đọc cho tôi nghe quy định hai chín bốn", "nam", "read_directive", {"document": "294-QĐ/TW"}),
    ("đọc giúp tôi hướng dẫn bốn hai", "trung", "read_directive", {"document": "42-HD/BTCTW"}),
    ("đường vĩnh viễn thuộc khu phố nào", "bac", "quarter_lookup", {"street": "Vĩnh Viễn"}),
    ("đường hoàng đạo thúy thuộc khu phố nào", "nam", "quarter_lookup",
     {"street": "Hoàng Đạo Thúy"}),
    ("đường trần quý thuộc khu phố nào", "bac", "quarter_lookup", {"street": "Trần Quý"}),
    ("đóng đảng phí thế nào", "trung", "fees", {}),
    ("dừng lại", "bac", "stop", {}),
    ("nói to hơn", "nam", "louder", {}),
]  # fmt: skip


def test_intents_and_slots_by_sound(matcher: Matcher, ears: Ears) -> None:
    """Text alone fails on this voice; eight of nine must be right with their slots."""
    wrong = []
    for text, region, intent, slots in SPOKEN:
        hearing = ears.hear(cut_utterance(spoken(text, region)))
        found = matcher.understand(hearing.heard, hearing.judge)
        if (found.intent, found.slots) != (intent, slots):
            wrong.append((text, region, found))
    assert len(wrong) <= 1, wrong


def test_a_number_is_read_from_the_hypotheses(matcher: Matcher, ears: Ears) -> None:
    """The sound fixes the sentence and the street, the text gives the figures."""
    hearing = ears.hear(cut_utterance(spoken("đường vĩnh viễn thuộc khu phố nào")))
    heard = Heard(("số 123/45 đường vĩnh viễn thuộc khu phố nào", "số 12 đường"), (-0.4, -0.6), 2.0)
    found = matcher.understand(heard, hearing.judge)
    assert found.intent == "quarter_lookup"
    assert found.slots == {"number": "123/45", "street": "Vĩnh Viễn"}


def test_among_with_sound(matcher: Matcher, ears: Ears) -> None:
    hearing = ears.hear(cut_utterance(spoken("đúng rồi")))
    found = matcher.understand(hearing.heard, hearing.judge, among=["yes", "no"])
    assert found.intent == "yes"
