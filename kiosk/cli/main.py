"""The command group, its common options and its one way of failing.

Exit codes: 0 done, 1 not understood or not found, 2 wrong use or broken input.
"""

from __future__ import annotations

import importlib
import logging
import sys
from typing import Any

import click

from kiosk.cli.common import exit_with, install_log, show_usage_error

log = logging.getLogger("troly")

VERBS: dict[str, str] = {
    "answer": "answer",
    "ask": "ask",
    "check": "check",
    "doctor": "doctor",
    "form": "form",
    "knowledge": "knowledge",
    "listen": "listen",
    "meeting": "meeting",
    "models": "models",
    "quarter": "quarter",
    "read": "read",
    "run": "run",
    "speak": "speak",
    "understand": "understand",
    "warm": "warm",
}
"""Verb -> module of this package whose ``command`` runs it. Modules are imported when their
verb is used, so that ``troly --help`` does not wait for the speech libraries."""


class LazyGroup(click.Group):
    """A click group that imports a verb's module when the verb is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every verb, sorted."""
        return sorted(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb's click command, or None when there is no such verb."""
        if cmd_name not in VERBS:
            return None
        command: click.Command = importlib.import_module(f"kiosk.cli.{VERBS[cmd_name]}").command
        return command


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tro-ly-chi-bo", prog_name="troly")
def troly() -> None:
    """Trợ lý chi bộ: ask aloud in Vietnamese, hear the answer, with no network."""


def main(argv: list[str] | None = None) -> Any:
    """Entry point of the ``troly`` script. No traceback reaches the user."""
    for stream in (sys.stdout, sys.stderr):
        # Windows consoles and LANG=C would otherwise fail on Vietnamese.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    install_log()
    try:
        return troly.main(args=argv, prog_name="troly", standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(2)
    except click.ClickException as error:
        show_usage_error(error)
        sys.exit(2)
    except (KeyboardInterrupt, click.Abort):
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)
    except Exception as error:
        exit_with(error)
