"""What the user and the ward can set, kept as TOML in the state folder."""

from __future__ import annotations

import os
import tomllib
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

import tomli_w

from kiosk.errors import SettingsError
from voice.endpoint import EndpointSettings
from voice.speak import SpeechSettings
from voice.speak.synthesizer import Region


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings; a file need hold only those that differ."""

    region: Region = "bac"
    """Accent of the voice."""
    voice: str = ""
    """Name of the voice; empty takes the best that is installed."""
    recogniser: str = "whisper-base"
    """Name of the recogniser in the model catalogue."""
    rate: float = 1.0
    """Speed of the voice, 0.6 to 1.6."""
    pitch: float = 1.0
    """Height of the voice, 0.5 to 1.5."""
    volume: float = 0.9
    """Loudness of the voice, 0.1 to 1."""
    silence: float = 1.25
    """Seconds of silence that end an utterance."""
    keep: float = 0.3
    """Seconds of sound kept before and after the speech."""
    limit: float = 30.0
    """Seconds after which an utterance ends in any case."""
    bias: str = ""
    """Domain words given to the recogniser as what was said before. On made questions they
    cost accuracy (docs/hearing.md), so none are given by default."""
    threads: int = 2
    """Threads for recognition."""
    host: str = "127.0.0.1"
    """Address the screen is served on; anything but loopback has no microphone in a browser."""
    port: int = 8550

    @property
    def speech(self) -> SpeechSettings:
        """How to speak."""
        return SpeechSettings(self.region, self.rate, self.pitch, self.volume)

    @property
    def endpoint(self) -> EndpointSettings:
        """When an utterance ends."""
        return EndpointSettings(silence=self.silence, keep=self.keep, limit=self.limit)


_RANGES: dict[str, tuple[float, float]] = {
    "rate": (0.6, 1.6),
    "pitch": (0.5, 1.5),
    "volume": (0.1, 1.0),
    "silence": (0.4, 5.0),
    "keep": (0.0, 1.0),
    "limit": (5.0, 30.0),
    "threads": (1, 64),
    "port": (1024, 65535),
}

_REGIONS = ("bac", "trung", "nam")


def load_settings(path: Path) -> Settings:
    """Read ``path``; without a file these are the defaults.

    Raises:
        SettingsError: not TOML, an unknown name, a wrong type, or a value out of range.
    """
    if not path.is_file():
        return Settings()
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _wrong(path, str(error)) from error
    known = {f.name: f for f in fields(Settings)}
    values: dict[str, Any] = {}
    for name, value in raw.items():
        if name not in known:
            raise _wrong(path, f"unknown setting {name}")
        default = getattr(Settings(), name)
        if isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if type(value) is not type(default):
            raise _wrong(path, f"{name} must be {type(default).__name__}, not {value!r}")
        values[name] = value
    settings = replace(Settings(), **values)
    if settings.region not in _REGIONS:
        raise _wrong(path, f"region must be one of {', '.join(_REGIONS)}")
    for name, (low, high) in _RANGES.items():
        if not low <= getattr(settings, name) <= high:
            raise _wrong(path, f"{name} must lie between {low} and {high}")
    return settings


def save_settings(settings: Settings, path: Path) -> None:
    """Write what differs from the defaults; a cut leaves the old file.

    Raises:
        SettingsError: the folder cannot be written.
    """
    default = asdict(Settings())
    changed = {k: v for k, v in asdict(settings).items() if v != default[k]}
    new = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with new.open("wb") as file:
            file.write(tomli_w.dumps(changed).encode())
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError as error:
        raise SettingsError(
            f"cannot write {path}: {error}",
            vi="Không lưu được cài đặt: thẻ nhớ đầy hoặc không có quyền ghi.",
        ) from error


def changed(settings: Settings, **values: float) -> Settings:
    """``settings`` with numbers changed, each kept inside its range."""
    kept = {}
    for name, value in values.items():
        low, high = _RANGES[name]
        kept[name] = round(min(max(value, low), high), 2)
    return replace(settings, **kept)  # type: ignore[arg-type]


def _wrong(path: Path, message: str) -> SettingsError:
    return SettingsError(
        f"{path}: {message}",
        vi=f"Tệp cài đặt {path.name} có lỗi. Hãy sửa, hoặc xóa tệp để dùng cài đặt gốc.",
    )
