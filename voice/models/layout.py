"""Where things lie in the models folder.

models/
├── whisper-base/           what is in use; written by one rename, never touched otherwise
│   └── installed.json      what lies here, with the sha256 of each file
├── first-use.json          digests of files whose sha256 the catalogue does not know
└── .work/
    ├── whisper-base.lock   held while it is installed or removed
    └── whisper-base/       an installation under way; survives a cut, is gone at the end
        ├── new/            becomes models/whisper-base
        ├── archives/       zips, before they are unpacked into new/
        └── wheels/         Python wheels, before their members are taken
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from voice.models.durable import read_json

FIRST_USE = "first-use.json"


def work_folder(root: Path, name: str) -> Path:
    """Where the model ``name`` is put together."""
    return root / ".work" / name


def lock_file(root: Path, name: str) -> Path:
    """Held while the model ``name`` is installed or removed."""
    return root / ".work" / f"{name}.lock"


def aside(root: Path, name: str) -> Path:
    """Where an old version waits on systems that cannot exchange two folders."""
    return root / ".work" / f"{name}.old"


def manifest_digest(manifest: dict[str, Any]) -> str:
    """Digest over everything else in a manifest, kept in it: damage to it shows too."""
    rest = {key: value for key, value in manifest.items() if key != "digest"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()


def first_use(root: Path, name: str) -> dict[str, str]:
    """Path -> sha256 recorded when the files of ``name`` were first installed."""
    found = (read_json(root / FIRST_USE) or {}).get(name, {})
    return {path: entry["sha256"] for path, entry in found.items()}


def tidy(root: Path, name: str) -> None:
    """Remove what an installation of ``name`` leaves empty: half a file is kept, a folder not."""
    work = work_folder(root, name)
    below = sorted(work.rglob("*"), reverse=True) if work.is_dir() else []
    for path in (*below, work, work.parent, root):
        if path.is_dir():
            with suppress(OSError):
                path.rmdir()
