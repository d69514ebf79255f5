"""What an answer means: a value, a command, or nothing we are sure of.

Nothing is guessed: words that speak for both sides, or that belong to neither the answer nor the
question, make it unclear, and the question is asked again.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rapidfuzz import fuzz

from knowledge.procedures.heard import find
from knowledge.procedures.model import Ask, Choice, Value, Words
from knowledge.procedures.said import Said, strip
from knowledge.procedures.spoken_dates import expected_dates, read_date
from knowledge.procedures.spoken_numbers import read_number, spell

Command = Literal["skip", "back", "repeat", "explain", "unsure", "lacking"]
COMMANDS: tuple[Command, ...] = ("skip", "back", "repeat", "explain", "unsure")

MOST_OTHER_WORDS = 2
"""Words of a yes or no that are neither an answer nor words of the question: with more, the
sentence was about something else ("hôm qua tôi có đi chợ")."""

LIKE, AHEAD = 84.0, 10.0
"""A choice said with other words: per cent of likeness it takes, and how far ahead of the next
it must be. Two recogniser mistakes in a phrase of four syllables cost about twelve per cent."""

MOST_SPELLED = 200
"""A number's range up to which every number is given to the recogniser."""


@dataclass(frozen=True, slots=True)
class Understood:
    """One answer: exactly one of value, command, wrong or nothing."""

    value: Value | None = None
    command: Command | None = None
    wrong: str = ""
    """It was of the right kind and cannot be: the name of the sentence that says why."""

    @property
    def clear(self) -> bool:
        """Whether there is a value or a command."""
        return self.value is not None or self.command is not None


def understand(text: str, ask: Ask, words: Words, today: date) -> Understood:
    """What ``text`` answers to ``ask``."""
    said = Said(text)
    command = next((c for c in COMMANDS if said.is_any(getattr(words, c), words.filler)), None)
    if ask.kind == "text":
        whole = clean(text)
        # A name may contain any word: only a whole utterance is a command here.
        if said.is_any(words.lacking, words.filler):
            command = "lacking"
        return Understood(command=command) if command else Understood(value=whole or None)
    if command is not None:
        return Understood(command=command)
    if ask.kind == "yesno":
        yes = _yes_or_no(said, ask, words)
        return Understood(value=yes)
    if ask.kind == "choice":
        chosen = _choice(said, ask, words)
        if chosen is not None:
            return Understood(value=chosen)
    if said.is_any(words.lacking, words.filler):
        return Understood(command="lacking")
    if ask.kind == "choice":
        return Understood()
    if ask.kind == "number":
        number = read_number(text, ask.unit)
        if number is None:
            return Understood()
        if not ask.minimum <= number <= ask.maximum:
            return Understood(wrong="out_of_range")
        return Understood(value=number)
    found = read_date(text, today, ask.near)
    if found.day is None:
        return Understood(wrong=found.wrong)
    return Understood(value=found.day.isoformat())


def clean(text: str) -> str:
    """``text`` composed (NFC), with single spaces, without what no document can hold."""
    kept = (c for c in unicodedata.normalize("NFC", text) if c.isspace() or not _unfit(c))
    return " ".join("".join(kept).split())


def _unfit(character: str) -> bool:
    """Control characters and halves of characters: XML and PDF refuse them."""
    return unicodedata.category(character) in ("Cc", "Cs")


def is_back(given: Value, words: Words) -> bool:
    """Whether it asks for the question before, which is possible at the end too."""
    return isinstance(given, str) and Said(given).is_any(words.back, words.filler)


def check_value(ask: Ask, value: Value, today: date) -> Understood:
    """A value given by touch: the same limits as for what is said.

    ``wrong`` is ``no_such_value`` for one that no screen of ours offers.
    """
    unfit = Understood(wrong="no_such_value")
    if ask.kind == "yesno":
        return Understood(value=value) if isinstance(value, bool) else unfit
    if ask.kind == "number":
        if isinstance(value, bool) or not isinstance(value, int):
            return unfit
        fits = ask.minimum <= value <= ask.maximum
        return Understood(value=value) if fits else Understood(wrong="out_of_range")
    if not isinstance(value, str):
        return unfit
    if ask.kind == "choice":
        return Understood(value=value) if value in {c.value for c in ask.choices} else unfit
    if ask.kind == "text":
        return Understood(value=clean(value)) if clean(value) else unfit
    found = read_date(value, today, ask.near)
    return Understood(value=found.day.isoformat()) if found.day else Understood(
        wrong=found.wrong or "no_such_value"
    )  # fmt: skip


def expected(ask: Ask, words: Words, today: date) -> tuple[str, ...]:
    """The sentences to listen for; for texts only the commands, since anything may be said."""
    commands = [*words.skip, *words.back, *words.repeat, *words.explain, *words.unsure]
    commands += words.lacking
    answers: Iterable[str] = ()
    if ask.kind == "yesno":
        answers = (*words.yes, *words.no, *words.lacking)
    elif ask.kind == "choice":
        answers = [say for choice in ask.choices for say in choice.say]
        answers += [f"cái thứ {_ordinal(i)}" for i in range(len(ask.choices))]
    elif ask.kind == "number" and ask.maximum - ask.minimum <= MOST_SPELLED:
        unit = f" {ask.unit}" if ask.unit else ""
        spelled = [spell(n) for n in range(ask.minimum, ask.maximum + 1)]
        answers = [*spelled, *(f"{text}{unit}" for text in spelled if unit)]
    elif ask.kind == "date":
        answers = expected_dates(today, ask.near)
    return tuple(dict.fromkeys((*answers, *commands)))


def _yes_or_no(said: Said, ask: Ask, words: Words) -> bool | None:
    phrases = [(said.of(p), True) for p in words.yes] + [
        (said.of(p), False) for p in (*words.no, *words.lacking)
    ]
    for command in COMMANDS:
        # "chưa rõ" must not be heard as "chưa": longer phrases of doubt go first and say nothing.
        phrases += [(said.of(p), None) for p in getattr(words, command)]  # type: ignore[misc]
    phrases.sort(key=lambda pair: len(pair[0]), reverse=True)
    fillers = [said.of(f) for f in words.filler]
    votes: list[bool | None] = []
    weak: list[bool | None] = []
    others, at = [], 0
    while at < len(said.words):
        hit = next((p for p in phrases if said.words[at : at + len(p[0])] == p[0]), None)
        if hit:
            # Without diacritics "còn" (still) and "con" (I, a child speaking) are one word.
            (weak if hit[0] in fillers else votes).append(hit[1])
            at += len(hit[0])
        else:
            others.append(said.words[at])
            at += 1
    known = {word for text in (ask.ask, ask.say) for word in said.of(text)}
    known |= {word for filler in fillers for word in filler}
    votes = votes or weak
    if sum(word not in known for word in others) > MOST_OTHER_WORDS:
        return None
    if not votes or None in votes:
        return None
    if len(set(votes)) == 1:
        return votes[0]
    # "chưa có, đúng rồi" and "có nhưng chưa đủ" speak for both sides; "chưa … rồi" does not exist.
    return None


def _choice(said: Said, ask: Ask, words: Words) -> str | None:
    whole = said.without(words.filler)
    denied = any(find(said.of(p), said.words) >= 0 for p in ("không phải", "chứ không"))
    exact = [
        c for c in ask.choices
        if any(said.of(p) in (said.words, whole) or strip(said.of(p), said, words.filler) == whole
               for p in (*c.say, c.label))
    ]  # fmt: skip
    if len(exact) == 1:
        return exact[0].value
    if denied:
        return None
    ordinal = _nth(said, ask.choices)
    if ordinal is not None:
        return ordinal.value
    held = sorted(
        (
            (
                max(
                    len(said.of(p)) for p in (*c.say, c.label) if find(said.of(p), said.words) >= 0
                ),
                i,
            )
            for i, c in enumerate(ask.choices)
            if any(find(said.of(p), said.words) >= 0 for p in (*c.say, c.label))
        ),
        reverse=True,
    )
    if held and (len(held) == 1 or held[0][0] > held[1][0]):
        return ask.choices[held[0][1]].value
    if held:
        return None
    text = " ".join(whole)
    scores = sorted(
        (
            (max(fuzz.ratio(" ".join(said.of(p)), text) for p in (*c.say, c.label)), i)
            for i, c in enumerate(ask.choices)
        ),
        reverse=True,
    )
    if text and scores[0][0] >= LIKE and scores[0][0] - scores[1][0] >= AHEAD:
        return ask.choices[scores[0][1]].value
    return None


_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")


def _ordinal(index: int) -> str:
    return _ORDINALS[index] if index < len(_ORDINALS) else spell(index + 1)


def _nth(said: Said, choices: tuple[Choice, ...]) -> Choice | None:
    """The choice named by its place: "cái thứ hai", "ô số 2", "số hai"."""
    hits = []
    for index, choice in enumerate(choices):
        number = spell(index + 1)
        for phrase in (f"thứ {_ordinal(index)}", f"thứ {number}", f"số {number}",
                       f"thứ {index + 1}", f"số {index + 1}"):  # fmt: skip
            place = find(said.of(phrase), said.words)
            # "thứ hai" in the middle of a sentence is a Monday.
            if place >= 0 and len(said.words) <= 4:
                hits.append(choice)
                break
    return hits[0] if len(hits) == 1 else None
