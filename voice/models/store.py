"""What is installed, where it lies, and whether it is still intact."""

from __future__ import annotations

import importlib.util
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from voice.errors import ModelCorrupt, ModelError, ModelMissing
from voice.models.catalogue import MANIFEST, Catalogue, Model
from voice.models.durable import read_json, restore_folder, sha256_of, storing, write_json
from voice.models.layout import (
    FIRST_USE,
    aside,
    first_use,
    lock_file,
    manifest_digest,
    tidy,
    work_folder,
)
from voice.models.lock import locked
from voice.models.progress import Report, silent

State = Literal["builtin", "installed", "damaged", "missing"]


@dataclass(frozen=True, slots=True)
class Status:
    """How a model stands, without reading its files through."""

    model: Model
    state: State
    """``damaged``: a file is gone or has the wrong length. A flipped byte needs ``verify``."""
    path: Path | None
    """Its folder, when there is one."""
    bytes: int
    """Bytes installed."""
    waiting: int
    """Bytes of an unfinished installation, kept for the next attempt."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with an installed file."""

    model: str
    file: str
    """Path inside the model's folder."""
    kind: Literal["missing", "size", "sha256", "unreadable", "manifest"]
    detail: str
    """English, for the log."""
    vi: str
    """Vietnamese, for people."""


class ModelStore:
    """The models folder.

    Args:
        root: the folder; it need not exist.
        catalogue: what may be installed there.
    """

    def __init__(self, root: Path, catalogue: Catalogue) -> None:
        self.root = root
        self.catalogue = catalogue

    def status(self, name: str) -> Status:
        """How the model stands; cheap enough for every start.

        Raises:
            UnknownModel: the catalogue does not have it.
        """
        model = self.catalogue.get(name)
        if model.builtin is not None:
            there = importlib.util.find_spec(model.builtin) is not None
            return Status(model, "builtin" if there else "missing", None, 0, 0)
        folder = self.root / name
        restore_folder(folder, aside(self.root, name))
        waiting = _size_below(work_folder(self.root, name))
        if not folder.is_dir():
            return Status(model, "missing", None, 0, waiting)
        files = self._expected(model)
        sizes = {path: _size(folder / path) for path in files}
        right = bool(files) and all(
            sizes[path] is not None and entry["bytes"] in (None, sizes[path])
            for path, entry in files.items()
        )
        total = sum(size or 0 for size in sizes.values())
        return Status(model, "installed" if right else "damaged", folder, total, waiting)

    def path(self, name: str) -> Path:
        """The folder of an installed model.

        Raises:
            UnknownModel: the catalogue does not have it.
            ModelMissing: it is not installed; the message says which command installs it.
            ModelCorrupt: a file is gone or has the wrong length.
            ModelError: it is built in, and has no folder.
        """
        status = self.status(name)
        if status.model.builtin is not None:
            raise ModelError(
                f"{name} comes with the module {status.model.builtin}: it has no folder here",
                vi=f"{status.model.title_vi} có sẵn trong chương trình, không có thư mục riêng.",
            )
        if status.path is None:
            raise missing(status.model)
        if status.state == "damaged":
            raise ModelCorrupt(
                f"{name} in {status.path} is damaged: files are gone or have the wrong length",
                vi=f"Mô hình {status.model.title_vi} bị hỏng. Hãy cài lại: "
                f"troly models install {name}",
            )
        return status.path

    def installed(self) -> tuple[str, ...]:
        """Names of the installed models, damaged ones too, in the catalogue's order."""
        return tuple(
            model.name
            for model in self.catalogue
            if self.status(model.name).state in ("installed", "damaged")
        )

    def verify(self, name: str) -> list[Problem]:
        """Read every file of an installed model through; an empty list means it is intact.

        Raises:
            UnknownModel: the catalogue does not have it.
            ModelMissing: it is not installed.
        """
        status = self.status(name)
        model, folder = status.model, status.path
        if status.state == "builtin":
            return []
        if folder is None:
            raise missing(model)
        problems = []
        manifest = self._manifest(name)
        files = self._expected(model)
        # A folder copied here by hand has no manifest; the catalogue may know enough.
        copied = not (folder / MANIFEST).exists() and model.pinned and not _unpacks(model)
        if manifest is None and not copied:
            problems.append(
                Problem(
                    name,
                    MANIFEST,
                    "manifest",
                    f"{MANIFEST} is missing or changed",
                    f"Tệp {MANIFEST} bị mất hoặc bị sửa",
                )
            )
        for path, entry in files.items():
            problem = _inspect(name, folder, path, entry)
            if problem:
                problems.append(problem)
        return problems

    def remove(self, name: str) -> None:
        """Delete an installed model, or what is left of an unfinished installation.

        The digests recorded on first use stay: the next installation is held to them.

        Raises:
            UnknownModel: the catalogue does not have it.
            ModelMissing: there is nothing to delete.
            ModelError: it is built in.
            ModelStorageError: it cannot be deleted, or is being installed right now.
        """
        status = self.status(name)
        if status.model.builtin is not None:
            raise ModelError(
                f"{name} is built in and cannot be removed",
                vi=f"{status.model.title_vi} có sẵn trong chương trình, không gỡ riêng được.",
            )
        work = work_folder(self.root, name)
        if status.path is None and not work.is_dir():
            raise missing(status.model)
        try:
            with locked(lock_file(self.root, name)), storing(work):
                if work.is_dir():
                    shutil.rmtree(work)
                if status.path is not None:
                    # Out of sight by one rename: a cut must not leave half a model in use.
                    status.path.rename(work)
                    shutil.rmtree(work)
        finally:
            tidy(self.root, name)

    def forget(self, name: str) -> bool:
        """Drop the digests recorded on first use, so that a new version may be trusted anew.

        Returns:
            Whether there were any.

        Raises:
            UnknownModel: the catalogue does not have it.
        """
        self.catalogue.get(name)
        record = read_json(self.root / FIRST_USE) or {}
        if name not in record:
            return False
        del record[name]
        write_json(self.root / FIRST_USE, record)
        return True

    def install(
        self, name: str, *, source: Path | None = None, progress: Report = silent
    ) -> Path | None:
        """Install a model, or repair it; nothing is brought again when it is intact.

        Args:
            name: in the catalogue.
            source: a folder or USB stick to take every file from; None to download.
            progress: called often with how far it has come.

        Returns:
            The model's folder, or None when it is built in.

        Raises:
            ModelError: see :func:`voice.models.install.install`; the installed model is then
                what it was.
        """
        # Only here: it brings the web client along, which no other use of a model needs.
        from voice.models.install import install

        status = self.status(name)
        if status.state == "builtin":
            return None
        if status.model.builtin is not None:
            raise missing(status.model)
        if status.state == "installed" and not self.verify(name):
            return status.path
        return install(self.root, status.model, source=source, progress=progress)

    def _manifest(self, name: str) -> dict[str, Any] | None:
        """The manifest of an installed model, or None when it is gone or was changed."""
        manifest = read_json(self.root / name / MANIFEST)
        if manifest is None or manifest.get("digest") != manifest_digest(manifest):
            return None
        return manifest

    def _expected(self, model: Model) -> dict[str, dict[str, Any]]:
        """Path -> bytes and sha256 it must have: the catalogue's word before the manifest's."""
        manifest = self._manifest(model.name)
        files: dict[str, dict[str, Any]] = dict(manifest["files"]) if manifest else {}
        recorded = first_use(self.root, model.name)
        for file in model.files:
            if file.unpack or (manifest and file.path not in files):
                continue  # a zip is not kept; an alternative was taken
            entry = files.get(file.path, {"bytes": None, "sha256": None})
            files[file.path] = {
                "bytes": file.bytes if file.bytes is not None else entry["bytes"],
                "sha256": file.sha256 or recorded.get(file.path) or entry["sha256"],
            }
            if file.optional and not manifest:
                del files[file.path]
        return files


def missing(model: Model) -> ModelMissing:
    """The error for a model that is not installed."""
    if model.builtin is not None:
        return ModelMissing(
            f"the module {model.builtin} of {model.name} is not installed",
            vi=f"Thiếu {model.title_vi} trong chương trình. Hãy cài lại: make setup",
        )
    return ModelMissing(
        f"model {model.name} is not installed",
        vi=f"Chưa cài mô hình {model.title_vi}. Hãy chạy: troly models install {model.name}",
    )


def _inspect(name: str, folder: Path, path: str, entry: dict[str, Any]) -> Problem | None:
    place = folder / path
    size = _size(place)
    if size is None:
        return Problem(name, path, "missing", f"{path} is gone", f"Thiếu tệp {path}")
    if entry["bytes"] not in (None, size):
        detail = f"{path}: {size} bytes instead of {entry['bytes']}"
        return Problem(name, path, "size", detail, f"Tệp {path} sai kích thước")
    try:
        digest = sha256_of(place)
    except OSError as error:
        return Problem(name, path, "unreadable", f"{path}: {error}", f"Không đọc được tệp {path}")
    if entry["sha256"] not in (None, digest):
        detail = f"{path}: sha256 {digest} instead of {entry['sha256']}"
        return Problem(name, path, "sha256", detail, f"Tệp {path} bị hỏng (sai sha256)")
    return None


def _unpacks(model: Model) -> bool:
    return any(file.unpack for file in model.files)


def _size(path: Path) -> int | None:
    with suppress(OSError):
        return path.stat().st_size if path.is_file() else None
    return None


def _size_below(folder: Path) -> int:
    return sum(_size(path) or 0 for path in folder.rglob("*")) if folder.is_dir() else 0
