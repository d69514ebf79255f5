"""Measure the Vietnamese reader.

    python bench/reader.py nemo DIR          agreement with NeMo's written~spoken cases
    python bench/reader.py documents FILE …  read documents from end to end, list what is left
    python bench/reader.py compare NAME=FILE …   others' output for the hard sentences, a line each
    python bench/reader.py roundtrip [COUNT]  random numbers to words and back (a million)
    python bench/reader.py speed [TEXT …]    milliseconds a sentence

Add ``--json`` for one JSON document. NeMo's conventions are not ours everywhere (it says
"hai nghìn hai mươi tư" for 2024): ``lenient`` agreement folds the differences of FOLDS, each
with its reason; what still differs is listed with the reason of REASONS, or as unexplained.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import re
import statistics
import sys
import time
import unicodedata
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from voice.read import read, words

FOLDS: tuple[tuple[str, str, str], ...] = (
    (r"\b(không trăm|linh)\b", "", "ours says the empty hundreds (không trăm linh một)"),
    (r"\b(ngày )?mùng\b", "", "ours says mùng before the first ten days"),
    (r"^ngày (?=(\w+ ){1,3}tháng)", "", "NeMo puts ngày before a bare date"),
    (r"\bphút\b", "", "the clock's minutes need no phút"),
    (r"\b(mỗi|trên) (?=\w)", "mỗi ", "money a unit is mỗi, NeMo says trên"),
    (r"\bhẹc\b", "héc", "spelling of a loan word"),
    (r"\bđộ c\b", "độ xê", "ours names the letter"),
    (r"\bđộ f\b", "độ ép", "ours names the letter"),
    (r"\bđộ k\b", "độ ca", "ours names the letter"),
    (r"\binch\b", "inh", "ours says loan words in Vietnamese syllables"),
    (r"\brupee\b", "ru pi", "ours says loan words in Vietnamese syllables"),
    (r"\bterabyte\b", "tê ra bai", "ours says loan words in Vietnamese syllables"),
    (r"\bđô la mỹ\b", "đô la", "USD is đô la Mỹ, $ is đô la"),
    (r"\bgmt\b", "giê em mờ tê", "NeMo leaves letters"),
    (r"\butc\b", "u tê xê", "NeMo leaves letters"),
    (r"\bcst\b", "xê ét tê", "NeMo leaves letters"),
    (r"\bpst\b", "pê ét tê", "NeMo leaves letters"),
    (r"\best\b", "e ét tê", "NeMo leaves letters"),
    (r"\bjst\b", "gi ét tê", "NeMo leaves letters"),
    (r"\bx\b", "nhân", "NeMo leaves the x of a product"),
)
"""Pattern, replacement, why: applied to both sides before they are compared leniently."""

REASONS: tuple[tuple[str, str], ...] = (
    (r"[$€]", "cents: people here say a decimal of foreign money, not xu"),
    (r"^(thứ) [IVX]+$", "thứ I is thứ nhất"),
    (r"^(chương|mục|phần|số|năm) ([CDLM]|l|c[dm]|[mdlc]+)$", "a lone C or L is a letter here"),
    (r" est$", "a time zone nobody here uses"),
    (r"^(phụ lục|số) v$|^năm mmxx$", "small letters are no numerals here"),
    (r"đ/|₫/", "mỗi where NeMo says một"),
    (r"^\d{1,2}/\d{1,2}$", "a day above a month is a date in our texts"),
)

HARD = (
    "Chỉ thị số 50-CT/TW ngày 23/7/2025 của Ban Bí thư về tiếp tục đổi mới sinh hoạt chi bộ.",
    "Đảng ủy phường trao 1.248 thẻ đảng viên mới cho 69 chi bộ từ ngày 5 đến 15-8.",
    "UBND TP.HCM họp lúc 14h30 ngày 21-11-2025 tại số 123/45 Lạc Long Quân, P.14, Q.11.",
    "Đồng chí Bí thư chi bộ khu phố nhấn mạnh nhiệm vụ trọng tâm của nhiệm kỳ 2025-2030.",
    "Ít nhất 2/3 số đảng viên chính thức dự họp, đạt 97,5% so với kế hoạch.",
    "Người vào Đảng phải tự làm đơn, trình bày rõ nhận thức của mình về mục đích của Đảng.",
)


def normal(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).lower().replace("-", " ").split())


def fold(text: str) -> str:
    for pattern, replacement, _ in FOLDS:
        text = re.sub(pattern, replacement, text)
    return " ".join(text.split())


def nemo(folder: Path) -> dict[str, Any]:
    classes: dict[str, Any] = {}
    differing: list[dict[str, str]] = []
    for path in sorted(folder.glob("test_cases_*.txt")):
        name = path.stem.removeprefix("test_cases_")
        count = strict = lenient = 0
        for line in path.read_text(encoding="utf-8").splitlines():
            written, separator, due = line.partition("~")
            if not separator:
                continue
            count += 1
            ours, due = words(written), normal(due)
            strict += ours == due
            if fold(ours) == fold(due):
                lenient += 1
                continue
            reason = next((why for p, why in REASONS if re.search(p, written)), "unexplained")
            differing.append(
                {"class": name, "written": written, "nemo": due, "ours": ours, "reason": reason}
            )
        classes[name] = {"cases": count, "strict": strict, "lenient": lenient}
    total = {k: sum(c[k] for c in classes.values()) for k in ("cases", "strict", "lenient")}
    return {"classes": classes, "total": total, "differing": differing}


def document(path: Path) -> dict[str, Any]:
    """What ``troly read --check`` finds, and the time the reading of it takes."""
    from kiosk.reading.source import source_of_file
    from voice.read.left import Left
    from voice.speak import compose

    parts = source_of_file(path).paragraphs
    left = Left()
    seconds = 0.0
    for part in parts:
        began = time.perf_counter()
        sentences = read(part.text)
        seconds += time.perf_counter() - began
        left.add(part.text, sentences)
    unmarked = compose(parts).unmarked()
    return {
        "document": path.name,
        **left.as_dict(),
        "unmarked": dict(unmarked),
        "left": left.count + unmarked.total(),
        "ms a sentence": round(1000 * seconds / max(1, left.sentences), 3),
    }


def roundtrip(count: int) -> dict[str, Any]:
    """Random numbers below 10^15 -> words -> number, by the understanding's own reader."""
    from intents.spoken.numbers import cardinal_at
    from intents.spoken.tokens import Text
    from voice.read import spell_cardinal
    from voice.read.numbers import Region

    chance = random.Random(4)
    regions: tuple[Region, ...] = ("bac", "trung", "nam")
    wrong: list[str] = []
    for _ in range(count):
        number = chance.randrange(10 ** chance.randint(1, 15))
        said = spell_cardinal(number, region=chance.choice(regions))
        text = Text(said)
        found = cardinal_at(text, 0)
        if found is None or found.value != number or found.end != len(text):
            wrong.append(f"{number}: {said}")
    return {"numbers": count, "wrong": len(wrong), "first wrong": wrong[:10]}


HARD_TABLE = Path(__file__).resolve().parent.parent / "tests" / "read" / "cases" / "hard.tsv"


def plain(text: str) -> str:
    """Words only: lower case, no punctuation."""
    return " ".join(re.sub(r"[^\w\s/]", " ", normal(text)).split())


def distance(ours: list[str], theirs: list[str]) -> int:
    """Words to insert, delete or replace (Levenshtein)."""
    row = list(range(len(theirs) + 1))
    for i, word in enumerate(ours, 1):
        above, row[0] = row[0], i
        for j, other in enumerate(theirs, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (word != other))
    return row[-1]


def compare(files: dict[str, list[str]]) -> list[dict[str, Any]]:
    """Outputs for the sentences of HARD_TABLE against the words that are due."""
    from voice.read.spelling import is_syllable
    from voice.read.tables import letter_words

    rows = [
        line.split("\t")[1:]
        for line in HARD_TABLE.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    files = {"voice.read": [words(written) for written, _ in rows], **files}
    found = []
    for name, outputs in files.items():
        if len(outputs) != len(rows):
            sys.exit(f"{name}: {len(outputs)} lines for {len(rows)} sentences")
        right = left = errors = total = 0
        for (_, due), output in zip(rows, outputs, strict=True):
            ours, theirs = fold(plain(due)).split(), fold(plain(output)).split()
            errors += distance(ours, theirs)
            total += len(ours)
            right += ours == theirs
            said = plain(output).split()
            left += any(not is_syllable(w) and w not in letter_words() for w in said)
        found.append(
            {
                "reader": name,
                "sentences": len(rows),
                "all words right": right,
                "with something left unread": left,
                "word error rate": round(errors / total, 3),
            }
        )
    return found


def speed(texts: list[str]) -> dict[str, Any]:
    sentences = texts or list(HARD)
    words("khởi động")  # load the tables
    took: list[float] = []
    for _ in range(200):
        for sentence in sentences:
            began = time.perf_counter()
            read(sentence)
            took.append(1000 * (time.perf_counter() - began))
    took.sort()
    return {
        "sentences": len(sentences),
        "runs": len(took),
        "p50 ms": round(statistics.median(took), 3),
        "p95 ms": round(took[int(0.95 * len(took))], 3),
        "max ms": round(took[-1], 3),
    }


def machine() -> str:
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"


def show_nemo(result: dict[str, Any]) -> None:
    print(f"{'class':10} {'cases':>6} {'strict':>7} {'lenient':>8} {'share':>7}")
    for name, row in [*result["classes"].items(), ("all", result["total"])]:
        share = row["lenient"] / row["cases"]
        print(f"{name:10} {row['cases']:6} {row['strict']:7} {row['lenient']:8} {share:7.1%}")
    for case in result["differing"]:
        print(f"\n{case['class']}: {case['written']}   ({case['reason']})")
        print(f"  NeMo {case['nemo']}\n  ours {case['ours']}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("what", choices=["nemo", "documents", "compare", "roundtrip", "speed"])
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.what == "nemo":
        folder = Path(options.paths[0] if options.paths else "../shared/text/nemo_vi_tn")
        if not folder.is_dir():
            sys.exit(f"no such folder: {folder}")
        result: Any = nemo(folder)
    elif options.what == "documents":
        result = [document(Path(path)) for path in options.paths]
    elif options.what == "compare":
        named = (path.partition("=") for path in options.paths)
        result = compare(
            {name: Path(file).read_text(encoding="utf-8").splitlines() for name, _, file in named}
        )
    elif options.what == "roundtrip":
        result = roundtrip(int(options.paths[0]) if options.paths else 1_000_000)
    else:
        result = speed(options.paths)
    if options.json:
        print(json.dumps({"machine": machine(), "result": result}, ensure_ascii=False, indent=2))
        return
    print(machine())
    if options.what == "nemo":
        show_nemo(result)
    else:
        for row in result if isinstance(result, list) else [result]:
            for key, value in row.items():
                print(f"{key:27} {value}")
            print()


if __name__ == "__main__":
    main()
