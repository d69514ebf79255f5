"""``troly doctor``: what is installed, what is missing, what to do."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass

import click

from kiosk.cli.common import json_option, print_json, state_option
from kiosk.state import State

# A release of the knowledge, the caches and a log fit in this; a model needs its own size more.
_MIN_FREE_MB = 300


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    name: str
    ok: bool
    needed: bool
    """Whether the kiosk cannot work without it."""
    detail: str
    """What was found, in Vietnamese."""
    remedy: str = ""
    """What to do when it is not well."""


@click.command("doctor")
@json_option
@state_option
def command(as_json: bool, state: State) -> None:
    """Look at everything the kiosk needs and say what to do about what is missing.

    \b
    Example: troly doctor
    JSON: ok, findings [{name, ok, needed, detail, remedy}].
    Exit code 1 when something that is needed is missing.
    """
    findings = [check(state) for check in _CHECKS]
    ok = all(f.ok for f in findings if f.needed)
    if as_json:
        print_json({"ok": ok, "findings": [asdict(f) for f in findings]})
    else:
        for f in findings:
            mark = "tốt  " if f.ok else ("THIẾU" if f.needed else "chưa ")
            click.echo(f"[{mark}] {f.name}: {f.detail}")
            if not f.ok and f.remedy:
                click.echo(f"        → {f.remedy}")
        click.echo("Sẵn sàng." if ok else "Chưa sẵn sàng: xem các dòng THIẾU ở trên.")
    sys.exit(0 if ok else 1)


def _state_folder(state: State) -> Finding:
    place = state.root if state.root.is_dir() else state.root.parent
    while not place.is_dir():
        place = place.parent
    free = shutil.disk_usage(place).free // 1_000_000
    detail = f"{state.root}, còn trống {free} MB"
    return Finding(
        "Thư mục dữ liệu", free >= _MIN_FREE_MB, True, detail,
        f"Hãy dọn bớt: cần ít nhất {_MIN_FREE_MB} MB trống.",
    )  # fmt: skip


def _settings(state: State) -> Finding:
    from kiosk.errors import SettingsError
    from kiosk.settings import load_settings

    try:
        settings = load_settings(state.settings)
    except SettingsError as error:
        return Finding("Cài đặt", False, True, str(error), error.vi)
    return Finding("Cài đặt", True, True, f"giọng miền {settings.region}, cổng {settings.port}")


def _recogniser(state: State) -> Finding:
    from kiosk.errors import SettingsError
    from kiosk.settings import Settings, load_settings
    from voice.errors import ModelError
    from voice.models import ModelStore, load_catalogue

    try:
        name = load_settings(state.settings).recogniser
    except SettingsError:
        name = Settings().recogniser
    store = ModelStore(state.models, load_catalogue())
    try:
        store.path(name)
        problems = store.verify(name)
    except ModelError as error:
        return Finding("Bộ nhận giọng nói", False, True, str(error), error.vi)
    if problems:
        return Finding(
            "Bộ nhận giọng nói", False, True, problems[0].vi, f"Chạy: troly models install {name}"
        )
    return Finding("Bộ nhận giọng nói", True, True, f"{name}, đủ và đúng từng tệp")


def _voice(state: State) -> Finding:
    from voice.errors import VoiceError
    from voice.speak import SpeechSettings, open_synthesizer

    try:
        voice = open_synthesizer(state.models)
        sound = voice.synthesize("xin chào", SpeechSettings())
    except VoiceError as error:
        return Finding("Giọng đọc", False, True, str(error), error.vi)
    return Finding("Giọng đọc", sound.seconds > 0, True, voice.name, "Chạy: make setup")


def _knowledge(state: State) -> Finding:
    from knowledge import open_store
    from knowledge.errors import KnowledgeError

    if not state.root.is_dir():
        return Finding("Kho kiến thức", True, False, "sẽ được tạo khi chạy lần đầu")
    try:
        open_store(state.database).close()
    except KnowledgeError as error:
        return Finding("Kho kiến thức", False, True, str(error), error.vi)
    return Finding("Kho kiến thức", True, True, str(state.database.name))


def _browser(state: State) -> Finding:
    found = next((b for b in ("chromium", "chromium-browser", "google-chrome")
                  if shutil.which(b)), None)  # fmt: skip
    return Finding(
        "Trình duyệt", found is not None, False, found or "không thấy Chromium",
        "Cài Chromium (apt-get install chromium), hoặc mở địa chỉ bằng trình duyệt khác.",
    )  # fmt: skip


_CHECKS: tuple[Callable[[State], Finding], ...] = (
    _state_folder, _settings, _recogniser, _voice, _knowledge, _browser,
)  # fmt: skip
