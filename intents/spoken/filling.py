"""One slot of a carrier that is already known: which value was said, and how sure that is.

>>> from datetime import date
>>> answer = fill_slot("house", ["số một hai ba xuyệt bốn lăm đường âu cơ"], date(2026, 11, 26))
>>> answer.status, answer.written
('taken', '123/45 âu cơ')

The hypotheses suggest fillers through a model of the recogniser's confusions; the sound, told
the sentence with each filler in its place, decides together with what the hypotheses say. What
is not certain enough is asked back: a wrong house or document is worse than a short question.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from intents.evidence import SoundJudge
from intents.fold import bare, phonetic, plain
from intents.spoken import SlotType
from intents.spoken.spots import Value
from intents.spoken.suggest import Carrier, Suggestion, choices, read_whole, suggest, varied
from intents.spoken.tables import table
from intents.spoken.written import written_value

__all__ = ["TAKE", "TAKE_OF", "Choice", "SlotAnswer", "SlotKind", "fill_slot"]

SlotKind = SlotType | Literal["choice"]
"""A type of :mod:`intents.spoken`, or ``choice``: one of the names that are given."""

Status = Literal["taken", "ask", "missing"]

TAKE = 0.7
"""Probability from which a value is taken without asking. ``python -m bench.slots`` shows what
other bounds give."""

TAKE_OF = {"yes_no": 0.85}
"""Kinds with a bound of their own: a yes for a no undoes what was meant."""

LEAST = 0.02
"""Probability of the best value below which nothing is offered, only asked for again."""

CANDIDATES = 80
"""Fillers that the sound judges."""

OFFERED = 3
"""Alternatives that are given."""

_SILENCE, _TOKEN, _COST, _WARMTH = 0.5, 1.2, 0.6, 0.42
"""Score in nats: sound - 0.5 silence + 1.2 a token - 0.6 cost; times the warmth it is the logit
of a filler. A token is worth something because each costs some nats whatever was said, and the
shorter filler would win. Fitted on the 90 clips of ``bench.slots --seed 3``; seed 2 is measured."""

_NUMBERS = ("house", "number")
"""Kinds with more values than can be listed: from what was suggested the search goes on."""

_ROUNDS, _VARIED, _VARIATIONS, _WIDEST = 1, 3, 36, 48
"""Rounds of that search; fillers that are varied, variations judged, fillers kept a round."""

_FINALISTS, _ALL = 12, 99
"""Fillers judged in the whole sentence, and as many words as any sentence has."""

_UNHEARD = 4.0
"""Nats behind the worst judged filler for those that the search dropped."""

_SOUNDLESS = frozenset(("money", "percent", "fraction", "phone", "roman", "ordinal"))
"""Types that are only read from the text: nobody has said which values are likely."""

_TEXT_SURE, _TEXT_UNSURE = 0.97, 0.45
"""Confidence of what was typed or read without sound; the unsure is always asked back."""

_PLACE = re.compile(r"\{\w*\}")


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that may have been meant."""

    value: Value
    written: str
    spoken: str
    confidence: float
    """Its probability, 0 to 1."""


@dataclass(frozen=True, slots=True)
class SlotAnswer:
    """What a slot got: a value, a question back, or nothing and the question for it."""

    kind: SlotKind
    status: Status
    value: Value | None
    """The most probable value, also when it is asked back; None when it is missing."""
    written: str
    """As it is shown."""
    spoken: str
    """As it was said."""
    confidence: float
    alternatives: tuple[Choice, ...]
    """The other values, the most probable first."""
    question: str
    """What to show and ask; empty when the value was taken."""
    spoken_question: str
    """The same with the values in words, to be spoken."""

    def as_json(self) -> dict[str, Any]:
        """As a dictionary for JSON."""
        return asdict(self)


def fill_slot(
    kind: SlotKind,
    texts: Sequence[str],
    today: date,
    *,
    judge: SoundJudge | None = None,
    frame: str = "{}",
    names: Mapping[str, str] | None = None,
    streets: Mapping[str, str] | None = None,
    take: float | None = None,
    question: str = "",
) -> SlotAnswer:
    """The value of one slot.

    Args:
        kind: the slot's type; ``choice`` for one of ``names``.
        texts: the hypotheses, best first; one text when it was typed.
        today: what "mai" and "quý này" count from.
        judge: judges made-up sentences by the sound; None when it was typed.
        frame: the sentence with ``{}`` or ``{name}`` where the slot is, everything else filled
            in, in words; "{}" when only the value was said.
        names: spoken -> written, for ``choice``; also for a ``document`` or ``form`` that can
            only be one of the store's.
        streets: spoken -> written, to end a house number where the street begins.
        take: probability from which the value is taken without asking; else :data:`TAKE_OF` or
            :data:`TAKE`.
        question: what to ask when nothing was found; else the type's own question.

    Raises:
        ValueError: ``frame`` has no single place, or ``choice`` has no names.
        IntentError: the tables cannot be read.
    """
    carrier = _carrier(frame)
    if kind == "choice" and not names:
        raise ValueError("a choice needs names")
    if judge is None or kind in _SOUNDLESS:
        ranked = _by_text(kind, texts, today, names, streets)
    else:
        ranked = _by_sound(kind, texts, today, judge, carrier, names)
    bound = TAKE_OF.get(kind, TAKE) if take is None else take
    return _answer(kind, ranked, bound, question)


def _carrier(frame: str) -> Carrier:
    parts = _PLACE.split(frame)
    if len(parts) != 2:
        raise ValueError(f"{frame!r} must have one place for the slot, such as {{}}")
    return Carrier(plain(parts[0]), plain(parts[1]))


@dataclass(frozen=True, slots=True)
class _Ranked:
    choice: Choice
    sure: bool


def _by_text(
    kind: SlotKind,
    texts: Sequence[str],
    today: date,
    names: Mapping[str, str] | None,
    streets: Mapping[str, str] | None,
) -> list[_Ranked]:
    found: list[Suggestion] = []
    if names:
        found = _named(names, texts)
    if not found and kind != "choice":
        found = read_whole(kind, texts, today, streets)
    unlike: dict[str, Suggestion] = {}
    for suggestion in found:
        unlike.setdefault(_written(kind, suggestion.value), suggestion)
    # Two values in one text: only the person knows which.
    clear = sum(s.cost == found[0].cost for s in unlike.values()) == 1
    return [
        _Ranked(
            Choice(s.value, written, s.spoken,
                   _TEXT_SURE if s.sure and clear and not i else _TEXT_UNSURE),
            s.sure,
        )
        for i, (written, s) in enumerate(unlike.items())
    ]  # fmt: skip


def _named(names: Mapping[str, str], texts: Sequence[str]) -> list[Suggestion]:
    """Names that stand in a text: the longest, spelled alike or else only sounding alike."""
    folds: tuple[tuple[Callable[[str], str], bool], ...] = (
        (plain, True), (bare, True), (phonetic, False),
    )  # fmt: skip
    for fold, sure in folds:
        for text in texts:
            said = f" {fold(text)} "
            held = [n for n in names if f" {fold(n)} " in said or f" {fold(names[n])} " in said]
            if held:
                longest = max(len(fold(n)) for n in held)
                best = [n for n in held if len(fold(n)) == longest]
                return [Suggestion(n, names[n], 0.0, sure) for n in best]
    return []


def _by_sound(
    kind: SlotKind,
    texts: Sequence[str],
    today: date,
    judge: SoundJudge,
    carrier: Carrier,
    names: Mapping[str, str] | None,
) -> list[_Ranked]:
    if names:
        found = choices(names, texts, carrier, CANDIDATES)
    else:
        assert kind != "choice"
        found = suggest(kind, texts, today, carrier, CANDIDATES)
    if not found:
        return []
    scores = _scores(found, carrier, judge, tail=0 if kind in _NUMBERS else 1)
    if kind in ("house", "number"):
        for _ in range(_ROUNDS):
            best_first = sorted(range(len(found)), key=lambda i: -scores[i])
            kept = best_first[:_WIDEST]
            found, scores = [found[i] for i in kept], [scores[i] for i in kept]
            spoken = [s.spoken for s in found]
            near = [
                s
                for s in varied(kind, spoken[:_VARIED], texts, carrier, _VARIATIONS)
                if s.spoken not in spoken
            ]
            if not near:
                break
            found = [*found, *near]
            scores += _scores(near, carrier, judge, tail=0)
    if carrier.after:
        # The whole sentence tells more, and costs more: only for those that may still win.
        kept = sorted(range(len(found)), key=lambda i: -scores[i])[:_FINALISTS]
        found = [found[i] for i in kept]
        scores = _scores(found, carrier, judge, tail=_ALL)
    peak = max(scores)
    total = sum(math.exp(score - peak) for score in scores)
    worth: dict[str, float] = {}
    best: dict[str, int] = {}
    for index, score in enumerate(scores):
        written = _written(kind, found[index].value)
        worth[written] = worth.get(written, 0.0) + math.exp(score - peak) / total
        if written not in best or score > scores[best[written]]:
            best[written] = index
    ranked = []
    for written in sorted(worth, key=lambda w: -worth[w]):
        saying = found[best[written]]
        choice = Choice(saying.value, written, saying.spoken, worth[written])
        ranked.append(_Ranked(choice, saying.sure))
    return ranked


def _scores(
    found: Sequence[Suggestion], carrier: Carrier, judge: SoundJudge, *, tail: int
) -> list[float]:
    """Logits of the fillers by the sound and the hypotheses together."""
    sentences = [carrier.filled(s.spoken, tail=tail) for s in found]
    gains = {
        f.index: f.sound - _SILENCE * f.silence + _TOKEN * f.tokens
        for f in judge.fits_of(sentences)
    }
    floor = min(gains.values(), default=0.0) - _UNHEARD
    return [_WARMTH * (gains.get(i, floor) - _COST * s.cost) for i, s in enumerate(found)]


def _written(kind: SlotKind, value: Value) -> str:
    return written_value(kind, value)


def _answer(kind: SlotKind, ranked: Sequence[_Ranked], take: float, question: str) -> SlotAnswer:
    questions: dict[str, str] = table("slot_questions")
    if not ranked or ranked[0].choice.confidence < LEAST:
        asked = question or questions.get(kind, questions["other"])
        return SlotAnswer(kind, "missing", None, "", "", 0.0, (), asked, asked)
    first = ranked[0].choice
    others = tuple(r.choice for r in ranked[1 : 1 + OFFERED])
    if first.confidence >= take and ranked[0].sure:
        return SlotAnswer(kind, "taken", first.value, first.written, first.spoken,
                          first.confidence, others, "", "")  # fmt: skip
    shown, said = _question(first, others, questions)
    return SlotAnswer(kind, "ask", first.value, first.written, first.spoken,
                      first.confidence, others, shown, said)  # fmt: skip


def _question(
    first: Choice, others: Sequence[Choice], questions: Mapping[str, str]
) -> tuple[str, str]:
    if isinstance(first.value, dict) and first.value.get("calendar") == "lunar":
        text = questions["lunar"].format(spoken=first.spoken.capitalize(), value=first.written)
        return text, text
    second = others[0] if others else None
    # A second value that is hardly likely only confuses.
    if second is not None and second.confidence >= first.confidence / 3:
        form = questions["either"]
        return (form.format(first=first.written, second=second.written),
                form.format(first=first.spoken, second=second.spoken))  # fmt: skip
    form = questions["confirm"]
    return form.format(value=first.written), form.format(value=first.spoken)
