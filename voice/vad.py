"""Where is speech? Silero VAD v6 on onnxruntime.

The network sees 512 new samples (32 ms) after 64 old ones and keeps a recurrent state, so live
sound is judged chunk by chunk at no extra cost. The weights ship inside faster-whisper (MIT).
"""

from __future__ import annotations

from pathlib import Path

import faster_whisper
import numpy as np
import numpy.typing as npt
import onnxruntime

from voice.pcm import SAMPLE_RATE, Samples

FRAME = 512
"""Samples a probability is given for: 32 ms."""

FRAME_SECONDS = FRAME / SAMPLE_RATE

_CONTEXT = 64


def _model_path() -> Path:
    return Path(faster_whisper.__file__).parent / "assets" / "silero_vad_v6.onnx"


class SileroVad:
    """Speech probability of each 32 ms frame of a stream. Not thread-safe: one per stream."""

    _session: onnxruntime.InferenceSession | None = None

    def __init__(self) -> None:
        if SileroVad._session is None:
            options = onnxruntime.SessionOptions()
            # One frame is far too little work to share between threads.
            options.inter_op_num_threads = 1
            options.intra_op_num_threads = 1
            options.log_severity_level = 4
            SileroVad._session = onnxruntime.InferenceSession(
                str(_model_path()), sess_options=options, providers=["CPUExecutionProvider"]
            )
        self.reset()

    def reset(self) -> None:
        """Forget the stream heard so far."""
        self._h = np.zeros((1, 1, 128), dtype=np.float32)
        self._c = np.zeros((1, 1, 128), dtype=np.float32)
        self._context = np.zeros(_CONTEXT, dtype=np.float32)
        self._left = np.zeros(0, dtype=np.float32)

    def feed(self, samples: Samples) -> npt.NDArray[np.float32]:
        """Probabilities, shape ``(frames,)``, of the frames completed by ``samples``."""
        data = np.concatenate([self._left, samples])
        count = len(data) // FRAME
        self._left = data[count * FRAME :]
        if not count:
            return np.zeros(0, dtype=np.float32)
        frames = data[: count * FRAME].reshape(count, FRAME)
        before = np.vstack([self._context, frames[:-1, -_CONTEXT:]])
        self._context = frames[-1, -_CONTEXT:].copy()
        assert SileroVad._session is not None
        out, self._h, self._c = SileroVad._session.run(
            None, {"input": np.hstack([before, frames]), "h": self._h, "c": self._c}
        )
        return np.asarray(out, dtype=np.float32).reshape(-1)
