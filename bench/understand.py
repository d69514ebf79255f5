"""Understanding of made speech: listed phrases, sentences nobody listed, and no question at all.

    python -m bench.understand [--quick] [--only SET]

Beside our decision stands text-only matching on the same sound: the best of five hypotheses by
``rapidfuzz.fuzz.ratio`` against the same sentences.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from bench.clips import Clip, listed, out_of_scope, thinned, unlisted
from bench.report import finish, progress, table
from bench.speech import made_speech
from intents.fold import plain
from intents.matcher import Matcher, Understanding
from intents.phrase_files import load_phrase_book
from intents.sentences import NONE
from kiosk.hearing import Ears
from kiosk.settings import Settings
from kiosk.state import State, default_state_dir
from voice.endpoint import cut_utterance


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one clip."""

    clip: Clip
    understanding: Understanding
    by_text: str
    """Intent that text-only matching names."""
    seconds: float
    """From the end of speech to the decision."""


def run(clips: Sequence[Clip], matcher: Matcher, ears: Ears, what: str) -> list[Outcome]:
    """Speak, hear and understand each clip."""
    texts = [plain(s.text) for s in matcher.sentences]
    outcomes = []
    for number, clip in enumerate(clips):
        samples = made_speech(clip.text, clip.region)
        utterance = cut_utterance(samples)
        began = time.perf_counter()
        hearing = ears.hear(utterance)
        understanding = matcher.understand(hearing.heard, hearing.judge)
        seconds = time.perf_counter() - began
        outcomes.append(
            Outcome(clip, understanding, _by_text(hearing.heard.texts, texts, matcher), seconds)
        )
        progress(number + 1, len(clips), what)
    return outcomes


def rates(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """Shares of the outcomes, 0 to 1."""
    n = len(outcomes)
    right = sum(_accepted(o) and o.understanding.intent == o.clip.intent for o in outcomes)
    wrong = sum(_accepted(o) and o.understanding.intent != o.clip.intent for o in outcomes)
    first = sum(o.understanding.intent == o.clip.intent for o in outcomes)
    offered = sum(o.clip.intent in [i for i, _ in o.understanding.offered] for o in outcomes)
    return {
        "clips": n,
        "right_at_once": right / n,
        "accepted_wrongly": wrong / n,
        "first": first / n,
        "among_three": offered / n,
        "text_only_first": sum(o.by_text == o.clip.intent for o in outcomes) / n,
        "seconds_p50": float(np.percentile([o.seconds for o in outcomes], 50)),
        "seconds_p95": float(np.percentile([o.seconds for o in outcomes], 95)),
    }


def open_ears(state: State | None = None) -> tuple[Matcher, Ears]:
    """The shipped matcher and recogniser."""
    state = state or State(default_state_dir())
    matcher = Matcher(load_phrase_book(), cache=state.cache)
    return matcher, Ears(state, Settings(), matcher)


def _accepted(outcome: Outcome) -> bool:
    return outcome.understanding.status == "answered"


def _by_text(hypotheses: Sequence[str], texts: Sequence[str], matcher: Matcher) -> str:
    said = [plain(h) for h in hypotheses]
    if not said:
        return NONE
    ratios = process.cdist(texts, said, scorer=fuzz.ratio).max(axis=1)
    return matcher.sentences[int(np.argmax(ratios))].intent


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one accent a sentence, 3 an intent")
    parser.add_argument("--only", choices=("listed", "unlisted", "no question"), help="one set")
    options = parser.parse_args()
    quick = options.quick
    matcher, ears = open_ears()
    sets = {
        "listed": listed(matcher, per_intent=3 if quick else 8),
        "unlisted": unlisted(matcher),
        "no question": out_of_scope(),
    }
    results = {}
    for name, clips in sets.items():
        if options.only not in (None, name):
            continue
        outcomes = run(thinned(clips, 1) if quick else clips, matcher, ears, name)
        results[name] = rates(outcomes)
        results[name]["wrong"] = [  # type: ignore[assignment]
            f"{o.clip.intent} <- {o.clip.text} ({o.clip.region}): {o.understanding.intent} "
            f"{o.understanding.confidence:.2f} {o.understanding.sentence}"
            for o in outcomes
            if _accepted(o) and o.understanding.intent != o.clip.intent
        ]
    header = [k for k in next(iter(results.values())) if k != "wrong"]
    table("Understanding of made speech", ["set", *header],
          [[name, *(r[k] for k in header)] for name, r in results.items()])  # fmt: skip
    finish("understand", {"sets": results})


if __name__ == "__main__":
    main()
