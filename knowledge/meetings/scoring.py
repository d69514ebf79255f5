"""The 100-point self-scoring of a meeting: a total and the level it gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from knowledge.meetings.cell import Count
from knowledge.meetings.errors import WrongNumbers
from knowledge.meetings.rules import Criterion, Rubric
from knowledge.trust import Trust


@dataclass(frozen=True, slots=True)
class Line:
    """Points of one criterion, or of one part of it."""

    id: str
    title: str
    points: str
    """As a decimal number: ``4`` or ``4.5``."""
    most: str


@dataclass(frozen=True, slots=True)
class Score:
    """What a cell gives itself."""

    title: str
    lines: tuple[Line, ...]
    total: str
    """As a decimal number, 0 to 100."""
    level: str
    """Tốt, Khá, Trung bình or Kém."""
    trust: Trust
    sources: tuple[str, ...]


def attendance_points(
    rubric: Rubric, counts: Count, *, often_excused: bool
) -> tuple[str, Decimal] | None:
    """Id and points of the criterion that follows from the numbers; None when there is none.

    Args:
        often_excused: somebody was absent with a reason more than three times running. The numbers
            of one meeting do not say; somebody must.
    """
    line = next((c for c in rubric.scored if c.steps), None)
    if line is None:
        return None
    points = next(p for percent, p in line.steps if counts.percent >= percent)
    if counts.unexcused:
        points = min(points, line.unexcused)
    if not often_excused:
        points += line.bonus
    return line.id, min(points, line.points)


def score(rubric: Rubric, points: Mapping[str, Decimal]) -> Score:
    """The total of ``points``, by id of the criterion, and its level.

    Raises:
        WrongNumbers: a line has no points, is not in the rubric, or has more than it can get.
    """
    scored = {line.id: line for line in rubric.scored}
    if unknown := [name for name in points if name not in scored]:
        raise WrongNumbers(
            f"unknown criteria {unknown}",
            vi=f"Không có tiêu chí {', '.join(unknown)}. Các tiêu chí: {', '.join(scored)}.",
        )
    if missing := [name for name in scored if name not in points]:
        titles = "; ".join(f"{scored[name].title} ({name})" for name in missing)
        raise WrongNumbers(
            f"no points for {missing}", vi=f"Còn thiếu điểm của: {titles}. Hãy chấm đủ."
        )
    for name, line in scored.items():
        if not (points[name].is_finite() and 0 <= points[name] <= line.points):
            raise WrongNumbers(
                f"{name} has {points[name]} of {line.points} points",
                vi=f"Điểm của “{line.title}” phải từ 0 đến {line.points}, không phải "
                f"{points[name]}.",
            )
    total = sum(points.values(), Decimal(0))
    return Score(
        title=rubric.title,
        lines=tuple(
            Line(name, title_of(rubric, line), plain(points[name]), plain(line.points))
            for name, line in scored.items()
        ),
        total=plain(total),
        level=next(name for least, name in rubric.levels if total >= least),
        trust=rubric.basis.trust,
        sources=rubric.basis.sources,
    )


def title_of(rubric: Rubric, line: Criterion) -> str:
    """The line's title; a part's with its criterion's before it."""
    whole = next(c for c in rubric.criteria if line == c or line in c.parts)
    return (
        line.title if whole == line else f"{whole.title}: {line.title[:1].lower()}{line.title[1:]}"
    )


def as_points(text: str) -> Decimal:
    """Points as people type them, with a comma or a point.

    Raises:
        WrongNumbers: not a number, or with more than two decimals.
    """
    try:
        points = Decimal(text.strip().replace(",", "."))
        exponent = points.as_tuple().exponent
    except InvalidOperation:
        exponent = None
    if not isinstance(exponent, int) or exponent < -2 or not points.is_finite():
        raise WrongNumbers(
            f"{text!r} is not a number of points",
            vi=f"“{text}” không phải số điểm, ví dụ 4 hay 4,5.",
        )
    return points


def plain(points: Decimal) -> str:
    """Without zeros behind: ``4``, ``4.5``."""
    text = format(points, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
