"""``troly ask``: a whole turn, from a question to the spoken answer."""

from __future__ import annotations

import io
import sys
import wave
from pathlib import Path
from typing import Any

import click

from kiosk.cli.common import json_option, print_json, state_option, write_file
from kiosk.events import Answered, Event, Failed, Heard, SentenceReady, Thinking, Understood
from kiosk.state import State


@click.command("ask")
@click.option("--wav", type=click.Path(path_type=Path), help="A spoken question (WAV or FLAC).")
@click.option("--text", help="A typed question.")
@click.option("--out", type=click.Path(path_type=Path), help="Write the spoken answer here (WAV).")
@json_option
@state_option
def command(
    wav: Path | None, text: str | None, out: Path | None, as_json: bool, state: State
) -> None:
    """Ask one question and get the answer, on the screen and as sound.

    \b
    Examples: troly ask --text "đóng đảng phí thế nào"
              troly ask --wav cau_hoi.wav --json --out tra_loi.wav
    JSON: heard {text, hypotheses [{text, score}]}, intent, slots, confidence,
    status (answered|clarify|rejected), phrase, answer {title, text, sources, control},
    choices [{intent, title}], timings in seconds.
    Exit code 1 when the question is not understood.
    """
    from kiosk.assistant import Assistant
    from kiosk.settings import load_settings
    from voice.pcm import load_audio

    if (text is None) == (wav is None):
        raise click.UsageError("Cần đúng một trong hai: --wav TỆP hoặc --text CÂU.")
    assistant = Assistant(state, load_settings(state.settings))
    if wav is not None:
        samples = load_audio(wav)
        # Loading models is no part of a turn: the kiosk has done it long before.
        assistant.warm()
        events = list(assistant.ask_audio(samples))
    else:
        events = list(assistant.ask_text(text or ""))
    failed = next((e for e in events if isinstance(e, Failed)), None)
    if failed is not None:
        raise click.ClickException(failed.message)
    sounds = [e.wav for e in events if isinstance(e, SentenceReady)]
    if out is not None and sounds:
        write_file(out, _joined(sounds))
    answered = next(e for e in events if isinstance(e, Answered))
    if as_json:
        print_json(_report(events, answered))
    else:
        _show(events, answered)
    sys.exit(1 if answered.status == "rejected" else 0)


def _report(events: list[Event], answered: Answered) -> dict[str, Any]:
    heard = next((e for e in events if isinstance(e, Heard)), Heard(0.0, ""))
    understood = next(
        (e for e in events if isinstance(e, Understood)),
        Understood(heard.at, "rejected", None, {}, 0.0),
    )
    return {
        "heard": {
            "text": heard.text,
            "hypotheses": [{"text": t, "score": s} for t, s in heard.hypotheses],
        },
        "intent": understood.intent,
        "slots": understood.slots,
        "confidence": understood.confidence,
        "status": answered.status,
        "phrase": understood.phrase,
        "answer": {
            "title": answered.title,
            "text": answered.text,
            "control": answered.control,
            "sources": [
                {
                    "document": s.document,
                    "trust": s.trust,
                    "in_force_from": s.in_force_from,
                    "replaced_by": s.replaced_by,
                }
                for s in answered.sources
            ],
        },
        "choices": [{"intent": c.intent, "title": c.title} for c in answered.choices],
        "timings": _timings(events),
    }


def _timings(events: list[Event]) -> dict[str, float]:
    """Seconds: how long each stage took, and when the first sound of the answer was ready."""
    at = {type(e).__name__: e.at for e in reversed(events)}
    heard = at.get("Heard", 0.0)
    understood = at.get("Understood", heard)
    answered = at.get("Answered", understood)
    timings = {
        "hear": heard,
        "understand": understood - heard,
        "answer": answered - understood,
        "total": events[-1].at,
    }
    if "SentenceReady" in at:
        timings["first_sound"] = at["SentenceReady"]
    seconds = [e.seconds for e in events if isinstance(e, Thinking)]
    if seconds:
        timings["utterance"] = seconds[0]
    return {name: round(value, 4) for name, value in timings.items()}


def _show(events: list[Event], answered: Answered) -> None:
    for event in events:
        if isinstance(event, Heard):
            click.echo(f"Nghe:    {event.text or '(không nghe thấy lời nói)'}")
        if isinstance(event, Understood) and event.intent:
            click.echo(f"Hiểu:    {event.phrase or event.intent} ({event.confidence:.0%})")
    click.echo(f"Trả lời: {answered.text}")
    for source in answered.sources:
        replaced = f", đã được thay bởi {source.replaced_by}" if source.replaced_by else ""
        click.echo(f"Nguồn:   {source.document} [{source.trust}]{replaced}")
    for choice in answered.choices if answered.status != "answered" else ():
        click.echo(f"  • {choice.title}")


def _joined(wavs: list[bytes]) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as joined:
        for index, wav in enumerate(wavs):
            with wave.open(io.BytesIO(wav)) as part:
                if index == 0:
                    joined.setparams(part.getparams())
                joined.writeframes(part.readframes(part.getnframes()))
    return out.getvalue()
