"""One loudness for every voice: EBU R128, measured and limited by FFmpeg's own filters.

R128 weights the sound as the ear does and leaves pauses out, so that a sentence with a long rest
is not taken for a soft one. FFmpeg comes inside the ``av`` package, which the recogniser brings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from voice.speak.synthesizer import Sound

TARGET = -18.0
"""LUFS of all speech. Broadcasting uses -23; a tablet's small loudspeaker needs more, and above
-16 the peaks of a voice must be cut (AES TD1008 asks for -18 for speech)."""

CEILING = -1.0
"""dBFS that no sample passes."""

MOST = 24.0
"""Decibels a sound is made louder at most: what is softer is noise, not speech."""

_TRIES = 3
"""Times a sound with high peaks is limited and made louder again."""

# R128 looks at 0.4 s at a time. A word shorter than that is measured repeated.
_LEAST_SECONDS = 3.0

_Samples = npt.NDArray[np.float32]


def loudness(samples: _Samples, rate: int) -> float:
    """Integrated loudness in LUFS of mono ``samples`` (shape ``(n,)``); -inf for silence."""
    if not len(samples) or not np.any(samples):
        return float("-inf")
    least = round(_LEAST_SECONDS * rate)
    if len(samples) < least:
        samples = np.tile(samples, -(-least // len(samples)))
    measured = float("-inf")
    for frame in _filtered(samples, rate, (("ebur128", "metadata=1"),)):
        found = frame.metadata.get("lavfi.r128.I")
        if found is not None:
            measured = float(found)
    return measured if measured > -70.0 else float("-inf")


def level(sound: Sound, target: float = TARGET) -> Sound:
    """``sound`` at ``target`` LUFS, its peaks under :data:`CEILING`. Silence stays as it is."""
    measured = loudness(sound.samples, sound.rate)
    if measured == float("-inf"):
        return sound
    gain = min(target - measured, MOST)
    ceiling = 10 ** (CEILING / 20)
    for _ in range(_TRIES):
        samples = sound.samples * np.float32(10 ** (gain / 20))
        if np.abs(samples).max() <= ceiling:
            break
        samples = _limited(samples, sound.rate, ceiling)
        # What the limiter took from the peaks, the whole gets back.
        missing = target - loudness(samples, sound.rate)
        if missing < 0.2 or gain + missing > MOST:
            break
        gain += missing
    return replace(sound, samples=samples)


def _limited(samples: _Samples, rate: int, ceiling: float) -> _Samples:
    # latency: the look-ahead of the limiter is taken off, so that marks stay where they are.
    options = f"limit={ceiling:.4f}:attack=5:release=50:level=false:latency=true"
    parts = [f.to_ndarray()[0] for f in _filtered(samples, rate, (("alimiter", options),))]
    limited = np.concatenate(parts).astype(np.float32)[: len(samples)]
    return np.clip(np.pad(limited, (0, len(samples) - len(limited))), -ceiling, ceiling)


def _filtered(samples: _Samples, rate: int, filters: tuple[tuple[str, str], ...]) -> Iterator[Any]:
    """What FFmpeg's ``filters`` make of ``samples``, frame by frame."""
    import av  # 0.1 s, and only what speaks needs it
    import av.error
    import av.filter

    graph = av.filter.Graph()
    nodes = [
        graph.add_abuffer(
            sample_rate=rate, format="flt", layout="mono", time_base=Fraction(1, rate)
        ),
        *(graph.add(name, options) for name, options in filters),
        graph.add("aformat", "sample_fmts=flt"),
        graph.add("abuffersink"),
    ]
    for one, following in pairwise(nodes):
        one.link_to(following)
    graph.configure()
    frame = av.AudioFrame.from_ndarray(
        np.ascontiguousarray(samples, dtype=np.float32)[None, :], format="flt", layout="mono"
    )
    frame.sample_rate, frame.pts, frame.time_base = rate, 0, Fraction(1, rate)
    nodes[0].push(frame)
    nodes[0].push(None)
    while True:
        try:
            yield nodes[-1].pull()
        except (av.error.EOFError, av.error.BlockingIOError):
            return
