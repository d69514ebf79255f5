from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.state import State
from voice.whisper.model import WhisperModel


@pytest.fixture(scope="session")
def model_folder(state_with_models: State) -> Path:
    return state_with_models.models / "whisper-base"


@pytest.fixture(scope="session")
def model(model_folder: Path) -> WhisperModel:
    """The real model, loaded once."""
    return WhisperModel(model_folder)
