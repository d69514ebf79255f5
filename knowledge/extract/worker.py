"""The process that reads one file: the order on standard input, blocks on standard output.

Exit codes: 0 read, 1 refused (the reason on standard output), anything else: it went down.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from knowledge.errors import DocumentRefused
from knowledge.extract.limits import Limits
from knowledge.extract.reading import read_here


def main() -> int:
    """Read what standard input asks for."""
    order = json.loads(sys.stdin.buffer.read().decode("utf-8", "surrogateescape"))
    limits = Limits(**order["limits"])
    _bound(limits)
    try:
        answer, code = read_here(Path(order["path"]), limits).to_json(), 0
    except DocumentRefused as error:
        answer, code = {"reason": error.reason, "message": str(error)}, 1
    except RecursionError:
        answer, code = {"reason": "damaged", "message": "nested too deep"}, 1
    text = json.dumps(answer, ensure_ascii=False)
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    return code


def _bound(limits: Limits) -> None:
    """Let the system stop this process when it takes too much."""
    try:
        import resource
    except ImportError:  # Windows: time is bounded by the caller, memory by the readers' limits
        return
    seconds = int(limits.seconds) + 1
    for what, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),  # a reader writes nothing
    ):
        hard = resource.getrlimit(what)[1]
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        resource.setrlimit(what, (most, hard))


if __name__ == "__main__":
    sys.exit(main())
