"""A question in, cited sentences out; or an honest "không tìm thấy"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from knowledge.answering.disagreement import disagree
from knowledge.answering.found import Context, Found, FoundSource, Quote
from knowledge.answering.parts import of_part
from knowledge.answering.quotes import pick
from knowledge.content import source_trust
from knowledge.fold import fold, nfc
from knowledge.search.find import MIX, Looked, Ranked, look, ranked
from knowledge.search.hits import Passage
from knowledge.search.passages import heir_name
from knowledge.search.ranking import Mix
from knowledge.search.words import Unit, units_of
from knowledge.store import Store
from knowledge.trust import UNSURE

SURE = 0.56
"""Confidence from which a passage is given as an answer; chosen on the development half of
bench.knowledge, so that few questions without an answer get one."""

CONTENDER = 0.8
"""Share of the best passage's score from which another one is heard as well."""

NEAR = 3
"""Titles that are named when nothing was found."""

_GOES_ON = ("con", "the con", "vay con", "vay", "the", "neu", "roi", "con neu", "nhung")
"""How a follow-up begins, folded: "còn thời hạn thì sao"."""


def ask(store: Store, question: str, context: Context | None = None, *, mix: Mix = MIX) -> Found:
    """Answer ``question`` from what is known.

    Args:
        store: what is known.
        question: in any Unicode form, with or without diacritics; codes may be spoken.
        context: of the answer before, for "còn thời hạn thì sao?".
        mix: how the signals are weighed.

    Raises:
        StoreError: the store cannot be read.
    """
    question = nfc(question)
    looked = _followed(store, question, context)
    found = ranked(store, looked, mix=mix)
    kept = Context(
        tuple(u.spelled for u in looked.units) or (context.subject if context else ()),
        looked.documents or (context.documents if context and _is_follow_up(question) else ()),
    )
    if looked.documents and looked.parts:
        place = of_part(store, looked, mix)
        if isinstance(place, str):
            return _not_found(store, looked, found, 0.0, kept, place)
        best, sure, found = place, 1.0, [place]
    else:
        if not found or not (looked.units or looked.documents):
            return _not_found(store, looked, found, 0.0, kept)
        best = found[0]
        sure = confidence(best, looked)
        if sure < SURE:
            return _not_found(store, looked, found, sure, kept)
    quotes = [_quote(store, best, looked)]
    other = _contradiction(store, quotes[0], best, found[1:], looked)
    if other:
        quotes.append(other)
    return Found(
        "found", question, best.prepared.passage.title, tuple(quotes),
        _shown(store.lines, quotes), _spoken(store.lines, quotes), round(sure, 4), context=kept,
    )  # fmt: skip


def confidence(best: Ranked, looked: Looked) -> float:
    """How sure it is that a passage answers what was asked: 0 to 1."""
    if not looked.units:
        return 1.0 if looked.documents else 0.0
    fitted = best.fit
    likeness = max(fitted.title, fitted.letters)
    sure = 0.8 * fitted.coverage + 0.2 * likeness
    if looked.documents and set(looked.documents) & set(best.prepared.documents):
        sure += 0.15  # the document is certain, only the place in it is not
    return min(1.0, sure)


def _followed(store: Store, question: str, context: Context | None) -> Looked:
    """What is looked for; a follow-up keeps the subject of the question before."""
    looked = look(store, question)
    if context is None or not context.subject or looked.documents:
        return looked
    if not _is_follow_up(question):
        return looked
    own = list(looked.units)
    before = units_of(" ".join(context.subject))
    kept: list[Unit] = [u for u in before if all(u.folded != o.folded for o in own)]
    both = look(store, question, [*own, *kept])
    if not context.documents:
        return both
    documents = {d.id: d for d in store.documents()}
    names = [documents[name].name for name in context.documents if name in documents]
    return look(store, f"{question} {names[0]}", [*own, *kept]) if names else both


def _is_follow_up(question: str) -> bool:
    folded = fold(question)
    begins = any(folded.startswith(f"{word} ") for word in _GOES_ON)
    ends = folded.endswith(("thi sao", "thi the nao", "the con", "ra sao nua", "thi bao lau"))
    return (begins or ends) and len(folded.split()) <= 12


def _quote(store: Store, found: Ranked, looked: Looked) -> Quote:
    prepared = found.prepared
    passage = prepared.passage
    document = passage.document
    source = FoundSource(
        passage.id,
        document.name if document else "",
        document.code if document else "",
        passage.label,
        document.date if document else "",
        prepared.in_force,
        document.in_force_from if document else None,
        prepared.replaced_by,
        prepared.trust,
        passage.page,
        passage.section,
        passage.kind == "section",
    )
    sentences = pick(passage, looked.units, looked.rarity)
    return Quote(sentences, source, _others(store, passage, source))


def _others(store: Store, passage: Passage, source: FoundSource) -> tuple[FoundSource, ...]:
    """What else an entry of ours rests on."""
    entry = store.entry(passage.id) if passage.kind == "entry" else None
    if entry is None:
        return ()
    documents = {d.id: d for d in store.documents()}
    out = [
        FoundSource(
            passage.id, document.name, document.code, each.where, document.date,
            document.replaced_by is None, document.in_force_from,
            heir_name(document, documents), source_trust(each, documents), None, None, False,
        )
        for each in entry.sources
        if (document := documents[each.document])
    ]  # fmt: skip
    first = (source.document, source.where)
    return tuple(o for o in out if (o.document, o.where) != first)


def _contradiction(
    store: Store, quote: Quote, best: Ranked, others: Sequence[Ranked], looked: Looked
) -> Quote | None:
    """Another passage that fits about as well, rests on another document, and differs."""
    for other in others[:8]:
        if other.score < CONTENDER * best.score or confidence(other, looked) < SURE:
            continue
        if set(other.prepared.documents[:1]) & set(best.prepared.documents[:1]):
            continue
        second = _quote(store, other, looked)
        if disagree(quote.sentences, second.sentences):
            return second
    return None


def _shown(lines: Mapping[str, str], quotes: Sequence[Quote]) -> str:
    parts = []
    for at, quote in enumerate(quotes):
        if at:
            parts.append(lines["other_says"].format(document=_dated(quote.source)))
        parts += quote.sentences
        parts += _status(lines, quote.source)
    if len(quotes) > 1:
        first = _dated(quotes[0].source)
        parts = [lines["disagree"], lines["quoted_whole"].format(document=first), *parts]
    return " ".join(parts)


def _spoken(lines: Mapping[str, str], quotes: Sequence[Quote]) -> str:
    parts = [lines["disagree"]] if len(quotes) > 1 else []
    for at, quote in enumerate(quotes):
        source = quote.source
        if at:
            parts.append(lines["other_says"].format(document=_dated(source)))
        elif not source.original:
            parts.append(lines["own_summary"].format(document=_dated(source)))
        elif source.where:
            parts.append(lines["quoted"].format(document=_dated(source), where=source.where))
        else:
            parts.append(lines["quoted_whole"].format(document=_dated(source)))
        parts += quote.sentences
        parts += _status(lines, source)
    return " ".join(_ended(part) for part in parts)


def _dated(source: FoundSource) -> str:
    return source.document


def _status(lines: Mapping[str, str], source: FoundSource) -> list[str]:
    """Whether it still holds, and that it is unsure."""
    if not source.replaced_by:
        return [lines["caution"]] if source.trust == UNSURE else []
    mark = lines["unsure_mark"]
    name = source.replaced_by.removesuffix(mark).strip()
    unsure = source.replaced_by.endswith(mark)
    return [lines["may_be_replaced" if unsure else "is_replaced"].format(document=name)]


def _ended(sentence: str) -> str:
    return sentence if sentence[-1] in ".?!:;" else f"{sentence}."


def _not_found(
    store: Store,
    looked: Looked,
    found: Sequence[Ranked],
    sure: float,
    kept: Context,
    why: str = "",
) -> Found:
    lines = store.lines
    titles: dict[str, str] = {}
    for each in found:
        title = each.prepared.passage.title.strip(" .:")
        if each.fit.coverage > 0.2 and title not in titles:
            titles[title] = each.prepared.passage.id
        if len(titles) == NEAR:
            break
    parts = [why or lines["not_found"]]
    if titles:
        parts.append(lines["near_titles"].format(titles="; ".join(titles)))
    parts.append(lines["ask_ward"])
    text = " ".join(parts)
    return Found(
        "not_found", looked.question, lines["not_found_title"], (), text, text, round(sure, 4),
        tuple(titles), tuple(titles.values()), kept,
    )  # fmt: skip
