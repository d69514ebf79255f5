"""YAML whose every value knows its line, so that an error can name it.

Scalars stay text: a date such as 2025-02-30 must be refused by us with its line, not by the
YAML library, and "no" must not become a boolean.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import yaml

from knowledge.errors import ContentError

# libyaml where PyYAML was built with it: the whole content then loads in a tenth of the time.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Value:
    """One node of a YAML file: a text, a list, or a mapping."""

    node: yaml.Node
    file: str

    @property
    def line(self) -> int:
        """Where it begins, counted from 1."""
        return int(self.node.start_mark.line) + 1

    def fail(self, message: str) -> NoReturn:
        """Refuse the file because of this value."""
        raise ContentError(self.file, self.line, message)

    def text(self, *, empty: bool = False) -> str:
        """The scalar's text, in one line."""
        if not isinstance(self.node, yaml.ScalarNode):
            self.fail("a text is expected here")
        text = str(self.node.value)
        if not unicodedata.is_normalized("NFC", text):
            # Letters put together of parts look right and are found by nobody.
            self.fail(f"{text!r} is not NFC; save the file with composed Vietnamese letters")
        text = " ".join(text.split())
        if not text and not empty:
            self.fail("a text is missing")
        return text

    def items(self) -> list[Value]:
        """The values of a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            self.fail("a list is expected here")
        return [Value(node, self.file) for node in self.node.value]

    def fields(self) -> Iterator[tuple[Value, Value]]:
        """Key and value of a mapping, in the order of the file.

        Raises:
            ContentError: not a mapping, or a key stands twice.
        """
        if not isinstance(self.node, yaml.MappingNode):
            self.fail("a mapping is expected here")
        seen: set[str] = set()
        for key_node, value_node in self.node.value:
            key = Value(key_node, self.file)
            if key.text() in seen:
                key.fail(f"{key.text()} stands twice")
            seen.add(key.text())
            yield key, Value(value_node, self.file)

    def record(self, required: frozenset[str], optional: frozenset[str]) -> dict[str, Value]:
        """A mapping by field name, with all ``required`` fields and no unknown one."""
        record: dict[str, Value] = {}
        for key, value in self.fields():
            if key.text() not in required | optional:
                key.fail(f"unknown field {key.text()}")
            record[key.text()] = value
        for name in sorted(required - set(record)):
            self.fail(f"{name} is missing")
        return record


def read_yaml(path: Path) -> Value:
    """The top of one YAML file.

    Raises:
        ContentError: it cannot be read, is not UTF-8, is not YAML, or is empty.
    """
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise ContentError(path.name, line, str(error.problem)) from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ContentError(path.name, 0, str(error)) from error
    if node is None:
        raise ContentError(path.name, 1, "the file is empty")
    return Value(node, path.name)
