"""What a procedure comes to in one case, as plain data: papers, deadlines, steps, where to go."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from knowledge.trust import Trust

PaperState = Literal["have", "missing", "needed"]
"""``needed``: nobody was asked whether it is there."""


@dataclass(frozen=True, slots=True)
class Backing:
    """What a line of the result rests on."""

    document: str
    """The document's printed name; with the part that is meant."""
    trust: Trust
    """Of what was quoted: how sure we are that the document says so."""
    today: Trust
    """The same, once it is known that the document may have been replaced."""
    replaced_by: str
    """Name of what has replaced it, as far as is known; empty when nothing has."""


@dataclass(frozen=True, slots=True)
class ResultPaper:
    """One paper of this case."""

    id: str
    name: str
    say: str
    state: PaperState
    sure: bool
    """False: whether it is needed hangs on a question that was skipped."""
    number: str
    """Number of the official form, and the document it belongs to; empty when it has none."""
    form: str
    """Id of our own template; empty when there is none."""
    get: str
    backing: Backing


@dataclass(frozen=True, slots=True)
class ResultDeadline:
    """One time limit of this case."""

    id: str
    text: str
    say: str
    day: str
    """ISO date of the last day; empty when the day it runs from was not given."""
    basis: str
    late: str
    """Not empty: the day has passed, and this is what to do."""
    milestone: bool
    """The day on which something becomes true, not one by which it must be done."""
    days_off: tuple[str, ...]
    """Holidays that were not counted: ``16-2-2026 (Giao thừa Tết Nguyên Đán)``."""
    sure: bool
    backing: Backing


@dataclass(frozen=True, slots=True)
class ResultItem:
    """A step, a place or a warning of this case."""

    text: str
    say: str
    sure: bool
    backing: Backing


@dataclass(frozen=True, slots=True)
class Result:
    """Everything about one case, in the order in which it is shown and read."""

    procedure: str
    title: str
    today: str
    as_of: str
    trust: Trust
    stopped: bool
    """A warning says that it cannot be done now."""
    warnings: tuple[ResultItem, ...]
    deadlines: tuple[ResultDeadline, ...]
    papers: tuple[ResultPaper, ...]
    steps: tuple[ResultItem, ...]
    places: tuple[ResultItem, ...]
    forms: tuple[tuple[str, str], ...]
    """(id, title) of our own templates that help here."""
    sources: tuple[Backing, ...]
    answers: tuple[tuple[str, str], ...]
    """(question, answer) in words; may say something about a person."""
    speech: tuple[str, ...]
    """Sentences to read aloud, in order."""

    def to_json(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)
