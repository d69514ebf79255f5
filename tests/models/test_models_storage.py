"""The disk is full, or nobody may write there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from model_host import CONFIG, MODEL, Host, catalogue_of, file_entry, noise, tree

from voice.errors import ModelStorageError
from voice.models import ModelStore

BIG = noise(1_500_000, 11)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of one megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    made = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)],
        capture_output=True,
        check=False,
    )
    if not made or made.returncode != 0:
        pytest.skip("this user may not mount a small file system")
    try:
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("known", [True, False], ids=["seen-at-once", "seen-while-writing"])
def test_full_disk(small_disk: Path, host: Host, known: bool) -> None:
    models = small_disk / "models"
    host.serve("a/model.bin", MODEL)
    url = f"{host.url}/a/model.bin"
    old = ModelStore(models, catalogue_of(file_entry("model.bin", url, MODEL)))
    old.install("small")
    before = tree(small_disk)

    host.serve("a/model.bin", BIG)
    host.sent.clear()
    new = ModelStore(models, catalogue_of(file_entry("model.bin", url, BIG if known else None)))
    (models / "first-use.json").unlink(missing_ok=True)
    if not known:  # an unpinned model that is there is intact by its own manifest
        (models / "small" / "installed.json").unlink()
        before.pop("models/small/installed.json")
    with pytest.raises(ModelStorageError) as caught:
        new.install("small")
    assert "đầy" in caught.value.vi and "--state" in caught.value.vi
    assert tree(small_disk) == before, "the old model is untouched, the half file is gone"
    assert bool(host.sent) is not known


LIMITED = """
import resource, sys
from pathlib import Path
from voice.errors import ModelStorageError
from voice.models import ModelStore, load_catalogue
store = ModelStore(Path(sys.argv[1]), load_catalogue(Path(sys.argv[2])))
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    store.install("small")
except ModelStorageError as error:
    print(error.vi)
    sys.exit(7)
"""


@pytest.mark.skipif(os.name == "nt", reason="RLIMIT_FSIZE is POSIX")
def test_a_file_size_limit_is_a_full_disk_too(tmp_path: Path, host: Host) -> None:
    host.serve("a/model.bin", MODEL)
    listing = tmp_path / "catalogue.toml"
    head = '[[model]]\nname="small"\nkind="voice"\nengine="piper"\ntitle_vi="T"\n'
    head += 'description="d"\nlicence="MIT"\nhome="h"\n'
    listing.write_text(head + file_entry("model.bin", f"{host.url}/a/model.bin", MODEL))
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path / "models"), str(listing)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode == 7, done.stderr
    assert "đầy" in done.stdout
    assert not (tmp_path / "models").exists()


def test_a_file_where_the_folder_should_be(host: Host, tmp_path: Path) -> None:
    (tmp_path / "models").write_text("not a folder")
    files = file_entry("config.json", f"{host.url}/a/config.json", CONFIG)
    with pytest.raises(ModelStorageError) as caught:
        ModelStore(tmp_path / "models", catalogue_of(files)).install("small")
    assert "quyền ghi" in caught.value.vi
    assert (tmp_path / "models").read_text() == "not a folder" and host.asked == []


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="permissions are POSIX here")
def test_no_right_to_write(store: ModelStore, host: Host) -> None:
    store.install("small")  # imports everything while this user may still read the library
    closed = Path(tempfile.mkdtemp(dir=Path(tempfile.gettempdir())))
    user = os.geteuid()
    try:
        closed.chmod(0o555)
        elsewhere = ModelStore(closed / "models", store.catalogue)
        host.asked.clear()
        try:
            if user == 0:
                os.seteuid(65534)
            with pytest.raises(ModelStorageError) as caught:
                elsewhere.install("small")
        finally:
            os.seteuid(user)
        assert "quyền ghi" in caught.value.vi
        assert list(closed.iterdir()) == [] and host.asked == []
    finally:
        shutil.rmtree(closed)
