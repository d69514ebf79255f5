"""What all pages of this machine share: one assistant, and whether its models are loaded."""

from __future__ import annotations

import asyncio
import logging
import weakref
from typing import Protocol

from kiosk.assistant import Assistant
from kiosk.screen.guard import SORRY
from kiosk.screen.model import Warmth

log = logging.getLogger("troly.screen")


class Watcher(Protocol):
    """Something that wants to know when the models are loaded."""

    def on_warmth(self) -> None:
        """:attr:`Station.warmth` has changed."""


class Station:
    """The assistant, the lock that gives it to one page at a time, and its warming up."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self.turn = asyncio.Lock()
        """Held while a turn's events are produced."""
        self.warmth: Warmth = "loading"
        self.complaint = ""
        """Why speech cannot be understood, in Vietnamese, when :attr:`warmth` is "failed"."""
        self._watchers: weakref.WeakSet[Watcher] = weakref.WeakSet()

    def watch(self, watcher: Watcher) -> None:
        """Tell ``watcher`` when :attr:`warmth` changes, for as long as it lives."""
        self._watchers.add(watcher)

    async def warm(self) -> None:
        """Load the models without blocking the screen. Never raises."""
        try:
            await asyncio.to_thread(self.assistant.warm)
            self.warmth = "ready"
        except Exception as error:
            log.exception("the models could not be loaded")
            self.complaint = getattr(error, "vi", SORRY)
            self.warmth = "failed"
        for watcher in list(self._watchers):
            watcher.on_warmth()
