"""``troly meeting``: prepare, run and write up a meeting of the cell."""

from __future__ import annotations

import click

from kiosk.cli.meeting.agenda import agenda
from kiosk.cli.meeting.minutes import minutes
from kiosk.cli.meeting.run import run
from kiosk.cli.meeting.score import score


@click.group()
def command() -> None:
    """Prepare, run and write up a meeting of the cell.

    \b
    Example:
      troly meeting agenda thường-kỳ --official 24 --probationary 2 --date 2026-12-05
      troly meeting run thường-kỳ --official 24 --probationary 2
      troly meeting minutes --out ho-so
    """


for _verb in (agenda, run, minutes, score):
    command.add_command(_verb)
