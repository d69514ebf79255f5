"""Real recordings of short commands against all control phrases and four more.

    python -m bench.commands

Needs ``../shared/speech/commands.tsv``. The four commands of the recordings are no intents of
the kiosk, so they are added to a phrase book of the controls; everything else is as shipped.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Any

from bench.report import finish, table
from intents.matcher import Matcher
from intents.phrase_files import Intent, PhraseBook, load_phrase_book
from kiosk.hearing import Ears
from kiosk.settings import Settings
from kiosk.state import State, default_state_dir
from voice.endpoint import cut_utterance
from voice.pcm import load_audio

SPEECH = Path(__file__).parent.parent.parent / "shared" / "speech"

EXTRA = ("giảm độ sáng", "tăng độ sáng", "khóa máy", "tăng âm lượng")


def command_book() -> PhraseBook:
    """The control intents with every phrase they list, and the extra commands, one intent each."""
    book = load_phrase_book()
    intents = {name: i for name, i in book.intents.items() if i.kind == "control"}
    listed = {phrase for intent in intents.values() for phrase in intent.phrases}
    for command in EXTRA:
        if command not in listed:
            intents[command] = Intent(command, "control", command, command, (command,))
    return PhraseBook(intents, book.frames)


def recognise(state: State | None = None) -> dict[str, Any]:
    """What is recognised in each recording."""
    matcher = Matcher(command_book())
    ears = Ears(state or State(default_state_dir()), Settings(), matcher)
    with (SPEECH / "commands.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    found = []
    for row in rows:
        hearing = ears.hear(cut_utterance(load_audio(SPEECH / row["file"])))
        got = matcher.understand(hearing.heard, hearing.judge)
        found.append(
            {
                "said": row["transcript"],
                "recognised": got.sentence,
                "confidence": round(got.confidence, 3),
                "status": got.status,
                "text_only": hearing.transcript.text,
            }
        )
    right = sum(f["said"] == f["recognised"] for f in found)
    return {"right": right, "of": len(found), "candidates": len(matcher.sentences), "clips": found}


def main() -> None:
    """Run and print."""
    if not SPEECH.is_dir():
        print("bench.commands needs ../shared/speech", file=sys.stderr)
        return
    result = recognise()
    table(
        f"Real commands: {result['right']} of {result['of']} right, "
        f"{result['candidates']} candidates",
        ["said", "recognised", "confidence", "free text"],
        [[c["said"], c["recognised"], c["confidence"], c["text_only"]] for c in result["clips"]],
    )
    finish("commands", result)


if __name__ == "__main__":
    main()
