"""How an answer is set on the screen: in blocks short enough to follow by eye.

A block is a line of the text, or, where a line is long, one or two of its sentences. The sentence
being spoken lies inside one block, and that block is scrolled into view.
"""

from __future__ import annotations

from dataclasses import dataclass

from voice.read import read

LONG = 140
"""Characters: about three lines of big letters on a ten-inch screen."""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the text, as offsets into it."""

    start: int
    end: int


def blocks(text: str) -> tuple[Block, ...]:
    """Cut ``text`` into blocks; together they hold every character that is not blank."""
    found: list[Block] = []
    ends = [sentence.end for sentence in read(text)]
    at = 0
    for line in text.split("\n"):
        if line.strip():
            found.extend(_cut(text, at, at + len(line), ends))
        at += len(line) + 1
    return tuple(found)


def _cut(text: str, start: int, end: int, ends: list[int]) -> list[Block]:
    cuts = [e for e in ends if start < e < end and text[e:end].strip()]
    found: list[Block] = []
    begin = start
    for cut, following in zip(cuts, [*cuts, end][1:], strict=True):
        if following - begin > LONG:
            found.append(_trimmed(text, begin, cut))
            begin = cut
    found.append(_trimmed(text, begin, end))
    return [block for block in found if block.start < block.end]


def _trimmed(text: str, start: int, end: int) -> Block:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Block(start, end)


def split_spoken(block: Block, spoken: tuple[int, int] | None) -> tuple[int, int]:
    """The part of ``block`` that lies in the ``spoken`` range; (end, end) when none does."""
    if spoken is None:
        return block.end, block.end
    start, end = max(block.start, spoken[0]), min(block.end, spoken[1])
    return (start, end) if start < end else (block.end, block.end)
