"""Faults found and false findings in made documents, fixes, and a document of 200 pages.

    .venv/bin/python -m bench.form_check [--documents 300] [--pages 200] [--seed 1]

Documents and faults: tests/form_check/made_forms.py. A finding is false when its rule was not
broken and is no consequence of one that was.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from knowledge.extract.limits import Limits
from knowledge.form_check import check, check_here, fix_here, load_rules
from knowledge.form_check.opening import Package, read_page
from tests.form_check.made_forms import (
    CONSEQUENCES,
    PARTY_KINDS,
    STATE_KINDS,
    clean,
    planted,
    to_docx,
)

CHARACTERS_PER_PAGE = 2_000
"""A page of 14 points with 18-point lines holds some 40 lines, most not full."""


def plant_and_find(documents: int, seed: int) -> dict[str, object]:
    """Documents with one to six faults each: what is found, what is said without cause."""
    rng = random.Random(seed)
    rules = load_rules()
    faults = found = false = unchanged = fixed = wrong_standard = 0
    missed: Counter[str] = Counter()
    untrue: Counter[str] = Counter()
    pages = 0.0
    for _ in range(documents):
        wanted = rng.randrange(1, 7)
        form, broken = planted(rng.sample(rules, len(rules)), rng, most=wanted)
        data = to_docx(form)
        report = check_here(data, "made")
        wrong_standard += (report.standard == "nd30") != (form.standard == "nd30")
        said = {f.rule for f in report.findings}
        planned = {rule.id for rule in broken}
        faults += len(planned)
        found += len(planned & said)
        missed.update(planned - said)
        rest = said - planned - {c for p in planned for c in CONSEQUENCES.get(p, ())}
        false += len(rest)
        untrue.update(rest)
        pages += _letters(data)[1] / CHARACTERS_PER_PAGE
        made, _, _ = fix_here(data, "made")  # raises where a rule it fixed does not pass
        fixed += 1
        unchanged += _letters(made)[0] == _letters(data)[0]
    return {"documents": documents, "faults": faults, "found": found,
            "found_percent": round(100 * found / faults, 2), "false": false,
            "pages": round(pages), "missed": dict(missed), "untrue": dict(untrue),
            "wrong_standard": wrong_standard,
            "fixed": fixed, "text_unchanged": unchanged}  # fmt: skip


def clean_pages(documents: int, seed: int) -> dict[str, object]:
    """Findings in documents without a fault."""
    rng = random.Random(seed)
    false, pages = 0, 0.0
    for _ in range(documents):
        standard = rng.choice(["dang-hd36", "dang-hd05", "nd30"])
        kinds = sorted(STATE_KINDS if standard == "nd30" else PARTY_KINDS)
        data = to_docx(clean(standard, rng.choice(kinds), rng, rng.randrange(5, 40)))
        false += len(check_here(data, "made").findings)
        pages += max(1.0, _letters(data)[1] / CHARACTERS_PER_PAGE)
    return {"documents": documents, "pages": round(pages), "false": false,
            "per_20_pages": round(20 * false / pages, 3)}  # fmt: skip


def long_document(pages: int, seed: int) -> dict[str, object]:
    """Time and memory of one long document, in a process of its own as the kiosk does it."""
    rng = random.Random(seed)
    data = to_docx(clean("dang-hd36", "báo cáo", rng, pages * CHARACTERS_PER_PAGE // 180))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.docx"
        path.write_bytes(data)
        start = time.perf_counter()
        done = check(path)
        seconds = time.perf_counter() - start
    return {"pages": round(_letters(data)[1] / CHARACTERS_PER_PAGE), "paragraphs":
            done.report.paragraphs, "seconds": round(seconds, 2),
            "memory_mb": round(done.memory / 1024)}  # fmt: skip


def _letters(data: bytes) -> tuple[list[str], int]:
    texts = [line.text for line in read_page(Package(data, "made", Limits())).lines]
    return texts, sum(map(len, texts))


def main() -> int:
    """Print the figures; 1 when a bound of the contract is not kept."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    report = {
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}",
        "rules": len(load_rules()),
        "planted": plant_and_find(args.documents, args.seed),
        "clean": clean_pages(max(10, args.documents // 5), args.seed + 1),
        "long": long_document(args.pages, args.seed),
    }
    print(json.dumps(report, ensure_ascii=False, indent=2))
    planted_, clean_, long_ = report["planted"], report["clean"], report["long"]
    good = (
        planted_["found_percent"] >= 98  # type: ignore[index]
        and clean_["per_20_pages"] <= 1  # type: ignore[index]
        and long_["seconds"] <= 10  # type: ignore[index]
        and long_["memory_mb"] <= 300  # type: ignore[index]
    )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
