"""Piper: a neural voice on onnxruntime, used when one is installed.

Piper's own phonemizer (eSpeak NG's rules, inside its wheel) turns words into phonemes; the
voice is a VITS network of some 60 MB.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import numpy as np

from voice.errors import ModelCorrupt, ModelMissing, SynthesisError
from voice.speak.synthesizer import Sound, SpeechSettings


class PiperVoice:
    """One installed Piper voice: ``NAME.onnx`` with ``NAME.onnx.json`` beside it."""

    def __init__(self, model: Path) -> None:
        if not model.is_file() or not model.with_name(model.name + ".json").is_file():
            raise ModelMissing(
                f"no Piper voice at {model}",
                vi="Chưa có giọng đọc này trên máy. Hãy chạy “troly models list”.",
            )
        # Imported here: it costs 0.3 s, and most tablets begin with eSpeak.
        from piper import PiperVoice as Engine

        self.name = model.parent.name
        found = model.stat()
        self.version = f"{model.name} {found.st_size} {found.st_mtime_ns}"
        """What else decides the sound: part of the key of a cached one."""
        try:
            self._engine: Any = Engine.load(str(model))
        except Exception as error:  # onnxruntime and json raise their own kinds
            raise ModelCorrupt(
                f"cannot load the Piper voice {model}: {error}",
                vi=f"Giọng đọc “{self.name}” bị hỏng. Hãy chạy “troly models verify {self.name}”.",
            ) from error

    def synthesize(self, words: str, settings: SpeechSettings) -> Sound:
        """Speak ``words``; pitch and region are the voice's own."""
        from piper.config import SynthesisConfig

        rate = int(self._engine.config.sample_rate)
        # A larger length scale is slower. The voice's own calm speed is its configured scale.
        scale = float(self._engine.config.length_scale) / settings.rate
        config = SynthesisConfig(length_scale=scale, volume=settings.volume)
        # Decomposed diacritics reach the phonemizer as unknown signs: NFC always.
        text = unicodedata.normalize("NFC", words)
        try:
            chunks = [c.audio_float_array for c in self._engine.synthesize(text, config)]
        except Exception as error:
            raise SynthesisError(
                f"Piper voice {self.name} failed: {error}",
                vi="Giọng đọc gặp lỗi. Hãy bấm “Nghe lại”.",
            ) from error
        samples = np.asarray(np.concatenate(chunks) if chunks else np.zeros(0), dtype=np.float32)
        silent = not len(samples) or not np.isfinite(samples).all() or not np.any(samples)
        if silent and any(c.isalnum() for c in text):
            raise SynthesisError(
                f"Piper voice {self.name} gave no sound for {text!r}",
                vi="Giọng đọc gặp lỗi. Hãy bấm “Nghe lại”.",
            )
        return Sound(samples, rate)


def find_voice(folder: Path) -> Path | None:
    """The ``.onnx`` file of a voice folder, or None when it holds no voice."""
    return next(iter(sorted(folder.glob("*.onnx"))), None) if folder.is_dir() else None
