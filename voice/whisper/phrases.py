"""How well does the sound fit each of many phrases?

The score of a phrase is the decoder's log probability of its tokens given the sound, minus the
same given silence: what the language model expects anyway must not count as heard (a pointwise
mutual information). Phrases are kept in a trie; the search walks it breadth first with one
decoder row a shared beginning and drops the beginnings that the sound does not support.

Method: ``ctranslate2.models.Whisper.align`` gives the same probabilities one phrase a row; the
walk over a trie gives them at the cost of the rows that survive.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import threading
import zipfile
from collections import ChainMap
from collections.abc import Callable, Collection, MutableMapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from voice.pcm import SAMPLE_RATE
from voice.whisper.decoder import Decoder, DecoderSound
from voice.whisper.model import Encoded, WhisperModel

log = logging.getLogger(__name__)

SILENCE_SECONDS = 1.0
"""Length of the silence that tells what the language model expects. 0.5 to 2 s score alike."""

_CHUNK = 64
"""Rows of one decoder call when a whole trie is walked."""

_PASSING = 50_000
"""Silence scores kept in memory of sentences that were made up for one utterance."""


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """How the trie is searched. ``python -m bench.search`` compares settings."""

    beam: int = 96
    """Beginnings kept at each depth."""
    drop: float = 22.0
    """Nats behind the best of its depth at which a beginning is dropped."""
    silence_weight: float = 0.5
    """Share of the silence score taken off while pruning. With all of it the first tokens
    decide too much, and right beginnings are lost."""
    floor: float = -6.0
    """Nats that one token costs a beginning at most: one word said differently must not
    outweigh all that fits."""


@dataclass(frozen=True, slots=True)
class PhraseScore:
    """How well one phrase fits."""

    index: int
    """Position of the phrase in its set."""
    sound: float
    """Log probability of all its tokens and of the end, given the sound. Nats."""
    silence: float
    """The same given silence."""
    tokens: int
    """Tokens of the phrase, the end counted."""


class PhraseSet:
    """Phrases as a trie of tokens, with every node's silence score."""

    def __init__(self, phrases: Sequence[str], tokens: Sequence[Sequence[int]]) -> None:
        self.phrases = tuple(phrases)
        self.parent: list[int] = [-1]
        self.token: list[int] = [-1]
        self.depth: list[int] = [0]
        self.children: list[dict[int, int]] = [{}]
        self.ends: list[list[int]] = [[]]
        """For each node the phrases that end there (two spellings may share tokens)."""
        self.leaf: list[int] = []
        """For each phrase its last node."""
        for index, sequence in enumerate(tokens):
            node = 0
            for token in sequence:
                node = self.children[node].get(token) or self._add(node, token)
            self.ends[node].append(index)
            self.leaf.append(node)
        self.silence = np.zeros(len(self), dtype=np.float32)
        """Log probability of each node's token after its beginning, given silence."""
        self.silence_end = np.zeros(len(self), dtype=np.float32)
        """Log probability of the end after each node, given silence."""

    def __len__(self) -> int:
        return len(self.parent)

    def _add(self, parent: int, token: int) -> int:
        node = len(self.parent)
        self.parent.append(parent)
        self.token.append(token)
        self.depth.append(self.depth[parent] + 1)
        self.children.append({})
        self.ends.append([])
        self.children[parent][token] = node
        return node

    def beginnings(self, indices: Collection[int]) -> set[int]:
        """All nodes on the way to the phrases ``indices``."""
        nodes: set[int] = set()
        for index in indices:
            node = self.leaf[index]
            while node > 0 and node not in nodes:
                nodes.add(node)
                node = self.parent[node]
        return nodes

    def node_keys(self) -> npt.NDArray[np.uint64]:
        """For each node a number that stands for its token sequence."""
        keys = np.zeros(len(self), dtype=np.uint64)
        for node in range(1, len(self)):
            raw = int(keys[self.parent[node]]).to_bytes(8, "little")
            digest = hashlib.blake2b(
                raw + self.token[node].to_bytes(4, "little"), digest_size=8
            ).digest()
            keys[node] = int.from_bytes(digest, "little")
        return keys


class PhraseScorer:
    """Scores phrases against sounds with one Whisper model."""

    def __init__(self, model: WhisperModel, *, cache: Path | None = None) -> None:
        self._model = model
        self._decoder: Decoder = model.decoder
        self._cache = cache / f"silence-{model.name}.npz" if cache else None
        self._silence_of: dict[int, tuple[float, float]] = self._read_cache()
        self._passing: dict[int, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def prepare(
        self,
        phrases: Sequence[str],
        *,
        passing: bool = False,
        progress: Callable[[int, int], None] | None = None,
    ) -> PhraseSet:
        """Build the set of ``phrases`` and score it on silence, from the cache where it can.

        ``passing`` phrases were made up for one utterance: their scores are kept in memory for
        a while and never written, so that a turn does not wait for the disk. ``progress`` is
        called with the nodes done and the nodes in all.
        """
        found = PhraseSet(phrases, [self._model.tokens(p) for p in phrases])
        keys = [int(k) for k in found.node_keys()]
        with self._lock:
            if len(self._passing) > _PASSING:
                self._passing.clear()
            scores = ChainMap(self._passing if passing else self._silence_of, self._silence_of)
            missing = {n for n, key in enumerate(keys) if key not in scores}
            if missing:
                self._score_silence(found, keys, missing, scores, progress)
                if not passing:
                    self._write_cache()
            for node, key in enumerate(keys):
                found.silence[node], found.silence_end[node] = scores[key]
        return found

    def score(
        self,
        encoded: Encoded,
        phrases: PhraseSet,
        *,
        keep: Collection[int] = (),
        search: SearchSettings | None = None,
        sound: DecoderSound | None = None,
    ) -> list[PhraseScore]:
        """Scores of the phrases that the sound supports, and of those in ``keep``.

        Args:
            encoded: the sound.
            phrases: the set to score.
            keep: phrases that are scored to their end whatever the sound says.
            search: how wide to search beside ``keep``.
            sound: ``encoded`` as the decoder attends to it, when that was computed already.
        """
        search = search or SearchSettings()
        kept = phrases.beginnings(keep)
        sound = sound or self._decoder.attend(encoded.array)
        paths, last = self._decoder.start_paths(sound, self._model.start_tokens)
        nodes = np.zeros(1, dtype=np.int64)
        parents = np.zeros(1, dtype=np.int64)
        tokens = np.full(1, last, dtype=np.int64)
        heard = np.zeros(1)
        silent = np.zeros(1)
        rank = np.zeros(1)
        scores: list[PhraseScore] = []
        while len(nodes):
            picks, targets = self._picks(phrases, nodes)
            paths, picked = self._decoder.step(sound, paths, parents, tokens, picks)
            rows = picks[:, 0]
            ends = targets < 0
            for row, value, node in zip(rows[ends], picked[ends], nodes[rows[ends]], strict=True):
                total = float(heard[row] + value)
                quiet = float(silent[row] + phrases.silence_end[node])
                scores += [
                    PhraseScore(index, total, quiet, phrases.depth[node] + 1)
                    for index in phrases.ends[node]
                ]
            rows, children = rows[~ends], targets[~ends]
            if not len(children):
                break
            new_heard = heard[rows] + picked[~ends]
            new_silent = silent[rows] + phrases.silence[children]
            gain = picked[~ends] - search.silence_weight * phrases.silence[children]
            new_rank = rank[rows] + np.maximum(gain, search.floor)
            best = np.argsort(-new_rank)[: search.beam]
            chosen = set(best[new_rank[best] > new_rank[best[0]] - search.drop].tolist())
            chosen |= {i for i, child in enumerate(children.tolist()) if child in kept}
            order = np.array(sorted(chosen), dtype=np.int64)
            nodes, parents = children[order], rows[order]
            tokens = picks[~ends][order, 1]
            heard, silent, rank = new_heard[order], new_silent[order], new_rank[order]
        return scores

    def _picks(
        self, phrases: PhraseSet, nodes: npt.NDArray[np.int64]
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """What to ask the decoder for: children of ``nodes``, and the end where one ends.

        The second array holds the child node of each pick, or -1 for an end.
        """
        picks: list[tuple[int, int]] = []
        targets: list[int] = []
        for row, node in enumerate(nodes.tolist()):
            if phrases.ends[node]:
                picks.append((row, self._model.end_token))
                targets.append(-1)
            for token, child in phrases.children[node].items():
                picks.append((row, token))
                targets.append(child)
        return np.array(picks, dtype=np.int64).reshape(-1, 2), np.array(targets, dtype=np.int64)

    def _score_silence(
        self,
        phrases: PhraseSet,
        keys: list[int],
        missing: set[int],
        scores: MutableMapping[int, tuple[float, float]],
        progress: Callable[[int, int], None] | None,
    ) -> None:
        """Walk every node that leads to a missing one, depth first in chunks, into ``scores``."""
        needed = set(missing)
        for node in sorted(missing, reverse=True):
            while node > 0 and phrases.parent[node] not in needed:
                node = phrases.parent[node]
                needed.add(node)
        quiet = np.zeros(round(SILENCE_SECONDS * SAMPLE_RATE), dtype=np.float32)
        sound = self._decoder.attend(self._model.encode(quiet).array)
        paths, last = self._decoder.start_paths(sound, self._model.start_tokens)
        here: dict[int, float] = {0: 0.0}
        one = np.zeros(1, dtype=np.int64)
        stack = [(one, paths, one, np.full(1, last, dtype=np.int64))]
        done = 0
        while stack:
            nodes, paths, parents, tokens = stack.pop()
            picks: list[tuple[int, int]] = []
            targets: list[int] = []
            for row, node in enumerate(nodes.tolist()):
                picks.append((row, self._model.end_token))
                targets.append(-1)
                for token, child in phrases.children[node].items():
                    if child in needed:
                        picks.append((row, token))
                        targets.append(child)
            after, picked = self._decoder.step(
                sound, paths, parents, tokens, np.array(picks, dtype=np.int64)
            )
            onward: list[tuple[int, int, int]] = []
            for (row, token), target, value in zip(picks, targets, picked.tolist(), strict=True):
                if target < 0:
                    node = int(nodes[row])
                    scores[keys[node]] = (here.pop(node), value)
                else:
                    here[target] = value
                    onward.append((target, row, token))
            for at in range(0, len(onward), _CHUNK):
                part = np.array(onward[at : at + _CHUNK], dtype=np.int64)
                stack.append((part[:, 0], after, part[:, 1], part[:, 2]))
            done += len(nodes)
            if progress is not None:
                progress(done, len(needed))

    def _read_cache(self) -> dict[int, tuple[float, float]]:
        if self._cache is None or not self._cache.is_file():
            return {}
        try:
            with np.load(self._cache, allow_pickle=False) as data:
                pairs = zip(data["keys"].tolist(), data["values"].tolist(), strict=True)
                return {int(key): (float(a), float(b)) for key, (a, b) in pairs}
        except (OSError, ValueError, TypeError, KeyError, EOFError, zipfile.BadZipFile) as error:
            # A power cut can leave anything. Only time is lost: the scores are made again.
            log.warning("silence cache %s is unusable and will be made again: %s",
                        self._cache, error)  # fmt: skip
            return {}

    def _write_cache(self) -> None:
        if self._cache is None:
            return
        new = self._cache.with_suffix(".new.npz")
        try:
            self._cache.parent.mkdir(parents=True, exist_ok=True)
            np.savez(
                new,
                keys=np.array(list(self._silence_of), dtype=np.uint64),
                values=np.array(list(self._silence_of.values()), dtype=np.float32).reshape(-1, 2),
            )
            new.replace(self._cache)
        except OSError as error:
            # Only time is lost: the scores are made again at the next start.
            log.warning("cannot write the silence cache %s: %s", self._cache, error)
            with contextlib.suppress(OSError):
                new.unlink(missing_ok=True)
