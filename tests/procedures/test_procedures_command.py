"""``troly form``: list, show, walk and fill, and that nothing stays behind."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.cli.main import main

NAME = "Nguyễn Thị Bí Mật"


@pytest.fixture
def troly(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    def run(*args: str, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        code = 0
        try:
            main(["form", *args])
        except SystemExit as stop:
            code = int(stop.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return run


def test_list(troly) -> None:
    code, out, _ = troly("list", "--json")
    listed = json.loads(out)
    assert code == 0 and len(listed["procedures"]) >= 15 and len(listed["forms"]) >= 15
    assert "member_reception" in {p["id"] for p in listed["procedures"]}
    _, out, _ = troly("list")
    assert "Đăng ký tiếp nhận đảng viên" in out and "Đơn xin" in out


def test_show(troly) -> None:
    for name in ("mat the dang vien", "fee_receipt"):
        code, out, _ = troly("show", name)
        assert code == 0 and out.strip()
    _, out, _ = troly("show", "card_lost", "--json")
    shown = json.loads(out)
    numbers = {p["number"]: p["document"] for p in shown["papers"]}
    assert "38-HD/BTCTW" in numbers["5-TĐV"]
    assert {q["id"] for q in shown["questions"]} >= {"reported", "stolen"}


def test_walk_asks_one_by_one(troly) -> None:
    typed = "1\nmàu lá mạ\nquay lại\n1\n15/1\nkhông\n" + "có\n" * 9 + "tôi chưa có\n"
    code, out, err = troly("walk", "member_reception", "--today", "2027-01-20", typed=typed)
    assert code == 0 and err == ""
    assert "Ta quay lại câu trước" in out
    assert "chậm nhất ngày 5 tháng 3 năm 2027" in out
    assert "Giấy tờ còn thiếu\n☐ Phiếu đảng viên (mẫu 2-HSĐV, Hướng dẫn 38-HD/BTCTW" in out
    assert out.rstrip().endswith("trừ khi bác tự lưu ra tệp.")


def test_walk_as_json_without_asking(troly) -> None:
    code, out, _ = troly(
        "walk", "chuyển sinh hoạt đảng", "--no-ask", "--today", "2026-02-10", "--json",
        "--set", "introduced=có rồi", "--set", "introduced_on=6/2", "--set", "check_papers=đủ rồi",
    )  # fmt: skip
    made = json.loads(out)
    assert code == 0
    assert {d["id"]: d["day"] for d in made["deadlines"]} == {"present": "2026-03-27", "begin": ""}
    assert made["saved"] == []


def test_input_that_ends_early_still_gives_a_list(troly) -> None:
    code, out, _ = troly("walk", "card_lost", typed="có\n")
    assert code == 0 and "Có thể cần thêm" in out


@pytest.mark.parametrize(
    ("args", "code", "part"),
    [
        (["walk", "thời tiết"], 1, "Không có thủ tục"),
        (["show", "thời tiết"], 1, "troly form list"),
        (["walk", "fee_receipt"], 2, "troly form fill fee_receipt"),
        (["fill", "card_lost"], 2, "troly form walk card_lost"),
        (["walk", "card_lost", "--set", "x=1"], 2, "Không có câu hỏi “x”"),
        (["walk", "card_lost", "--set", "reported"], 2, "--set"),
        (["walk", "card_lost", "--no-ask", "--set", "reported=hình như"], 2, "reported"),
        (["walk", "card_lost", "--today", "mai"], 2, "2026-12-05"),
        (["fill", "fee_receipt", "--out", "a.odt"], 2, ".docx hay .pdf"),
        (["fill", "fee_receipt", "--no-ask", "--out", "no/folder/a.docx"], 2, "Không ghi được"),
    ],
)  # fmt: skip
def test_wrong_use(troly, args: list[str], code: int, part: str) -> None:
    got, out, err = troly(*args)
    assert got == code
    assert part in err and "Traceback" not in err
    assert out == ""


def test_fill_saves_and_says_so(troly, tmp_path: Path) -> None:
    path = tmp_path / "don.docx"
    code, out, _ = troly("fill", "exemption_application", "--out", str(path), typed=f"{NAME}\n")
    assert code == 0 and path.read_bytes().startswith(b"PK")
    assert f"Đã lưu vào tệp {path}" in out and "xóa tệp khi không cần" in out
    assert "(để trống)" in out


def test_nothing_of_a_person_stays_unless_it_is_saved(tmp_path: Path) -> None:
    """As a process with a home, a temporary folder and a state folder that are empty before."""
    for name in ("home", "tmp", "here"):
        (tmp_path / name).mkdir()
    environment = {
        **os.environ, "HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path / "tmp"),
        "XDG_STATE_HOME": "", "XDG_DATA_HOME": "", "XDG_CACHE_HOME": "", "PYTHONUTF8": "1",
    }  # fmt: skip
    call = [sys.executable, "-c", "from kiosk.cli import main; main()"]
    call += ["form", "fill", "party_application"]
    done = subprocess.run(
        call, input=f"{NAME}\n" * 4, text=True, encoding="utf-8", capture_output=True,
        cwd=tmp_path / "here", env=environment, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert NAME in done.stdout and "Máy không giữ lại" in done.stdout
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []
