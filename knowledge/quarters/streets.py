"""Which street is meant: found in a text for certain, or guessed from its sound and asked for.

A street is certain when every word is written as in the table, or typed without any accent, and
no other word stands right before or behind it ("Phú Thọ" in "Phú Thọ Hòa" is not certain).
Everything else is a guess, and a guess is asked back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from knowledge.quarters.names import (
    STREET_WORDS,
    bare,
    exact,
    is_bare,
    nfc,
    sound,
    street_words,
)
from knowledge.quarters.spoken import is_number_word, read_number, two_figures
from knowledge.quarters.tokens import AFTER, BEFORE, NEAR, STREET, Token, is_edge, is_street_word

GUESS = 80.0
"""Likeness, 0 to 100, below which a name is simply not in the table."""

CLOSE = 9.0
"""A second street this close to the best guess is offered beside it."""

_MOST_CHOICES = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """A street's name in a text: tokens ``start`` to ``end``."""

    start: int
    end: int
    streets: tuple[str, ...]
    """Names as in the table; several when they differ only in accents that were not typed."""
    certain: bool


@dataclass(frozen=True, slots=True)
class _Form:
    """One way of writing a street."""

    street: str
    keys: tuple[str, ...]
    """Accented key of each word."""


class StreetIndex:
    """The streets of a table, by every way of writing them."""

    def __init__(self, streets: Iterable[tuple[str, Sequence[str]]]) -> None:
        """``streets`` are names as in the table, each with its other names."""
        self.names: list[str] = []
        self._forms: dict[tuple[str, ...], list[_Form]] = defaultdict(list)
        self._sounds: dict[str, str] = {}
        self._bares: dict[str, str] = {}
        for name, aliases in streets:
            self.names.append(name)
            for written in (name, *aliases):
                self._add(name, street_words(written))
        self._longest = max((len(keys) for keys in self._forms), default=0)

    def _add(self, street: str, written: list[str]) -> None:
        figures = [exact(word) for word in written]
        variants = [written]
        if written[0].lower() in STREET_WORDS:  # numbered: "đường 3", "đường số 3"
            variants = [
                [word, *number, *written[1:]]
                for word in ("đường", "phố", "đ")
                for number in ([], ["số"])
            ]
        elif len(figures) == 3 and figures[1] == exact("tháng"):
            # 3 Tháng 2 is also written 3/2, 3-2 and 3.2.
            variants += [[figures[0], sign, figures[2]] for sign in "/-."]
        for words in [*variants, *filter(None, map(_spoken, variants))]:
            keys = tuple(bare(word) for word in words)
            form = _Form(street, tuple(exact(word) for word in words))
            if form not in self._forms[keys]:
                self._forms[keys].append(form)
        for numeric in (True, False):  # "Võ Thị Sáu" is no street of the figure 6
            key = " ".join(sound(w.lower(), figures=numeric) for w in written)
            self._sounds.setdefault(key, street)
        self._bares.setdefault(" ".join(bare(w) for w in written), street)

    def find(self, tokens: Sequence[Token], taken: Sequence[bool]) -> list[Hit]:
        """Names in ``tokens``, longest first, none overlapping another or a ``taken`` token."""
        bares = [bare(token.low) if token.kind == "w" else token.low for token in tokens]
        free = [not t for t in taken]
        hits = []
        for size in range(min(self._longest, len(tokens)), 0, -1):
            for start in range(len(tokens) - size + 1):
                end = start + size
                forms = self._forms.get(tuple(bares[start:end]))
                if forms and all(free[start:end]):
                    hit = self._hit(tokens, start, end, forms)
                    if hit:
                        hits.append(hit)
                        free[start:end] = [False] * size
        return hits

    def _hit(
        self, tokens: Sequence[Token], start: int, end: int, forms: Sequence[_Form]
    ) -> Hit | None:
        span = tokens[start:end]
        if any(token.suffix for token in span):
            return None
        before = tokens[start - 1] if start else None
        street_before = is_street_word(tokens, start - 1)
        if tokens[start] in STREET and not is_street_word(tokens, start):
            return None  # "khu phố 5" is not "phố 5"
        if any(token.kind == "s" for token in span):
            # 3/2 is a street only behind "đường", or behind another number.
            numbered = before is not None and before.kind == "n"
            follows = end < len(tokens) and tokens[end].text in ("/", "-")
            if not (street_before or numbered) or follows:
                return None
        keys = [exact(t.low) if t.kind == "w" else t.low for t in span]
        if tokens[end - 1].kind == "n" or is_number_word(tokens[end - 1].low):
            # "đường ba" in "đường ba mươi tháng tư", "đường hai bà trưng", "đường 3 tháng 2".
            behind = tokens[end] if end < len(tokens) else None
            longer = behind is not None and behind.kind == "w" and behind not in AFTER
            if longer and len(exact(tokens[end - 1].low)) < 3 and tokens[start] in STREET:
                return None
        same = [f.street for f in forms if list(f.keys) == keys]
        typed_bare = [
            f.street
            for f in forms
            if all(k == key or is_bare(t.low) for k, key, t in zip(f.keys, keys, span, strict=True))
        ]
        alone = is_edge(tokens, start - 1, BEFORE) and is_edge(tokens, end, AFTER)
        alone = alone or (street_before and is_edge(tokens, end, AFTER))
        # A street of one syllable is too easily a word of the question.
        alone = alone and (len(span) > 1 or street_before or start == 0)
        streets = tuple(dict.fromkeys(same or typed_bare))
        if streets:
            return Hit(start, end, streets, alone and len(streets) == 1)
        return Hit(start, end, tuple(dict.fromkeys(f.street for f in forms)), False)

    def guess(self, *phrases: str) -> list[str]:
        """Streets that sound or look like one of ``phrases``, best first; empty when none does."""
        best: dict[str, float] = {}
        said = [words for words in (nfc(phrase).lower().split() for phrase in phrases) if words]
        for words in said if self.names else ():
            self._alike(words, best)
        if not best:
            return []
        ranked = sorted(best, key=lambda name: (-best[name], name))
        top = best[ranked[0]]
        return [name for name in ranked if best[name] >= top - CLOSE][:_MOST_CHOICES]

    def _alike(self, words: Sequence[str], best: dict[str, float]) -> None:
        """Put the streets like ``words`` into ``best``, with their likeness."""
        for fold, known in ((sound, self._sounds), (bare, self._bares)):
            said = " ".join(fold(word) for word in words)
            for key, score, _ in process.extract(
                said, known.keys(), scorer=fuzz.ratio, limit=4, score_cutoff=GUESS
            ):
                best[known[key]] = max(best.get(known[key], 0.0), score)


def _spoken(written: list[str]) -> list[str]:
    """``written`` with its numbers of two figures in words: 30 Tháng 4 is "ba mươi tháng bốn"."""
    said: list[str] = []
    for word in written:
        said += two_figures(word) or [word]
    return said if said != written else []


def choose(hits: Sequence[Hit], tokens: Sequence[Token]) -> list[Hit]:
    """The hits that may be the address's street: not one that is only near it."""
    nearby = [h for h in hits if h.start and _near(tokens, h.start)]
    kept = [h for h in hits if h not in nearby] or list(hits)
    certain = [h for h in kept if h.certain]
    kept = certain or kept
    named = [h for h in kept if is_street_word(tokens, h.start - 1)]
    return sorted(named or kept, key=lambda h: h.start)


def _near(tokens: Sequence[Token], start: int) -> bool:
    before = tokens[max(0, start - 3) : start]
    return any(token in NEAR for token in before)


def phrase_at(tokens: Sequence[Token], start: int, taken: Sequence[bool], *, most: int = 6) -> str:
    """The words from ``start`` that may be a street's name: up to a sign or a framing word."""
    found: list[str] = []
    at = start
    while at < len(tokens) and len(found) < most and not taken[at]:
        token = tokens[at]
        if token.kind == "s" or token.suffix or (found and token in AFTER):
            break
        if token.kind == "n" and not found:
            break
        found.append(token.text)
        at += 1
    while found and not found[-1].isdecimal() and read_number([found[-1].lower()])[0]:
        if len(found) > 1 and found[-2].lower() in ("tháng", "thang", "số", "so"):
            break
        found.pop()
    return " ".join(found)
