"""How a recogniser writes down the words of numbers: a small model of its confusions.

Whisper base hears the rhythm of a Vietnamese number and gets most of its syllables almost right:
"hai trăm" becomes "hải cầm", "sáu" "sáo". Each word has counts of the onsets and rhymes under
which it was written in made speech (``confusions.json``); what was never seen is judged by how
like the syllables are. ``python -m bench.slots --fit 160`` counts them again.
"""

from __future__ import annotations

import json
import math
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from intents.errors import IntentError
from intents.spoken.tokens import Text

CONFUSIONS = Path(__file__).parent / "confusions.json"

Counts = dict[str, dict[str, dict[str, int]]]
"""Word -> "onset" or "rhyme" -> as it was written -> how often; the word "*" counts all words."""

SKIP = 2.0
"""Cost in nats of a written word that stands for nothing."""

MISS = 3.0
"""Cost in nats of a spoken word that was not written."""

_PRIOR = 6.0
"""Counts that likeness is worth against what was counted."""

_SAME, _NEAR = 0.6, 0.25
"""Chance that a part is written as it is, and that it is written as something near."""

_VOWELS = "aăâeêioôơuưy"

# Onsets that recognisers mix, whatever the word.
_NEAR_ONSETS = tuple(
    frozenset(group.split())
    for group in ("b m p v", "t th đ ch tr k c", "s x", "l n nh", "d gi r v z", "h kh", "g ng ngh")
)


@lru_cache(maxsize=65536)
def parts(word: str) -> tuple[str, str]:
    """Onset and rhyme of one syllable, without the tone: "trăm" is "tr", "ăm"."""
    letters = unicodedata.normalize("NFD", word.lower())
    kept = "".join(c for c in letters if c not in "\u0300\u0301\u0303\u0309\u0323")
    plain = unicodedata.normalize("NFC", kept)
    at = next((i for i, c in enumerate(plain) if c in _VOWELS), len(plain))
    if plain.startswith(("qu", "gi")) and len(plain) > 2 and plain[2] in _VOWELS:
        at = 2
    return plain[:at], plain[at:]


class Confusions:
    """Costs of reading one word where another was written."""

    def __init__(self, counts: Counts) -> None:
        self._counts = counts
        everything = counts.get("*", {"onset": {}, "rhyme": {}})
        self._all = {part: Counter(everything[part]) for part in ("onset", "rhyme")}
        self._sums = {part: sum(c.values()) for part, c in self._all.items()}
        self._known: dict[tuple[str, str], float] = {}

    def cost(self, written: str, said: str) -> float:
        """Nats by which ``said`` explains ``written`` worse (better: negative) than chance."""
        pair = (written, said)
        if pair not in self._known:
            onset = self._surprise("onset", parts(written)[0], parts(said)[0], said)
            rhyme = self._surprise("rhyme", parts(written)[1], parts(said)[1], said)
            self._known[pair] = onset + rhyme
        return self._known[pair]

    def _surprise(self, part: str, written: str, own: str, word: str) -> float:
        chance = (self._all[part][written] + 0.5) / (self._sums[part] + 50.0)
        if written == own:
            likeness = _SAME
        elif _near(part, written, own):
            likeness = _NEAR / 4
        else:
            likeness = 0.15 * chance
        seen = self._counts.get(word, {}).get(part, {})
        total = sum(seen.values())
        return -math.log((seen.get(written, 0) + _PRIOR * likeness) / (total + _PRIOR) / chance)


def _near(part: str, one: str, two: str) -> bool:
    if part == "onset":
        return any(one in group and two in group for group in _NEAR_ONSETS)
    if not one or not two:
        return False
    bare = [unicodedata.normalize("NFD", t)[0] for t in (one, two)]
    return bare[0] == bare[1] and one[-1] == two[-1]


@lru_cache(maxsize=1)
def shipped() -> Confusions:
    """The counts that come with the program.

    Raises:
        IntentError: the file cannot be read.
    """
    try:
        data: Any = json.loads(CONFUSIONS.read_text(encoding="utf-8"))
        return Confusions({str(w): dict(c) for w, c in data.items()})
    except (OSError, ValueError, AttributeError) as error:
        raise IntentError(
            f"cannot read {CONFUSIONS}: {error}",
            vi="Thiếu tệp nhầm lẫn của bộ đọc số. Hãy cài lại chương trình.",
        ) from error


def aligned(
    said: Sequence[str], written: Sequence[str], costs: Confusions
) -> list[tuple[int, int]]:
    """Pairs of positions that belong together, by the least total cost."""
    table = prefix_costs(said, written, costs, whole=True)
    pairs, i, j = [], len(said), len(written)
    while i and j:
        if table[i][j] == table[i - 1][j - 1] + costs.cost(written[j - 1], said[i - 1]):
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif table[i][j] == table[i - 1][j] + MISS:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]


def prefix_costs(
    said: Sequence[str], written: Sequence[str], costs: Confusions, *, whole: bool = False
) -> list[list[float]]:
    """``[i][j]``: least cost of the first i words said as the first j written.

    Unless ``whole``, written words before the first said one cost nothing.
    """
    table = [[SKIP * j if whole else 0.0 for j in range(len(written) + 1)]]
    for i, word in enumerate(said, 1):
        row = [MISS * i]
        for j, other in enumerate(written, 1):
            row.append(min(table[i - 1][j - 1] + costs.cost(other, word),
                           table[i - 1][j] + MISS, row[j - 1] + SKIP))  # fmt: skip
        table.append(row)
    return table


def count_confusions(
    pairs: Sequence[tuple[str, str]], words: Sequence[str], rounds: int = 3
) -> Counts:
    """Count how ``words`` are written in ``pairs`` of what was said and what was written."""
    counts: Counts = {}
    split = [(_words(said), _words(written)) for said, written in pairs]
    for _ in range(rounds):
        costs = Confusions(counts)
        fresh: dict[str, dict[str, Counter[str]]] = {"*": {"onset": Counter(), "rhyme": Counter()}}
        for said, written in split:
            for word in written:
                for part, seen in zip(("onset", "rhyme"), parts(word), strict=True):
                    fresh["*"][part][seen] += 1
            for i, j in aligned(said, written, costs):
                if said[i] in words:
                    entry = fresh.setdefault(said[i], {"onset": Counter(), "rhyme": Counter()})
                    for part, seen in zip(("onset", "rhyme"), parts(written[j]), strict=True):
                        entry[part][seen] += 1
        counts = _plain(fresh)
    return counts


def _plain(counts: Mapping[str, Mapping[str, Counter[str]]]) -> Counts:
    return {w: {part: dict(c) for part, c in entry.items()} for w, entry in counts.items()}


def _words(text: str) -> list[str]:
    return [t.word for t in Text(text).tokens if t.text[0].isalpha()]
