"""Meeting mode: one document hands-free, its place kept, memory flat."""

from __future__ import annotations

import io
import json
import tracemalloc
import wave
from pathlib import Path

import pytest
from made_reading import PARAGRAPHS, ToneVoice

from kiosk.reading import MeetingReader, ProgressStore, Source, View
from kiosk.reading.meeting import Command, Piece, Reading, obey
from kiosk.reading.progress import KEPT, progress_folder
from kiosk.settings import Settings
from kiosk.state import State
from voice.speak import Paragraph, compose

SOURCE = Source("file:/a", "Kế hoạch", PARAGRAPHS, ("Một ghi chú.",))


def reader(
    state: State, source: Source = SOURCE, voice: ToneVoice | None = None, **more: object
) -> MeetingReader:
    return MeetingReader(
        state, Settings(), source, synthesizer=voice or ToneVoice(), **more  # type: ignore[arg-type]
    )  # fmt: skip


def play(made: MeetingReader, count: int = 10_000) -> list[Piece]:
    found: list[Piece] = []
    while len(found) < count and (piece := made.piece()) is not None:
        found.append(piece)
        made.heard(piece)
    return found


def test_from_beginning_to_end(state: State) -> None:
    views: list[View] = []
    made = reader(state, on_change=views.append)
    assert made.view.mode == "ready" and made.view.offer is None and made.piece() is None
    assert made.play().show == "Đang đọc câu 1/12"
    pieces = play(made)
    assert [p.line for p in pieces] == list(range(12))
    for piece in pieces:
        with wave.open(io.BytesIO(piece.wav)) as wav:
            assert wav.getnframes() / wav.getframerate() == pytest.approx(piece.seconds, abs=0.01)
        assert made.text[piece.start : piece.end].strip()
        assert piece.marks[0].at < piece.seconds
    view = made.view
    assert (view.mode, view.share, view.status) == ("finished", 1.0, "Đã đọc xong: Kế hoạch")
    shares = [v.share for v in views]
    assert shares == sorted(shares) and views[3].section == "I. Phần thứ nhất"
    json.dumps(view.as_dict(), ensure_ascii=False)
    assert view.notes == ("Một ghi chú.",)
    assert made.play().reading == Reading("playing", 0, 0), "once more from the beginning"
    made.close()


BUTTONS: list[tuple[Reading, Command, Reading]] = [
    (Reading("ready"), "play", Reading("playing")),
    (Reading("playing", 3, 0), "pause", Reading("paused", 3, 0)),
    (Reading("paused", 3, 0), "pause", Reading("paused", 3, 0)),
    (Reading("paused", 3, 0), "play", Reading("playing", 3, 0)),
    (Reading("playing", 3, 0), "next", Reading("playing", 4)),
    (Reading("paused", 3, 0), "back", Reading("paused", 2)),
    (Reading("playing", 4, 0), "back_paragraph", Reading("playing", 3)),
    (Reading("playing", 3, 0), "next_section", Reading("playing", 7)),
    (Reading("playing", 8, 0), "back_section", Reading("playing", 7)),
    (Reading("playing", 8, 0), "restart", Reading("playing", 0)),
    (Reading("finished", 11, 0), "back", Reading("paused", 10)),
    (Reading("failed", 5, 0), "play", Reading("playing", 5)),
]


@pytest.mark.parametrize(("before", "command", "after"), BUTTONS)
def test_buttons(before: Reading, command: Command, after: Reading) -> None:
    assert obey(before, command, compose(PARAGRAPHS)) == after


def test_what_a_button_says(state: State) -> None:
    made = reader(state)
    made.play()
    assert made.back().say == "Đây là phần đầu của văn bản."
    assert made.pause().say.startswith("Tôi tạm dừng")
    assert made.piece() is None, "a paused reader gives nothing to play"
    made.go(11)
    assert made.next("section").say == "Đây là phần cuối của văn bản."
    made.close()


def test_a_piece_that_was_left_is_not_counted_as_heard(state: State) -> None:
    made = reader(state)
    made.play()
    piece = made.piece()
    assert piece is not None
    made.next("section")
    assert made.heard(piece) == Reading("playing", 2)
    made.close()


# -- where one stopped ------------------------------------------------------------------------


def test_the_offer_to_go_on(state: State) -> None:
    made = reader(state)
    made.play()
    play(made, 4)
    # As after a power cut: nothing is closed.
    again = reader(state)
    offer = again.view.offer
    assert offer is not None
    assert offer.show == "Lần trước dừng ở câu 5/12: “Đảng phí là 1%.”"
    assert offer.say.startswith("Lần trước tôi đọc đến phần I. Phần thứ nhất.")
    assert again.play().reading == Reading("playing", 4)
    assert again.view.offer is None
    assert [p.line for p in play(again)] == list(range(4, 12))
    third = reader(state)
    assert third.view.offer is None, "read to the end: nothing to go on with"
    for each in (made, again, third):
        each.close()


def test_every_other_button_begins_anew(state: State) -> None:
    made = reader(state)
    made.play()
    play(made, 4)
    made.close()
    again = reader(state)
    assert again.restart().reading == Reading("playing", 0)
    assert again.view.offer is None
    again.close()


def test_places_are_kept_for_each_document(state: State) -> None:
    other = Source("document:b", "Nghị quyết", PARAGRAPHS)
    for source, count in ((SOURCE, 3), (other, 6)):
        made = reader(state, source)
        made.play()
        play(made, count)
        made.close()
    store = ProgressStore(progress_folder(state))
    script = compose(PARAGRAPHS)
    first, second = store.place(SOURCE.key, script), store.place(other.key, script)
    assert first is not None and first.line == 3
    assert second is not None and second.line == 6 and second.title == "Nghị quyết"
    assert {place.document for place in store.latest()} == {SOURCE.key, other.key}


def test_the_sentence_is_found_again_in_a_changed_document(state: State) -> None:
    store = ProgressStore(progress_folder(state))
    store.keep("file:/a", "Kế hoạch", compose(PARAGRAPHS), 5)
    longer = compose((Paragraph("Thêm một câu. Và một câu nữa."), *PARAGRAPHS))
    found = store.place("file:/a", longer)
    assert found is not None and found.line == 7
    assert store.place("file:/a", compose([Paragraph("Văn bản khác hẳn. Hai câu.")])) is None
    assert store.place("file:/b", longer) is None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"line": 1}', "\x00" * 50])
def test_a_torn_place_is_no_place(content: str, state: State) -> None:
    store = ProgressStore(progress_folder(state))
    store.keep("file:/a", "Kế hoạch", compose(PARAGRAPHS), 5)
    (file,) = progress_folder(state).glob("*.json")
    file.write_text(content, encoding="utf-8")
    assert store.place("file:/a", compose(PARAGRAPHS)) is None
    assert store.latest() == ()
    store.keep("file:/a", "Kế hoạch", compose(PARAGRAPHS), 6)
    assert store.place("file:/a", compose(PARAGRAPHS)) is not None


def test_no_more_places_than_promised(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    assert KEPT >= 50
    monkeypatch.setattr("kiosk.reading.progress.KEPT", 5)
    store = ProgressStore(progress_folder(state))
    for number in range(12):
        store.keep(f"file:/{number}", "x", compose(PARAGRAPHS), 1)
    assert len(list(progress_folder(state).iterdir())) == 5


def test_a_disk_that_cannot_be_written_does_not_stop_the_reading(state: State) -> None:
    state.root.mkdir(parents=True)
    (state.root / "reading").write_text("a file where the folder must be")
    made = reader(state)
    made.play()
    assert len(play(made)) == 12
    made.close()


# -- what goes wrong --------------------------------------------------------------------------


def test_a_sentence_that_cannot_be_said_is_passed_over(state: State) -> None:
    made = reader(state, voice=ToneVoice(fails_at="đảng phí"))
    made.play()
    assert [p.line for p in play(made)] == [n for n in range(12) if n != 4]
    assert made.view.mode == "finished"
    made.close()


def test_a_voice_that_fails_for_good_is_said(state: State) -> None:
    made = reader(state, voice=ToneVoice(fails_at=" "))
    made.play()
    assert made.piece() is None
    assert made.view.mode == "failed" and "Hãy bấm" in made.view.status
    made.close()


@pytest.mark.parametrize("text", ["", "…", "😀"])
def test_nothing_to_read(text: str, state: State) -> None:
    made = reader(state, Source("file:/e", "Trống", (Paragraph(text),)))
    made.play()
    assert made.piece() is None and made.view.mode == "finished"
    made.next()
    made.go(3)
    made.close()


def test_a_broken_line_of_the_lexicon_does_not_stop_the_meeting(state: State) -> None:
    state.root.mkdir(parents=True)
    state.lexicon.write_text("một cột\nĐBMP\tđảng bộ minh phụng\n", encoding="utf-8")
    made = reader(state, Source("file:/l", "L", (Paragraph("ĐBMP họp."),)))
    assert made.script.lines[0].words == "đảng bộ minh phụng họp"
    made.close()


def test_another_speed_from_the_sentence_one_is_at(state: State) -> None:
    made = reader(state)
    made.play()
    slow = made.piece()
    made.change(Settings(rate=1.6))
    fast = made.piece()
    assert slow is not None and fast is not None and slow.line == fast.line
    assert fast.seconds == pytest.approx(slow.seconds / 1.6, rel=0.15)
    made.close()


def test_a_long_reading_does_not_grow(state: State, tmp_path: Path) -> None:
    """The full two hours: ``python -m bench.voices memory 120``."""
    text = "Câu số {} nói về việc chung của chi bộ, ai cũng nghe rõ và cùng bàn."
    source = Source("file:/long", "Dài", tuple(Paragraph(text.format(n)) for n in range(360)))
    made = reader(state, source)
    made.play()
    play(made, 60)  # loads what is loaded once
    peaks: list[int] = []
    tracemalloc.start()
    try:
        for _ in range(3):
            tracemalloc.reset_peak()
            assert len(play(made, 100)) == 100
            peaks.append(tracemalloc.get_traced_memory()[1])
    finally:
        tracemalloc.stop()
    made.close()
    one = 60_000  # bytes of one breath's samples; 300 kept would be 18 MB
    assert peaks[2] < peaks[0] + 5 * one, peaks
