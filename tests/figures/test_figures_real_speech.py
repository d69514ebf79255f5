"""Real recordings, where they are at hand: commands, and read speech against stock Whisper."""

from __future__ import annotations

from pathlib import Path

from bench import commands, recognise
from kiosk.state import State


def test_real_commands(shared: Path, state_with_models: State) -> None:
    found = commands.recognise(state_with_models)
    print(found)
    assert found["of"] == 10
    assert found["right"] >= 9


def test_read_speech_is_hardly_worse_than_stock(shared: Path) -> None:
    # Every sixth clip: 35 clips tell a loop or a wrong window. The time and all 212 clips are
    # the bench's: a test that measures time fails on a busy machine.
    found = recognise.compare(every=6)
    print(found)
    assert found["wer_difference"] <= 0.02
