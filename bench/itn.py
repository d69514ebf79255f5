"""Spoken numbers to figures, tried on the test cases of NeMo's inverse text normalisation.

    python -m bench.itn [--cases ../shared/text/nemo_vi_itn] [--disagreements 40]

The cases' conventions differ from ours in places (decimal point, "2$", "tháng năm", "thứ 2",
grouped telephone numbers). So two shares are given: the same text, and the same text once both
are brought to one convention by the rules in this file; every other difference is listed.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.report import finish, table
from intents.spoken.rewriting import write_figures

CASES = Path(__file__).parent.parent.parent / "shared" / "text" / "nemo_vi_itn"

# The unit signs of the cases -> the words that we leave as they were said.
_UNITS = {
    "km²": "ki lô mét vuông", "m²": "mét vuông", "km/h": "ki lô mét trên giờ", "m³": "mét khối",
    "cm/s": "xăng ti mét trên giây", "cm³": "xen ti mét khối", "kg": "kí", "m": "mét", "g": "gram",
    "ml": "mi li lít", "μm": "muy crô mét", "v": "vôn", "mA": "mi li ampe", "°c": "độ c",
    "°f": "độ f", "mbps": "megabit trên giây", "kbps": "kilobit trên giây", "tb": "terabyte",
    "gb": "gigabyte", "s": "giây", "$": "đô", "€": "euro", "₩": "won", "RM": "ringgit",
}  # fmt: skip
_SAME_UNITS = {
    "kilomet trên giờ": "ki lô mét trên giờ", "kí lô": "kí", "ki lô gram": "kí", "uôn": "won",
    "ơ rô": "euro", "đô la mỹ": "đô", "đô la": "đô",
}  # fmt: skip
_DIGITS = {
    "một": "1", "hai": "2", "ba": "3", "bốn": "4", "tư": "4", "năm": "5", "sáu": "6", "bảy": "7",
    "bẩy": "7", "tám": "8", "chín": "9", "nhất": "1", "nhì": "2",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """One test case and what we write for it."""

    kind: str
    spoken: str
    expected: str
    ours: str

    @property
    def same(self) -> bool:
        """The same text."""
        return self.ours == self.expected

    @property
    def agrees(self) -> bool:
        """The same once both follow one convention."""
        return self.same or settled(self.ours) == settled(self.expected)


def read_cases(folder: Path) -> list[Case]:
    """All cases of ``folder``; the class is in the file's name."""
    found = []
    for path in sorted(folder.glob("test_cases_*.txt")):
        kind = path.stem.removeprefix("test_cases_")
        for line in path.read_text(encoding="utf-8").splitlines():
            spoken, _, expected = line.partition("~")
            if spoken.strip():
                said = " ".join(spoken.split())
                found.append(Case(kind, said, expected.strip(), write_figures(said)))
    return found


def settled(text: str) -> str:
    """``text`` in one convention, whichever it was written in."""
    text = re.sub(r"(?<=\d)\.(?=\d)", ",", text)
    text = re.sub(r"(?<=\d)[-\s](?=\d)", "", text)  # groups of telephone and card numbers
    text = re.sub(r"(?<=\d)(?=[^\d\s,/:%-])", " ", text)
    for words, usual in _SAME_UNITS.items():
        text = re.sub(rf"\b{words}\b", usual, text)
    for sign, words in _UNITS.items():
        text = re.sub(rf"(?<=\d) {re.escape(sign)}(?![\w²³/])", f" {words}", text)
    text = re.sub(r"\b(thứ|tháng) (\w+)", lambda m: f"{m[1]} {_DIGITS.get(m[2], m[2])}", text)
    text = re.sub(r"(\d+) đô (?:rưỡi)$", r"\1,5 đô", text)
    return " ".join(text.split())


def shares(cases: Sequence[Case]) -> dict[str, dict[str, float]]:
    """Class -> cases, share of the same text, share that agrees."""
    found = {}
    for kind in (*dict.fromkeys(c.kind for c in cases), "all"):
        of = [c for c in cases if kind in (c.kind, "all")]
        found[kind] = {
            "cases": len(of),
            "same": sum(c.same for c in of) / len(of),
            "agrees": sum(c.agrees for c in of) / len(of),
        }
    return found


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=Path, default=CASES)
    parser.add_argument("--disagreements", type=int, default=200, help="how many to list")
    options = parser.parse_args()
    if not options.cases.is_dir():
        parser.error(f"no folder {options.cases}: give --cases FOLDER")
    cases = read_cases(options.cases)
    result = shares(cases)
    table(
        "Inverse text normalisation",
        ["class", "cases", "same text", "agrees"],
        [[kind, f"{r['cases']:.0f}", r["same"], r["agrees"]] for kind, r in result.items()],
    )
    apart = [
        f"{c.kind}: {c.spoken} -> {c.ours} (case: {c.expected})" for c in cases if not c.agrees
    ]
    finish("itn", {"shares": result, "disagreements": apart[: options.disagreements]})


if __name__ == "__main__":
    main()
