"""Spoken numbers to figures: own cases, and the public ones where they lie beside the project."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from bench.itn import read_cases, shares
from intents.spoken.rewriting import write_figures


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("ngày hai mươi tư tháng bảy năm hai không mười ba", "ngày 24 tháng 7 năm 2013"),
        ("mùng năm tháng tư", "mùng 5 tháng 4"),
        ("nhà tôi ở một hai ba xuyệt bốn lăm xuyệt sáu a", "nhà tôi ở 123/45/6A"),
        ("chỉ thị năm mươi của Ban Bí thư", "chỉ thị 50 của Ban Bí thư"),
        ("quy định hai chín bốn", "quy định 294"),
        ("họp lúc bảy giờ rưỡi tối", "họp lúc 7:30 tối"),
        ("tám giờ kém mười", "7:50"),
        ("ba người họp chi bộ", "ba người họp chi bộ"),
        ("ba năm nay", "ba năm nay"),
        ("không có ai", "không có ai"),
        ("khu phố năm", "khu phố 5"),
        ("năm trăm nghìn đồng", "500000 đồng"),
        ("bốn trăm sáu mươi triệu đồng", "460 triệu đồng"),
        ("chín bảy phẩy năm phần trăm", "97,5%"),
        ("hai phần ba số đảng viên", "2/3 số đảng viên"),
        ("đại hội mười bốn", "Đại hội XIV"),
        ("không chín ba sáu năm năm năm bốn bốn chín", "0936555449"),
        ("mục một chấm hai chấm ba", "mục 1.2.3"),
        ("năm hai không hai sáu", "năm 2026"),
        ("ngay hai muoi thang muoi nam hai khong hai sau", "ngay 20 thang 10 nam 2026"),
        ("5/3/2026", "5/3/2026"),
        ("hai mươi hay ba mươi", "20 hay 30"),
        ("", ""),
    ],
)
def test_numbers_are_written_in_figures(spoken: str, written: str) -> None:
    assert write_figures(spoken) == written


def test_decomposed_text_is_read_and_the_rest_is_left_as_it_is() -> None:
    text = unicodedata.normalize("NFD", "Họp ngày mười lăm nhé")
    assert unicodedata.normalize("NFC", write_figures(text)) == "Họp ngày 15 nhé"
    assert write_figures(text).startswith(unicodedata.normalize("NFD", "Họp ngày "))


def test_what_is_written_stays_as_it_is() -> None:
    for text in ("Hướng dẫn 42-HD/BTCTW", "số 123/45", "7:30", "khu phố 21", "97,5%"):
        assert write_figures(text) == text


def test_the_public_cases_agree(shared: Path) -> None:
    """At least what was reached; e-mail addresses are not spoken to a kiosk."""
    got = shares(read_cases(shared / "text" / "nemo_vi_itn"))
    least = {"cardinal": 0.97, "date": 1.0, "decimal": 0.95, "fraction": 1.0, "measure": 1.0,
             "money": 1.0, "ordinal": 1.0, "telephone": 0.84, "time": 0.83, "word": 1}  # fmt: skip
    assert {k: r for k, r in least.items() if got[k]["agrees"] < r} == {}
