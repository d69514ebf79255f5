"""Procedures and forms: which papers, which steps, until when; asked one question at a time.

Start with :func:`shipped`, then :func:`start`, :func:`answer` and :func:`result`, or :func:`fill`
for a form. How the files are written: docs/procedures.md.
"""

from knowledge.procedures.errors import AnswerError, OutputError, SessionError
from knowledge.procedures.finding import find_subject
from knowledge.procedures.loader import load_library, shipped
from knowledge.procedures.model import Choice, Form, Library, Procedure, Value
from knowledge.procedures.result import Result, ResultDeadline, ResultItem, ResultPaper, result
from knowledge.procedures.session import (
    Question,
    Session,
    answer,
    back,
    finish,
    restore,
    skip,
    start,
)
from knowledge.procedures.workdays import Calendar, Due

__all__ = [
    "AnswerError",
    "Calendar",
    "Choice",
    "Due",
    "Form",
    "Library",
    "OutputError",
    "Procedure",
    "Question",
    "Result",
    "ResultDeadline",
    "ResultItem",
    "ResultPaper",
    "Session",
    "SessionError",
    "Value",
    "answer",
    "back",
    "find_subject",
    "finish",
    "load_library",
    "restore",
    "result",
    "shipped",
    "skip",
    "start",
]
