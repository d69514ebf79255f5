"""The sentences that meetings show, say and write: which there are and what each must hold.

The sentences themselves are data (``knowledge/content/meetings/lines.yaml``).
"""

from __future__ import annotations

from collections.abc import Mapping

from knowledge.content import SLOT

LINES: dict[str, tuple[str, ...]] = {
    # The screen of a running meeting
    "item": ("number", "title", "minutes"),
    "between": ("number", "title"),
    "all_done": (),
    "waiting": (),
    "paused": ("time",),
    "ended": ("time", "minutes"),
    "recovered": ("time", "minutes"),
    # Warnings
    "under_minimum": ("minutes", "minimum"),
    "item_over": ("title", "minutes"),
    "running_late": ("time", "minutes"),
    "meeting_over": ("minutes",),
    "ends_early": ("minutes", "minimum"),
    "items_left": ("count",),
    "clock_back": (),
    "no_attendance": (),
    # Quorum and votes
    "quorum_met": ("present", "convened", "fraction", "needed"),
    "quorum_missed": ("present", "convened", "fraction", "needed"),
    "goal_met": ("percent", "goal"),
    "goal_missed": ("percent", "goal"),
    "unsure": (),
    "vote_passed": ("subject", "yes", "base", "base_title", "needed", "percent"),
    "vote_failed": ("subject", "yes", "base", "base_title", "needed", "percent"),
    "more_than_half": (),
    "two_thirds": (),
    "score": ("total", "level"),
    # The agenda's own remarks
    "below_minimum": ("minutes", "minimum"),
    "minutes_ours": (),
    # Minutes and resolution
    "number_minutes": ("number",),
    "number_resolution": ("number",),
    "month": ("subject", "month", "year"),
    "clock": ("hour", "minute"),
    "day": ("day", "month", "year"),
    "place_day": ("place", "date"),
    "held": ("start", "end", "date"),
    "paused_for": ("minutes",),
    "lasted": ("minutes",),
    "members": ("total", "official", "probationary"),
    "not_convened": ("exempt", "away", "suspended"),
    "visiting": ("count",),
    "present": ("present", "official", "probationary", "percent"),
    "absent": ("absent", "excused", "unexcused"),
    "absent_names": ("names",),
    "later_attendance": ("time", "official", "probationary"),
    "quorum_line": ("fraction", "needed", "convened", "present"),
    "guests": ("count", "names"),
    "chair": ("name",),
    "secretary": ("name",),
    "item_heading": ("number", "title"),
    "minutes": ("minutes",),
    "item_span": ("start", "end"),
    "see_people": (),
    "see_score": (),
    "item_skipped": (),
    "item_open": ("start",),
    "vote": ("subject", "method", "yes", "no", "abstain"),
    "vote_more": ("invalid", "silent"),
    "vote_base": ("base", "base_title", "threshold", "needed", "percent"),
    "vote_result_yes": (),
    "vote_result_no": (),
    "no_base": ("cast",),
    "pause_line": ("start", "end", "minutes"),
    "recovery_line": ("start", "end"),
    "score_line": ("title", "points", "most"),
    "score_total": ("total", "level"),
    "read_out": ("result",),
    "read_out_unknown": (),
    "closed": ("time",),
    "not_closed": (),
    "simulated": (),
    "archive": (),
    "recipient": ("parent",),
    "parent": (),
    "cell": (),
    "committee": (),
    "based_on_minutes": ("day",),
    "resolution_vote": ("subject", "yes", "base", "base_title", "percent"),
    "resolution_unvoted": (),
}
"""Name of a sentence and the slots it must hold, each once."""


def fill(lines: Mapping[str, str], name: str, /, **values: object) -> str:
    """The sentence ``name`` with its slots filled, in one pass: a value may hold braces."""
    return SLOT.sub(lambda slot: str(values[slot[1]]), lines[name])
