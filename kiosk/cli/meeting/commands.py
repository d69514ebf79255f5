"""What can be typed while a meeting runs: a letter and its numbers, alike by key and by line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from knowledge.meetings import (
    Attendance,
    Ballots,
    Meeting,
    MeetingView,
    Score,
    SimulatedClock,
    quorum_lines,
)
from knowledge.meetings.codec import encode
from knowledge.meetings.errors import NotNow, WrongNumbers
from knowledge.meetings.lines import fill
from knowledge.meetings.scoring import as_points
from knowledge.meetings.view import comma
from knowledge.meetings.voting import Result

HELP = (
    ("n", "mục tiếp theo"),
    ("b", "quay lại mục trước"),
    ("p", "tạm dừng, họp tiếp"),
    ("a", "điểm danh"),
    ("v", "biểu quyết"),
    ("g", "ghi ý kiến"),
    ("s", "chấm điểm"),
    ("e", "kết thúc buổi họp"),
    ("q", "rời màn hình, họp tiếp sau (--resume)"),
)

ATTENDANCE = {
    "official": "Đảng viên chính thức có mặt",
    "probationary": "Đảng viên dự bị có mặt",
    "excused": "Chính thức vắng suốt buổi, có lý do được đồng ý",
    "exempt": "Trong số có mặt: người được miễn sinh hoạt",
    "guests": "Đại biểu, khách mời",
    "visiting": "Đảng viên sinh hoạt tạm thời có mặt",
    "excused_probationary": "Dự bị vắng có lý do",
}
"""Numbers of the command ``a``, in the order they are typed, and how they are asked for."""

BALLOTS = {
    "yes": "Tán thành",
    "no": "Không tán thành",
    "abstain": "Không có ý kiến",
    "invalid": "Phiếu không hợp lệ",
}
"""Numbers of the command ``v``."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a command did."""

    view: MeetingView
    lines: tuple[str, ...] = ()
    """To be printed, beyond the state of the meeting."""
    result: Any = None
    """JSON-ready: of a vote or a score."""
    leave: bool = False
    """The screen is left; the meeting may go on."""


def do(meeting: Meeting, line: str) -> Done:
    """Carry out one typed line.

    Raises:
        WrongNumbers, NotNow: the meeting does not take it; nothing has happened.
    """
    letter, _, rest = line.strip().partition(" ")
    command = _COMMANDS.get(letter.lower())
    if command is None:
        letters = ", ".join(key for key, _ in HELP)
        raise WrongNumbers(
            f"no command {letter!r}", vi=f"Không có lệnh “{letter}”. Các lệnh: {letters}."
        )
    return command(meeting, rest.strip())


def _next(meeting: Meeting, rest: str) -> Done:
    return Done(meeting.advance())


def _back(meeting: Meeting, rest: str) -> Done:
    return Done(meeting.back())


def _pause(meeting: Meeting, rest: str) -> Done:
    paused = meeting.state.phase == "paused"
    return Done(meeting.go_on() if paused else meeting.pause())


def _attendance(meeting: Meeting, rest: str) -> Done:
    numbers, names = _numbers(rest, len(ATTENDANCE), least=1)
    values: dict[str, Any] = dict(zip(ATTENDANCE, numbers, strict=False))
    if names:
        values["absent_names"] = tuple(name.strip() for name in names.split(";"))
    view = meeting.take_attendance(Attendance(**values))
    assert view.quorum is not None
    return Done(view, quorum_lines(view.quorum, meeting.rules), encode(view.quorum))


def _vote(meeting: Meeting, rest: str) -> Done:
    numbers, words = _numbers(rest, len(BALLOTS), least=1)
    kind, _, subject = words.partition(" ")
    method = "show"
    if kind == "secret":
        method, (kind, _, subject) = "secret", subject.strip().partition(" ")
    item = meeting.state.item
    if kind not in meeting.rules.votes:
        subject = words.removeprefix("secret").strip()
        kind = item.vote if item is not None and item.vote else "resolution"
    ballots = Ballots(method=method, **dict(zip(BALLOTS, numbers, strict=False)))
    result = meeting.vote(kind, ballots, subject)
    return Done(meeting.view(), vote_lines(meeting, result), encode(result))


def _note(meeting: Meeting, rest: str) -> Done:
    return Done(meeting.note(rest))


def _score(meeting: Meeting, rest: str) -> Done:
    given = meeting.give_score(points_of(rest.split()))
    return Done(meeting.view(), (score_line(meeting, given),), encode(given))


def _end(meeting: Meeting, rest: str) -> Done:
    asked = meeting.view().before_end
    if asked and rest != "!":
        question = " ".join(asked)
        raise NotNow(f"not confirmed: {question}", vi=f"{question} Muốn kết thúc ngay, hãy gõ: e !")
    return Done(meeting.end(), leave=True)


def _leave(meeting: Meeting, rest: str) -> Done:
    return Done(meeting.view(), leave=True)


def _look(meeting: Meeting, rest: str) -> Done:
    return Done(meeting.view())


def _wait(meeting: Meeting, rest: str) -> Done:
    if not isinstance(meeting.clock, SimulatedClock):
        raise NotNow("real time cannot be skipped", vi="Lệnh w chỉ dùng khi chạy thử (--speed).")
    minutes = as_points(rest)
    if not 0 <= minutes <= 600:
        raise WrongNumbers(f"{minutes} minutes", vi="Số phút phải từ 0 đến 600.")
    meeting.clock.skip(timedelta(seconds=int(minutes * 60)))
    return Done(meeting.view())


_COMMANDS: dict[str, Callable[[Meeting, str], Done]] = {
    "n": _next,
    "b": _back,
    "p": _pause,
    "a": _attendance,
    "v": _vote,
    "g": _note,
    "s": _score,
    "e": _end,
    "q": _leave,
    "w": _wait,
    "?": _look,
}


def vote_lines(meeting: Meeting, result: Result) -> tuple[str, ...]:
    """The outcome of a vote, said in a sentence, with a caution where its rule is unsure."""
    lines = meeting.rules.lines
    title = meeting.rules.bases[result.base_name].title
    said = fill(
        lines,
        "vote_passed" if result.passed else "vote_failed",
        subject=result.subject,
        yes=result.ballots.yes,
        base=result.base,
        base_title=title[:1].lower() + title[1:],
        percent=comma(result.percent),
        needed=result.needed,
    )
    return (said, lines["unsure"]) if result.trust == "cần kiểm tra" else (said,)


def score_line(meeting: Meeting, given: Score) -> str:
    """The total and its level, said in a sentence."""
    total = given.total.replace(".", ",")
    return fill(meeting.rules.lines, "score", total=total, level=given.level)


def points_of(pairs: list[str]) -> dict[str, Any]:
    """``criterion=points`` pairs.

    Raises:
        WrongNumbers: not a pair, a criterion twice, or points that are no number.
    """
    points = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or name in points:
            raise WrongNumbers(
                f"not criterion=points: {pair}",
                vi=f"“{pair}” không dùng được. Hãy viết dạng tiêu_chí=điểm, mỗi tiêu chí một lần.",
            )
        points[name] = as_points(value)
    return points


def _numbers(text: str, most: int, *, least: int) -> tuple[list[int], str]:
    """Leading whole numbers of ``text``, and what stands behind them."""
    words = text.split()
    numbers: list[int] = []
    while words and len(numbers) < most and words[0].isascii() and words[0].isdigit():
        numbers.append(int(words.pop(0)[:9]))
    if len(numbers) < least:
        raise WrongNumbers(
            f"numbers are missing in {text!r}", vi="Còn thiếu con số. Ví dụ: a 20 2 hoặc v 18 1 1."
        )
    return numbers, " ".join(words)
