"""A document through the machine's own loudspeaker: what ``troly read`` does without a screen."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.reading.progress import ProgressStore
from kiosk.reading.source import Source
from kiosk.reading.studio import Studio
from voice.errors import VoiceError
from voice.speak.ahead import Position
from voice.speak.loudspeaker import ProcessLoudspeaker
from voice.speak.queue import Event, QueueState, Sounding, SpeechQueue
from voice.speak.script import Line, Script


def read_aloud(
    script: Script,
    studio: Studio,
    speaker: ProcessLoudspeaker,
    *,
    source: Source,
    progress: ProgressStore,
    first: int = 0,
    end: int | None = None,
    on_line: Callable[[Line], None],
) -> None:
    """Read the lines ``first`` to ``end``; returns when all has been heard.

    ``on_line`` is told each line that begins. The place is remembered with each of them, and
    forgotten when the document has been read to its end.

    Raises:
        VoiceError: the loudspeaker or the voice failed for good.
    """
    errors: list[VoiceError] = []

    def on_event(event: Event) -> None:
        if isinstance(event, VoiceError):
            errors.append(event)
        elif isinstance(event, Sounding) and event.piece.position.breath == 0:
            line = script.lines[event.piece.position.line]
            progress.keep(source.key, source.title, script, line.index)
            on_line(line)

    queue = SpeechQueue(script, studio, speaker, start=Position(first), end=end, on_event=on_event)
    try:
        queue.play()
        while not queue.wait(0.2):  # short waits: Ctrl-C is heard between them
            pass
        state: QueueState = queue.state
    finally:
        queue.close()
        speaker.close()
    if state.mode == "failed":
        raise errors[-1]
    if end is None or end >= len(script.lines):
        progress.forget(source.key)
