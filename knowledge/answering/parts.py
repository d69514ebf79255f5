"""A question that names the place itself: "khoản 2 mục 6 quy định 294 nói gì"."""

from __future__ import annotations

from dataclasses import replace

from knowledge.answering.places import has_text, sections_named, within
from knowledge.search.find import Looked, Ranked
from knowledge.search.passages import Prepared, sections_of
from knowledge.search.ranking import Mix, fit, score
from knowledge.store import Store


def of_part(store: Store, looked: Looked, mix: Mix) -> Ranked | str:
    """The section that is named, or the one within it that fits the rest of the question best.

    Returns:
        The section; or, when it is not in the store, the Vietnamese sentence that says so.
    """
    documents = {d.id: d for d in store.documents()}
    held = next((d for d in looked.documents if has_text(store, d)), None)
    if held is None:
        name = documents[looked.documents[0]].brief
        return store.lines["no_original"].format(document=name) + " " + store.lines["not_found"]
    rows = sections_named(store, held, looked.parts)
    if not rows:
        asked = ", ".join(f"{p.kind} {p.label}" for p in looked.parts)
        return store.lines["no_such_part"].format(part=asked, document=documents[held].brief)
    row = rows[0]
    inside = [row, *within(store, row)]
    prepared = sections_of(store, [r["id"] for r in inside])
    if not looked.units:
        return _ranked(looked, _whole(prepared[row["id"]], list(prepared.values())), mix)
    found = [_ranked(looked, p, mix) for p in prepared.values() if p.passage.text.strip()]
    return max(found, key=lambda r: r.score, default=_ranked(looked, prepared[row["id"]], mix))


def _whole(top: Prepared, within: list[Prepared]) -> Prepared:
    """The section itself; one without a text of its own is said with what stands below it."""
    if top.passage.text.strip():
        return top
    texts = [p.passage.text or p.passage.title for p in within[1:] if p.passage.text.strip()]
    return replace(top, passage=replace(top.passage, text="\n".join(texts)))


def _ranked(looked: Looked, prepared: Prepared, mix: Mix) -> Ranked:
    fitted = fit(looked.units, looked.rarity, looked.asked, prepared)
    return Ranked(prepared, fitted, score(fitted, prepared, mix))
