"""From a question to what is looked for: units of meaning with their other names.

A unit is a word or a fixed phrase of the field ("đảng phí"); its alternatives are its synonyms.
The words stand in content/search/words.yaml.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.fold import fold, nfc, spell
from knowledge.yaml_lines import read_yaml

WORDS = Path(__file__).parents[1] / "content" / "search" / "words.yaml"

LONGEST_QUESTION = 60
"""Words that are looked at: a question, not a speech."""

SYNONYM = 0.85
"""What a synonym counts against the word itself."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of the field, folded."""

    abbreviations: dict[str, str]
    synonyms: dict[str, tuple[str, ...]]
    """Folded phrase -> its other names; none for a phrase that only belongs together."""
    stopwords: frozenset[str]
    """Folded; a word with diacritics that is none of ``spelled_stopwords`` is kept all the same."""
    spelled_stopwords: frozenset[str]
    longest: int
    """Words of the longest phrase."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that is looked for."""

    folded: str
    """One word or a phrase, folded."""
    spelled: str
    """As it was asked, with what diacritics there were."""
    others: tuple[str, ...] = ()
    """Folded synonyms."""

    @property
    def has_marks(self) -> bool:
        """Whether the asker wrote diacritics in it."""
        return not self.spelled.isascii()


@lru_cache(maxsize=4)
def load_vocabulary(path: Path = WORDS) -> Vocabulary:
    """The words of the field.

    Raises:
        ContentError: the file is wrong; with its line.
    """
    top = read_yaml(path).record(
        frozenset({"abbreviations", "synonyms", "phrases", "ambiguous", "stopwords"}), frozenset()
    )
    short = {}
    for key, value in top["abbreviations"].fields():
        if len(fold(key.text()).split()) != 1:
            key.fail("an abbreviation is one word")
        short[fold(key.text())] = nfc(value.text())
    synonyms: dict[str, list[str]] = {}
    for group in top["synonyms"].items():
        names = list(dict.fromkeys(fold(item.text()) for item in group.items()))
        if len(names) < 2:
            group.fail("a group of synonyms has two names at least")
        for name in names:
            known = synonyms.setdefault(name, [])
            known += [other for other in names if other != name and other not in known]
    for phrase in top["phrases"].text().split("|"):
        synonyms.setdefault(fold(phrase), [])
    stop = top["stopwords"].text().split()
    ambiguous = set(top["ambiguous"].text().split())
    return Vocabulary(
        short,
        {name: tuple(others) for name, others in synonyms.items()},
        frozenset(fold(word) for word in stop) - ambiguous,
        frozenset(spell(word) for word in stop),
        max(len(name.split()) for name in synonyms),
    )


def units_of(text: str, *, skip: Sequence[range] = ()) -> tuple[Unit, ...]:
    """What ``text`` looks for, without the words that say nothing.

    Args:
        text: a question in any form.
        skip: places among its folded words that are known already (the name of a document).
    """
    vocabulary = load_vocabulary()
    taken = {at for place in skip for at in place}
    spelled = [w for at, w in enumerate(spell(text).split()) if at not in taken]
    spelled = _expanded(spelled[:LONGEST_QUESTION], vocabulary)
    folded = [fold(word) for word in spelled]
    marked = any(not word.isascii() for word in spelled)
    units: list[Unit] = []
    at = 0
    while at < len(folded):
        length = _phrase(folded, at, vocabulary)
        if length:
            name = " ".join(folded[at : at + length])
            own = " ".join(spelled[at : at + length])
            if length > 1 or not _says_nothing(own, name, marked, vocabulary):
                units.append(Unit(name, own, vocabulary.synonyms[name]))
            at += length
            continue
        if not _says_nothing(spelled[at], folded[at], marked, vocabulary):
            units.append(Unit(folded[at], spelled[at]))
        at += 1
    return tuple(dict.fromkeys(units))


def _says_nothing(spelled: str, folded: str, marked: bool, vocabulary: Vocabulary) -> bool:
    if marked:  # with diacritics it is known which word it is: "về" and "vé" differ
        return spelled in vocabulary.spelled_stopwords
    return folded in vocabulary.stopwords


def _expanded(words: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    out: list[str] = []
    for word in words:
        long = vocabulary.abbreviations.get(fold(word))
        out += spell(long).split() if long else [word]
    return out


def _phrase(folded: Sequence[str], at: int, vocabulary: Vocabulary) -> int:
    """Words of the longest known phrase that begins here; 0 when none does."""
    for length in range(min(vocabulary.longest, len(folded) - at), 0, -1):
        if " ".join(folded[at : at + length]) in vocabulary.synonyms:
            return length
    return 0
