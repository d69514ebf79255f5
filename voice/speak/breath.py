"""Sentences cut into what is said in one breath.

A sentence of a directive may last half a minute. Cut at its rests it can begin to sound before it
is made to the end, be stopped near where one is, and be kept in small pieces.
"""

from __future__ import annotations

from dataclasses import dataclass

from voice.read import Sentence, SpokenToken
from voice.read.sentences import HEARD

FULL = 24
"""Syllables after which the next rest ends a breath: some six seconds at the calm speed."""

MOST = 40
"""Syllables after which a breath ends before a joining word, without a written rest."""

LEAST = 6
"""Syllables a breath has at least, unless the sentence is shorter: three words are no phrase."""

BREATH = 0.12
"""Seconds of rest where no punctuation asks for one."""

# Words that begin a part of a sentence: before them a reader takes breath.
_JOINING = frozenset(
    ("và", "hoặc", "nhưng", "để", "nhằm", "do", "vì", "bởi", "theo", "khi", "nếu", "thì", "mà",
     "về", "tại", "trong", "với")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A written token inside a breath, and where its words stand."""

    start: int
    """Offset of its first character in the text."""
    end: int
    """Offset past its last character."""
    at: int
    """Offset of its first word in :attr:`Breath.spoken`."""
    syllables: int
    rest: float
    """Seconds of rest behind it inside the breath."""


@dataclass(frozen=True, slots=True)
class Breath:
    """Some tokens of a sentence, said without a stop."""

    start: int
    """Offset of its first character in the text."""
    end: int
    """Offset past its last character."""
    spoken: str
    """Words with a comma at every rest, and a comma or full stop at the end: for the engine."""
    pause: float
    """Seconds of rest after it."""
    places: tuple[Place, ...]


def breaths(sentence: Sentence) -> tuple[Breath, ...]:
    """Cut ``sentence``; its characters all lie in one of the breaths. None when nothing is said."""
    if not sentence.words:
        return ()
    groups = _groups(sentence.tokens)
    found: list[Breath] = []
    for number, group in enumerate(groups):
        last = number == len(groups) - 1
        start = sentence.start if number == 0 else group[0].start
        end = sentence.end if last else groups[number + 1][0].start
        spoken, places = _written(group, "." if last else ",")
        pause = sentence.pause if last else max(group[-1].pause, BREATH)
        found.append(Breath(start, end, spoken, pause, places))
    return tuple(found)


def _syllables(token: SpokenToken) -> int:
    return len(token.words.split())


def _groups(tokens: tuple[SpokenToken, ...]) -> list[list[SpokenToken]]:
    left = sum(_syllables(token) for token in tokens)
    groups: list[list[SpokenToken]] = [[]]
    size = 0
    for index, token in enumerate(tokens):
        groups[-1].append(token)
        count = _syllables(token)
        size, left = size + count, left - count
        if left < LEAST or size < LEAST or not count:
            continue
        following = next((t.words for t in tokens[index + 1 :] if t.words), "")
        rests = token.pause >= HEARD and size + _until_rest(tokens, index + 1) > FULL
        joins = size >= FULL and following in _JOINING and _until_rest(tokens, index + 1) > LEAST
        if rests or (joins and size + _until_rest(tokens, index + 1) > MOST) or size >= 2 * MOST:
            groups.append([])
            size = 0
    # Signs that are not said belong to what was said before them.
    merged: list[list[SpokenToken]] = []
    for group in groups:
        if merged and not any(token.words for token in group):
            merged[-1].extend(group)
        elif group:
            merged.append(group)
    return merged


def _until_rest(tokens: tuple[SpokenToken, ...], index: int) -> int:
    """Syllables up to the next rest."""
    count = 0
    for token in tokens[index:]:
        count += _syllables(token)
        if token.pause >= HEARD:
            break
    return count


def _written(tokens: list[SpokenToken], ending: str) -> tuple[str, tuple[Place, ...]]:
    parts: list[str] = []
    places: list[Place] = []
    length = 0
    for token in tokens:
        if token.words:
            if parts:
                length += 1
            places.append(Place(token.start, token.end, length, _syllables(token), 0.0))
            parts.append(token.words)
            length += len(token.words)
        if token.pause >= HEARD and parts and not parts[-1].endswith(","):
            parts[-1] += ","
            length += 1
            last = places[-1]
            places[-1] = Place(last.start, last.end, last.at, last.syllables, token.pause)
    return " ".join(parts).rstrip(",") + ending, tuple(places)
