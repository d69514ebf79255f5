"""``troly read`` and ``troly speak`` with documents, files and a loudspeaker, as processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile as sf
from made_reading import DIRECTIVE

from kiosk.cli.main import main
from kiosk.reading import open_source
from kiosk.reading.source import SourceNotFound
from kiosk.state import State
from knowledge import open_store
from knowledge.imports import apply_import, plan_import
from voice.errors import LoudspeakerError
from voice.speak import compose
from voice.speak.loudspeaker import ProcessLoudspeaker, find_player

SHORT = """# Nội quy

## I. Giờ giấc

Đi họp đúng giờ. Ai bận thì báo trước.

## II. Vệ sinh

Giữ nhà sạch. Tắt đèn khi về. Khóa cửa cẩn thận.
"""
LINES = ["Nội quy", "I. Giờ giấc", "Đi họp đúng giờ.", "Ai bận thì báo trước.", "II. Vệ sinh",
         "Giữ nhà sạch.", "Tắt đèn khi về.", "Khóa cửa cẩn thận."]  # fmt: skip


def run(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    try:
        main([*arguments])
        code = 0
    except SystemExit as stop:
        code = int(stop.code or 0)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "nội quy.md"
    path.write_text(SHORT, encoding="utf-8")
    return path


# -- what is left -----------------------------------------------------------------------------


def test_check_says_zero_or_lists(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    state = ("--state", str(tmp_path / "s"))
    path = tmp_path / "kế hoạch.md"
    path.write_text(DIRECTIVE, encoding="utf-8")
    code, out, err = run("read", "--check", str(path), *state, capsys=capsys)
    assert code == 0, out + err
    assert out.splitlines()[-1] == "Tổng số còn sót: 0"
    code, out, _ = run("read", "--check", str(path), "--json", *state, capsys=capsys)
    found = json.loads(out)
    assert found["left"] == 0 and found["unmarked"] == {} and found["sentences"] > 10
    code, out, _ = run("read", "--check", "XQZW họp. XQZW nghỉ.", *state, capsys=capsys)
    assert code == 1
    assert "Chữ viết tắt phải đánh vần: 2  XQZW ×2" in out and "Tổng số còn sót: 2" in out


# -- sections and files -----------------------------------------------------------------------


def test_sections(document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    state = ("--state", str(tmp_path / "s"))
    code, out, _ = run("read", str(document), "--sections", *state, capsys=capsys)
    assert code == 0
    assert [line.strip() for line in out.splitlines()] == [
        "1. Nội quy (8 câu)", "2.   I. Giờ giấc (3 câu)", "3.   II. Vệ sinh (4 câu)",
    ]  # fmt: skip
    _, out, _ = run("read", str(document), "--sections", "--json", *state, capsys=capsys)
    assert json.loads(out)[2] == {"number": 3, "title": "II. Vệ sinh", "level": 2, "lines": 4}
    plain = tmp_path / "a.txt"
    plain.write_text("Chỉ một câu.", encoding="utf-8")
    assert run("read", str(plain), "--sections", *state, capsys=capsys)[0] == 1


@pytest.mark.parametrize("suffix", [".wav", ".mp3", ".ogg", ".m4b"])
def test_a_document_as_a_file(
    suffix: str, document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out_file = tmp_path / f"sách{suffix}"
    code, out, err = run(
        "read", str(document), "--out", str(out_file), "--rate", "1.6", "--json",
        "--voice", "espeak-ng", "--state", str(tmp_path / "s"), capsys=capsys,
    )  # fmt: skip
    assert code == 0, err
    found = json.loads(out)
    assert [c["title"] for c in found["chapters"]] == ["Nội quy", "I. Giờ giấc", "II. Vệ sinh"]
    assert found["voice"] == "espeak-ng" and found["seconds"] > 4
    with av.open(str(out_file)) as container:
        assert container.duration is not None
        assert container.duration / 1e6 == pytest.approx(found["seconds"], abs=0.2)


def test_one_section_speed_and_volume(
    document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def made(*options: str) -> tuple[float, float]:
        path = tmp_path / "a.wav"
        code, _, err = run(
            "read", str(document), "--out", str(path), "--section", "Vệ sinh",
            "--voice", "espeak-ng", "--state", str(tmp_path / "s"), *options, capsys=capsys,
        )  # fmt: skip
        assert code == 0, err
        samples, rate = sf.read(path)
        return len(samples) / rate, float(np.sqrt(np.mean(samples**2)))

    seconds, rms = made("--rate", "1.0", "--volume", "1.0")
    fast, _ = made("--rate", "1.6", "--volume", "1.0")
    _, soft = made("--rate", "1.0", "--volume", "0.5")
    assert fast == pytest.approx(seconds / 1.6, rel=0.2)
    assert soft == pytest.approx(rms / 2, rel=0.05)


def test_what_is_not_there(
    document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state = ("--state", str(tmp_path / "s"))
    code, _, err = run("read", str(tmp_path / "không có.pdf"), *state, capsys=capsys)
    assert code == 1 and "Không thấy tệp" in err
    code, _, err = run("read", "9999-XX/YY", "--sections", *state, capsys=capsys)
    assert code == 1 and "Không thấy" in err
    code, _, err = run(
        "read", str(document), "--section", "Điều 9", "--out", str(tmp_path / "a.wav"), *state,
        capsys=capsys,
    )  # fmt: skip
    assert code == 1 and "không có mục “Điều 9”" in err and "2. I. Giờ giấc" in err
    code, _, err = run("read", str(document), "--out", str(tmp_path / "a.txt"), *state,
                       capsys=capsys)  # fmt: skip
    assert code == 2 and ".m4b" in err
    broken = tmp_path / "hỏng.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing more")
    code, _, err = run("read", str(broken), "--sections", *state, capsys=capsys)
    assert code == 2 and "Traceback" not in err
    assert run("read", str(document), "--rate", "3", *state, capsys=capsys)[0] == 2


# -- documents of the store -------------------------------------------------------------------


def test_an_imported_document_is_read_whole(tmp_path: Path) -> None:
    text = (
        "QUY ĐỊNH\nvề sinh hoạt khu phố\n\nĐiều 1. Giờ họp\n\n1. Họp lúc 19h30 mỗi tháng.\n\n"
        "2. Ai vắng thì báo trước:\n\na) Báo bằng điện thoại;\n\nb) Báo tại nhà.\n\n"
        "Điều 2. Hiệu lực\n\nQuy định này có hiệu lực từ ngày 01/01/2026.\n"
    )
    file = tmp_path / "77-QĐ-CB.txt"
    file.write_text(f"Số 77-QĐ/CB\n\n{text}", encoding="utf-8")
    state = State(tmp_path / "s")
    state.root.mkdir()
    with open_store(state.database) as store:
        plan = plan_import(store, file).corrected(code="77-QĐ/CB", number="77")
        name = apply_import(store, plan, by="bí thư")
    source = open_source(name, state)
    assert not source.notes
    made = compose(source.paragraphs)
    words = " / ".join(line.words for line in made.lines)
    for due in (
        "điều một / giờ họp",
        "một họp lúc mười chín giờ ba mươi mỗi tháng",
        "a báo bằng điện thoại",
        "bê báo tại nhà",
        "có hiệu lực từ ngày mùng một tháng một năm hai nghìn không trăm hai mươi sáu",
    ):
        assert due in words, (due, words)  # fmt: skip
    first, end = made.span(made.find_section("Điều 1") or 0)
    assert "bê báo tại nhà" in made.lines[end - 1].words and first > 0
    assert not made.unmarked()


def test_a_document_without_its_text_is_read_as_its_summary(tmp_path: Path) -> None:
    state = State(tmp_path / "s")
    state.root.mkdir()
    source = open_source("50-CT/TW", state)
    assert "bản tóm tắt" in source.notes[0]
    assert len(compose(source.paragraphs).lines) > 3
    with pytest.raises(SourceNotFound):
        open_source("không có văn bản nào tên này", state)


# -- the loudspeaker, and a process that is killed ---------------------------------------------


@pytest.fixture
def player(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An ``aplay`` that writes what it would play into a file: this machine may have no sound."""
    folder = tmp_path / "bin"
    folder.mkdir()
    heard = tmp_path / "heard.raw"
    script = folder / "aplay"
    script.write_text(f"#!/bin/sh\nexec cat >> '{heard}'\n", encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setattr("voice.speak.loudspeaker.PLAYERS", {"aplay": ("-q", "-")})
    yield heard


def test_the_player_gets_every_sample(player: Path) -> None:
    assert find_player() == "aplay"
    speaker = ProcessLoudspeaker()
    samples = np.linspace(-1, 1, 8000).astype(np.float32)
    for at in range(0, 8000, 800):
        speaker.write(samples[at : at + 800], 16_000)
    speaker.drain()
    speaker.close()
    heard = np.frombuffer(player.read_bytes(), dtype="<i2")
    assert np.array_equal(heard, np.round(samples * 32767).astype(np.int16))


def test_drop_ends_the_player_and_says_what_was_not_heard(player: Path) -> None:
    speaker = ProcessLoudspeaker()
    speaker.write(np.zeros(1600, dtype=np.float32), 16_000)
    process = speaker._process
    assert process is not None
    left = speaker.drop()
    assert 0.0 <= left <= 0.1
    assert process.poll() is not None
    assert speaker.drop() == 0.0
    speaker.write(np.zeros(160, dtype=np.float32), 16_000)  # a new one
    speaker.close()


def test_without_a_player_or_with_a_broken_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(LoudspeakerError) as caught:
        ProcessLoudspeaker()
    assert "--out" in caught.value.vi
    broken = tmp_path / "aplay"
    broken.write_text("#!/bin/sh\necho no card >&2\nexit 1\n", encoding="utf-8")
    broken.chmod(0o755)
    speaker = ProcessLoudspeaker("aplay")
    with pytest.raises(LoudspeakerError, match="no card"):
        for _ in range(200):
            speaker.write(np.zeros(800, dtype=np.float32), 16_000)
    speaker.close()


def start(document: Path, state: Path, *more: str) -> subprocess.Popen[str]:
    code = "from kiosk.cli.main import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", code, "read", str(document), "--state", str(state),
         "--rate", "1.6", "--voice", "espeak-ng", *more],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"},
        cwd=Path(__file__).parents[2],
    )  # fmt: skip


def test_a_killed_process_goes_on_at_the_same_sentence(
    document: Path, tmp_path: Path, player: Path
) -> None:
    state = tmp_path / "s"
    first = start(document, state)
    assert first.stdout is not None
    heard = [first.stdout.readline().strip() for _ in range(3)]
    first.send_signal(signal.SIGKILL)
    first.communicate()
    assert heard == LINES[:3]
    second = start(document, state)
    out, err = second.communicate(timeout=120)
    assert second.returncode == 0, err
    again = out.split("\n")[:-1]
    # It offers the sentence it was killed in, the third, unless that had just ended.
    at = LINES.index(again[0])
    assert at in (2, 3)
    assert f"Lần trước dừng ở câu {at + 1}/8: “{LINES[at]}”" in err
    assert again == LINES[at:]
    third = start(document, state)
    assert third.stdout is not None and third.stdout.readline().strip() == LINES[0]
    third.kill()
    _, err = third.communicate()
    assert "Lần trước" not in err, "it had been read to its end"
    assert player.stat().st_size > 100_000
