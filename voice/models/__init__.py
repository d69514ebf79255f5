"""Speech models: what exists, what is installed, and how it gets here.

>>> store = ModelStore(state.models, load_catalogue())
>>> store.install("whisper-base")
>>> store.path("whisper-base")

Layout of the models folder: :mod:`voice.models.install`. Sources: :mod:`voice.models.fetch`.
"""

from voice.models.catalogue import (
    Catalogue,
    Kind,
    Model,
    ModelFile,
    load_catalogue,
    parse_catalogue,
)
from voice.models.progress import Progress, Report
from voice.models.store import ModelStore, Problem, State, Status

__all__ = [
    "Catalogue",
    "Kind",
    "Model",
    "ModelFile",
    "ModelStore",
    "Problem",
    "Progress",
    "Report",
    "State",
    "Status",
    "load_catalogue",
    "parse_catalogue",
]
