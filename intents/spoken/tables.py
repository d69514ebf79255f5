"""The word tables of this package: ``data/*.yaml``, read once."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from intents.errors import IntentError

_DATA = Path(__file__).parent / "data"


@lru_cache(maxsize=1)
def _all_tables() -> dict[str, Any]:
    tables: dict[str, Any] = {}
    try:
        for path in sorted(_DATA.glob("*.yaml")):
            text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
            tables.update(yaml.safe_load(text))
        if not tables:
            raise OSError(f"no tables in {_DATA}")
    except (OSError, ValueError, TypeError, yaml.YAMLError) as error:
        raise IntentError(
            f"cannot read the word tables of spoken values: {error}",
            vi="Thiếu bảng từ để đọc số, ngày và địa chỉ. Hãy cài lại chương trình.",
        ) from error
    return tables


def table(name: str) -> Any:
    """The table ``name``; what it holds is said at its head in the data file.

    Raises:
        IntentError: the files cannot be read, or hold no such table.
    """
    try:
        return _all_tables()[name]
    except KeyError:
        raise IntentError(
            f"no word table named {name}",
            vi="Thiếu bảng từ để đọc số, ngày và địa chỉ. Hãy cài lại chương trình.",
        ) from None
