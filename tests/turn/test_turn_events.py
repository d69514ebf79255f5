"""A turn: what happens in which order, for sound, text and touch."""

from __future__ import annotations

import dataclasses
import io
import itertools
import json
import logging
import wave
from collections.abc import Iterable

import numpy as np
import pytest
from loaded import MakeAssistant
from made_sound import pcm_chunks, silence, spoken, tone, white_noise

from intents.matcher import Decision, Matcher
from kiosk.assistant import Assistant
from kiosk.events import (
    Answered,
    Event,
    Failed,
    Finished,
    Heard,
    SentenceReady,
    Thinking,
    Understood,
)
from kiosk.settings import Settings, load_settings
from kiosk.state import State, default_state_dir
from voice.endpoint import EndpointSettings
from voice.pcm import Samples
from voice.whisper.model import WhisperModel

FEES = "đóng đảng phí thế nào"


def kinds(events: Iterable[Event]) -> list[str]:
    """The types of ``events``, runs of one type once."""
    return [name for name, _ in itertools.groupby(type(e).__name__ for e in events)]


def one(events: Iterable[Event], kind: type[Event]) -> Event:
    (found,) = (e for e in events if isinstance(e, kind))
    return found


def understood(events: Iterable[Event]) -> Understood:
    found = one(events, Understood)
    assert isinstance(found, Understood)
    return found


def answered(events: Iterable[Event]) -> Answered:
    found = one(events, Answered)
    assert isinstance(found, Answered)
    return found


def failed(events: Iterable[Event]) -> Failed:
    found = one(events, Failed)
    assert isinstance(found, Failed)
    return found


# -- order -----------------------------------------------------------------------------------


def test_a_spoken_question(assistant: Assistant) -> None:
    events = list(assistant.ask_audio(spoken(FEES)))
    assert kinds(events) == [
        "Thinking", "Heard", "Understood", "Answered", "SentenceReady", "Finished",
    ]  # fmt: skip
    thinking, heard = events[0], events[1]
    assert isinstance(thinking, Thinking) and 1.0 < thinking.seconds < 3.0
    assert isinstance(heard, Heard) and heard.text == heard.hypotheses[0][0] != ""
    assert understood(events).intent == "fees" and understood(events).status == "answered"
    assert 0.5 < understood(events).confidence <= 1.0
    reply = answered(events)
    assert reply.intent == "fees" and reply.sources and "Đảng phí" in reply.text
    assert_spoken(events, reply.text)
    assert [e.at for e in events] == sorted(e.at for e in events)


def assert_spoken(events: list[Event], text: str) -> None:
    """The sentences cover ``text``, and each is a WAV of the length it says."""
    sentences = [e for e in events if isinstance(e, SentenceReady)]
    assert [s.index for s in sentences] == list(range(len(sentences)))
    covered = "".join(text[s.start : s.end] for s in sentences)
    assert covered.replace(" ", "") == "".join(text.split())
    for sentence in sentences:
        with wave.open(io.BytesIO(sentence.wav)) as file:
            assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
            seconds = file.getnframes() / file.getframerate()
            sound = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
        assert seconds == pytest.approx(sentence.seconds, abs=0.001) and seconds > 0.3
        assert np.abs(sound).max() > 3000, "it can be heard"


def test_a_typed_question(assistant: Assistant) -> None:
    events = list(assistant.ask_text(f"  {FEES} "))
    assert kinds(events) == ["Heard", "Understood", "Answered", "SentenceReady", "Finished"]
    assert one(events, Heard) == Heard(events[0].at, FEES, ((FEES, 0.0),))
    assert_spoken(events, answered(events).text)


def test_a_touched_card(assistant: Assistant) -> None:
    cards = assistant.suggestions()
    assert len(cards) == 6 and all(c.title for c in cards)
    for card in cards:
        events = list(assistant.ask_intent(card.intent))
        assert kinds(events) == ["Understood", "Answered", "SentenceReady", "Finished"]
        assert answered(events).intent == card.intent
        assert answered(events).title == card.title
        assert understood(events).confidence == 1.0


def test_a_card_with_slots(assistant: Assistant) -> None:
    bare = answered(list(assistant.ask_intent("read_directive")))
    full = answered(list(assistant.ask_intent("read_directive", {"document": "50-CT/TW"})))
    assert "50-CT/TW" in full.text + full.title and full.text != bare.text


def test_say(assistant: Assistant) -> None:
    events = list(assistant.say("Xin chào bác. Mời bác hỏi."))
    assert kinds(events) == ["SentenceReady", "Finished"]
    assert_spoken(events, "Xin chào bác. Mời bác hỏi.")
    assert kinds(assistant.say("")) == ["Finished"]


def test_events_are_ready_for_json(assistant: Assistant) -> None:
    for event in assistant.ask_audio(spoken("dừng lại")):
        raw = event.as_dict()
        assert raw["type"] == type(event).__name__.lower() and raw["at"] == event.at
        json.dumps(raw)
        assert "wav" not in raw
    assert not any(hasattr(e, "__dict__") for e in assistant.ask_text(FEES)), "small dataclasses"


@pytest.mark.parametrize(
    "sound",
    [silence(2), white_noise(2), tone(2), silence(0), np.zeros(10, dtype=np.float32)],
    ids=["silence", "noise", "440 Hz", "nothing", "ten samples"],
)
def test_nothing_is_understood_where_nobody_speaks(sound: Samples, assistant: Assistant) -> None:
    events = list(assistant.ask_audio(sound))
    assert kinds(events) == ["Thinking", "Heard", "Answered", "SentenceReady", "Finished"]
    reply = answered(events)
    assert (reply.status, reply.intent, reply.sources) == ("rejected", None, ())
    assert reply.text == "Tôi chưa nghe thấy gì. Mời bác bấm nút rồi nói lại."
    assert_spoken(events, reply.text)


def test_what_is_not_understood_is_said_and_choices_are_given(assistant: Assistant) -> None:
    events = list(assistant.ask_text("mua hai cân thịt lợn nấu đông ăn tết"))
    assert understood(events).status == "rejected"
    reply = answered(events)
    assert reply.status == "rejected" and "chưa hiểu" in reply.text
    assert 1 <= len(reply.choices) <= 3 and all(c.title for c in reply.choices)
    assert kinds(events)[-2:] == ["SentenceReady", "Finished"], "and it listens on"


# -- asking back -----------------------------------------------------------------------------


class Strict:
    """Makes an assistant ask back whatever it hears, then as sure as ever again."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant, self._real = assistant, assistant.matcher()
        decision = dataclasses.replace(Decision.load(), accept=(2.0, 2.0), clarify=(0.0, 0.0))
        self._strict = Matcher(self._real.book, decision, cache=State(default_state_dir()).cache)

    def ask(self, text: str) -> list[Event]:
        self._assistant._matcher = self._strict
        events = list(self._assistant.ask_text(text))
        self._assistant._matcher = self._real
        return events


@pytest.fixture
def strict(assistant: Assistant) -> Strict:
    return Strict(assistant)


def test_between_two_it_asks_which(assistant: Assistant, strict: Strict) -> None:
    events = strict.ask("đánh giá xếp loại")
    reply = answered(events)
    assert understood(events).status == reply.status == "clarify"
    assert len(reply.choices) >= 2 and reply.choices[0].intent == understood(events).intent
    second = reply.choices[1].title
    assert reply.text.endswith(f", hay {second[0].lower()}{second[1:]}?")
    assert_spoken(events, reply.text)

    yes = list(assistant.ask_text("đúng rồi"))
    assert answered(yes).intent == reply.choices[0].intent and answered(yes).sources
    again = answered(list(assistant.ask_text("đúng rồi")))
    assert again.intent == "yes", "nothing is pending any more"


def test_no_takes_the_question_back(assistant: Assistant, strict: Strict) -> None:
    strict.ask("đánh giá xếp loại")
    reply = answered(list(assistant.ask_text("không phải")))
    assert (reply.intent, reply.control) == ("no", "no") and "hỏi lại" in reply.text
    assert answered(list(assistant.ask_text("đúng rồi"))).intent == "yes"


def test_yes_to_a_control_does_it(assistant: Assistant, strict: Strict) -> None:
    before = assistant.settings.rate
    reply = answered(strict.ask("đọc chậm lại"))
    assert reply.choices[0].intent == "slower" and assistant.settings.rate == before
    done = answered(list(assistant.ask_text("đúng rồi")))
    assert done.control == "slower" and assistant.settings.rate < before


def test_with_one_thing_to_offer_it_asks_for_that(assistant: Assistant, strict: Strict) -> None:
    events = strict.ask("nhà tôi thuộc khu phố nào")
    reply = answered(events)
    assert [c.intent for c in reply.choices] == ["quarter_lookup"]
    assert reply.text == "Bác muốn tra khu phố theo địa chỉ, phải không?"
    assert answered(list(assistant.ask_text("đúng"))).intent == "quarter_lookup"


@pytest.mark.parametrize(("text", "intent"), [("đúng rồi", "yes"), ("không phải", "no")])
def test_yes_and_no_with_nothing_pending(text: str, intent: str, assistant: Assistant) -> None:
    events = list(assistant.ask_text(text))
    assert answered(events).control == intent
    assert kinds(events)[-2:] == ["SentenceReady", "Finished"]


# -- controls --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "change"),
    [("nói to hơn", "volume", +1), ("nói nhỏ lại", "volume", -1), ("đọc chậm lại", "rate", -1),
     ("đọc nhanh hơn", "rate", +1)],
)  # fmt: skip
def test_controls_change_settings_and_persist(
    text: str, name: str, change: int, make_assistant: MakeAssistant, state: State
) -> None:
    assistant = make_assistant(Settings(volume=0.5))
    before = getattr(assistant.settings, name)
    reply = answered(list(assistant.ask_text(text)))
    assert reply.control is not None and reply.status == "answered"
    after = getattr(assistant.settings, name)
    assert (after - before) * change > 0.1
    assert load_settings(state.settings) == assistant.settings


def test_a_louder_voice_is_louder_at_once_and_has_an_end(assistant: Assistant) -> None:
    def level(events: list[Event]) -> float:
        wav = next(e.wav for e in events if isinstance(e, SentenceReady))
        return float(np.abs(np.frombuffer(wav[44:], dtype="<i2").astype(np.float64)).max())

    levels = [level(list(assistant.ask_text("nói nhỏ lại"))) for _ in range(8)]
    assert levels[1] < levels[0]
    assert assistant.settings.volume == 0.1, "never mute"
    for _ in range(9):
        last = list(assistant.ask_text("nói to hơn"))
    assert assistant.settings.volume == 1.0 and level(last) > 3 * levels[-1]


def test_stop_is_quiet(assistant: Assistant) -> None:
    events = list(assistant.ask_text("dừng lại"))
    assert kinds(events) == ["Heard", "Understood", "Answered", "Finished"]
    assert answered(events).control == "stop"


@pytest.mark.parametrize(
    ("text", "control"),
    [("đọc tiếp", "next"), ("quay lại", "back"), ("về màn hình chính", "home"),
     ("hướng dẫn sử dụng máy", "help")],
)  # fmt: skip
def test_controls_of_the_screen_are_passed_on(
    text: str, control: str, assistant: Assistant
) -> None:
    reply = answered(list(assistant.ask_text(text)))
    assert (reply.intent, reply.control, reply.sources) == (control, control, ())


def test_repeat(assistant: Assistant) -> None:
    nothing = answered(list(assistant.ask_text("nhắc lại")))
    assert nothing.status == "rejected" and "đọc lại" in nothing.text
    first = answered(list(assistant.ask_text(FEES)))
    list(assistant.ask_text("nói to hơn"))
    events = list(assistant.ask_text("nhắc lại"))
    again = answered(events)
    assert again.control == "repeat" and again.intent == "fees"
    assert (again.text, again.title, again.sources) == (first.text, first.title, first.sources)
    assert_spoken(events, first.text)


# -- one turn after another ------------------------------------------------------------------


def test_a_new_turn_ends_the_old_one(assistant: Assistant) -> None:
    old = assistant.ask_text(FEES)
    seen = [next(old) for _ in range(4)]
    assert isinstance(seen[-1], SentenceReady)
    new = list(assistant.ask_text("dừng lại"))
    assert answered(new).control == "stop" and isinstance(new[-1], Finished)
    assert list(old) == [], "not one more sentence, and no Finished"


def test_stop_and_begin_end_a_running_turn(assistant: Assistant) -> None:
    for end in (assistant.stop, assistant.begin):
        running = assistant.say("Câu một. Câu hai. Câu ba.")
        next(running)
        end()
        assert list(running) == []
    assert kinds(assistant.say("Câu một.")) == ["SentenceReady", "Finished"]


# -- a recording -----------------------------------------------------------------------------


def test_a_recording_of_chunks_equals_the_whole_sound(assistant: Assistant) -> None:
    sound = np.concatenate([silence(0.7), spoken(FEES), silence(2.0)])
    recording = assistant.begin()
    fed = 0
    for chunk in pcm_chunks(sound):
        assert recording.feed(chunk, rate=16_000, channels=1) == []
        assert 0.0 <= recording.level <= 1.0
        fed += 1
        if recording.ended:
            break
    assert recording.ended and fed < len(sound) / 1600, "it ended by itself"
    live, whole = list(recording.finish()), list(assistant.ask_audio(sound))
    assert kinds(live) == kinds(whole)
    assert answered(live).text == answered(whole).text
    assert understood(live).intent == understood(whole).intent == "fees"
    a, b = one(live, Thinking), one(whole, Thinking)
    assert isinstance(a, Thinking) and isinstance(b, Thinking)
    assert a.seconds == pytest.approx(b.seconds, abs=0.1)


def test_the_button_ends_the_utterance_at_once(assistant: Assistant) -> None:
    recording = assistant.begin()
    for chunk in pcm_chunks(spoken("dừng lại")):
        recording.feed(chunk, rate=16_000, channels=1)
    assert not recording.ended and 0.9 < recording.seconds < 2.0
    assert answered(list(recording.finish())).control == "stop"


def test_the_level_follows_the_voice(assistant: Assistant) -> None:
    recording = assistant.begin()
    recording.feed(next(pcm_chunks(silence(0.1))), rate=16_000, channels=1)
    quiet = recording.level
    recording.feed(next(pcm_chunks(tone(0.1, level=0.1))), rate=16_000, channels=1)
    assert quiet == 0.0 and 0.3 < recording.level < 0.7
    recording.feed(next(pcm_chunks(tone(0.1, level=0.9))), rate=16_000, channels=1)
    assert recording.level == 1.0


def test_a_cancelled_recording_is_forgotten(assistant: Assistant) -> None:
    recording = assistant.begin()
    for chunk in pcm_chunks(spoken(FEES)):
        recording.feed(chunk, rate=16_000, channels=1)
    recording.cancel()
    assert recording.seconds == 0.0
    assert answered(list(recording.finish())).status == "rejected"


def test_a_microphone_of_a_strange_kind_fails_with_a_message(assistant: Assistant) -> None:
    recording = assistant.begin()
    recording.feed(b"\0" * 64, rate=4000, channels=9)
    assert recording.ended
    (event,) = recording.finish()
    assert isinstance(event, Failed) and "Micrô" in event.message


def test_patience_is_a_setting(make_assistant: MakeAssistant) -> None:
    assistant = make_assistant(Settings(silence=0.5, keep=0.1, limit=9.0))
    assert assistant.settings.endpoint == EndpointSettings(silence=0.5, keep=0.1, limit=9.0)
    recording = assistant.begin()
    for chunk in pcm_chunks(np.concatenate([spoken("dừng lại"), silence(0.3)])):
        recording.feed(chunk, rate=16_000, channels=1)
    assert recording.ended


# -- what goes wrong -------------------------------------------------------------------------


def test_a_missing_recogniser_is_said(state: State) -> None:
    assistant = Assistant(state, Settings())
    assert not assistant.ready
    event = failed(list(assistant.ask_audio(spoken(FEES))))
    assert "troly models install whisper-base" in event.message
    assert event.detail.startswith("ModelMissing: ")
    # Typed questions and touch need no recogniser.
    assert answered(list(assistant.ask_intent("fees"))).intent == "fees"


def test_a_broken_store_is_said(assistant: Assistant, state: State) -> None:
    state.root.mkdir()
    state.database.write_bytes(b"no database" * 1000)
    event = failed(list(assistant.ask_text(FEES)))
    assert event.message and "Error" not in event.message
    assert answered(list(assistant.ask_text("dừng lại"))).control == "stop", "and it goes on"


def test_settings_that_cannot_be_saved_are_said(assistant: Assistant, state: State) -> None:
    state.root.write_text("a file where the folder must be")
    event = failed(list(assistant.ask_text("nói to hơn")))
    assert event.message.startswith("Không lưu được cài đặt")


def test_a_broken_lexicon_line_is_logged_and_nobody_loses_his_answer(
    assistant: Assistant, state: State, caplog: pytest.LogCaptureFixture
) -> None:
    state.root.mkdir()
    state.lexicon.write_text("một cột\n", encoding="utf-8")
    without = spoken_seconds(assistant.say("ĐBMP họp."))
    assert "line 1" in caplog.text
    long = "đảng bộ phường minh phụng thành phố hồ chí minh"
    state.lexicon.write_text(f"một cột\nĐBMP\t{long}\n", encoding="utf-8")
    caplog.clear()
    # The good line behind the broken one is used: ten syllables instead of four letters.
    assert spoken_seconds(assistant.say("ĐBMP họp.")) > 1.3 * without
    assert "line 1" in caplog.text


def spoken_seconds(events: Iterable[Event]) -> float:
    sentences = [e for e in events if isinstance(e, SentenceReady)]
    assert sentences, "nothing was said"
    return sum(s.seconds for s in sentences)


def test_the_unexpected_is_logged_and_said(
    assistant: Assistant, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the encoder fell over")

    monkeypatch.setattr(WhisperModel, "encode", lost)
    with caplog.at_level(logging.ERROR):
        events = list(assistant.ask_audio(spoken(FEES)))
    assert kinds(events) == ["Thinking", "Failed"]
    assert failed(events).message.startswith("Có lỗi ngoài dự kiến. Mời bác")
    assert failed(events).detail == "RuntimeError: the encoder fell over"
    assert "the encoder fell over" in caplog.text


def test_an_intent_nobody_knows(assistant: Assistant) -> None:
    event = failed(list(assistant.ask_intent("no such thing")))
    assert "Mời bác" in event.message


def test_no_sound_is_kept(assistant: Assistant, state: State) -> None:
    sound = spoken(FEES)
    list(assistant.ask_audio(sound))
    list(assistant.ask_text("nói to hơn"))
    recording = assistant.begin()
    for chunk in pcm_chunks(sound):
        recording.feed(chunk, rate=16_000, channels=1)
    list(recording.finish())
    middle = len(sound) // 2
    marks = [
        b"RIFF", b"fLaC", sound[middle : middle + 16].tobytes(),
        b"".join(pcm_chunks(sound[middle : middle + 32])),
    ]  # fmt: skip
    files = [p for p in state.root.rglob("*") if p.is_file()]
    assert {p.name for p in files} >= {"knowledge.db", "settings.toml"}
    for path in files:
        data = path.read_bytes()
        assert not any(mark in data for mark in marks), path
