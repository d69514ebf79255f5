"""Every rule: a document that keeps it and one that breaks it."""

import random

import pytest

from knowledge.form_check import check_here, load_rules
from knowledge.form_check.rules import UNSURE
from tests.form_check.made_forms import CONSEQUENCES, fault_for, suitable, to_docx

KEPT = {}


@pytest.mark.parametrize("rule", load_rules(), ids=lambda rule: rule.id)
def test_a_rule_finds_its_fault_and_nothing_else(rule):
    standards = sorted(rule.trust)
    form = suitable(rule, random.Random(standards[len(rule.id + rule.text) % len(standards)]))
    if repr(form) not in KEPT:  # many rules share a clean document
        KEPT[repr(form)] = check_here(to_docx(form), "kept.docx", form.standard)
    assert KEPT[repr(form)].findings == ()
    fault_for(rule)(form)
    broken = check_here(to_docx(form), "broken.docx", form.standard)
    found = {f.rule for f in broken.findings}
    assert rule.id in found
    assert found <= {rule.id, *CONSEQUENCES.get(rule.id, ())}


def test_there_are_enough_rules_and_each_names_its_source():
    rules = load_rules()
    assert len(rules) >= 120
    assert all(rule.text.endswith(".") and rule.source for rule in rules)


def test_an_uncertain_rule_is_never_an_error():
    for rule in load_rules():
        for standard, trust in rule.trust.items():
            assert not (trust in UNSURE and rule.severity_in(standard) == "lỗi")
