"""Pictures of every state of the screen, made from the running kiosk.

    python -m kiosk.screen.pictures --state DIR --out docs/pictures

Needs Chromium, Playwright and an installed recogniser. A question spoken by the kiosk's own voice
is the microphone, so what is seen is what really happens.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import numpy as np
import soundfile as sf
import soxr

from kiosk.cli.run import BROWSERS
from kiosk.state import State, default_state_dir
from voice.speak import SpeechSettings, open_synthesizer, speak

SIZES = ((1280, 800), (800, 1280))
PORT = 8597
MICROPHONE_RATE = 48_000
QUESTION = "nộp đảng phí ở đâu"
ELSEWHERE = "con mèo nhà tôi thích ăn cá rán"
"""Something the kiosk knows nothing about."""


@click.command()
@click.option("--state", type=click.Path(path_type=Path), help="State folder with the models.")
@click.option("--out", type=click.Path(path_type=Path), default=Path("docs/pictures"))
def main(state: Path | None, out: Path) -> None:
    """Write the pictures."""
    from playwright.sync_api import sync_playwright

    folder = state or default_state_dir()
    out.mkdir(parents=True, exist_ok=True)
    browser = next(path for name in BROWSERS if (path := shutil.which(name)))
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        work = Path(temporary)
        for size in SIZES:
            with _server(folder) as address:
                shots = _Shots(playwright, browser, address, size, out)
                shots.warming()
                shots.turn(_microphone(folder, QUESTION, work / "question.wav"))
                shots.not_understood(_microphone(folder, ELSEWHERE, work / "elsewhere.wav"))
                shots.no_microphone()


@contextmanager
def _server(state: Path) -> Iterator[str]:
    code = "from kiosk.cli import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "run", "--no-browser", "--port", str(PORT),
         "--state", str(state)],
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{PORT}"
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(address, timeout=2).close()
                break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(10)


def _microphone(state: Path, text: str, path: Path) -> Path:
    """A WAV of ``text`` spoken after a second of quiet, with quiet after it."""
    voice = open_synthesizer(State(state).models, "")
    sounds = [sentence.sound for sentence in speak(text, voice, SpeechSettings())]
    samples = np.concatenate([np.asarray(sound.samples, np.float32) for sound in sounds])
    sound = soxr.resample(samples, sounds[0].rate, MICROPHONE_RATE)
    quiet = np.zeros(MICROPHONE_RATE, np.float32)
    sf.write(path, np.concatenate([quiet, sound, np.tile(quiet, 20)]), MICROPHONE_RATE, "PCM_16")
    return path


class _Shots:
    """One size of window."""

    def __init__(
        self, playwright: Any, browser: str, address: str, size: tuple[int, int], out: Path
    ) -> None:
        self._playwright = playwright
        self._browser = browser
        self._address = address
        self._size = size
        self._out = out

    @contextmanager
    def _page(self, microphone: Path | None = None) -> Iterator[Any]:
        flags = ["--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required"]
        if microphone is not None:
            flags += ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
                      f"--use-file-for-fake-audio-capture={microphone}%noloop"]  # fmt: skip
        browser = self._playwright.chromium.launch(executable_path=self._browser, args=flags)
        page = browser.new_page(
            viewport={"width": self._size[0], "height": self._size[1]}, has_touch=True
        )
        page.goto(self._address)
        page.wait_for_selector("flt-semantics-placeholder", state="attached", timeout=30_000)
        page.evaluate("document.querySelector('flt-semantics-placeholder').click()")
        try:
            yield page
        finally:
            browser.close()

    def _shoot(self, page: Any, name: str, *, settle: float = 0.4) -> None:
        page.wait_for_timeout(settle * 1000)
        path = self._out / f"{name}-{self._size[0]}x{self._size[1]}.png"
        page.screenshot(path=str(path))
        click.echo(str(path))

    def warming(self) -> None:
        """While the models are loaded; on a fast machine they are there before the page is."""
        with self._page() as page:
            status = page.locator('[flt-semantics-identifier="status"]')
            status.wait_for(timeout=30_000)
            if "chuẩn bị" in status.inner_text():
                self._shoot(page, "warming")
            _wait(page, "status", "Sẵn sàng", 120)

    def turn(self, microphone: Path) -> None:
        """Home, listening, thinking, the answer being read, and its end."""
        with self._page(microphone) as page:
            _wait(page, "status", "Sẵn sàng", 120)
            self._shoot(page, "home", settle=1.0)
            _tap(page, "talk")
            _wait(page, "status", "Đang nghe")
            self._shoot(page, "listening", settle=1.8)
            _wait(page, "status", "Đang nghĩ")
            self._shoot(page, "thinking", settle=0.15)
            _wait(page, "status", "Đang nói", 60)
            self._shoot(page, "answer", settle=5.0)
            _tap(page, "stop")
            _wait(page, "status", "Sẵn sàng")
            self._shoot(page, "stopped")

    def not_understood(self, microphone: Path) -> None:
        """Something the kiosk does not know."""
        with self._page(microphone) as page:
            _tap(page, "talk")
            _wait(page, "status", "Đang nghe")
            _wait(page, "status", "Đang nói", 60)
            self._shoot(page, "not-understood")

    def no_microphone(self) -> None:
        """Pressed on a machine without a microphone."""
        with self._page() as page:
            _tap(page, "talk")
            page.locator('[flt-semantics-identifier="notice"]').wait_for(timeout=30_000)
            self._shoot(page, "no-microphone")


def _tap(page: Any, name: str) -> None:
    page.locator(f'[flt-semantics-identifier="{name}"]').tap()


def _wait(page: Any, name: str, words: str, seconds: float = 30) -> None:
    page.wait_for_function(
        """([name, words]) => (document.querySelector(
             `[flt-semantics-identifier="${name}"]`)?.innerText ?? "").includes(words)""",
        arg=[name, words],
        timeout=seconds * 1000,
    )


if __name__ == "__main__":
    main()
