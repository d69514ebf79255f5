"""How a bench prints: a table on standard error, one JSON document on standard output."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from typing import Any

_PACKAGES = ("ctranslate2", "faster-whisper", "onnxruntime", "numpy", "rapidfuzz")


def machine() -> dict[str, Any]:
    """Cores and versions: a figure without them means nothing."""
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "machine": platform.machine(),
        **{name: version(name) for name in _PACKAGES},
    }


def table(title: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table to standard error."""
    lines = [list(header), *([_cell(v) for v in row] for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(header))]
    print(f"\n{title}", file=sys.stderr)
    for number, line in enumerate(lines):
        print("  ".join(v.ljust(w) for v, w in zip(line, widths, strict=True)), file=sys.stderr)
        if number == 0:
            print("  ".join("-" * w for w in widths), file=sys.stderr)


def finish(name: str, result: dict[str, Any]) -> None:
    """Print the JSON document."""
    print(json.dumps({"bench": name, "machine": machine(), **result}, ensure_ascii=False, indent=1))


def progress(done: int, total: int, what: str) -> None:
    """One line a tenth of the way: benches run for minutes."""
    if total and done % max(1, total // 10) == 0:
        print(f"  {what}: {done} of {total}", file=sys.stderr, flush=True)


def _cell(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)
