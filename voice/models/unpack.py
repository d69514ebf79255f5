"""Taking a zip apart without trusting it.

A zip from outside may name paths outside its folder ("zip slip"), carry links, expand without
end ("zip bomb"), or name one file twice. Each of these refuses the whole zip.
"""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

from voice.errors import ModelCorrupt
from voice.models.catalogue import Unpack
from voice.models.durable import CHUNK, append, storing


def unpack_zip(
    archive: Path, rules: Unpack, into: Path, report: Callable[[int, int], None]
) -> tuple[str, ...]:
    """Write what lies under ``rules.root`` in the zip to the folder ``into``.

    Returns:
        The paths written, relative to ``into``, with forward slashes.

    Raises:
        ModelCorrupt: the zip is broken, or breaks a rule; the message names the member.
        ModelStorageError: ``into`` cannot be written.
    """
    written: list[str] = []
    try:
        with zipfile.ZipFile(archive) as opened:
            members = _plan(archive, opened, rules)
            total = sum(info.file_size for info in members.values())
            done = 0
            for path, info in members.items():
                target = into / path
                with storing(target):
                    target.parent.mkdir(parents=True, exist_ok=True)
                    output = target.open("wb", buffering=0)
                with output, opened.open(info) as file:
                    while chunk := file.read(CHUNK):
                        done += len(chunk)
                        with storing(target):
                            append(output, chunk)
                        report(done, total)
                written.append(path)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise ModelCorrupt(
            f"{archive.name} is not a usable zip: {error}",
            vi=f"Tệp {archive.name} bị hỏng, không giải nén được. Hãy lấy lại tệp này.",
        ) from error
    return tuple(written)


def _plan(archive: Path, opened: zipfile.ZipFile, rules: Unpack) -> dict[str, zipfile.ZipInfo]:
    """Path to write -> member, once every member has been found harmless."""
    members: dict[str, zipfile.ZipInfo] = {}
    folded: set[str] = set()
    for info in opened.infolist():
        name = info.filename
        # zipfile cuts names at NUL and turns "\\" into "/" on Windows; judge the original.
        pieces = info.orig_filename.rstrip("/").split("/")
        if "\\" in info.orig_filename or ":" in info.orig_filename or "\0" in info.orig_filename:
            raise _refused(archive, name, "has a path that is not portable")
        if any(piece in ("", ".", "..") for piece in pieces):
            raise _refused(archive, name, "has a path that leaves its folder")
        mode = info.external_attr >> 16
        if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise _refused(archive, name, "is a link or a device")
        if info.flag_bits & 0x1:
            raise _refused(archive, name, "is encrypted")
        if pieces[0] != rules.root:
            raise _refused(archive, name, f"lies outside {rules.root}/")
        if info.is_dir():
            continue
        path = "/".join(pieces[1:])
        if not path:
            raise _refused(archive, name, "is a file where the folder should be")
        if path.casefold() in folded:
            raise _refused(archive, name, "is there twice")
        folded.add(path.casefold())
        members[path] = info
    if not members:
        raise _refused(archive, rules.root, "is empty or missing")
    if len(members) > rules.max_files:
        raise _refused(archive, rules.root, f"holds more than {rules.max_files} files")
    # The sizes are the sender's claim, but zipfile never reads more of a member than it claims,
    # and refuses one whose checksum then does not fit.
    if sum(info.file_size for info in members.values()) > rules.max_bytes:
        raise _refused(archive, rules.root, f"claims more than {rules.max_bytes} bytes")
    return members


def _refused(archive: Path, member: str, why: str) -> ModelCorrupt:
    return ModelCorrupt(
        f"{archive.name}: {member!r} {why}",
        vi=f"Tệp nén {archive.name} không an toàn (mục “{member}”); đã từ chối. "
        "Hãy lấy lại tệp từ nguồn chính thức.",
    )
