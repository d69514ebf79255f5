"""An installing process is killed the hard way, again and again, and nothing is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from model_host import CONFIG, MODEL, Host, file_entry, noise, tree

from voice.models import ModelStore, load_catalogue

INSTALL = """
import sys
from pathlib import Path
from voice.models import ModelStore, load_catalogue
ModelStore(Path(sys.argv[1]), load_catalogue(Path(sys.argv[2]))).install("small")
"""

HEAD = """
[[model]]
name = "small"
kind = "recogniser"
engine = "whisper-ct2"
title_vi = "Thử"
description = "Thử."
licence = "MIT"
home = "máy này"
"""


def start(models: Path, catalogue: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", INSTALL, str(models), str(catalogue)])


def kill_when(process: subprocess.Popen[bytes], partial: Path, size: int) -> None:
    deadline = time.monotonic() + 10
    while not partial.exists() or partial.stat().st_size < size:
        assert process.poll() is None, "it ended before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.002)
    os.kill(process.pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    process.wait()


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is POSIX")
def test_kill_minus_9_midway_keeps_the_old_model_and_the_bytes_received(
    host: Host, tmp_path: Path
) -> None:
    models, listing = tmp_path / "models", tmp_path / "catalogue.toml"
    old, new = noise(20_000, 5), MODEL

    def write_catalogue(body: bytes) -> ModelStore:
        host.serve("k/model.bin", body)
        host.serve("k/config.json", CONFIG)
        files = file_entry("model.bin", f"{host.url}/k/model.bin", body)
        files += file_entry("config.json", f"{host.url}/k/config.json", CONFIG)
        listing.write_text(HEAD + files, encoding="utf-8")
        return ModelStore(models, load_catalogue(listing))

    first = write_catalogue(old)
    first.install("small")
    before = tree(models / "small")

    second = write_catalogue(new)
    host.files["k/model.bin"].delay = 0.004
    host.sent.clear()
    partial = models / ".work" / "small" / "new" / "model.bin.part"
    kept = 0
    for size in (40_000, 160_000):
        kill_when(start(models, listing), partial, size)
        assert tree(models / "small") == before, "the old version is untouched"
        assert partial.stat().st_size > kept, "what was received is kept"
        kept = partial.stat().st_size
    assert second.status("small").waiting >= kept

    host.files["k/model.bin"].delay = 0
    host.asked.clear()
    second.install("small")
    assert host.asked[0] == ("k/model.bin", kept)
    assert (second.path("small") / "model.bin").read_bytes() == new
    assert second.verify("small") == []
    assert not (models / ".work").exists()


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is POSIX")
def test_at_every_system_call_that_changes_the_folder(tmp_path: Path, host: Host) -> None:
    """Die just before the n-th change of the disk, for every n: never half a model."""
    host.serve("k/model.bin", noise(5000, 6))
    host.serve("k/config.json", CONFIG)
    files = file_entry("model.bin", f"{host.url}/k/model.bin", noise(5000, 6))
    files += file_entry("config.json", f"{host.url}/k/config.json", CONFIG)
    listing = tmp_path / "catalogue.toml"
    listing.write_text(HEAD + files, encoding="utf-8")
    models = tmp_path / "models"
    store = ModelStore(models, load_catalogue(listing))
    store.install("small")
    right = tree(models / "small")
    damaged = {**right, "model.bin": noise(5000, 7)}

    died = 0
    for nth in range(1, 200):
        (models / "small" / "model.bin").write_bytes(damaged["model.bin"])
        pid = os.fork()
        if pid == 0:
            _die_at_change(nth)
            store.install("small")
            os._exit(0)
        _, status = os.waitpid(pid, 0)
        now = tree(models / "small")
        assert now in (damaged, right), f"half a model after change {nth}"
        if os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0:
            break
        assert os.WIFSIGNALED(status)
        died += 1
    else:
        pytest.fail("it never finished")
    assert died > 15
    store.install("small")
    assert tree(models) == {f"small/{path}": body for path, body in right.items()}


def _die_at_change(nth: int) -> None:
    """Kill this process just before its ``nth`` rename, mkdir, removal, open for writing."""
    changes = {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "shutil.rmtree", "open"}
    changes |= {"os.truncate", "ctypes.dlsym"}  # the last one: about to exchange two folders
    count = 0

    def watch(event: str, args: tuple[object, ...]) -> None:
        nonlocal count
        if event not in changes:
            return
        if event == "open" and not (isinstance(args[2], int) and args[2] & os.O_ACCMODE):
            return
        count += 1
        if count == nth:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
