"""The design's promises that need no browser: contrast, glyphs, blocks to read, dates."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

import kiosk.screen
from kiosk.events import Source
from kiosk.screen import theme
from kiosk.screen.answer import weakest
from kiosk.screen.glyphs import displayable
from kiosk.screen.header import written_date
from kiosk.screen.home import ICONS
from kiosk.screen.reading import Block, blocks, split_spoken
from voice.read import read

SCREEN = Path(kiosk.screen.__file__).parent

TEXT = (
    "Chi bộ họp mỗi tháng một lần, thường vào ngày đầu tháng, do bí thư chủ trì. Buổi họp có ba "
    "phần: mở đầu, nội dung và kết thúc, mỗi phần có người ghi biên bản.\n"
    "1. Mở đầu: nêu lý do; cử thư ký.\n\n2. Nội dung: bàn việc tháng tới. Phân công rõ người."
)


@pytest.mark.parametrize(("text", "background"), theme.PAIRS)
def test_every_text_stands_out_seven_to_one(text: str, background: str) -> None:
    assert theme.contrast(text, background) >= 7


def test_edges_of_what_can_be_touched_stand_out_three_to_one() -> None:
    assert theme.contrast(theme.LINE, theme.PAPER) >= 3
    assert theme.contrast(theme.LINE, theme.CARD) >= 3


def test_black_on_white_is_twenty_one() -> None:
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)


def test_no_letter_is_small_and_no_target_is() -> None:
    assert min(theme.SMALL, theme.BODY, theme.TITLE, theme.LARGE) >= 28
    assert theme.TARGET >= 64


def test_only_the_theme_names_colours() -> None:
    for file in SCREEN.glob("*.py"):
        if file.name != "theme.py":
            assert not re.search(r"#[0-9a-fA-F]{6}\b", file.read_text("utf-8")), file.name


def test_every_vietnamese_letter_can_be_drawn() -> None:
    letters = "aăâeêioôơuưyđ" + "áàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
    text = letters + letters.upper() + "“”…–—•½²%°/\\§₫"
    assert displayable(text) == text


def test_what_the_font_lacks_is_replaced_one_for_one() -> None:
    text = "Được ✓ → 😀 xong\nhết"
    shown = displayable(text)
    assert shown == "Được   -   xong\nhết"
    assert len(shown) == len(text)


def test_blocks_hold_every_sentence_whole() -> None:
    found = blocks(TEXT)
    assert [TEXT[b.start : b.end].split()[0] for b in found] == ["Chi", "Buổi", "1.", "2."]
    for sentence in read(TEXT):
        inside = [b for b in found if b.start <= sentence.start and sentence.end <= b.end]
        assert len(inside) == 1, TEXT[sentence.start : sentence.end]


@pytest.mark.parametrize("text", ["", "\n\n", "Một câu.", "Một câu. Hai câu."])
def test_short_texts_make_at_most_one_block(text: str) -> None:
    assert len(blocks(text)) == (1 if text.strip() else 0)


def test_the_spoken_part_is_cut_to_the_block() -> None:
    block = Block(10, 20)
    assert split_spoken(block, None) == (20, 20)
    assert split_spoken(block, (0, 10)) == (20, 20)
    assert split_spoken(block, (12, 30)) == (12, 20)
    assert split_spoken(block, (20, 30)) == (20, 20)


def test_a_document_named_twice_is_shown_once_with_its_weakest_mark() -> None:
    sources = (Source("A", "báo"), Source("B", "gốc"), Source("A", "cần kiểm tra"))
    assert weakest(sources) == (Source("A", "cần kiểm tra"), Source("B", "gốc"))
    assert weakest((Source("A", "lạ"), Source("A", "gốc"))) == (Source("A", "lạ"),)


def test_dates_are_written_as_in_vietnam() -> None:
    assert written_date(datetime(2026, 11, 25)) == "Thứ Tư, 25/11/2026"
    assert written_date(datetime(2026, 11, 29)) == "Chủ nhật, 29/11/2026"


def test_icons_belong_to_intents_that_exist() -> None:
    from intents.phrase_files import load_phrase_book

    assert set(ICONS) <= set(load_phrase_book().intents)


def test_lying_and_standing_windows_get_a_great_button() -> None:
    for width, height in ((1280, 800), (800, 1280), (1920, 1080), (1024, 600)):
        layout = theme.Layout.of(width, height)
        assert layout.landscape == (width >= height)
        assert layout.talk >= 220
