"""The sentences that compete for an utterance: phrases, cores in their frames, and fillers.

An unlisted sentence is recognised much less often than a listed one, so what is listed is
multiplied: every core stands alone and in the commonest frames, every slot is filled. The list
is the same at every start, so that scores on silence can be kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from intents.phrase_files import SLOT, Intent, PhraseBook

NONE = "none"
"""The intent of sentences that ask the kiosk nothing."""

# Frames round a core, chosen to differ from one another in sound; each opening costs the whole
# core again in the search, an ending only itself.
_OPENINGS = 3
_ENDINGS = 6
# Cores that are said with every filler of their slot.
_PLAIN_CORES = 5

# Numbers that stand for all numbers while the carrier is decided; the filler is decided later.
_SAMPLE_NUMBERS = (
    "một hai ba", "mười hai", "bốn lăm", "hai trăm linh năm", "bảy mươi tám",
    "ba trăm hai mươi", "chín", "sáu sáu", "năm mươi mốt", "một trăm xuyệt mười",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing that may have been said."""

    intent: str
    text: str
    """As it is spoken: words only."""
    carrier: str
    """The phrase with its slots still in braces."""
    slots: tuple[tuple[str, str], ...] = ()
    """Slot name and spoken filler."""

    @property
    def text_without_numbers(self) -> str:
        """For comparison with hypotheses, where numbers are written in many ways."""
        numbers = {filler for name, filler in self.slots if name == "number"}
        fillers = dict(self.slots)
        return SLOT.sub(lambda m: "" if fillers[m[1]] in numbers else fillers[m[1]], self.carrier)


def compose(book: PhraseBook) -> list[Sentence]:
    """All sentences of ``book``, without repeats, in a fixed order."""
    found: dict[str, Sentence] = {}
    for intent in book.intents.values():
        for carrier in (*_framed(intent, book), *intent.phrases):
            for sentence in _filled(intent, carrier):
                found.setdefault(sentence.text, sentence)
    for text in book.none:
        found.setdefault(text, Sentence(NONE, text, text))
    return list(found.values())


def fill(intent: Intent, carrier: str, slot: str, filler: str, others: dict[str, str]) -> Sentence:
    """``carrier`` with ``filler`` in ``slot`` and ``others`` in the remaining slots."""
    fillers = {**others, slot: filler}
    names = SLOT.findall(carrier)
    text = SLOT.sub(lambda m: fillers[m[1]], carrier)
    return Sentence(intent.name, text, carrier, tuple((n, fillers[n]) for n in names))


def _framed(intent: Intent, book: PhraseBook) -> Iterator[str]:
    """The cores alone and in frames."""
    openings = book.frames.openings.get("all", ())[:_OPENINGS]
    endings = book.frames.endings.get("all", ())[:_ENDINGS]
    for core in intent.cores:
        yield core
        yield from (f"{opening} {core}" for opening in openings)
        yield from (f"{core} {ending}" for ending in endings)


def _filled(intent: Intent, carrier: str) -> Iterator[Sentence]:
    """``carrier`` with sample fillers: enough to be recognised, not all there are."""
    names = SLOT.findall(carrier)
    if not names:
        yield Sentence(intent.name, carrier, carrier)
        return
    if len(names) == 1 and carrier in intent.cores[:_PLAIN_CORES] and intent.slots[names[0]].values:
        # The plainest way to name each filler: "đọc chỉ thị năm mươi".
        for value in intent.slots[names[0]].values:
            yield fill(intent, carrier, names[0], value, {})
        return
    # A fixed turn that differs from carrier to carrier, so that all fillers occur somewhere.
    turn = sum(map(ord, carrier))
    fillers = []
    for name in names:
        slot = intent.slots[name]
        values = _SAMPLE_NUMBERS if slot.type == "number" else tuple(slot.values)
        fillers.append((name, [values[(turn + 7 * k) % len(values)] for k in range(3)]))
    for k in range(3):
        chosen = {name: values[k] for name, values in fillers}
        text = SLOT.sub(lambda m, chosen=chosen: chosen[m[1]], carrier)  # type: ignore[misc]
        yield Sentence(intent.name, text, carrier, tuple(chosen.items()))
