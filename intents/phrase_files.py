"""Loads what people say from ``phrases/*.yaml`` and checks it. The format: phrases/README.md."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import yaml

from intents.errors import PhraseFileError

SHIPPED = Path(__file__).parent / "phrases"

SLOT = re.compile(r"\{(\w+)\}")

Kind = Literal["question", "control"]


@dataclass(frozen=True, slots=True)
class Slot:
    """A part of a phrase that varies."""

    name: str
    type: Literal["values", "number"] = "values"
    ask: str = ""
    """What to ask when it is missing."""
    values: dict[str, str] = field(default_factory=dict)
    """Spoken form -> written form; empty for numbers."""


@dataclass(frozen=True, slots=True)
class Intent:
    """One thing that can be asked, with the ways to ask it."""

    name: str
    kind: Kind
    title: str
    """Shown on a button."""
    ask: str
    """How the kiosk offers it: "Bác hỏi về …"."""
    phrases: tuple[str, ...]
    """Whole utterances, with slots in braces."""
    cores: tuple[str, ...] = ()
    """The parts that carry the meaning, said with any polite opening and ending."""
    terms: tuple[str, ...] = ()
    """Key terms that by themselves point here and nowhere else."""
    slots: dict[str, Slot] = field(default_factory=dict)
    examples: tuple[str, ...] = ()
    """More ways to ask it. They teach the topic model; the sound is not compared with them."""


@dataclass(frozen=True, slots=True)
class Frames:
    """What people put round a core, by region (``all``, ``bac``, ``trung``, ``nam``)."""

    openings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    endings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    particles: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PhraseBook:
    """Everything that is understood, and what is known to be no question."""

    intents: dict[str, Intent]
    frames: Frames
    none: tuple[str, ...] = ()
    """Sentences that ask the kiosk nothing; they compete with the phrases."""
    none_examples: tuple[str, ...] = ()
    """More of them, for the topic model only."""


def load_phrase_book(folder: Path = SHIPPED) -> PhraseBook:
    """Read every file of ``folder``.

    Raises:
        PhraseFileError: with file and line, for the first thing that is wrong.
    """
    intents: dict[str, Intent] = {}
    said: dict[str, str] = {}
    for path in sorted(folder.glob("[!_]*.yaml")):
        document = _Document(path)
        intent = _intent(document)
        if intent.name in intents:
            document.fail(("intent",), f"intent {intent.name} stands in two files")
        for part in ("phrases", "examples"):
            for index, phrase in enumerate(document.texts(part)):
                other = said.setdefault(phrase, intent.name)
                if other != intent.name:
                    document.fail((part, index), f'"{phrase}" is a phrase of {other} too')
        intents[intent.name] = intent
    if not intents:
        raise PhraseFileError(str(folder), 0, "no phrase files")
    none, none_examples = _none(folder / "_none.yaml")
    return PhraseBook(intents, _frames(folder / "_frames.yaml"), none, none_examples)


def _intent(document: _Document) -> Intent:
    known = {"intent", "kind", "title", "ask", "terms", "phrases", "cores", "slots", "examples"}
    for key in document.data:
        if key not in known:
            document.fail((key,), f"unknown key {key}")
    name = document.text("intent")
    if name != document.path.stem:
        document.fail(("intent",), f"intent {name} must be named like its file")
    kind = document.text("kind")
    if kind not in ("question", "control"):
        document.fail(("kind",), f"kind {kind} is neither question nor control")
    title = document.text("title")
    phrases = tuple(document.texts("phrases"))
    if not phrases:
        document.fail(("phrases",), "no phrases")
    if len(set(phrases)) < len(phrases):
        twice = next(p for p in phrases if phrases.count(p) > 1)
        document.fail(("phrases", phrases.index(twice)), f'"{twice}" stands twice')
    slots = {key: _slot(document, key) for key in document.data.get("slots") or {}}
    for part in ("phrases", "cores"):
        for index, phrase in enumerate(document.texts(part)):
            for slot in SLOT.findall(phrase):
                if slot not in slots:
                    document.fail((part, index), f"unknown slot {{{slot}}}")
    return Intent(
        name=name,
        kind="control" if kind == "control" else "question",
        title=title,
        ask=str(document.data.get("ask") or title),
        phrases=phrases,
        cores=tuple(document.texts("cores")),
        terms=tuple(document.texts("terms")),
        slots=slots,
        examples=tuple(document.texts("examples")),
    )


def _slot(document: _Document, name: str) -> Slot:
    raw = document.data["slots"][name] or {}
    if not isinstance(raw, dict):
        document.fail(("slots", name), "a slot is a mapping")
    values = raw.get("values") or {}
    if raw.get("type") == "number":
        return Slot(name, "number", str(raw.get("ask", "")))
    if not isinstance(values, dict) or not values:
        document.fail(("slots", name), "a slot needs values, or type: number")
    return Slot(
        name, "values", str(raw.get("ask", "")), {str(k): str(v) for k, v in values.items()}
    )


def _frames(path: Path) -> Frames:
    if not path.is_file():
        return Frames()
    document = _Document(path)
    parts: dict[str, dict[str, tuple[str, ...]]] = {}
    for part in ("openings", "endings", "particles"):
        regions = document.data.get(part) or {}
        if not isinstance(regions, dict):
            document.fail((part,), f"{part} is a mapping of regions")
        parts[part] = {r: tuple(document.texts(part, r)) for r in regions}
    return Frames(**parts)


def _none(path: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if not path.is_file():
        return (), ()
    document = _Document(path)
    parts = [str(part) for part in document.data if part != "examples"]
    return (
        tuple(text for part in parts for text in document.texts(part)),
        tuple(document.texts("examples")),
    )


class _Document:
    """One YAML file, and where in it everything stands."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
            self._tree = yaml.compose(text, Loader=yaml.SafeLoader)
            self.data: dict[str, Any] = yaml.safe_load(text)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 0
            raise PhraseFileError(path.name, line, str(error.problem)) from error
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise PhraseFileError(path.name, 0, str(error)) from error
        if not isinstance(self.data, dict):
            raise PhraseFileError(path.name, 1, "the file is not a mapping")

    def text(self, key: str) -> str:
        """The text under ``key``."""
        value = self.data.get(key)
        if not isinstance(value, str) or not value.strip():
            self.fail((key,), f"{key} must be a text")
        return str(value).strip()

    def texts(self, *keys: str) -> list[str]:
        """The list of texts under a path of keys; empty when there is none."""
        value: Any = self.data
        for key in keys:
            value = (value or {}).get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fail(keys, f"{keys[-1]} must be a list")
        for index, item in enumerate(value):
            if not isinstance(item, str) or not item.strip():
                # A bare yes or no is a boolean in YAML: such words need quotes.
                self.fail((*keys, index), f"{item!r} is not a text; put it in quotes")
        return [" ".join(item.split()) for item in value]

    def fail(self, where: Sequence[str | int], message: str) -> None:
        """Raise with the line on which ``where`` stands."""
        line = 1
        for node in self._walk(where):
            line = node.start_mark.line + 1
        raise PhraseFileError(self.path.name, line, message)

    def _walk(self, where: Sequence[str | int]) -> Iterator[yaml.Node]:
        node = self._tree
        for step in where:
            if isinstance(node, yaml.MappingNode):
                found = [v for k, v in node.value if k.value == str(step)]
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
                found = node.value[step : step + 1]
            else:
                return
            if not found:
                return
            node = found[0]
            yield node
