"""Finding a procedure or a form by what people call it."""

from __future__ import annotations

from rapidfuzz import fuzz

from knowledge.fold import fold
from knowledge.procedures.model import Form, Library, Procedure

NEAR_ENOUGH = 80.0
"""Likeness (0 to 100) from which a name is taken for another spelling of a title."""


def find_subject(name: str, library: Library) -> Procedure | Form | None:
    """The procedure, or else the form, with this id, title or other name.

    Without diacritics, and with small slips, too; None when nothing is near, or two are.
    """
    things: list[Procedure | Form] = [*library.procedures.values(), *library.forms.values()]
    for thing in things:
        if thing.id == name.strip():
            return thing
    wanted = fold(name)
    if not wanted:
        return None
    scores = sorted(
        (
            (max(fuzz.ratio(wanted, fold(text)) for text in (thing.title, *thing.also)), -index)
            for index, thing in enumerate(things)
        ),
        reverse=True,
    )
    best, second = scores[0], scores[1]
    if best[0] < NEAR_ENOUGH or (best[0] < 100 and best[0] == second[0]):
        return None
    return things[-best[1]]
