"""Every character of the source is in a token, or white space or punctuation between tokens."""

from __future__ import annotations

import random
import re
import unicodedata
from pathlib import Path

import pytest

from voice.read import Sentence, read

CASES = Path(__file__).parent / "cases"
WORDS = re.compile(r"[^\W\d_]+( [^\W\d_]+)*")
MESS = [
    "Chỉ thị 50-CT/TW, ngày 23/7/2025",
    "UBND TP.HCM",
    "😀",
    "👨‍👩‍👧 nhé",
    "1.248 thẻ (69 chi bộ);",
    "“khóa XIII” –",
    "\n- Nhiệm vụ\n",
    "\n\n| a | 5đ |\n|---|:-:|\n",
    "→ ≥90%",
    "a@b.gov.vn",
    "https://x.vn/a?b=1",
    "v.v...",
    "5 đến 15-8",
    "số 12/5 đường Lê Lợi",
    "-5°C",
    "$20",
    "(028) 38221234",
    "+84 903 123 456",
    "1/8-15/8/2025",
    "日本語 текст",
    "½ × ± § ™ ©",
    "\t",
    "\r\n",
    "[x](y) **đậm** `mã` ~~bỏ~~ ^ | \\ <b>",
    "\u200b\u00ad\ufeff",
    "٣٤",
    "K'ho H'Hen Niê",
    "12A1 KP5 T8/2025",
    "´ ` ¨ \u0301",
    "ﬁ ǅ ß İ",
    "1" * 30,
    "……!!!???",
]


def check(text: str, sentences: list[Sentence]) -> None:
    covered = bytearray(len(text))
    last = 0
    for sentence in sentences:
        assert 0 <= sentence.start < sentence.end <= len(text)
        assert any(token.words for token in sentence.tokens)
        assert sentence.pause >= 0
        for token in sentence.tokens:
            assert sentence.start <= token.start < token.end <= sentence.end
            assert token.start >= last, "tokens must be in order and apart"
            last = token.end
            assert token.pause >= 0
            assert token.words == unicodedata.normalize("NFC", token.words).lower()
            assert not token.words or WORDS.fullmatch(token.words), token
            covered[token.start : token.end] = b"\1" * (token.end - token.start)
    if sentences:
        for character, is_covered in zip(text, covered, strict=True):
            # A lone combining mark belongs to nothing that could be said.
            allowed = unicodedata.category(character)[0] in "PZCM"
            assert is_covered or allowed, (character, text)


@pytest.mark.parametrize("seed", range(300))
def test_random_texts(seed: int) -> None:
    chance = random.Random(seed)
    parts = chance.choices(MESS, k=chance.randint(1, 12))
    text = "".join(part + chance.choice([" ", "", ", ", ". ", "\n"]) for part in parts)
    region = chance.choice(["bac", "trung", "nam"])
    check(text, read(text, region=region))  # type: ignore[arg-type]
    decomposed = unicodedata.normalize("NFD", text)
    check(decomposed, read(decomposed, region=region))  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(300))
def test_random_characters(seed: int) -> None:
    chance = random.Random(seed)
    signs = "aAđĐêỆ019.,;:!?()[]{}'\"/\\-–+=%&@#$^*|<>~` \n\tIVXCTW😀°²"
    text = "".join(chance.choices(signs, k=chance.randint(1, 60)))
    check(text, read(text))


def test_every_case_and_its_decomposed_form() -> None:
    for path in sorted(CASES.glob("*.tsv")):
        for row in path.read_text(encoding="utf-8").splitlines():
            if row.startswith("#") or not row:
                continue
            region, written, spoken = row.split("\t")
            written = unicodedata.normalize("NFD", written.replace("\\n", "\n"))
            sentences = read(written, region=region)  # type: ignore[arg-type]
            check(written, sentences)
            assert " ".join(s.words for s in sentences) == spoken


def test_offsets_point_into_decomposed_text() -> None:
    text = unicodedata.normalize("NFD", "Đồng chí đọc Chỉ thị 50-CT/TW.")
    token = read(text)[0].tokens[-1]
    assert text[token.start : token.end] == "50-CT/TW"


def test_what_is_heard_can_be_highlighted() -> None:
    text = "Ngày 21-11, UBND họp 😀 lúc 14h30."
    tokens = read(text)[0].tokens
    assert [(text[t.start : t.end], t.words) for t in tokens] == [
        ("Ngày", "ngày"),
        ("21-11", "hai mươi mốt tháng mười một"),
        ("UBND", "ủy ban nhân dân"),
        ("họp", "họp"),
        ("😀", ""),
        ("lúc", "lúc"),
        ("14h30", "mười bốn giờ ba mươi"),
    ]
