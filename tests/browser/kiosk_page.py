"""A kiosk process, a page of it, and a microphone made of a WAV file."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import soundfile as sf
import soxr

from kiosk.state import State

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
)

WATCH_SOUND = """
window.sound = [];
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () {
  if (!this.watched) {
    this.watched = true;
    for (const name of ["playing", "pause", "ended"])
      this.addEventListener(name, () => window.sound.push(
        { name, at: performance.now(), length: this.duration }));
  }
  return play.call(this);
};
document.addEventListener("pointerdown", () => { window.touched = performance.now(); }, true);
"""
"""Notes what every sound of the page does, and when the page was last touched."""

MICROPHONE_RATE = 48_000
"""Sample rate of the WAV that plays the microphone: what a real one has, not what we want."""


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


@dataclass
class Server:
    """`troly run` as a process."""

    state: State
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", "from kiosk.cli import main; main()", "run", "--no-browser",
             "--port", str(self.port), "--state", str(self.state.root)],
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        deadline = time.monotonic() + 30
        while True:
            try:
                urllib.request.urlopen(self.address, timeout=2).close()
                return
            except OSError:
                assert self.process.poll() is None, "troly run has ended"
                assert time.monotonic() < deadline, "troly run does not serve"
                time.sleep(0.1)

    def stop(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        self.process.wait(15)


class Kiosk:
    """A page of the kiosk, seen as a screen reader sees it."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.asked: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("websocket", lambda ws: self.asked.append(ws.url))
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _on_console(self, message: Any) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def see(self) -> None:
        """Switch the semantics tree on, as a screen reader does."""
        self.page.wait_for_selector("flt-semantics-placeholder", state="attached", timeout=30_000)
        self.page.evaluate("document.querySelector('flt-semantics-placeholder').click()")
        self.part("status").wait_for(timeout=30_000)

    def part(self, name: str) -> Any:
        return self.page.locator(f'[flt-semantics-identifier="{name}"]')

    def text(self, name: str) -> str:
        part = self.part(name)
        return " ".join(part.inner_text().split()) if part.count() else ""

    def wait(self, name: str, words: str, seconds: float = 20) -> None:
        """Wait until ``words`` are in the part called ``name``."""
        self.page.wait_for_function(
            """([name, words]) => (document.querySelector(
                 `[flt-semantics-identifier="${name}"]`)?.innerText ?? "").includes(words)""",
            arg=[name, words],
            timeout=seconds * 1000,
        )

    def sounds(self, name: str) -> list[dict[str, float]]:
        """Events called ``name`` ("playing", "ended", "pause") of sounds so far."""
        events: list[dict[str, float]] = self.page.evaluate("window.sound")
        return [event for event in events if event["name"] == name]

    def wait_sounds(self, name: str, count: int, seconds: float = 20) -> None:
        self.page.wait_for_function(
            "([name, count]) => window.sound.filter(e => e.name === name).length >= count",
            arg=[name, count],
            timeout=seconds * 1000,
        )


OpenKiosk = Callable[..., Kiosk]


def as_microphone(samples: np.ndarray, rate: int, path: Path) -> Path:
    """A WAV for Chromium's microphone: a second of quiet, the sound, and quiet after it."""
    sound = soxr.resample(samples.astype(np.float32), rate, MICROPHONE_RATE)
    quiet = np.zeros(MICROPHONE_RATE, np.float32)
    sf.write(path, np.concatenate([quiet, sound, np.tile(quiet, 20)]), MICROPHONE_RATE, "PCM_16")
    return path
