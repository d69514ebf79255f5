"""Fits the weights of ``intents/decision.json`` on made speech and on typed text.

    python -m bench.fit_decision [--clips 400] [--write FILE]

Listed phrases and idle talk are spoken by eSpeak in three accents, at several speeds, a quarter of
them in noise. Each clip is used twice: as it is, and with the spoken sentence itself left out of
the candidates, which is what a sentence nobody listed looks like. To these come the development
sentences (``bench.clips.development``) and every second sentence that asks nothing; the others and
``unlisted2.tsv`` are not used here: they measure what comes out.

The model is a conditional logit over intents whose best sentence is chosen under the current
weights (hard expectation maximisation). The bounds are the smallest at which wrong acceptances of
development sentences stay under ``WRONG``, each half judged by weights fitted without it.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bench.clips import development, idle_for_fitting
from bench.report import finish, machine, progress, table
from bench.speech import REGIONS, made_speech, with_noise
from intents.evidence import FEATURES, Heard
from intents.fold import bare
from intents.matcher import (
    KEEP_BY_TEXT,
    SHIPPED_WEIGHTS,
    Decision,
    Matcher,
    best_sentences,
    probabilities,
)
from intents.phrase_files import load_phrase_book
from intents.sentences import NONE
from kiosk.hearing import Ears
from kiosk.settings import Settings
from kiosk.state import State, default_state_dir
from voice.endpoint import cut_utterance
from voice.pcm import Samples

Floats = npt.NDArray[np.float64]

WRONG = 0.065
"""Share of the development sentences that may be accepted as something else."""

_SPOKEN = tuple(range(len(FEATURES)))
_TYPED = tuple(
    FEATURES.index(n) for n in ("plain", "phonetic", "toneless", "term", "none", "topic")
)


@dataclass(frozen=True, slots=True)
class Case:
    """One utterance: what it asks, and every candidate's evidence."""

    intent: str
    indices: npt.NDArray[np.int64]
    table: Floats


def spoken_cases(matcher: Matcher, ears: Ears, count: int) -> list[tuple[Case, str]]:
    """Made speech through the real recogniser; with the sentence that was spoken."""
    rng = random.Random(11)
    found = []
    for number, (intent, text) in enumerate(_choose(matcher, count, rng)):
        samples = made_speech(text, rng.choice(REGIONS), rate=rng.uniform(0.75, 1.15))
        if rng.random() < 0.25:
            samples = with_noise(samples, rng.uniform(10, 25), seed=number)
        case = _hear(samples, intent, matcher, ears)
        if case is not None:
            found.append((case, text))
        progress(number + 1, count, "spoken")
    return found


def development_cases(matcher: Matcher, ears: Ears) -> dict[str, list[Case]]:
    """The sentences that the bounds are chosen on: spoken clean, and typed."""
    clips = [*development(matcher), *idle_for_fitting()]
    spoken = []
    for number, clip in enumerate(clips):
        case = _hear(made_speech(clip.text, clip.region), clip.intent, matcher, ears)
        if case is not None:
            spoken.append(case)
        progress(number + 1, len(clips), "development")
    typed = [_read(f(c.text), c.intent, matcher) for c in clips for f in (str, bare)]
    return {"spoken": spoken, "typed": typed}


def _hear(samples: Samples, intent: str, matcher: Matcher, ears: Ears) -> Case | None:
    utterance = cut_utterance(samples)
    if not utterance.speech:
        return None
    hearing = ears.hear(utterance)
    likeness = matcher.evidence.likeness(hearing.heard)
    fits = hearing.judge.fits(matcher.evidence.nearest(hearing.heard, likeness, KEEP_BY_TEXT))
    return Case(intent, *matcher.evidence.features(hearing.heard, likeness, fits))


def _read(text: str, intent: str, matcher: Matcher) -> Case:
    heard = Heard((text,))
    likeness = matcher.evidence.likeness(heard)
    return Case(intent, *matcher.evidence.features(heard, likeness, ()))


def typed_cases(matcher: Matcher, count: int) -> list[tuple[Case, str]]:
    """Listed phrases as text, half of them without diacritics."""
    rng = random.Random(12)
    found = []
    for number, (intent, text) in enumerate(_choose(matcher, count, rng)):
        found.append((_read(bare(text) if number % 2 else text, intent, matcher), text))
    return found


def left_out(case: Case, text: str, matcher: Matcher) -> Case:
    """``case`` without the sentence that was spoken."""
    others = np.array([matcher.sentences[i].text != text for i in case.indices.tolist()])
    return Case(case.intent, case.indices[others], case.table[others])


def fit(cases: Sequence[Case], matcher: Matcher, columns: Sequence[int]) -> Floats:
    """Weights that make the asked intents most probable; Adam on the mean log probability."""
    mask = np.zeros(len(FEATURES))
    mask[list(columns)] = 1.0
    weights = mask.copy()
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, 301):
        gradient, used = np.zeros_like(weights), 0
        for case in cases:
            best = best_sentences(matcher.sentences, case.indices, case.table @ weights)
            if case.intent not in best:
                continue
            rows = {int(i): r for r, i in enumerate(case.indices)}
            names = list(best)
            chances = probabilities({n: best[n][0] for n in names})
            evidence = case.table[[rows[best[n][1]] for n in names]]
            expected = np.array([chances[n] for n in names]) @ evidence
            gradient += evidence[names.index(case.intent)] - expected
            used += 1
        gradient = gradient / max(used, 1) - 0.002 * weights
        first = 0.9 * first + 0.1 * gradient
        second = 0.99 * second + 0.01 * gradient**2
        move = (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
        weights = weights + 0.05 * move * mask
    return weights


def chances_of(
    cases: Sequence[Case], weights: Floats, matcher: Matcher
) -> list[tuple[str, str, float, float]]:
    """For each case: what was asked, the best intent, its probability, that of the best three."""
    found = []
    for case in cases:
        best = best_sentences(matcher.sentences, case.indices, case.table @ weights)
        chances = probabilities({n: s for n, (s, _) in best.items()})
        ranked = sorted(chances, key=lambda n: -chances[n])
        three = sum(sorted((p for n, p in chances.items() if n != NONE), reverse=True)[:3])
        found.append((case.intent, ranked[0], chances[ranked[0]], three))
    return found


def bound(found: Sequence[tuple[str, str, float, float]]) -> float:
    """The smallest probability at which at most ``WRONG`` of the cases are taken wrongly."""
    for level in np.arange(0.2, 0.99, 0.01):
        wrong = sum(p >= level and top not in (asked, NONE) for asked, top, p, _ in found)
        if wrong <= WRONG * len(found):
            return round(float(level), 2)
    return 0.99


def _choose(matcher: Matcher, count: int, rng: random.Random) -> list[tuple[str, str]]:
    """Sentences in equal shares of the intents, and a sixth of idle talk."""
    whole: dict[str, list[str]] = {name: [] for name in (*matcher.book.intents, NONE)}
    for s in matcher.sentences:
        listed = s.intent == NONE or s.carrier in matcher.book.intents[s.intent].phrases
        if listed:
            whole[s.intent].append(s.text)
    intents = list(matcher.book.intents)
    rng.shuffle(intents)
    names = [NONE if n % 6 == 5 else intents[n % len(intents)] for n in range(count)]
    return [(name, rng.choice(whole[name])) for name in names]


def main() -> None:
    """Fit, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=int, default=400)
    parser.add_argument("--write", type=Path, default=SHIPPED_WEIGHTS)
    options = parser.parse_args()
    blank = np.zeros(len(FEATURES))
    matcher = Matcher(
        load_phrase_book(),
        Decision(blank, blank, (1.0, 1.0), (1.0, 1.0)),
        cache=State(default_state_dir()).cache,
    )
    ears = Ears(State(default_state_dir()), Settings(), matcher)
    result: dict[str, object] = {"features": list(FEATURES), "fitted": machine()}
    rows = []
    chosen_on = development_cases(matcher, ears)
    for kind, pairs, columns in (
        ("spoken", spoken_cases(matcher, ears, options.clips), _SPOKEN),
        ("typed", typed_cases(matcher, 2 * options.clips), _TYPED),
    ):
        out = [left_out(case, text, matcher) for case, text in pairs]
        # A sentence left alone has nothing to compete with: such cases teach nothing.
        out = [case for case in out if len(case.indices)]
        # A typed phrase that is listed is told by its words alone: it teaches the weights nothing.
        always = [*(c for c, _ in pairs), *out] if kind == "spoken" else []
        unseen = []
        for half in (0, 1):
            part = fit([*always, *chosen_on[kind][half::2]], matcher, columns)
            unseen += chances_of(
                [c for c in chosen_on[kind][1 - half :: 2] if c.intent != NONE], part, matcher
            )
        accept = bound(unseen)
        weights = fit([*always, *chosen_on[kind]], matcher, columns)
        result[kind] = dict(zip(FEATURES, weights.round(3).tolist(), strict=True))
        result[f"accept_{kind}"] = accept
        result[f"clarify_{kind}"] = round(accept / 2, 2)
        for name, cases in (
            ("listed", [c for c, _ in pairs]),
            ("left out", out),
            ("development", chosen_on[kind]),
        ):
            got = chances_of(cases, weights, matcher)
            rows.append([
                kind, name, len(got),
                np.mean([a == t for a, t, _, _ in got]),
                np.mean([p >= accept and a == t for a, t, p, _ in got]),
                np.mean([p >= accept and t not in (a, NONE) for a, t, p, _ in got]),
            ])  # fmt: skip
    table("Fitted decision", ["input", "set", "cases", "first", "accepted", "wrong"], rows)
    text = json.dumps(result, ensure_ascii=False, indent=1) + "\n"
    options.write.write_text(text, encoding="utf-8")
    print(f"written: {options.write.name}", file=sys.stderr)
    finish("fit_decision", result)


if __name__ == "__main__":
    main()
