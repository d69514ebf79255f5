"""What can go wrong while hearing or speaking.

VoiceError
├── AudioError            a sound that cannot be used
│   ├── UnreadableAudio   not WAV/FLAC, broken, or a text file in disguise
│   ├── EmptyAudio        no samples
│   └── AudioTooLong      longer than one utterance may be
├── ModelError
│   ├── UnknownModel      no such name in the catalogue
│   ├── ModelMissing      known, but not installed
│   ├── ModelCorrupt      a file's size or sha256 is not the catalogue's
│   ├── ModelSourceError  a download or a folder that does not give the file
│   └── ModelStorageError no room, or no right, to write it
├── SynthesisError        the voice engine failed
├── LoudspeakerError      no player program, or it failed
└── ReadingError          a lexicon or a text that cannot be read
"""

from __future__ import annotations


class VoiceError(Exception):
    """Base of this room's errors: an English message for the log, a Vietnamese one for people."""

    def __init__(self, message: str, *, vi: str) -> None:
        super().__init__(message)
        self.vi = vi
        """What to show to the user, in Vietnamese: what happened and what to do next."""


class AudioError(VoiceError):
    """A sound that cannot be used."""


class UnreadableAudio(AudioError):
    """The file is not WAV or FLAC, is broken, or only carries the name."""


class EmptyAudio(AudioError):
    """The file holds no samples."""


class AudioTooLong(AudioError):
    """The sound is longer than one utterance may be."""


class ModelError(VoiceError):
    """A model that cannot be used."""


class UnknownModel(ModelError):
    """The catalogue has no model of this name."""


class ModelMissing(ModelError):
    """The model is known but not installed."""


class ModelCorrupt(ModelError):
    """A file's size or sha256 is not the one in the catalogue."""


class ModelSourceError(ModelError):
    """A download, package or folder does not give the file asked for."""


class ModelStorageError(ModelError):
    """There is no room, or no right, to write the model."""


class SynthesisError(VoiceError):
    """The voice engine could not make sound of a text."""


class LoudspeakerError(VoiceError):
    """The machine has no program that plays sound, or it failed."""


class ReadingError(VoiceError):
    """A lexicon or a text that the reader cannot use."""
