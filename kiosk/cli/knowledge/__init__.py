"""``troly knowledge``: documents and answers: bring in, look up, keep."""

from __future__ import annotations

import click

from kiosk.cli.knowledge.asking import ask, search
from kiosk.cli.knowledge.documents import list_command, remove, show
from kiosk.cli.knowledge.exporting import export
from kiosk.cli.knowledge.importing import import_command
from kiosk.cli.knowledge.keeping import backup, check, log, restore


@click.group()
def command() -> None:
    """What the kiosk knows: bring documents in, look up, correct, keep.

    \b
    Example:
      troly knowledge import van-ban/ --yes
      troly knowledge ask "thời hạn tổ chức lễ kết nạp là bao lâu"
      troly knowledge search "chỉ thị năm mươi"
    """


for _verb in (
    import_command, list_command, show, remove, export, check, backup, restore, search, ask, log,
):  # fmt: skip
    command.add_command(_verb)
