"""Styles of a docx, as far as reading needs them: outline level, numbering, hidden text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from juesuan.document.docx.names import PPR, RPR, VAL, W, integer, switch, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

__all__ = ["BODY_LEVEL", "NumberingRef", "Styles", "numbering_of"]

BODY_LEVEL: Final = 9
"""The outline level that says "body text"."""
_HEADING_NAME: Final = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NumberingRef:
    """A numPr: the number list and the level in it, each None where not said; "0" as list says no numbering."""

    num_id: str | None
    level: int | None


@dataclass(frozen=True, slots=True)
class _Style:
    id: str
    name: str
    based_on: str | None
    outline: int | None
    vanish: bool | None
    numbering: NumberingRef | None


def numbering_of(ppr: Element | None) -> NumberingRef | None:
    """The numPr of paragraph properties."""
    found = None if ppr is None else ppr.find(W + "numPr")
    if found is None:
        return None
    level = value_of(found, W + "ilvl")
    return NumberingRef(value_of(found, W + "numId"), None if level is None else integer(level, 0))


def _outline(ppr: Element | None) -> int | None:
    level = integer(value_of(ppr, W + "outlineLvl"), -1)
    return level if 0 <= level <= BODY_LEVEL else None


class Styles:
    """Answers for a style id, following basedOn; an unknown id has no properties."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self.default_paragraph: str | None = None
        self.all_hidden = False
        if root is not None:
            self._load(root)
        self._headings: dict[str | None, int | None] = {}
        self._vanishes: dict[str | None, bool] = {}

    def _load(self, root: Element) -> None:
        self.all_hidden = switch(root.find(f"{W}docDefaults/{W}rPrDefault/{RPR}"), W + "vanish") is True
        for item in root.iterchildren(W + "style"):
            key = item.get(W + "styleId", "")
            ppr = item.find(PPR)
            self._styles[key] = _Style(
                id=key,
                name=value_of(item, W + "name") or "",
                based_on=value_of(item, W + "basedOn"),
                outline=_outline(ppr),
                vanish=switch(item.find(RPR), W + "vanish"),
                numbering=numbering_of(ppr),
            )
            if item.get(W + "type") == "paragraph" and item.get(W + "default", "0") in {"1", "true", "on"}:
                self.default_paragraph = key

    def _chain(self, key: str | None) -> Iterator[_Style]:
        seen: set[str] = set()
        while key is not None and key not in seen and key in self._styles:
            seen.add(key)
            style = self._styles[key]
            yield style
            key = style.based_on

    def heading(self, key: str | None, ppr: Element | None) -> int | None:
        """The outline level (1 = highest) a paragraph of this style has; its own properties come first."""
        direct = _outline(ppr)
        if direct is not None:
            return direct + 1 if direct < BODY_LEVEL else None
        if key not in self._headings:
            self._headings[key] = self._style_heading(key)
        return self._headings[key]

    def _style_heading(self, key: str | None) -> int | None:
        for style in self._chain(key):
            if style.outline is not None:
                return style.outline + 1 if style.outline < BODY_LEVEL else None
            named = _HEADING_NAME.fullmatch(style.name.strip())
            if named:
                return int(named.group(1))
        return None

    def vanish(self, key: str | None) -> bool:
        """Whether the style hides its text."""
        if key not in self._vanishes:
            self._vanishes[key] = next((s.vanish for s in self._chain(key) if s.vanish is not None), False)
        return self._vanishes[key]

    def numbering(self, key: str | None) -> tuple[NumberingRef, str] | None:
        """The numbering of the style, and the id of the style of the chain that gives it."""
        for style in self._chain(key):
            if style.numbering is not None and style.numbering.num_id is not None:
                return style.numbering, style.id
        return None


def style_of(ppr: Element | None, styles: Styles) -> str | None:
    """The style id of a paragraph: its own or the default."""
    found = None if ppr is None else ppr.find(W + "pStyle")
    return styles.default_paragraph if found is None else found.get(VAL)
