"""The kiosk as a person meets it: `troly run` in a process of its own, and a real Chromium.

A WAV file is the microphone; what the loudspeaker does is read from the page's media elements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from kiosk_page import CHROMIUM, FLAGS, WATCH_SOUND, Kiosk, OpenKiosk, Server, as_microphone

from kiosk.state import State


@pytest.fixture(scope="session")
def server(state_with_models: State) -> Iterator[Server]:
    served = Server(state_with_models)
    served.start()
    yield served
    served.stop()


@pytest.fixture
def open_kiosk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OpenKiosk]:
    """Opens a page: ``open_kiosk(microphone=WAV, ...)``. Nothing may leave this machine."""
    if CHROMIUM is None:
        pytest.skip("needs chromium")
    sync_api = pytest.importorskip("playwright.sync_api")
    opened: list[tuple[Kiosk, str]] = []
    with sync_api.sync_playwright() as playwright:

        def open_page(
            *,
            microphone: Path | None = None,
            allow: bool = True,
            profile: Path | None = None,
            address: str | None = None,
            size: tuple[int, int] = (1280, 800),
            see: bool = True,
        ) -> Kiosk:
            if address is None:
                address = request.getfixturevalue("server").address
            flags = list(FLAGS)
            if allow:
                flags.append("--use-fake-ui-for-media-stream")
            if microphone is not None:
                flags += ["--use-fake-device-for-media-stream",
                          f"--use-file-for-fake-audio-capture={microphone}%noloop"]  # fmt: skip
            context = playwright.chromium.launch_persistent_context(
                str(profile or tmp_path / f"profile-{len(opened)}"),
                executable_path=CHROMIUM, headless=True, args=flags, has_touch=True,
                viewport={"width": size[0], "height": size[1]},
            )  # fmt: skip
            page = context.pages[0] if context.pages else context.new_page()
            page.add_init_script(WATCH_SOUND)
            kiosk = Kiosk(page)
            opened.append((kiosk, address))
            page.goto(address)
            if see:
                kiosk.see()
            return kiosk

        yield open_page
        for kiosk, address in opened:
            kiosk.page.context.close()
            own = (address, address.replace("http", "ws"), "data:", "blob:")
            assert [url for url in kiosk.asked if not url.startswith(own)] == []
            assert [c for c in kiosk.complaints if "Content Security Policy" in c] == []


@pytest.fixture
def ready_kiosk(open_kiosk: OpenKiosk) -> OpenKiosk:
    """Like ``open_kiosk``, and waits until the models are loaded."""

    def open_ready(**options: Any) -> Kiosk:
        kiosk = open_kiosk(**options)
        kiosk.wait("status", "Sẵn sàng", 120)
        return kiosk

    return open_ready


@pytest.fixture
def spoken(state_with_models: State, tmp_path: Path) -> Callable[[str], Path]:
    """Makes a question, spoken by the project's own voice, the microphone."""
    from voice.speak import SpeechSettings, open_synthesizer, speak

    def make(text: str) -> Path:
        voice = open_synthesizer(state_with_models.models, "")
        parts = [sentence.sound for sentence in speak(text, voice, SpeechSettings())]
        samples = np.concatenate([np.asarray(part.samples) for part in parts])
        return as_microphone(samples, parts[0].rate, tmp_path / "microphone.wav")

    return make
