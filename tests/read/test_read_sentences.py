"""Where sentences end, how long the rests are, what the engine gets."""

from __future__ import annotations

import unicodedata

import pytest

from voice.read import read
from voice.read.sentences import blocks


def spoken(text: str) -> list[str]:
    return [sentence.spoken for sentence in read(text)]


def test_a_full_stop_ends_a_sentence_and_an_abbreviation_does_not() -> None:
    assert spoken("Họp ở P. 14, TP. Hồ Chí Minh. Đ/c A dự. Hết.") == [
        "họp ở phường mười bốn, thành phố hồ chí minh.",
        "đồng chí a dự.",
        "hết.",
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Có 1.248 thẻ. Trao cho 69 chi bộ.", 2),
        ("Bút, giấy, v.v. Sau đó họp.", 2),
        ("Bút, giấy v.v. và sách.", 1),
        ("Thật không? Có! Được…", 3),
        ("Tệ nạn xã hội... và khác", 1),
        ("Gửi về a@b.vn. Cảm ơn.", 2),
        ("...", 0),
        ("", 0),
        ("   \n\n ", 0),
    ],
)
def test_number_of_sentences(text: str, count: int) -> None:
    assert len(read(text)) == count


def test_lines_broken_by_a_page_are_joined() -> None:
    text = (
        "Căn cứ Quy chế làm việc của Ban Chấp hành Trung ương và Ban Bí thư khoá \n"
        "XIII, vùng có điều kiện kinh tế \nxã hội đặc biệt khó khăn"
    )
    assert spoken(text) == [
        "căn cứ quy chế làm việc của ban chấp hành trung ương và ban bí thư khóa mười ba, "
        "vùng có điều kiện kinh tế xã hội đặc biệt khó khăn."
    ]


def test_items_headings_and_rows_stand_alone() -> None:
    text = (
        "KẾ HOẠCH\nTháng 11\n1. Họp lúc 8h\na) Ghi biên bản\n- Nộp đảng phí\n\n"
        "| TT | Nội dung |\n|----|----|\n| 1 | Họp |"
    )
    assert spoken(text) == [
        "kế hoạch.",
        "tháng mười một.",
        "một, họp lúc tám giờ.",
        "a, ghi biên bản.",
        "nộp đảng phí.",
        "thứ tự, nội dung.",
        "một, họp.",
    ]


def test_blocks_hold_every_letter() -> None:
    text = "A b\n\n- c\n====\nd | e\n"
    held = "".join(text[block.start : block.end] for block in blocks(text))
    assert [c for c in text if c.isalpha()] == [c for c in held if c.isalpha()]


def test_punctuation_becomes_rests() -> None:
    sentence = read("Bí thư (khóa XIII), “đồng chí A”; họp: hết.")[0]
    assert [(t.words, t.pause) for t in sentence.tokens if t.pause] == [
        ("thư", 0.15),
        ("mười ba", 0.2),
        ("a", 0.35),
        ("họp", 0.3),
    ]
    assert sentence.pause > 0


def test_rests_grow_from_sentence_to_heading() -> None:
    heading, first, second = read("# Kế hoạch\nHọp. Nghỉ.")
    assert first.pause < second.pause < heading.pause


def test_nfd_old_marks_and_capitals_are_read_the_same() -> None:
    written = "Hòa bình, Thủy lợi, Khóa XIII, Ủy ban"
    due = spoken(written)
    for form in (
        unicodedata.normalize("NFD", written),
        "Hoà bình, Thuỷ lợi, Khoá XIII, Uỷ ban",
        unicodedata.normalize("NFD", "Hoà bình, Thuỷ lợi, Khoá XIII, Uỷ ban"),
        written.upper(),
    ):
        assert spoken(form) == due


def test_a_long_text_takes_time_in_proportion() -> None:
    # Signs without spaces once took hours: every pattern is bounded.
    for sign in ("a-", "a.", "1-", "1/2-", "https://", "X", "5đ/người/", "0", "(", "50-CT/TW-"):
        assert read(sign * 3000) is not None
