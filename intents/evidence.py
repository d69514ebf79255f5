"""What speaks for each sentence: the hypotheses' text, and the sound.

The text is compared in three foldings with ``rapidfuzz.fuzz.ratio``; the other scorers of that
library accept far too much (``token_set_ratio``, ``WRatio``). The sound is judged through a
Protocol, so this room knows nothing of recognisers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from intents.fold import phonetic, plain
from intents.phrase_files import PhraseBook
from intents.sentences import NONE, Sentence
from intents.topics import LEAST, TopicModel

Floats = npt.NDArray[np.float64]


class SoundFit(Protocol):
    """How well the sound fits one sentence; see ``voice.whisper.phrases.PhraseScore``."""

    @property
    def index(self) -> int:
        """Position of the sentence in the list that was prepared."""
        ...

    @property
    def sound(self) -> float:
        """Log probability of the sentence's tokens given the sound, in nats."""
        ...

    @property
    def silence(self) -> float:
        """The same given silence."""
        ...

    @property
    def tokens(self) -> int:
        """Tokens of the sentence."""
        ...


class SoundJudge(Protocol):
    """Judges one utterance against the sentences that were prepared beforehand."""

    def fits(self, keep: Collection[int]) -> Sequence[SoundFit]:
        """Scores of the sentences the sound supports, and in any case of those in ``keep``."""
        ...

    def fits_of(self, texts: Sequence[str]) -> Sequence[SoundFit]:
        """Scores of sentences made up for this utterance, all of them."""
        ...


@dataclass(frozen=True, slots=True)
class Heard:
    """An utterance as the recogniser wrote it down."""

    texts: tuple[str, ...]
    """Hypotheses, best first."""
    scores: tuple[float, ...] = ()
    """Mean log probability of each."""
    seconds: float = 0.0
    """Seconds of speech; 0 when it was typed."""
    domain: tuple[str, ...] = ()
    """Hypotheses in the field's own words only, best first."""


FEATURES = (
    "mean",  # information a token: (sound - 0.7 silence) / tokens
    "sum",  # information in all, in tens of nats: (sound - silence) / 10
    "free",  # the sentence's mean log probability less the best hypothesis's
    "plain",  # text likeness, 0 to 1, with diacritics
    "phonetic",  # in phonetic codes
    "toneless",  # in phonetic codes without tones
    "term",  # likeness of the intent's best key term to a part of the text
    "pace",  # log of the syllables' mean length over what is usual, when longer or shorter
    "none",  # 1 for sentences that ask nothing
    "topic",  # the intent's log probability by the words of the text
    "topic_domain",  # the same by the hypotheses in the field's own words
)

CANDIDATES_BY_TEXT = 100
"""Sentences that compete when there is no sound."""

BY_TOPIC, BY_TOPIC_EACH = 4, 3
"""Intents whose topic is the most probable, and sentences of each, that compete in any case."""

# Seconds a syllable takes; the spread between people is a factor of about 1.4.
_SYLLABLE = 0.24


class Evidence:
    """Prepared texts of all sentences; gives features for one utterance."""

    def __init__(self, book: PhraseBook, sentences: Sequence[Sentence], topics: TopicModel) -> None:
        self.sentences = tuple(sentences)
        self._topics = topics
        self._of_intent: dict[str, npt.NDArray[np.int64]] = {
            name: np.array([i for i, s in enumerate(self.sentences) if s.intent == name])
            for name in dict.fromkeys(s.intent for s in self.sentences)
        }
        texts = [plain(s.text_without_numbers) for s in self.sentences]
        self._texts = (
            texts,
            [phonetic(t) for t in texts],
            [phonetic(t, tones=False) for t in texts],
        )
        self._syllables = np.array([len(s.text.split()) for s in self.sentences])
        self._terms = _folded((name, term) for name, intent in book.intents.items()
                              for term in intent.terms)  # fmt: skip

    def likeness(self, heard: Heard) -> Floats:
        """Text likeness of every sentence, shape ``(n, 3)``: the best over the hypotheses."""
        best = np.zeros((len(self.sentences), 3))
        texts = [plain(_without_digits(t)) for t in heard.texts]
        for column, choices in enumerate(self._texts):
            folded = [t if column == 0 else phonetic(t, tones=column == 1) for t in texts if t]
            if folded:
                ratios = process.cdist(choices, sorted(set(folded)), scorer=fuzz.ratio)
                best[:, column] = ratios.max(axis=1) / 100.0
        return best

    def nearest(self, heard: Heard, likeness: Floats, count: int) -> list[int]:
        """The ``count`` sentences nearest in text, and the nearest of the probable topics."""
        total = likeness.sum(axis=1)
        found = dict.fromkeys(np.argsort(-total)[:count].tolist())
        topic, domain = self._log_chances(heard)
        likely = sorted(self._of_intent, key=lambda n: -(topic[n] + domain[n]))
        for name in likely[:BY_TOPIC]:
            own = self._of_intent[name]
            found.update(dict.fromkeys(own[np.argsort(-total[own])[:BY_TOPIC_EACH]].tolist()))
        return list(found)

    def _log_chances(self, heard: Heard) -> tuple[dict[str, float], dict[str, float]]:
        spoken = heard.seconds > 0
        by_text = self._topics.log_chances(heard.texts, heard=spoken)
        by_domain = self._topics.log_chances(heard.domain, heard=True) if spoken else {}
        return (
            {name: by_text.get(name, LEAST) for name in self._of_intent},
            {name: by_domain.get(name, LEAST) if spoken else 0.0 for name in self._of_intent},
        )

    def features(
        self, heard: Heard, likeness: Floats, fits: Sequence[SoundFit]
    ) -> tuple[npt.NDArray[np.int64], Floats]:
        """Candidate sentences and their features.

        Returns:
            Indices, shape ``(n,)``, and features, ``(n, len(FEATURES))``. With sound, the
            candidates are those the sound scored; of typed text the nearest compete.
        """
        spoken = {f.index: f for f in fits}
        indices = np.array(
            sorted(spoken) if fits else self.nearest(heard, likeness, CANDIDATES_BY_TEXT),
            dtype=np.int64,
        )
        table = np.zeros((len(indices), len(FEATURES)))
        free = heard.scores[0] if heard.scores else 0.0
        for row, index in enumerate(indices.tolist() if fits else ()):
            f = spoken[index]
            table[row, 0] = (f.sound - 0.7 * f.silence) / f.tokens
            table[row, 1] = (f.sound - f.silence) / 10.0
            table[row, 2] = f.sound / f.tokens - free
        table[:, 3:6] = likeness[indices]
        texts = [phonetic(t, tones=False) for t in heard.texts]
        best = best_parts(self._terms, texts)
        table[:, 6] = [best.get(self.sentences[i].intent, 0.0) for i in indices.tolist()]
        if heard.seconds:
            usual = _SYLLABLE * self._syllables[indices] + 0.1
            table[:, 7] = np.abs(np.log(heard.seconds / usual))
        names = [self.sentences[i].intent for i in indices.tolist()]
        table[:, 8] = [name == NONE for name in names]
        topic, domain = self._log_chances(heard)
        table[:, 9] = [topic[name] for name in names]
        table[:, 10] = [domain[name] for name in names]
        return indices, table


def best_parts(parts: Sequence[tuple[str, str]], texts: Sequence[str]) -> dict[str, float]:
    """For each intent, how well the best of its ``parts`` fits somewhere inside ``texts``.

    Both are folded. A part longer than the text is not looked for: the text would be found
    inside the part.
    """
    found: dict[str, float] = {}
    for name, part in parts:
        for text in texts:
            if len(text) >= len(part):
                likeness = fuzz.partial_ratio(part, text) / 100.0
                found[name] = max(found.get(name, 0.0), likeness)
    return found


def _folded(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, phonetic(text, tones=False)) for name, text in pairs]


def _without_digits(text: str) -> str:
    return "".join(" " if c.isdigit() else c for c in text)
