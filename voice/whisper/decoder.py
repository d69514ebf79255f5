"""Whisper's decoder made for scoring many token sequences that share their beginnings.

CTranslate2 stays the engine for the encoder and for free decoding. It scores whole phrases, one
row a phrase; this decoder keeps one state a *path*, so a beginning that a thousand phrases share
is computed once, and paths that the sound does not support are dropped on the way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime

from voice.whisper.step_graph import build_step_graph
from voice.whisper.weights import Array, read_tensors

Ints = npt.NDArray[np.int64]

UNKNOWN = -15.0
"""Log probability of a token outside the vocabulary: as good as impossible."""


@dataclass(frozen=True, slots=True)
class DecoderSound:
    """Keys and values of one sound for every layer's cross attention."""

    feeds: dict[str, Array]
    """By input name: ``sound_keys_i`` ``(H, d, T)`` and ``sound_values_i`` ``(H, T, d)``."""


@dataclass(frozen=True, slots=True)
class Paths:
    """The decoder's state on each of ``B`` paths after ``length`` tokens."""

    length: int
    state: tuple[onnxruntime.OrtValue, ...]
    """Keys and values of each layer in turn, ``(B, H, length, d)``."""


class Decoder:
    """The decoder of one Whisper model."""

    def __init__(
        self,
        model_bin: Path,
        vocabulary: Sequence[int],
        *,
        threads: int = 2,
        quantise: bool = True,
    ) -> None:
        tensors = read_tensors(model_bin, "decoder/")
        chosen = np.array(sorted(set(vocabulary)), dtype=np.int64)
        self._column = np.full(len(tensors["embeddings/weight"]), -1, dtype=np.int64)
        self._column[chosen] = np.arange(len(chosen))
        self.layers = sum(1 for n in tensors if n.endswith("/ffn/linear_0/weight"))
        self.heads = int(tensors["num_heads"])
        self.width = tensors["embeddings/weight"].shape[1]
        self._cross = [
            (
                np.ascontiguousarray(tensors[f"layer_{i}/attention/linear_1/weight"].T),
                tensors[f"layer_{i}/attention/linear_1/bias"],
            )
            for i in range(self.layers)
        ]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Waiting threads that spin take the core from whatever else the tablet does.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(
            build_step_graph(tensors, layers=self.layers, vocabulary=chosen, quantise=quantise),
            sess_options=options,
            providers=["CPUExecutionProvider"],
        )
        self._outputs = [o.name for o in self._session.get_outputs()]
        self._state_names = [
            f"{kind}_{i}" for i in range(self.layers) for kind in ("keys", "values")
        ]

    def attend(self, encoded: Array) -> DecoderSound:
        """Prepare an encoder output of shape ``(T, D)``."""
        feeds: dict[str, Array] = {}
        for i, (weight, bias) in enumerate(self._cross):
            both = (encoded @ weight + bias).reshape(len(encoded), 2, self.heads, -1)
            feeds[f"sound_keys_{i}"] = np.ascontiguousarray(both[:, 0].transpose(1, 2, 0))
            feeds[f"sound_values_{i}"] = np.ascontiguousarray(both[:, 1].transpose(1, 0, 2))
        return DecoderSound(feeds)

    def start(self) -> Paths:
        """One path that has read nothing."""
        empty = np.zeros((1, self.heads, 0, self.width // self.heads), dtype=np.float32)
        value = onnxruntime.OrtValue.ortvalue_from_numpy(empty)
        return Paths(0, (value,) * (2 * self.layers))

    def start_paths(self, sound: DecoderSound, tokens: Sequence[int]) -> tuple[Paths, int]:
        """The path that has read all but the last of ``tokens``, and that last token."""
        paths = self.start()
        zero = np.zeros(1, dtype=np.int64)
        *first, last = tokens
        for token in first:
            paths, _ = self.step(
                sound, paths, zero, np.array([token]), np.zeros((0, 2), dtype=np.int64)
            )
        return paths, last

    def step(
        self, sound: DecoderSound, paths: Paths, parents: Ints, tokens: Ints, picks: Ints
    ) -> tuple[Paths, Array]:
        """Continue path ``parents[b]`` with ``tokens[b]``, for each ``b``.

        Args:
            sound: what is heard.
            paths: the state before.
            parents: shape ``(B,)``; a path may be continued many times or not at all.
            tokens: shape ``(B,)``.
            picks: ``(N, 2)``, pairs of new path and next token whose probability is wanted.

        Returns:
            The new paths, and the log probability of each pick, ``(N,)``.
        """
        columns = self._column[picks[:, 1]]
        feeds: dict[str, object] = {
            "parents": parents,
            "tokens": tokens,
            "position": np.array([paths.length], dtype=np.int64),
            "picks": np.stack([picks[:, 0], np.maximum(columns, 0)], axis=1),
            **sound.feeds,
        }
        values = {
            name: value
            if isinstance(value, onnxruntime.OrtValue)
            else onnxruntime.OrtValue.ortvalue_from_numpy(value)
            for name, value in feeds.items()
        }
        values.update(zip(self._state_names, paths.state, strict=True))
        picked, *state = self._session.run_with_ort_values(self._outputs, values)
        chances = np.where(columns < 0, np.float32(UNKNOWN), picked.numpy())
        return Paths(paths.length + 1, tuple(state)), chances
