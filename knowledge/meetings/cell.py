"""The numbers of a cell, who is in the room, and what votes and quorum are measured by.

Who counts (Quy định 294-QĐ/TW, 9.3.2): the official members who are convened, without those who
have moved to another cell for a time, those exempt from meetings unless they came, those suspended
or prosecuted, and those absent throughout with a reason that was agreed to.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from fractions import Fraction
from math import ceil
from typing import Literal

from knowledge.meetings.errors import WrongNumbers
from knowledge.meetings.rules import Ward

LARGEST_CELL = 2000
"""More members than any cell has: a number above it is a slip of the finger."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell on paper: numbers only, no names of members."""

    official: int
    """Official members on the list, all those below included."""
    probationary: int = 0
    """Members on probation; they do not vote."""
    exempt: int = 0
    """Official members exempt from meetings."""
    away: int = 0
    """Official members who take part elsewhere for a time."""
    suspended: int = 0
    """Official members suspended, prosecuted or detained."""
    visiting: int = 0
    """Members of other cells who take part here for a time; they do not vote."""
    name: str = ""
    """As in the heading: ``Chi bộ Khu phố 21``. Empty leaves a dotted line."""
    parent: str = ""
    """``Đảng bộ phường Minh Phụng``."""
    place: str = ""
    """Where documents are dated: ``Minh Phụng``."""

    def __post_init__(self) -> None:
        check_whole(self)
        if self.official < 1:
            raise WrongNumbers(
                "a cell has at least one official member",
                vi="Chi bộ phải có đảng viên chính thức. Hãy nhập số đảng viên chính thức.",
            )
        if self.exempt + self.away + self.suspended > self.official:
            raise WrongNumbers(
                "more exempt, away and suspended members than official ones",
                vi="Số miễn sinh hoạt, sinh hoạt nơi khác và đình chỉ cộng lại nhiều hơn số đảng "
                "viên chính thức. Hãy kiểm tra lại.",
            )

    @property
    def members(self) -> int:
        """Official and probationary: what a ward's durations go by."""
        return self.official + self.probationary


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who is in the room and who sent word: numbers, and names only when somebody types them."""

    official: int
    """Official members present, exempt ones who came included."""
    probationary: int = 0
    """Members on probation who are present."""
    exempt: int = 0
    """Of ``official``: those exempt from meetings who came all the same."""
    visiting: int = 0
    """Members of other cells, here for a time, who are present."""
    guests: int = 0
    excused: int = 0
    """Official members absent throughout, with a reason that was agreed to."""
    excused_probationary: int = 0
    """The same, of those on probation."""
    absent_names: tuple[str, ...] = ()
    """Typed names and reasons; empty leaves dotted lines in the minutes."""
    guest_names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_whole(self)


@dataclass(frozen=True, slots=True)
class Count:
    """What follows from a cell's numbers and its attendance."""

    convened: int
    """Official members who were to come: what the quorum is measured by."""
    counted: int
    """Of them, those who may not be left out of a vote."""
    present: int
    """Official members in the room: those who can vote."""
    unexcused: int
    """Members, official and on probation, who are absent without a reason."""
    excused: int
    expected: int
    """Members, official and on probation, who were to come."""
    attending: int
    """Of them, those who came."""

    @property
    def percent(self) -> Fraction:
        """Share of the expected members who came, 0 to 100; 100 when nobody was expected."""
        return Fraction(100 * self.attending, self.expected) if self.expected else Fraction(100)


def count(cell: Cell, there: Attendance) -> Count:
    """The counts that hold while ``there`` holds.

    Raises:
        WrongNumbers: more people than the cell has.
    """

    def refuse(message: str, vi: str) -> None:
        raise WrongNumbers(message, vi=f"{vi} Hãy đếm lại.")

    if there.exempt > min(cell.exempt, there.official):
        refuse(
            "more exempt members present than there are",
            f"Số được miễn sinh hoạt mà có mặt không thể quá {min(cell.exempt, there.official)}.",
        )
    convened = cell.official - cell.away - cell.suspended - (cell.exempt - there.exempt)
    if there.official + there.excused > convened:
        refuse(
            f"{there.official} present and {there.excused} excused of {convened} convened",
            f"Có mặt {there.official} và vắng có lý do {there.excused} là nhiều hơn {convened} "
            "đảng viên chính thức được triệu tập.",
        )
    if there.probationary + there.excused_probationary > cell.probationary:
        refuse(
            "more probationary members than the cell has",
            f"Số đảng viên dự bị có mặt và vắng có lý do là nhiều hơn {cell.probationary}.",
        )
    if there.visiting > cell.visiting:
        refuse(
            "more visiting members than are on the list",
            f"Số đảng viên sinh hoạt tạm thời có mặt không thể quá {cell.visiting}.",
        )
    expected = convened + cell.probationary
    attending = there.official + there.probationary
    excused = there.excused + there.excused_probationary
    return Count(
        convened=convened,
        counted=convened - there.excused,
        present=there.official,
        unexcused=expected - attending - excused,
        excused=excused,
        expected=expected,
        attending=attending,
    )


@dataclass(frozen=True, slots=True)
class Quorum:
    """Whether enough members are in the room."""

    present: int
    convened: int
    fraction: str
    """``2/3``, as the ward sets it."""
    needed: int
    met: bool
    percent: float
    """Share of all expected members who came, 0 to 100, one decimal."""
    goal: int
    goal_met: bool
    trust: Literal["gốc", "báo", "cần kiểm tra"]
    sources: tuple[str, ...]


def quorum(counts: Count, ward: Ward) -> Quorum:
    """The quorum and the goal that the ward sets, against who is there."""
    needed = ceil(ward.quorum * counts.convened)
    return Quorum(
        present=counts.present,
        convened=counts.convened,
        fraction=f"{ward.quorum.numerator}/{ward.quorum.denominator}",
        needed=needed,
        met=counts.present >= needed,
        percent=round(float(counts.percent), 1),
        goal=ward.goal,
        goal_met=counts.percent >= ward.goal,
        trust=ward.quorum_basis.trust,
        sources=ward.quorum_basis.sources,
    )


def check_whole(record: Cell | Attendance) -> None:
    """Refuse numbers below 0 or above any cell's.

    Raises:
        WrongNumbers: with the name of the field.
    """
    for field in fields(record):
        value = getattr(record, field.name)
        if isinstance(value, int) and not 0 <= value <= LARGEST_CELL:
            raise WrongNumbers(
                f"{field.name} is {value}",
                vi=f"Con số {value} không dùng được; cần một số từ 0 đến {LARGEST_CELL}.",
            )
