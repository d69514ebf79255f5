"""What a person reads after a table was checked."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.quarters.names import street_key
from knowledge.quarters.problems import Problem
from knowledge.quarters.rows import RawTable
from knowledge.quarters.table import building_key
from knowledge.quarters.wording import line


def report(file: str, table: RawTable, problems: Sequence[Problem]) -> str:
    """Counts, then what must be mended, then what should be looked at: a line each, with rows."""
    refusing = [p for p in problems if p.refuses]
    warnings = [p for p in problems if not p.refuses]
    lines = [
        line("report", "title", file=file),
        line(
            "report", "counts", rows=str(len(table.rows)),
            streets=str(len({street_key(r.street) for r in table.rows if r.street})),
            quarters=str(len({r.quarter for r in table.rows})),
            buildings=str(len({building_key(r.building) for r in table.rows if r.building})),
        ),
    ]  # fmt: skip
    if table.meta.get("ward"):
        lines.append(line("report", "ward", ward=table.meta["ward"]))
    if refusing:
        lines.append(line("report", "refused", count=str(len(refusing))))
        lines += [f"  {_text(problem)}" for problem in refusing]
    else:
        lines.append(line("report", "good"))
    if warnings:
        lines.append(line("report", "warnings", count=str(len(warnings))))
        lines += [f"  {_text(problem)}" for problem in warnings]
    return "\n".join(lines)


def _text(problem: Problem) -> str:
    if not problem.row:
        return problem.vi
    return line("report", "row", row=str(problem.row), text=problem.vi)
