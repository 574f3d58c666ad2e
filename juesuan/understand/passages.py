"""Passages: the document's text as it is meant, each character still tied to its place in the source.

A passage is one paragraph, or several blocks that one paragraph was broken into, with layout noise taken
out (blanks between Chinese characters, bookmark marks, half-width brackets folded one to one). Everything
that reads words reads passages; everything that is shown quotes the source through `Passage.place`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from juesuan.document.model import Cell, Document, Origin, Paragraph, Table
from juesuan.place import Place, Point

__all__ = ["CellText", "Passage", "Segment", "cell_passage", "passages"]


@dataclass(frozen=True, slots=True)
class Segment:
    """From `start` in the passage's text on, characters stand in the source one to one from `block`, `offset`."""

    start: int
    block: int
    offset: int


def _point(segments: Sequence[Segment], position: int) -> Point:
    at = bisect_right(segments, position, key=lambda s: s.start) - 1
    segment = segments[max(at, 0)]
    return Point(segment.block, segment.offset + position - segment.start)


@dataclass(frozen=True, slots=True)
class Passage:
    """`text` is clean; `segments` lead back to the source. `index` counts passages of the document from 0."""

    index: int
    text: str
    segments: tuple[Segment, ...]

    def point(self, position: int) -> Point:
        """Where the character at `position` stands in the source."""
        return _point(self.segments, position)

    def place(self, start: int, end: int) -> Place:
        """The source place of the characters `start` to `end` of `text` (never empty: at least one character)."""
        first, last = self.point(start), self.point(max(end - 1, start))
        return Place(first, Point(last.block, last.offset + 1))


@dataclass(frozen=True, slots=True)
class CellText:
    """The clean text of one table cell; `row` and `column` count from 0."""

    text: str
    row: int
    column: int
    segments: tuple[Segment, ...]

    def place(self, start: int, end: int) -> Place:
        """The source place of the characters `start` to `end` of `text`, in this cell."""
        first, last = _point(self.segments, start), _point(self.segments, max(end - 1, start))
        return Place(first, Point(last.block, last.offset + 1), row=self.row, column=self.column)


_READ: Final = frozenset({Origin.BODY, Origin.TEXT_BOX, Origin.FOOTNOTE})

_FULL_WIDTH: Final = "".join(chr(0xFEE0 + ord(c)) for c in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_FOLDED: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_FOLD: Final = str.maketrans(_FULL_WIDTH + "％＋－．\u2212" + "():;", _FOLDED + "%+-.-" + "（）：；")
_NEEDS_FOLD: Final = re.compile(r"[():;\u2212\uff05\uff0b\uff0d\uff0e\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_WORD_COMMA: Final = re.compile(r"(?<![0-9]),|,(?!\s*[0-9])")
_INVISIBLE: Final = r"\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff"
_GAP: Final = re.compile(rf"(?:[\s{_INVISIBLE}]|\[bookmark[:：][^\]\n]*\])+")
_BLANK: Final = re.compile(rf"[^\S{_INVISIBLE}]")
_LATIN: Final = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz%.,+-/")


def _clean(raw: str, block: int) -> tuple[str, tuple[Segment, ...]]:
    """The clean text of one block, and the segments that lead back to `raw`."""
    text = raw.translate(_FOLD) if _NEEDS_FOLD.search(raw) else raw
    if "," in text:
        text = _WORD_COMMA.sub("，", text)
    pieces: list[str] = []
    segments: list[Segment] = []
    length = begin = 0
    for gap in _GAP.finditer(text):
        start, end = gap.span()
        if start > begin:
            segments.append(Segment(length, block, begin))
            pieces.append(text[begin:start])
            length += start - begin
        begin = end
        if length and end < len(text) and text[start - 1] in _LATIN and text[end] in _LATIN:
            blank = _BLANK.search(text, start, end)
            if blank:
                segments.append(Segment(length, block, blank.start()))
                pieces.append(" ")
                length += 1
    if begin < len(text):
        segments.append(Segment(length, block, begin))
        pieces.append(text[begin:] if begin else text)
    return "".join(pieces), tuple(segments)


def passages(document: Document) -> tuple[Passage, ...]:
    """One passage for each paragraph with text, in reading order; headers, footers and comments are left out."""
    found: list[Passage] = []
    for block in document.blocks:
        if isinstance(block, Paragraph) and block.origin in _READ:
            text, segments = _clean(block.text, block.id)
            if text:
                found.append(Passage(len(found), text, segments))
    return tuple(found)


def cell_passage(table: Table, cell: Cell) -> CellText:
    """The clean text of one cell of `table`, tied to its characters. An empty cell gives an empty text."""
    text, segments = _clean(cell.text, table.id)
    return CellText(text, cell.row, cell.column, segments or (Segment(0, table.id, 0),))
