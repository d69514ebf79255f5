"""The rules of form, loaded from ``knowledge/content/form_rules/*.yaml``.

A rule names its source and how far that source was read (trust). What was not read in an
official text (trust T or K) is never an error: it is lowered to a warning for that standard.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from knowledge.content import SHIPPED
from knowledge.errors import ContentError

Severity = Literal["lỗi", "cảnh báo", "gợi ý"]
SEVERITIES: tuple[Severity, ...] = ("lỗi", "cảnh báo", "gợi ý")

HD36, HD05, ND30 = "dang-hd36", "dang-hd05", "nd30"
STANDARDS = (HD36, HD05, ND30)
"""Party form until and from 27-5-2026; State form."""

GROUPS = {"dang": (HD36, HD05), "nd30": (ND30,), "all": STANDARDS, "hd05": (HD05,)}
TRUST = {"G": "đã đọc bản gốc", "B": "theo báo, trang chính thức",
         "T": "theo nguồn thứ cấp, cần kiểm tra", "K": "theo thông lệ, cần kiểm tra"}  # fmt: skip
UNSURE = ("T", "K")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of form."""

    id: str
    text: str
    """What is asked, a Vietnamese sentence."""
    source: str
    """Document and article."""
    severity: Severity
    trust: dict[str, str]
    """Standard -> G, B, T or K (see :data:`TRUST`); its keys are where the rule holds."""
    check: str
    """Name of a check function (``knowledge/form_check/checks``)."""
    args: dict[str, Any]
    gravest: bool = False

    def severity_in(self, standard: str) -> Severity:
        """How grave a finding is: an uncertain rule is never an error."""
        if self.severity == "lỗi" and self.trust[standard] in UNSURE:
            return "cảnh báo"
        return self.severity


@cache
def load_rules(folder: Path = SHIPPED / "form_rules") -> tuple[Rule, ...]:
    """Every shipped rule.

    Raises:
        ContentError: a rule that is not whole, or an id used twice.
    """
    found: dict[str, Rule] = {}
    for path in sorted(folder.glob("rules_*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for n, entry in enumerate(content["rules"], start=1):
            try:
                rule = _rule(entry, content["sources"])
            except (KeyError, TypeError, ValueError) as error:
                raise ContentError(path.name, 0, f"rule {n}: {error!r}") from error
            if rule.id in found:
                raise ContentError(path.name, 0, f"{rule.id} twice")
            found[rule.id] = rule
    return tuple(found.values())


def _rule(entry: dict[str, Any], sources: dict[str, str]) -> Rule:
    own = dict(entry)
    trust = own.pop("trust")
    standards = GROUPS[own.pop("for")]
    by_standard: dict[str, str] = {
        s: str(trust.get(s, trust["else"]) if isinstance(trust, dict) else trust) for s in standards
    }
    if not set(by_standard.values()) <= set(TRUST):
        raise ValueError(f"trust {trust}")
    rule = Rule(
        own.pop("id"), own.pop("text"), sources[own.pop("source")], own.pop("severity"),
        by_standard, own.pop("check"), own.pop("args", {}), own.pop("gravest", False),
    )  # fmt: skip
    if own or rule.severity not in SEVERITIES:
        raise ValueError(f"{rule.id}: {own} {rule.severity}")
    return rule


@cache
def words(name: str) -> Any:
    """A word list of the rules: ``typos``, ``syllables``, ``kinds`` … (``words.yaml``)."""
    path = SHIPPED / "form_rules" / "words.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))[name]
