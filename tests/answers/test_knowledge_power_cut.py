"""kill -9 at any statement of a seeding: the store opens, and is the old one or the new one."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge import Content, answer, open_store

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no kill -9")

CHILD = """
import os, pathlib, signal, sqlite3, sys
from dataclasses import replace
from knowledge import load_content, open_store

path, at, release = pathlib.Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
content = load_content()
if release == "newer":
    fees = replace(content.entries["fees"], text="Bản mới.")
    content = replace(content, entries={**content.entries, "fees": fees})
seen, connect = 0, sqlite3.connect

def count(statement):
    global seen
    seen += 1
    if seen == at:
        os.kill(os.getpid(), signal.SIGKILL)

def counted(*args, **kwargs):
    conn = connect(*args, **kwargs)
    conn.set_trace_callback(count)
    return conn

sqlite3.connect = counted
open_store(path, content).close()
print(seen)
"""


def run(path: Path, at: int, release: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", CHILD, str(path), str(at), release]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def statements(path: Path, release: str) -> int:
    """How many statements an uncut opening takes."""
    whole = run(path, -1, release)
    assert whole.returncode == 0, whole.stderr
    return int(whole.stdout)


def cuts(total: int) -> list[int]:
    """The first and last statements, where little is written, and some between."""
    return sorted({4, 8, 12, 40, total // 4, total // 2, total * 3 // 4, total - 2, total - 1})


def test_a_cut_while_the_store_is_made(tmp_path: Path, shipped: Content) -> None:
    total = statements(tmp_path / "whole" / "knowledge.db", "same")
    for at in cuts(total):
        path = tmp_path / f"cut-{at}" / "knowledge.db"
        assert run(path, at, "same").returncode == -signal.SIGKILL
        with open_store(path) as store:
            assert {e.id: e for e in store.entries()} == dict(shipped.entries), at
            assert answer(store, "fees", {}) is not None
            assert store.search("dang phi")


def test_a_cut_while_a_release_comes_in(tmp_path: Path, shipped: Content) -> None:
    def made(path: Path) -> Path:
        with open_store(path) as store:
            store.put_entry(replace(shipped.entries["card_lost"], text="Của phường."), by="x")
        return path

    total = statements(made(tmp_path / "whole" / "knowledge.db"), "newer")
    for at in cuts(total):
        path = made(tmp_path / f"cut-{at}" / "knowledge.db")
        assert run(path, at, "newer").returncode == -signal.SIGKILL
        newer = replace(shipped.entries["fees"], text="Bản mới.")
        with open_store(
            path, replace(shipped, entries={**shipped.entries, "fees": newer})
        ) as store:
            fees, own = store.entry("fees"), store.entry("card_lost")
        assert fees == newer, at
        assert own is not None
        assert own.text == "Của phường.", at
