"""How much of a file is read before it is refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one file. The longest Party documents have some hundred pages and megabytes."""

    bytes: int = 64 << 20
    """Size of the file."""
    pages: int = 2_000
    """Pages of a PDF."""
    characters: int = 12_000_000
    """Text read out of the file: ten times the longest law."""
    unpacked: int = 256 << 20
    """Bytes of all parts of a zip file together, pictures included."""
    part: int = 24 << 20
    """Bytes of one XML part: its tree takes about ten times as much memory."""
    ratio: int = 200
    """Unpacked bytes per packed byte of a part above a megabyte; Word's own XML stays under 30."""
    parts: int = 4_000
    """Files within a zip file."""
    depth: int = 200
    """Elements within elements."""
    cells: int = 200_000
    """Cells of all tables together."""
    seconds: float = 90.0
    """Time for one file, in its own process."""
    memory: int = 1_500 << 20
    """Address space of the process that reads it (POSIX)."""
