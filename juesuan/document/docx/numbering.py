"""Automatic numbering: the definitions of numbering.xml, and the counters that run through the document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from juesuan.document.docx.names import ALTERNATE, MC, RPR, VAL, W, integer, number_of, switch, value_of
from juesuan.document.docx.numerals import numeral, symbol

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from juesuan.document.docx.styles import NumberingRef, Styles

__all__ = ["Numbering"]

_LEVELS: Final = 9
_PLACEHOLDER: Final = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    kind: str
    sample: str
    text: str
    font: str
    restart: int | None
    legal: bool
    style: str | None


@dataclass(frozen=True, slots=True)
class _Num:
    abstract: str
    starts: dict[int, int]
    levels: dict[int, _Level]


def _format(item: Element) -> tuple[str, str]:
    """Format name and sample of a level; custom formats stand in an alternative of their own."""
    found = item.find(W + "numFmt")
    if found is None:
        found = item.find(f"{ALTERNATE}/{MC}Choice/{W}numFmt")
    if found is None:
        return "decimal", ""
    return found.get(VAL, "decimal"), found.get(W + "format", "")


def _level(item: Element) -> _Level:
    kind, sample = _format(item)
    fonts = item.find(f"{RPR}/{W}rFonts")
    restart = value_of(item, W + "lvlRestart")
    return _Level(
        start=number_of(item, W + "start", 0),
        kind=kind,
        sample=sample,
        text=value_of(item, W + "lvlText") or "",
        font="" if fonts is None else fonts.get(W + "ascii", ""),
        restart=None if restart is None else integer(restart, 0),
        legal=switch(item, W + "isLgl") is True,
        style=value_of(item, W + "pStyle"),
    )


def _levels(parent: Element) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for item in parent.iterchildren(W + "lvl"):
        position = integer(item.get(W + "ilvl"), -1)
        if 0 <= position < _LEVELS:
            found[position] = _level(item)
    return found


class Numbering:
    """Gives the label of each numbered paragraph; must be asked once a paragraph, in document order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstracts: dict[str, dict[int, _Level]] = {}
        self._links: dict[str, str] = {}
        self._nums: dict[str, _Num] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._started: set[tuple[str, int]] = set()
        self.unknown: set[str] = set()
        if root is not None:
            self._load(root)

    def _load(self, root: Element) -> None:
        for item in root.iterchildren(W + "abstractNum"):
            key = item.get(W + "abstractNumId", "")
            self._abstracts[key] = _levels(item)
            link = value_of(item, W + "numStyleLink")
            if link is not None:
                self._links[key] = link
        for item in root.iterchildren(W + "num"):
            starts: dict[int, int] = {}
            levels: dict[int, _Level] = {}
            for override in item.iterchildren(W + "lvlOverride"):
                position = integer(override.get(W + "ilvl"), -1)
                levels.update({k: v for k, v in _levels(override).items() if k == position})
                start = value_of(override, W + "startOverride")
                if start is not None:
                    starts[position] = integer(start, 0)
            self._nums[item.get(W + "numId", "")] = _Num(value_of(item, W + "abstractNumId") or "", starts, levels)

    def _abstract(self, key: str) -> str:
        """The list definition behind links to numbering styles."""
        seen: set[str] = set()
        while key in self._links and key not in seen:
            seen.add(key)
            given = self._styles.numbering(self._links[key])
            num = None if given is None else self._nums.get(given[0].num_id or "")
            if num is None:
                break
            key = num.abstract
        return key

    def label(self, direct: NumberingRef | None, style: str | None) -> str:
        """The label of the next paragraph with this numPr and style; "" where it is not numbered."""
        num_id, position = self._resolve(direct, style)
        num = self._nums.get(num_id or "")
        if num is None:
            return ""
        abstract = self._abstract(num.abstract)
        levels = {**self._abstracts.get(abstract, {}), **num.levels}
        level = levels.get(position)
        if level is None:
            return ""
        counters = self._count(num_id or "", num, abstract, levels, position)
        return self._print(level, levels, counters)

    def _resolve(self, direct: NumberingRef | None, style: str | None) -> tuple[str | None, int]:
        if direct is not None and direct.num_id is not None:
            return (None if direct.num_id == "0" else direct.num_id), direct.level or 0
        given = self._styles.numbering(style)
        if given is None or given[0].num_id == "0":
            return None, 0
        ref, giver = given
        if direct is not None and direct.level is not None:
            return ref.num_id, direct.level
        num = self._nums.get(ref.num_id or "")
        if num is not None:
            levels = {**self._abstracts.get(self._abstract(num.abstract), {}), **num.levels}
            linked = next((k for k, v in levels.items() if v.style in {style, giver} and v.style is not None), None)
            if linked is not None:
                return ref.num_id, linked
        return ref.num_id, ref.level or 0

    def _count(self, num_id: str, num: _Num, abstract: str, levels: dict[int, _Level], position: int) -> list[int]:
        """Advance the counter of the level, start again those below it; the values of all levels."""
        counters = self._counters.setdefault(abstract, [None] * _LEVELS)
        first_use = (num_id, position) not in self._started
        self._started.add((num_id, position))
        current = counters[position]
        if current is None or (first_use and position in num.starts):
            counters[position] = num.starts.get(position, levels[position].start)
        else:
            counters[position] = current + 1
        for below in range(position + 1, _LEVELS):
            restart = levels[below].restart if below in levels else None
            if restart is None or position < restart:
                counters[below] = None
        return [
            value if value is not None else num.starts.get(i, levels[i].start if i in levels else 1)
            for i, value in enumerate(counters)
        ]

    def _print(self, level: _Level, levels: dict[int, _Level], counters: list[int]) -> str:
        if level.kind == "bullet":
            return "".join(symbol(level.font, ord(c)) or c for c in level.text)

        def number(match: re.Match[str]) -> str:
            position = int(match.group(1)) - 1
            shown = levels.get(position, level)
            kind = "decimal" if level.legal and shown.kind != "none" else shown.kind
            text = numeral(counters[position], kind, shown.sample)
            if text is None:
                self.unknown.add(kind)
                return str(counters[position])
            return text

        return _PLACEHOLDER.sub(number, level.text)
