from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from model_host import CONFIG, MODEL, catalogue_of, noise, sha256

from kiosk.cli.main import main
from voice.models import Catalogue

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    path = tmp_path / "usb"
    path.mkdir()
    (path / "model.bin").write_bytes(MODEL)
    (path / "config.json").write_bytes(CONFIG)
    return path


@pytest.fixture
def catalogue() -> Catalogue:
    return catalogue_of(f"""
        [[model.file]]
        path = "model.bin"
        bytes = {len(MODEL)}
        sha256 = "{sha256(MODEL)}"
        url = "https://example.org/model.bin"
        [[model.file]]
        path = "config.json"
        url = "https://example.org/config.json"
        """)


@pytest.fixture
def run(
    tmp_path: Path,
    catalogue: Catalogue,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Run:
    monkeypatch.setattr("kiosk.cli.models.load_catalogue", lambda: catalogue)

    def run(*words: object) -> tuple[int, str, str]:
        code = 0
        try:
            main(["models", *map(str, words), "--state", str(tmp_path / "state")])
        except SystemExit as stop:
            code = int(stop.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return run


def test_the_whole_life_of_a_model(run: Run, stick: Path, tmp_path: Path) -> None:
    assert run("verify")[0] == 1
    code, out, _ = run("verify", "small")
    assert code == 1 and "troly models install small" in out

    code, out, err = run("install", "small", "--from", stick)
    assert code == 0, err
    assert "Đã cài Mô hình thử" in out and "sha256" in out
    code, out, _ = run("install", "small", "--from", stick)
    assert code == 0 and "còn nguyên vẹn" in out
    assert run("verify", "small") == (0, "small: nguyên vẹn\n", "")
    assert run("verify")[0] == 0

    binary = tmp_path / "state" / "models" / "small" / "model.bin"
    data = bytearray(MODEL)
    data[7] ^= 1
    binary.write_bytes(data)
    for words in (("verify", "small"), ("verify",)):
        code, out, _ = run(*words)
        assert code == 2 and "model.bin" in out and "troly models install small" in out

    assert run("install", "small", "--from", stick)[0] == 0
    assert run("verify", "small")[0] == 0
    code, out, _ = run("remove", "small")
    assert code == 0 and "Đã gỡ" in out
    assert run("remove", "small")[0] == 1
    assert run("remove", "small", "--forget")[0] == 0
    assert run("remove", "small", "--forget")[0] == 1


def test_list_json_is_stable(run: Run, stick: Path) -> None:
    code, out, _ = run("list", "--json")
    (model,) = json.loads(out)["models"]
    assert code == 0
    assert model == {
        "name": "small",
        "kind": "recogniser",
        "engine": "whisper-ct2",
        "title": "Mô hình thử",
        "description": "Để kiểm thử.",
        "licence": "MIT",
        "home": "máy này",
        "recommended": False,
        "default": False,
        "state": "missing",
        "path": None,
        "bytes": None,
        "installed_bytes": 0,
        "waiting_bytes": 0,
        "files": [
            {"path": "model.bin", "bytes": len(MODEL), "sha256": sha256(MODEL)},
            {"path": "config.json", "bytes": None, "sha256": None},
        ],
    }
    run("install", "small", "--from", stick)
    (model,) = json.loads(run("list", "--json")[1])["models"]
    assert model["state"] == "installed" and Path(model["path"]).is_dir()
    assert model["installed_bytes"] == len(MODEL) + len(CONFIG)


def test_list_for_people(run: Run, stick: Path) -> None:
    code, out, _ = run("list")
    assert code == 0 and "small" in out and "chưa cài" in out
    run("install", "small", "--from", stick)
    assert "đã cài" in run("list")[1]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("install", "smal"), "troly models list"),
        (("verify", "smal"), "troly models list"),
        (("remove", "smal"), "troly models list"),
        (("install", "small", "--from", "/no/such/stick"), "/no/such/stick"),
    ],
)
def test_wrong_use_exits_with_2(run: Run, words: tuple[str, ...], says: str) -> None:
    code, out, err = run(*words)
    assert code == 2 and out == ""
    assert says in err and "Lỗi:" in err and "Traceback" not in err


def test_a_wrong_file_exits_with_2_and_changes_nothing(
    run: Run, stick: Path, tmp_path: Path
) -> None:
    (stick / "model.bin").write_bytes(noise(len(MODEL), 3))
    code, _, err = run("install", "small", "--from", stick)
    assert code == 2 and str(stick / "model.bin") in err
    assert json.loads(run("list", "--json")[1])["models"][0]["state"] == "missing"
    assert not (tmp_path / "state" / "models").exists()


def test_plain_lines_where_there_is_no_terminal(
    run: Run, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.cli.models.SHOWN_FROM", 1000)
    err = run("install", "small", "--from", stick)[2]
    assert "Đang chép model.bin: 0,3 MB / 0,3 MB\n" in err and "\r" not in err


BAR = """
import sys
import kiosk.cli.models as models
from kiosk.cli.main import main
from voice.models import load_catalogue
from pathlib import Path
models.SHOWN_FROM = 1000
models.load_catalogue = lambda: load_catalogue(Path(sys.argv[1]))
main(["models", "install", "small", "--from", sys.argv[2], "--state", sys.argv[3]])
"""


@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals are POSIX")
def test_a_bar_on_a_terminal(stick: Path, tmp_path: Path) -> None:
    import fcntl
    import pty
    import struct
    import termios

    listing = tmp_path / "catalogue.toml"
    listing.write_text(
        '[[model]]\nname="small"\nkind="voice"\nengine="piper"\ntitle_vi="T"\ndescription="d"\n'
        'licence="MIT"\nhome="h"\n[[model.file]]\npath="model.bin"\n'
        'url="https://example.org/model.bin"\n'
    )
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-c", BAR, str(listing), str(stick), str(tmp_path / "state")],
        stderr=theirs,
        stdout=subprocess.DEVNULL,
    )
    os.close(theirs)
    drawn = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # Linux: the other end has closed
            break
        if not piece:
            break
        drawn += piece
    os.close(ours)
    assert process.wait() == 0, drawn.decode()
    text = drawn.decode()
    assert "Đang chép model.bin: 100%" in text and "\r" in text
