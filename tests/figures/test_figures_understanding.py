"""The figures of understanding, on a sample that a test has time for; `make bench` takes all."""

from __future__ import annotations

import numpy as np
import pytest

from bench import understand
from bench.clips import listed, out_of_scope, thinned, unlisted
from intents.matcher import Matcher
from kiosk.hearing import Ears
from kiosk.state import State
from voice.endpoint import cut_utterance
from voice.pcm import SAMPLE_RATE


@pytest.fixture(scope="module")
def loaded(state_with_models: State) -> tuple[Matcher, Ears]:
    return understand.open_ears(state_with_models)


def _wrong(outcomes: list[understand.Outcome]) -> str:
    return "\n".join(
        f"{o.clip.intent} <- {o.clip.text} ({o.clip.region}): {o.understanding.status} "
        f"{o.understanding.intent} {o.understanding.confidence:.2f}"
        for o in outcomes
        if o.understanding.intent != o.clip.intent
    )


def test_there_are_twenty_intents_with_eight_phrases(loaded: tuple[Matcher, Ears]) -> None:
    intents = loaded[0].book.intents
    assert len(intents) >= 20
    assert min(len(i.phrases) for i in intents.values()) >= 8


# Floors under which something is broken, on about a hundred clips each: their figures move by
# some points from run to run (eSpeak's voice flutters). What the project promises, and how far
# `python -m bench.understand` is from it, stands in docs/hearing.md.


def test_listed_phrases_are_understood(loaded: tuple[Matcher, Ears]) -> None:
    clips = thinned(listed(loaded[0], per_intent=3, seed=21), 1)
    outcomes = understand.run(clips, *loaded, "listed")
    found = understand.rates(outcomes)
    print(found, _wrong(outcomes), sep="\n")
    assert found["first"] >= 0.93
    assert found["accepted_wrongly"] <= 0.04
    assert found["first"] >= found["text_only_first"] + 0.15


def test_sentences_nobody_listed_are_understood_or_offered(loaded: tuple[Matcher, Ears]) -> None:
    outcomes = understand.run(thinned(unlisted(loaded[0]), 1), *loaded, "unlisted")
    found = understand.rates(outcomes)
    print(found, _wrong(outcomes), sep="\n")
    # Since 2026-11-26 on unlisted2.tsv, which nothing is fitted on and which is harder than the
    # file before it: longer stories, and words of neighbouring intents. Measured when it was
    # taken into use: first 0.62, among three 0.76, wrongly 0.09. Far from what is wanted.
    assert found["first"] >= 0.55
    assert found["among_three"] >= 0.70
    assert found["accepted_wrongly"] <= 0.14
    assert found["first"] >= found["text_only_first"] + 0.15


def test_idle_talk_is_seldom_answered(loaded: tuple[Matcher, Ears]) -> None:
    outcomes = understand.run(out_of_scope()[::4], *loaded, "no question")
    found = understand.rates(outcomes)
    print(found, _wrong(outcomes), sep="\n")
    assert found["accepted_wrongly"] <= 0.20


@pytest.mark.parametrize("kind", ["silence", "white noise", "440 Hz tone"])
def test_nothing_is_understood_in_what_is_no_speech(
    loaded: tuple[Matcher, Ears], kind: str
) -> None:
    time = np.arange(2 * SAMPLE_RATE) / SAMPLE_RATE
    sound = {
        "silence": np.zeros(len(time)),
        "white noise": 0.1 * np.random.default_rng(0).standard_normal(len(time)),
        "440 Hz tone": 0.3 * np.sin(2 * np.pi * 440 * time),
    }[kind].astype(np.float32)
    assert cut_utterance(sound).speech == 0
