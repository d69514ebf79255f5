"""Free decoding with the field's own words: any sentence they make, in any order they may come.

Whisper base alone writes Vietnamese that is wrong in four words of ten, because its own idea of
Vietnamese comes from video subtitles. Here it may only write words of the field, and each step
weighs a bigram model of what people ask (shallow fusion: Gulcehre et al., "On Using Monolingual
Corpora in Neural Machine Translation", 2015). Listed sentences are covered, and so is every
sentence made of their words.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voice.whisper.decoder import Decoder, DecoderSound
from voice.whisper.model import Encoded, WhisperModel
from voice.whisper.transcribe import TOKENS_BASE, TOKENS_PER_SECOND

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

_DISCOUNT = 0.6
"""Absolute discounting of the bigram counts (Ney, Essen and Kneser, 1994)."""

_END = -1
"""Target that stands for the end of the sentence."""


@dataclass(frozen=True, slots=True)
class DomainSettings:
    """How the decoder searches."""

    beam: int = 8
    """Paths kept at each step."""
    drop: float = 12.0
    """Nats behind the best at which a path is dropped."""
    language: float = 0.5
    """Weight of the bigram model against the decoder."""
    word: float = 0.7
    """Nats a word: without it, fewer words always win."""
    stop: float = 0.0
    """Nats a token by which the best closed sentence must beat every open one to end."""
    syllables_per_second: float = 5.5
    """Fast Vietnamese speech; more words than that are not written."""


@dataclass(frozen=True, slots=True)
class DomainHypothesis:
    """A sentence made of the field's words."""

    text: str
    sound: float
    """Mean log probability a token given the sound, the end counted. Nats."""
    score: float
    """What it was ranked by: with the language model, a token."""


class BigramModel:
    """Which word follows which; absolute discounting, backing off to unigrams."""

    def __init__(self, sentences: Iterable[str]) -> None:
        pairs: Counter[tuple[str, str]] = Counter()
        ones: Counter[str] = Counter()
        for sentence in sentences:
            words = ["<s>", *sentence.split(), "</s>"]
            pairs.update(itertools.pairwise(words))
            ones.update(words[1:])
        self.words = sorted(ones.keys() - {"</s>"})
        """The vocabulary."""
        column = {w: i for i, w in enumerate([*self.words, "</s>"])}
        row = {w: i for i, w in enumerate([*self.words, "<s>"])}
        counts = np.zeros((len(row), len(column)), dtype=np.float32)
        for (first, second), n in pairs.items():
            counts[row[first], column[second]] = n
        unigram = np.array([ones[w] + 0.5 for w in column], dtype=np.float32)
        unigram /= unigram.sum()
        total = counts.sum(axis=1, keepdims=True)
        kinds = (counts > 0).sum(axis=1, keepdims=True)
        rest = np.where(total > 0, _DISCOUNT * kinds / np.maximum(total, 1), 1.0)
        smooth = np.maximum(counts - _DISCOUNT, 0) / np.maximum(total, 1) + rest * unigram
        self.log: Floats = np.log(smooth).astype(np.float32)
        """``(n + 1, n + 1)``: row a word or the start (last), column the next word or the end."""


class DomainDecoder:
    """Decodes with one Whisper model and one bigram model."""

    def __init__(
        self, model: WhisperModel, language: BigramModel, settings: DomainSettings | None = None
    ) -> None:
        self._model = model
        self._decoder: Decoder = model.decoder
        self._language = language
        self._settings = settings or DomainSettings()
        self._children: list[dict[int, int]] = [{}]
        self._word_at = [-1]
        below: list[list[int]] = [[]]
        for index, word in enumerate(language.words):
            node = 0
            for token in model.tokens(word):
                if token not in self._children[node]:
                    self._children[node][token] = len(self._children)
                    self._children.append({})
                    self._word_at.append(-1)
                    below.append([])
                node = self._children[node][token]
                below[node].append(index)
            # Two words with the same tokens cannot be; a later one would replace the earlier.
            self._word_at[node] = index
        self._arcs = [
            (np.array(list(c), dtype=np.int64), np.array(list(c.values()), dtype=np.int64))
            for c in self._children
        ]
        # The best that a word begun may still become, after each word: a node is one or a few
        # words, so the whole table is small and a step needs no look-up of its own.
        self._ahead = np.zeros((len(language.log), len(self._children)), dtype=np.float32)
        for node, words in enumerate(below):
            if words:
                self._ahead[:, node] = language.log[:, words].max(axis=1)

    def decode(
        self, encoded: Encoded, sound: DecoderSound | None = None, *, hypotheses: int = 5
    ) -> list[DomainHypothesis]:
        """The best sentences of the field's words, best first; none when there are no words.

        ``sound`` is ``encoded`` as the decoder attends to it, when that was computed already.
        """
        settings, start = self._settings, len(self._language.words)
        sound = sound or self._decoder.attend(encoded.array)
        paths, last = self._decoder.start_paths(sound, self._model.start_tokens)
        parents, tokens = np.zeros(1, dtype=np.int64), np.full(1, last, dtype=np.int64)
        live = [_Path((), start, 0, 0.0, 0.0)]
        done: dict[tuple[int, ...], DomainHypothesis] = {}
        bound = TOKENS_BASE + round(TOKENS_PER_SECOND * encoded.seconds)
        most = 3 + round(settings.syllables_per_second * max(0.0, encoded.seconds - 0.6))
        for length in range(1, bound + 1):
            rows, next_tokens, targets, language, words, fresh = self._continued(live, most)
            if not len(rows):
                break
            picks = np.stack([rows, next_tokens], axis=1)
            paths, picked = self._decoder.step(sound, paths, parents, tokens, picks)
            heard = np.array([p.heard for p in live])[rows] + picked
            rank = heard + settings.language * language + settings.word * words
            for i in np.flatnonzero(targets == _END).tolist():
                path = live[int(rows[i])]
                said = (*path.words, self._word_at[path.node])
                score = float(rank[i]) / length
                if said not in done or done[said].score < score:
                    text = " ".join(self._language.words[w] for w in said)
                    done[said] = DomainHypothesis(text, float(heard[i]) / length, score)
            inner = np.flatnonzero(targets != _END)
            if not len(inner):
                break
            order = inner[np.argsort(-rank[inner])[: settings.beam]]
            order = order[rank[order] > rank[order[0]] - settings.drop]
            # Scores only fall: when no open path can still beat the best closed one, stop.
            best = max((h.score for h in done.values()), default=-np.inf)
            if len(done) >= hypotheses and best > rank[order[0]] / length + settings.stop:
                break
            live = [
                self._followed(live[int(rows[i])], int(targets[i]), float(heard[i]), bool(fresh[i]))
                for i in order.tolist()
            ]
            parents, tokens = rows[order], next_tokens[order]
        return sorted(done.values(), key=lambda h: -h.score)[:hypotheses]

    def _continued(
        self, live: list[_Path], most: int
    ) -> tuple[Ints, Ints, Ints, Floats, Ints, Ints]:
        """Everything that may follow: row, token, target node or end, language, words, fresh."""
        parts: list[tuple[int, Ints, Ints, Floats, int, int]] = []
        log = self._language.log
        for row, path in enumerate(live):
            count = len(path.words) + 1
            if count > most:
                continue
            tokens, nodes = self._arcs[path.node]
            if len(tokens):
                ahead = path.language + self._ahead[path.previous, nodes]
                parts.append((row, tokens, nodes, ahead, count, 0))
            word = self._word_at[path.node]
            if word < 0 or _said_before(path.words, path.previous, word):
                continue
            closed = path.language + float(log[path.previous, word])
            parts.append((
                row, _ints(self._model.end_token), _ints(_END),
                np.array([closed + log[word, -1]], dtype=np.float32), count, 1,
            ))  # fmt: skip
            if count < most:
                tokens, nodes = self._arcs[0]
                parts.append((row, tokens, nodes, closed + self._ahead[word, nodes], count + 1, 1))
        if not parts:
            empty = np.zeros(0, dtype=np.int64)
            return empty, empty, empty, np.zeros(0, dtype=np.float32), empty, empty
        sizes = [len(p[1]) for p in parts]
        return (
            np.repeat([p[0] for p in parts], sizes),
            np.concatenate([p[1] for p in parts]),
            np.concatenate([p[2] for p in parts]),
            np.concatenate([p[3] for p in parts]),
            np.repeat([p[4] for p in parts], sizes),
            np.repeat([p[5] for p in parts], sizes),
        )

    def _followed(self, path: _Path, node: int, heard: float, fresh: bool) -> _Path:
        if not fresh:
            return _Path(path.words, path.previous, node, heard, path.language)
        word = self._word_at[path.node]
        language = path.language + float(self._language.log[path.previous, word])
        return _Path((*path.words, word), word, node, heard, language)


@dataclass(frozen=True, slots=True)
class _Path:
    words: tuple[int, ...]
    """Closed words."""
    previous: int
    """The last of them, or the start."""
    node: int
    """Where in the vocabulary's trie the word being written stands."""
    heard: float
    """Sum of log probabilities of the tokens given the sound."""
    language: float
    """The bigram model's log probability of ``words``."""


def _ints(value: int) -> Ints:
    return np.array([value], dtype=np.int64)


def _said_before(words: tuple[int, ...], previous: int, word: int) -> bool:
    """Whether the same two words already stand together: a decoder that has lost its place."""
    return any(words[i] == previous and words[i + 1] == word for i in range(len(words) - 1))
