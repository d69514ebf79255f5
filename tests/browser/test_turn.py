"""Whole turns in a real browser: by voice, by touch, stopped, repeated, reloaded."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from kiosk_page import Kiosk, OpenKiosk

from kiosk.state import State
from knowledge import answer, open_store
from voice.read import read

QUESTION = "bao giờ thì đổi thẻ đảng viên"
INTENT = "card_exchange"

Spoken = Callable[[str], Path]


@pytest.fixture
def expected(state_with_models: State, tmp_path: Path) -> str:
    """The answer's text, from the knowledge itself."""
    found = answer(open_store(tmp_path / "knowledge.db"), INTENT)
    assert found is not None
    return found.text


def one_line(text: str) -> str:
    return " ".join(text.split())


def wait_ended(kiosk: Kiosk, text: str) -> None:
    """Until every sentence of ``text`` has been heard to its end and the kiosk is ready."""
    kiosk.wait_sounds("ended", len(read(text)), 120)
    kiosk.wait("status", "Sẵn sàng")


def test_a_spoken_question_is_answered_aloud(
    ready_kiosk: OpenKiosk, spoken: Spoken, expected: str
) -> None:
    kiosk = ready_kiosk(microphone=spoken(QUESTION))
    kiosk.part("talk").tap()
    kiosk.wait("status", "Đang nghe", 5)
    kiosk.wait("status", "Đang nói", 40)  # the end of speech was found without another touch

    assert one_line(expected) in kiosk.text("answer")
    assert QUESTION in kiosk.text("heard")
    assert kiosk.text("source")

    wait_ended(kiosk, expected)
    starts, ended = kiosk.sounds("playing"), kiosk.sounds("ended")
    assert len(starts) == len(ended) == len(read(expected))
    for start, end in zip(starts, ended, strict=True):
        # A busy machine may stretch it, but nothing may be cut off.
        assert -0.1 < (end["at"] - start["at"]) / 1000 - end["length"] < 2
    gaps = [b["at"] - a["at"] for a, b in zip(ended, starts[1:], strict=False)]
    assert max(gaps, default=0) < 400, f"silence between sentences, in ms: {gaps}"


def test_stop_is_silent_within_300_ms_and_again_starts_over(ready_kiosk: OpenKiosk) -> None:
    kiosk = ready_kiosk()
    kiosk.part(f"card-{INTENT}").tap()
    kiosk.wait_sounds("playing", 1)
    first = kiosk.sounds("playing")[0]

    kiosk.part("stop").tap()
    kiosk.wait_sounds("pause", 1, 5)
    silent = kiosk.sounds("pause")[0]["at"] - kiosk.page.evaluate("window.touched")
    assert silent < 300, f"{silent:.0f} ms"
    kiosk.wait("status", "Sẵn sàng", 5)
    kiosk.page.wait_for_timeout(700)
    assert len(kiosk.sounds("playing")) == 1, "nothing sounds after it"

    kiosk.part("again").tap()
    kiosk.wait_sounds("playing", 2)
    assert kiosk.sounds("playing")[1]["length"] == pytest.approx(first["length"], abs=0.01)
    kiosk.part("stop").tap()
    kiosk.wait("status", "Sẵn sàng", 5)


def test_a_card_answers_by_touch_without_a_microphone(
    ready_kiosk: OpenKiosk, expected: str
) -> None:
    kiosk = ready_kiosk(allow=False)
    kiosk.part("talk").tap()
    kiosk.wait("notice", "micro")
    kiosk.wait("status", "Sẵn sàng")

    kiosk.part(f"card-{INTENT}").tap()
    kiosk.wait("answer", one_line(expected)[:40])
    assert one_line(expected) in kiosk.text("answer")
    assert kiosk.text("notice") == ""

    kiosk.part("stop").tap()
    kiosk.wait("status", "Sẵn sàng", 5)
    first = kiosk.part("answer").locator("flt-semantics").nth(1)
    before = first.bounding_box()
    kiosk.part("down").tap()
    kiosk.page.wait_for_timeout(800)
    after = first.bounding_box()
    assert after["y"] < before["y"] - 50, "the text moves up"
    kiosk.part("home").tap()
    kiosk.part(f"card-{INTENT}").wait_for()


def test_a_reload_keeps_the_answer(ready_kiosk: OpenKiosk, expected: str) -> None:
    kiosk = ready_kiosk(see=True)
    kiosk.part(f"card-{INTENT}").tap()
    kiosk.wait_sounds("playing", 1)

    kiosk.page.reload()
    kiosk.see()
    kiosk.wait("status", "Sẵn sàng", 10)
    assert one_line(expected) in kiosk.text("answer")
    kiosk.part("again").tap()
    kiosk.wait_sounds("playing", 1)
    kiosk.wait("status", "Đang nói", 5)


def test_silence_is_not_understood_and_invites_to_try_again(
    ready_kiosk: OpenKiosk, spoken: Spoken
) -> None:
    from kiosk_page import as_microphone

    quiet = spoken("a")
    import numpy as np

    as_microphone(np.zeros(16_000, np.float32), 16_000, quiet)
    kiosk = ready_kiosk(microphone=quiet)
    kiosk.part("talk").tap()
    kiosk.wait("status", "Đang nghe", 5)
    kiosk.page.wait_for_timeout(1500)
    kiosk.part("talk").tap()  # pressed again: the question ends at once
    kiosk.wait("answer", "Tôi chưa nghe thấy gì", 20)


def press_and_drift(kiosk: Kiosk, seconds: float) -> None:
    """Hold the great button while the finger wanders off it."""
    box = kiosk.part("talk").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    kiosk.page.mouse.move(x, y)
    kiosk.page.mouse.down()
    until = time.monotonic() + seconds
    step = 0
    while time.monotonic() < until:
        step += 1
        kiosk.page.mouse.move(x + 6 * min(step, 50), y + 3 * (step % 7))
        kiosk.page.wait_for_timeout(80)


def test_a_drifting_finger_does_not_lose_the_question(
    ready_kiosk: OpenKiosk, spoken: Spoken, expected: str
) -> None:
    kiosk = ready_kiosk(microphone=spoken(QUESTION))
    press_and_drift(kiosk, 3.4)
    assert kiosk.text("status") == "Đang nghe"
    kiosk.page.mouse.up()
    kiosk.wait("status", "Đang nghĩ", 2)  # let go: the question ends at once
    kiosk.wait("answer", one_line(expected)[:40], 40)
