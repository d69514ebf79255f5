"""A real download host on 127.0.0.1, and small catalogues that point to it."""

from __future__ import annotations

import hashlib
import re
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path

from voice.models import Catalogue, parse_catalogue


@dataclass
class Served:
    """A file of the host."""

    body: bytes
    etag: str | None = '"v1"'
    cut_after: int | None = None
    """Close the connection after so many bytes of an answer ..."""
    cuts: int = 0
    """... so many times; -1 for ever."""
    delay: float = 0.0
    """Seconds between two pieces of 4096 bytes."""
    linked_sha256: str | None = None
    status: int = 200


@dataclass
class Host:
    """The download host: what it serves and what it was asked."""

    url: str
    files: dict[str, Served] = field(default_factory=dict)
    asked: list[tuple[str, int]] = field(default_factory=list)
    """Path and first byte of every request."""
    sent: dict[str, int] = field(default_factory=dict)
    """Path -> bytes put on the wire."""

    def serve(self, path: str, body: bytes, **options: object) -> Served:
        self.files[path] = Served(body, **options)  # type: ignore[arg-type]
        return self.files[path]


def handler(host: Host) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path.lstrip("/")
            served = host.files.get(path)
            wanted = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
            start = int(wanted.group(1)) if wanted else 0
            host.asked.append((path, start))
            if served is None or served.status != 200:
                self.send_response(404 if served is None else served.status)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            if_range = self.headers.get("If-Range")
            if if_range is not None and if_range != served.etag:
                start = 0
            if start > len(served.body) or (start and start == len(served.body)):
                self.send_response(416)
                self.send_header("Content-Range", f"bytes */{len(served.body)}")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            body = served.body[start:]
            self.send_response(206 if start else 200)
            if start:
                last = len(served.body) - 1
                self.send_header("Content-Range", f"bytes {start}-{last}/{len(served.body)}")
            self.send_header("Content-Length", str(len(body)))
            if served.etag:
                self.send_header("ETag", served.etag)
            if served.linked_sha256:
                self.send_header("X-Linked-Etag", f'"{served.linked_sha256}"')
            self.end_headers()
            if served.cuts and served.cut_after is not None and len(body) > served.cut_after:
                served.cuts -= 1
                body = body[: served.cut_after]
                self.close_connection = True
            for at in range(0, len(body), 4096):
                try:
                    self.wfile.write(body[at : at + 4096])
                    self.wfile.flush()
                except OSError:
                    self.close_connection = True
                    return
                host.sent[path] = host.sent.get(path, 0) + len(body[at : at + 4096])
                if served.delay:
                    time.sleep(served.delay)

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def noise(size: int, seed: int = 1) -> bytes:
    """Bytes without a pattern, the same every time."""
    block = b"".join(hashlib.sha256(f"{seed} {i}".encode()).digest() for i in range(size // 32 + 1))
    return block[:size]


def catalogue_of(files: str, name: str = "small", head: str = "") -> Catalogue:
    return parse_catalogue(
        f"""
        [[model]]
        name = "{name}"
        kind = "recogniser"
        engine = "whisper-ct2"
        title_vi = "Mô hình thử"
        description = "Để kiểm thử."
        licence = "MIT"
        home = "máy này"
        {head}
        {files}
        """
    )


def file_entry(path: str, url: str, body: bytes | None, extra: str = "") -> str:
    """A catalogue entry; without ``body`` its size and sha256 are unknown."""
    known = "" if body is None else f'bytes = {len(body)}\nsha256 = "{sha256(body)}"'
    return f'[[model.file]]\npath = "{path}"\nurl = "{url}"\n{known}\n{extra}\n'


MODEL = noise(300_000)
CONFIG = b'{"small": true}'


def tree(root: Path) -> dict[str, bytes]:
    """Every file below ``root`` and what is in it."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }
