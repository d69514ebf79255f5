"""Where a model's bytes come from: the package registry, a web server, a folder or USB stick.

Nothing here decides whether the bytes are right; :mod:`voice.models.install` does.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from voice.errors import ModelSourceError
from voice.models.catalogue import LOOPBACK, ModelFile, Source, Url, WheelMember
from voice.models.durable import CHUNK, no_room, read_chunks

SEARCH_DEPTH = 3
"""Folders below the one given in which files are looked for: a stick with one folder a model,
inside one folder for all. Deeper is somebody's photo collection."""

TIMEOUT = httpx.Timeout(60.0, connect=15.0)
"""Seconds. A slow line may pause; a server that is not there should be known soon."""


class NotThereError(ModelSourceError):
    """The source answers, and does not have the file: an alternative may."""


class CutOffError(ModelSourceError):
    """The connection broke; what has arrived can be kept, and the rest asked for again."""


# --- web servers ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reply:
    """The beginning of a server's answer."""

    start: int
    """Offset in the file of the first byte of ``chunks``: 0 when the server starts over."""
    total: int | None
    """Length of the whole file in bytes."""
    validator: str | None
    """Strong ETag or Last-Modified: proves later that the file is still the same."""
    sha256: str | None
    """Digest the server itself states for the file (Hugging Face does, for large files)."""
    chunks: Iterator[bytes]
    """Raises CutOffError when the connection breaks."""


def client() -> httpx.Client:
    """A client for :func:`open_url`. It asks for plain bytes, so that offsets are the file's."""
    return httpx.Client(
        follow_redirects=True, timeout=TIMEOUT, headers={"Accept-Encoding": "identity"}
    )


@contextmanager
def open_url(
    http: httpx.Client, url: str, start: int = 0, validator: str | None = None
) -> Iterator[Reply]:
    """Ask for ``url`` from byte ``start`` on (RFC 9110, range requests).

    With a ``validator``, a server whose file has changed sends it whole (``If-Range``).

    Raises:
        NotThereError: the server does not have it (404, 410).
        CutOffError: no connection, or it broke, or the server is overloaded: try again.
        ModelSourceError: the server refuses.
    """
    headers = {"Range": f"bytes={start}-"} if start else {}
    if start and validator:
        headers["If-Range"] = validator
    try:
        with http.stream("GET", url, headers=headers) as response:
            _check_status(response, url, start)
            yield _reply(response, url, start)
    except (httpx.TransportError, httpx.TooManyRedirects, httpx.InvalidURL) as error:
        raise cut_off(url, error) from error


def _check_status(response: httpx.Response, url: str, start: int) -> None:
    for hop in (*response.history, response):
        if hop.url.scheme != "https" and hop.url.host not in LOOPBACK:
            raise ModelSourceError(
                f"{url}: redirected to {hop.url}, which is not https",
                vi=f"Máy chủ {_host(url)} chuyển hướng đến địa chỉ không an toàn; "
                "đã dừng tải. Có thể cài từ USB: --from THƯ_MỤC.",
            )
    status = response.status_code
    if status in (404, 410):
        raise NotThereError(
            f"{url}: HTTP {status}",
            vi=f"Máy chủ {_host(url)} không có tệp {Url(url).name}. "
            "Có thể cài từ USB: --from THƯ_MỤC.",
        )
    if status in (408, 429) or status >= 500:
        raise cut_off(url, f"HTTP {status}")
    if status == 416 and start:
        return
    if status not in (200, 206) or (status == 206 and not start):
        raise ModelSourceError(
            f"{url}: HTTP {status}",
            vi=f"Máy chủ {_host(url)} từ chối gửi tệp {Url(url).name} (HTTP {status}). "
            "Có thể cài từ USB: --from THƯ_MỤC.",
        )


def _reply(response: httpx.Response, url: str, start: int) -> Reply:
    etag = response.headers.get("ETag")
    strong = etag if etag and not etag.startswith("W/") else None
    validator = strong or response.headers.get("Last-Modified")
    stated = [hop.headers.get("X-Linked-Etag", "") for hop in (*response.history, response)]
    digests = [text.strip('"') for text in stated if re.fullmatch(r'"?[0-9a-f]{64}"?', text)]
    sha256 = digests[0] if digests else None
    described = response.headers.get("Content-Range", "")
    if response.status_code == 416:
        # "bytes */N": what we have is the whole file when N is its length.
        found = re.fullmatch(r"bytes \*/(\d+)", described)
        if found and int(found.group(1)) == start:
            return Reply(start, start, validator, sha256, iter(()))
        raise cut_off(url, f"range from {start} refused: {described!r}")
    if response.status_code == 206:
        found = re.fullmatch(r"bytes (\d+)-\d+/(\d+)", described)
        if not found or int(found.group(1)) != start:
            raise cut_off(url, f"asked from {start}, got {described!r}")
        return Reply(start, int(found.group(2)), validator, sha256, _body(response, url))
    length = response.headers.get("Content-Length", "")
    total = int(length) if length.isdecimal() else None
    return Reply(0, total, validator, sha256, _body(response, url))


def _body(response: httpx.Response, url: str) -> Iterator[bytes]:
    try:
        yield from response.iter_raw()
    except httpx.TransportError as error:
        raise cut_off(url, error) from error


def cut_off(url: str, error: object) -> CutOffError:
    """The error for a download that did not come to its end."""
    return CutOffError(
        f"{url}: {error}",
        vi=f"Mất kết nối với {_host(url)} khi tải {Url(url).name}. Hãy kiểm tra mạng rồi chạy lại "
        "lệnh, phần đã tải được giữ lại; hoặc cài từ USB: --from THƯ_MỤC.",
    )


def _host(url: str) -> str:
    return urlsplit(url).hostname or url


# --- the package registry ------------------------------------------------------------------


def download_wheel(
    requirement: str, folder: Path, report: Callable[[int, int | None], None]
) -> Path:
    """Have pip bring a wheel into ``folder``, from wherever this machine's pip is set to look.

    Args:
        requirement: ``NAME==VERSION``; its dependencies are not followed.
        folder: exists; pip's temporary files go there too, so that one disk holds all.
        report: gets bytes done and bytes in all.

    Raises:
        ModelSourceError: pip is missing or could not get it.
        ModelStorageError: the disk is full.
    """
    command = [
        *(sys.executable, "-m", "pip", "download", "--no-deps", "--no-input", "--no-cache-dir"),
        *("--only-binary", ":all:", "--disable-pip-version-check", "--progress-bar", "raw"),
        *("--dest", str(folder), requirement),
    ]
    environment = {**os.environ, "TMPDIR": str(folder), "TEMP": str(folder), "TMP": str(folder)}
    # A file for the errors: a pipe that nobody reads while we read the other would block pip.
    with tempfile.TemporaryFile() as errors:
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=errors, env=environment, text=True
        ) as process:
            try:
                for line in process.stdout or ():
                    if found := re.fullmatch(r"Progress (\d+) of (\d+)\s*", line):
                        report(int(found.group(1)), int(found.group(2)) or None)
            except BaseException:
                process.terminate()
                raise
        errors.seek(0)
        said = errors.read().decode(errors="replace").strip()
    if process.returncode != 0:
        if "No space left" in said or "File too large" in said:
            raise no_room(folder, said.splitlines()[-1])
        lines = [line for line in said.splitlines() if line.startswith("ERROR:")] or [said[-300:]]
        raise ModelSourceError(
            f"pip could not get {requirement}: {lines[-1]}",
            vi=f"Không lấy được gói {requirement} từ kho gói Python. Hãy kiểm tra mạng rồi chạy "
            "lại lệnh; hoặc chép gói vào USB và cài: --from THƯ_MỤC.",
        )
    wheel = find_wheel(folder, requirement)
    if wheel is None:
        raise ModelSourceError(
            f"pip reported success, but no wheel of {requirement} is in {folder}",
            vi=f"Không thấy gói {requirement} sau khi tải. Hãy chạy lại lệnh.",
        )
    return wheel


def find_wheel(folder: Path, requirement: str) -> Path | None:
    """The wheel of ``requirement`` that lies directly in ``folder``, if any."""
    prefix = WheelMember(requirement, "").wheel_prefix
    for path in sorted(folder.glob("*.whl")):
        if path.name.lower().startswith(prefix):
            return path
    return None


def member_chunks(archive: Path, member: str, start: int = 0) -> Iterator[bytes]:
    """The bytes of one member of a zip or wheel, from ``start`` on.

    Raises:
        NotThereError: the archive has no such member.
        ModelSourceError: the archive is broken or cannot be read.
    """
    try:
        with zipfile.ZipFile(archive) as opened, opened.open(member) as file:
            file.seek(start)
            while chunk := file.read(CHUNK):
                yield chunk
    except KeyError as error:
        raise NotThereError(
            f"{archive} has no member {member}",
            vi=f"Gói {archive.name} không chứa {member}: sai gói hoặc sai phiên bản.",
        ) from error
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, RuntimeError) as error:
        raise ModelSourceError(
            f"{archive} cannot be read: {error}",
            vi=f"Gói {archive.name} bị hỏng hoặc không đọc được. Hãy lấy lại gói này.",
        ) from error


def file_chunks(path: Path, start: int = 0) -> Iterator[bytes]:
    """The bytes of a file on a stick, from ``start`` on.

    Raises:
        ModelSourceError: it cannot be read, or the stick was pulled out.
    """
    try:
        yield from read_chunks(path, start)
    except OSError as error:
        raise ModelSourceError(
            f"cannot read {path}: {error}",
            vi=f"Không đọc được {path}. Hãy cắm lại USB rồi chạy lại lệnh.",
        ) from error


# --- folders and USB sticks ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Folder:
    """Where the user says the files are, and what lies there."""

    root: Path
    model: str
    """Name of the model looked for: a folder of this name is asked first."""
    files: tuple[Path, ...]
    """Every regular file down to SEARCH_DEPTH folders, shallow ones first."""

    @classmethod
    def scan(cls, root: Path, model: str) -> Folder:
        """List ``root``.

        Raises:
            ModelSourceError: it is not a folder, or cannot be read.
        """
        try:
            if not root.is_dir():
                raise NotADirectoryError(f"{root} is not a folder")
            files = tuple(_walk(root, SEARCH_DEPTH))
        except OSError as error:
            raise ModelSourceError(
                f"cannot list {root}: {error}",
                vi=f"Không mở được thư mục {root}. Hãy kiểm tra đường dẫn, hoặc cắm lại USB.",
            ) from error
        return cls(root, model, files)

    def candidates(self, file: ModelFile | Source) -> list[Path]:
        """Files that have the name of ``file``, the likeliest first.

        A stick may hold ``model.bin`` of five models. Whoever has a folder named after the
        model, or after the folder at its home, means that one.
        """
        sources = [part.source for part in file.parts] if isinstance(file, ModelFile) else [file]
        names = {file.name.casefold()}
        if isinstance(file, ModelFile) and len(sources) == 1:
            names.add(sources[0].name.casefold())
        found = [path for path in self.files if path.name.casefold() in names]
        homes = self._homes(*sources)
        return sorted(found, key=lambda path: (path.parent.name not in homes, len(path.parts)))

    def means_model(self, path: Path, file: ModelFile) -> bool:
        """Whether ``path`` lies where this model's files are meant to lie, and no other's."""
        homes = self._homes(*(part.source for part in file.parts))
        return path.parent.name in homes or path.parent == self.root

    def _homes(self, *sources: Source) -> set[str]:
        folders = {source.folder for source in sources if isinstance(source, Url)}
        return {self.model, *folders}

    def wheel(self, requirement: str) -> Path | None:
        """The wheel of ``requirement``, if it lies there."""
        prefix = WheelMember(requirement, "").wheel_prefix
        for path in self.files:
            name = path.name.lower()
            if name.endswith(".whl") and name.startswith(prefix):
                return path
        return None


def _walk(folder: Path, depth: int) -> Iterator[Path]:
    entries = sorted(folder.iterdir())
    yield from (path for path in entries if path.is_file())
    if depth:
        for path in entries:
            if path.is_dir() and not path.is_symlink():
                try:
                    yield from _walk(path, depth - 1)
                except PermissionError:
                    continue
