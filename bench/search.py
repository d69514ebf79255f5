"""How wide must the search over the sentences be? Recall and time of several settings.

    python -m bench.search [--clips 80]

Development sentences that nobody listed, spoken by eSpeak. Only the sound decides here: an
intent is worth its best sentence's (sound - 0.7 silence) / tokens.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from typing import Any

import numpy as np

from bench.clips import development
from bench.report import finish, progress, table
from bench.speech import made_speech
from intents.matcher import Matcher
from intents.phrase_files import load_phrase_book
from kiosk.settings import Settings
from kiosk.state import State, default_state_dir
from voice.endpoint import cut_utterance
from voice.models import ModelStore, load_catalogue
from voice.whisper.model import Encoded, WhisperModel
from voice.whisper.phrases import PhraseScorer, PhraseSet, SearchSettings

SHIPPED = SearchSettings()

VARIANTS = {
    "as shipped": SHIPPED,
    "beam 24": replace(SHIPPED, beam=24),
    "beam 48": replace(SHIPPED, beam=48),
    "beam 128": replace(SHIPPED, beam=128),
    "no floor": replace(SHIPPED, floor=-99.0),
    "floor -3": replace(SHIPPED, floor=-3.0),
    "all silence off": replace(SHIPPED, silence_weight=1.0),
    "no silence off": replace(SHIPPED, silence_weight=0.0),
    "drop 10": replace(SHIPPED, drop=10.0),
}


def measure(
    search: SearchSettings,
    clips: list[tuple[str, Encoded]],
    scorer: PhraseScorer,
    prepared: PhraseSet,
    matcher: Matcher,
) -> dict[str, Any]:
    """Shares of clips whose intent comes first, or among three, and seconds."""
    first = three = 0
    seconds = []
    for intent, encoded in clips:
        began = time.perf_counter()
        scores = scorer.score(encoded, prepared, search=search)
        seconds.append(time.perf_counter() - began)
        best: dict[str, float] = {}
        for s in scores:
            name = matcher.sentences[s.index].intent
            value = (s.sound - 0.7 * s.silence) / s.tokens
            best[name] = max(best.get(name, value), value)
        ranked = sorted(best, key=lambda n: -best[n])
        first += ranked[:1] == [intent]
        three += intent in ranked[:3]
    return {
        "first": first / len(clips),
        "among_three": three / len(clips),
        "seconds_p50": float(np.percentile(seconds, 50)),
        "seconds_p95": float(np.percentile(seconds, 95)),
    }


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=int, default=80)
    count = parser.parse_args().clips
    state = State(default_state_dir())
    settings = Settings()
    folder = ModelStore(state.models, load_catalogue()).path(settings.recogniser)
    model = WhisperModel(folder, threads=settings.threads)
    matcher = Matcher(load_phrase_book(), cache=state.cache)
    scorer = PhraseScorer(model, cache=state.cache)
    prepared = scorer.prepare([s.text for s in matcher.sentences])
    chosen = development(matcher)[:count]
    clips = [
        (c.intent, model.encode(cut_utterance(made_speech(c.text, c.region)).samples))
        for c in chosen
    ]
    result = {}
    for number, (name, search) in enumerate(VARIANTS.items()):
        result[name] = measure(search, clips, scorer, prepared, matcher)
        progress(number + 1, len(VARIANTS), "settings")
    table(
        f"Search over {len(matcher.sentences)} sentences ({len(prepared)} beginnings), "
        f"{len(clips)} clips",
        ["setting", *next(iter(result.values()))],
        [[name, *values.values()] for name, values in result.items()],
    )
    finish("search", {"clips": len(clips), "variants": result})


if __name__ == "__main__":
    main()
