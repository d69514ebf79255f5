"""The web server of the screen: Flet's app behind an origin guard, on the loopback address."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import logging
import socket
import tempfile
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

import flet as ft
import uvicorn

from kiosk.errors import ServerError
from kiosk.screen.app import page_main
from kiosk.screen.assets import build_assets, script_hashes
from kiosk.screen.station import Station
from kiosk.state import State

log = logging.getLogger("troly.server")

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
AsgiApp = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")

CLOSED_PATHS = ("/docs", "/redoc", "/openapi.json", "/oauth_callback", "/upload")
"""What the framework would serve beside the screen, and nobody here needs."""


class OriginGuard:
    """Lets in only pages that this server has served itself.

    A website open in another window can reach 127.0.0.1: by its own address (then ``Origin``
    is foreign) or by a name of its own that suddenly points here (DNS rebinding: then ``Host``
    is foreign). Both are refused, websockets before they are accepted.
    """

    def __init__(self, app: AsgiApp, *, host: str, port: int, policy: str) -> None:
        """``host`` and ``port`` are what the server is bound to; ``policy`` is the CSP."""
        self._app = app
        self._port = port
        self._open = host not in ("127.0.0.1", "::1", "localhost")
        self._headers = security_headers(policy)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        reason = self._refusal(scope, headers)
        if reason is not None:
            log.warning("refused %s %s: %s", scope["type"], scope["path"], reason)
            await _refuse(scope, receive, send, 403)
        elif scope["type"] == "http" and scope["path"].startswith(CLOSED_PATHS):
            await _refuse(scope, receive, send, 404)
        elif scope["type"] == "http":
            await self._app(scope, receive, self._with_headers(send))
        else:
            await self._app(scope, receive, send)

    def _refusal(self, scope: Scope, headers: dict[bytes, str]) -> str | None:
        host = headers.get(b"host", "")
        if not self._is_own(host):
            return f"foreign host {host!r}"
        origin = headers.get(b"origin")
        if origin is None:
            # Browsers send it with every websocket; a page load has none.
            return "websocket without origin" if scope["type"] == "websocket" else None
        return None if origin == f"http://{host}" else f"foreign origin {origin!r}"

    def _is_own(self, host: str) -> bool:
        name, _, port = host.rpartition(":")
        if port != str(self._port):
            return False
        if name in LOOPBACK:
            return True
        # Opened to the network by the ward: an address is safe, only names can be rebound.
        return self._open and _is_address(name.strip("[]"))

    def _with_headers(self, send: Send) -> Send:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = {name for name, _ in self._headers}
                kept = [
                    (name, value)
                    for name, value in message.get("headers", [])
                    if name.lower() not in ours and name.lower() != b"access-control-allow-origin"
                ]
                message = {**message, "headers": [*kept, *self._headers]}
            await send(message)

        return with_headers


def security_headers(policy: str) -> list[tuple[bytes, bytes]]:
    """What every response says about how it may be used."""
    return [
        (b"content-security-policy", policy.encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"x-frame-options", b"DENY"),
        (b"referrer-policy", b"no-referrer"),
        (b"permissions-policy", b"microphone=(self), camera=(), geolocation=()"),
        (b"cross-origin-opener-policy", b"same-origin"),
        (b"cross-origin-embedder-policy", b"require-corp"),
        (b"cross-origin-resource-policy", b"same-origin"),
    ]


def content_policy(index: str) -> str:
    """The Content-Security-Policy for the start page ``index``.

    As tight as Flutter's engine allows: it compiles WebAssembly, writes style attributes and
    starts workers from blobs. Sounds and pictures come over the websocket, as data and blobs.
    """
    scripts = " ".join(script_hashes(index))
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'wasm-unsafe-eval' blob: {scripts}",
            "worker-src 'self' blob:",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "media-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' data: blob:",
            "manifest-src 'self'",
            "base-uri 'self'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )


def _is_address(name: str) -> bool:
    with contextlib.suppress(ValueError):
        ipaddress.ip_address(name)
        return True
    return False


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int) -> None:
    if scope["type"] == "websocket":
        await receive()  # "websocket.connect"; closing instead of accepting answers with 403
        await send({"type": "websocket.close", "code": 1008})
        return
    body = b"403 Forbidden\n" if status == 403 else b"404 Not Found\n"
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [(b"content-type", b"text/plain"), (b"x-content-type-options", b"nosniff")],
        }
    )
    await send({"type": "http.response.body", "body": body})


def build_app(station: Station, state: State, *, host: str, port: int) -> AsgiApp:
    """The ASGI app: guard, headers, Flet."""
    try:
        assets = build_assets(state.cache / "screen")
    except OSError as error:
        log.warning("cannot write %s (%s); using a temporary folder", state.cache, error)
        assets = build_assets(Path(tempfile.mkdtemp(prefix="troly-")) / "screen")
    policy = content_policy((assets / "index.html").read_text("utf-8"))
    app: Any = ft.run(page_main(station), export_asgi_app=True, assets_dir=str(assets), no_cdn=True)
    return OriginGuard(app, host=host, port=port, policy=policy)


def bind(host: str, port: int) -> socket.socket:
    """A listening socket, so that a busy port is known before anything else starts.

    Raises:
        ServerError: the port is taken, or the address is not one of this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((host, port))
        sock.listen()
    except OSError as error:
        sock.close()
        raise ServerError(
            f"cannot listen on {host}:{port}: {error}",
            vi=f"Không mở được cổng {port} trên {host}: có thể trợ lý đang chạy rồi, hoặc chương "
            f"trình khác đang dùng cổng này. Hãy tắt chương trình đó, hoặc chọn cổng khác: "
            f"troly run --port {port + 1}",
        ) from error
    return sock


def serve(
    station: Station, state: State, *, host: str, port: int, on_ready: Callable[[], None]
) -> None:
    """Serve the screen until interrupted; the models are loaded behind it.

    ``on_ready`` is called, in a thread, when pages can be opened.

    Raises:
        ServerError: see :func:`bind`.
    """
    if host not in ("127.0.0.1", "::1", "localhost"):
        log.warning("serving on %s: others on the network can use this kiosk", host)
    sock = bind(host, port)
    port = sock.getsockname()[1]
    app = build_app(station, state, host=host, port=port)
    config = uvicorn.Config(
        app,
        ws="websockets-sansio",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=2,
    )
    asyncio.run(_serve(uvicorn.Server(config), sock, station, on_ready))


async def _serve(
    server: uvicorn.Server, sock: socket.socket, station: Station, on_ready: Callable[[], None]
) -> None:
    serving = asyncio.create_task(server.serve(sockets=[sock]))
    while not server.started and not serving.done():
        await asyncio.sleep(0.02)
    if server.started:
        warming = asyncio.create_task(station.warm())
        await asyncio.to_thread(on_ready)
        await serving
        warming.cancel()
    else:
        await serving
