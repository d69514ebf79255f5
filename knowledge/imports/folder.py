"""Importing files and folders: one bad file does not stop the others."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from knowledge.errors import DocumentRefused, KnowledgeError, StoreError
from knowledge.extract import Limits
from knowledge.extract.ocr import read_scan
from knowledge.extract.reading import SUFFIXES
from knowledge.imports.apply import apply_import
from knowledge.imports.plan import ImportPlan, hash_of, plan_import
from knowledge.store import Store

log = logging.getLogger(__name__)

Status = Literal["imported", "same", "refused", "skipped"]

MOST_FILES = 20_000
"""Files of one folder: a folder above that was not meant."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of one file."""

    path: Path
    status: Status
    message: str
    """A Vietnamese sentence."""
    document: str = ""
    """Id, when it is in the store."""
    reason: str = ""
    """Of a refusal: the key of :data:`knowledge.extract.refusals.REASONS`, or the error's name."""
    sections: int = 0


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """The files that ``paths`` stand for: folders are walked, without following links."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        count = 0
        for folder, folders, names in os.walk(path, followlinks=False):
            folders[:] = sorted(f for f in folders if not f.startswith("."))
            for name in sorted(names):
                file = Path(folder) / name
                if file.suffix.lower() in SUFFIXES and not name.startswith((".", "~$")):
                    if file.is_symlink():
                        continue
                    count += 1
                    if count > MOST_FILES:
                        return
                    yield file


def import_all(
    store: Store,
    paths: Iterable[Path],
    *,
    by: str,
    accept: Callable[[ImportPlan], ImportPlan | None] = lambda plan: plan,
    ocr: bool = False,
    replace: bool = False,
    limits: Limits = Limits(),  # noqa: B008
) -> Iterator[ImportResult]:
    """Import files one by one; a result for each, as soon as it is known.

    Args:
        store: where to.
        paths: files and folders.
        by: who, for the log.
        accept: shown each plan; gives it back, corrected, or None to leave the file out.
        ocr: recognise scans.
        replace: let a file take the place of another original of the same document.
        limits: how much of each file is read.

    Raises:
        StoreError: the store cannot be written: no other file would fare better.
    """
    for path in files_in(paths):
        try:
            yield _import_one(store, path, by, accept, ocr, replace, limits)
        except StoreError:
            raise
        except KnowledgeError as error:
            log.warning("not imported: %s", error)
            reason = error.reason if isinstance(error, DocumentRefused) else type(error).__name__
            yield ImportResult(path, "refused", error.vi, reason=reason)
        except OSError as error:
            log.warning("not imported: %s: %s", path, error)
            vi = f"Không đọc được tệp {path.name}. Hãy kiểm tra quyền đọc."
            yield ImportResult(path, "refused", vi, reason="missing")


def _import_one(
    store: Store,
    path: Path,
    by: str,
    accept: Callable[[ImportPlan], ImportPlan | None],
    ocr: bool,
    replace: bool,
    limits: Limits,
) -> ImportResult:
    known = _same_file(store, path, limits)
    if known:
        vi = f"Tệp {path.name} đã có trong kho, không nhập lần nữa."
        return ImportResult(path, "same", vi, known)
    try:
        plan = plan_import(store, path, limits=limits)
    except DocumentRefused as error:
        if error.reason != "scan" or not ocr:
            raise
        plan = plan_import(store, path, extracted=read_scan(path, limits), ocr=True)
    accepted = accept(plan)
    if accepted is None:
        return ImportResult(path, "skipped", f"Đã bỏ qua tệp {path.name}.")
    document = apply_import(store, accepted, by=by, replace=replace)
    name = accepted.document.name
    return ImportResult(
        path, "imported", f"Đã nhập {name}, {len(accepted.sections)} mục.", document,
        sections=len(accepted.sections),
    )  # fmt: skip


def _same_file(store: Store, path: Path, limits: Limits) -> str:
    """Id of the document that this very file already is: no need to read it again."""
    if not path.is_file() or path.stat().st_size > limits.bytes:
        return ""
    rows = store.rows("select document from originals where file_hash = ?", [hash_of(path)])
    return str(rows[0]["document"]) if rows else ""
