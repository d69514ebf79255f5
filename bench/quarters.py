"""The quarter lookup: 5 000 made addresses, and time with 20 000 rows.

    python -m bench.quarters [--addresses 5000] [--rows 20000] [--seed 6]

Right is the true quarter, or a question that fits ("số chẵn hay số lẻ?"); a wrong quarter for an
address that is written as in the table must never happen. The truth comes from the painter of
the invented ward (``knowledge.quarters.invented.World``), which shares no code with the lookup.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from bench.made_addresses import Made, made_addresses
from bench.report import finish, table
from knowledge.quarters import INVENTED, QuarterAnswer, QuarterTable, load_table, lookup
from knowledge.quarters.invented import World, make_world, world_csv
from knowledge.quarters.units import load_units


def verdict(made: Made, answer: QuarterAnswer) -> str:
    """``right``, ``asked`` (a question that fits), ``wrong`` (a wrong quarter), or ``missed``."""
    if made.ward:
        return "right" if answer.ward == made.ward else _lost(answer)
    if answer.status == "found":
        return "right" if answer.quarter in made.quarters else "wrong"
    if answer.status == "ask":
        if answer.missing in made.asks:
            # A question about the street fits when the street that was meant is on offer.
            offered = {choice.address.street for choice in answer.choices}
            street_asked = answer.missing in ("street", "street_is")
            return "asked" if not street_asked or made.street in offered else "missed"
        return "missed"
    return "missed"


def _lost(answer: QuarterAnswer) -> str:
    return "wrong" if answer.status == "found" else "missed"


def judge(quarters: QuarterTable, made: list[Made]) -> dict[str, Any]:
    """Counts by form, the failures, and the seconds of each lookup."""
    by_form: dict[str, Counter[str]] = {}
    failures, seconds = [], []
    exact_wrong = 0
    for item in made:
        began = time.perf_counter()
        answer = lookup(quarters, item.text)
        seconds.append(time.perf_counter() - began)
        found = verdict(item, answer)
        by_form.setdefault(item.form, Counter())[found] += 1
        exact_wrong += item.exact and found == "wrong"
        if found in ("wrong", "missed"):
            failures.append({**asdict(item), "quarters": sorted(item.quarters),
                             "asks": sorted(item.asks), "verdict": found,
                             "got": answer.quarter or answer.missing or answer.status,
                             "said": answer.say})  # fmt: skip
    total = sum((Counter(c) for c in by_form.values()), Counter())
    return {
        "addresses": len(made),
        "right_or_asked": (total["right"] + total["asked"]) / len(made),
        "right": total["right"], "asked": total["asked"],
        "wrong": total["wrong"], "missed": total["missed"], "wrong_for_exact": exact_wrong,
        "by_form": {form: dict(count) for form, count in sorted(by_form.items())},
        "failures": failures, "milliseconds": _percentiles(seconds),
    }  # fmt: skip


def _percentiles(seconds: list[float]) -> dict[str, float]:
    p50, p95, p99 = np.percentile(np.array(seconds) * 1000, (50, 95, 99))
    return {"p50": float(p50), "p95": float(p95), "p99": float(p99), "max": max(seconds) * 1000}


def large_world(rows: int) -> World:
    """An invented ward with at least ``rows`` rows: made-up streets, many of them alike."""
    first = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ")
    middle = ("Văn", "Thị", "Hữu", "Đức", "Công", "Quang", "Minh", "Thanh", "Ngọc", "Xuân")
    last = ("An", "Bình", "Cường", "Dũng", "Giang", "Hải", "Khánh", "Lâm", "Nam", "Phúc", "Quý")
    names = [f"{a} {b} {c}" for a in first for b in middle for c in last]
    count = 120
    while True:
        world = make_world(tuple(names[:count]), seed=9)
        if len(world.rows) >= rows or count >= len(names):
            return world
        count = min(len(names), count * rows // len(world.rows) + 20)


def speed(rows: int, count: int) -> dict[str, Any]:
    """Milliseconds a lookup in a table of ``rows`` rows, and what loading it takes."""
    world = large_world(rows)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "quarters.csv"
        path.write_text(world_csv(world), encoding="utf-8")
        began = time.perf_counter()
        quarters = load_table(path)
        loaded = time.perf_counter() - began
    result = judge(quarters, made_addresses(world, count, seed=20))
    return {
        "rows": len(world.rows), "streets": len(quarters.ways), "load_seconds": loaded,
        "milliseconds": result["milliseconds"], "right_or_asked": result["right_or_asked"],
        "wrong_for_exact": result["wrong_for_exact"],
    }  # fmt: skip


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--addresses", type=int, default=5000)
    parser.add_argument("--rows", type=int, default=20000)
    parser.add_argument("--seed", type=int, default=6)
    given = parser.parse_args()
    load_units()
    made = made_addresses(make_world(), given.addresses, seed=given.seed)
    result = judge(load_table(INVENTED), made)
    table(
        f"Made addresses: {result['right_or_asked']:.4f} right or rightly asked back, "
        f"{result['wrong_for_exact']} wrong for exact input",
        ["form", "right", "asked", "missed", "wrong"],
        [[form, *(c.get(k, 0) for k in ("right", "asked", "missed", "wrong"))]
         for form, c in result["by_form"].items()],
    )  # fmt: skip
    timed = speed(given.rows, min(given.addresses, 2000))
    table("Milliseconds a lookup", ["rows", "p50", "p95", "p99", "max"],
          [[timed["rows"], *timed["milliseconds"].values()]])  # fmt: skip
    finish("quarters", {**result, "failures": result["failures"][:40], "speed": timed})


if __name__ == "__main__":
    main()
