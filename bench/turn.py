"""From the end of speech to the first sound of the answer.

    python -m bench.turn [--clips 40]

Made questions of up to 5 s are played into a recording as the microphone would, in chunks of
100 ms. Counted is the time from the moment the endpointer ends the utterance (its wait for
silence is not counted) to the first sentence of the answer as sound.
"""

from __future__ import annotations

import argparse
import time
from typing import Any

import numpy as np

from bench.clips import listed, thinned
from bench.report import finish, progress, table
from bench.speech import made_speech
from intents.matcher import Matcher
from intents.phrase_files import load_phrase_book
from kiosk.assistant import Assistant
from kiosk.events import Answered, SentenceReady
from kiosk.settings import Settings
from kiosk.state import State, default_state_dir
from voice.pcm import SAMPLE_RATE

MAX_SECONDS = 5.0
_CHUNK = SAMPLE_RATE // 10


def measure(assistant: Assistant, count: int) -> list[dict[str, Any]]:
    """Seconds of each turn."""
    matcher = Matcher(load_phrase_book(), cache=State(default_state_dir()).cache)
    clips = thinned(listed(matcher, per_intent=2, seed=5), 1)[::2][:count]
    found = []
    for number, clip in enumerate(clips):
        samples = made_speech(clip.text, clip.region)
        if len(samples) > MAX_SECONDS * SAMPLE_RATE:
            continue
        recording = assistant.begin()
        pcm = (np.concatenate([samples, np.zeros(2 * SAMPLE_RATE)]) * 32767).astype("<i2")
        for at in range(0, len(pcm), _CHUNK):
            recording.feed(pcm[at : at + _CHUNK].tobytes(), rate=SAMPLE_RATE, channels=1)
            if recording.ended:
                break
        began = time.perf_counter()
        status = first = None
        for event in recording.finish():
            if isinstance(event, Answered):
                status = event.status
            if isinstance(event, SentenceReady):
                first = time.perf_counter() - began
                break
        assistant.stop()
        if first is not None:
            found.append({"text": clip.text, "status": status, "seconds": first})
        progress(number + 1, len(clips), "turns")
    return found


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=int, default=40)
    count = parser.parse_args().clips
    assistant = Assistant(State(default_state_dir()), Settings())
    assistant.warm()
    turns = measure(assistant, count)
    seconds = [t["seconds"] for t in turns]
    result = {
        "turns": len(turns),
        "seconds_p50": float(np.percentile(seconds, 50)),
        "seconds_p95": float(np.percentile(seconds, 95)),
        "slowest": max(turns, key=lambda t: t["seconds"]),
    }
    table("End of speech to first sound", ["turns", "p50 s", "p95 s"],
          [[result["turns"], result["seconds_p50"], result["seconds_p95"]]])  # fmt: skip
    finish("turn", result)


if __name__ == "__main__":
    main()
