"""``troly understand``: which intent, which slots, how sure?"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kiosk.cli.common import json_option, print_json, state_option
from kiosk.events import Failed, Heard, Understood
from kiosk.state import State


@click.command("understand")
@click.argument("text", required=False)
@click.option("--wav", type=click.Path(path_type=Path), help="A spoken question (WAV or FLAC).")
@json_option
@state_option
def command(text: str | None, wav: Path | None, as_json: bool, state: State) -> None:
    """Say what TEXT, or the recording in --wav, asks for.

    \b
    Example: troly understand "họp chi bộ tháng này thế nào"
    JSON: heard, status, intent, slots, confidence, phrase, choices [{intent, title}].
    Exit code 1 when it is not understood.
    """
    from kiosk.assistant import Assistant
    from kiosk.settings import load_settings
    from voice.pcm import load_audio

    if (text is None) == (wav is None):
        raise click.UsageError("Cần đúng một trong hai: TEXT hoặc --wav TỆP.")
    assistant = Assistant(state, load_settings(state.settings))
    turn = assistant.ask_text(text or "") if wav is None else assistant.ask_audio(load_audio(wav))
    heard = ""
    for event in turn:
        if isinstance(event, Heard):
            heard = event.text
        if isinstance(event, Failed):
            raise click.ClickException(event.message)
        if isinstance(event, Understood):
            break
    else:
        # Nothing was said: the turn ends without a guess.
        event = Understood(0.0, "rejected", None, {}, 0.0)
    if as_json:
        print_json(
            {
                "heard": heard,
                "status": event.status,
                "intent": event.intent,
                "slots": event.slots,
                "confidence": event.confidence,
                "phrase": event.phrase,
                "choices": [{"intent": c.intent, "title": c.title} for c in event.choices],
            }
        )
    else:
        click.echo(f"{event.status}: {event.intent or '-'} ({event.confidence:.0%}) {event.phrase}")
        for name, value in event.slots.items():
            click.echo(f"  {name}: {value}")
    sys.exit(1 if event.status == "rejected" else 0)
