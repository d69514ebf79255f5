"""What every verb shares: the state option, JSON output, and the way errors are shown."""

from __future__ import annotations

import contextlib
import json
import logging
import sys
from collections.abc import Callable, Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click
from tqdm import tqdm

from kiosk.state import State, default_state_dir

log = logging.getLogger("troly")

F = TypeVar("F", bound=Callable[..., Any])


def _to_state(ctx: click.Context, param: click.Parameter, value: Path | None) -> State:
    state = State(value or default_state_dir())
    log_to(state)
    return state


def state_option(command: F) -> F:
    """Add ``--state DIR``; the command gets a :class:`State` named ``state``."""
    return click.option(
        "--state",
        type=click.Path(file_okay=False, path_type=Path),
        callback=_to_state,
        help="State folder: models, database, settings.  [default: the user's]",
    )(command)


def json_option(command: F) -> F:
    """Add ``--json``; the command gets a bool named ``as_json``."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


def print_json(value: Any) -> None:
    """Print one JSON document, in readable Vietnamese, to standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def install_log() -> None:
    """Silence the console: users read messages, the log file is for administrators."""
    root = logging.getLogger()
    root.handlers[:] = [logging.NullHandler()]
    root.setLevel(logging.INFO)


def log_to(state: State) -> None:
    """Also log to the state folder's file, if the folder exists and can be written."""
    if not state.root.is_dir():
        return
    try:
        handler = RotatingFileHandler(
            state.log, maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True
        )
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)


def exit_with(error: Exception) -> NoReturn:
    """Show ``error`` as a Vietnamese sentence, log it in English, and exit with 2."""
    vi = getattr(error, "vi", None)
    if vi is None:
        log.exception("unexpected error: %s", error)
        vi = "Có lỗi ngoài dự kiến; chi tiết nằm trong nhật ký (troly.log)."
    else:
        log.error("%s: %s", type(error).__name__, error)
    click.echo(f"Lỗi: {vi}", err=True)
    click.echo(f"({type(error).__name__}: {error})", err=True)
    sys.exit(2)


def show_usage_error(error: click.ClickException) -> None:
    """Show what is wrong with a command as one Vietnamese sentence, and where its help is."""
    click.echo(f"Lỗi: {_in_vietnamese(error)}", err=True)
    if isinstance(error, click.UsageError) and error.ctx is not None:
        click.echo(f"Xem cách dùng: {error.ctx.command_path} --help", err=True)


def _in_vietnamese(error: click.ClickException) -> str:
    """click's own messages are English; ours are not."""
    if isinstance(error, click.exceptions.NoSuchCommand):
        return f"Không có lệnh “{error.command_name}”."
    if isinstance(error, click.NoSuchOption):
        return f"Không có tùy chọn “{error.option_name}”."
    if isinstance(error, click.BadOptionUsage):
        return f"Tùy chọn “{error.option_name}” thiếu giá trị."
    if isinstance(error, click.BadParameter):
        name = error.param.get_error_hint(error.ctx) if error.param and error.ctx else ""
        if isinstance(error, click.MissingParameter):
            return f"Thiếu {name}."
        return f"Giá trị của {name} không dùng được: {error.message}"
    message = error.format_message()
    extra = message.partition("extra argument")[2].partition("(")[2].rstrip(")")
    return f"Thừa “{extra}”. Câu có dấu cách cần đặt trong ngoặc kép." if extra else message


def write_file(path: Path, data: bytes) -> None:
    """Write ``data``; a failure leaves no half file behind and ends the command."""
    new = path.parent / f"{path.name}.new"
    try:
        new.write_bytes(data)
        new.replace(path)
    except OSError as error:
        log.error("cannot write %s: %s", path, error)
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
        raise click.ClickException(
            f"Không ghi được tệp {path}: {error.strerror or error}. Hãy chọn thư mục khác."
        ) from error


@contextlib.contextmanager
def progress_bar(title: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on a terminal, nothing elsewhere; yields ``report(done, total)``."""
    with tqdm(desc=title, disable=None, leave=False, unit="") as bar:

        def report(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield report
