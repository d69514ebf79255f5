"""``troly read`` from the outside."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.cli.main import main


def run(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    try:
        main(["read", *arguments])
        code = 0
    except SystemExit as stop:
        code = int(stop.code or 0)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    state = ("--state", str(tmp_path))
    code, out, _ = run("--words", "Chỉ thị 50-CT/TW. Họp 14h30.", *state, capsys=capsys)
    assert (code, out) == (0, "chỉ thị số năm mươi của trung ương\nhọp mười bốn giờ ba mươi\n")
    _, out, _ = run("--words", "1.248 thẻ", "--region", "nam", *state, capsys=capsys)
    assert out == "một ngàn hai trăm bốn mươi tám thẻ\n"


def test_json_keeps_the_places(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "UBND họp."
    _, out, _ = run("--words", text, "--json", "--state", str(tmp_path), capsys=capsys)
    (sentence,) = json.loads(out)
    assert sentence["words"] == "ủy ban nhân dân họp"
    first = sentence["tokens"][0]
    assert text[first["start"] : first["end"]] == "UBND"


def test_a_file_and_its_byte_order_mark(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "văn bản.txt"
    path.write_text("Khoá XIII", encoding="utf-8-sig")
    _, out, _ = run("--words", str(path), "--state", str(tmp_path), capsys=capsys)
    assert out == "khóa mười ba\n"


def test_add_then_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    state = ("--state", str(tmp_path / "state"))
    code, out, _ = run("--add", "ĐBMP", "đảng bộ minh phụng", *state, capsys=capsys)
    assert code == 0
    assert "ĐBMP" in out
    _, out, _ = run("--words", "ĐBMP họp", *state, capsys=capsys)
    assert out == "đảng bộ minh phụng họp\n"


def test_wrong_use_and_broken_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    state = ("--state", str(tmp_path))
    assert run(*state, capsys=capsys)[0] == 2
    assert run("--words", "...", *state, capsys=capsys)[0] == 1
    binary = tmp_path / "ảnh.bin"
    binary.write_bytes(b"\x89PNG\x00\x01")
    code, _, err = run("--words", str(binary), *state, capsys=capsys)
    assert code == 2
    assert "Lỗi:" in err and "Traceback" not in err
    (tmp_path / "lexicon.tsv").write_text("một cột\n", encoding="utf-8")
    code, _, err = run("--words", "họp", *state, capsys=capsys)
    assert code == 2
    assert "dòng 1" in err


def test_a_broken_lexicon_is_named_line_by_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state = ("--state", str(tmp_path))
    code, out, _ = run("--lexicon-check", *state, capsys=capsys)
    assert code == 0 and "0 dòng hỏng" in out
    lexicon = tmp_path / "lexicon.tsv"
    lexicon.write_text("# đầu\nmột cột\nABC\ta bê xê\nX\tnăm 5\n", encoding="utf-8")
    code, out, err = run("--lexicon-check", *state, capsys=capsys)
    assert code == 2
    assert "1 từ dùng được, 2 dòng hỏng" in out
    assert "dòng 2" in err and "dòng 4" in err
    code, out, _ = run("--lexicon-check", "--json", *state, capsys=capsys)
    found = json.loads(out)
    assert (code, found["entries"], len(found["problems"])) == (2, 1, 2)
    text = tmp_path / "bài.txt"
    text.write_text("Chi bộ họp.", encoding="utf-8")
    for use in ("--words", "--check", "--sections", "--out"):
        more = (str(tmp_path / "a.wav"),) if use == "--out" else ()
        code, _, err = run(str(text), use, *more, *state, capsys=capsys)
        assert code == 2 and "dòng 2" in err, use
    lexicon.write_bytes("X\tăn".encode("utf-16"))
    assert run("--lexicon-check", *state, capsys=capsys)[0] == 2
