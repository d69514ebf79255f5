"""One step of a dialogue as JSON-serialisable data: what a screen shows and a voice says.

    view = begin("member_reception", today=date.today())
    while not view.done:
        view = go_on(view.state, heard_or_touched)

``state`` holds what a person said about themselves: it stays in memory and is never written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from knowledge.procedures.finding import find_subject
from knowledge.procedures.layout import Block, blocks
from knowledge.procedures.loader import shipped
from knowledge.procedures.model import Form, Library, Value
from knowledge.procedures.result import result
from knowledge.procedures.session import Session, answer, restore, start
from knowledge.procedures.values import filled

Expects = Literal["yesno", "choice", "date", "number", "text", "end"]


@dataclass(frozen=True, slots=True)
class View:
    """Where a dialogue stands, to show and to say."""

    state: dict[str, Any]
    """For :func:`go_on`; personal, never to be stored."""
    title: str
    done: bool
    expects: Expects
    """What may come back; ``end`` when nothing is asked any more."""
    show: tuple[dict[str, str], ...]
    """Paragraphs with their style (:class:`.layout.Block`), in order."""
    speak: tuple[str, ...]
    """Sentences to read aloud, in order."""
    choices: tuple[dict[str, str], ...]
    """Buttons: ``value`` to hand back and ``label`` to show."""
    number: int
    """Which question this is, from 1; 0 at the end."""
    of: int
    touch: str
    """After three unclear answers: ``choices``, ``calendar``, ``keypad`` or ``keyboard``."""
    minimum: int
    maximum: int
    """Of a number."""

    def to_json(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


def begin(
    name: str,
    *,
    today: date,
    library: Library | None = None,
    known: Mapping[str, Value] | None = None,
) -> View | None:
    """The first question of the procedure or form called ``name``; None when there is none."""
    library = library or shipped()
    subject = find_subject(name, library)
    if subject is None:
        return None
    return view(start(subject, today=today, library=library, known=known))


def go_on(state: Mapping[str, Any], given: Value, library: Library | None = None) -> View:
    """The next step after what was said, typed or touched.

    Raises:
        SessionError: ``state`` is not of this release.
        AnswerError: a touched value that the question does not take.
    """
    return view(answer(restore(state, library), given))


def view(session: Session) -> View:
    """What there is to show and to say now."""
    question = session.question
    if question is None:
        ended, said = _end(session)
        said = ((session.notice,) if session.notice else ()) + said
        return View(
            session.to_json(), session.subject.title, True, "end", ended, said, (), 0, 0, "", 0, 0
        )
    shown = [Block("note", question.notice)] if question.notice else []
    shown.append(Block("heading", question.text_show))
    return View(
        state=session.to_json(),
        title=session.subject.title,
        done=False,
        expects=question.kind,
        show=_plain(shown),
        speak=(question.text_speak,),
        choices=tuple({"value": c.value, "label": c.label} for c in question.choices),
        number=question.number,
        of=question.of,
        touch=question.touch,
        minimum=question.minimum,
        maximum=question.maximum,
    )


def listened_for(state: Mapping[str, Any], library: Library | None = None) -> tuple[str, ...]:
    """The sentences a recogniser should listen for now; apart, because dates are many."""
    question = restore(state, library).question
    return question.expected if question else ()


def _end(session: Session) -> tuple[tuple[dict[str, str], ...], tuple[str, ...]]:
    lines = session.library.lines
    if not isinstance(session.subject, Form):
        made = result(session)
        shown = [*blocks(made, session.library), Block("note", lines["privacy"])]
        return _plain(shown), made.speech
    form = filled(session)
    shown = [Block("title", form.title)]
    shown += [
        Block("item", f"{label}: {text or lines['empty_field']}") for label, text in form.rows
    ]
    shown += [Block("note", lines["form_own_drawing"]), Block("note", lines["save_hint"])]
    return _plain(shown), form.speech


def _plain(made: list[Block]) -> tuple[dict[str, str], ...]:
    return tuple({"style": block.style, "text": block.text} for block in made)
