"""Finding the passage that answers: entries and sections of imported originals together."""

from knowledge.search.find import search
from knowledge.search.hits import Hit, Passage

__all__ = ["Hit", "Passage", "search"]
