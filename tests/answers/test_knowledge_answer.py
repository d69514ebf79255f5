"""From what is wanted to what is said."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from knowledge import Answer, Content, Store, answer, open_store


def of(store: Store, document: str) -> Answer:
    found = answer(store, "read_directive", {"document": document})
    assert found is not None
    return found


def test_a_citation_says_which_version_and_what_replaced_it(store: Store) -> None:
    found = answer(store, "transfer_official", {})
    assert found is not None
    first = found.sources[0]
    assert first.document == "Quy định 294-QĐ/TW ngày 26-5-2025"
    assert first.code == "294-QĐ/TW"
    assert first.trust == "gốc"
    assert first.in_force_from == "2025-07-01"
    assert first.replaced_by == "Quy định 208-QĐ/TW ngày 26-7-2026 (cần kiểm tra)"
    assert first.where == "mục 6.3.1"
    assert found.as_of == "2026-11-25"


@pytest.mark.parametrize(
    "said",
    [
        "50-CT/TW",
        unicodedata.normalize("NFD", "Chỉ thị 50-CT/TW"),
        "chi thi 50",
        "50 ct tw",
        "Chỉ thị số 50",
        "50-CT/TƯ",
        "  50-CT/TW  ",
        "CT 50",
        "５０-CT/TW",
        "Chỉ thị 50-CT/TW ngày 23-7-2025",
    ],
)
def test_a_document_is_found_however_it_is_written(store: Store, said: str) -> None:
    assert of(store, said).id == "summary_ct_50"


@pytest.mark.parametrize("said", ["294-QĐ/TW", "294-QD/TW", "quyết định 294", "quy định 294-QĐ"])
def test_qd_is_both_kinds(store: Store, said: str) -> None:
    assert of(store, said).id == "summary_qd_294"


def test_old_tone_marks_and_capitals(store: Store) -> None:
    assert of(store, "ĐIỀU LỆ ĐẢNG").id == of(store, "dieu le dang").id == "summary_dieu_le"


def test_one_symbol_two_documents(store: Store) -> None:
    found = of(store, "01-HD/TW")
    assert found.id == "summary_hd_01_2026"
    assert "Có 2 văn bản mang số 01-HD/TW" in found.text
    assert "Hướng dẫn 01-HD/TW năm 2026" in found.text
    assert "Hướng dẫn 01-HD/TW năm 2021" in found.text
    older = of(store, "01-HD/TW 2021")

    assert older.sources[0].document == "Hướng dẫn 01-HD/TW ngày 28-9-2021"
    assert "Văn bản này đã được thay bằng Hướng dẫn 06-HD/TW năm 2025." in older.text
    assert "có thể đã được thay bằng Hướng dẫn 01-HD/TW năm 2026." in older.text
    assert "cùng ký hiệu" not in older.text


def test_two_documents_that_both_no_longer_hold(store: Store) -> None:
    found = of(store, "12-HD/BTCTW")
    assert "12-HD/BTCTW năm 2022 đã được thay bằng Hướng dẫn 38-HD/BTCTW" in found.text
    assert "12-HD/BTCTW năm 2018 đã được thay bằng Hướng dẫn 42-HD/BTCTW" in found.text
    assert found.trust == "cần kiểm tra"
    assert {s.code for s in found.sources} == {"12-HD/BTCTW"}


def test_a_superseded_document_is_said_to_be_so_before_its_summary(store: Store) -> None:
    found = of(store, "06-HD/TW")
    newer = "Hướng dẫn 01-HD/TW năm 2026"
    assert 0 < found.text.index(newer) < found.text.index("kết nạp")


@pytest.mark.parametrize("said", ["55-CT/TW", "hướng dẫn 4242", "01-HD/TW 2024"])
def test_an_unknown_document_is_admitted(store: Store, said: str) -> None:
    found = of(store, said)
    assert found.text.startswith(f"Tôi không có văn bản {said}.")
    assert not found.found
    assert found.trust is None
    assert found.sources == ()


def test_the_nearest_document_is_offered(store: Store) -> None:
    found = of(store, "55-CT/TW")
    assert "Gần nhất tôi có Chỉ thị 50-CT/TW ngày 23-7-2025" in found.text
    assert found.follow_ups == ("summary_ct_50",)
    assert "Gần nhất" not in of(store, "qqqq").text


@pytest.mark.parametrize("said", ["số", "{name}", "%s", "'; drop table documents; --", "x" * 5000])
def test_odd_documents_do_no_harm(store: Store, said: str) -> None:
    found = of(store, said)
    assert not found.found
    assert len(found.text) < 400
    assert store.document("ct-50-2025") is not None


def test_without_the_slot_it_is_said_how_to_ask(store: Store) -> None:
    for slots in ({}, {"document": "  "}, {"street": "Minh Phụng"}):
        found = answer(store, "read_directive", slots)
        assert found is not None
        assert found.id == "read_directive"


def test_slots_are_said_back_when_known(trial: Content, tmp_path: Path) -> None:
    with open_store(tmp_path / "k.db", trial) as store:
        both = answer(store, "other", {"number": "12", "street": "Minh Phụng"})
        street = answer(store, "other", {"street": unicodedata.normalize("NFD", "Minh Phụng")})
        none = answer(store, "other", {"number": "{street}"})
    assert both is not None
    assert both.text.startswith("Bác hỏi nhà số 12, đường Minh Phụng. Bác hỏi chi ủy.")
    assert street is not None
    assert street.text.startswith("Bác hỏi đường Minh Phụng. ")
    assert none is not None
    assert none.text.startswith("Bác hỏi chi ủy. ")


def test_the_unsure_is_said_even_when_only_the_validity_is_unsure(
    trial: Content, tmp_path: Path
) -> None:
    with open_store(tmp_path / "k.db", trial) as store:
        found = answer(store, "other", {})
    assert found is not None
    assert found.sources[0].trust == "gốc"
    assert found.trust == "cần kiểm tra"
    assert found.text.endswith(
        "Được biết đã có Hướng dẫn 09-HD/TW năm 2024 thay thế. "
        "Bác cần kiểm tra lại với văn bản gốc."
    )
