"""eSpeak NG: the voice that is always there. Three Vietnamese accents, no download.

The library comes from the ``espeakng-loader`` package, for every platform, with its data. It is
a C library with one global state, so one lock guards the process.
"""

from __future__ import annotations

import ctypes
import threading
import unicodedata
from ctypes import CFUNCTYPE, POINTER, c_char_p, c_int, c_short, c_size_t, c_uint, c_void_p
from dataclasses import dataclass
from typing import Any

import espeakng_loader
import numpy as np

from voice.errors import SynthesisError
from voice.speak.synthesizer import Region, Sound, SpeechSettings

VOICES: dict[Region, str] = {
    "bac": "vi",
    "trung": "vi-vn-x-central",
    "nam": "vi-vn-x-south",
}

WORDS_A_MINUTE = 150
"""eSpeak's rate at ``rate=1``. Its own default, 175, is too fast for old listeners."""


@dataclass(frozen=True, slots=True)
class Tuning:
    """eSpeak's own parameters; ``python -m bench.voices tune`` compares them."""

    variant: str = ""
    """A file of eSpeak's ``voices/!v``: another throat for the same rules."""
    words_a_minute: int = WORDS_A_MINUTE
    pitch: int = 50
    """Base pitch at ``pitch=1``, 0 to 99."""
    pitch_range: int = 50
    """How far the tones go up and down, 0 to 99."""
    word_gap: int = 0
    """Rest between words, in 10 ms."""
    amplitude: int = 100
    """eSpeak's volume, 0 to 200. At 100 its samples reach full scale and are cut off there."""


PLAIN = Tuning()
"""eSpeak as it comes, only slower."""

TUNED = Tuning(words_a_minute=135, pitch_range=70, amplitude=60)
"""What reads to people: docs/voices.md has the comparison."""

# speak_lib.h
_AUDIO_OUTPUT_SYNCHRONOUS = 2
_CHARS_UTF8 = 1
_RATE, _VOLUME, _PITCH, _RANGE, _WORD_GAP = 1, 2, 3, 4, 7
_POS_CHARACTER = 1
_EVENT_END, _EVENT_WORD = 0, 1

# An engine that hangs must not hang the kiosk. A sentence of 60 words lasts about 25 s; sound
# is made some hundred times faster than it plays.
_MAX_SECONDS = 120


class _Event(ctypes.Structure):
    """``espeak_EVENT``."""

    _fields_ = [
        ("type", c_int),
        ("unique_identifier", c_uint),
        ("text_position", c_int),
        ("length", c_int),
        ("audio_position", c_int),
        ("sample", c_int),
        ("user_data", c_void_p),
        ("id", c_void_p),
    ]


_Callback = CFUNCTYPE(c_int, POINTER(c_short), c_int, POINTER(_Event))


class _Library:
    """The loaded C library and the buffer its callback fills."""

    def __init__(self) -> None:
        try:
            self.lib: Any = ctypes.CDLL(espeakng_loader.get_library_path())
        except OSError as error:
            raise SynthesisError(
                f"cannot load eSpeak NG: {error}",
                vi="Không mở được giọng đọc eSpeak NG. Hãy cài lại chương trình (make setup).",
            ) from error
        self.lib.espeak_Initialize.argtypes = [c_int, c_int, c_char_p, c_int]
        self.lib.espeak_Synth.argtypes = [
            c_char_p, c_size_t, c_uint, c_int, c_uint, c_uint, c_void_p, c_void_p,
        ]  # fmt: skip
        data = espeakng_loader.get_data_path().encode()
        self.rate = int(self.lib.espeak_Initialize(_AUDIO_OUTPUT_SYNCHRONOUS, 0, data, 0))
        if self.rate <= 0:
            raise SynthesisError(
                "eSpeak NG did not start: its data is missing",
                vi="Giọng đọc eSpeak NG thiếu dữ liệu. Hãy cài lại chương trình (make setup).",
            )
        self.chunks: list[np.ndarray[Any, np.dtype[np.int16]]] = []
        self.onsets: list[tuple[int, float]] = []
        self._samples = 0
        self._callback = _Callback(self._take)  # kept: C holds only the pointer
        self.lib.espeak_SetSynthCallback(self._callback)

    def _take(self, wav: Any, count: int, events: Any) -> int:
        at = 0
        while events and events[at].type != _EVENT_END:
            if events[at].type == _EVENT_WORD:
                # Counted from 1; the time is counted from the beginning of the call.
                place = events[at].text_position - 1
                self.onsets.append((place, events[at].audio_position / 1000))
            at += 1
        if wav and count > 0:
            self.chunks.append(np.ctypeslib.as_array(wav, (count,)).copy())
            self._samples += count
        return int(self._samples > _MAX_SECONDS * self.rate)  # 1 stops the engine

    def speak(self, text: str, voice: str, parameters: dict[int, int]) -> None:
        self.chunks, self.onsets, self._samples = [], [], 0
        if self.lib.espeak_SetVoiceByName(voice.encode()) != 0:
            raise SynthesisError(
                f"eSpeak NG has no voice {voice}",
                vi="Giọng đọc tiếng Việt chưa có trên máy. Hãy cài lại chương trình (make setup).",
            )
        for parameter, value in parameters.items():
            self.lib.espeak_SetParameter(parameter, value, 0)
        raw = text.encode()
        status = self.lib.espeak_Synth(
            raw, len(raw) + 1, 0, _POS_CHARACTER, 0, _CHARS_UTF8, None, None
        )
        if status != 0:
            raise SynthesisError(
                f"eSpeak NG failed with status {status}",
                vi="Giọng đọc gặp lỗi. Hãy bấm “Nghe lại”.",
            )
        self.lib.espeak_Synchronize()


_lock = threading.Lock()
_library: _Library | None = None


class EspeakVoice:
    """The embedded voice."""

    name = "espeak-ng"

    def __init__(self, tuning: Tuning = PLAIN) -> None:
        self._tuning = tuning
        self.version = repr(tuning)
        """What else decides the sound: part of the key of a cached one."""

    def synthesize(self, words: str, settings: SpeechSettings) -> Sound:
        """Speak ``words``; see :class:`~voice.speak.synthesizer.Synthesizer`."""
        global _library
        # eSpeak treats control characters and [[ ]] as commands; a word never needs them.
        text = unicodedata.normalize("NFC", words).replace("[", " ").replace("]", " ")
        text = "".join(c if c.isprintable() else " " for c in text)
        tuning = self._tuning
        voice = VOICES[settings.region] + (f"+{tuning.variant}" if tuning.variant else "")
        parameters = {
            _RATE: round(tuning.words_a_minute * settings.rate),
            _PITCH: min(99, round(tuning.pitch * settings.pitch)),
            _RANGE: tuning.pitch_range,
            _WORD_GAP: tuning.word_gap,
            # The listener's volume is applied to the samples below: these steps are not linear.
            _VOLUME: tuning.amplitude,
        }
        with _lock:
            if _library is None:
                _library = _Library()
            _library.speak(text, voice, parameters)
            chunks, onsets, rate = _library.chunks, _library.onsets, _library.rate
        if not chunks:
            return Sound(np.zeros(0, dtype=np.float32), rate)
        samples = np.concatenate(chunks).astype(np.float32) / np.float32(32768.0)
        return Sound(samples * np.float32(settings.volume), rate, tuple(onsets))
