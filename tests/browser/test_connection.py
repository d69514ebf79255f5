"""The way between browser and server: who is let in, and what happens when it breaks."""

from __future__ import annotations

import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from kiosk_page import CHROMIUM, OpenKiosk, Server
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from kiosk.cli.run import allow_microphone
from kiosk.state import State


def status_of(server: Server, path: str = "/", **headers: str) -> int:
    request = urllib.request.Request(server.address + path, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_own_pages_are_served_and_rebound_names_are_not(server: Server) -> None:
    assert status_of(server) == 200
    assert status_of(server, Host=f"localhost:{server.port}") == 200
    assert status_of(server, Host=f"evil.example:{server.port}") == 403
    assert status_of(server, Host="127.0.0.1") == 403
    assert status_of(server, Origin="http://evil.example") == 403
    assert status_of(server, Origin="null") == 403
    assert status_of(server, path="/docs") == 404
    assert status_of(server, path="/openapi.json") == 404


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://evil.example", None),
        ("null", None),
        (None, None),
        ("http://127.0.0.1:1", None),
        ("http://evil.example", "evil.example"),
    ],
)
def test_a_foreign_websocket_is_refused_before_it_opens(
    server: Server, origin: str | None, host: str | None
) -> None:
    headers = {"Host": f"{host}:{server.port}"} if host else {}
    with pytest.raises(InvalidStatus) as refused:
        connect(
            f"ws://127.0.0.1:{server.port}/ws",
            origin=origin,  # type: ignore[arg-type]
            additional_headers=headers,
        )
    assert refused.value.response.status_code == 403


def test_the_own_websocket_opens(server: Server) -> None:
    address = f"ws://127.0.0.1:{server.port}/ws"
    with connect(address, origin=server.address):  # type: ignore[arg-type]
        pass


def test_responses_carry_a_tight_policy(server: Server) -> None:
    with urllib.request.urlopen(server.address, timeout=10) as response:
        headers = {name.lower(): value for name, value in response.headers.items()}
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self' 'wasm-unsafe-eval' blob: 'sha256-" in policy
    assert "http:" not in policy and "https:" not in policy and "*" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "access-control-allow-origin" not in headers


def test_a_busy_port_is_said_in_vietnamese(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-c", "from kiosk.cli import main; main()", "run", "--no-browser",
             "--port", str(port), "--state", str(tmp_path)],
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert f"cổng {port}" in done.stderr and "Traceback" not in done.stderr


def test_without_a_model_the_screen_comes_up_and_says_so(
    tmp_path: Path, open_kiosk: OpenKiosk
) -> None:
    """Reading, not hearing, still works: the voice is part of the program."""
    server = Server(State(tmp_path / "empty"))
    server.start()
    try:
        kiosk = open_kiosk(address=server.address)
        kiosk.wait("status", "Chưa nghe được", 60)
        assert kiosk.text("notice")
        kiosk.part("card-fees").tap()
        kiosk.wait("status", "Đang nói", 20)
    finally:
        server.stop()


def test_the_page_comes_back_when_the_server_is_restarted(
    tmp_path: Path, open_kiosk: OpenKiosk
) -> None:
    server = Server(State(tmp_path / "restarted"))
    server.start()
    try:
        kiosk = open_kiosk(address=server.address)
        kiosk.part("card-fees").tap()
        kiosk.wait("status", "Đang nói", 30)
        server.stop()
        server.start()
        kiosk.part("card-fees").wait_for(timeout=30_000)
        kiosk.part("card-fees").tap()
        kiosk.wait("status", "Đang nói", 30)
    finally:
        server.stop()


@pytest.mark.skipif(CHROMIUM is None, reason="needs chromium")
def test_the_kiosk_profile_allows_the_microphone_without_asking(
    ready_kiosk: OpenKiosk, server: Server, tmp_path: Path
) -> None:
    import numpy as np
    from kiosk_page import as_microphone

    profile = tmp_path / "kiosk"
    allow_microphone(profile, server.address)
    tone = np.sin(np.arange(16_000) / 16_000 * 440 * 2 * np.pi).astype(np.float32) * 0.2
    microphone = as_microphone(tone, 16_000, tmp_path / "tone.wav")
    kiosk = ready_kiosk(microphone=microphone, allow=False, profile=profile)
    kiosk.part("talk").tap()
    kiosk.wait("status", "Đang nghe", 5)
