"""The store: seeding by hash, the ward's own words, threads, and damaged or forbidden files."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge import Content, Store, answer, load_content, open_store, rebuild_store
from knowledge.errors import KnowledgeError, StoreCorrupt, StoreError, StoreNewer, StoreStorage
from knowledge.store import SCHEMA_VERSION


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "knowledge.db"


def changed(content: Content, text: str) -> Content:
    """The next release: another text for the entry ``trial``."""
    entries = {**content.entries, "trial": replace(content.entries["trial"], text=text)}
    return replace(content, entries=entries)


def text_of(store: Store, name: str = "trial") -> str:
    entry = store.entry(name)
    assert entry is not None
    return entry.text


# -- seeding ---------------------------------------------------------------------------------


def test_a_missing_store_is_made_and_seeded(path: Path, shipped: Content) -> None:
    with open_store(path) as store:
        assert {e.id: e for e in store.entries()} == dict(shipped.entries)
        assert {d.id: d for d in store.documents()} == dict(shipped.documents)
        assert store.meta("content_hash") == shipped.hash
        assert len(store.changes()) == len(shipped.entries) + len(shipped.documents)


def test_the_same_content_is_not_written_again(path: Path, trial: Content) -> None:
    open_store(path, trial).close()
    before = path.read_bytes()
    with open_store(path, trial) as store:
        assert store.seed(trial) is False
    assert path.read_bytes() == before


def test_a_release_brings_its_changes_and_logs_them(path: Path, trial: Content) -> None:
    open_store(path, trial).close()
    with open_store(path, changed(trial, "Bác làm khác đi.")) as store:
        assert text_of(store) == "Bác làm khác đi."
        *_, last = store.changes()
    assert (last["by"], last["action"], last["table"], last["row"]) == (
        "release", "update", "answers", "trial",
    )  # fmt: skip
    assert json.loads(last["before"])["text"] == "Bác làm theo hướng dẫn mới."
    assert json.loads(last["after"])["text"] == "Bác làm khác đi."


def test_a_release_removes_what_it_no_longer_brings(path: Path, trial: Content) -> None:
    open_store(path, trial).close()
    fewer = replace(
        trial,
        entries={"trial": trial.entries["trial"]},
        documents={"new": trial.documents["new"]},
    )
    with open_store(path, fewer) as store:
        assert [e.id for e in store.entries()] == ["trial"]
        assert [d.id for d in store.documents()] == ["new"]
        assert store.search("chi ủy") == ()


def test_the_wards_own_words_outlive_releases(path: Path, trial: Content) -> None:
    with open_store(path, trial) as store:
        own = replace(trial.entries["trial"], text="Phường ta làm thế này.")
        sources = trial.entries["other"].sources
        extra = replace(own, id="extra", sources=sources, trust="cần kiểm tra")
        store.put_entry(own, by="Bí thư")
        store.put_entry(extra, by="Bí thư")
    newer = changed(trial, "Bản mới nói khác.")
    fewer = replace(
        newer,
        entries={"trial": newer.entries["trial"]},
        documents={"new": newer.documents["new"]},
    )
    for release in (newer, fewer):
        with open_store(path, release) as store:
            assert text_of(store) == "Phường ta làm thế này."
            assert text_of(store, "extra") == "Phường ta làm thế này."
            # What the ward's entry rests on stays with it.
            assert store.document("old") is not None
            found = answer(store, "extra", {})
            assert found is not None
            assert found.sources[0].document == "Hướng dẫn 07-HD/TW ngày 31-1-2019"
            kept = [c for c in store.changes() if c["action"] == "keep"]
            # The release's words are not lost either.
            assert json.loads(kept[0]["after"])["text"] == "Bản mới nói khác."
            assert len(kept) == 1


def test_a_wards_entry_is_checked(path: Path, trial: Content) -> None:
    with open_store(path, trial) as store:
        entry = trial.entries["trial"]
        unknown = replace(entry.sources[0], document="none")
        for wrong in (
            replace(entry, trust="gốc"),
            replace(entry, sources=()),
            replace(entry, sources=(unknown,)),
        ):
            with pytest.raises(KnowledgeError) as caught:
                store.put_entry(wrong, by="x")
            assert "chưa ghi được" in caught.value.vi
        assert text_of(store) == entry.text


def test_a_failed_change_leaves_nothing_behind(
    path: Path, trial: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(path, trial) as store:
        before = (store.entries(), store.changes(), store.meta("content_hash"))
        monkeypatch.setattr("knowledge.seeding._drop_absent", lambda db, content: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            store.seed(changed(trial, "Nửa chừng."))
        assert (store.entries(), store.changes(), store.meta("content_hash")) == before


# -- search ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    ["đảng phí", "dang phi", unicodedata.normalize("NFD", "Đảng phí"), "ĐẢNG  PHÍ!"],
)
def test_search_needs_no_diacritics(store: Store, words: str) -> None:
    found = [entry.id for entry in store.search(words, limit=40)]
    assert found == [entry.id for entry in store.search("đảng phí", limit=40)]
    assert {"fees", "fees_online", "summary_qd_01_2026", "rule_fees"} <= set(found)
    assert "device_rules" not in found


@pytest.mark.parametrize("words", ["", "   ", '"', "NEAR(", "a* OR b", "title:x", "-", "không có"])
def test_odd_searches_do_no_harm(store: Store, words: str) -> None:
    assert isinstance(store.search(words), tuple)


def test_search_follows_changes(path: Path, trial: Content) -> None:
    with open_store(path, trial) as store:
        assert store.search("sương mù") == ()
        store.put_entry(replace(trial.entries["trial"], text="Có sương mù."), by="x")
        assert [e.id for e in store.search("suong mu")] == ["trial"]
        assert store.search("hướng dẫn mới") == ()


# -- threads and processes -------------------------------------------------------------------


def test_many_threads_read_and_one_writes(path: Path, shipped: Content) -> None:
    wrong: list[BaseException] = []
    done = threading.Event()
    with open_store(path) as store:

        def read() -> None:
            try:
                while not done.is_set():
                    for name in ("fees", "admission", "read_directive"):
                        found = answer(store, name, {"document": "42-HD/BTCTW"})
                        assert found is not None
                        assert found.text.endswith(".")
            except BaseException as error:
                wrong.append(error)

        threads = [threading.Thread(target=read) for _ in range(6)]
        for thread in threads:
            thread.start()
        for turn in range(20):
            entry = shipped.entries["fees"]
            store.put_entry(replace(entry, text=f"Lần {turn}."), by="x")
        done.set()
        for thread in threads:
            thread.join(30)
    assert wrong == []


def test_several_programs_make_the_store_at_once(path: Path) -> None:
    code = (
        "import sys, pathlib; from knowledge import open_store, answer\n"
        "with open_store(pathlib.Path(sys.argv[1])) as s: print(answer(s, 'fees').id)"
    )
    command = [sys.executable, "-c", code, str(path)]
    runs = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    for run in runs:
        out, err = run.communicate(timeout=120)
        assert (run.returncode, out.strip()) == (0, "fees"), err
    with open_store(path) as store:
        # Seeded once, not four times.
        assert len(store.changes()) == len({(c["table"], c["row"]) for c in store.changes()})


# -- damage ----------------------------------------------------------------------------------


def damaged(path: Path, how: str) -> None:
    data = bytearray(path.read_bytes())
    if how == "text":
        data = bytearray("Đây không phải cơ sở dữ liệu.\n".encode() * 40)
    elif how == "header":
        data[:16] = bytes(16)
    elif how == "half":
        del data[len(data) // 2 :]
    elif how == "odd":
        del data[len(data) - 1000 :]
    elif how == "one page":
        del data[4096:]
    elif how == "short":
        del data[40:]
    elif how == "zeros":
        data[4096:] = bytes(len(data) - 4096)
    elif how == "noise":
        data[8192:20480] = os.urandom(12288)
    elif how == "last page":
        # Nothing that opening needs stands there: only a look at every page finds it.
        data[-4096:] = os.urandom(4096)
    path.write_bytes(bytes(data))


DAMAGES = ("text", "header", "half", "odd", "one page", "short", "zeros", "noise", "last page")


@pytest.mark.parametrize("how", DAMAGES)
def test_a_damaged_store_is_refused_and_left_alone(path: Path, trial: Content, how: str) -> None:
    with open_store(path) as store:
        store.put_entry(
            replace(store.entries()[0], text="Của phường.", caution="Hãy kiểm tra lại."), by="x"
        )
    damaged(path, how)
    torn = path.read_bytes()
    with pytest.raises(StoreCorrupt) as caught:
        open_store(path)
    assert "troly answer --rebuild" in caught.value.vi
    assert path.read_bytes() == torn

    aside = rebuild_store(path)
    assert (aside / path.name).read_bytes() == torn
    with open_store(path) as store:
        assert answer(store, "fees", {}) is not None


def test_the_journal_goes_aside_with_its_database(path: Path, trial: Content) -> None:
    open_store(path, trial).close()
    journal = path.with_name(path.name + "-wal")
    journal.write_bytes(b"what was not yet in the database")
    path.write_bytes(b"")
    with pytest.raises(StoreCorrupt):
        open_store(path, trial)
    assert journal.read_bytes() == b"what was not yet in the database"
    aside = rebuild_store(path, trial)
    assert sorted(p.name for p in aside.iterdir()) == [path.name, journal.name]


def test_rebuilding_twice_keeps_both(path: Path, trial: Content) -> None:
    open_store(path, trial).close()
    one, two = rebuild_store(path, trial), rebuild_store(path, trial)
    assert one != two
    assert (one / path.name).is_file()
    assert (two / path.name).is_file()


def test_an_empty_file_is_a_cut_before_anything_was_written(path: Path, trial: Content) -> None:
    path.parent.mkdir()
    path.touch()
    with open_store(path, trial) as store:
        assert text_of(store) == "Bác làm theo hướng dẫn mới."


def test_another_programs_database_is_not_touched(path: Path, trial: Content) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as conn:
        conn.execute("create table photos (id)")
    conn.close()
    before = path.read_bytes()
    with pytest.raises(StoreCorrupt, match="another program"):
        open_store(path, trial)
    assert path.read_bytes() == before


def test_a_store_of_a_later_release_is_not_touched(path: Path, trial: Content) -> None:
    open_store(path, trial).close()
    with sqlite3.connect(path) as conn:
        conn.execute(f"pragma user_version = {SCHEMA_VERSION + 1}")
    conn.close()
    with pytest.raises(StoreNewer) as caught:
        open_store(path, changed(trial, "Khác."))
    assert "bản mới" in caught.value.vi


# -- no room, no right -----------------------------------------------------------------------


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that a program without privileges can reach, too."""
    folder = Path(tempfile.mkdtemp(prefix="troly-"))
    folder.chmod(0o755)
    yield folder
    for each in (folder, *folder.rglob("*")):
        each.chmod(0o755)
    shutil.rmtree(folder)


CHILD = """
import os, pathlib, sys
from dataclasses import replace
from knowledge import answer, load_content, open_store
from knowledge.errors import KnowledgeError
content = load_content()
if sys.argv[2] == "newer":
    fees = replace(content.entries["fees"], text="Bản mới.")
    content = replace(content, entries={**content.entries, "fees": fees})
if hasattr(os, "geteuid") and os.geteuid() == 0:
    os.setuid(65534)  # root may write everything
try:
    with open_store(pathlib.Path(sys.argv[1]), content) as store:
        print("read-only" if store.read_only else "writable")
        print(answer(store, "fees").text)
        store.put_entry(replace(content.entries["fees"], text="Ghi."), by="x")
        print("written")
except KnowledgeError as error:
    print(type(error).__name__, "|", error.vi)
"""


def as_nobody(path: Path, release: str) -> list[str]:
    command = [sys.executable, "-c", CHILD, str(path), release]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


@pytest.mark.skipif(os.name == "nt", reason="permissions work otherwise")
@pytest.mark.parametrize("release", ["same", "newer"])
@pytest.mark.parametrize("folder_mode", [0o555, 0o777])
def test_a_read_only_store_still_answers(
    open_folder: Path, shipped: Content, release: str, folder_mode: int
) -> None:
    path = open_folder / "knowledge.db"
    open_store(path).close()
    path.chmod(0o444)
    open_folder.chmod(folder_mode)
    before = path.read_bytes()
    state, text, refusal = as_nobody(path, release)
    # With a folder that can be written, SQLite cannot know before it is asked to write.
    assert state == "read-only" or (folder_mode == 0o777 and release == "same")
    assert text.startswith(shipped.entries["fees"].text)
    assert refusal.startswith("StoreStorage | Không đọc hoặc ghi được thư mục")
    assert path.read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="permissions work otherwise")
def test_a_folder_that_may_not_be_written(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    for path in (open_folder / "knowledge.db", open_folder / "state" / "knowledge.db"):
        (said,) = as_nobody(path, "same")
        assert said.startswith("StoreStorage | Không đọc hoặc ghi được thư mục")
    assert list(open_folder.iterdir()) == []


def test_paths_that_cannot_be(tmp_path: Path, trial: Content) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "file" / "k.db", tmp_path / "folder"):
        with pytest.raises(StoreStorage) as caught:
            open_store(path, trial)
        assert "--state" in caught.value.vi


FULL = """
import pathlib, resource, sys
from knowledge import answer, open_store
from knowledge.errors import KnowledgeError
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    with open_store(pathlib.Path(sys.argv[1])) as store:
        print("opened", answer(store, "fees") is not None)
except KnowledgeError as error:
    print(type(error).__name__, "|", error.vi)
"""


@pytest.mark.skipif(os.name == "nt", reason="needs a limit on the size of files")
@pytest.mark.parametrize("limit", [0, 4096, 8192, 40_000, 100_000])
def test_no_room_to_make_the_store(path: Path, limit: int) -> None:
    command = [sys.executable, "-c", FULL, str(path), str(limit)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("StoreStorage | Ổ đĩa chứa"), run.stdout
    # With room again, it is made.
    with open_store(path) as store:
        assert answer(store, "fees", {}) is not None


def test_no_room_for_a_change(path: Path, trial: Content) -> None:
    with open_store(path, trial) as store:
        pages = store._db.execute("pragma page_count").fetchone()[0]
        store._db.execute(f"pragma max_page_count = {pages}")
        before = (store.entries(), store.changes())
        with pytest.raises(StoreStorage) as caught:
            store.put_entry(replace(trial.entries["trial"], text="Dài. " * 20_000), by="x")
        assert "đã đầy" in caught.value.vi
        assert (store.entries(), store.changes()) == before


def test_no_room_for_a_new_release_keeps_the_old_one(
    path: Path, trial: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_store(path, trial).close()

    def full(self: Store, content: Content) -> bool:
        raise StoreStorage("full", vi="đầy")

    monkeypatch.setattr(Store, "seed", full)
    with open_store(path, changed(trial, "Bản mới.")) as store:
        assert store.read_only
        assert text_of(store) == "Bác làm theo hướng dẫn mới."
    monkeypatch.undo()
    with open_store(path, changed(trial, "Bản mới.")) as store:
        assert text_of(store) == "Bản mới."


def test_every_error_says_what_to_do(path: Path) -> None:
    error = StoreCorrupt(path, "x")
    assert isinstance(error, StoreError)
    assert isinstance(error, KnowledgeError)
    assert path.name in error.vi


def test_closing_twice(path: Path, trial: Content) -> None:
    store = open_store(path, trial)
    store.close()
    store.close()


def test_shipped_content_is_the_default(path: Path) -> None:
    with open_store(path) as store:
        assert store.meta("content_hash") == load_content().hash
