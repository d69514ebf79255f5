"""The title of a document, from its first blocks."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from knowledge.extract.blocks import Block
from knowledge.extract.markers import begins_bullet, begins_part, is_capitals

KINDS = (
    "nghị quyết", "quyết định", "chỉ thị", "kết luận", "quy chế", "quy định", "thông tri",
    "hướng dẫn", "thông báo", "thông cáo", "tuyên bố", "lời kêu gọi", "báo cáo", "kế hoạch",
    "quy hoạch", "chương trình", "đề án", "phương án", "dự án", "tờ trình", "công văn",
    "biên bản", "điều lệ", "cương lĩnh", "chiến lược", "nghị định", "thông tư", "luật", "quy trình",
)  # fmt: skip
"""Kinds of Party documents (399-QĐ/TW lists 25) and the state's that cells meet."""

LOOKED_AT = 40
"""Blocks at the head of a document among which the title stands."""


def kind_line(text: str) -> str:
    """The kind that a whole line names, in lower case: ``HƯỚNG DẪN``; empty when it is none."""
    bare = unicodedata.normalize("NFC", text).strip(" .:*-").lower()
    return bare if bare in KINDS else ""


def find_title(blocks: Sequence[Block]) -> str:
    """The kind and what stands below it, as printed; else the first heading; else nothing."""
    head = blocks[:LOOKED_AT]
    for at, block in enumerate(head):
        if kind_line(block.text) and (is_capitals(block.text) or block.bold):
            return " ".join([block.text, *_below(head[at + 1 :])]).strip()
    for block in head:
        for kind in KINDS:
            # Kind and title on one line: "QUY ĐỊNH THI HÀNH ĐIỀU LỆ ĐẢNG".
            if block.text.lower().startswith(f"{kind} ") and (
                is_capitals(block.text) or block.bold or block.kind == "heading"
            ):
                return block.text
    own = (b.text for b in head if b.kind == "heading" and not begins_part(b.text))
    return next((text for text in own if not _is_office(text)), "")


def _below(blocks: Sequence[Block]) -> list[str]:
    """The lines of the title below the kind."""
    found: list[str] = []
    for block in blocks[:5]:
        text = block.text
        if begins_bullet(text) or begins_part(text) or text.lower().startswith("căn cứ"):
            break
        if not text.strip("-–_* ") or len(text) > 400:
            break
        titled = is_capitals(text) or block.bold or block.centred or text.lower()[:3] == "về "
        if found and not titled:
            break
        if not titled and text[-1] in ".:;":
            break
        found.append(text)
    return found


def _is_office(text: str) -> bool:
    low = text.lower()
    return low.startswith(("đảng cộng sản", "cộng hòa", "cộng hoà", "ban chấp hành", "đảng bộ"))
