"""LibreOffice, where it is installed, turns DOCX into PDF; and a printer takes PDF."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from knowledge.procedures.errors import OutputError

log = logging.getLogger(__name__)

PATIENCE = 90
"""Seconds: the first start of LibreOffice on a slow tablet takes most of a minute."""

_MEMORY = Path("/dev/shm")


def office_program() -> str | None:
    """LibreOffice's program, or None when it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def office_pdf(document: bytes) -> bytes | None:
    """``document`` (DOCX) as PDF, or None when LibreOffice is missing or fails.

    LibreOffice only takes files: they lie in memory where the system allows it, and are deleted
    whatever happens. Its own profile is thrown away too, so that no recent-files list remains.
    """
    program = office_program()
    if program is None:
        return None
    where = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="troly-", dir=where) as name:
        folder = Path(name)
        source = folder / "form.docx"
        source.write_bytes(document)
        profile = f"-env:UserInstallation={folder.as_uri()}/profile"
        call = [
            program, "--headless", "--norestore", profile,
            "--convert-to", "pdf", "--outdir", str(folder), str(source),
        ]  # fmt: skip
        try:
            subprocess.run(call, check=True, capture_output=True, timeout=PATIENCE)
            return (folder / "form.pdf").read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            log.warning("LibreOffice made no PDF: %s", error)
            return None


def print_pdf(document: bytes) -> None:
    """Send a PDF to the default printer (CUPS), through a pipe: no file is made.

    Raises:
        OutputError: there is no print command or no printer.
    """
    program = shutil.which("lp")
    try:
        if program is None:
            raise OSError("lp is not installed")
        subprocess.run([program, "-"], input=document, check=True, capture_output=True, timeout=30)
    except (OSError, subprocess.SubprocessError) as error:
        detail = getattr(error, "stderr", b"") or b""
        raise OutputError(
            f"cannot print: {error} {detail.decode(errors='replace').strip()}",
            vi="Chưa in được: máy chưa nối máy in. Hãy lưu ra tệp PDF rồi in ở máy khác.",
        ) from error
