"""Slots filled from made speech with the real recogniser: the sound decides among fillers."""

from __future__ import annotations

from datetime import date

import pytest

from bench.slots import Ear
from intents.spoken.filling import SlotAnswer, SlotKind, fill_slot
from kiosk.state import State
from voice.speak.synthesizer import Region

TODAY = date(2026, 11, 26)

STREETS = {
    "lạc long quân": "Lạc Long Quân", "hàn hải nguyên": "Hàn Hải Nguyên",
    "minh phụng": "Minh Phụng", "hòa bình": "Hòa Bình", "phó cơ điều": "Phó Cơ Điều",
    "trần quý": "Trần Quý", "nguyễn trãi": "Nguyễn Trãi", "lê đại hành": "Lê Đại Hành",
    "âu cơ": "Âu Cơ", "bình thới": "Bình Thới",
}  # fmt: skip


@pytest.fixture(scope="module")
def ear(state_with_models: State) -> Ear:
    """The real recogniser."""
    return Ear(state_with_models)


def heard(ear: Ear, kind: SlotKind, frame: str, filler: str, region: Region) -> SlotAnswer:
    texts, judge = ear.hear(frame.replace("{}", filler), region)
    names = STREETS if kind == "choice" else None
    return fill_slot(kind, texts, TODAY, judge=judge, frame=frame, names=names)


@pytest.mark.parametrize("region", ["bac", "nam"])
def test_a_street_is_chosen_by_its_sound(ear: Ear, region: Region) -> None:
    frame = "số mười hai đường {} thuộc khu phố nào"
    answer = heard(ear, "choice", frame, "phó cơ điều", region)
    assert answer.written == "Phó Cơ Điều"
    assert 0 < answer.confidence <= 1
    assert all(c.confidence <= answer.confidence for c in answer.alternatives)


def test_a_date_is_chosen_by_its_sound(ear: Ear) -> None:
    answer = heard(ear, "date", "chi bộ họp vào {}", "thứ sáu tuần sau", "bac")
    assert answer.written == "4/12/2026"


def test_a_lunar_day_is_asked_back_however_clear_it_was(ear: Ear) -> None:
    answer = heard(ear, "date", "chi bộ họp vào {}", "rằm tháng tám", "bac")
    if answer.written.startswith("15/8 "):
        assert answer.status == "ask"
    else:  # heard as something else: it must not be taken for certain
        assert answer.status != "taken"


def test_a_filler_that_was_not_said_is_not_taken(ear: Ear) -> None:
    frame = "số mười hai đường {} thuộc khu phố nào"
    texts, judge = ear.hear("hôm nay trời mưa to quá nhỉ", "bac")
    answer = fill_slot("house", texts, TODAY, judge=judge, frame=frame)
    assert answer.status != "taken"
    assert answer.question
