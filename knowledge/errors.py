"""What can go wrong with what the kiosk knows.

KnowledgeError
├── ContentError       a content file that cannot be used; the message names file and line
├── DocumentRefused    a file that is not read; ``reason`` says why
└── StoreError         the database
    ├── StoreCorrupt   torn, overwritten, or not ours; set it aside with rebuild_store
    ├── StoreStorage   no room, or no right, to read or write it
    ├── StoreBusy      another program holds it for too long
    └── StoreNewer     written by a later release than this one
"""

from __future__ import annotations

from pathlib import Path


class KnowledgeError(Exception):
    """Base of this room's errors: an English message for the log, a Vietnamese one for people."""

    def __init__(self, message: str, *, vi: str) -> None:
        super().__init__(message)
        self.vi = vi
        """What to show to the user, in Vietnamese: what happened and what to do next."""


class ContentError(KnowledgeError):
    """A content file that cannot be used; the message names file and line."""

    def __init__(self, file: str, line: int, message: str) -> None:
        super().__init__(
            f"{file}:{line}: {message}",
            vi=f"Tệp nội dung {file} có lỗi ở dòng {line}. Hãy sửa rồi mở lại chương trình.",
        )
        self.file = file
        """Name of the file, as it stands in the message."""
        self.line = line
        """Line, counted from 1; 0 when the whole file is meant."""


class DocumentRefused(KnowledgeError):
    """A file that is not read: too large, damaged, locked, a scan, of another kind …"""

    def __init__(self, reason: str, message: str, *, vi: str) -> None:
        super().__init__(message, vi=vi)
        self.reason = reason
        """A key of :data:`knowledge.extract.refusals.REASONS`: ``scan``, ``too_large`` …"""


class StoreError(KnowledgeError):
    """The database cannot be used."""


class StoreCorrupt(StoreError):
    """The database file is torn, overwritten, or was never ours. It is left as it is."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(
            f"{path} is damaged: {detail}",
            vi=f"Tệp kiến thức {path.name} bị hỏng. Để lấy lại bản sao lưu gần nhất, hãy chạy: "
            "troly knowledge restore. Nếu chưa có bản nào: troly answer --rebuild. "
            "Tệp hỏng được cất sang bên cạnh, không bị xóa.",
        )
        self.path = path
        """The damaged file."""


class StoreStorage(StoreError):
    """There is no room, or no right, to read or write the database."""


class StoreBusy(StoreError):
    """Another program holds the database for longer than we wait."""


class StoreNewer(StoreError):
    """The database was written by a later release, whose tables this one does not know."""
