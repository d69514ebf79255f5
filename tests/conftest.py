"""What tests share: a state folder with the real models, made once, and rules about skips."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.state import State, default_state_dir

SHARED = Path(__file__).parent.parent.parent / "shared"


@pytest.fixture(scope="session")
def state_with_models(tmp_path_factory: pytest.TempPathFactory) -> State:
    """A state folder of its own with the models that ``make setup`` installed."""
    installed = State(default_state_dir())
    if not (installed.models / "whisper-base").is_dir():
        pytest.fail("whisper-base is not installed: run `make setup`")
    root = tmp_path_factory.mktemp("state")
    state = State(root)
    shutil.copytree(installed.models, state.models, copy_function=os.link)
    if installed.cache.is_dir():
        shutil.copytree(installed.cache, state.cache)
    return state


@pytest.fixture
def state(tmp_path: Path) -> State:
    """An empty state folder."""
    return State(tmp_path / "state")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The measuring data that lies beside the project on a developer's machine."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared")
    return SHARED


# Reasons for which a test may be skipped in CI; docs/testing.md lists the same.
ALLOWED_SKIPS = ("needs ../shared",)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """In CI a skip whose reason is not listed is a failure: nothing is left out silently."""
    outcome = yield
    report = outcome.get_result()
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if not any(allowed in reason for allowed in ALLOWED_SKIPS):
            report.outcome = "failed"
            report.longrepr = f"skipped in CI without a listed reason: {reason}"
