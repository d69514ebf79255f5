"""What a text is about, by the words and bits of words in it.

The nearest known sentence is a poor guide to one that nobody listed: it may share its frame with
one intent and its one telling word with another. A linear classifier weighs every word, pair of
words and run of letters by what it tells. It learns from the phrase files when they have changed,
in about twenty seconds, and is kept; nothing of it is shipped.

Model: multinomial logistic regression on TF-IDF of words (1 and 2) and of runs of 2 to 5 letters
(Wang and Manning, "Baselines and Bigrams", 2012, is the measure such models are hard to beat by).
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import random
import threading
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from intents.fold import bare, phonetic, plain
from intents.phrase_files import PhraseBook
from intents.sentences import NONE, Sentence

log = logging.getLogger(__name__)

Floats = npt.NDArray[np.float64]

LEAST = -8.0
"""Log probability below which one intent is as improbable as another."""

_VERSION = b"1"
"""Goes into the digest of what was learned: to be changed with anything below."""

# How recognisers garble: a word is lost, taken for another, or one is put in. Shares chosen like
# the field's own decoder errs on made speech (half of the words right).
_LOST, _OTHER, _MORE = 0.12, 0.20, 0.05

_KEPT = 6
"""Files kept: two of the shipped book, and some of a ward's own."""

_STRENGTH_HEARD, _STRENGTH_TYPED = 5.0, 20.0
"""Inverse of the regularisation. What was heard is garbled: no single word may decide."""


def heard_fold(text: str) -> str:
    """Phonetic codes without tones: what survives a recogniser."""
    return phonetic(text, tones=False)


@dataclass(frozen=True, slots=True)
class _Linear:
    """One fitted classifier: two TF-IDF tables side by side, and a weight for every entry."""

    vectorizers: tuple[Any, Any]
    weights: npt.NDArray[np.float32]
    """``(entries, intents)``."""
    shift: npt.NDArray[np.float32]
    """``(intents,)``."""

    def logits(self, folded: Sequence[str]) -> Floats:
        from scipy.sparse import hstack

        table = hstack([v.transform(folded) for v in self.vectorizers], format="csr")
        return np.asarray(table @ self.weights + self.shift, dtype=np.float64)


class TopicModel:
    """Gives each intent's log probability for a text, typed or heard.

    What serves typed text and what serves heard text are learned apart, each when first needed.
    """

    def __init__(self, names: Sequence[str], learn: Callable[[bool], _Linear] | None) -> None:
        self.names = tuple(names)
        """The intents, with ``none`` among them when it was learned."""
        self._learn = learn
        self._learned: dict[bool, _Linear] = {}
        self._lock = threading.Lock()

    def warm(self) -> None:
        """Learn or load everything now. Takes up to half a minute."""
        for heard in (False, True):
            self._model(heard)

    def _model(self, heard: bool) -> _Linear | None:
        if self._learn is None:
            return None
        with self._lock:
            if heard not in self._learned:
                self._learned[heard] = self._learn(heard)
            return self._learned[heard]

    def log_chances(self, texts: Sequence[str], *, heard: bool) -> dict[str, float]:
        """Each intent's mean log probability over ``texts``, at least ``LEAST``.

        All are the same when there is no text, or only one intent was learned.
        """
        fold = heard_fold if heard else bare
        folded = [f for f in (fold(t) for t in texts) if f]
        model = self._model(heard) if folded else None
        if model is None:
            return dict.fromkeys(self.names, -float(np.log(max(len(self.names), 1))))
        logits = model.logits(folded)
        logits -= logits.max(axis=1, keepdims=True)
        logits -= np.log(np.exp(logits).sum(axis=1, keepdims=True))
        means = np.maximum(logits.mean(axis=0), LEAST)
        return dict(zip(self.names, means.tolist(), strict=True))


def topic_model(
    book: PhraseBook, sentences: Sequence[Sentence], cache: Path | None = None
) -> TopicModel:
    """The model of ``book``: from ``cache`` (a folder) when it was learned before.

    A damaged cache is learned anew; a cache that cannot be written is not kept.
    """
    texts, labels = _examples(book, sentences)
    names = sorted(set(labels))
    if len(names) < 2:
        return TopicModel(names, None)

    def learn(heard: bool) -> _Linear:
        kind = "heard" if heard else "typed"
        path = cache / f"topics-{kind}-{_digest(texts, labels)}.npz" if cache else None
        if path and path.is_file():
            try:
                return _read(path, len(names))
            except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as error:
                log.warning("a topic model is learned anew: %s: %s", path.name, error)
        if heard:
            garbled = [heard_fold(t) for t in (*texts, *_garbled(texts))]
            model = _learn(garbled, [*labels, *labels], _STRENGTH_HEARD)
        else:
            model = _learn([bare(t) for t in texts], labels, _STRENGTH_TYPED)
        if path:
            _write(path, model)
        return model

    return TopicModel(names, learn)


def _examples(book: PhraseBook, sentences: Iterable[Sentence]) -> tuple[list[str], list[str]]:
    """Texts and their intents: one sentence a carrier, and every example."""
    texts: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    for s in sentences:
        if (s.intent, s.carrier) not in seen:
            seen.add((s.intent, s.carrier))
            texts.setdefault(plain(s.text), s.intent)
    for intent in book.intents.values():
        for text in intent.examples:
            texts.setdefault(plain(text), intent.name)
    for text in book.none_examples:
        texts.setdefault(plain(text), NONE)
    return list(texts), list(texts.values())


def _garbled(texts: Sequence[str]) -> list[str]:
    """Each text as a recogniser may have heard it; the same at every run."""
    rng = random.Random(1)
    words = sorted({w for t in texts for w in t.split()})
    alike: dict[str, list[str]] = {}
    for word in words:
        alike.setdefault(word[0], []).append(word)
    found = []
    for text in texts:
        out = []
        for word in text.split():
            dice = rng.random()
            if dice < _LOST:
                continue
            if dice < _LOST + _OTHER:
                out.append(rng.choice(alike[word[0]] if rng.random() < 0.5 else words))
            else:
                out.append(word)
            if rng.random() < _MORE:
                out.append(rng.choice(words))
        found.append(" ".join(out) or text)
    return found


def _vectorizers() -> tuple[Any, Any]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    return (
        TfidfVectorizer(
            analyzer="word", ngram_range=(1, 2), token_pattern=r"\S+", sublinear_tf=True,
            lowercase=False, dtype=np.float32,
        ),
        TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True,
            lowercase=False, dtype=np.float32,
        ),
    )  # fmt: skip


def _learn(folded: Sequence[str], labels: Sequence[str], strength: float) -> _Linear:
    from scipy.sparse import hstack
    from sklearn.linear_model import LogisticRegression

    vectorizers = _vectorizers()
    table = hstack([v.fit_transform(folded) for v in vectorizers], format="csr")
    fitted = LogisticRegression(C=strength, max_iter=200).fit(table, labels)
    weights, shift = fitted.coef_, fitted.intercept_
    if len(weights) == 1:  # of two classes only the second has a row
        weights, shift = np.concatenate([-weights, weights]), np.concatenate([-shift, shift])
    return _Linear(
        vectorizers, np.ascontiguousarray(weights.T, dtype=np.float32), shift.astype(np.float32)
    )


def _digest(texts: Sequence[str], labels: Sequence[str]) -> str:
    import sklearn

    digest = hashlib.blake2b(_VERSION + sklearn.__version__.encode(), digest_size=8)
    for text, label in zip(texts, labels, strict=True):
        digest.update(f"{label}\t{text}\n".encode())
    return digest.hexdigest()


def _write(path: Path, model: _Linear) -> None:
    """Keep ``model``, without pickles: what lies in a folder must not become code."""
    arrays: dict[str, Any] = {"weights": model.weights, "shift": model.shift}
    for i, v in enumerate(model.vectorizers):
        order = sorted(v.vocabulary_, key=v.vocabulary_.__getitem__)
        arrays[f"terms_{i}"] = np.frombuffer("\n".join(order).encode(), dtype=np.uint8)
        arrays[f"idf_{i}"] = v.idf_
    passing = path.with_suffix(f".{os.getpid()}.part.npz")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(passing, **arrays)
        passing.replace(path)
        kept = sorted(path.parent.glob("topics-*.npz"), key=lambda p: p.stat().st_mtime)
        for old in kept[:-_KEPT]:
            old.unlink(missing_ok=True)


def _read(path: Path, intents: int) -> _Linear:
    with np.load(path, allow_pickle=False) as data:
        vectorizers = _vectorizers()
        for i, v in enumerate(vectorizers):
            terms = data[f"terms_{i}"].tobytes().decode().split("\n")
            v.set_params(vocabulary={t: n for n, t in enumerate(terms)})
            v.idf_ = data[f"idf_{i}"]
        model = _Linear(vectorizers, data["weights"], data["shift"])
    if model.weights.shape[1] != intents:
        raise ValueError("it was learned for other intents")
    return model
