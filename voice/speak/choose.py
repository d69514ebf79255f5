"""Which voice speaks: the one that was chosen, else an installed Piper voice, else eSpeak."""

from __future__ import annotations

import logging
from pathlib import Path

from voice.errors import ModelError
from voice.speak.espeak import EspeakVoice
from voice.speak.piper import PiperVoice, find_voice
from voice.speak.synthesizer import Synthesizer

log = logging.getLogger(__name__)


def installed_synthesizers(models: Path) -> list[str]:
    """Names of the voices that can speak now: Piper voices under ``models``, then eSpeak."""
    folders = sorted(models.iterdir()) if models.is_dir() else []
    return [f.name for f in folders if find_voice(f) is not None] + [EspeakVoice.name]


def open_synthesizer(models: Path, name: str = "") -> Synthesizer:
    """The voice ``name``; without a name, the best that is installed.

    A voice that does not load is logged, and the next one serves: a kiosk with a plainer voice
    is better than a silent one.
    """
    wanted = [name] if name else installed_synthesizers(models)
    for candidate in wanted:
        if candidate == EspeakVoice.name:
            break
        model = find_voice(models / candidate)
        if model is None:
            log.warning("voice %s is not installed", candidate)
            continue
        try:
            return PiperVoice(model)
        except ModelError as error:
            log.warning("voice %s does not load: %s", candidate, error)
    return EspeakVoice()
