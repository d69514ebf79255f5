"""What can go wrong with procedures and forms.

KnowledgeError
├── ContentError         a procedure, form or word list that cannot be used (knowledge.errors)
├── AnswerError          a value that its question does not take; from a program, not a person
├── SessionError         a serialised dialogue that does not fit what is installed
└── OutputError          a document could not be made or printed
"""

from __future__ import annotations

from knowledge.errors import KnowledgeError

__all__ = ["AnswerError", "OutputError", "SessionError"]


class AnswerError(KnowledgeError):
    """A value given by touch or by a program that its question does not take."""


class SessionError(KnowledgeError):
    """A serialised dialogue names a procedure, question or value that does not exist."""


class OutputError(KnowledgeError):
    """A document could not be made, or no printer took it."""
