"""Passages: the document's text as it is meant, each character still tied to its place in the source.

A passage is one paragraph, or several blocks that one paragraph was broken into, with layout noise taken
out (blanks between Chinese characters, bookmark marks, half-width brackets folded one to one). Everything
that reads words reads passages; everything that is shown quotes the source through `Passage.place`.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from juesuan.place import Place, Point


@dataclass(frozen=True, slots=True)
class Segment:
    """From `start` in the passage's text on, characters stand in the source one to one from `block`, `offset`."""

    start: int
    block: int
    offset: int


@dataclass(frozen=True, slots=True)
class Passage:
    """`text` is clean; `segments` lead back to the source. `index` counts passages of the document from 0."""

    index: int
    text: str
    segments: tuple[Segment, ...]

    def point(self, position: int) -> Point:
        """Where the character at `position` stands in the source."""
        at = bisect_right(self.segments, position, key=lambda s: s.start) - 1
        segment = self.segments[max(at, 0)]
        return Point(segment.block, segment.offset + position - segment.start)

    def place(self, start: int, end: int) -> Place:
        """The source place of the characters `start` to `end` of `text` (never empty: at least one character)."""
        first, last = self.point(start), self.point(max(end - 1, start))
        return Place(first, Point(last.block, last.offset + 1))
