"""What a check finds, and the report of a document."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from knowledge.form_check.rules import TRUST, Rule, Severity


@dataclass(frozen=True, slots=True)
class Seen:
    """What a check function sees; the rule is added by the caller."""

    line: int
    """Number of the paragraph, from 1; 0 for the page or the whole document."""
    found: str
    wanted: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One departure from a rule."""

    rule: str
    severity: Severity
    place: str
    line: int
    quote: str
    """The beginning of the paragraph."""
    found: str
    wanted: str
    why: str
    source: str
    sureness: str
    fixable: bool
    gravest: bool


@dataclass(frozen=True, slots=True)
class Report:
    """The findings in a document, gravest first."""

    name: str
    standard: str
    """Empty: neither Party nor State form was recognised; only common rules were used."""
    kind: str
    paragraphs: int
    rules: int
    """How many rules were looked at."""
    findings: tuple[Finding, ...]

    def count(self, severity: Severity) -> int:
        """How many findings of that severity."""
        return sum(f.severity == severity for f in self.findings)

    def to_json(self) -> dict[str, Any]:
        """JSON-ready values, as read by :meth:`from_json`."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Report:
        """The report whose :meth:`to_json` gave ``value``."""
        findings = tuple(Finding(**f) for f in value["findings"])
        return cls(**{**value, "findings": findings})


def finding(rule: Rule, seen: Seen, standard: str, quote: str, fixable: bool) -> Finding:
    """A finding of ``rule`` under ``standard``."""
    place = f"đoạn {seen.line}" if seen.line else "toàn văn bản"
    return Finding(
        rule.id, rule.severity_in(standard), place, seen.line, quote, seen.found, seen.wanted,
        rule.text, rule.source, TRUST[rule.trust[standard]], fixable, rule.gravest,
    )  # fmt: skip
