"""Slots in made speech: is the value right, taken without asking, or asked back?

    python -m bench.slots [--kinds house street …] [--each 12] [--seed 2]
    python -m bench.slots --fit 130     # counts confusions again (intents/spoken/confusions.json)

The carrier sentence is known, as it is once an intent was decided; what is judged is the filler.
Fillers of most kinds are the hand-written wordings of ``tests/spoken/values.tsv``, streets and
documents those of the phrase files, addresses and numbers invented. The three accents take turns.
Confusions are counted, and weights chosen, on other seeds than the one that is measured.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bench.report import finish, progress, table
from bench.speech import REGIONS, made_speech
from intents.evidence import SoundJudge
from intents.phrase_files import load_phrase_book
from intents.spoken import read_slots
from intents.spoken.filling import SlotAnswer, SlotKind, fill_slot
from intents.spoken.generate import CONFUSIONS, count_confusions
from intents.spoken.written import written_value
from kiosk.settings import Settings
from kiosk.state import State, default_state_dir
from voice.endpoint import cut_utterance
from voice.models import ModelStore, load_catalogue
from voice.read.numbers import spell_cardinal, spell_house
from voice.speak.synthesizer import Region
from voice.whisper.model import Encoded, WhisperModel
from voice.whisper.phrases import PhraseScore, PhraseScorer
from voice.whisper.transcribe import Transcriber

TODAY = date(2026, 11, 26)

VALUES = Path(__file__).parent.parent / "tests" / "spoken" / "values.tsv"

_STREETS = (
    "lạc long quân", "hàn hải nguyên", "minh phụng", "phó cơ điều", "trần quý", "nguyễn trãi",
    "khương đình", "lê đại hành", "bình thới", "âu cơ", "hòa bình", "vũ tông phan",
)  # fmt: skip
_BEFORE = ("số", "nhà tôi số", "số nhà", "cho tôi hỏi số", "tra giúp tôi nhà số")
_AFTER = ("thuộc khu phố nào", "khu phố mấy", "là khu phố nào", "")

_FRAMES: dict[str, tuple[str, ...]] = {
    "date": ("họp chi bộ vào {}", "tôi muốn hỏi lịch {}", "{}"),
    "time": ("chi bộ họp lúc {}", "nhắc tôi lúc {}", "{}"),
    "quarter": ("tôi ở {} thì sinh hoạt chi bộ nào", "xem lịch họp của {}", "{}"),
    "quarter_of_year": ("cho tôi xem báo cáo {}", "đảng phí {}", "{}"),
    "month": ("lịch sinh hoạt {}", "cho bác hỏi biên bản họp {}", "{}"),
    "year": ("kế hoạch {}", "xem số liệu {}"),
    "organisation": ("cho tôi hỏi về {}", "số điện thoại của {}", "{}"),
    "form": ("cho tôi xin {}", "in giúp bác {}", "{}"),
    "yes_no": ("{}",),
    "document": ("đọc cho tôi {}", "bác muốn nghe {}", "mở {} ra đây"),
    "street": ("số mười hai đường {} thuộc khu phố nào", "đường {} khu phố mấy", "{}"),
    "number": ("chi bộ có {} đảng viên", "năm nay tôi đóng {} nghìn đồng", "{}"),
}
_TABLE_KINDS = ("date", "time", "quarter", "quarter_of_year", "month", "year", "organisation",
                "form", "yes_no")  # fmt: skip

KINDS = ("house", "number", "street", "document", *_TABLE_KINDS)

_FIT_SEED, _MEASURE_SEED = 1, 2


@dataclass(frozen=True, slots=True)
class SlotClip:
    """One sentence to be spoken with a slot in it."""

    kind: str
    frame: str
    spoken: str
    written: str
    region: Region
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The whole sentence."""
        return self.frame.replace("{}", self.spoken)

    @property
    def slot_kind(self) -> SlotKind:
        """What :func:`fill_slot` is asked for."""
        return "choice" if self.names else self.kind  # type: ignore[return-value]


def clips(kinds: Sequence[str], each: int, seed: int) -> list[SlotClip]:
    """``each`` clips of every kind."""
    made = []
    for kind in kinds:
        rng = random.Random(f"{seed} {kind}")
        fillers = _FILLERS.get(kind, _from_table)(kind, each, rng)
        for index, (spoken, written, frame, names) in enumerate(fillers):
            made.append(SlotClip(kind, frame, spoken, written, REGIONS[index % 3], names))
    return made


Filler = tuple[str, str, str, Mapping[str, str]]


def _from_table(kind: str, each: int, rng: random.Random) -> list[Filler]:
    found = []
    for line in VALUES.read_text(encoding="utf-8").splitlines():
        row = line.split("\t")
        text = row[1].lower() if len(row) == 4 else ""
        if row[0] != kind or row[2] == "none" or text.isascii() or any(c.isdigit() for c in text):
            continue
        [hit] = read_slots(text, [kind], TODAY)[:1]  # type: ignore[list-item]
        found.append((hit.spoken, written_value(kind, hit.value)))
    rng.shuffle(found)
    frames = _FRAMES[kind]
    return [(*found[i % len(found)], frames[i % len(frames)], {}) for i in range(each)]


def _from_names(kind: str, each: int, rng: random.Random) -> list[Filler]:
    intent, slot = ("read_directive", "document") if kind == "document" else (
        "quarter_lookup", "street")  # fmt: skip
    names = load_phrase_book().intents[intent].slots[slot].values
    picked = rng.sample(sorted(names.items()), min(each, len(names)))
    frames = _FRAMES[kind]
    return [(s, w, frames[i % len(frames)], names) for i, (s, w) in enumerate(picked)]


def _numbers(kind: str, each: int, rng: random.Random) -> list[Filler]:
    del kind
    made: list[Filler] = []
    for index in range(each):
        n = rng.choice((rng.randint(11, 99), rng.randint(100, 999), rng.randint(1000, 9999)))
        spoken = spell_cardinal(n, region=REGIONS[index % 3])
        made.append((spoken, str(n), _FRAMES["number"][index % 3], {}))
    return made


def _houses(kind: str, each: int, rng: random.Random) -> list[Filler]:
    """Numbers of one to three parts, in every form in which they are said."""
    del kind
    made: list[Filler] = []
    for index in range(each):
        region = REGIONS[index % 3]
        written, spoken = [], []
        for place in range(rng.choice((1, 1, 2, 2, 3))):
            n = rng.choice((rng.randint(1, 9), rng.randint(10, 99), rng.randint(100, 999)))
            n = rng.randint(1, 999) if not place else n
            written.append(str(n))
            whole = spell_cardinal(n, region=region)
            spoken.append(rng.choice((whole, spell_house(str(n), region=region))))
        letter, said = rng.choice((("", ""), ("", ""), ("", ""), ("A", " a"), ("B", " bê")))
        slash = f" {rng.choice(('xuyệt', 'xẹt', 'trên'))} "
        street = f"{rng.choice(('đường ', ''))}{rng.choice(_STREETS)}"
        frame = f"{rng.choice(_BEFORE)} {{}} {street} {rng.choice(_AFTER)}".strip()
        made.append((slash.join(spoken) + said, "/".join(written) + letter, frame, {}))
    return made


_FILLERS: dict[str, Callable[[str, int, random.Random], list[Filler]]] = {
    "house": _houses, "number": _numbers, "street": _from_names, "document": _from_names,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one clip."""

    clip: SlotClip
    texts: tuple[str, ...]
    answer: SlotAnswer
    seconds: float
    """For the slot, hearing not counted."""

    @property
    def first(self) -> bool:
        """The most probable value is the right one."""
        return self.answer.written == self.clip.written

    @property
    def taken(self) -> bool:
        """Taken without asking."""
        return self.answer.status == "taken"

    @property
    def offered(self) -> bool:
        """The right one is the first or among the alternatives."""
        return self.first or self.clip.written in [c.written for c in self.answer.alternatives]


class Ear:
    """The shipped recogniser alone, without the kiosk's phrases: only slots are measured."""

    def __init__(self, state: State) -> None:
        settings = Settings()
        model = ModelStore(state.models, load_catalogue()).path(settings.recogniser)
        self._model = WhisperModel(model, threads=settings.threads)
        self._transcriber = Transcriber(self._model, bias=settings.bias)
        self._scorer = PhraseScorer(self._model)

    def hear(self, words: str, region: Region) -> tuple[tuple[str, ...], SoundJudge]:
        """Hypotheses of ``words`` as they are spoken in ``region``, and the judge of that sound."""
        utterance = cut_utterance(made_speech(words, region))
        encoded = self._model.encode(utterance.samples)
        transcript = self._transcriber.transcribe(utterance, encoded, fall_back=False)
        return tuple(h.text for h in transcript.hypotheses), _Judge(self._scorer, encoded)


@dataclass(frozen=True, slots=True)
class _Judge:
    scorer: PhraseScorer
    encoded: Encoded

    def fits(self, keep: Collection[int]) -> list[PhraseScore]:
        raise NotImplementedError("no sentences were prepared")

    def fits_of(self, texts: Sequence[str]) -> list[PhraseScore]:
        return self.scorer.score(self.encoded, self.scorer.prepare(texts, passing=True))


def run(made: Sequence[SlotClip], ear: Ear) -> list[Outcome]:
    """Speak, hear and fill each clip."""
    outcomes = []
    for number, clip in enumerate(made):
        texts, judge = ear.hear(clip.text, clip.region)
        began = time.perf_counter()
        answer = fill_slot(
            clip.slot_kind, texts, TODAY, judge=judge, frame=clip.frame,
            names=clip.names or None,
        )  # fmt: skip
        seconds = time.perf_counter() - began
        outcomes.append(Outcome(clip, texts, answer, seconds))
        progress(number + 1, len(made), "clips")
    return outcomes


def rates(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """Shares of the outcomes, 0 to 1, and the mean time."""
    n = len(outcomes)
    return {
        "clips": n,
        "right": sum(o.first for o in outcomes) / n,
        "offered": sum(o.offered for o in outcomes) / n,
        "taken": sum(o.taken for o in outcomes) / n,
        "taken_wrong": sum(o.taken and not o.first for o in outcomes) / n,
        "seconds": sum(o.seconds for o in outcomes) / n,
    }


def bounds(outcomes: Sequence[Outcome]) -> list[list[object]]:
    """For several bounds: taken, and of these the share that is right."""
    rows: list[list[object]] = []
    for bound in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        over = [o for o in outcomes if o.answer.confidence >= bound]
        right = sum(o.first for o in over) / len(over) if over else 1.0
        rows.append([str(bound), len(over) / len(outcomes), right])
    return rows


def fit(count: int) -> None:
    """Count how number words are written down, and keep the counts."""
    ear = Ear(State(default_state_dir()))
    made = clips(["house"], count, _FIT_SEED)
    pairs = []
    for number, clip in enumerate(made):
        texts, _ = ear.hear(clip.text, clip.region)
        pairs += [(clip.text, text) for text in texts[:2]]
        progress(number + 1, len(made), "heard")
    counts = count_confusions(pairs)
    Path(CONFUSIONS).write_text(
        json.dumps(counts, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--each", type=int, default=9, help="clips of a kind")
    parser.add_argument("--seed", type=int, default=_MEASURE_SEED)
    parser.add_argument("--fit", type=int, metavar="CLIPS", help="count confusions on so many")
    options = parser.parse_args()
    if options.fit:
        fit(options.fit)
        return
    outcomes = run(
        clips(options.kinds, options.each, options.seed), Ear(State(default_state_dir()))
    )
    result = {k: rates([o for o in outcomes if o.clip.kind == k]) for k in options.kinds}
    result["all"] = rates(outcomes)
    header = list(result["all"])
    rows = [[k, str(r["clips"]), *(r[h] for h in header[1:])] for k, r in result.items()]
    table("Slots in made speech", ["kind", *header], rows)
    reliability = bounds(outcomes)
    table("Bounds", ["confidence from", "share", "right"], reliability)
    finish("slots", {
        "rates": result, "bounds": reliability,
        "wrong": [
            f"{o.clip.kind}: {o.clip.text} ({o.clip.region}): {o.clip.written} <- "
            f"{o.answer.status} {o.answer.written} {o.answer.confidence:.2f} | "
            f"{o.texts[0] if o.texts else ''}"
            for o in outcomes if not o.first
        ],
    })  # fmt: skip


if __name__ == "__main__":
    main()
