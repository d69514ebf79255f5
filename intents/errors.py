"""What can go wrong while understanding.

IntentError
└── PhraseFileError   a phrase file that cannot be used; the message names file and line
"""

from __future__ import annotations


class IntentError(Exception):
    """Base of this room's errors: an English message for the log, a Vietnamese one for people."""

    def __init__(self, message: str, *, vi: str) -> None:
        super().__init__(message)
        self.vi = vi
        """What to show to the user, in Vietnamese: what happened and what to do next."""


class PhraseFileError(IntentError):
    """A phrase file that cannot be used; the message names file and line."""

    def __init__(self, file: str, line: int, message: str) -> None:
        super().__init__(
            f"{file}:{line}: {message}",
            vi=f"Tệp câu hỏi {file} có lỗi ở dòng {line}. Hãy sửa rồi mở lại chương trình.",
        )
