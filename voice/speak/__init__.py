"""Speaking: text becomes sound, sentence by sentence, with a voice on the device."""

from voice.speak.ahead import Ahead, Position
from voice.speak.cache import SoundCache
from voice.speak.choose import VoiceWithStandIn, installed_synthesizers, open_synthesizer
from voice.speak.espeak import EspeakVoice, Tuning
from voice.speak.loudness import level, loudness
from voice.speak.piper import PiperVoice
from voice.speak.queue import SpeechQueue
from voice.speak.script import Paragraph, Script, compose
from voice.speak.speech import Mark, SpokenSentence, speak
from voice.speak.synthesizer import Sound, SpeechSettings, Synthesizer

__all__ = [
    "Ahead",
    "EspeakVoice",
    "Mark",
    "Paragraph",
    "PiperVoice",
    "Position",
    "Script",
    "Sound",
    "SoundCache",
    "SpeechQueue",
    "SpeechSettings",
    "SpokenSentence",
    "Synthesizer",
    "Tuning",
    "VoiceWithStandIn",
    "compose",
    "installed_synthesizers",
    "level",
    "loudness",
    "open_synthesizer",
    "speak",
]
