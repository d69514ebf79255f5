"""The catalogue: which models exist, of which files they are made, and where those are got.

The data is ``catalogue.toml`` beside this file; its format is described at its top. Everything
is checked when it is loaded, and an error names the file and the line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any, Literal, NoReturn, get_args
from urllib.parse import urlsplit

from voice.errors import ModelError, UnknownModel

Kind = Literal["recogniser", "voice", "vad"]

SHIPPED = Path(__file__).with_name("catalogue.toml")

MANIFEST = "installed.json"
"""The store's own file in a model's folder; no model file may have this name."""

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
"""Hosts from which plain http is accepted: nobody stands between them and this machine."""

_NAME = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_REQUIREMENT = re.compile(r"[A-Za-z0-9]+([._-][A-Za-z0-9]+)*==[0-9][0-9A-Za-z.]*")
_PATH_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class Url:
    """A file to download."""

    url: str

    @property
    def name(self) -> str:
        """The file's name at its home, which it also has on a USB stick."""
        return PurePosixPath(urlsplit(self.url).path).name

    @property
    def folder(self) -> str:
        """Name of the folder it lies in at its home."""
        return PurePosixPath(urlsplit(self.url).path).parent.name


@dataclass(frozen=True, slots=True)
class WheelMember:
    """A file inside a Python wheel of the package registry."""

    requirement: str
    """``NAME==VERSION``."""
    member: str
    """Its path inside the wheel."""

    @property
    def name(self) -> str:
        """The member's file name."""
        return PurePosixPath(self.member).name

    @property
    def wheel_prefix(self) -> str:
        """How the wheel's file name begins (binary distribution format specification)."""
        name, version = self.requirement.split("==")
        return f"{re.sub(r'[-_.]+', '_', name).lower()}-{version}-"


Source = Url | WheelMember


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a file, got from one source."""

    source: Source
    bytes: int | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Unpack:
    """A zip whose contents, not itself, make the model."""

    root: str
    """Folder inside the zip whose contents are taken; anything beside it is refused."""
    max_bytes: int
    """Most bytes the contents may have, all together."""
    max_files: int


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file of a model."""

    path: str
    """Relative to the model's folder, with forward slashes."""
    bytes: int | None
    """None when the catalogue's author could not look it up."""
    sha256: str | None
    """None means trusted on first use."""
    parts: tuple[Part, ...]
    """Joined in this order; all but the last know their length."""
    optional: bool = False
    holds: str | None = None
    """Text that must stand within the first 64 bytes."""
    unpack: Unpack | None = None
    alternatives: tuple[ModelFile, ...] = ()
    """What to take, in this order, when the file is not where it should be."""

    @property
    def name(self) -> str:
        """File name without folders."""
        return PurePosixPath(self.path).name


@dataclass(frozen=True, slots=True)
class Model:
    """An entry of the catalogue."""

    name: str
    kind: Kind
    engine: str
    """What runs it: ``whisper-ct2``, ``vosk``, ``piper``, ``espeak-ng``, ``silero``."""
    title_vi: str
    description: str
    """Vietnamese, for people."""
    licence: str
    home: str
    """Where it comes from, for people."""
    recommended: bool
    """The one to install for its kind when it can be had."""
    default: bool
    """Set up by ``make run``."""
    builtin: str | None
    """Python module that brings it along, or None."""
    files: tuple[ModelFile, ...]

    @property
    def bytes(self) -> int | None:
        """Size of all its files, or None when one is not known."""
        sizes = [file.bytes for file in self.files if not file.optional]
        known = [size for size in sizes if size is not None]
        return sum(known) if len(known) == len(sizes) else None

    @property
    def pinned(self) -> bool:
        """Whether the catalogue knows the sha256 of every file."""
        return all(file.sha256 is not None for file in self.files)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All models, in the order of the file."""

    models: tuple[Model, ...]

    def __iter__(self) -> Iterator[Model]:
        """Model by model."""
        return iter(self.models)

    def names(self) -> tuple[str, ...]:
        """Every model's name."""
        return tuple(model.name for model in self.models)

    def get(self, name: str) -> Model:
        """The model of this name.

        Raises:
            UnknownModel: there is none.
        """
        for model in self.models:
            if model.name == name:
                return model
        raise UnknownModel(
            f"no model named {name!r}; known: {', '.join(self.names())}",
            vi=f"Không có mô hình tên “{name}”. Xem danh sách: troly models list",
        )


def load_catalogue(path: Path = SHIPPED) -> Catalogue:
    """Read and check a catalogue file.

    Raises:
        ModelError: the file cannot be read, or is not a catalogue; the message begins with
            ``FILE:LINE:``.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _error(f"{path}: cannot be read: {error}") from error
    return parse_catalogue(text, path.name)


def parse_catalogue(text: str, file: str = "catalogue.toml") -> Catalogue:
    """Check the text of a catalogue; ``file`` is its name in errors.

    Raises:
        ModelError: it is not a catalogue.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = found.group(1) if found else str(text.count("\n") + 1)
        raise _error(f"{file}:{line}: {error}") from error
    top = _Table(data, (), file, _lines(text))
    models: list[Model] = []
    for table in top.tables("model", required=True):
        model = _model(table)
        if model.name in {other.name for other in models}:
            table.fail(f"model {model.name!r} is listed twice", "name")
        models.append(model)
    top.finish()
    return Catalogue(tuple(models))


def _error(message: str) -> ModelError:
    return ModelError(
        message, vi="Tệp danh mục mô hình bị hỏng; hãy cài lại chương trình (make setup)."
    )


Where = tuple[int, ...]
"""Position in the file: index of the model, of its file, of that file's alternative."""

_HEADERS = ("model", "model.file", "model.file.alternative")


def _lines(text: str) -> dict[tuple[Where, str], int]:
    """Line number of every table header (under the key ``""``) and of every key."""
    lines: dict[tuple[Where, str], int] = {}
    counts: list[int] = []
    where: Where = ()
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[\[\s*([\w.]+)\s*\]\]", line)
        key = re.match(r"\s*(\w+)\s*=", line)
        if header and header.group(1) in _HEADERS:
            depth = _HEADERS.index(header.group(1))
            counts = (counts + [-1] * 3)[: depth + 1]
            counts[depth] += 1
            where = tuple(counts)
            lines[where, ""] = number
        elif key:
            lines.setdefault((where, key.group(1)), number)
    return lines


class _Table:
    """One TOML table, read key by key, that knows its line."""

    def __init__(
        self,
        data: dict[str, Any],
        where: Where,
        file: str,
        lines: dict[tuple[Where, str], int],
        key: str = "",
    ) -> None:
        self._data = data
        self._where = where
        self._file = file
        self._lines = lines
        self._key = key
        """Key of an inline table: errors inside it show that key's line."""
        self._seen: set[str] = set()

    def fail(self, problem: str, key: str = "") -> NoReturn:
        """Raise the error of this table, or of one of its keys."""
        line = self._lines.get((self._where, self._key or key))
        line = line or self._lines.get((self._where, ""), 1)
        raise _error(f"{self._file}:{line}: {problem}")

    def has(self, key: str) -> bool:
        return key in self._data

    def _get(self, key: str, kind: type, required: bool) -> Any:
        self._seen.add(key)
        value = self._data.get(key)
        if value is None:
            if required:
                self.fail(f"{key} is missing")
            return None
        if type(value) is not kind:
            self.fail(f"{key} must be a {kind.__name__}, not {value!r}", key)
        return value

    def text(self, key: str, pattern: re.Pattern[str] | None = None) -> str:
        value: str = self._get(key, str, True)
        if not value.strip() or (pattern and not pattern.fullmatch(value)):
            self.fail(f"{key} = {value!r} is not valid", key)
        return value

    def text_or_none(self, key: str, pattern: re.Pattern[str] | None = None) -> str | None:
        return self.text(key, pattern) if self.has(key) else None

    def count_or_none(self, key: str) -> int | None:
        value: int | None = self._get(key, int, False)
        if value is not None and value < 0:
            self.fail(f"{key} = {value} is negative", key)
        return value

    def count(self, key: str) -> int:
        value = self.count_or_none(key)
        if value is None:
            self.fail(f"{key} is missing")
        return value

    def flag(self, key: str) -> bool:
        return bool(self._get(key, bool, False))

    def tables(self, key: str, *, required: bool = False) -> list[_Table]:
        """The tables of ``[[key]]``, or of an array of inline tables."""
        values = self._get(key, list, required) or []
        if required and not values:
            self.fail(f"{key} is empty", key)
        if not all(isinstance(value, dict) for value in values):
            self.fail(f"{key} must be an array of tables", key)
        inline = (self._where, key) in self._lines
        return [
            _Table(value, self._where, self._file, self._lines, key)
            if inline
            else _Table(value, (*self._where, index), self._file, self._lines)
            for index, value in enumerate(values)
        ]

    def table_or_none(self, key: str) -> _Table | None:
        value = self._get(key, dict, False)
        if value is None:
            return None
        return _Table(value, self._where, self._file, self._lines, key)

    def finish(self) -> None:
        """Refuse keys nobody asked for: most are misspelt."""
        for key in self._data:
            if key not in self._seen:
                self.fail(f"unknown key {key!r}", key)


def _model(table: _Table) -> Model:
    kind: Any = table.text("kind")
    if kind not in get_args(Kind):
        table.fail(f"kind = {kind!r} is none of {', '.join(get_args(Kind))}", "kind")
    builtin = table.text_or_none("builtin", re.compile(r"[a-z_][a-z0-9_]*"))
    files = tuple(_file(file) for file in table.tables("file", required=builtin is None))
    if builtin and files:
        table.fail("a built-in model has no files", "builtin")
    paths = [path for file in files for path in {f.path for f in (file, *file.alternatives)}]
    if len({path.casefold() for path in paths}) != len(paths):
        table.fail("two files have the same path")
    model = Model(
        name=table.text("name", _NAME),
        kind=kind,
        engine=table.text("engine", _NAME),
        title_vi=table.text("title_vi"),
        description=table.text("description"),
        licence=table.text("licence"),
        home=table.text("home"),
        recommended=table.flag("recommended"),
        default=table.flag("default"),
        builtin=builtin,
        files=files,
    )
    table.finish()
    return model


def _file(table: _Table, *, alternative: bool = False) -> ModelFile:
    path = table.text("path")
    if not _safe(path):
        table.fail(f"path = {path!r} is not a plain relative path", "path")
    size = table.count_or_none("bytes")
    sha256 = table.text_or_none("sha256", _SHA256)
    if table.has("parts"):
        parts = tuple(_part(part) for part in table.tables("parts", required=True))
    else:
        parts = (Part(_source(table), size, sha256),)
    if any(part.bytes is None for part in parts[:-1]):
        table.fail("every part but the last must have its bytes", "parts")
    known = [part.bytes for part in parts if part.bytes is not None]
    if size is not None and len(known) == len(parts) and sum(known) != size:
        table.fail(f"the parts have {sum(known)} bytes, not {size}", "parts")
    unpack = table.table_or_none("unpack")
    file = ModelFile(
        path=path,
        bytes=size,
        sha256=sha256,
        parts=parts,
        optional=table.flag("optional"),
        holds=table.text_or_none("holds"),
        unpack=_unpack(unpack) if unpack else None,
    )
    if not alternative:
        found = tuple(_file(other, alternative=True) for other in table.tables("alternative"))
        file = replace(file, alternatives=found)
    table.finish()
    return file


def _part(table: _Table) -> Part:
    part = Part(_source(table), table.count_or_none("bytes"), table.text_or_none("sha256", _SHA256))
    table.finish()
    return part


def _unpack(table: _Table) -> Unpack:
    root = table.text("root")
    if not _safe(root):
        table.fail(f"root = {root!r} is not a plain relative path", "unpack")
    unpack = Unpack(root, table.count("max_bytes"), table.count("max_files"))
    table.finish()
    return unpack


def _source(table: _Table) -> Source:
    if table.has("url") == table.has("wheel"):
        table.fail("needs a source: either url, or wheel and member")
    if table.has("url"):
        url = table.text("url")
        split = urlsplit(url)
        allowed = split.scheme == "https" or (split.scheme == "http" and split.hostname in LOOPBACK)
        if not allowed or not split.hostname or not Url(url).name:
            table.fail(f"url = {url!r} is not an https address of a file", "url")
        return Url(url)
    return WheelMember(table.text("wheel", _REQUIREMENT), table.text("member"))


def _safe(path: str) -> bool:
    """Whether ``path`` stays in its folder on every system, and is not the manifest."""
    pieces = path.split("/")
    return all(_PATH_PART.fullmatch(piece) for piece in pieces) and path != MANIFEST
