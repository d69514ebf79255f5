"""An utterance beside our own phrases, both in the writing that it came in.

Our phrases are kept in caches; what somebody said never is.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from knowledge.procedures.heard import bare, is_bare, tokens


class Said:
    """An utterance as words; without diacritics when it was written so."""

    def __init__(self, text: str) -> None:
        self.bare = is_bare(text)
        self.words = [bare(t) for t in tokens(text)] if self.bare else tokens(text)

    def of(self, phrase: str) -> list[str]:
        """A phrase of ours in the same writing."""
        return list(_bare_phrase(phrase) if self.bare else _phrase(phrase))

    def is_any(self, phrases: Iterable[str], filler: Iterable[str]) -> bool:
        """Whether the whole utterance is one of ``phrases``, fillers aside."""
        plain, fillers = tuple(self.words), tuple(filler)
        stripped = tuple(self.without(filler))
        for phrase in phrases:
            wanted = _bare_phrase(phrase) if self.bare else _phrase(phrase)
            if wanted in (plain, stripped):
                return True
            if stripped and _stripped_phrase(phrase, fillers, self.bare) == stripped:
                return True
        return False

    def without(self, filler: Iterable[str]) -> list[str]:
        """The words without fillers."""
        return strip(self.words, self, filler)


@lru_cache(maxsize=4096)
def _phrase(phrase: str) -> tuple[str, ...]:
    return tuple(tokens(phrase))


@lru_cache(maxsize=4096)
def _bare_phrase(phrase: str) -> tuple[str, ...]:
    return tuple(bare(t) for t in tokens(phrase))


def strip(words: Iterable[str], said: Said, filler: Iterable[str]) -> list[str]:
    """``words`` without fillers, in the writing of ``said``."""
    return list(_without(tuple(words), _fillers(tuple(filler), said.bare)))


@lru_cache(maxsize=4096)
def _stripped_phrase(phrase: str, filler: tuple[str, ...], without: bool) -> tuple[str, ...]:
    words = _bare_phrase(phrase) if without else _phrase(phrase)
    return _without(words, _fillers(filler, without))


def _without(words: tuple[str, ...], drop: list[tuple[str, ...]]) -> tuple[str, ...]:
    kept, at = [], 0
    while at < len(words):
        hit = next((f for f in drop if words[at : at + len(f)] == f), None)
        if hit:
            at += len(hit)
        else:
            kept.append(words[at])
            at += 1
    return tuple(kept)


@lru_cache(maxsize=8)
def _fillers(filler: tuple[str, ...], without: bool) -> list[tuple[str, ...]]:
    """The longest first."""
    return sorted((_bare_phrase(f) if without else _phrase(f) for f in filler), key=len)[::-1]
