"""The dialogue's rules: unclear answers, skipping, going back, not having, and what is kept."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest

from knowledge.content import LONGEST_SENTENCE, sentences
from knowledge.fold import fold
from knowledge.procedures import (
    AnswerError,
    Question,
    Session,
    SessionError,
    Value,
    answer,
    back,
    find_subject,
    finish,
    restore,
    result,
    shipped,
    start,
    view,
)
from knowledge.procedures.understand import understand
from knowledge.procedures.view import go_on
from knowledge.procedures.view import view as step

TODAY = date(2026, 11, 25)


def begun(name: str, *answers: Value) -> Session:
    library = shipped()
    session = start({**library.forms, **library.procedures}[name], today=TODAY)
    for given in answers:
        session = answer(session, given)
    return session


def test_skipping_leaves_what_hangs_on_it_possible() -> None:
    session = begun("card_lost", "rồi", "bỏ qua", "không", "rồi", "có", "không")
    made = result(session)
    police = next(p for p in made.papers if p.id == "police")
    assert not police.sure and made.papers[-1] == police
    assert any(s.startswith("Có thể cần") and "công an" in s for s in made.speech)


def test_going_back_forgets_the_answer_and_what_hung_on_it() -> None:
    session = begun("transfer_official", "về hưu", "không", "nước ngoài")
    session = answer(session, "quay lại")
    assert session.ask is not None and session.ask.id == "target"
    assert session.question is not None and "quay lại" in session.question.text_speak
    session = answer(session, "cùng phường")
    assert result(finish(session)).papers[-1].id != "intro_2"
    session = begun("card_new")
    assert back(session).notice == shipped().lines["at_start"]
    assert back(session).answers == {}


def test_going_back_from_the_end() -> None:
    session = begun("card_new", "rồi", "có", "có", "không")
    assert session.done
    again = answer(session, "câu trước")
    assert again.ask is not None and again.ask.id == "check_papers"
    assert answer(session, "có").done


@pytest.mark.parametrize("said", ["tôi chưa có", "toi chua co", "CHƯA CÓ Ạ", "tôi không có"])
def test_not_having_a_paper_says_how_to_get_it(said: str) -> None:
    session = begun("card_lost", "rồi", "thất lạc", "không", "rồi", "có", "có", said, "có")
    made = result(session)
    assert [p.id for p in made.papers if p.state == "missing"] == ["account"]
    assert "Tự viết. Máy này có mẫu để điền." in made.speech


def test_not_having_leaves_other_questions_open() -> None:
    session = begun("transfer_official", "về hưu", "không", "khác phường", "rồi", "tôi chưa có")
    assert session.answers["effective"] is None
    made = result(finish(session))
    assert any(d.id == "begin" and d.day == "" for d in made.deadlines)
    form = begun("exemption_application", "tôi chưa có")
    assert list(form.answers.values()) == [None]
    assert form.notice == shipped().lines["left_blank"]


def test_not_knowing_is_helped_first_and_skipped_then() -> None:
    session = begun("card_lost", "rồi", "thất lạc", "không", "rồi", "có", "có")
    helped = answer(session, "tôi không biết")
    assert helped.ask == session.ask and session.ask is not None
    assert helped.notice == session.ask.help
    assert answer(helped, "không biết").answers[session.ask.id] is None


def test_unclear_answers_are_asked_again_and_then_offered_to_touch() -> None:
    session = begun("card_new")
    for tries in (1, 2, 3):
        session = answer(session, "hôm qua trời mưa to lắm")
        assert session.question is not None
        assert (session.tries, session.question.touch) == (tries, "choices" if tries == 3 else "")
    assert "chạm" in session.notice
    session = answer(session, "có")
    assert session.tries == 0


@pytest.mark.parametrize(
    "said",
    ["có nhưng chưa", "không biết có hay không", "hôm qua tôi có đi chợ mua rau muống", "", "?"],
)
def test_no_yes_or_no_is_guessed(said: str) -> None:
    session = answer(begun("card_lost"), said)
    assert not session.answers.get("reported")
    assert session.ask is not None and session.ask.id == "reported"


def test_limits_are_said() -> None:
    session = begun("admission", "mười hai tuổi")
    assert "14 tuổi" in session.notice and session.ask is not None and session.ask.id == "age"
    session = begun("inspection", "có", "kiểm tra", "rồi", "rồi", "có", "ngày mai")
    assert session.notice == shipped().lines["day_ahead"]
    assert "âm lịch" in answer(session, "rằm tháng bảy").notice


def test_everything_listened_for_is_understood() -> None:
    library = shipped()
    for subject in library.procedures.values():
        for ask in subject.questions:
            if ask.kind in ("date", "text"):
                continue  # dates have a test of their own; texts take anything
            question = Session(replace(subject, questions=(ask,)), library, TODAY, {}).question
            if question is None or question.id != ask.id:
                continue  # it has a condition
            for text in question.expected:
                assert understand(text, ask, library.words, TODAY).clear, (subject.id, ask.id, text)


def test_choices_are_understood_in_every_writing() -> None:
    library = shipped()
    for subject in library.procedures.values():
        for ask in subject.questions:
            for choice in ask.choices:
                for said in (*choice.say, choice.label, fold(choice.say[0])):
                    found = understand(said, ask, library.words, TODAY)
                    assert found.value == choice.value, (subject.id, ask.id, said)


def test_a_small_mistake_of_the_recogniser_is_forgiven_in_choices() -> None:
    assert begun("card_lost", "rồi", "bị mất cấp").answers["stolen"] == "stolen"
    assert begun("badge", "cái thứ hai").answers["kind"] == "lost"


def test_by_touch_only_what_is_offered() -> None:
    with pytest.raises(AnswerError):
        answer(begun("card_new"), 3)
    with pytest.raises(AnswerError):
        answer(begun("badge"), True)
    assert answer(begun("admission"), 200).notice.startswith("Con số này nằm ngoài")


@pytest.mark.parametrize(
    "change",
    [{"subject": "no_such"}, {"answers": {"age": "Bí mật"}}, {"answers": {"x": 1}}, {"today": "?"},
     {"kind": None}, {"answers": None}],
)  # fmt: skip
def test_a_state_of_something_else_is_refused_without_repeating_it(change: dict) -> None:
    state = {**begun("admission").to_json(), **change}
    with pytest.raises(SessionError) as caught:
        restore(state)
    assert "Bí mật" not in str(caught.value)
    assert caught.value.vi


def test_names_in_every_spelling_find_their_procedure() -> None:
    library = shipped()
    for thing in (*library.procedures.values(), *library.forms.values()):
        for name in (thing.id, thing.title, fold(thing.title), *thing.also):
            assert find_subject(name, library) == thing, name
    assert find_subject("thời tiết hôm nay", library) is None
    assert find_subject("", library) is None


def test_any_walk_ends_in_a_list_that_can_be_said() -> None:
    random_ = random.Random(6)
    library = shipped()
    seen: dict[str, set[str]] = {}
    for name, procedure in library.procedures.items():
        for _ in range(25):
            session = start(procedure, today=TODAY)
            for _ in range(400):
                question = session.question
                if question is None:
                    break
                session = answer(session, touched(question, random_))
            assert session.done
            made = result(session)
            seen.setdefault(name, set()).update(p.id for p in made.papers)
            for text in made.speech:
                assert text and "{" not in text and "None" not in text
                for sentence in sentences(text):
                    assert len(sentence.split()) <= LONGEST_SENTENCE + 15, sentence
    # No condition is so wrong that a paper never comes up.
    for name, procedure in library.procedures.items():
        assert seen[name] == {p.id for p in procedure.papers}


def touched(question: Question, random_: random.Random) -> Value:
    if random_.random() < 0.1:
        return "bỏ qua"
    if question.kind == "date":
        return date(random_.randint(2025, 2027), random_.randint(1, 12), 15).isoformat()
    if question.kind == "number":
        return random_.randint(question.minimum, question.maximum)
    return random_.choice(question.choices).value


def test_a_step_says_what_may_come_back() -> None:
    first = view.begin("ket nap dang vien", today=TODAY)
    assert first is not None
    assert (first.expects, first.minimum, first.maximum) == ("number", 14, 100)
    assert "hai mươi tuổi" in view.listened_for(first.state)
    assert {c["value"] for c in go_on(first.state, 30).choices} == {"yes", "no"}
    assert view.begin("không có thủ tục này", today=TODAY) is None
    ended = step(finish(restore(first.state)))
    assert ended.expects == "end" and view.listened_for(ended.state) == ()
    assert any("không giữ lại" in line["text"] for line in ended.show)
