"""What the kiosk knows: documents, answers with their sources, and the tables of the ward."""

from knowledge.answer import Answer, Citation, answer
from knowledge.content import Content, load_content
from knowledge.errors import KnowledgeError
from knowledge.records import Document, Entry, EntrySource
from knowledge.store import Store, open_store, rebuild_store
from knowledge.trust import Trust

__all__ = [
    "Answer",
    "Citation",
    "Content",
    "Document",
    "Entry",
    "EntrySource",
    "KnowledgeError",
    "Store",
    "Trust",
    "answer",
    "load_content",
    "open_store",
    "rebuild_store",
]
