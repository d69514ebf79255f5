"""What sounds alike is folded alike, and what does not stays apart."""

from __future__ import annotations

import unicodedata

import pytest

from intents.fold import bare, phonetic, phonetic_syllable, plain

TEXT = "Hòa giải ở Thủ Đức: khỏe, xóa, thủy, ủy ban; QUYẾT nghị số 50!"


def test_decomposed_text_is_the_same() -> None:
    decomposed = unicodedata.normalize("NFD", TEXT)
    assert decomposed != TEXT
    for fold in (plain, bare, phonetic):
        assert fold(decomposed) == fold(TEXT)


def test_plain() -> None:
    assert plain(TEXT) == "hòa giải ở thủ đức khỏe xóa thủy ủy ban quyết nghị số 50"
    assert plain("  a_b\t…\n(c) ") == "a b c"
    assert plain("") == plain("...") == ""
    assert unicodedata.is_normalized("NFC", plain(unicodedata.normalize("NFD", TEXT)))


def test_bare_is_how_people_type_who_leave_the_signs_out() -> None:
    assert bare(TEXT) == "hoa giai o thu duc khoe xoa thuy uy ban quyet nghi so 50"
    assert bare("Đường Đặng Văn Ngữ, ưỡn ẹo") == "duong dang van ngu uon eo"
    assert bare(bare(TEXT)) == bare(TEXT)


@pytest.mark.parametrize(
    ("old", "new"),
    [("hoà", "hòa"), ("khoẻ", "khỏe"), ("xoá", "xóa"), ("thuỷ", "thủy"), ("uỷ", "ủy"),
     ("loà", "lòa"), ("hoạ", "họa"), ("tuỳ", "tùy")],
)  # fmt: skip
def test_old_and_new_tone_marks_are_one(old: str, new: str) -> None:
    assert old != new
    assert phonetic(old) == phonetic(new)
    assert bare(old) == bare(new)


MERGERS = {
    "l and n": [("nàm", "làm"), ("nấy", "lấy")],
    "s and x": [("sã", "xã"), ("sanh", "xanh")],
    "tr and ch": [("trương", "chương"), ("trợ", "chợ")],
    "d, gi and r": [("dải", "giải"), ("dá", "giá"), ("rải", "dải")],
    "v and d": [("về", "dề"), ("việc", "diệc")],
    "hỏi and ngã": [("kỷ", "kỹ"), ("nghỉ", "nghĩ"), ("đả", "đã")],
    "final n and ng": [("lan", "lang"), ("tin", "tinh"), ("bàn", "bàng")],
    "final t and c": [("mắt", "mắc"), ("việt", "việc"), ("lịch", "lịt")],
    "spelling alone": [("kì", "kỳ"), ("quí", "quý"), ("ký", "kí"), ("ngành", "ngàn")],
}


@pytest.mark.parametrize("merger", MERGERS)
def test_regions_merge(merger: str) -> None:
    for first, second in MERGERS[merger]:
        assert phonetic(first) == phonetic(second), (first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [("dừng", "đúng"), ("to", "nhỏ"), ("nhanh", "chậm"), ("họp", "học"), ("mất", "một"),
     ("bảy", "tám"), ("hai", "ba"), ("không", "có"), ("phí", "phi"), ("thẻ", "thẻo")],
)  # fmt: skip
def test_what_differs_stays_apart(first: str, second: str) -> None:
    assert phonetic(first) != phonetic(second)


def test_tones_can_be_left_out() -> None:
    assert phonetic("má mà mả mã mạ ma", tones=False) == " ".join([phonetic("ma", tones=False)] * 6)
    assert len(set(phonetic("má mà mả mã mạ ma").split())) == 5, "hỏi and ngã are one"
    assert phonetic("dong dang phi", tones=False) != phonetic("đóng đảng phí", tones=False), (
        "d and đ are two sounds: typed text without signs is compared in another folding"
    )
    assert bare("đóng đảng phí") == "dong dang phi"


def test_gi_carries_its_vowel() -> None:
    assert phonetic_syllable("gì") == phonetic_syllable("dì")
    assert phonetic_syllable("gìn") == phonetic_syllable("dìn")
    assert phonetic_syllable("giếng") == phonetic_syllable("diếng")
    assert phonetic_syllable("gia") == phonetic_syllable("da")


def test_every_syllable_has_a_short_code() -> None:
    assert phonetic("nghiêng") == "Qien0"
    for word in ("", "a", "ế", "50", "covid", "w", "ng"):
        assert isinstance(phonetic_syllable(word), str)
    assert phonetic("chỉ thị 50").split()[2].startswith("50")
