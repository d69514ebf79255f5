"""Reading a file in a process of its own.

A file from outside may crash the PDF library, take all memory or never end. In a process of its
own it takes down nothing but that process: memory (POSIX) and time are bounded by the system.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from knowledge.errors import DocumentRefused
from knowledge.extract.blocks import Extracted
from knowledge.extract.limits import Limits
from knowledge.extract.refusals import REASONS, refuse

_MODULE = "knowledge.extract.worker"


def extract(path: Path, limits: Limits = Limits()) -> Extracted:  # noqa: B008
    """The blocks of a file, whatever it is; about 0.3 s and a process each.

    Args:
        path: a PDF with a text layer, DOCX, HTML, Markdown or plain text, by its content.
        limits: how much of it is read.

    Raises:
        DocumentRefused: it cannot be read, or is beyond the limits; ``reason`` says why.
    """
    order = json.dumps({"path": os.fspath(path.absolute()), "limits": asdict(limits)})
    try:
        done = subprocess.run(
            # -P: a file named like one of our modules beside the document must not be imported.
            [sys.executable, "-P", "-m", _MODULE],
            input=order.encode("utf-8", "surrogateescape"),
            capture_output=True,
            timeout=limits.seconds,
            cwd=Path(__file__).resolve().parents[2],
            env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
                 "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise refuse("too_slow", path.name, f"over {limits.seconds} s") from error
    if done.returncode not in (0, 1):
        tail = done.stderr.decode("utf-8", "replace")[-300:].replace("\n", " ")
        reason = "too_large" if "MemoryError" in tail or "bad_alloc" in tail else "damaged"
        raise refuse(reason, path.name, f"the reader ended with {done.returncode}: {tail}")
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        raise refuse("damaged", path.name, "the reader gave no answer") from error
    if done.returncode == 1:
        reason = answer["reason"]
        raise DocumentRefused(reason, answer["message"], vi=REASONS[reason].format(name=path.name))
    return Extracted.from_json(answer)
