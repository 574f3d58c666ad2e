"""A document as every reader delivers it: blocks in reading order, with exact places. Nothing here knows of money.

A reader never corrects: text is the source's own characters. What it could not read it says in
`Document.problems`.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from juesuan.place import Box, PageBox, Place, Point, Where

__all__ = ["Block", "Cell", "Chart", "Document", "Line", "Origin", "Paragraph", "Problem", "Series", "Source", "Table"]


class Origin(Enum):
    """Which layer of the page a paragraph stands in."""

    BODY = "body"
    TEXT_BOX = "text_box"
    FOOTNOTE = "footnote"
    HEADER = "header"
    FOOTER = "footer"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of a paragraph: where its characters stand on the page.

    `edges` holds left and right of each character in points (two floats a character).
    """

    start: int
    page: int
    top: float
    bottom: float
    edges: array[float]

    def __len__(self) -> int:
        return len(self.edges) // 2

    def box(self, start: int, end: int) -> Box | None:
        """The box around the paragraph's characters `start` to `end` as far as they are on this line."""
        first, last = max(start - self.start, 0), min(end - self.start, len(self))
        if first >= last:
            return None
        return (
            min(self.edges[2 * first : 2 * last : 2]),
            self.top,
            max(self.edges[2 * first + 1 : 2 * last : 2]),
            self.bottom,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What the blocks share. `id` is the position in `Document.blocks`; `page` counts from 1."""

    id: int
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph(Block):
    """A paragraph of text.

    `label` is an automatic number as printed ("（一）"), which is no part of `text`.
    `heading` is the outline level (1 = highest) where the format itself declares one. `sheet` names the worksheet
    it stands in.
    `lines` place each character on pages, for formats that have pages.
    """

    text: str
    label: str = ""
    heading: int | None = None
    origin: Origin = Origin.BODY
    lines: tuple[Line, ...] = ()
    sheet: str | None = None


class Cell(NamedTuple):
    """One cell of a table; a merged cell stands once, at its upper left corner.

    `stored` is the value behind the displayed text, as a decimal string, in spreadsheets only.
    `page`, `box` and `lines` are known in formats that have pages.
    """

    # No dataclass: a document has thousands, and a frozen one takes three times as long to make.
    row: int
    column: int
    text: str
    rowspan: int = 1
    colspan: int = 1
    stored: str | None = None
    page: int | None = None
    box: Box | None = None
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Block):
    """A table: its cells by row, then column. Rows and columns count from 0.

    `regular` is False where the source gives rows of cells without column positions (merged cells
    vanish in plain text): there `column` only counts the cells of the row.
    """

    cells: tuple[Cell, ...]
    rows: int
    columns: int
    sheet: str | None = None
    regular: bool = True
    hidden: bool = False
    _grid: dict[tuple[int, int], Cell] = field(default_factory=dict, compare=False, repr=False)

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers this position (a merged cell covers several), or None."""
        if not self._grid:
            for item in self.cells:
                for r in range(item.row, item.row + item.rowspan):
                    for c in range(item.column, item.column + item.colspan):
                        self._grid.setdefault((r, c), item)
        return self._grid.get((row, column))

    def row_cells(self) -> Iterator[tuple[Cell, ...]]:
        """The cells row by row (each merged cell once, in its first row)."""
        by_row: dict[int, list[Cell]] = {}
        for item in self.cells:
            by_row.setdefault(item.row, []).append(item)
        for row in range(self.rows):
            yield tuple(by_row.get(row, ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One series of a chart: its name, its values as stored (None = no point), and labels typed by hand."""

    name: str
    values: tuple[str | None, ...]
    labels: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart(Block):
    """A chart with its cached data. `kind` is the element name where known: bar, pie, line."""

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    kind: str | None = None
    cached: bool = True


@dataclass(frozen=True, slots=True)
class Problem:
    """Something of the file that was not read, or read with reserve: said to the user, never silent.

    `lost` marks what makes the result partial: text or tables that are in the file and not in the document.
    """

    message: str
    page: int | None = None
    block: int | None = None
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a document that was put together from several: its blocks are `first` to `last` (exclusive)."""

    path: str
    first: int
    last: int
    format: str = ""
    sha256: str = ""
    pages: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file as read.

    `sources` are its files when it was put together from several. `format` is the reader's name ("txt", "docx",
    "pdf", …); `sha256` is of the file's bytes.
    """

    path: str
    format: str
    blocks: tuple[Block, ...]
    sha256: str = ""
    pages: int | None = None
    problems: tuple[Problem, ...] = ()
    info: dict[str, str] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()

    def source_of(self, block: int) -> Source | None:
        """The file a block came from, in a document of several."""
        return next((s for s in self.sources if s.first <= block < s.last), None)

    def text_of(self, place: Place) -> str:
        """The source's own characters at a place (paragraphs of one stretch are joined without a break)."""
        if place.start.block == place.end.block:
            return self._raw(place)[place.start.offset : place.end.offset]
        pieces: list[str] = []
        for number in range(place.start.block, place.end.block + 1):
            block = self.blocks[number]
            if isinstance(block, Paragraph):
                first = place.start.offset if number == place.start.block else 0
                last = place.end.offset if number == place.end.block else len(block.text)
                pieces.append(block.text[first:last])
        return "".join(pieces)

    def _raw(self, place: Place) -> str:
        block = self.blocks[place.block]
        if isinstance(block, Paragraph):
            return block.text
        if isinstance(block, Table):
            found = block.at(place.row or 0, place.column or 0)
            return found.text if found else ""
        if isinstance(block, Chart):
            if place.point is None:
                return block.title if place.series is None else block.series[place.series].name
            if place.series is None or place.series < 0:
                return block.categories[place.point]
            return block.series[place.series].values[place.point] or ""
        return ""

    def boxes_of(self, place: Place) -> tuple[PageBox, ...]:
        """The rectangles a place covers, one a printed line; empty for formats without pages."""
        found: list[PageBox] = []
        for number in range(place.start.block, place.end.block + 1):
            block = self.blocks[number]
            lines: tuple[Line, ...] = ()
            if isinstance(block, Paragraph):
                lines = block.lines
            elif isinstance(block, Table) and place.row is not None and place.column is not None:
                holder = block.at(place.row, place.column)
                if holder is not None:
                    lines = holder.lines
                    if not lines and holder.box and holder.page:
                        return (PageBox(holder.page, holder.box),)
            first = place.start.offset if number == place.start.block else 0
            last = place.end.offset if number == place.end.block else 1 << 30
            for line in lines:
                box = line.box(first, last)
                if box:
                    found.append(PageBox(line.page, box))
        return tuple(found)

    def where(self, place: Place) -> Where:
        """The place with its page, boxes, sheet; part and section are added by who knows the outline."""
        block = self.blocks[place.block]
        boxes = self.boxes_of(place)
        source = self.source_of(place.block)
        return Where(
            place=place,
            file=source.path if source else None,
            page=boxes[0].page if boxes else block.page,
            sheet=block.sheet if isinstance(block, Table | Paragraph) else None,
            chart=block.title if isinstance(block, Chart) else None,
            boxes=boxes,
        )


def whole(block: Paragraph) -> Place:
    """The place of a whole paragraph."""
    return Place(Point(block.id, 0), Point(block.id, len(block.text)))
