"""``troly run``: the kiosk."""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import click

from kiosk.cli.common import log_to, state_option
from kiosk.settings import load_settings
from kiosk.state import State

log = logging.getLogger("troly")

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
"""Programs that can show the kiosk, best first."""

BROWSER_FLAGS = (
    "--kiosk",
    "--autoplay-policy=no-user-gesture-required",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-translate",
    "--disable-features=Translate,MediaRouter",
    "--disable-pinch",
    "--overscroll-history-navigation=0",
    "--noerrdialogs",
    "--disable-session-crashed-bubble",
    "--password-store=basic",
)
"""One program on the whole screen, which speaks without being touched first, leaves by no gesture
and calls nobody."""


@click.command("run")
@click.option("--port", type=click.IntRange(1024, 65535), help="Port.  [default: 8550]")
@click.option("--host", help="Address to serve on.  [default: 127.0.0.1]")
@click.option("--no-browser", is_flag=True, help="Serve only; open no browser.")
@state_option
def command(port: int | None, host: str | None, no_browser: bool, state: State) -> None:
    """Run the kiosk: serve the screen and, with a display, show it full screen.

    \b
    Examples:
      troly run
      troly run --no-browser --port 8600
    """
    from kiosk.assistant import Assistant
    from kiosk.screen.station import Station
    from kiosk.server import serve

    if not state.root.is_dir():
        state.root.mkdir(parents=True)
        log_to(state)
    settings = load_settings(state.settings)
    settings = replace(settings, host=host or settings.host, port=port or settings.port)
    station = Station(Assistant(state, settings))
    address = f"http://{settings.host}:{settings.port}"
    browsers: list[subprocess.Popen[bytes]] = []

    def on_ready() -> None:
        click.echo(f"Trợ lý chi bộ: {address}")
        browser = None if no_browser or not has_display() else find_browser()
        if browser is None:
            click.echo(_how_to_try(state), nl=False)
        else:
            browsers.append(open_browser(browser, address, state.root / "browser"))
        sys.stdout.flush()

    try:
        serve(station, state, host=settings.host, port=settings.port, on_ready=on_ready)
    finally:
        for process in browsers:
            process.terminate()


def has_display() -> bool:
    """Whether a browser could show a window."""
    if sys.platform.startswith("linux"):
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return True


def find_browser() -> str | None:
    """Path of the first of :data:`BROWSERS` that is installed."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def allow_microphone(profile: Path, address: str) -> None:
    """Let the page at ``address``, and no other, use the microphone without asking.

    This is what "Allow" in the browser's own dialog writes. The profile's other preferences stay.
    """
    path = profile / "Default" / "Preferences"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        preferences = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        preferences = {}
    node = preferences
    for key in ("profile", "content_settings", "exceptions", "media_stream_mic"):
        node = node.setdefault(key, {})
    node[f"{address},*"] = {"setting": 1}
    path.write_text(json.dumps(preferences), "utf-8")


def open_browser(browser: str, address: str, profile: Path) -> subprocess.Popen[bytes]:
    """Start the browser full screen on ``address``, with a profile of its own."""
    allow_microphone(profile, address)
    flags = [*BROWSER_FLAGS, f"--user-data-dir={profile}", f"--app={address}"]
    if sys.platform.startswith("linux") and os.geteuid() == 0:
        flags.append("--no-sandbox")  # Chromium refuses to start as root otherwise
        log.warning("running as root: the browser has no sandbox")
    log.info("opening %s", browser)
    return subprocess.Popen(
        [browser, *flags], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _how_to_try(state: State) -> str:
    return (
        "Không có màn hình: hãy mở địa chỉ trên trong trình duyệt của máy này, "
        "hoặc thử ngay ở đây:\n"
        '  troly ask --text "họp chi bộ tháng này làm thế nào"\n'
        '  troly speak "Xin chào bác" -o xin-chao.wav\n'
        "  troly doctor\n"
    )
