"""Speaking: text becomes sound, sentence by sentence, with a voice on the device."""

from voice.speak.choose import installed_synthesizers, open_synthesizer
from voice.speak.espeak import EspeakVoice
from voice.speak.piper import PiperVoice
from voice.speak.speech import SpokenSentence, speak
from voice.speak.synthesizer import Sound, SpeechSettings, Synthesizer

__all__ = [
    "EspeakVoice",
    "PiperVoice",
    "Sound",
    "SpeechSettings",
    "SpokenSentence",
    "Synthesizer",
    "installed_synthesizers",
    "open_synthesizer",
    "speak",
]
