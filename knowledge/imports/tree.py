"""The parts of a document: phần, chương, mục, điều, khoản, điểm, with their text.

Party documents number in two ways: by named parts (Chương II, Điều 5, khoản 1, điểm a) and by
figures alone (20., 20.3., 20.3.2., a). Both are read; a figure at the head of a line that does
not continue the numbering ("30. " of a date that was broken) stays text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from knowledge.extract.blocks import Block
from knowledge.extract.markers import LETTER, LEVELS, NUMBER, ROMAN, label_of

_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_LETTERS = "abcdđeghiklmnopqrstuvxy"
"""How points are counted in Vietnamese documents: đ is one of them, f, j, w and z are not."""

LONGEST_HEADING = 260
"""Letters; a longer beginning of a section is its text."""

_ROMAN_LEVEL, _NUMBER_LEVEL, _LETTER_LEVEL = 4, 6, 20

_LARGEST_GAP = 2
"""Numbers that may be missing between neighbours: a line may have been lost in a bad PDF."""

_CLOSING = re.compile(
    r"^(?:Quy định|Hướng dẫn|Nghị quyết|Chỉ thị|Kết luận|Quyết định|Quy chế|Thông tri|Kế hoạch|"
    r"Thông báo) này\s+(?:được ban hành|có hiệu lực|thay thế|thay cho|phổ biến|được phổ biến)|"
    r"^Nơi nhận\b"
)
"""Where the body ends: what follows is no text of the last point."""


@dataclass(slots=True)
class SectionDraft:
    """A section that is not in the store yet."""

    level: int
    kind: str
    """``phần``, ``chương``, ``mục``, ``điều``, ``khoản``, ``điểm``, ``mở đầu``, ``kết thúc``."""
    label: str
    """As printed, without its punctuation: ``Điều 5``, ``20.3.2``, ``a``; or empty."""
    number: str
    """For finding it by what is said: ``5``, ``20.3.2``, ``a``."""
    heading: str = ""
    text: str = ""
    page: int | None = None
    parent: int | None = None
    """Place of its parent in the list of drafts."""
    path: str = ""
    """Numbers from the top: ``điều 5/1/a``, ``20/20.3/20.3.2``."""
    paragraphs: list[str] = field(default_factory=list)


def parted(blocks: Sequence[Block]) -> tuple[SectionDraft, ...]:
    """The sections of a document in reading order; each after its parent.

    What stands before the first part is ``mở đầu``; a document without any part is all that.
    """
    drafts: list[SectionDraft] = [SectionDraft(0, "mở đầu", "", "")]
    stack: list[int] = []
    for at, block in enumerate(blocks):
        text = block.text
        found = _begins(block, drafts, stack)
        if found is not None:
            level, kind, label, number, rest = found
            while stack and drafts[stack[-1]].level >= level:
                stack.pop()
            draft = SectionDraft(level, kind, label, number, page=block.page)
            draft.parent = stack[-1] if stack else None
            above = f"{drafts[stack[-1]].path}/" if stack else ""
            named = label.lower().startswith(kind)
            draft.path = above + (f"{kind} {number}" if named else number)
            following = blocks[at + 1] if at + 1 < len(blocks) else None
            if _is_heading(rest, block, following, level):
                draft.heading = rest
            elif rest:
                draft.paragraphs.append(rest)
            stack.append(len(drafts))
            drafts.append(draft)
        elif _CLOSING.match(text) and stack and drafts[stack[-1]].kind != "kết thúc":
            if drafts[stack[0]].kind == "điều" and not text.startswith("Nơi nhận"):
                drafts[stack[-1]].paragraphs.append(text)  # the last Điều says it
                continue
            stack = [len(drafts)]
            drafts.append(SectionDraft(0, "kết thúc", "", "", page=block.page, path="kết thúc"))
            drafts[-1].paragraphs.append(text)
        else:
            target = drafts[stack[-1]] if stack else drafts[0]
            if stack and _is_title_below(target, block):
                target.heading = text
            else:
                target.paragraphs.append(text)
            if target.page is None:
                target.page = block.page
    for draft in drafts:
        draft.text = "\n".join(draft.paragraphs)
    if not drafts[0].text:
        drafts = _without_first(drafts)
    return tuple(drafts)


def _without_first(drafts: list[SectionDraft]) -> list[SectionDraft]:
    for draft in drafts:
        if draft.parent is not None:
            draft.parent -= 1
    return drafts[1:]


def _begins(
    block: Block, drafts: Sequence[SectionDraft], stack: Sequence[int]
) -> tuple[int, str, str, str, str] | None:
    """Level, kind, label, number and the rest of the text, when ``block`` begins a section."""
    text = block.text
    if block.kind == "table":
        return None
    named = label_of(text)
    if named and _in_order(named, drafts):
        word, said = named
        match = re.match(rf"\w+(?:\s+mục|\s+lục)?\s+{re.escape(said)}\s*[.:\-–]?\s*", text,
                         re.IGNORECASE)  # fmt: skip
        rest = text[match.end() :] if match else ""
        label = text[: match.end()].strip(" .:-–") if match else text
        return LEVELS[word], word, label, _plain_number(said), rest
    open_drafts = [drafts[at] for at in stack]
    if (roman := ROMAN.match(text)) and roman["number"] == _roman(_value(roman["number"])):
        value = _value(roman["number"])
        if _continues(_ROMAN_LEVEL, str(value), drafts, stack):
            return _ROMAN_LEVEL, "mục", roman["number"], str(value), text[roman.end() :]
    number = NUMBER.match(text)
    if number and (number["end"] or "." in number["number"]):
        said = number["number"]
        depth = said.count(".")
        level = _NUMBER_LEVEL + depth
        rest = text[number.end() :]
        if _follows(said, level, drafts, stack):
            kind = "khoản" if any(d.kind == "điều" for d in open_drafts) else "mục"
            return level, kind, said, said, rest
    letter = LETTER.match(text)
    if letter and _continues(_LETTER_LEVEL, letter["number"], drafts, stack):
        return _LETTER_LEVEL, "điểm", letter["number"], letter["number"], text[letter.end() :]
    return None


def _in_order(named: tuple[str, str], drafts: Sequence[SectionDraft]) -> bool:
    """Whether an Điều comes after the last one: a broken line may begin with a reference."""
    word, said = named
    last = next((d.number for d in reversed(drafts) if d.kind == word), "")
    number = _plain_number(said)
    if word != "điều" or not last.isdigit() or not number.isdigit():
        return True
    return _near(int(number), int(last))


def _follows(said: str, level: int, drafts: Sequence[SectionDraft], stack: Sequence[int]) -> bool:
    """Whether a figure such as 20.3.2 continues the numbering that is open."""
    above, _, last = said.rpartition(".")
    if not above:
        return _continues(level, said, drafts, stack)
    parents = [drafts[at] for at in stack if drafts[at].number == above]
    if parents:
        return _near(int(last), _last_child(said, drafts))
    # The parent's own line may be lost, or the numbering begins at 1.1.
    tops = [drafts[at].number for at in stack if _NUMBER_LEVEL <= drafts[at].level < level]
    return (bool(tops) and above.startswith(f"{tops[0]}.")) or (not tops and last == "1")


def _last_child(said: str, drafts: Sequence[SectionDraft]) -> int:
    above = said.rpartition(".")[0]
    for draft in reversed(drafts):
        if draft.number.rpartition(".")[0] == above and draft.kind in ("mục", "khoản"):
            return int(draft.number.rpartition(".")[2])
        if draft.number == above:
            return 0
    return 0


def _continues(
    level: int, number: str, drafts: Sequence[SectionDraft], stack: Sequence[int]
) -> bool:
    """Whether ``number`` is the first of its kind here, or follows its last neighbour."""
    container = next((at for at in reversed(stack) if drafts[at].level < level), None)
    neighbours = [
        d for d in drafts if d.level == level and d.parent == container and d.number
    ]  # fmt: skip
    if level == _LETTER_LEVEL:
        place = _LETTERS.find(number[0])
        if place < 0:
            return False
        return _near(place + 1, _LETTERS.find(neighbours[-1].number[0]) + 1 if neighbours else 0)
    return _near(int(number), int(neighbours[-1].number) if neighbours else 0)


def _near(number: int, last: int) -> bool:
    if not last:
        return number in (1, 2)
    return last < number <= last + 1 + _LARGEST_GAP


def _is_heading(rest: str, block: Block, following: Block | None, level: int) -> bool:
    """Whether what stands behind a label is the title of what follows, not its text."""
    if not rest or len(rest) > LONGEST_HEADING or level == _LETTER_LEVEL:
        return False
    if level < _NUMBER_LEVEL or block.bold or block.kind == "heading":
        return True
    if following is None or rest.endswith((":", ";")):
        return False
    deeper = NUMBER.match(following.text)
    own = NUMBER.match(block.text)
    if deeper and own:
        return deeper["number"].startswith(f"{own['number']}.")
    short = len(rest) < 160
    if LETTER.match(following.text):
        return short
    return short and not deeper and label_of(following.text) is None and not rest.endswith(",")


def _is_title_below(draft: SectionDraft, block: Block) -> bool:
    """The title in the line below "Chương I"."""
    return (
        draft.level in (1, 2, 3)
        and not draft.heading
        and not draft.paragraphs
        and len(block.text) < LONGEST_HEADING
        and (block.kind == "heading" or block.bold or block.centred or block.text.isupper())
    )


def _plain_number(said: str) -> str:
    words = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
    bare = said.removeprefix("thứ ")
    if bare in words:
        return str(words.index(bare) + 1)
    return str(_value(bare.upper())) if re.fullmatch(r"[ivxlc]+", bare) else bare


def _value(roman: str) -> int:
    values = [_ROMAN_VALUES.get(c, 0) for c in roman]
    return sum(
        -v if any(v < later for later in values[at + 1 : at + 2]) else v
        for at, v in enumerate(values)
    )


def _roman(number: int) -> str:
    out = ""
    for value, letters in ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"),
                           (1, "I")):  # fmt: skip
        while number >= value:
            out, number = out + letters, number - value
    return out
