from __future__ import annotations

import pytest
from loaded import MakeAssistant

from kiosk.assistant import Assistant
from kiosk.settings import Settings
from kiosk.state import State


@pytest.fixture(scope="session")
def warmed(state_with_models: State) -> Assistant:
    """Everything loaded, once."""
    assistant = Assistant(state_with_models, Settings())
    assistant.warm()
    return assistant


@pytest.fixture
def make_assistant(warmed: Assistant, state: State) -> MakeAssistant:
    """Assistants with a state folder of their own, and the loaded models of ``warmed``."""

    def make(settings: Settings | None = None) -> Assistant:
        made = Assistant(state, settings or Settings())
        # The models cost seconds to load and hold nothing of a turn.
        made._matcher, made._ears = warmed.matcher(), warmed.ears()
        return made

    return make


@pytest.fixture
def assistant(make_assistant: MakeAssistant) -> Assistant:
    return make_assistant()
