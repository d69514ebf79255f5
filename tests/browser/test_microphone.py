"""What the browser's microphone hears arrives as 16 kHz mono, whatever the microphone has."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import flet as ft
import numpy as np
import pytest
import soxr
import uvicorn
from kiosk_page import MICROPHONE_RATE, OpenKiosk, as_microphone, free_port

from kiosk.screen.assets import build_assets
from kiosk.screen.microphone import RATE, Microphone, RateMeter

SECONDS = 4.0

FINE = 8 * RATE


class Listener:
    """A page that opens the microphone at once and keeps what comes."""

    def __init__(self, assets: Path) -> None:
        self.heard = b""
        self.closed = threading.Event()
        self.address = f"http://127.0.0.1:{(port := free_port())}"
        app = ft.run(self.main, export_asgi_app=True, assets_dir=str(assets), no_cdn=True)
        config = uvicorn.Config(app, port=port, ws="websockets-sansio", log_config=None)
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)

    async def main(self, page: ft.Page) -> None:
        self.microphone = Microphone()
        await self.microphone.open(self.add)
        await asyncio.sleep(SECONDS)
        await self.microphone.close()
        self.closed.set()

    def add(self, chunk: bytes) -> None:
        self.heard += chunk


@pytest.fixture
def listener(tmp_path: Path) -> Iterator[Listener]:
    served = Listener(build_assets(tmp_path / "assets"))
    served.thread.start()
    while not served.server.started:
        served.thread.join(0.05)
    yield served
    served.server.should_exit = True
    served.thread.join(10)


def sweep(seconds: float) -> np.ndarray:
    """A tone that rises from 200 to 6000 Hz: no two moments of it are alike."""
    at = np.arange(int(seconds * MICROPHONE_RATE)) / MICROPHONE_RATE
    phase = 2 * np.pi * (200 * at + (6000 - 200) / (2 * seconds) * at**2)
    return (0.4 * np.sin(phase)).astype(np.float32)


def test_a_48_khz_microphone_arrives_as_16_khz_mono(
    listener: Listener, open_kiosk: OpenKiosk, tmp_path: Path
) -> None:
    played = sweep(1.5)
    microphone = as_microphone(played, MICROPHONE_RATE, tmp_path / "sweep.wav")
    open_kiosk(microphone=microphone, address=listener.address, see=False)
    assert listener.closed.wait(30)

    heard = np.frombuffer(listener.heard, np.int16).astype(np.float32) / 32768
    assert len(heard) / RATE == pytest.approx(SECONDS, abs=0.8)
    # The browser's resampler may be off by a part of a sample: compared on a finer grid.
    heard = soxr.resample(heard, RATE, FINE)
    wanted = soxr.resample(played, MICROPHONE_RATE, FINE)
    size = len(heard) + len(wanted)
    cross = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(wanted, size)), size)
    at = int(np.argmax(cross[: len(heard) - len(wanted)]))
    likeness = float(np.corrcoef(heard[at : at + len(wanted)], wanted)[0, 1])
    assert likeness > 0.95, f"correlation with what was played: {likeness:.3f}"


def test_the_meter_finds_a_wrong_rate() -> None:
    meter = RateMeter()
    for i in range(20):
        meter.add(9600, i * 0.1)  # 48 kHz
    assert meter.rate == pytest.approx(48_000, rel=0.01)
