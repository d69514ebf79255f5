"""Looks as they take effect: run, character style, paragraph style, defaults, theme.

The order is that of ECMA-376 part 1, 17.7.2 (style hierarchy); bold and italic of a character
style and a paragraph style cancel each other (17.7.3, toggle properties).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from knowledge.form_check.page import Look

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
VAL = f"{W}val"


def flag(element: Any) -> bool | None:
    """The value of an on/off element; None when it is not there."""
    if element is None:
        return None
    return element.get(VAL, "1") not in ("0", "false", "off", "none")


class Styles:
    """The styles, defaults and theme fonts of one document.

    Args:
        styles, theme: root elements of ``styles.xml`` and ``theme1.xml``, or None.
    """

    def __init__(self, styles: Any, theme: Any) -> None:
        self._by_id: dict[str, Any] = {}
        self._default = ""
        self._r_defaults = self._p_defaults = None
        self._themes: dict[str, str] = {}
        self._chains: dict[str, list[Any]] = {}
        self._looks: dict[tuple[Any, ...], Look] = {}
        if styles is not None:
            for style in styles.iter(f"{W}style"):
                self._by_id[style.get(f"{W}styleId", "")] = style
                if (
                    style.get(f"{W}default") in ("1", "true")
                    and style.get(f"{W}type") == "paragraph"
                ):
                    self._default = style.get(f"{W}styleId", "")
            self._r_defaults = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
            self._p_defaults = styles.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr")
        if theme is not None:
            for name in ("minor", "major"):
                latin = theme.find(f".//{A}{name}Font/{A}latin")
                if latin is not None:
                    self._themes[name] = latin.get("typeface", "")

    def chain(self, style: str) -> list[Any]:
        """A style and those it is based on, nearest first."""
        if style not in self._chains:
            found: list[Any] = []
            name = style
            while name in self._by_id and len(found) < 50:
                element = self._by_id[name]
                if element in found:
                    break
                found.append(element)
                based = element.find(f"{W}basedOn")
                name = based.get(VAL, "") if based is not None else ""
            self._chains[style] = found
        return self._chains[style]

    def paragraph_style(self, p_pr: Any) -> str:
        """The style of a paragraph with these properties."""
        style = p_pr.find(f"{W}pStyle") if p_pr is not None else None
        name = style.get(VAL, "") if style is not None else ""
        return name if name in self._by_id else self._default

    def paragraph(self, p_pr: Any) -> Iterator[Any]:
        """Every ``w:pPr`` that has a say, strongest first."""
        if p_pr is not None:
            yield p_pr
        for style in self.chain(self.paragraph_style(p_pr)):
            if (own := style.find(f"{W}pPr")) is not None:
                yield own
        if self._p_defaults is not None:
            yield self._p_defaults

    def look(self, r_pr: Any, p_style: str) -> Look:
        """How a run with these properties looks in a paragraph of that style."""
        key = (_signature(r_pr), p_style)
        if key not in self._looks:
            self._looks[key] = self._look(r_pr, p_style)
        return self._looks[key]

    def _look(self, r_pr: Any, p_style: str) -> Look:
        r_style = r_pr.find(f"{W}rStyle") if r_pr is not None else None
        character = self._properties(r_style.get(VAL, "") if r_style is not None else "")
        paragraph = self._properties(p_style)
        direct = [] if r_pr is None else [r_pr]
        last = [] if self._r_defaults is None else [self._r_defaults]
        levels = [*direct, *character, *paragraph, *last]

        def first(tag: str) -> Any:
            return next((e for level in levels if (e := level.find(W + tag)) is not None), None)

        def toggle(tag: str) -> bool:
            for level in direct:
                if (own := flag(level.find(W + tag))) is not None:
                    return own
            said = [
                next((v for s in some if (v := flag(s.find(W + tag))) is not None), False)
                for some in (character, paragraph)
            ]
            return said[0] != said[1] or any(bool(flag(s.find(W + tag))) for s in last)

        size, color, under = first("sz"), first("color"), first("u")
        return Look(
            font=self._font(levels),
            size=_number(size.get(VAL)) / 2 if size is not None else 10.0,
            bold=toggle("b"),
            italic=toggle("i"),
            underline=bool(flag(under)),
            color=(color.get(VAL, "auto") if color is not None else "auto").upper(),
        )

    def _properties(self, style: str) -> list[Any]:
        found = (s.find(f"{W}rPr") for s in self.chain(style))
        return [r for r in found if r is not None]

    def _font(self, levels: list[Any]) -> str:
        for level in levels:
            fonts = level.find(f"{W}rFonts")
            if fonts is None:
                continue
            for name in ("hAnsi", "ascii"):
                if theme := fonts.get(f"{W}{name}Theme"):
                    return self._themes.get(theme[:5], "")
                if font := fonts.get(W + name):
                    return str(font)
        return "Times New Roman"


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0


def _signature(r_pr: Any) -> tuple[Any, ...]:
    if r_pr is None:
        return ()
    return tuple((child.tag, tuple(child.attrib.items())) for child in r_pr)
