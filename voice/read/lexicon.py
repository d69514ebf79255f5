"""The ward's own words: how a name or an abbreviation is to be read.

A lexicon is a UTF-8 file of lines ``written<TAB>spoken`` or ``written<TAB>spoken<TAB>region``
(region: bac, trung or nam); ``#`` begins a comment. Its entries come before every rule.
"""

from __future__ import annotations

import logging
import os
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from voice.errors import ReadingError
from voice.read.numbers import Region
from voice.read.tables import check_spoken, rows, table_error

log = logging.getLogger(__name__)

_REGIONS = get_args(Region)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a lexicon."""

    written: str
    spoken: str
    region: Region | None = None
    """Only in this region's speech; None: everywhere."""


class Lexicon:
    """Entries by their written form. Lower-case forms match any case, others only themselves."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.entries = tuple(entries)
        self._index: dict[str, list[Entry]] = {}
        for entry in self.entries:
            self._index.setdefault(entry.written[0].lower(), []).append(entry)
        for listed in self._index.values():
            # Longest first; of equal ones the region's own, then the one added last.
            listed.reverse()
            listed.sort(key=lambda e: (-len(e.written), e.region is None))

    def __len__(self) -> int:
        return len(self.entries)

    def match(self, text: str, pos: int, end: int, region: Region) -> tuple[Entry, int] | None:
        """The longest entry written at ``pos``, and where it ends; whole words only."""
        for entry in self._index.get(text[pos].lower(), ()):
            if entry.region not in (None, region):
                continue
            stop = pos + len(entry.written)
            if stop > end:
                continue
            written = text[pos:stop]
            if written != entry.written and not (
                entry.written.islower() and written.lower() == entry.written
            ):
                continue
            if stop < end and text[stop].isalnum() and entry.written[-1].isalnum():
                continue
            return entry, stop
        return None

    def lookup(self, written: str, region: Region = "bac") -> str | None:
        """How ``written`` is read, or None when it is not listed."""
        written = unicodedata.normalize("NFC", written).strip()
        found = self.match(written, 0, len(written), region) if written else None
        return found[0].spoken if found and found[1] == len(written) else None

    @classmethod
    def load(cls, path: Path, *, strict: bool = False) -> Lexicon:
        """The lexicon in ``path``; empty when there is no such file.

        What cannot be used is left out with a warning in the log: a slip of the pen in one line
        must not silence the kiosk. ``strict`` raises ReadingError with the line number instead.
        """
        try:
            text = path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            return cls()
        except (OSError, UnicodeDecodeError) as error:
            if not strict:
                log.warning("the lexicon %s is not used: %s", path, error)
                return cls()
            raise ReadingError(
                f"cannot read the lexicon {path.name}: {error}",
                vi=f"Không đọc được tệp từ riêng {path.name}. Hãy lưu tệp này dạng UTF-8.",
            ) from error
        try:
            found = rows(text, path.name, least=2, most=3)
            return cls([_entry(row, path.name, line) for line, row in found])
        except ReadingError:
            if strict:
                raise
        return cls(_usable(text, path))

    @classmethod
    def problems(cls, path: Path) -> tuple[ReadingError, ...]:
        """What is wrong with the lexicon in ``path``, line by line; none when all of it is used."""
        try:
            cls.load(path, strict=True)
        except ReadingError as error:
            try:
                text = path.read_text(encoding="utf-8-sig")
            except (OSError, UnicodeDecodeError):
                return (error,)
            return tuple(found for found in _each(text, path) if isinstance(found, ReadingError))
        return ()

    @classmethod
    def add(cls, path: Path, written: str, spoken: str, region: Region | None = None) -> Lexicon:
        """Write one more entry to ``path`` and return the lexicon as it is then.

        An entry of the same written form and region is replaced. The file is replaced as a
        whole, so that a power cut leaves the old one or the new one.
        """
        row = [written.strip(), spoken.strip(), *([region] if region else [])]
        if any("\t" in column or "\n" in column for column in row):
            raise ReadingError(
                "an entry is one line without tabs",
                vi="Từ và cách đọc phải nằm trên một dòng, không có phím Tab.",
            )
        entry = _entry([unicodedata.normalize("NFC", c) for c in row], path.name, 1)
        kept = [
            e
            for e in cls.load(path, strict=True).entries
            if (e.written, e.region) != (entry.written, entry.region)
        ]
        lexicon = cls([*kept, entry])
        lines = [
            "\t".join([e.written, e.spoken, *([e.region] if e.region else [])])
            for e in lexicon.entries
        ]
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write("\n".join(lines) + "\n")
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except OSError as error:
            raise ReadingError(
                f"cannot write the lexicon {path.name}: {error}",
                vi="Không ghi được từ riêng. Hãy kiểm tra quyền ghi và chỗ trống của máy.",
            ) from error
        return lexicon


def _usable(text: str, path: Path) -> Iterator[Entry]:
    """The entries of the lines that can be used."""
    for found in _each(text, path):
        if isinstance(found, Entry):
            yield found
        else:
            log.warning("a line of the lexicon is not used: %s", found)


def _each(text: str, path: Path) -> Iterator[Entry | ReadingError]:
    """Each line's entry, or what is wrong with it."""
    for number, written in enumerate(text.split("\n")):
        try:
            # Empty lines before it, so that the message names the line of the file.
            found = rows("\n" * number + written, path.name, least=2, most=3)
            yield from [_entry(row, path.name, line) for line, row in found]
        except ReadingError as error:
            yield error


def _entry(row: list[str], source: str, line: int) -> Entry:
    if not row[0]:
        raise table_error(source, line, "nothing written", "thiếu phần viết.")
    if row[0].startswith("#"):
        raise table_error(source, line, "# begins a comment", "phần viết không bắt đầu bằng #.")
    region = row[2] if len(row) == 3 and row[2] else None
    if region is not None and region not in _REGIONS:
        raise table_error(
            source, line, f"unknown region {region!r}", "vùng phải là bac, trung hoặc nam."
        )
    return Entry(row[0], check_spoken(row[1], source, line), region)  # type: ignore[arg-type]
