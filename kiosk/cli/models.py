"""``troly models``: the speech models on this machine."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from kiosk.cli.common import json_option, print_json, state_option
from kiosk.state import State
from voice.errors import ModelMissing
from voice.models import ModelStore, Progress, Status, load_catalogue

KINDS = {"recogniser": "nhận dạng", "voice": "giọng đọc", "vad": "phát hiện tiếng nói"}
STATES = {
    "builtin": "có sẵn",
    "installed": "đã cài",
    "damaged": "bị hỏng",
    "missing": "chưa cài",
}
STEPS = {
    "download": "Đang tải",
    "copy": "Đang chép",
    "verify": "Đang kiểm tra",
    "unpack": "Đang giải nén",
}

PLAIN_EVERY = 5.0
"""Seconds between two lines about one step where no bar can be drawn (a log, a pipe)."""

SHOWN_FROM = 1_000_000
"""Bytes from which a step is worth a bar or a line of its own."""


@click.group()
def command() -> None:
    """Install, check and remove speech models.

    \b
    Example:
      troly models install whisper-base
      troly models install phowhisper-small --from /media/usb
    """


@command.command("list")
@json_option
@state_option
def list_models(as_json: bool, state: State) -> None:
    """List every model: what it is, its size, whether it is installed.

    \b
    Example:
      troly models list --json
    """
    store = _store(state)
    statuses = [store.status(name) for name in store.catalogue.names()]
    if as_json:
        print_json({"folder": str(store.root), "models": [_as_json(s) for s in statuses]})
        return
    width = max(len(status.model.name) for status in statuses)
    for status in statuses:
        model = status.model
        marks = [KINDS[model.kind], STATES[status.state]]
        size = status.bytes or model.bytes
        if model.builtin is None:
            marks.append(_megabytes(size) if size else "chưa rõ dung lượng")
        if status.waiting:
            marks.append(f"đang cài dở {_megabytes(status.waiting)}")
        marks += ["nên dùng"] if model.recommended else []
        click.echo(f"{model.name:{width}}  {model.title_vi}: {', '.join(marks)}")
        click.echo(f"{'':{width}}  {model.description} Giấy phép: {model.licence}.")


@command.command()
@click.argument("name")
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Take every file from this folder or USB stick; nothing is downloaded.",
)
@state_option
def install(name: str, source: Path | None, state: State) -> None:
    """Install the model NAME; an interrupted installation is taken up where it stopped.

    \b
    Example:
      troly models install piper-vi-vais1000-medium --from /media/usb
    """
    store = _store(state)
    status = store.status(name)
    title = status.model.title_vi
    if status.state == "installed" and not store.verify(name):
        click.echo(f"{title} đã được cài và còn nguyên vẹn: {status.path}")
        return
    with _Bar() as bar:
        path = store.install(name, source=source, progress=bar.show)
    if path is None:
        click.echo(f"{title} có sẵn trong chương trình, không cần cài.")
        return
    click.echo(f"Đã cài {title}: {path}")
    if not status.model.pinned:
        click.echo(
            "Lưu ý: danh mục chưa có mã kiểm tra sha256 của mô hình này; "
            "mã của lần cài đầu tiên đã được ghi lại để đối chiếu về sau."
        )


@command.command()
@click.argument("name", required=False)
@state_option
def verify(name: str | None, state: State) -> None:
    """Read installed models through and compare them with their sha256.

    Without NAME, all that are installed. Exit code 1: not installed; 2: damaged.

    \b
    Example:
      troly models verify whisper-base
    """
    store = _store(state)
    names = (name,) if name else store.installed()
    if not names:
        click.echo("Chưa cài mô hình nào. Hãy chạy: troly models install whisper-base")
        sys.exit(1)
    damaged = False
    for each in names:
        try:
            problems = store.verify(each)
        except ModelMissing as error:
            click.echo(error.vi)
            sys.exit(1)
        if not problems:
            click.echo(f"{each}: nguyên vẹn")
            continue
        damaged = True
        for problem in problems:
            click.echo(f"{each}: {problem.vi}")
        click.echo(f"{each}: hãy cài lại: troly models install {each}")
    if damaged:
        sys.exit(2)


@command.command()
@click.argument("name")
@click.option(
    "--forget",
    is_flag=True,
    help="Also drop the sha256 recorded on first use, to accept a new version.",
)
@state_option
def remove(name: str, forget: bool, state: State) -> None:
    """Delete the model NAME, and what is left of an unfinished installation.

    \b
    Example:
      troly models remove phowhisper-tiny
    """
    store = _store(state)
    forgotten = store.forget(name) if forget else False
    try:
        store.remove(name)
    except ModelMissing as error:
        if not forgotten:
            click.echo(error.vi)
            sys.exit(1)
    click.echo(f"Đã gỡ {store.catalogue.get(name).title_vi}.")


def _store(state: State) -> ModelStore:
    return ModelStore(state.models, load_catalogue())


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB".replace(".", ",")


def _as_json(status: Status) -> dict[str, Any]:
    model = status.model
    return {
        "name": model.name,
        "kind": model.kind,
        "engine": model.engine,
        "title": model.title_vi,
        "description": model.description,
        "licence": model.licence,
        "home": model.home,
        "recommended": model.recommended,
        "default": model.default,
        "state": status.state,
        "path": str(status.path) if status.path else None,
        "bytes": model.bytes,
        "installed_bytes": status.bytes,
        "waiting_bytes": status.waiting,
        "files": [
            {"path": file.path, "bytes": file.bytes, "sha256": file.sha256} for file in model.files
        ],
    }


class _Bar:
    """Progress on the error stream: bars on a terminal, a line now and then elsewhere."""

    def __init__(self) -> None:
        self._step: tuple[str, str] | None = None
        self._bar: Any = None
        self._spoken = 0.0

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *error: object) -> None:
        self._close()

    def show(self, progress: Progress) -> None:
        """Draw one report."""
        if (progress.total or SHOWN_FROM) < SHOWN_FROM:
            return
        step = (progress.step, progress.file)
        label = f"{STEPS[progress.step]} {progress.file}"
        if not sys.stderr.isatty():
            self._speak(step, label, progress)
            return
        if step != self._step or self._bar is None:
            self._close()
            self._step = step
            self._bar = tqdm(
                total=progress.total, desc=label, unit="B", unit_scale=True, leave=True
            )
        self._bar.update(progress.done - self._bar.n)

    def _speak(self, step: tuple[str, str], label: str, progress: Progress) -> None:
        finished = progress.done == progress.total
        now = time.monotonic()
        if step == self._step and not finished and now - self._spoken < PLAIN_EVERY:
            return
        self._step, self._spoken = step, now
        of = f" / {_megabytes(progress.total)}" if progress.total else ""
        click.echo(f"{label}: {_megabytes(progress.done)}{of}", err=True)

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None
