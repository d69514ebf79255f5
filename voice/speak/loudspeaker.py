"""The machine's own loudspeaker, through the player that its sound system brings.

The kiosk's screen plays in the browser; this is for the command line. Packages that play sound
from Python have no PortAudio in their Linux wheels, so ``paplay`` (PulseAudio, PipeWire) or
``aplay`` (ALSA) gets the samples through a pipe.
"""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import time

import numpy as np
import numpy.typing as npt

from voice.errors import LoudspeakerError
from voice.speak.join import resampled
from voice.speak.synthesizer import Sound

AHEAD_SECONDS = 0.2
"""Sound given to the player before it is heard. A pipe would take a second and a half, and then
the place where one stopped would be wrong by as much."""

PLAYERS: dict[str, tuple[str, ...]] = {
    "paplay": ("--raw", "--format=s16le", "--channels=1", "--rate={rate}", "--latency-msec=100"),
    "aplay": ("-q", "-t", "raw", "-f", "S16_LE", "-c", "1", "-r", "{rate}",
              "--buffer-time=200000", "-"),
}  # fmt: skip
"""Program -> its arguments for 16-bit mono samples on standard input, in order of preference."""

_VI_NO_PLAYER = (
    "Máy chưa có chương trình phát loa (paplay hoặc aplay). Hãy cài gói alsa-utils, "
    "hoặc thêm “--out TỆP.wav” để ghi ra tệp."
)
_VI_BROKEN = "Loa không phát được. Hãy kiểm tra dây loa và âm lượng, hoặc thêm “--out TỆP.wav”."


def find_player() -> str | None:
    """The player program to use, or None when the machine has none."""
    return next((name for name in PLAYERS if shutil.which(name)), None)


class ProcessLoudspeaker:
    """A player program fed at the speed of the sound; see ``voice.speak.queue.Loudspeaker``."""

    def __init__(self, player: str | None = None) -> None:
        found = player or find_player()
        if found is None:
            raise LoudspeakerError("no paplay and no aplay on the path", vi=_VI_NO_PLAYER)
        self._player = found
        self._process: subprocess.Popen[bytes] | None = None
        self._rate = 0
        self._began = 0.0
        self._written = 0.0

    def write(self, samples: npt.NDArray[np.float32], rate: int) -> None:
        """Play mono ``samples``; returns when all but :data:`AHEAD_SECONDS` has been heard."""
        process = self._process or self._start(rate)
        samples = resampled(Sound(samples, rate), self._rate).samples
        raw = np.round(np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()
        assert process.stdin is not None
        try:
            process.stdin.write(raw)
            process.stdin.flush()
        except OSError as error:
            self._end()
            message = process.stderr.read().decode(errors="replace") if process.stderr else ""
            raise LoudspeakerError(
                f"{self._player} ended: {message.strip() or error}", vi=_VI_BROKEN
            ) from error
        now = time.monotonic()
        # After a wait for the next sound the clock begins anew.
        self._began = max(self._began, now - self._written)
        self._written += len(samples) / self._rate
        time.sleep(max(0.0, self._left(now) - AHEAD_SECONDS))

    def drain(self) -> None:
        """Wait until all has been heard, and end the player."""
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            assert process.stdin is not None
            process.stdin.close()
            process.wait(self._left(time.monotonic()) + 2.0)
        self._kill(process)

    def drop(self) -> float:
        """Be silent now; the seconds that were not heard."""
        if self._process is None:
            return 0.0
        left = max(0.0, self._left(time.monotonic()))
        self._end()
        return left

    def close(self) -> None:
        """End the player."""
        self._end()

    def _left(self, now: float) -> float:
        return self._written - (now - self._began)

    def _start(self, rate: int) -> subprocess.Popen[bytes]:
        arguments = [part.format(rate=rate) for part in PLAYERS[self._player]]
        try:
            self._process = subprocess.Popen(
                [self._player, *arguments], stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            )  # fmt: skip
        except OSError as error:
            raise LoudspeakerError(f"cannot run {self._player}: {error}", vi=_VI_BROKEN) from error
        self._rate, self._written, self._began = rate, 0.0, time.monotonic()
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            self._kill(process)

    @staticmethod
    def _kill(process: subprocess.Popen[bytes]) -> None:
        with contextlib.suppress(OSError):
            process.kill()
        with contextlib.suppress(OSError):
            if process.stdin is not None:
                process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(2)
