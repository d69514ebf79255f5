"""The dialogue as a pure state machine: a session goes in, the next one comes out.

    session = start(procedure)
    while session.question:
        session = answer(session, "tôi chưa có")
    result(session)

Nothing here reads a clock, a file or the network, and nothing is written: a session holds what a
person said about themselves, so it lives in memory only and is dropped with the screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from knowledge.procedures.asking import CHECK, PAPER, choices, questions
from knowledge.procedures.errors import AnswerError, SessionError
from knowledge.procedures.loader import shipped
from knowledge.procedures.model import Ask, Choice, Form, Kind, Library, Procedure, Value
from knowledge.procedures.sayings import show_value
from knowledge.procedures.understand import Understood, check_value, expected, is_back, understand

PATIENCE = 3
"""The unclear answer after which the kiosk offers to touch instead of asking to speak again."""

Touch = Literal["", "choices", "calendar", "keypad", "keyboard"]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked now: to show and to say, and what may come back."""

    id: str
    text_show: str
    text_speak: str
    """With the notice in front, if there is one."""
    kind: Kind
    choices: tuple[Choice, ...]
    """To touch; yes and no have theirs too (values ``yes`` and ``no``)."""
    expected: tuple[str, ...]
    """The sentences the recogniser should listen for."""
    notice: str
    """What is said before it: what was noted, or why it is asked again."""
    help: str
    number: int
    """Which question this is, from 1."""
    of: int
    """How many there are, as far as is known now."""
    tries: int
    """Unclear answers so far."""
    touch: Touch
    """After three unclear answers: what to offer on the screen; else empty."""
    personal: bool
    """The answer says something about a person."""
    minimum: int
    maximum: int
    """Of a number."""


@dataclass(frozen=True, slots=True)
class Session:
    """Where a dialogue stands."""

    subject: Procedure | Form
    library: Library
    today: date
    answers: Mapping[str, Value | None]
    """In the order they were given; None was skipped."""
    known: frozenset[str] = frozenset()
    """Fields of a form that were filled in before it began, and are not asked."""
    tries: int = 0
    notice: str = ""
    closed: bool = False
    """Ended early, with :func:`finish`."""

    @property
    def question(self) -> Question | None:
        """What to ask now; None at the end."""
        ask = self.ask
        if ask is None:
            return None
        of = len(self.answers) - len(self.known) + len(self._left())
        return _question(self, ask, len(self.answers) - len(self.known) + 1, of)

    @property
    def done(self) -> bool:
        """Whether everything has been asked."""
        return self.ask is None

    @property
    def ask(self) -> Ask | None:
        """The definition of the question that is asked now."""
        left = self._left()
        return left[0] if left else None

    def _all(self) -> list[Ask]:
        return questions(self.subject, self.library, self.answers)

    def _left(self) -> list[Ask]:
        if self.closed:
            return []
        return [ask for ask in self._all() if ask.id not in self.answers]

    def to_json(self) -> dict[str, Any]:
        """As JSON, to hand to another process; holds personal data, never to be stored."""
        return {
            "kind": "form" if isinstance(self.subject, Form) else "procedure",
            "subject": self.subject.id,
            "today": self.today.isoformat(),
            "answers": dict(self.answers),
            "known": sorted(self.known),
            "tries": self.tries,
            "notice": self.notice,
            "closed": self.closed,
        }


def start(
    subject: Procedure | Form,
    *,
    today: date,
    library: Library | None = None,
    known: Mapping[str, Value] | None = None,
) -> Session:
    """Begin. ``known`` fills fields (the cell's name …) that are then not asked."""
    asks = {ask.id for ask in subject.questions}
    given = {k: v for k, v in (known or {}).items() if k in asks}
    return Session(subject, library or shipped(), today, given, frozenset(given))


def restore(data: Mapping[str, Any], library: Library | None = None) -> Session:
    """The session that :meth:`Session.to_json` gave.

    Raises:
        SessionError: it is not of that form, or names what this release does not have.
    """
    library = library or shipped()
    try:
        things: dict[str, Mapping[str, Procedure | Form]] = {
            "form": library.forms, "procedure": library.procedures
        }  # fmt: skip
        session = Session(
            things[data["kind"]][data["subject"]],
            library,
            date.fromisoformat(data["today"]),
            dict(data["answers"]),
            frozenset(data["known"]),
            int(data["tries"]),
            str(data["notice"]),
            bool(data["closed"]),
        )
        # The subject's own answers first: the questions that follow hang on them.
        _check(session, session.subject.questions)
        made = questions(session.subject, library, session.answers)
        _check(session, made)
        unknown = set(session.answers) - {a.id for a in (*session.subject.questions, *made)}
        if unknown:
            raise ValueError(f"{len(unknown)} answers to no question")
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise SessionError(
            f"not a session of this release: {error!r}",
            vi="Không mở tiếp được việc đang làm dở. Hãy bắt đầu lại từ đầu.",
        ) from error
    return session


def _check(session: Session, asks: Iterable[Ask]) -> None:
    for ask in asks:
        value = session.answers.get(ask.id)
        if value is not None and not check_value(ask, value, session.today).clear:
            raise ValueError(f"{ask.id} does not take its value")


def answer(session: Session, given: Value) -> Session:
    """The session after an answer: a text that was said or typed, or a value by touch.

    A yes/no takes ``True`` and ``False`` by touch; choices and dates take their value as text.
    Commands ("bỏ qua", "quay lại", "đọc lại") are texts everywhere.
    """
    ask = session.ask
    if ask is None:
        return back(session) if is_back(given, session.library.words) else session
    understood: Understood | None = None
    if isinstance(given, str):
        touched = next((c.value for c in choices(ask, session.library) if c.value == given), None)
        if touched is not None and ask.kind == "yesno":
            understood = Understood(value=touched == "yes")
        elif touched is not None:
            understood = Understood(value=touched)
        else:
            understood = understand(given, ask, session.library.words, session.today)
    else:
        understood = check_value(ask, given, session.today)
        if understood.wrong == "no_such_value":
            raise AnswerError(
                f"question {ask.id} ({ask.kind}) does not take this {type(given).__name__}",
                vi="Câu trả lời này không dùng được cho câu đang hỏi. Hãy chọn lại.",
            )
    if understood.command is not None:
        return _command(session, ask, understood.command)
    if understood.value is None:
        return _unclear(session, ask, understood.wrong)
    return _noted(session, ask, understood.value)


def skip(session: Session) -> Session:
    """Leave the question open, as "bỏ qua" does."""
    ask = session.ask
    return session if ask is None else _command(session, ask, "skip")


def back(session: Session) -> Session:
    """Take the last answer back, as "quay lại" does."""
    asked = [key for key in session.answers if key not in session.known]
    lines = session.library.lines
    if not asked:
        return replace(session, tries=0, notice=lines["at_start"])
    answers = {k: v for k, v in session.answers.items() if k != asked[-1]}
    return replace(session, answers=answers, tries=0, notice=lines["went_back"], closed=False)


def finish(session: Session) -> Session:
    """End here; what was not asked counts as skipped."""
    return replace(session, closed=True, tries=0, notice="")


def _question(session: Session, ask: Ask, number: int, of: int) -> Question:
    touch: Touch = ""
    if session.tries >= PATIENCE:
        kinds: dict[Kind, Touch] = {
            "yesno": "choices", "choice": "choices", "date": "calendar", "number": "keypad",
            "text": "keyboard",
        }  # fmt: skip
        touch = kinds[ask.kind]
    return Question(
        id=ask.id,
        text_show=ask.ask,
        text_speak=f"{session.notice} {ask.say}".strip(),
        kind=ask.kind,
        choices=choices(ask, session.library),
        expected=expected(ask, session.library.words, session.today),
        notice=session.notice,
        help=ask.help,
        number=number,
        of=max(of, number),
        tries=session.tries,
        touch=touch,
        personal=ask.personal,
        minimum=ask.minimum,
        maximum=ask.maximum,
    )


def _command(session: Session, ask: Ask, command: str) -> Session:
    lines = session.library.lines
    if command == "back":
        return back(session)
    if command == "unsure" and (not ask.help or session.notice == ask.help):
        command = "lacking"
    if command in ("skip", "lacking"):
        notice = lines["skipped"] if command == "skip" else _open(session)
        return replace(session, answers={**session.answers, ask.id: None}, tries=0, notice=notice)
    if command == "repeat":
        return replace(session, notice="")
    # "không biết" once, or "là gì": what is meant is said before the question comes again.
    return replace(session, notice=ask.help)


def _open(session: Session) -> str:
    """What is said when somebody cannot answer."""
    if isinstance(session.subject, Form):
        return session.library.lines["left_blank"]
    ours = session.ask is not None and session.ask.id.startswith((PAPER, CHECK))
    return session.library.lines["skipped" if ours else "unsure_skip"]


def _unclear(session: Session, ask: Ask, wrong: str) -> Session:
    lines, tries = session.library.lines, session.tries + 1
    if wrong == "out_of_range":
        low, high = show_value(ask, ask.minimum, lines), show_value(ask, ask.maximum, lines)
        notice = lines["out_of_range"].format(minimum=low, maximum=high)
    else:
        notice = lines[wrong or f"unclear_{ask.kind}"]
    if tries >= PATIENCE:
        notice = f"{notice} {lines['unclear_touch']}"
    return replace(session, tries=tries, notice=notice)


def _noted(session: Session, ask: Ask, value: Value) -> Session:
    notice = ""
    if ask.kind in ("date", "number"):
        # Read back: a deadline hangs on it, and the ear may have erred.
        shown = show_value(ask, value, session.library.lines)
        notice = session.library.lines["noted"].format(value=shown)
    return replace(session, answers={**session.answers, ask.id: value}, tries=0, notice=notice)
