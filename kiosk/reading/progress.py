"""Where one stopped in each document, kept over a restart and a power cut.

One small file a document, written beside and renamed with each sentence that begins.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from kiosk.state import State
from voice.speak.script import Script

log = logging.getLogger(__name__)

KEPT = 200
"""Documents whose place is remembered; the one not read for longest is forgotten first."""

_QUOTE = 160
"""Characters of the sentence that are kept, to find it again in a changed document."""


@dataclass(frozen=True, slots=True)
class Place:
    """The sentence at which one stopped."""

    document: str
    """Key of the source."""
    title: str
    line: int
    """Index of the sentence."""
    lines: int
    """How many the document has."""
    quote: str
    """How the sentence begins."""
    section: str
    """Heading it stands under; empty before the first one."""
    at: str
    """ISO time, UTC."""


def progress_folder(state: State) -> Path:
    """Where the places lie."""
    return state.root / "reading"


class ProgressStore:
    """The places of all documents, in a folder of the state."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def place(self, document: str, script: Script) -> Place | None:
        """Where one stopped in ``document``; None at its beginning, its end, or if unknown.

        The document may have changed: the sentence is looked for by how it begins, and a place
        that is not found again is no place.
        """
        found = self._read(self._file(document))
        if found is None or not script.lines:
            return None
        line = _find(script, found)
        if line is None or line == 0:
            return None
        return _place(document, found.title, script, line, found.at)

    def keep(self, document: str, title: str, script: Script, line: int) -> None:
        """``line`` of ``document`` is being read. A full disk is logged, and reading goes on."""
        if not document or not 0 <= line < len(script.lines):
            return
        now = datetime.now(UTC).isoformat(timespec="seconds")
        place = _place(document, title, script, line, now)
        path = self._file(document)
        new = path.with_suffix(".new")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            fresh = not path.exists()
            with new.open("w", encoding="utf-8") as file:
                json.dump(asdict(place), file, ensure_ascii=False)
                file.flush()
                os.fsync(file.fileno())
            new.replace(path)
            if fresh:
                self._forget_old()
        except OSError as error:
            log.warning("cannot remember where the reading of %s is: %s", document, error)

    def forget(self, document: str) -> None:
        """``document`` was read to its end."""
        with contextlib.suppress(OSError):
            self._file(document).unlink(missing_ok=True)

    def latest(self) -> tuple[Place, ...]:
        """All places, the last one first: what a screen offers to go on with."""
        files = self._folder.glob("*.json") if self._folder.is_dir() else ()
        places = [place for file in files if (place := self._read(file)) is not None]
        return tuple(sorted(places, key=lambda place: place.at, reverse=True))

    def _file(self, document: str) -> Path:
        name = hashlib.blake2b(document.encode(), digest_size=12).hexdigest()
        return self._folder / f"{name}.json"

    def _read(self, path: Path) -> Place | None:
        try:
            raw = json.loads(path.read_text(encoding="utf-8"))
            place = Place(**raw)
            if not isinstance(place.line, int) or not isinstance(place.quote, str):
                raise TypeError("wrong types")
            return place
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError) as error:
            log.warning("the remembered place %s is not used: %s", path.name, error)
            return None

    def _forget_old(self) -> None:
        files = sorted(self._folder.glob("*.json"), key=lambda file: file.stat().st_mtime)
        for file in files[: max(0, len(files) - KEPT)]:
            file.unlink(missing_ok=True)


def _place(document: str, title: str, script: Script, line: int, at: str) -> Place:
    section = script.sections[script.lines[line].section].title
    return Place(document, title, line, len(script.lines), _quote(script, line), section, at)


def _quote(script: Script, line: int) -> str:
    written = script.text[script.lines[line].start : script.lines[line].end]
    return " ".join(written.split())[:_QUOTE]


def _find(script: Script, place: Place) -> int | None:
    if 0 <= place.line < len(script.lines) and _quote(script, place.line) == place.quote:
        return place.line
    same = [n for n in range(len(script.lines)) if _quote(script, n) == place.quote]
    return min(same, key=lambda n: abs(n - place.line)) if same else None
