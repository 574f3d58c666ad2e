"""Table blocks → grids: the parts of a table that page ends cut are one grid again, with one set of columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from juesuan.document.model import Cell, Document, Origin, Paragraph, Table
from juesuan.quantity import half_width
from juesuan.understand.rejoin import rejoin_tables

FIGURE = re.compile(r"[-－−]?\s*\d[\d,，]*(?:\.\s?\d+)?")
AMOUNT = re.compile(r"[-－−]?\s*(?:\d{1,3}(?:[,，]\s?\d{3})+|\d+)(?:\.\d+)?")
CODE = re.compile(r"\d{3}(?:\.?\d{2}){0,2}")
_WIDE_DIGIT = re.compile(r"[０-９]")
_DOTS = re.compile(r"[.\s]")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a grid: the block and row it stands in, and its cells by the grid's columns."""

    block: int
    row: int
    cells: dict[int, Cell]

    def text(self, column: int) -> str:
        cell = self.cells.get(column)
        if cell is None:
            return ""
        text = cell.text.strip()
        return half_width(text) if _WIDE_DIGIT.search(text) else text

    def own(self, column: int) -> Cell | None:
        """The cell if it begins in this row, so that a merged cell counts once."""
        cell = self.cells.get(column)
        return cell if cell is not None and cell.row == self.row else None


@dataclass(frozen=True, slots=True)
class Grid:
    """A whole table. `blocks`: its parts; `lost`: parts whose columns could not be matched; `before`: paragraphs above it."""

    blocks: tuple[int, ...]
    columns: int
    lines: tuple[Line, ...]
    sheet: str | None = None
    regular: bool = True
    lost: tuple[int, ...] = ()
    before: tuple[Paragraph, ...] = field(default=())


def grids(document: Document) -> tuple[Grid, ...]:
    """All tables of a document, in reading order."""
    joined = {group[0]: group for group in rejoin_tables(document)}
    parts = {b for group in joined.values() for b in group[1:]}
    found: list[Grid] = []
    for block in document.blocks:
        if not isinstance(block, Table) or block.id in parts or block.hidden:
            continue
        group = joined.get(block.id, (block.id,))
        found.append(_grid(document, group))
    return tuple(found)


def _grid(document: Document, group: Sequence[int]) -> Grid:
    first = document.blocks[group[0]]
    if not isinstance(first, Table):
        msg = f"block {group[0]} is no table"
        raise TypeError(msg)
    lines = list(_lines(first, None))
    lost: list[int] = []
    for number in group[1:]:
        table = document.blocks[number]
        if isinstance(table, Table):
            places = _align(lines, first.columns, table)
            if places is None:
                lost.append(number)
            else:
                lines += _lines(table, places)
    return Grid(
        tuple(group), first.columns, tuple(lines), first.sheet, first.regular, tuple(lost), _above(document, group[0])
    )


def _lines(table: Table, places: Sequence[int] | None) -> Iterable[Line]:
    """The rows of a table; `places[c]` is the grid column of its column c."""
    for row in range(table.rows):
        cells: dict[int, Cell] = {}
        for column in range(table.columns):
            cell = table.at(row, column)
            if cell is not None:
                cells[column if places is None else places[column]] = cell
        yield Line(table.id, row, cells)


def _align(lines: Sequence[Line], columns: int, table: Table) -> list[int] | None:
    """Which columns of the first part those of a continued part are: the same, or those that are not always empty."""
    if table.columns == columns:
        return list(range(columns))
    data = [line for line in lines if sum(bool(AMOUNT.fullmatch(line.text(c))) for c in range(columns)) > 1]
    with_code = [line for line in data if CODE.fullmatch(line.text(0))] or data
    filled = [c for c in range(columns) if any(line.text(c) for line in with_code)]
    return filled if len(filled) == table.columns else None


_REACH = 6


def _above(document: Document, block: int) -> tuple[Paragraph, ...]:
    """The paragraphs directly above a table, the nearest first, as far as the block before."""
    found: list[Paragraph] = []
    source = document.source_of(block)
    begin = source.first if source else 0
    for number in range(block - 1, max(block - 1 - _REACH, begin - 1), -1):
        other = document.blocks[number]
        if not isinstance(other, Paragraph):
            break
        if other.origin is Origin.BODY and other.text.strip():
            found.append(other)
    return tuple(found)


def code_of(texts: Iterable[str]) -> str | None:
    """The code that the key cells of a row hold: joined, dotted, or split over cells (208 | 05 | 1, 208 | 20805).

    A cell over several columns is one text in each of them.
    """
    digits = ""
    for text in texts:
        bare = _DOTS.sub("", text)
        if not bare.isdecimal() or not bare.isascii():
            break
        if bare == digits:
            continue
        whole = bool(digits) and len(bare) > len(digits) and bare.startswith(digits)
        digits = bare if whole else digits + (bare.zfill(2) if digits else bare)
    return digits if len(digits) in {3, 5, 7} else None


def is_amount(text: str) -> bool:
    """Whether a cell holds a figure as tables print them."""
    return bool(AMOUNT.fullmatch(half_width(text.strip())))
