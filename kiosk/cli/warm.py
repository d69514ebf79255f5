"""``troly warm``: make ready what the first spoken question would otherwise wait for."""

from __future__ import annotations

import time

import click

from kiosk.cli.common import progress_bar, state_option
from kiosk.state import State


@click.command("warm")
@state_option
def command(state: State) -> None:
    """Load the models once and keep what can be computed ahead (scores on silence).

    \b
    Example: troly warm
    """
    from kiosk.assistant import Assistant
    from kiosk.settings import load_settings

    began = time.perf_counter()
    state.root.mkdir(parents=True, exist_ok=True)
    with progress_bar("Chuẩn bị câu hỏi") as progress:
        Assistant(state, load_settings(state.settings)).warm(progress)
    click.echo(f"Sẵn sàng ({time.perf_counter() - began:.1f} giây).")
