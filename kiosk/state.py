"""The one folder where everything that changes lives: models, database, settings, logs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True, slots=True)
class State:
    """Paths inside the state folder. Nothing is created until it is written."""

    root: Path

    @property
    def models(self) -> Path:
        """Installed speech models, one folder each."""
        return self.root / "models"

    @property
    def database(self) -> Path:
        """The knowledge store (SQLite)."""
        return self.root / "knowledge.db"

    @property
    def settings(self) -> Path:
        """What the user and the ward have set (TOML)."""
        return self.root / "settings.toml"

    @property
    def cache(self) -> Path:
        """Things that can be made again."""
        return self.root / "cache"

    @property
    def lexicon(self) -> Path:
        """The ward's own words and how they are read."""
        return self.root / "lexicon.tsv"

    @property
    def log(self) -> Path:
        """The English log."""
        return self.root / "troly.log"


def default_state_dir() -> Path:
    """The platform's state folder for this program (XDG on Linux, AppData on Windows)."""
    return Path(platformdirs.user_state_dir("tro-ly-chi-bo", appauthor=False))
