"""The ward's own words, and errors that name the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from voice.errors import ReadingError
from voice.read import Entry, Lexicon, words
from voice.read import tables as tables_module


def test_an_entry_comes_before_every_rule(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.tsv"
    path.write_text(
        "# từ riêng\nUBND\tủy ban\nĐBMP\tđảng bộ minh phụng\n50-CT/TW\tchỉ thị năm mươi\n"
        "hẻm sâu\thẻm sâu nhỏ\n",
        encoding="utf-8",
    )
    lexicon = Lexicon.load(path)
    assert words("UBND và ĐBMP bàn 50-CT/TW, Hẻm sâu", lexicon=lexicon) == (
        "ủy ban và đảng bộ minh phụng bàn chỉ thị năm mươi hẻm sâu nhỏ"
    )
    assert words("XUBND UBNDX", lexicon=lexicon) == words("XUBND UBNDX")


def test_region_decides_between_entries(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.tsv"
    path.write_text("bắp\tngô\tbac\nbắp\tbắp\tnam\n", encoding="utf-8")
    lexicon = Lexicon.load(path)
    assert words("ăn bắp", lexicon=lexicon) == "ăn ngô"
    assert words("ăn bắp", lexicon=lexicon, region="nam") == "ăn bắp"
    assert lexicon.lookup("bắp", "bac") == "ngô"
    assert lexicon.lookup("lúa") is None


def test_a_missing_file_is_an_empty_lexicon(tmp_path: Path) -> None:
    assert len(Lexicon.load(tmp_path / "none.tsv")) == 0


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("chỉ một cột", "columns"),
        ("a\tb\tc\td", "columns"),
        ("X\t", "nothing to say"),
        ("X\tnăm 5", "not a Vietnamese syllable"),
        ("X\ta/b", "not a Vietnamese syllable"),
        ("X\tăn\tbắc", "unknown region"),
        ("\tăn", "nothing written"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, what: str) -> None:
    path = tmp_path / "lexicon.tsv"
    path.write_text(f"# đầu\nABC\ta bê xê\n{line}\n", encoding="utf-8")
    with pytest.raises(ReadingError, match=what) as caught:
        Lexicon.load(path, strict=True)
    assert "line 3" in str(caught.value)
    assert "dòng 3" in caught.value.vi


@pytest.mark.parametrize("line", ["chỉ một cột", "X\tnăm 5", "X\tăn\tbắc", "\tăn"])
def test_a_bad_line_is_left_out_and_the_others_are_used(
    tmp_path: Path, line: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "lexicon.tsv"
    path.write_text(f"# đầu\nABC\ta bê xê\n{line}\nĐBMP\tđảng bộ minh phụng\n", encoding="utf-8")
    lexicon = Lexicon.load(path)
    assert [e.written for e in lexicon.entries] == ["ABC", "ĐBMP"]
    assert "line 3" in caplog.text
    with pytest.raises(ReadingError):  # writing it anew would lose what the ward wrote
        Lexicon.add(path, "XYZ", "hòa bình")
    assert line in path.read_text(encoding="utf-8")


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.tsv"
    path.write_bytes("X\tăn".encode("utf-16"))
    with pytest.raises(ReadingError):
        Lexicon.load(path, strict=True)
    assert len(Lexicon.load(path)) == 0


def test_add_writes_replaces_and_normalises(tmp_path: Path) -> None:
    path = tmp_path / "new" / "lexicon.tsv"
    Lexicon.add(path, "XYZ", "ích y dét")
    Lexicon.add(path, "XYZ", "Hoà bình")
    lexicon = Lexicon.add(path, "KM", "khu mới", "nam")
    assert lexicon.entries == (Entry("XYZ", "hòa bình"), Entry("KM", "khu mới", "nam"))
    assert Lexicon.load(path).entries == lexicon.entries
    assert [p.name for p in path.parent.iterdir()] == ["lexicon.tsv"]


@pytest.mark.parametrize(
    ("written", "spoken"), [("a\tb", "ăn"), ("", "ăn"), ("#a", "ăn"), ("a", "5")]
)
def test_add_refuses_what_could_not_be_read_back(tmp_path: Path, written: str, spoken: str) -> None:
    path = tmp_path / "lexicon.tsv"
    with pytest.raises(ReadingError):
        Lexicon.add(path, written, spoken)
    assert not path.exists()


@pytest.mark.parametrize(
    ("name", "row", "what"),
    [
        ("abbreviations.tsv", "ABC\tabc", "not a Vietnamese syllable"),
        ("abbreviations.tsv", "ABC\tăn\tkhi=nào", "unknown condition"),
        ("units.tsv", "zz\tăn\tfar", "unknown mark"),
        ("organs.tsv", "ZZ\tăn\torgan", "columns"),
        ("symbols.tsv", "ab\tăn\tany", "one character"),
    ],
)
def test_a_bad_shipped_table_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, row: str, what: str
) -> None:
    (tmp_path / name).write_text(f"# đầu\n{row}\n", encoding="utf-8")
    loader = getattr(tables_module, {"organs.tsv": "_pairs"}.get(name, f"_{name[:-4]}"))
    monkeypatch.setattr(tables_module, "DATA", tmp_path)
    with pytest.raises(ReadingError, match=rf"{name}, line 2: .*{what}"):
        loader(name) if name == "organs.tsv" else loader()


def test_every_abbreviation_has_a_reading_of_its_own() -> None:
    table = tables_module.tables().abbreviations
    assert len(table) >= 150
    for sign in ("UBND", "HĐND", "MTTQ", "BCH", "BTV", "UBKT", "TP.HCM", "đ/c", "CCB", "LHPN"):
        assert sign in table
