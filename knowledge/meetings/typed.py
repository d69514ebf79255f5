"""Text that people type or dictate, made safe to keep and to print."""

from __future__ import annotations

import unicodedata

from knowledge.fold import nfc
from knowledge.meetings.errors import WrongNumbers

LONGEST_TEXT = 4000
"""Characters: two pages. A longer note is a document, and is attached to the minutes."""


def typed(text: str) -> str:
    """``text`` in composed letters and single spaces, without control characters.

    Raises:
        WrongNumbers: longer than :data:`LONGEST_TEXT`.
    """
    kept = "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in text)
    kept = nfc("".join(c for c in kept if ord(c) not in (0xFFFE, 0xFFFF)))
    if len(kept) > LONGEST_TEXT:
        raise WrongNumbers(
            f"a text of {len(kept)} characters",
            vi=f"Nội dung dài {len(kept)} ký tự, nhiều nhất {LONGEST_TEXT}. Hãy ghi ngắn lại hoặc "
            "đính kèm biên bản.",
        )
    return kept
