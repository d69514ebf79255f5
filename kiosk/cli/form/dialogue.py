"""``troly form walk`` and ``fill``: one question at a time, then the list or the filled form."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from kiosk.cli.common import json_option, print_json, state_option, write_file
from kiosk.cli.form.catalogue import subject_named
from knowledge.procedures import Form, Question, Session, answer, finish, result, shipped, start
from knowledge.procedures.layout import blocks, plain
from knowledge.procedures.values import filled

F = TypeVar("F", bound=Callable[..., Any])
ENDINGS = (".docx", ".pdf")


def dialogue_options(command: F) -> F:
    """NAME and the options that walk and fill share."""
    for option in reversed(
        [
            click.argument("name"),
            click.option(
                "--set",
                "given",
                multiple=True,
                metavar="ID=ANSWER",
                help="Answer a question beforehand; IDs: troly form show NAME.",
            ),
            click.option("--no-ask", is_flag=True, help="Ask nothing; what is not set stays open."),
            click.option("--today", metavar="YYYY-MM-DD", help="Reckon from this day."),
            click.option(
                "--out",
                multiple=True,
                type=click.Path(dir_okay=False, path_type=Path),
                metavar="FILE",
                help="Save as .docx or .pdf; may be repeated.",
            ),
            click.option("--print", "to_printer", is_flag=True, help="Send to the printer."),
            json_option,
            state_option,
        ]
    ):
        command = option(command)
    return command


@click.command()
@dialogue_options
def walk(name: str, **options: Any) -> None:
    """Go through a procedure: its questions one by one, then papers, dates, steps and places.

    Answers come from the keyboard or from standard input, one a line, as people say them: "có",
    "tôi chưa có", "bỏ qua", "quay lại", "ngày 15 tháng 1", or the number of a choice. Nothing is
    kept unless --out names a file.

    \b
    Examples:
      troly form walk "tiếp nhận đảng viên" --out danh-sach.pdf
      troly form walk card_lost --set reported=có --set stolen="bị trộm" --no-ask --json
    JSON: procedure, title, today, as_of, trust, stopped, warnings, deadlines [{id, text, day,
    basis, late, milestone, days_off, sure, backing}], papers [{id, name, state, number, form, get,
    sure, backing}], steps, places, forms, sources, answers, speech, saved.
    """
    session = _held(name, options, want_form=False)
    made = result(session)
    saved = _keep(session, options)
    if options["as_json"]:
        print_json({**made.to_json(), "saved": saved})
        return
    click.echo(plain(blocks(made, session.library)))
    _farewell(session, saved, "privacy")


@click.command()
@dialogue_options
def fill(name: str, **options: Any) -> None:
    """Fill a form: its fields one by one, into a DOCX or PDF of our own drawing.

    A field that is skipped becomes a dotted line. Nothing is kept unless --out names a file.

    \b
    Examples:
      troly form fill "đơn xin miễn sinh hoạt" --out don.docx
      troly form fill fee_receipt --no-ask --out trong.pdf      (an empty form)
    JSON: form, title, rows [[label, text]], filled, empty, speech, saved.
    """
    session = _held(name, options, want_form=True)
    saved = _keep(session, options)
    made = filled(session)
    if options["as_json"]:
        print_json({**asdict(made), "saved": saved})
        return
    lines = session.library.lines
    click.echo(made.title)
    for label, text in made.rows:
        click.echo(f"  {label}: {text or lines['empty_field']}")
    click.echo(lines["form_own_drawing"])
    _farewell(session, saved, "save_hint")


def _held(name: str, options: dict[str, Any], *, want_form: bool) -> Session:
    """The dialogue, held to its end."""
    for path in options["out"]:
        if path.suffix.lower() not in ENDINGS:
            raise click.UsageError(f"“{path}” không dùng được: tên tệp hết bằng .docx hay .pdf.")
    library = shipped()
    subject = subject_named(name, library)
    if isinstance(subject, Form) != want_form:
        other = "walk" if want_form else "fill"
        kind = "thủ tục" if want_form else "mẫu"
        raise click.UsageError(f"“{name}” là {kind}. Hãy dùng: troly form {other} {subject.id}")
    session = start(subject, today=_day(options["today"]), library=library)
    given = _given(options["given"], {ask.id for ask in subject.questions} | _made(subject))
    # The screen belongs to the dialogue; with --json, standard output belongs to the result.
    session = _talk(session, given, ask=not options["no_ask"], err=options["as_json"])
    for key in given:
        click.echo(f"Câu {key} không hỏi đến trong trường hợp này.", err=True)
    return session


def _talk(session: Session, given: dict[str, str], *, ask: bool, err: bool) -> Session:
    while (question := session.question) is not None:
        text = given.pop(question.id, None)
        if text is not None:
            before = question
            session = answer(session, _choice(text, question))
            if session.question is not None and session.question.id == before.id:
                raise click.UsageError(f"--set {before.id}: {session.notice}")
            continue
        if not ask:
            session = _next_given(session, given)
            continue
        if question.notice:
            click.echo(question.notice, err=err)
        click.echo(f"({question.number}/{question.of}) {question.text_show}", err=err)
        for index, choice in enumerate(question.choices, 1):
            click.echo(f"    {index}. {choice.label}", err=err)
        line = sys.stdin.readline()
        if not line:
            return finish(session)
        if line.strip():
            session = answer(session, _choice(line.strip(), question))
    return session


def _next_given(session: Session, given: dict[str, str]) -> Session:
    """Without asking, a question is left open; the end comes when nothing given is left."""
    return answer(session, session.library.words.skip[0]) if given else finish(session)


def _choice(text: str, question: Question) -> str:
    """The value of the choice with this number; other texts as they are."""
    if text.isdecimal() and 1 <= int(text) <= len(question.choices):
        return question.choices[int(text) - 1].value
    return text


def _given(pairs: tuple[str, ...], known: set[str]) -> dict[str, str]:
    given = {}
    for pair in pairs:
        key, sign, text = pair.partition("=")
        if not sign or not text.strip():
            raise click.UsageError(f"--set {pair}: hãy viết như --set official=có.")
        if key.strip() not in known:
            raise click.UsageError(f"Không có câu hỏi “{key.strip()}”. Xem: troly form show TÊN")
        given[key.strip()] = text.strip()
    return given


def _made(subject: object) -> set[str]:
    """Ids of the questions that the program itself asks about a procedure's papers."""
    papers = getattr(subject, "papers", ())
    return {"check_papers", *(f"paper_{paper.id}" for paper in papers)}


def _day(text: str | None) -> date:
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise click.UsageError(f"“{text}” không phải ngày. Hãy viết như 2026-12-05.") from error


def _keep(session: Session, options: dict[str, Any]) -> list[str]:
    """Save and print what was asked for; returns the names of the files."""
    if not options["out"] and not options["to_printer"]:
        return []
    # The document libraries take a second to load: only when a document is wanted.
    from knowledge.procedures.fill import to_docx, to_pdf
    from knowledge.procedures.office import print_pdf

    for path in options["out"]:
        make = to_pdf if path.suffix.lower() == ".pdf" else to_docx
        write_file(path, make(session))
    if options["to_printer"]:
        print_pdf(to_pdf(session))
    return [str(path) for path in options["out"]]


def _farewell(session: Session, saved: list[str], otherwise: str) -> None:
    """Say what became of the answers."""
    lines = session.library.lines
    click.echo()
    for path in saved:
        click.echo(lines["saved"].format(path=path))
    if not saved:
        click.echo(lines[otherwise])
