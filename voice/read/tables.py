"""Reading and checking the data files of the reader.

Every table is UTF-8 text, one row a line, columns parted by tabs; ``#`` begins a comment line.
A row that cannot be used stops the loading with the file and the line number.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from voice.errors import ReadingError
from voice.read.spelling import canonical, is_syllable, load_syllables

DATA = Path(__file__).parent / "data"


def table_error(source: str, line: int, what: str, what_vi: str) -> ReadingError:
    """The error for a bad line: where it is, what is wrong, what to do."""
    return ReadingError(
        f"{source}, line {line}: {what}",
        vi=f"Tệp {source}, dòng {line}: {what_vi} Hãy sửa dòng này rồi thử lại.",
    )


def rows(text: str, source: str, least: int, most: int) -> Iterator[tuple[int, list[str]]]:
    """Line number (from 1) and columns of each row; ReadingError on a wrong column count."""
    for number, line in enumerate(text.split("\n"), 1):
        line = line.rstrip("\r")
        if not line.strip() or line.startswith("#"):
            continue
        columns = unicodedata.normalize("NFC", line).split("\t")
        if not least <= len(columns) <= most:
            raise table_error(
                source,
                number,
                f"{len(columns)} columns where {least} to {most} are due",
                "sai số cột (các cột cách nhau bằng phím Tab).",
            )
        yield number, [column.strip() for column in columns]


def check_spoken(spoken: str, source: str, line: int) -> str:
    """``spoken`` in canonical spelling; ReadingError unless it is made of Vietnamese syllables."""
    parts = [canonical(part) for part in spoken.lower().split()]
    if not parts:
        raise table_error(source, line, "nothing to say", "thiếu phần đọc.")
    for part in parts:
        if not is_syllable(part) and part not in letter_words():
            raise table_error(
                source,
                line,
                f"{part!r} is not a Vietnamese syllable",
                f"“{part}” không phải một tiếng của tiếng Việt.",
            )
    return " ".join(parts)


@cache
def letter_words() -> frozenset[str]:
    """The words of the letters' names, some of which are no syllables of the language."""
    return frozenset(part for name in letters().values() for part in name.split())


@cache
def letters() -> dict[str, str]:
    """Letter -> its name."""
    text = (DATA / "letters.tsv").read_text(encoding="utf-8")
    return {row[0]: row[1] for _, row in rows(text, "letters.tsv", 2, 2)}


@dataclass(frozen=True, slots=True)
class When:
    """What must hold around a sign for one of its readings. All parts must hold."""

    prev: frozenset[str] = frozenset()
    next: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    nextnum: bool = False
    prevnum: bool = False
    nextcap: bool = False


def _parse_when(condition: str, source: str, line: int) -> When:
    values: dict[str, frozenset[str] | tuple[str, ...] | bool] = {}
    for part in condition.split(";"):
        name, _, listed = part.partition("=")
        items = tuple(item.strip().lower() for item in listed.split("|") if item.strip())
        if name == "prev" and items:
            values["prev"] = frozenset(items)
        elif name in ("next", "text") and items:
            values[name] = items
        elif name in ("nextnum", "prevnum", "nextcap") and not listed:
            values[name] = True
        else:
            raise table_error(
                source, line, f"unknown condition {part!r}", f"điều kiện “{part}” không hiểu được."
            )
    return When(**values)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to say a sign, and when."""

    spoken: str
    when: When | None


def _abbreviations() -> dict[str, tuple[Reading, ...]]:
    source = "abbreviations.tsv"
    found: dict[str, list[Reading]] = {}
    text = (DATA / source).read_text(encoding="utf-8")
    for line, row in rows(text, source, 2, 3):
        when = _parse_when(row[2], source, line) if len(row) == 3 else None
        readings = found.setdefault(row[0], [])
        if readings and readings[-1].when is None:
            raise table_error(
                source, line, f"{row[0]!r} is read before", f"“{row[0]}” đã có cách đọc ở trên."
            )
        readings.append(Reading(check_spoken(row[1], source, line), when))
    return {sign: tuple(readings) for sign, readings in found.items()}


def _kinds() -> dict[str, tuple[str, ...]]:
    source = "kinds.tsv"
    found: dict[str, tuple[str, ...]] = {}
    for line, row in rows((DATA / source).read_text(encoding="utf-8"), source, 2, 3):
        found[row[0]] = tuple(check_spoken(kind, source, line) for kind in row[1:])
    return found


def _pairs(source: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line, row in rows((DATA / source).read_text(encoding="utf-8"), source, 2, 2):
        if row[0] in found:
            raise table_error(
                source, line, f"{row[0]!r} is listed twice", f"“{row[0]}” có hai lần."
            )
        found[row[0]] = check_spoken(row[1], source, line)
    return found


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit's sign: how it is said, and whether it must touch its number."""

    spoken: str
    near: bool


def _units() -> dict[str, Unit]:
    source = "units.tsv"
    found: dict[str, Unit] = {}
    for line, row in rows((DATA / source).read_text(encoding="utf-8"), source, 2, 3):
        if len(row) == 3 and row[2] != "near":
            raise table_error(source, line, f"unknown mark {row[2]!r}", "cột thứ ba không hiểu.")
        found[row[0]] = Unit(check_spoken(row[1], source, line), len(row) == 3)
    return found


def _symbols() -> dict[str, tuple[str, str]]:
    source = "symbols.tsv"
    found: dict[str, tuple[str, str]] = {}
    for line, row in rows((DATA / source).read_text(encoding="utf-8"), source, 3, 3):
        if len(row[0]) != 1 or row[2] not in ("any", "number", "between"):
            raise table_error(source, line, "a sign is one character", "ký hiệu không hợp lệ.")
        found[row[0]] = (check_spoken(row[1], source, line), row[2])
    return found


def _cues() -> dict[str, frozenset[str]]:
    source = "cues.tsv"
    found: dict[str, frozenset[str]] = {}
    for _, row in rows((DATA / source).read_text(encoding="utf-8"), source, 2, 2):
        found[row[0]] = frozenset(
            " ".join(canonical(part) for part in item.lower().split()) for item in row[1].split("|")
        )
    return found


def _foreign() -> tuple[dict[str, str], frozenset[str]]:
    source = "foreign.tsv"
    found: dict[str, str] = {}
    upper: set[str] = set()
    for line, row in rows((DATA / source).read_text(encoding="utf-8"), source, 2, 3):
        found[row[0].lower()] = check_spoken(row[1], source, line)
        if len(row) == 3:
            upper.add(row[0].lower())
    return found, frozenset(upper)


@dataclass(frozen=True, slots=True)
class Tables:
    """All that the reader knows by heart."""

    letters: dict[str, str]
    abbreviations: dict[str, tuple[Reading, ...]]
    kinds: dict[str, tuple[str, ...]]
    organs: dict[str, str]
    units: dict[str, Unit]
    symbols: dict[str, tuple[str, str]]
    cues: dict[str, frozenset[str]]
    foreign: dict[str, str]
    foreign_upper: frozenset[str]
    """Foreign words that are read so only when written in capitals (AI, IT, WHO)."""


@cache
def tables() -> Tables:
    """The tables, loaded and checked once."""
    load_syllables()
    foreign, upper = _foreign()
    return Tables(
        letters=letters(),
        abbreviations=_abbreviations(),
        kinds=_kinds(),
        organs=_pairs("organs.tsv"),
        units=_units(),
        symbols=_symbols(),
        cues=_cues(),
        foreign=foreign,
        foreign_upper=upper,
    )
