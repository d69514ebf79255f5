"""Types of this folder's fixtures."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.assistant import Assistant

MakeAssistant = Callable[..., Assistant]
"""``make_assistant(settings=None)``"""
