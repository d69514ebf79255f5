"""What can go wrong with a table of quarters.

KnowledgeError
└── QuarterTableError     a table that cannot be used
    ├── TableUnreadable   no file, not CSV or XLSX, columns missing
    └── TableRefused      rows that contradict each other; ``problems`` names them
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.errors import KnowledgeError

if TYPE_CHECKING:
    from knowledge.quarters.problems import Problem


class QuarterTableError(KnowledgeError):
    """A table of quarters that cannot be used."""


class TableUnreadable(QuarterTableError):
    """The file is missing, is neither CSV nor XLSX, or lacks columns."""

    def __init__(self, path: Path, message: str, vi: str) -> None:
        super().__init__(f"{path.name}: {message}", vi=f"Bảng khu phố {path.name}: {vi}")
        self.path = path
        """The file."""


class TableRefused(QuarterTableError):
    """Rows contradict each other or make no sense."""

    def __init__(self, path: Path, problems: Sequence[Problem]) -> None:
        first = problems[0]
        super().__init__(
            f"{path.name}: {len(problems)} problems, first in row {first.row}: {first.reason}",
            vi=f"Bảng khu phố {path.name} có {len(problems)} chỗ sai, chỗ đầu ở dòng {first.row}: "
            f"{first.vi} Hãy chạy: troly quarter --check {path.name}",
        )
        self.path = path
        """The file."""
        self.problems = tuple(problems)
        """Everything found, in the order of the rows."""
