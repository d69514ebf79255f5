"""House numbers in made speech: is the right one among the candidates that the text suggests?

    python -m bench.slots [--clips 30] [--limit 200]
    python -m bench.slots --fit 150     # counts confusions again (intents/spoken/confusions.json)

Addresses are invented: numbers of one to three parts in every spoken form, in three accents. The
numbers that confusions are counted on come from another seed than those that are measured.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from dataclasses import dataclass
from pathlib import Path

from bench.report import finish, progress, table
from bench.speech import REGIONS, made_speech
from intents.matcher import Matcher
from intents.phrase_files import Frames, PhraseBook
from intents.spoken.generate import CONFUSIONS, count_confusions, number_candidates
from kiosk.hearing import Ears
from kiosk.settings import Settings
from kiosk.state import State, default_state_dir
from voice.endpoint import cut_utterance
from voice.read.numbers import spell_cardinal, spell_house
from voice.speak.synthesizer import Region

_STREETS = (
    "lạc long quân", "hàn hải nguyên", "minh phụng", "phó cơ điều", "trần quý", "nguyễn trãi",
    "khương đình", "lê đại hành", "bình thới", "âu cơ", "hòa bình", "vũ tông phan",
)  # fmt: skip
_BEFORE = ("số", "nhà tôi số", "số nhà", "cho tôi hỏi số", "tra giúp tôi nhà số")
_AFTER = ("thuộc khu phố nào", "khu phố mấy", "là khu phố nào", "")

_FIT_SEED, _MEASURE_SEED = 1, 2


@dataclass(frozen=True, slots=True)
class Address:
    """One spoken question for an address, in its parts."""

    before: str
    spoken: str
    """The number as it is said."""
    after: str
    number: str
    """The number as it is written."""
    region: Region

    @property
    def text(self) -> str:
        """The whole question."""
        return f"{self.before} {self.spoken} {self.after}".strip()


def addresses(count: int, seed: int) -> list[Address]:
    """Invented questions, the accents in turn."""
    rng = random.Random(seed)
    made = []
    for index in range(count):
        region = REGIONS[index % 3]
        written, spoken = [], []
        for place in range(rng.choice((1, 1, 2, 2, 3))):
            n = rng.choice((rng.randint(1, 9), rng.randint(10, 99), rng.randint(100, 999)))
            n = rng.randint(1, 999) if not place else n
            written.append(str(n))
            form = rng.choice(
                (spell_cardinal(n, region=region), spell_house(str(n), region=region))
            )
            spoken.append(form)
        letter, said = rng.choice((("", ""), ("", ""), ("", ""), ("A", " a"), ("B", " bê")))
        slash = f" {rng.choice(('xuyệt', 'xẹt', 'trên'))} "
        street = f"{rng.choice(('đường ', ''))}{rng.choice(_STREETS)}"
        after = f"{street} {rng.choice(_AFTER)}".strip()
        made.append(
            Address(rng.choice(_BEFORE), slash.join(spoken) + said, after,
                    "/".join(written) + letter, region)
        )  # fmt: skip
    return made


def bare_ears() -> Ears:
    """The shipped recogniser, prepared for no phrases: only slots are measured."""
    return Ears(State(default_state_dir()), Settings(), Matcher(PhraseBook({}, Frames())))


def hear(made: list[Address], ears: Ears) -> list[tuple[str, ...]]:
    """The recogniser's hypotheses of each question."""
    heard = []
    for index, address in enumerate(made):
        utterance = cut_utterance(made_speech(address.text, address.region))
        heard.append(ears.hear(utterance).heard.texts)
        progress(index + 1, len(made), "heard")
    return heard


def fit(count: int) -> None:
    """Count how number words are written down, and keep the counts."""
    ears = bare_ears()
    made = addresses(count, _FIT_SEED)
    pairs = [(a.text, text) for a, texts in zip(made, hear(made, ears), strict=True)
             for text in texts[:2]]  # fmt: skip
    counts = count_confusions(pairs)
    Path(CONFUSIONS).write_text(
        json.dumps(counts, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=int, default=30)
    parser.add_argument("--limit", type=int, default=200, help="candidates an utterance")
    parser.add_argument("--fit", type=int, metavar="CLIPS", help="count confusions on so many")
    options = parser.parse_args()
    if options.fit:
        fit(options.fit)
        return
    ears = bare_ears()
    made = addresses(options.clips, _MEASURE_SEED)
    results = {"carrier known": [0, 0, 0], "carrier unknown": [0, 0, 0]}
    seconds = []
    missed = []
    for address, texts in zip(made, hear(made, ears), strict=True):
        for name, sides in (
            ("carrier known", {"before": address.before, "after": address.after}),
            ("carrier unknown", {}),
        ):
            began = time.perf_counter()
            found = number_candidates(texts, options.limit, **sides)
            seconds.append(time.perf_counter() - began)
            values = list(dict.fromkeys(c.written for c in found))
            results[name][0] += values[:1] == [address.number]
            results[name][1] += address.number in values[:20]
            results[name][2] += address.number in values
            if name == "carrier known" and address.number not in values:
                missed.append(f"{address.number} ({address.text}): {texts[0] if texts else ''}")
    table(
        f"{len(made)} questions, {options.limit} candidates",
        ["", "first", "among 20", "among all"],
        [[name, *(n / len(made) for n in counts)] for name, counts in results.items()],
    )
    finish("slots", {
        "clips": len(made), "limit": options.limit,
        "rates": {name: [n / len(made) for n in counts] for name, counts in results.items()},
        "seconds_mean": sum(seconds) / len(seconds), "missed": missed,
    })  # fmt: skip


if __name__ == "__main__":
    main()
