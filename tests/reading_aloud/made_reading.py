"""What the tests of reading aloud share: a voice of tones, a loudspeaker that writes down, texts.

``ToneVoice`` is a whole adapter of an engine (docs/voices.md): 30 ms of sound a syllable, so that
long documents are read in a moment.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from voice.errors import SynthesisError
from voice.speak import Paragraph, Script, Sound, SpeechSettings, compose
from voice.speak.ahead import Make, Piece
from voice.speak.breath import Breath
from voice.speak.queue import Event, Sounding
from voice.speak.speech import Mark, say_breath

RATE = 16_000
SYLLABLE = 0.03
"""Seconds a syllable at speed 1."""


class ToneVoice:
    """A tone a syllable, its height by the syllable's letters."""

    name = "tones"
    version = "1"

    def __init__(self, *, fails_at: str = "", level: float = 0.3) -> None:
        self.fails_at, self.level = fails_at, level
        self.asked: list[str] = []

    def synthesize(self, words: str, settings: SpeechSettings) -> Sound:
        self.asked.append(words)
        if self.fails_at and self.fails_at in words:
            raise SynthesisError("no such tone", vi="Giọng đọc gặp lỗi. Hãy bấm “Nghe lại”.")
        size = round(SYLLABLE / settings.rate * RATE)
        times = np.arange(size) / RATE
        parts = [
            self.level * np.sin(2 * np.pi * (200 + sum(map(ord, word)) % 400) * times)
            for word in words.split()
        ]
        samples = np.concatenate(parts) if parts else np.zeros(0)
        return Sound((samples * settings.volume).astype(np.float32), RATE)


def making(voice: ToneVoice, settings: SpeechSettings | None = None) -> Make:
    """What a queue makes its sounds with."""

    def make(breath: Breath) -> tuple[Sound, tuple[Mark, ...]]:
        return say_breath(breath, voice, settings or SpeechSettings())

    return make


class Recorder:
    """A loudspeaker that writes down what it is given; ``on_write`` runs after each block."""

    def __init__(self, on_write: Callable[[int], None] | None = None, *, behind: float = 0.0):
        self.blocks: list[npt.NDArray[np.float32]] = []
        self.rates: set[int] = set()
        self.drops: list[int] = []
        """Blocks written when it was told to be silent."""
        self.drained = False
        self._on_write = on_write or (lambda count: None)
        self._behind = behind

    @property
    def samples(self) -> npt.NDArray[np.float32]:
        return np.concatenate(self.blocks) if self.blocks else np.zeros(0, dtype=np.float32)

    def write(self, samples: npt.NDArray[np.float32], rate: int) -> None:
        self.blocks.append(samples.copy())
        self.rates.add(rate)
        self._on_write(len(self.blocks))

    def drain(self) -> None:
        self.drained = True

    def drop(self) -> float:
        self.drops.append(len(self.blocks))
        return self._behind


class Events:
    """What a queue told."""

    def __init__(self) -> None:
        self.all: list[Event] = []
        self._lock = threading.Lock()

    def __call__(self, event: Event) -> None:
        with self._lock:
            self.all.append(event)

    @property
    def pieces(self) -> list[Piece]:
        with self._lock:
            return [e.piece for e in self.all if isinstance(e, Sounding)]


PARAGRAPHS = (
    Paragraph("Lời mở đầu ngắn. Câu thứ hai của lời mở đầu."),
    Paragraph("I. Phần thứ nhất", 1),
    Paragraph("Chi bộ họp ngày 3/2. Đảng phí là 1%. Mọi người cùng bàn việc chung."),
    Paragraph("Ý thứ hai của phần này."),
    Paragraph("1. Mục nhỏ", 2),
    Paragraph("Việc nhỏ làm trước. Việc lớn làm sau."),
    Paragraph("II. Phần thứ hai", 1),
    Paragraph("Câu cuối cùng của văn bản."),
)


def script(paragraphs: tuple[Paragraph, ...] = PARAGRAPHS) -> Script:
    return compose(paragraphs)


def whole(made: Script, make: Make) -> npt.NDArray[np.float32]:
    """All of ``made`` as one sound."""
    return np.concatenate([make(b)[0].samples for line in made.lines for b in line.breaths])


DIRECTIVE = """\
# KẾ HOẠCH SINH HOẠT CHI BỘ QUÝ IV/2026

Căn cứ Chỉ thị số 50-CT/TW, ngày 23/7/2025 của Ban Bí thư và Hướng dẫn 42-HD/BTCTW, Chi bộ KP12
(UBND P.14, TP.HCM) thống nhất như sau:

## I. Mục tiêu

1. Có ít nhất 2/3 số đảng viên dự họp; 97,5% đóng đảng phí trước ngày 05/3.
2. Thu 1.248.000 đ, chi 5-7 triệu đồng; in khổ 13,5 cm x 20,5 cm.
   a) Giờ họp: 14h30, tại số 123/45/6A Lạc Long Quân;
   b) Điện thoại 0903 123 456, thư: chibo12@example.vn “khóa XIII” (2025-2030).

## II. Phân công

| Việc | Người | Hạn |
|---|---|---|
| Biên bản | đ/c An | 21-11 |
| Loa & âm thanh | CCB, LHPN | 3-5 ngày |

> Không dùng điện thoại khi họp… 😀 Xem https://example.vn/a?b=1 nhé!
"""
