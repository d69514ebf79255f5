from __future__ import annotations

from pathlib import Path

import pytest
from model_host import CONFIG, MODEL, Host, catalogue_of, noise, tree

from voice.errors import ModelCorrupt, ModelError, ModelMissing, ModelStorageError
from voice.models import ModelStore, load_catalogue
from voice.models.layout import aside, lock_file
from voice.models.lock import locked


def test_missing_names_the_command(store: ModelStore) -> None:
    assert store.status("small").state == "missing" and store.installed() == ()
    for ask in (store.path, store.verify, store.remove):
        with pytest.raises(ModelMissing) as caught:
            ask("small")
        assert "troly models install small" in caught.value.vi
    assert not store.root.exists(), "asking creates nothing"


def test_status_of_an_installed_model(store: ModelStore) -> None:
    store.install("small")
    status = store.status("small")
    assert (status.state, status.path) == ("installed", store.root / "small")
    assert status.bytes == len(MODEL) + len(CONFIG) and status.waiting == 0
    assert store.installed() == ("small",)


@pytest.mark.parametrize("at", [0, 150_000, len(MODEL) - 1])
def test_verify_finds_one_flipped_bit(store: ModelStore, at: int) -> None:
    store.install("small")
    binary = store.path("small") / "model.bin"
    data = bytearray(MODEL)
    data[at] ^= 1
    binary.write_bytes(data)
    (problem,) = store.verify("small")
    assert (problem.file, problem.kind) == ("model.bin", "sha256")
    assert "model.bin" in problem.vi


def test_verify_finds_what_is_short_and_what_is_gone(store: ModelStore) -> None:
    folder = store.install("small")
    assert folder is not None
    (folder / "model.bin").write_bytes(MODEL[:-1])
    (folder / "config.json").unlink()
    assert {p.file: p.kind for p in store.verify("small")} == {
        "model.bin": "size",
        "config.json": "missing",
    }
    assert store.status("small").state == "damaged" and store.installed() == ("small",)
    with pytest.raises(ModelCorrupt) as caught:
        store.path("small")
    assert "troly models install small" in caught.value.vi


def test_verify_finds_a_changed_manifest(store: ModelStore) -> None:
    folder = store.install("small")
    assert folder is not None
    manifest = folder / "installed.json"
    manifest.write_text(manifest.read_text().replace("2", "3", 1))
    assert [p.kind for p in store.verify("small")] == ["manifest"]
    store.install("small")
    assert store.verify("small") == []


def test_a_folder_copied_by_hand_is_as_good(store: ModelStore) -> None:
    folder = store.root / "small"
    folder.mkdir(parents=True)
    (folder / "model.bin").write_bytes(MODEL)
    (folder / "config.json").write_bytes(CONFIG)
    assert store.status("small").state == "installed" and store.verify("small") == []
    (folder / "model.bin").write_bytes(noise(len(MODEL), 3))
    assert [p.kind for p in store.verify("small")] == ["sha256"]


def test_remove_leaves_nothing(store: ModelStore, host: Host) -> None:
    store.install("small")
    store.remove("small")
    assert not store.root.exists()


def test_remove_also_clears_an_unfinished_installation(store: ModelStore) -> None:
    half = store.root / ".work" / "small" / "new" / "model.bin.part"
    half.parent.mkdir(parents=True)
    half.write_bytes(MODEL[:1000])
    assert store.status("small").waiting == 1000
    store.remove("small")
    assert not store.root.exists()


def test_only_one_installs_at_a_time(store: ModelStore, host: Host) -> None:
    with (
        locked(lock_file(store.root, "small")),
        pytest.raises(ModelStorageError, match="another process"),
    ):
        store.install("small")
    assert host.asked == []
    store.install("small")


def test_built_in_models() -> None:
    store = ModelStore(Path("never-written"), load_catalogue())
    assert store.status("espeak-ng").state == "builtin"
    assert store.install("espeak-ng") is None and store.verify("espeak-ng") == []
    for ask in (store.path, store.remove):
        with pytest.raises(ModelError) as caught:
            ask("espeak-ng")
        assert "có sẵn" in caught.value.vi
    assert not store.root.exists()


def test_a_built_in_model_whose_module_is_gone(tmp_path: Path) -> None:
    store = ModelStore(tmp_path, catalogue_of("", head='builtin = "no_such_module"'))
    assert store.status("small").state == "missing"
    with pytest.raises(ModelMissing) as caught:
        store.install("small")
    assert "make setup" in caught.value.vi


# --- replacing an installed model where two folders cannot be exchanged in one step --------


def test_replacing_with_two_renames(store: ModelStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voice.models.durable._exchange", lambda one, other: False)
    store.install("small")
    before = tree(store.root)
    (store.path("small") / "model.bin").write_bytes(noise(len(MODEL), 3))
    store.install("small")
    assert tree(store.root) == before


def test_a_cut_between_the_two_renames_is_undone(store: ModelStore) -> None:
    store.install("small")
    before = tree(store.root)
    waiting = aside(store.root, "small")
    waiting.parent.mkdir()
    store.path("small").rename(waiting)
    assert store.path("small") == store.root / "small"
    assert tree(store.root) == before
