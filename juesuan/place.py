"""Where something stands in a document.

A place is kept as small as it can be: the block, and the characters in it. Page, boxes, section
and sheet follow from the document and its outline, and are looked up when a finding is shown
(`Where`), so that understanding ten thousand numbers costs no bookkeeping.

Offsets are code points into the block's raw text: the text of the paragraph, or of the table cell,
or of the chart's text as the reader wrote it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points, from the top left corner of the page."""


class Point(NamedTuple):
    """A position between two characters of a block's raw text."""

    # Places are made by the ten thousand: as named tuples they cost a third of what frozen dataclasses do.

    block: int
    offset: int


class Place(NamedTuple):
    """A stretch of text: from `start` to `end`, possibly over several blocks.

    In a table, `row` and `column` name the cell (from 0) and the offsets count in the cell's text.
    In a chart, `series` and `point` name the value (from 0; both None for the title, `series` -1
    for a category label) and the offsets count in that label or value.
    """

    start: Point
    end: Point
    row: int | None = None
    column: int | None = None
    series: int | None = None
    point: int | None = None

    @property
    def block(self) -> int:
        return self.start.block

    def overlaps(self, other: Place) -> bool:
        """Whether the two share at least one character."""
        return (
            (self.row, self.column, self.series, self.point) == (other.row, other.column, other.series, other.point)
            and self.start < other.end
            and other.start < self.end
        )


@dataclass(frozen=True, slots=True)
class PageBox:
    """A rectangle on a page (pages count from 1)."""

    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Where:
    """A place as a reader is told of it: what `place` alone does not say, looked up."""

    place: Place
    file: str | None = None
    page: int | None = None
    part: str = ""
    section: str = ""
    table: str | None = None
    row: str | None = None
    column: str | None = None
    sheet: str | None = None
    chart: str | None = None
    boxes: tuple[PageBox, ...] = ()


def span(block: int, start: int, end: int) -> Place:
    """The place of characters `start` to `end` of one block."""
    return Place(Point(block, start), Point(block, end))


def cell(block: int, row: int, column: int, start: int, end: int) -> Place:
    """The place of characters `start` to `end` of one table cell."""
    return Place(Point(block, start), Point(block, end), row=row, column=column)
