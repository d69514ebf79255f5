"""Checking a file in a process of its own, with bounded time and memory.

The same order of things as ``knowledge/extract/isolation.py``: a file from a USB stick may take
down nothing but the process that reads it.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from knowledge.errors import DocumentRefused
from knowledge.extract.limits import Limits
from knowledge.extract.refusals import REASONS, refuse
from knowledge.form_check.errors import SENTENCES, FormCheckError
from knowledge.form_check.findings import Report
from knowledge.form_check.office import read_docx_bytes

_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of one file."""

    report: Report
    html: str
    """Empty when it was not asked for."""
    fixed: bytes
    """The new file; empty when it was not asked for."""
    fixed_rules: tuple[str, ...]
    after: Report | None
    """The report on the new file."""
    memory: int
    """The most memory the checking process held, in KiB."""


def check(
    path: Path,
    standard: str = "auto",
    *,
    html: bool = False,
    fix: bool = False,
    limits: Limits = Limits(),  # noqa: B008
) -> Checked:
    """Check a document, and draw or fix it.

    Raises:
        DocumentRefused: it cannot be read, or is beyond the limits.
        FormCheckError: it needs LibreOffice, or cannot be fixed.
    """
    data = read_docx_bytes(path, limits)
    order = {"name": path.name, "standard": standard, "html": html, "fix": fix,
             "limits": asdict(limits)}  # fmt: skip
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "knowledge.form_check.worker"],
            input=json.dumps(order).encode() + b"\n" + data,
            capture_output=True,
            timeout=limits.seconds,
            cwd=_ROOT,
            env={**os.environ, "PYTHONPATH": str(_ROOT), "PYTHONIOENCODING": "utf-8"},
        )
    except subprocess.TimeoutExpired as error:
        raise refuse("too_slow", path.name, f"over {limits.seconds} s") from error
    answer = _read(done, path.name)
    after = answer.get("after")
    return Checked(
        Report.from_json(answer["report"]), answer["html"], base64.b64decode(answer["fixed"]),
        tuple(answer["rules"]), Report.from_json(after) if after else None, answer["memory"],
    )  # fmt: skip


def _read(done: subprocess.CompletedProcess[bytes], name: str) -> dict[str, Any]:
    if done.returncode not in (0, 1):
        tail = done.stderr.decode("utf-8", "replace")[-300:].replace("\n", " ")
        reason = "too_large" if "MemoryError" in tail else "damaged"
        raise refuse(reason, name, f"the checker ended with {done.returncode}: {tail}")
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError as error:
        raise refuse("damaged", name, "the checker gave no answer") from error
    if done.returncode == 1:
        reason = answer["reason"]
        if reason in SENTENCES:
            raise FormCheckError(reason, name, answer["message"])
        raise DocumentRefused(reason, answer["message"], vi=REASONS[reason].format(name=name))
    return answer
