"""Passages: the document's text as it is meant, each character still tied to its place in the source.

A passage is one paragraph, or several blocks that one paragraph was broken into, with layout noise taken
out (blanks between Chinese characters, bookmark marks, half-width brackets folded one to one). Everything
that reads words reads passages; everything that is shown quotes the source through `Passage.place`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_letters, digits
from typing import Final, NamedTuple

from juesuan.document.model import Cell, Document, Origin, Paragraph
from juesuan.place import Place, Point
from juesuan.understand.numbering import is_numbered_heading, read_mark

__all__ = ["Passage", "Segment", "cell_text", "passages"]


class Segment(NamedTuple):
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


_READ: Final = frozenset({Origin.BODY, Origin.TEXT_BOX, Origin.FOOTNOTE})

_FOLDED: Final = digits + ascii_letters
_FULL_WIDTH: Final = "".join(chr(0xFEE0 + ord(c)) for c in _FOLDED)
_FOLD: Final = str.maketrans(_FULL_WIDTH + "％＋－．\u2212" + "():;", _FOLDED + "%+-.-" + "（）：；")
_NEEDS_FOLD: Final = re.compile(r"[():;\u2212\uff05\uff0b\uff0d\uff0e\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_WORD_COMMA: Final = re.compile(r"(?<![0-9]),|,(?!\s*[0-9])")
_INVISIBLE: Final = r"\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff"
_GAP: Final = re.compile(rf"(?:[\s{_INVISIBLE}]|\[bookmark[:：][^\]\n]{{0,200}}\])+")
_BREAK: Final = re.compile(r"\n+")
_ENDING: Final = ("。", "；", "：", "！", "？", ";", ":")
_BLANK: Final = re.compile(rf"[^\S{_INVISIBLE}]")
_SHORT: Final = 200
_LATIN: Final = frozenset(_FOLDED + "%.,+-/")


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


@lru_cache(maxsize=1 << 14)
def _short(raw: str) -> str:
    return _clean(raw, 0)[0]


def cell_text(cell: Cell) -> str:
    """The clean text of a table cell: as a passage's, without the way back, for the place of a cell is the cell."""
    raw = cell.text
    if not raw:
        return ""
    # Several readers and rules ask, and tables repeat themselves.
    return _short(raw) if len(raw) <= _SHORT else _clean(raw, 0)[0]


def _lines(raw: str, block: int) -> Iterator[tuple[str, tuple[Segment, ...]]]:
    """The paragraphs within one block: it is parted at a line break before a number, or after a heading."""
    kept = begin = 0
    for found in _BREAK.finditer(raw):
        before, after = _clean(raw[begin : found.start()], block)[0], _clean(raw[found.end() :][:40], block)[0]
        begin = found.end()
        parted = is_numbered_heading(before) or (before[-1:] in _ENDING and read_mark(after))
        if before and after and parted:
            yield _shifted(raw[kept : found.start()], block, kept)
            kept = begin
    yield _shifted(raw[kept:], block, kept)


def _shifted(raw: str, block: int, offset: int) -> tuple[str, tuple[Segment, ...]]:
    text, segments = _clean(raw, block)
    return text, tuple(Segment(s.start, block, s.offset + offset) for s in segments) if offset else segments


def passages(document: Document) -> tuple[Passage, ...]:
    """One passage for each paragraph with text, in reading order; headers, footers and comments are left out.

    A block with line breaks in it gives several where a break stands before a number or after a heading.
    """
    found: list[Passage] = []
    for block in document.blocks:
        if isinstance(block, Paragraph) and block.origin in _READ:
            parts = _lines(block.text, block.id) if "\n" in block.text else (_clean(block.text, block.id),)
            found += [Passage(len(found) + n, *part) for n, part in enumerate(p for p in parts if p[0])]
    return tuple(found)
