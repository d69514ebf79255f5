"""HTML, through the standard library's parser, which knows no foreign entities nor recursion."""

from __future__ import annotations

import contextlib
import re
from html.parser import HTMLParser

from knowledge.extract.blocks import Block, Extracted
from knowledge.extract.limits import Limits
from knowledge.extract.markers import clean, heading_level
from knowledge.extract.refusals import refuse
from knowledge.extract.text import decoded, table, warned
from knowledge.extract.title import find_title

_SKIPPED = frozenset({"script", "style", "template", "noscript", "svg", "math", "head", "nav",
                      "iframe", "object", "select", "button"})  # fmt: skip
_VOID = frozenset({"br", "hr", "img", "meta", "link", "input", "wbr", "col", "area", "base",
                   "source", "track", "embed", "param"})  # fmt: skip
_BREAKS = frozenset({"p", "div", "section", "article", "blockquote", "center", "br", "hr", "ul",
                     "ol", "li", "table", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6",
                     "dt", "dd", "body", "html", "main", "header", "footer", "pre"})  # fmt: skip
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)


def read_html(data: bytes, name: str, limits: Limits) -> Extracted:
    """The text of an HTML page, without scripts, styles and navigation."""
    text, encoding = _decoded(data, name, limits)
    parser = _Parser(name, limits)
    parser.feed(text)
    parser.close()
    parser.flush()
    blocks = tuple(parser.blocks)
    heading = next((b.text for b in blocks if b.kind == "heading" and b.level == 1), "")
    title = find_title(blocks) or heading or clean(parser.title)
    return Extracted("html", title, blocks, None, encoding, warned(encoding))


def _decoded(data: bytes, name: str, limits: Limits) -> tuple[str, str]:
    said = _CHARSET.search(data[:2048])
    if said and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        charset = said[1].decode("ascii").lower()
        if charset not in ("utf-8", "utf8"):
            # Old pages call TCVN3 and VNI "iso-8859-1": what is declared is only tried.
            with contextlib.suppress(LookupError, UnicodeDecodeError, UnicodeEncodeError):
                data = data.decode(charset).encode("utf-8")
    return decoded(data, name, limits)


class _Parser(HTMLParser):
    def __init__(self, name: str, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.title = ""
        self._name, self._limits = name, limits
        self._words: list[str] = []
        self._skipped: list[str] = []
        self._in_title = False
        self._heading = 0
        self._lists: list[int | None] = []
        self._marker = ""
        self._rows: list[list[str]] | None = None
        self._cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "title":
            self._in_title = True
        if tag in _SKIPPED:
            self._skipped.append(tag)
            return
        if self._skipped == ["head"] and tag in _BREAKS:
            self._skipped.clear()  # a head that was never closed ends where the text begins
        if self._skipped:
            return
        if tag in _BREAKS:
            self.flush()
        if tag in ("ul", "ol"):
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            at = self._lists[-1] if self._lists else None
            if at is not None:
                self._lists[-1] = at + 1
            self._marker = "- " if at is None else f"{at + 1}. "
        elif tag == "table" and self._rows is None:
            self._rows = []
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])
        elif re.fullmatch("h[1-6]", tag):
            self._heading = int(tag[1])

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        if self._skipped:
            if tag in self._skipped:
                while self._skipped.pop() != tag:
                    pass
            return
        if tag in _VOID:
            return
        if tag in _BREAKS:
            self.flush()
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
            self._marker = ""
        elif tag == "table" and self._rows is not None:
            rows = [tuple(row) for row in self._rows if any(row)]
            self._rows = None
            if rows:
                self.blocks.append(table(rows))
        elif re.fullmatch("h[1-6]", tag):
            self._heading = 0

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        elif not self._skipped:
            self._words.append(data)

    def flush(self) -> None:
        text = clean("".join(self._words))
        self._words.clear()
        if not text:
            return
        if self._rows is not None:
            self._cells += 1
            if self._cells > self._limits.cells:
                raise refuse("too_large", self._name, f"more than {self._limits.cells} cells")
            if not self._rows:
                self._rows.append([])
            self._rows[-1].append(text)
            return
        if self._heading:
            self.blocks.append(Block("heading", text, self._heading))
        elif self._lists:
            self.blocks.append(Block("list", self._marker + text, min(len(self._lists), 9)))
            self._marker = ""
        else:
            level = heading_level(text)
            self.blocks.append(Block("heading" if level else "paragraph", text, level))
