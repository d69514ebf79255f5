"""What can go wrong in the kiosk itself.

KioskError
├── SettingsError   the settings file cannot be used
└── ServerError     the screen cannot be served
"""

from __future__ import annotations


class KioskError(Exception):
    """Base of this room's errors: an English message for the log, a Vietnamese one for people."""

    def __init__(self, message: str, *, vi: str) -> None:
        super().__init__(message)
        self.vi = vi
        """What to show to the user, in Vietnamese: what happened and what to do next."""


class SettingsError(KioskError):
    """The settings file cannot be read or written, or a value is out of range."""


class ServerError(KioskError):
    """The screen cannot be served: the port is taken, or the address is not allowed."""
