"""The sentences of content/quarters/lines.yaml, checked when they are loaded."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from string import Formatter

from knowledge.errors import ContentError
from knowledge.yaml_lines import read_yaml

CONTENT = Path(__file__).parent.parent / "content" / "quarters"
"""The shipped sentences and the invented ward."""

_SECTIONS = ("say", "show", "ask", "problems", "report")


@lru_cache(maxsize=1)
def lines() -> dict[str, dict[str, str]]:
    """Section -> key -> sentence.

    Raises:
        ContentError: the file is broken; the message names the line.
    """
    record = read_yaml(CONTENT / "lines.yaml").record(frozenset(_SECTIONS), frozenset())
    found: dict[str, dict[str, str]] = {}
    for section, value in record.items():
        found[section] = {}
        for key, sentence in value.fields():
            text = sentence.text()
            try:
                list(Formatter().parse(text))
            except ValueError as error:
                raise ContentError("lines.yaml", sentence.line, str(error)) from error
            found[section][key.text()] = text
    return found


def line(section: str, key: str, **values: str) -> str:
    """One sentence with its places filled."""
    return lines()[section][key].format(**values)


def problem_text(reason: str, **values: str) -> str:
    """What ``reason`` means, for people."""
    return line("problems", reason, **values)
