"""Plain text and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge.extract.blocks import Block, Extracted
from knowledge.extract.encodings import decode
from knowledge.extract.limits import Limits
from knowledge.extract.markers import clean, heading_level
from knowledge.extract.reflow import Line, lines_of_text, paragraphs
from knowledge.extract.refusals import refuse
from knowledge.extract.title import find_title

CONVERTED = "Văn bản dùng bảng mã cũ ({encoding}), đã chuyển sang Unicode. Hãy xem lại chữ."

WRAPPED = 60
"""Letters: a text whose lines mostly end just below a width above this was wrapped by hand."""


def read_text(data: bytes, name: str, limits: Limits) -> Extracted:
    """Plain text; lines that were wrapped are put together again."""
    text, encoding = decoded(data, name, limits)
    lines = list(lines_of_text(text))
    blocks = tuple(paragraphs(lines) if _is_wrapped(lines) else _a_block_a_line(lines))
    return Extracted("text", find_title(blocks), blocks, None, encoding, warned(encoding))


def decoded(data: bytes, name: str, limits: Limits) -> tuple[str, str]:
    """The text of ``data`` within the limits, and its encoding."""
    text, encoding = decode(data, name)
    if len(text) > limits.characters:
        raise refuse("too_large", name, f"{len(text)} letters")
    return text, encoding


def warned(encoding: str) -> tuple[str, ...]:
    """What to say of an old encoding."""
    return (CONVERTED.format(encoding=encoding),) if encoding in ("tcvn3", "vni") else ()


def _is_wrapped(lines: Sequence[Line]) -> bool:
    widths = sorted(line.right for line in lines)
    if len(widths) < 8:
        return False
    widest = widths[int(len(widths) * 0.95)]
    near = sum(0.85 * widest <= w <= 1.1 * widest for w in widths)
    return WRAPPED <= widest <= 200 and near > len(widths) * 0.3


def _a_block_a_line(lines: Sequence[Line]) -> list[Block]:
    return [block for line in lines for block in paragraphs([line])]


def read_markdown(data: bytes, name: str, limits: Limits) -> Extracted:
    """Markdown (CommonMark with tables)."""
    text, encoding = decoded(data, name, limits)
    # HTML inside is text like any other; nesting is bounded by the parser itself.
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    blocks = tuple(_markdown(parser.parse(text), limits))
    title = next((b.text for b in blocks if b.kind == "heading" and b.level == 1), "")
    return Extracted(
        "markdown", title or find_title(blocks), blocks, None, encoding, warned(encoding)
    )


def _markdown(tokens: Sequence[Token], limits: Limits) -> Iterator[Block]:
    level = depth = cells = 0
    numbers: list[int | None] = []
    marker = ""
    rows: list[list[str]] | None = None
    for token in tokens:
        kind = token.type
        if kind == "heading_open":
            level = int(token.tag[1])
        elif kind == "heading_close":
            level = 0
        elif kind in ("bullet_list_open", "ordered_list_open"):
            depth += 1
            first = int(token.attrGet("start") or 1)
            numbers.append(first - 1 if kind.startswith("ordered") else None)
        elif kind in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
            numbers.pop()
        elif kind == "list_item_open":
            at = numbers[-1]
            if at is not None:
                numbers[-1] = at + 1
            marker = "- " if at is None else f"{at + 1}. "
        elif kind == "table_open":
            rows = []
        elif kind == "tr_open" and rows is not None:
            rows.append([])
        elif kind == "table_close" and rows:
            yield table([tuple(row) for row in rows])
            rows = None
        elif kind in ("fence", "code_block"):
            for line in token.content.splitlines():
                if words := clean(line):
                    yield Block("paragraph", words)
        elif kind == "inline":
            words = _inline(token)
            if rows is not None:
                cells += 1
                if cells > limits.cells:
                    raise refuse("too_large", "", f"more than {limits.cells} cells")
                rows[-1].append(clean(words.replace("\n", " ")))
                continue
            for part in words.split("\n") if _lines_matter(words) else [words.replace("\n", " ")]:
                if line := clean(part):
                    yield _inline_block(line, level, depth, marker)
                    marker = ""


def _inline_block(text: str, level: int, depth: int, marker: str) -> Block:
    if level:
        return Block("heading", text, level)
    if depth:
        return Block("list", marker + text, depth)
    return Block("heading" if (own := heading_level(text)) else "paragraph", text, own)


def _lines_matter(words: str) -> bool:
    """Whether the lines of a paragraph are parts of their own: short ones, or numbered ones."""
    lines = words.split("\n")
    return (
        len(lines) > 1
        and all(len(line) < 80 for line in lines)
        and bool(any(re.match(r"(?:Điều|Chương|\d+\.|[a-zđ]\))", line) for line in lines[1:]))
    )


def _inline(token: Token) -> str:
    out = []
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            out.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            out.append("\n")
        elif child.type == "image":
            out.append(child.content)
    return "".join(out)


def table(rows: Sequence[tuple[str, ...]]) -> Block:
    """A table block of its rows."""
    text = "; ".join(" | ".join(cell for cell in row if cell) for row in rows if any(row))
    return Block("table", text, rows=tuple(rows))
