"""A document read aloud: where it comes from, where one stopped, and meeting mode.

>>> from kiosk.reading import MeetingReader, open_source          # doctest: +SKIP
>>> reader = MeetingReader(state, settings, open_source("50-CT/TW", state))  # doctest: +SKIP
>>> reader.play(); piece = reader.piece()                         # doctest: +SKIP
"""

from kiosk.reading.meeting import MeetingReader, Piece, Reading, Reply, View
from kiosk.reading.progress import Place, ProgressStore
from kiosk.reading.source import Source, SourceNotFound, open_source
from kiosk.reading.studio import Studio

__all__ = [
    "MeetingReader",
    "Piece",
    "Place",
    "ProgressStore",
    "Reading",
    "Reply",
    "Source",
    "SourceNotFound",
    "Studio",
    "View",
    "open_source",
]
