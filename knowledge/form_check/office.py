"""What is not DOCX (.doc, .odt, .pdf …) becomes DOCX through LibreOffice, when it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from knowledge.extract.limits import Limits
from knowledge.extract.refusals import refuse
from knowledge.form_check.errors import FormCheckError

CONVERTED = (".doc", ".odt", ".rtf", ".pdf")


def read_docx_bytes(path: Path, limits: Limits) -> bytes:
    """The file as DOCX.

    Raises:
        DocumentRefused: missing, too large.
        FormCheckError: LibreOffice is needed and not there, or gave nothing.
    """
    try:
        if not path.is_file():
            raise refuse("missing" if not path.exists() else "not_a_file", path.name, str(path))
        if path.stat().st_size > limits.bytes:
            raise refuse("too_large", path.name, f"{path.stat().st_size} bytes")
        data = path.read_bytes()
    except OSError as error:
        raise refuse("missing", path.name, str(error)) from error
    suffix = path.suffix.lower()
    if suffix not in CONVERTED or (data[:2] == b"PK" and suffix != ".odt"):
        return data
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise FormCheckError("no_office", path.name, "soffice not found")
    with tempfile.TemporaryDirectory() as folder:
        # A copy under a plain name: a name that begins with "-" would be taken for an option.
        copy = Path(folder) / f"document{path.suffix.lower()}"
        copy.write_bytes(data)
        filters = ["--infilter=writer_pdf_import"] if copy.suffix == ".pdf" else []
        command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless",
                   *filters, "--convert-to", "docx", "--outdir", folder, str(copy)]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=limits.seconds, check=False)
        except subprocess.TimeoutExpired as error:
            raise FormCheckError("conversion", path.name, "timeout") from error
        made = Path(folder) / "document.docx"
        if not made.is_file():
            raise FormCheckError("conversion", path.name, "no output")
        return made.read_bytes()
