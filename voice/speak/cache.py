"""Sounds kept on disk, so that what was said once need not be made again.

``diskcache`` (SQLite with files beside it) keeps them under a size limit and throws out what was
not used for longest; a process that is killed while it writes leaves at most a file that nothing
points to. A cache may be lost at any time: whatever goes wrong with it is logged, and the sound
is made anew.
"""

from __future__ import annotations

import hashlib
import io
import json
import logging
import shutil
import sqlite3
import struct
from pathlib import Path
from typing import Any

import diskcache
import numpy as np
import soundfile as sf

from voice.speak.synthesizer import Sound, SpeechSettings, Synthesizer

log = logging.getLogger(__name__)

SIZE_LIMIT = 200_000_000
"""Bytes: some two hours of speech in FLAC."""

FORMAT = "1"
"""Raised when the same words would be kept otherwise, so that old sounds are not used."""

_HEAD = struct.Struct("<I")
_FAILURES = (sqlite3.Error, OSError, diskcache.Timeout)


class _PlainDisk(diskcache.Disk):  # type: ignore[misc]
    """Bytes only. What is not bytes would be unpickled, and a pickle can run anything."""

    def fetch(self, mode: int, filename: str, value: Any, read: bool) -> Any:
        if mode not in (diskcache.core.MODE_RAW, diskcache.core.MODE_BINARY):
            raise OSError("the cache holds something else than sound")
        return super().fetch(mode, filename, value, read)


class SoundCache:
    """Sounds by voice, settings and words. Safe to share between threads and processes."""

    def __init__(self, folder: Path, *, size_limit: int = SIZE_LIMIT) -> None:
        self._folder = folder
        self._limit = size_limit
        self._cache: diskcache.Cache | None = None
        self._open()

    def __len__(self) -> int:
        try:
            return len(self._cache) if self._cache is not None else 0
        except _FAILURES:
            return 0

    @property
    def size(self) -> int:
        """Bytes on disk, as the cache counts them."""
        try:
            return int(self._cache.volume()) if self._cache is not None else 0
        except _FAILURES:
            return 0

    def get(self, key: str) -> Sound | None:
        """The sound kept under ``key``, or None."""
        if self._cache is None:
            return None
        try:
            raw = self._cache.get(key)
            return None if raw is None else _unpacked(raw)
        except (*_FAILURES, ValueError, KeyError, TypeError, RuntimeError, struct.error) as error:
            self._trouble("read", error)
            return None

    def put(self, key: str, sound: Sound) -> None:
        """Keep ``sound`` under ``key``; the oldest go when there is no room."""
        if self._cache is None or not len(sound.samples):
            return
        try:
            self._cache.set(key, _packed(sound))
        except (*_FAILURES, RuntimeError) as error:
            self._trouble("write", error)

    def close(self) -> None:
        """Give the files back."""
        if self._cache is not None:
            self._cache.close()

    def _open(self) -> None:
        for attempt in range(2):
            try:
                self._cache = diskcache.Cache(
                    str(self._folder), size_limit=self._limit, disk=_PlainDisk,
                    # Its own caches would grow to 96 MB in a long reading, for rows read once.
                    sqlite_cache_size=256, sqlite_mmap_size=0,
                    eviction_policy="least-recently-used", timeout=5,
                )  # fmt: skip
                return
            except (*_FAILURES, ValueError, TypeError) as error:
                log.warning("sound cache %s does not open: %s", self._folder, error)
                if attempt == 0:
                    shutil.rmtree(self._folder, ignore_errors=True)
        self._cache = None

    def _trouble(self, what: str, error: Exception) -> None:
        log.warning("cannot %s the sound cache %s: %s", what, self._folder, error)
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(
            error, sqlite3.OperationalError
        ):
            # The file is no database any more. Nothing in it is worth saving.
            self.close()
            shutil.rmtree(self._folder, ignore_errors=True)
            self._open()


def cache_key(words: str, synthesizer: Synthesizer, settings: SpeechSettings) -> str:
    """The key of ``words`` in this voice; volume is not in it, it is applied later."""
    parts = (
        FORMAT,
        synthesizer.name,
        str(getattr(synthesizer, "version", "")),
        settings.region,
        f"{settings.rate:.3f}",
        f"{settings.pitch:.3f}",
        words,
    )
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=20).hexdigest()


def _packed(sound: Sound) -> bytes:
    head = json.dumps([[place, round(at, 4)] for place, at in sound.onsets]).encode()
    body = io.BytesIO()
    sf.write(body, sound.samples, sound.rate, format="FLAC", subtype="PCM_16")
    return _HEAD.pack(len(head)) + head + body.getvalue()


def _unpacked(raw: bytes) -> Sound:
    if not isinstance(raw, bytes):
        raise ValueError("not a kept sound")
    (length,) = _HEAD.unpack_from(raw)
    head = json.loads(raw[_HEAD.size : _HEAD.size + length])
    samples, rate = sf.read(io.BytesIO(raw[_HEAD.size + length :]), dtype="float32")
    onsets = tuple((int(place), float(at)) for place, at in head)
    return Sound(np.ascontiguousarray(samples, dtype=np.float32), int(rate), onsets)
