"""Whether something holds, given what has been answered so far.

Three values: a question that was skipped leaves what hangs on it open (None), so that the list
can say "perhaps" instead of dropping a paper that may be needed.
"""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.procedures.model import Answers, Condition, Test


def holds(condition: Condition, answers: Answers) -> bool | None:
    """True, False, or None when it hangs on a question that was skipped (value None).

    A question that is not in ``answers`` did not concern this case: nothing holds because of it.
    """
    if not condition.groups:
        return True
    results = [_all([_test(test, answers) for test in group]) for group in condition.groups]
    if True in results:
        return True
    return None if None in results else False


def questions_of(condition: Condition) -> Iterator[str]:
    """Ids of the questions that a condition looks at."""
    for group in condition.groups:
        for test in group:
            yield test.question


def _all(results: list[bool | None]) -> bool | None:
    if False in results:
        return False
    return None if None in results else True


def _test(test: Test, answers: Answers) -> bool | None:
    if test.question not in answers:
        return False
    value = answers[test.question]
    if value is None:
        return None
    if test.op == "=":
        return value in test.values
    limit = test.values[0]
    assert isinstance(value, int) and isinstance(limit, int)
    return {"<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit}[
        test.op
    ]
