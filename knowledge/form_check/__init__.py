"""Checks the form (thể thức) of Party and State documents.

    >>> from pathlib import Path
    >>> from knowledge.form_check import check, spoken
    >>> spoken(check(Path("nghi-quyet.docx")).report)            # doctest: +SKIP
    'Đây là văn bản của Đảng, … Văn bản có ba lỗi nặng: …'

Rules are data (``knowledge/content/form_rules``); docs/form-check.md describes them.
"""

from knowledge.form_check.checking import check_here
from knowledge.form_check.errors import FormCheckError
from knowledge.form_check.findings import Finding, Report
from knowledge.form_check.fixing import fix_here
from knowledge.form_check.isolation import Checked, check
from knowledge.form_check.rules import STANDARDS, Rule, load_rules
from knowledge.form_check.spoken import shown, spoken

__all__ = [
    "STANDARDS", "Checked", "Finding", "FormCheckError", "Report", "Rule",
    "check", "check_here", "fix_here", "load_rules", "shown", "spoken",
]  # fmt: skip
