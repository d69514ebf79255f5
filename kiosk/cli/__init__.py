"""The ``troly`` command: one verb a task, each in a file of its own."""

from kiosk.cli.main import main

__all__ = ["main"]
