"""The process that checks one file: order and DOCX on standard input, JSON on standard output.

Exit codes: 0 checked, 1 refused (the reason on standard output), anything else: it went down.
"""

from __future__ import annotations

import base64
import json
import sys
from typing import Any

from knowledge.errors import DocumentRefused
from knowledge.extract.limits import Limits
from knowledge.extract.worker import _bound
from knowledge.form_check.checking import open_page, report_on
from knowledge.form_check.drawing import draw
from knowledge.form_check.errors import FormCheckError
from knowledge.form_check.fixing import fix_here


def main() -> int:
    """Check, draw and fix what standard input asks for."""
    order = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    limits = Limits(**order["limits"])
    _bound(limits)
    answer: dict[str, Any]
    try:
        answer, code = _answer(data, order, limits), 0
    except (DocumentRefused, FormCheckError) as error:
        answer, code = {"reason": error.reason, "message": str(error)}, 1
    except RecursionError:
        answer, code = {"reason": "damaged", "message": "nested too deep"}, 1
    answer["memory"] = _memory()
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))
    return code


def _memory() -> int:
    """The most memory this process has held, in KiB; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _answer(data: bytes, order: dict[str, Any], limits: Limits) -> dict[str, Any]:
    name, standard = order["name"], order["standard"]
    _, page = open_page(data, name, standard, limits)
    report = report_on(page, name)
    answer: dict[str, Any] = {"report": report.to_json(), "html": "", "fixed": "", "rules": []}
    if order["html"]:
        answer["html"] = draw(page, report)
    if order["fix"]:
        made, rules, after = fix_here(data, name, standard, limits)
        answer |= {"fixed": base64.b64encode(made).decode(), "rules": list(rules),
                   "after": after.to_json()}  # fmt: skip
    return answer


if __name__ == "__main__":
    sys.exit(main())
