"""From an outline to the agenda of one meeting: minutes for each item, which add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from knowledge.fold import fold
from knowledge.meetings.cell import Cell
from knowledge.meetings.errors import WrongNumbers
from knowledge.meetings.rules import Kind, Records, Rules, Ward
from knowledge.meetings.typed import typed
from knowledge.trust import Trust, weakest

LONGEST = 600
"""Minutes: a meeting longer than ten hours is a slip of the finger."""

OWN_MINUTES = 10
"""For the cell's own business when no minutes are given."""

NAMES: dict[str, Kind] = {
    "regular": "regular",
    "thuong ky": "regular",
    "dinh ky": "regular",
    "thematic": "thematic",
    "chuyen de": "thematic",
    "combined": "combined",
    "ket hop": "combined",
    "thuong ky ket hop chuyen de": "combined",
}
"""Folded names of the kinds, as people write them."""


@dataclass(frozen=True, slots=True)
class Business:
    """Something of the cell's own that is put into the agenda."""

    title: str
    minutes: int = OWN_MINUTES
    vote: str = ""
    """Id of the kind of vote it needs; empty without."""


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One item of one meeting's agenda."""

    number: int
    """From 1."""
    item: str
    """Id among the shipped items; ``business`` for the cell's own."""
    part: str
    title: str
    lead: str
    minutes: int
    guidance: str
    """Read aloud when the item begins."""
    records: Records = ""
    vote: str = ""
    document: str = ""
    """Code of a document to be read aloud during the item; empty without."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a meeting will go through."""

    kind: Kind
    title: str
    subject: str
    items: tuple[AgendaItem, ...]
    minutes: int
    """Sum over the items."""
    minimum: int
    """The shortest the meeting may be, in minutes."""
    sources: tuple[str, ...]
    trust: Trust
    minimum_sources: tuple[str, ...]
    minimum_trust: Trust
    topic: str = ""

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready values."""
        from knowledge.meetings.codec import encode

        encoded: dict[str, Any] = encode(self)
        return encoded


def kind_named(text: str) -> Kind | None:
    """The kind that people call ``text``, in any spelling; None when there is none.

    >>> kind_named("Thường kỳ"), kind_named("hop chuyen de")
    ('regular', 'thematic')
    """
    name = fold(text)
    for prefix in ("sinh hoat ", "hop ", "chi bo "):
        name = name.removeprefix(prefix)
    return NAMES.get(name)


def make_agenda(
    rules: Rules,
    kind: Kind,
    cell: Cell,
    ward: Ward,
    *,
    minutes: int | None = None,
    business: Sequence[Business] = (),
    topic: str = "",
    document: str = "",
) -> Agenda:
    """The agenda of one meeting.

    Args:
        minutes: length; without it the shortest that the ward allows.
        business: the cell's own items, in order; they take their minutes from the others.
        topic: of a thematic meeting.
        document: code of a document to read aloud under the information, or with the topic.

    Raises:
        WrongNumbers: no room for all items, or a vote that does not exist.
    """
    outline = rules.outlines[kind]
    minimum = ward.duration(kind, cell.members)
    total = minimum.minutes if minutes is None else minutes
    topic, document = typed(topic), typed(document)
    if not 1 <= total <= LONGEST:
        raise WrongNumbers(
            f"a meeting of {total} minutes",
            vi=f"Thời lượng {total} phút không dùng được; cần từ 1 đến {LONGEST} phút.",
        )
    own = tuple(replace(b, title=typed(b.title)) for b in business)
    for b in own:
        if not b.title or not 1 <= b.minutes <= LONGEST or (b.vote and b.vote not in rules.votes):
            raise WrongNumbers(
                f"business that cannot be: {b}",
                vi="Nội dung thêm phải có tên, số phút từ 1 trở lên và loại biểu quyết có thật "
                f"({', '.join(rules.votes)}).",
            )
    left = total - sum(b.minutes for b in own)
    lengths = share_out(
        [s.minutes for s in outline.slots],
        [s.least for s in outline.slots],
        [s.share for s in outline.slots],
        left,
    )
    reads_document = "presentation" if kind == "thematic" else "information"
    items: list[AgendaItem] = []
    for slot, length in zip(outline.slots, lengths, strict=True):
        item = rules.items[slot.item]
        title = f"{item.title}: {topic}" if topic and slot.item == "presentation" else item.title
        items.append(
            AgendaItem(
                number=len(items) + 1,
                item=item.id,
                part=slot.part,
                title=title,
                lead=item.lead,
                minutes=length,
                guidance=item.guidance,
                records=item.records,
                vote=item.vote,
                document=document if slot.item == reads_document else "",
            )
        )
        if slot.item == outline.own:
            extra = rules.items["business"]
            items += [
                AgendaItem(
                    number=len(items) + 1 + n,
                    item=extra.id,
                    part=slot.part,
                    title=b.title,
                    lead=extra.lead,
                    minutes=b.minutes,
                    guidance=extra.guidance,
                    records="vote" if b.vote else "",
                    vote=b.vote,
                )
                for n, b in enumerate(own)
            ]
    return Agenda(
        kind=kind,
        title=outline.title,
        subject=outline.subject,
        items=tuple(items),
        minutes=total,
        minimum=minimum.minutes,
        sources=outline.basis.sources,
        trust=weakest([outline.basis.trust, *(rules.items[i.item].basis.trust for i in items)]),
        minimum_sources=minimum.basis.sources,
        minimum_trust=minimum.basis.trust,
        topic=topic,
    )


def share_out(
    standard: Sequence[int], least: Sequence[int], shares: Sequence[int], total: int
) -> list[int]:
    """Whole minutes that add up to ``total``, from standard minutes that add up to something else.

    What is added or taken away goes by ``shares``; when those items are at their least, the others
    give as well. Nothing goes under ``least``.

    Raises:
        WrongNumbers: ``total`` is less than all the least minutes together.
    """
    if total < sum(least):
        raise WrongNumbers(
            f"{total} minutes for items that need {sum(least)}",
            vi=f"Chương trình cần ít nhất {sum(least)} phút cho các mục, chỉ còn {max(total, 0)} "
            "phút. Hãy tăng thời lượng hoặc bớt nội dung thêm.",
        )
    lengths = list(standard)
    step = 1 if total > sum(lengths) else -1
    given = [0] * len(lengths)
    while sum(lengths) != total:
        able = [i for i in range(len(lengths)) if step > 0 or lengths[i] > least[i]]
        weights = {i: shares[i] for i in able if shares[i]} or dict.fromkeys(able, 1)
        # The item that has had least for its share is next; the first of equals.
        chosen = min(weights, key=lambda i: ((given[i] + 1) / weights[i], i))
        given[chosen] += 1
        lengths[chosen] += step
    return lengths
