"""The speaking queue: what is heard, and what every button of a player does to it."""

from __future__ import annotations

import time

import numpy as np
import pytest
from made_reading import RATE, Events, Recorder, ToneVoice, making, script, whole

from voice.errors import VoiceError
from voice.speak import Position, SpeechQueue, SpeechSettings
from voice.speak.loudspeaker import AHEAD_SECONDS
from voice.speak.queue import BLOCK_SECONDS, QueueState
from voice.speak.script import Unit

WAIT = 20.0


def test_a_document_is_heard_whole_and_in_order() -> None:
    voice, speaker, told = ToneVoice(), Recorder(), Events()
    made = script()
    queue = SpeechQueue(made, making(voice), speaker, on_event=told)
    assert queue.state == QueueState("ready", Position(), 0.0)
    queue.play()
    assert queue.wait(WAIT)
    assert queue.state.mode == "finished" and speaker.drained
    assert np.array_equal(speaker.samples, whole(made, making(ToneVoice())))
    breaths = [b for line in made.lines for b in line.breaths]
    assert [(p.start, p.end) for p in told.pieces] == [(b.start, b.end) for b in breaths]
    for piece in told.pieces:
        at = [mark.at for mark in piece.marks]
        assert at and at == sorted(at) and at[-1] <= piece.sound.seconds
        assert all(piece.start <= m.start < m.end <= piece.end for m in piece.marks)
    queue.play()  # again, from the beginning
    assert queue.wait(WAIT)
    assert len(told.pieces) == 2 * len(breaths)
    queue.close()


def test_the_next_is_made_while_one_sounds() -> None:
    voice = ToneVoice()
    ahead: list[int] = []

    def on_write(count: int) -> None:
        if count == 1:  # the loudspeaker is busy with the first block
            end = time.monotonic() + WAIT
            while len(voice.asked) < 4 and time.monotonic() < end:
                time.sleep(0.01)
            time.sleep(0.05)  # a fifth would come now
            ahead.append(len(voice.asked))

    queue = SpeechQueue(script(), making(voice), Recorder(on_write))
    queue.play()
    assert queue.wait(WAIT)
    queue.close()
    assert ahead == [4], "the one that sounds and three more"


def test_pause_is_silent_at_once_and_play_goes_on_at_the_same_sample() -> None:
    made, make = script(), making(ToneVoice())

    def on_write(count: int) -> None:
        if count == 2:
            queue.pause()

    speaker = Recorder(on_write)
    queue = SpeechQueue(made, make, speaker)
    queue.play()
    assert queue.wait(WAIT)
    state = queue.state
    assert state.mode == "paused"
    queue.play()
    assert queue.wait(WAIT)
    queue.close()
    # No block after the order, and what the loudspeaker itself holds back is bounded: 0.25 s.
    assert speaker.drops[0] == 2
    assert BLOCK_SECONDS + AHEAD_SECONDS <= 0.3
    heard, due = speaker.samples, whole(made, make)
    assert len(heard) == len(due)
    # The same but for the ramp of 10 ms where it was taken up again.
    cut = sum(len(block) for block in speaker.blocks[:2])
    ramp = round(0.01 * RATE)
    assert np.array_equal(heard[:cut], due[:cut])
    assert np.array_equal(heard[cut + ramp :], due[cut + ramp :])
    assert abs(float(heard[cut])) < 1e-6 and np.abs(heard[cut : cut + ramp]).max() > 0


def test_what_the_loudspeaker_dropped_is_said_again() -> None:
    made, make = script(), making(ToneVoice())

    def on_write(count: int) -> None:
        if count == 2:
            queue.pause()

    speaker = Recorder(on_write, behind=0.04)
    queue = SpeechQueue(made, make, speaker)
    queue.play()
    assert queue.wait(WAIT)
    queue.play()
    assert queue.wait(WAIT)
    queue.close()
    assert len(speaker.samples) == len(whole(made, make)) + round(0.04 * RATE)


def test_stop_begins_the_sentence_anew() -> None:
    def on_write(count: int) -> None:
        if count == 5:
            queue.stop()

    told = Events()
    speaker = Recorder(on_write)
    queue = SpeechQueue(script(), making(ToneVoice()), speaker, on_event=told)
    queue.play()
    assert queue.wait(WAIT)
    assert queue.state.mode == "ready" and queue.state.seconds == 0.0
    assert len(speaker.blocks) == 5
    line = queue.state.position.line
    before = len(told.pieces)
    queue.play()
    assert queue.wait(WAIT)
    queue.close()
    assert told.pieces[before].position == Position(line, 0)


STEPS: list[tuple[int, Unit, int, int]] = [
    # from line, by, to line of the script in made_reading
    (0, "sentence", 1, 1), (4, "sentence", -1, 3), (0, "sentence", -1, 0),
    (3, "paragraph", 1, 6), (4, "paragraph", -1, 3), (3, "paragraph", -1, 2),
    (0, "section", 1, 2), (5, "section", -1, 2), (2, "section", -1, 0), (7, "section", 1, 10),
    (9, "paragraph", 9, 11),
    (11, "section", 1, 11), (8, "section", 2, 10), (11, "sentence", 1, 11),
    (0, "sentence", 100, 11),
]  # fmt: skip


@pytest.mark.parametrize(("line", "unit", "by", "due"), STEPS)
def test_steps_while_it_plays(line: int, unit: Unit, by: int, due: int) -> None:
    made = script()
    assert made.step(line, unit, by) == due
    told = Events()
    stepped: list[int] = []

    def on_write(count: int) -> None:
        if not stepped:
            stepped.append(len(told.pieces))
            queue.step(unit, by)

    queue = SpeechQueue(
        made, making(ToneVoice()), Recorder(on_write), start=Position(line), on_event=told
    )
    queue.play()
    assert queue.wait(WAIT)
    queue.close()
    assert [p.position.line for p in told.pieces][:2] == [line, due]
    assert queue.state.mode == "finished", "it went on playing"


def test_a_part_of_a_document_ends_where_it_ends() -> None:
    told = Events()
    made = script()
    first, end = made.span(made.find_section("I. Phần thứ nhất") or 0)
    queue = SpeechQueue(
        made, making(ToneVoice()), Recorder(), start=Position(first), end=end, on_event=told
    )
    queue.play()
    assert queue.wait(WAIT)
    queue.close()
    assert [p.position.line for p in told.pieces] == list(range(2, 10)), "with the section in it"


def test_a_sentence_that_cannot_be_said_is_told_and_passed_over() -> None:
    told = Events()
    queue = SpeechQueue(script(), making(ToneVoice(fails_at="đảng phí")), Recorder(), on_event=told)
    queue.play()
    assert queue.wait(WAIT)
    queue.close()
    assert queue.state.mode == "finished"
    assert len([e for e in told.all if isinstance(e, VoiceError)]) == 1
    assert [p.position.line for p in told.pieces] == [n for n in range(12) if n != 4]


def test_three_in_a_row_end_it_and_play_tries_again() -> None:
    voice = ToneVoice(fails_at=" ")
    told = Events()
    queue = SpeechQueue(script(), making(voice), Recorder(), on_event=told)
    queue.play()
    assert queue.wait(WAIT)
    assert queue.state.mode == "failed"
    assert len([e for e in told.all if isinstance(e, VoiceError)]) == 3
    voice.fails_at = ""
    queue.go(0)
    queue.replace(making(voice))
    queue.play()
    assert queue.wait(WAIT)
    assert queue.state.mode == "finished" and len(told.pieces) == 12
    queue.close()


def test_a_new_speed_holds_from_the_sentence_that_sounds() -> None:
    told = Events()

    def on_write(count: int) -> None:
        if count == 5:
            queue.replace(making(ToneVoice(), SpeechSettings(rate=1.6)))

    queue = SpeechQueue(script(), making(ToneVoice()), Recorder(on_write), on_event=told)
    queue.play()
    assert queue.wait(WAIT)
    queue.close()
    twice = [p for p in told.pieces if p.position == told.pieces[-1].position]
    assert len(twice) == 1
    lines = [p.position.line for p in told.pieces]
    again = next(n for n in range(1, len(lines)) if lines[n] == lines[n - 1])
    slow, fast = told.pieces[again - 1].sound, told.pieces[again].sound
    assert fast.seconds == pytest.approx(slow.seconds / 1.6, rel=0.1)


def test_an_empty_document_is_finished_at_once() -> None:
    queue = SpeechQueue(script(()), making(ToneVoice()), Recorder())
    queue.play()
    assert queue.wait(WAIT)
    assert queue.state.mode == "finished"
    queue.step("section", 1)
    queue.go(5)
    queue.close()


def test_who_listens_and_fails_does_not_end_the_reading() -> None:
    def broken(event: object) -> None:
        raise RuntimeError("the screen is gone")

    speaker = Recorder()
    queue = SpeechQueue(script(), making(ToneVoice()), speaker, on_event=broken)
    queue.play()
    assert queue.wait(WAIT)
    queue.close()
    assert speaker.drained
