"""Check functions by the names that the rules use."""

from knowledge.form_check.checks import looks, spelling, texts

CHECKS = {**looks.CHECKS, **texts.CHECKS, **spelling.CHECKS}

__all__ = ["CHECKS"]
