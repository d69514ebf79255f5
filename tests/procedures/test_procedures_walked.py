"""Every procedure from its first question to its list: by voice in three writings, and by touch."""

from __future__ import annotations

import json
import unicodedata

import pytest
from procedures.cases import CASES, Case

from knowledge.fold import fold
from knowledge.procedures import Result, begin, go_on, restore, result, shipped

WRITINGS = {
    "spoken": lambda text: text,
    "bare": fold,
    "decomposed": lambda text: unicodedata.normalize("NFD", text).upper(),
}
IDS = [f"{i}-{case.procedure}" for i, case in enumerate(CASES)]


def test_there_is_a_case_for_every_procedure() -> None:
    assert {case.procedure for case in CASES} == set(shipped().procedures)
    assert len(shipped().procedures) >= 15


@pytest.mark.parametrize("case", CASES, ids=IDS)
@pytest.mark.parametrize("writing", WRITINGS)
def test_by_voice(case: Case, writing: str) -> None:
    check(case, walked(case, [WRITINGS[writing](said) for _, said, _ in case.steps]))


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_by_touch(case: Case) -> None:
    check(case, walked(case, [value for _, _, value in case.steps]))


def walked(case: Case, answers: list) -> Result:
    """Go through a case as a screen does, with the state as JSON between two steps."""
    view = begin(case.procedure, today=case.today)
    assert view is not None
    for (wanted, _, value), given in zip(case.steps, answers, strict=True):
        state = json.loads(json.dumps(view.to_json()))["state"]
        question = restore(state).question
        assert question is not None and question.id == wanted
        assert view.expects == question.kind
        assert (view.number, view.done) == (len(state["answers"]) + 1, False)
        assert view.number <= view.of
        view = go_on(state, given)
        assert view.state["answers"][wanted] == value, f"{wanted}: {given}"
    assert view.done and view.expects == "end"
    made = result(restore(view.state))
    # The last answer is read back before the list, when it was a date or a number.
    assert view.speak[-len(made.speech) :] == made.speech
    return made


def check(case: Case, made: Result) -> None:
    assert made.stopped == case.stopped
    states = {"missing": case.missing, "have": case.have, "needed": case.needed}
    for state, wanted in states.items():
        assert {p.id for p in made.papers if p.state == state} == wanted, state
    assert all(paper.sure for paper in made.papers)
    assert {d.id: d.day for d in made.deadlines} == case.due
    assert {d.id for d in made.deadlines if d.late and not d.milestone} == case.late
    spoken = " ".join(made.speech)
    for part in case.says:
        assert part in spoken
    assert "Máy không giữ lại những gì bác vừa trả lời" in made.speech[-1]
    if not case.stopped:
        assert made.steps and made.places
    for paper in made.papers:
        if paper.number:
            brief = paper.number.rpartition(", ")[2]
            assert brief in {d.brief for d in shipped().documents.values()}, "and its document"
