"""Procedures and forms: which papers, which steps, until when; asked one question at a time.

A screen or a voice drives :func:`begin` and :func:`go_on`; programs :func:`start`, :func:`answer`
and :func:`result`. Documents come from :mod:`.fill`. How the files are written: docs/procedures.md.
"""

from knowledge.procedures.errors import AnswerError, OutputError, SessionError
from knowledge.procedures.finding import find_subject
from knowledge.procedures.loader import load_library, shipped
from knowledge.procedures.model import Choice, Form, Library, Procedure, Value
from knowledge.procedures.outcome import Result, ResultDeadline, ResultItem, ResultPaper
from knowledge.procedures.result import result
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
from knowledge.procedures.view import View, begin, go_on, listened_for
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
    "View",
    "answer",
    "back",
    "begin",
    "find_subject",
    "finish",
    "go_on",
    "listened_for",
    "load_library",
    "restore",
    "result",
    "shipped",
    "skip",
    "start",
]
