"""Checks one document, in this process: for outside files use ``isolation.check``."""

from __future__ import annotations

from datetime import date

from knowledge.extract.limits import Limits
from knowledge.form_check.checks import CHECKS
from knowledge.form_check.findings import Finding, Report, Seen, finding
from knowledge.form_check.opening import Package, read_page
from knowledge.form_check.page import Page
from knowledge.form_check.parts import date_of, mark_parts
from knowledge.form_check.rules import HD36, SEVERITIES, Rule, load_rules

MOST_PER_RULE = 50
"""Findings of one rule that are listed; more say nothing new and fill the memory."""


def applying(page: Page) -> list[Rule]:
    """The rules for a document; when its form is not recognised, those of every form."""
    rules = load_rules()
    if not page.standard:
        return [r for r in rules if len(r.trust) > 2]
    return [r for r in rules if page.standard in r.trust and _in_time(r, date_of(page))]


def _in_time(rule: Rule, day: date | None) -> bool:
    since = rule.args.get("since")
    return since is None or day is None or day >= date.fromisoformat(since)


def seen_by(rule: Rule, page: Page) -> list[Seen]:
    """What ``rule`` finds, at most :data:`MOST_PER_RULE`."""
    found = []
    for seen in CHECKS[rule.check](page, rule.args):
        found.append(seen)
        if len(found) == MOST_PER_RULE:
            break
    return found


def open_page(data: bytes, name: str, standard: str, limits: Limits) -> tuple[Package, Page]:
    """The package and its page with parts recognised.

    Raises:
        DocumentRefused: the file is not read.
    """
    package = Package(data, name, limits)
    page = read_page(package)
    mark_parts(page, standard)
    return package, page


def report_on(page: Page, name: str) -> Report:
    """The findings in a recognised page, gravest first, then in reading order."""
    rules = applying(page)
    standard = page.standard or HD36
    found: list[Finding] = []
    for rule in rules:
        for seen in seen_by(rule, page):
            quote = page.lines[seen.line - 1].text.strip()[:80] if seen.line else ""
            found.append(finding(rule, seen, standard, quote, "fix" in rule.args))
    found.sort(key=lambda f: (not f.gravest, SEVERITIES.index(f.severity), f.line, f.rule))
    return Report(name, page.standard, page.kind, len(page.lines), len(rules), tuple(found))


def check_here(
    data: bytes,
    name: str,
    standard: str = "auto",
    limits: Limits = Limits(),  # noqa: B008
) -> Report:
    """The report on a DOCX.

    Args:
        data: the file's bytes.
        name: its name, for messages.
        standard: ``dang-hd36``, ``dang-hd05``, ``nd30``, or ``auto``.

    Raises:
        DocumentRefused: the file is not read; ``reason`` says why.
    """
    return report_on(open_page(data, name, standard, limits)[1], name)
