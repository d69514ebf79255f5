from __future__ import annotations

from pathlib import Path

import pytest
from model_host import CONFIG, MODEL, Host, catalogue_of, file_entry, noise, sha256, tree

from voice.errors import ModelCorrupt, ModelSourceError
from voice.models import ModelStore, Progress


def test_installs_and_leaves_nothing_but_the_model(store: ModelStore) -> None:
    folder = store.install("small")
    assert folder == store.path("small") == store.root / "small"
    assert (folder / "model.bin").read_bytes() == MODEL
    assert (folder / "config.json").read_bytes() == CONFIG
    assert set(tree(store.root)) == {
        "small/model.bin",
        "small/config.json",
        "small/installed.json",
    }


def test_progress_grows_to_the_whole(store: ModelStore) -> None:
    seen: list[Progress] = []
    store.install("small", progress=seen.append)
    download = [p for p in seen if p.step == "download" and p.file == "model.bin"]
    assert [p.done for p in download] == sorted(p.done for p in download)
    assert download[-1].done == download[-1].total == len(MODEL)
    assert any(p.step == "verify" and p.done == len(MODEL) for p in seen)


def test_an_intact_model_is_not_downloaded_again(store: ModelStore, host: Host) -> None:
    store.install("small")
    host.asked.clear()
    store.install("small")
    assert host.asked == []


def test_a_broken_connection_is_taken_up_where_it_broke(store: ModelStore, host: Host) -> None:
    served = host.files["a/model.bin"]
    served.cut_after, served.cuts = 100_000, 2
    store.install("small")
    assert (store.path("small") / "model.bin").read_bytes() == MODEL
    assert host.asked[:3] == [("a/model.bin", at) for at in (0, 100_000, 200_000)]
    assert host.sent["a/model.bin"] == len(MODEL), "no byte was sent twice"


def test_after_giving_up_a_second_run_asks_only_for_the_rest(store: ModelStore, host: Host) -> None:
    served = host.files["a/model.bin"]
    served.cut_after, served.cuts = 40_960, -1
    with pytest.raises(ModelSourceError) as caught:
        store.install("small")
    assert "chạy lại lệnh" in caught.value.vi and "--from" in caught.value.vi
    assert store.status("small").state == "missing"
    assert store.status("small").waiting >= 4 * 40_960
    host.asked.clear()
    served.cuts = 0
    store.install("small")
    assert host.asked[0] == ("a/model.bin", 4 * 40_960)
    assert host.sent["a/model.bin"] == len(MODEL)
    assert store.verify("small") == []


def test_a_file_that_changed_meanwhile_is_taken_whole(host: Host, tmp_path: Path) -> None:
    old, new = noise(200_000, 2), noise(200_000, 3)
    served = host.serve("b/model.bin", old, cut_after=40_000, cuts=-1)
    files = file_entry("model.bin", f"{host.url}/b/model.bin", None)
    store = ModelStore(tmp_path / "models", catalogue_of(files))
    with pytest.raises(ModelSourceError):
        store.install("small")
    served.body, served.etag, served.cuts = new, '"v2"', 0
    store.install("small")
    assert (store.path("small") / "model.bin").read_bytes() == new


def test_without_etag_or_sha256_old_bytes_are_not_trusted(host: Host, tmp_path: Path) -> None:
    old, new = noise(200_000, 2), noise(200_000, 3)
    served = host.serve("b/model.bin", old, etag=None, cut_after=40_000, cuts=-1)
    files = file_entry("model.bin", f"{host.url}/b/model.bin", None)
    store = ModelStore(tmp_path / "models", catalogue_of(files))
    with pytest.raises(ModelSourceError):
        store.install("small")
    served.body, served.cuts = new, 0
    store.install("small")
    assert (store.path("small") / "model.bin").read_bytes() == new


def test_a_spoilt_beginning_is_downloaded_afresh(store: ModelStore, host: Host) -> None:
    """The power failed, and the disk kept zeros where the first bytes should be."""
    served = host.files["a/model.bin"]
    served.cut_after, served.cuts = 40_960, -1
    with pytest.raises(ModelSourceError):
        store.install("small")
    partial = store.root / ".work" / "small" / "new" / "model.bin.part"
    partial.write_bytes(bytes(partial.stat().st_size))
    served.cuts = 0
    store.install("small")
    assert (store.path("small") / "model.bin").read_bytes() == MODEL


@pytest.mark.parametrize("wrong", [noise(300_000, 9), b"<html>not found</html>", noise(300_001)])
def test_a_wrong_file_is_refused_by_name(store: ModelStore, host: Host, wrong: bytes) -> None:
    store.install("small")
    before = tree(store.root)
    (store.root / "small" / "model.bin").write_bytes(MODEL[:-1])
    damaged = tree(store.root)
    host.files["a/model.bin"].body = wrong
    with pytest.raises(ModelCorrupt) as caught:
        store.install("small")
    assert "model.bin" in str(caught.value) and "model.bin" in caught.value.vi
    assert {k: v for k, v in tree(store.root).items() if ".work" not in k} == damaged
    host.files["a/model.bin"].body = MODEL
    store.install("small")
    assert tree(store.root) == before


def test_repairing_brings_only_the_damaged_file(store: ModelStore, host: Host) -> None:
    store.install("small")
    config = store.path("small") / "config.json"
    config.write_bytes(CONFIG[:-1] + b"!")
    host.asked.clear()
    store.install("small")
    assert host.asked == [("a/config.json", 0)]
    assert config.read_bytes() == CONFIG and store.verify("small") == []


def test_a_missing_file_and_a_refusal_are_told_apart(store: ModelStore, host: Host) -> None:
    host.files["a/model.bin"].status = 403
    with pytest.raises(ModelSourceError, match="403"):
        store.install("small")
    del host.files["a/model.bin"]
    with pytest.raises(ModelSourceError, match="404") as caught:
        store.install("small")
    assert "không có tệp model.bin" in caught.value.vi
    assert not store.root.exists(), "nothing arrived, so nothing is left behind"


def test_no_network(tmp_path: Path) -> None:
    files = file_entry("model.bin", "http://127.0.0.1:9/model.bin", MODEL)
    store = ModelStore(tmp_path / "models", catalogue_of(files))
    with pytest.raises(ModelSourceError) as caught:
        store.install("small")
    assert "kiểm tra mạng" in caught.value.vi and "--from" in caught.value.vi


def test_an_overloaded_server_is_asked_again(store: ModelStore, host: Host) -> None:
    served = host.files["a/model.bin"]
    served.status = 503
    with pytest.raises(ModelSourceError, match="503"):
        store.install("small")
    assert host.asked == [("a/model.bin", 0)] * 4


# --- files whose sha256 the catalogue does not know ---------------------------------------


@pytest.fixture
def unpinned(host: Host, tmp_path: Path) -> ModelStore:
    host.serve("p/model.bin", b"....WhisperSpec" + MODEL)
    host.serve("p/vocabulary.txt", b"a\nb\n")
    files = file_entry("model.bin", f"{host.url}/p/model.bin", None, 'holds = "WhisperSpec"')
    files += file_entry("vocabulary.json", f"{host.url}/p/vocabulary.json", None)
    files += f"""
        [[model.file.alternative]]
        path = "vocabulary.txt"
        url = "{host.url}/p/vocabulary.txt"
        """
    files += file_entry("extra.json", f"{host.url}/p/extra.json", None, "optional = true")
    return ModelStore(tmp_path / "models", catalogue_of(files))


def test_alternatives_and_optional_files(unpinned: ModelStore) -> None:
    folder = unpinned.install("small")
    assert folder is not None
    assert {path.name for path in folder.iterdir()} == {
        "model.bin",
        "vocabulary.txt",
        "installed.json",
    }
    assert unpinned.verify("small") == [] and unpinned.status("small").state == "installed"


def test_the_first_digest_is_held_to_ever_after(unpinned: ModelStore, host: Host) -> None:
    unpinned.install("small")
    unpinned.remove("small")
    host.files["p/model.bin"].body = b"....WhisperSpec" + noise(300_000, 5)
    with pytest.raises(ModelCorrupt, match=r"model\.bin"):
        unpinned.install("small")
    assert unpinned.forget("small")
    unpinned.install("small")
    assert unpinned.verify("small") == []


def test_an_error_page_is_not_trusted_even_at_first(unpinned: ModelStore, host: Host) -> None:
    host.files["p/model.bin"].body = b"<html>Please log in to this Wi-Fi</html>"
    with pytest.raises(ModelCorrupt, match=r"model\.bin"):
        unpinned.install("small")


def test_the_digest_a_server_states_must_hold(unpinned: ModelStore, host: Host) -> None:
    served = host.files["p/model.bin"]
    served.linked_sha256 = sha256(b"something else")
    with pytest.raises(ModelCorrupt, match=r"model\.bin"):
        unpinned.install("small")
    served.linked_sha256 = sha256(served.body)
    unpinned.install("small")
    assert unpinned.verify("small") == []


def test_a_flipped_byte_shows_without_a_catalogue_digest(unpinned: ModelStore) -> None:
    folder = unpinned.install("small")
    assert folder is not None
    data = bytearray((folder / "vocabulary.txt").read_bytes())
    data[0] ^= 1
    (folder / "vocabulary.txt").write_bytes(data)
    assert [(p.file, p.kind) for p in unpinned.verify("small")] == [("vocabulary.txt", "sha256")]
