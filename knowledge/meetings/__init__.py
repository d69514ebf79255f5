"""Meetings of a cell: preparation, agenda, the meeting itself, its minutes and its score.

The state of a meeting is what its events amount to; events are on disk before they count
(docs/meetings.md).
"""

from knowledge.meetings.agenda import Agenda, AgendaItem, Business, kind_named, make_agenda
from knowledge.meetings.cell import Attendance, Cell, Count, Quorum, count, quorum
from knowledge.meetings.clocks import Clock, SimulatedClock, wall_clock
from knowledge.meetings.conduct import Meeting
from knowledge.meetings.documents import to_docx
from knowledge.meetings.events import Plan
from knowledge.meetings.folder import (
    end_at_last_event,
    forget,
    meetings_in,
    read_meeting,
    unfinished,
)
from knowledge.meetings.minutes import Minutes, write_minutes
from knowledge.meetings.preparation import Task, checklist
from knowledge.meetings.progress import Progress, apply, replay
from knowledge.meetings.resolution import Resolution, write_resolution
from knowledge.meetings.rule_files import load_rules, load_ward
from knowledge.meetings.rules import Kind, Rubric, Rules, Ward
from knowledge.meetings.scoring import Score, attendance_points, score
from knowledge.meetings.view import ItemView, MeetingView, Warning, fresh, quorum_lines
from knowledge.meetings.voting import Ballots, Result, needed, tally
from knowledge.meetings.written import Names

__all__ = [
    "Agenda",
    "AgendaItem",
    "Attendance",
    "Ballots",
    "Business",
    "Cell",
    "Clock",
    "Count",
    "ItemView",
    "Kind",
    "Meeting",
    "MeetingView",
    "Minutes",
    "Names",
    "Plan",
    "Progress",
    "Quorum",
    "Resolution",
    "Result",
    "Rubric",
    "Rules",
    "Score",
    "SimulatedClock",
    "Task",
    "Ward",
    "Warning",
    "apply",
    "attendance_points",
    "checklist",
    "count",
    "end_at_last_event",
    "forget",
    "fresh",
    "kind_named",
    "load_rules",
    "load_ward",
    "make_agenda",
    "meetings_in",
    "needed",
    "quorum",
    "quorum_lines",
    "read_meeting",
    "replay",
    "score",
    "tally",
    "to_docx",
    "unfinished",
    "wall_clock",
    "write_minutes",
    "write_resolution",
]
