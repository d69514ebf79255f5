"""From what was heard to what is wanted: text narrows, the sound decides, then a decision.

The decision is a conditional logit: each candidate sentence gets a weighted sum of its evidence,
an intent is worth its best sentence, and a softmax over the intents (with "none of these" among
them) gives probabilities. The weights are fitted by ``bench/fit_decision.py`` on made speech, in
which the spoken sentence itself is left out of the candidates half of the time, so that they
hold for sentences nobody listed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from intents.errors import IntentError
from intents.evidence import FEATURES, Evidence, Floats, Heard, SoundJudge
from intents.phrase_files import PhraseBook
from intents.sentences import NONE, Sentence, compose
from intents.slots import fill_slots
from intents.topics import topic_model

Status = Literal["answered", "clarify", "rejected"]

SHIPPED_WEIGHTS = Path(__file__).parent / "decision.json"

KEEP_BY_TEXT = 40
"""Sentences nearest in text that the sound judges in any case; the search finds others itself."""

LEAST_LIKENESS = 0.5
"""Typed text that is less like every known sentence, on the mean of the foldings, is none."""

OFFERED = 3
"""Intents offered when it is not certain which one was meant."""

LEAST_OFFERED = 0.01
"""Probability below which an intent is not worth a card on the screen."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The fitted weights and the bounds of the decision."""

    spoken: Floats
    """One weight a feature, for sound."""
    typed: Floats
    """One weight a feature, for text."""
    accept: tuple[float, float]
    """Probability from which an intent is taken at once: spoken, typed."""
    clarify: tuple[float, float]
    """Probability of the first two together from which the kiosk asks back: spoken, typed."""

    @classmethod
    def load(cls, path: Path = SHIPPED_WEIGHTS) -> Decision:
        """Read the weights; the file says how they were fitted."""
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            return cls(
                spoken=np.array([data["spoken"][name] for name in FEATURES]),
                typed=np.array([data["typed"][name] for name in FEATURES]),
                accept=(float(data["accept_spoken"]), float(data["accept_typed"])),
                clarify=(float(data["clarify_spoken"]), float(data["clarify_typed"])),
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IntentError(
                f"cannot read the decision weights {path}: {error}",
                vi="Thiếu tệp trọng số của bộ hiểu câu hỏi. Hãy cài lại chương trình.",
            ) from error


@dataclass(frozen=True, slots=True)
class Understanding:
    """What is wanted, how sure that is, and what else it may be."""

    status: Status
    intent: str | None
    """The most probable intent; None when nothing was said that could be one."""
    confidence: float
    """Its probability, 0 to 1."""
    sentence: str
    """The known sentence that fits best."""
    slots: dict[str, str]
    """Slot name -> written value."""
    offered: tuple[tuple[str, float], ...]
    """The most probable intents with their probabilities, best first, at most three."""


class Matcher:
    """Understands utterances against one phrase book."""

    def __init__(
        self,
        book: PhraseBook,
        decision: Decision | None = None,
        *,
        cache: Path | None = None,
    ) -> None:
        """Take ``book`` in; what is learned from it is kept in the folder ``cache``."""
        self.book = book
        self.sentences: tuple[Sentence, ...] = tuple(compose(book))
        """What a :class:`SoundJudge` has to be prepared for, in this order."""
        self.topics = topic_model(book, self.sentences, cache)
        self.evidence = Evidence(book, self.sentences, self.topics)
        self._decision = decision or Decision.load()

    def understand(
        self, heard: Heard, judge: SoundJudge | None = None, *, among: Sequence[str] = ()
    ) -> Understanding:
        """Decide what ``heard`` asks; without a ``judge`` only the text counts.

        ``among`` limits the intents, for moments in which only some can be meant.
        """
        likeness = self.evidence.likeness(heard)
        fits = []
        if judge is not None:
            fits = list(judge.fits(self.evidence.nearest(heard, likeness, KEEP_BY_TEXT)))
        if not fits and likeness.mean(axis=1).max() < LEAST_LIKENESS:
            return _nothing()  # signs, digits, or words that resemble nothing
        indices, table = self.evidence.features(heard, likeness, fits)
        weights = self._decision.spoken if fits else self._decision.typed
        best = best_sentences(self.sentences, indices, table @ weights)
        if among:
            best = {name: found for name, found in best.items() if name in (*among, NONE)}
        if not best:
            return _nothing()
        chances = probabilities({name: score for name, (score, _) in best.items()})
        ranked = sorted((n for n in chances if n != NONE), key=lambda n: -chances[n])
        if not ranked:
            return _nothing()
        top = ranked[0]
        sentence = self.sentences[best[top][1]]
        offered = tuple(
            (name, chances[name])
            for name in ranked[:OFFERED]
            if name == top or chances[name] >= LEAST_OFFERED
        )
        status = self._status(chances, top, offered, typed=not fits)
        slots: dict[str, str] = {}
        if status == "answered":
            slots, sentence = fill_slots(self.book.intents[top], sentence, heard, judge)
        return Understanding(status, top, chances[top], sentence.text, slots, offered)

    def _status(
        self,
        chances: Mapping[str, float],
        top: str,
        offered: Sequence[tuple[str, float]],
        *,
        typed: bool,
    ) -> Status:
        if chances.get(NONE, 0.0) > chances[top]:
            return "rejected"
        if chances[top] >= self._decision.accept[typed]:
            return "answered"
        if sum(chance for _, chance in offered[:2]) >= self._decision.clarify[typed]:
            return "clarify"
        return "rejected"


def best_sentences(
    sentences: Sequence[Sentence],
    indices: npt.NDArray[np.int64],
    scores: Floats,
) -> dict[str, tuple[float, int]]:
    """For each intent the score and the index of its best candidate."""
    best: dict[str, tuple[float, int]] = {}
    for index, score in zip(indices.tolist(), scores.tolist(), strict=True):
        name = sentences[index].intent
        if name not in best or score > best[name][0]:
            best[name] = (score, index)
    return best


def probabilities(scores: Mapping[str, float]) -> dict[str, float]:
    """Softmax."""
    peak = max(scores.values())
    weights = {name: float(np.exp(score - peak)) for name, score in scores.items()}
    total = sum(weights.values())
    return {name: weight / total for name, weight in weights.items()}


def _nothing() -> Understanding:
    return Understanding("rejected", None, 0.0, "", {}, ())
