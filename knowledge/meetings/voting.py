"""Counting a vote: how many are needed, of which number, and whether they were reached."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.meetings.cell import LARGEST_CELL, Count
from knowledge.meetings.errors import NotNow, WrongNumbers
from knowledge.meetings.rules import BaseName, Rules, Threshold
from knowledge.trust import Trust


@dataclass(frozen=True, slots=True)
class Ballots:
    """What was counted in the room."""

    yes: int
    no: int = 0
    abstain: int = 0
    """Voted, for neither."""
    invalid: int = 0
    """Of a secret vote."""
    method: str = "show"
    """Id among the shipped methods: ``show`` of cards, or ``secret``."""

    @property
    def cast(self) -> int:
        """All of them together."""
        return self.yes + self.no + self.abstain + self.invalid


@dataclass(frozen=True, slots=True)
class Result:
    """A vote, with everything that its outcome rests on at that moment."""

    kind: str
    """Id of the kind of vote."""
    subject: str
    ballots: Ballots
    threshold: Threshold
    base_name: BaseName
    base: int
    """The number that ``yes`` is measured by."""
    base_known: bool
    """False: attendance had not been taken, so the votes cast are the base."""
    present: int
    """Official members in the room; the votes cast when attendance had not been taken."""
    needed: int
    passed: bool
    percent: float
    """Share of ``base`` that is for it, 0 to 100, one decimal."""
    trust: Trust
    sources: tuple[str, ...]


def needed(threshold: Threshold, base: int) -> int:
    """The least votes that reach the threshold.

    >>> needed("more_than_half", 24), needed("more_than_half", 25), needed("two_thirds", 25)
    (13, 13, 17)
    """
    return base // 2 + 1 if threshold == "more_than_half" else -(-2 * base // 3)


def tally(
    rules: Rules,
    kind: str,
    subject: str,
    ballots: Ballots,
    counts: Count | None,
    *,
    base: BaseName | None = None,
    threshold: Threshold | None = None,
) -> Result:
    """The outcome of a vote.

    Args:
        kind: id of the kind of vote; it says threshold and base.
        counts: who is there; without them only a vote measured by those present can be counted
            (the secretary is chosen before attendance is taken).
        base: measured by another number than the kind says.
        threshold: another one than the kind says.

    Raises:
        WrongNumbers: no such kind or method, or more votes than official members in the room.
        NotNow: attendance has to be taken first.
    """
    rule = rules.votes.get(kind)
    if rule is None or ballots.method not in rules.methods:
        raise WrongNumbers(
            f"no vote {kind!r} by {ballots.method!r}",
            vi=f"Không có loại biểu quyết này. Hãy chọn một trong: {', '.join(rules.votes)}.",
        )
    numbers = (ballots.yes, ballots.no, ballots.abstain, ballots.invalid)
    if any(not 0 <= n <= LARGEST_CELL for n in numbers) or ballots.cast == 0:
        raise WrongNumbers(
            f"votes that cannot be: {numbers}",
            vi="Số phiếu không dùng được. Hãy nhập số tán thành, không tán thành và không có ý "
            "kiến, từ 0 trở lên.",
        )
    base_name, limit = base or rule.base, threshold or rule.threshold
    if counts is None and base_name == "counted":
        raise NotNow(
            "attendance has not been taken",
            vi="Chưa điểm danh nên chưa biết tính trên bao nhiêu người. Hãy điểm danh trước.",
        )
    present = ballots.cast if counts is None else counts.present
    if ballots.cast > present:
        raise WrongNumbers(
            f"{ballots.cast} votes of {present} official members present",
            vi=f"Tổng số phiếu là {ballots.cast}, nhiều hơn {present} đảng viên chính thức có mặt. "
            "Hãy đếm lại; đảng viên dự bị và đảng viên sinh hoạt tạm thời không biểu quyết.",
        )
    number = counts.counted if counts is not None and base_name == "counted" else present
    least = needed(limit, number)
    return Result(
        kind=kind,
        subject=subject or rule.title,
        ballots=ballots,
        threshold=limit,
        base_name=base_name,
        base=number,
        base_known=counts is not None,
        present=present,
        needed=least,
        passed=ballots.yes >= least,
        percent=round(100 * ballots.yes / number, 1),
        trust=rule.basis.trust,
        sources=rule.basis.sources,
    )
