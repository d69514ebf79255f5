from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from model_host import Host, catalogue_of, noise, tree

from voice.errors import ModelCorrupt
from voice.models import ModelStore
from voice.models.catalogue import Unpack
from voice.models.unpack import unpack_zip

RULES = Unpack("m-0.4", max_bytes=100_000, max_files=3)


def zipped(fill: Callable[[zipfile.ZipFile], None]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        fill(archive)
    return buffer.getvalue()


def good(archive: zipfile.ZipFile) -> None:
    archive.mkdir("m-0.4")
    archive.writestr("m-0.4/am/final.mdl", noise(50_000))
    archive.writestr("m-0.4/conf/mfcc.conf", "--sample-frequency=16000\n")


def with_member(name: str, data: bytes = b"x") -> Callable[[zipfile.ZipFile], None]:
    def fill(archive: zipfile.ZipFile) -> None:
        good(archive)
        archive.writestr(name, data)

    return fill


def symlink(archive: zipfile.ZipFile) -> None:
    good(archive)
    info = zipfile.ZipInfo("m-0.4/link")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.writestr(info, "/etc/passwd")


def encrypted(archive: zipfile.ZipFile) -> None:
    good(archive)
    archive.infolist()[-1].flag_bits |= 1


def too_many(archive: zipfile.ZipFile) -> None:
    for number in range(4):
        archive.writestr(f"m-0.4/{number}", "x")


def twice(archive: zipfile.ZipFile) -> None:
    good(archive)
    archive.writestr("m-0.4/AM/final.mdl", "x")


@pytest.mark.parametrize(
    "fill",
    [
        pytest.param(with_member("../evil"), id="zip-slip"),
        pytest.param(with_member("m-0.4/../../evil"), id="zip-slip-inside-the-root"),
        pytest.param(with_member("/tmp/evil"), id="absolute"),
        pytest.param(with_member("m-0.4/..\\..\\evil"), id="backslash"),
        pytest.param(with_member("C:/evil"), id="drive"),
        pytest.param(with_member("other/file"), id="outside-the-root"),
        pytest.param(symlink, id="symlink"),
        pytest.param(encrypted, id="encrypted"),
        pytest.param(too_many, id="too-many-files"),
        pytest.param(twice, id="same-name-on-windows"),
        pytest.param(with_member("m-0.4/zeros", bytes(100_000)), id="zip-bomb"),
        pytest.param(lambda archive: None, id="empty"),
    ],
)
def test_a_dangerous_zip_is_refused_whole(
    fill: Callable[[zipfile.ZipFile], None], tmp_path: Path
) -> None:
    archive = tmp_path / "m.zip"
    archive.write_bytes(zipped(fill))
    into = tmp_path / "deep" / "into"
    into.mkdir(parents=True)
    with pytest.raises(ModelCorrupt, match=r"m\.zip") as caught:
        unpack_zip(archive, RULES, into, lambda done, total: None)
    assert "m.zip" in caught.value.vi
    assert set(tree(tmp_path)) == {"m.zip"}


def test_a_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    """The directory claims 10 bytes; the stream has a million."""
    data = bytearray(zipped(lambda archive: archive.writestr("m-0.4/zeros", bytes(1_000_000))))
    for at in (22, data.index(b"PK\1\2") + 24):
        data[at : at + 4] = (10).to_bytes(4, "little")
    archive = tmp_path / "m.zip"
    archive.write_bytes(data)
    with pytest.raises(ModelCorrupt, match=r"m\.zip"):
        unpack_zip(archive, RULES, tmp_path / "into", lambda done, total: None)
    assert sum(len(body) for body in tree(tmp_path / "into").values()) <= 10


def test_a_zipped_model_is_installed_and_a_flipped_byte_found(host: Host, tmp_path: Path) -> None:
    body = zipped(good)
    host.serve("v/m-0.4.zip", body, cut_after=20_000, cuts=1)
    store = ModelStore(
        tmp_path / "models",
        catalogue_of(f"""
            [[model.file]]
            path = "m-0.4.zip"
            bytes = {len(body)}
            holds = "PK"
            url = "{host.url}/v/m-0.4.zip"
            unpack = {{ root = "m-0.4", max_bytes = 100000, max_files = 3 }}
            """),
    )
    folder = store.install("small")
    assert folder is not None
    assert set(tree(folder)) == {"am/final.mdl", "conf/mfcc.conf", "installed.json"}
    assert store.verify("small") == [] and host.sent["v/m-0.4.zip"] == len(body)

    damaged = folder / "am" / "final.mdl"
    data = bytearray(damaged.read_bytes())
    data[25_000] ^= 1
    damaged.write_bytes(data)
    assert [(p.file, p.kind) for p in store.verify("small")] == [("am/final.mdl", "sha256")]
    store.install("small")
    assert store.verify("small") == []


def test_a_wrong_zip_keeps_the_old_state(host: Host, tmp_path: Path) -> None:
    host.serve("v/m-0.4.zip", zipped(with_member("../evil")))
    store = ModelStore(
        tmp_path / "models",
        catalogue_of(f"""
            [[model.file]]
            path = "m-0.4.zip"
            url = "{host.url}/v/m-0.4.zip"
            unpack = {{ root = "m-0.4", max_bytes = 100000, max_files = 3 }}
            """),
    )
    with pytest.raises(ModelCorrupt, match="evil"):
        store.install("small")
    assert store.status("small").state == "missing"
