"""``troly form``: procedures step by step, and forms that fill themselves from answers."""

from __future__ import annotations

import click

from kiosk.cli.form.catalogue import list_command, show
from kiosk.cli.form.dialogue import fill, walk


@click.group()
def command() -> None:
    """Procedures of the cell step by step, and its forms.

    \b
    Example:
      troly form list
      troly form walk "chuyển sinh hoạt đảng" --out danh-sach.pdf
      troly form fill "đơn xin miễn sinh hoạt" --out don.docx
    """


for _verb in (list_command, show, walk, fill):
    command.add_command(_verb)
