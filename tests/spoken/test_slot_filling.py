"""One slot of a known carrier: what is taken, what is asked back, what is asked for again."""

from __future__ import annotations

import json
from datetime import date

import pytest

from intents.spoken.filling import SlotAnswer, SlotKind, fill_slot

TODAY = date(2026, 11, 26)

STREETS = {
    "lạc long quân": "Lạc Long Quân",
    "hàn hải nguyên": "Hàn Hải Nguyên",
    "minh phụng": "Minh Phụng",
    "hòa bình": "Hòa Bình",
    "ba tháng hai": "3 Tháng 2",
}


def typed(kind: SlotKind, text: str) -> SlotAnswer:
    names = STREETS if kind == "choice" else None
    return fill_slot(kind, [text], TODAY, names=names, streets=STREETS)


@pytest.mark.parametrize(
    ("kind", "text", "written"),
    [
        ("house", "một hai ba xuyệt bốn lăm xuyệt sáu a đường lạc long quân",
         "123/45/6A Lạc Long Quân"),
        ("house", "số mười hai đường ba tháng hai", "12 3 Tháng 2"),
        ("choice", "nhà tôi ở đường hoà bình", "Hòa Bình"),
        ("choice", "minh phung", "Minh Phụng"),
        ("date", "thứ sáu tuần sau", "4/12/2026"),
        ("date", "tuần sau", "30/11/2026 đến 6/12/2026"),
        ("time", "bảy giờ rưỡi tối", "19:30"),
        ("document", "hướng dẫn bốn hai ban tổ chức trung ương", "hướng dẫn 42-HD/BTCTW"),
        ("document", "nghị quyết mười tám năm hai không mười bảy", "nghị quyết 18 năm 2017"),
        ("organisation", "chi bo hai mot", "Chi bộ 21"),
        ("quarter", "khu phố số năm", "khu phố 5"),
        ("quarter_of_year", "quý bốn năm nay", "quý 4 năm 2026"),
        ("month", "tháng sau", "tháng 12/2026"),
        ("form", "mẫu hai ca nờ đê", "mẫu 2-KNĐ"),
        ("money", "năm trăm nghìn đồng", "500.000 đồng"),
        ("yes_no", "hổng phải", "không"),
        ("number", "một trăm linh năm", "105"),
    ],
)  # fmt: skip
def test_what_is_certain_is_taken(kind: SlotKind, text: str, written: str) -> None:
    answer = typed(kind, text)
    assert (answer.status, answer.written) == ("taken", written)
    assert answer.question == answer.spoken_question == ""


@pytest.mark.parametrize("text", ["rằm tháng tám", "mùng một tết", "giỗ tổ hùng vương"])
def test_a_lunar_day_is_asked_back_with_the_solar_one(text: str) -> None:
    answer = typed("date", text)
    assert answer.status == "ask"
    assert isinstance(answer.value, dict)
    assert answer.value["calendar"] == "lunar"
    solar = date.fromisoformat(str(answer.value["date"]))
    assert f"{solar.day}/{solar.month}/{solar.year}" in answer.question
    assert "âm lịch" in answer.question


@pytest.mark.parametrize(
    ("kind", "text"),
    [("time", "tám giờ"), ("number", "hai năm"), ("organisation", "chi bộ ba người")],
)
def test_words_that_often_mean_something_else_are_asked_back(kind: SlotKind, text: str) -> None:
    answer = typed(kind, text)
    assert answer.status == "ask"
    assert answer.written in answer.question
    assert answer.spoken in answer.spoken_question


def test_two_values_in_one_text_are_asked_about() -> None:
    answer = typed("document", "chỉ thị năm mươi hay quy định hai chín bốn")
    assert answer.status == "ask"
    assert "50" in answer.question
    assert "294" in answer.question
    assert [c.written for c in answer.alternatives] == ["quy định 294"]


def test_a_name_that_only_sounds_alike_is_asked_back() -> None:
    answer = typed("choice", "đường nạc long quân")
    assert (answer.status, answer.written) == ("ask", "Lạc Long Quân")


@pytest.mark.parametrize("kind", ["house", "date", "document", "quarter", "choice", "form"])
def test_what_was_not_said_is_asked_for(kind: SlotKind) -> None:
    answer = typed(kind, "xin chào cháu")
    assert answer.status == "missing"
    assert answer.value is None
    assert answer.question.endswith("ạ?") or answer.question.endswith("ạ.")


def test_the_slots_own_question_is_used() -> None:
    answer = fill_slot("house", ["dạ"], TODAY, question="Nhà bác số mấy ạ?")
    assert answer.question == "Nhà bác số mấy ạ?"


def test_a_higher_bound_asks_more() -> None:
    assert fill_slot("number", ["bốn lăm"], TODAY, take=0.5).status == "taken"
    assert fill_slot("number", ["bốn lăm"], TODAY, take=0.99).status == "ask"


def test_an_answer_is_json() -> None:
    told = json.loads(json.dumps(typed("house", "số 12/3 đường minh phụng").as_json()))
    assert told["value"] == {"number": "12/3", "street": "Minh Phụng", "alley_only": False}


@pytest.mark.parametrize("frame", ["không có chỗ", "{} và {}"])
def test_a_frame_needs_one_place(frame: str) -> None:
    with pytest.raises(ValueError, match="one place"):
        fill_slot("number", ["một"], TODAY, frame=frame)


def test_a_choice_needs_names() -> None:
    with pytest.raises(ValueError, match="names"):
        fill_slot("choice", ["một"], TODAY)
