"""``troly answer``, as it is run."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

CITATION = {"document", "code", "trust", "in_force_from", "replaced_by", "where"}


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("state")


def troly(state: Path, *args: str) -> subprocess.CompletedProcess[str]:
    code = "from kiosk.cli import main; main()"
    command = [sys.executable, "-c", code, "answer", *args, "--state", str(state)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120)


def test_an_answer_with_its_sources(state: Path) -> None:
    run = troly(state, "fees")
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("Đóng đảng phí\n")
    assert "Nguồn: Quy định 01-QĐ/TW ngày 3-2-2026" in run.stdout
    assert "Độ tin cậy: cần kiểm tra" in run.stdout


def test_json(state: Path) -> None:
    run = troly(state, "read_directive", "--slot", "document=50-CT/TW", "--json")
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert set(found) == {
        "id", "title", "text", "sources", "trust", "follow_ups", "as_of", "found",
    }  # fmt: skip
    assert found["id"] == "summary_ct_50"
    assert all(set(source) == CITATION for source in found["sources"])


def test_a_slot_in_parts_and_with_an_equals_sign(state: Path) -> None:
    nfd = unicodedata.normalize("NFD", "document=Quy định 294-QĐ/TW")
    assert "Tóm tắt Quy định 294" in troly(state, "read_directive", "--slot", nfd).stdout
    run = troly(state, "quarter_lookup", "--slot", "number=12", "--slot", "street=A=B")
    assert "số 12, A=B." in run.stdout


def test_nothing_known_is_exit_1(state: Path) -> None:
    run = troly(state, "weather")
    assert (run.returncode, run.stdout) == (1, "Tôi không biết gì về weather.\n")
    run = troly(state, "weather", "--json")
    assert (run.returncode, json.loads(run.stdout)) == (1, None)
    run = troly(state, "read_directive", "--slot", "document=99-CT/TW")
    assert run.returncode == 1
    assert "Tôi không có văn bản 99-CT/TW." in run.stdout


@pytest.mark.parametrize("args", [[], ["fees", "--slot", "x"], ["fees", "--slot", "=x"]])
def test_wrong_use_is_exit_2(state: Path, args: list[str]) -> None:
    run = troly(state, *args)
    assert run.returncode == 2
    assert "Traceback" not in run.stderr


def test_a_damaged_store_and_its_rebuilding(tmp_path: Path) -> None:
    troly(tmp_path, "fees")
    database = tmp_path / "knowledge.db"
    database.write_bytes(database.read_bytes()[:5000])
    run = troly(tmp_path, "fees")
    assert run.returncode == 2
    assert "troly answer --rebuild" in run.stderr
    assert "Traceback" not in run.stderr
    run = troly(tmp_path, "--rebuild")
    assert run.returncode == 0, run.stderr
    assert len(list(tmp_path.glob("knowledge.db.damaged-*/knowledge.db"))) == 1
    assert troly(tmp_path, "fees").returncode == 0
