"""Grids with their text → tables, joined over pages.

A table goes on over the end of a page when nothing stands between the two parts and either the second repeats the
first one's header, or the first filled its page to the end and the columns fit: the same edges, a part of them (a
last line with merged cells), or as many columns of other widths where the second part plainly has no header.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Final, NamedTuple

from juesuan.document.model import Cell
from juesuan.document.pdf.flow import LABEL, joined, wrapped
from juesuan.document.pdf.page import TextLine
from juesuan.place import Box

__all__ = ["RawCell", "RawTable", "cells_of", "continues", "merge"]

EDGE: Final = 4.0
"""Points by which the same column edge may differ on two pages."""
MOST_HEADER_ROWS: Final = 6
_POSITION: Final = itemgetter(0, 1)
_LAST_DIGITS: Final = re.compile(r"\.?\d{1,2}")
_BROKEN_OFF: Final = re.compile(r"\d,\d{0,2}$|\d\.$")
"""How no figure ends: 5,093,04."""
_WHOLE: Final = re.compile(r"(?<![\d.,])(?:(?:\d{1,3}(?:,\d{3})+|\d+)\.\d{2,6}|\d{3}|\d{5}|\d{7})$")
"""A figure once the digits that did not fit in its cell are back, 1,137,792. | 10, or an account's code."""
_NUMBER: Final = re.compile(r"^[-+−]?[\d,，.]+\s*[%％]?$")


class RawCell(NamedTuple):
    """A cell with its lines; rows and columns as in the model."""

    row: int
    column: int
    rowspan: int
    colspan: int
    page: int
    box: Box
    lines: tuple[TextLine, ...] = ()

    @property
    def inner_right(self) -> float:
        """Where the cell's text ends at the latest: its edge, less what is left free before the text."""
        padding = min((line.left - self.box[0] for line in self.lines), default=0.0)
        return self.box[2] - max(padding, 0.0)

    @property
    def key(self) -> str:
        """The text without blanks, to compare headers."""
        return "".join("".join(line.text for line in self.lines).split())


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table or its part on one page.

    `first` and `page` are its first and last page; `top` and `bottom` stand on those; `xs` are the column edges.
    """

    first: int
    page: int
    xs: tuple[float, ...]
    rows: int
    cells: tuple[RawCell, ...]
    top: float
    bottom: float

    @property
    def columns(self) -> int:
        return len(self.xs) - 1

    def row(self, number: int) -> tuple[RawCell, ...]:
        """The cells that begin in a row."""
        return tuple(cell for cell in self.cells if cell.row == number)


def _same(first: Sequence[float], second: Sequence[float]) -> bool:
    """Whether two sets of column edges agree, apart from a common shift (pages bound on different sides)."""
    if len(first) != len(second):
        return False
    shift = second[0] - first[0]
    return all(abs(b - a - shift) <= EDGE for a, b in zip(first, second, strict=True))


def _positions(part: Sequence[float], whole: Sequence[float]) -> list[int] | None:
    """For each edge of `part` its number in `whole`, when the outer edges and all others agree."""
    shift = part[0] - whole[0]
    found: list[int] = []
    for x in part:
        near = min(range(len(whole)), key=lambda k: abs(whole[k] + shift - x))
        if abs(whole[near] + shift - x) > EDGE:
            return None
        found.append(near)
    return found if found[0] == 0 and found[-1] == len(whole) - 1 and len(set(found)) == len(found) else None


def _shape(table: RawTable, row: int) -> list[tuple[int, int, int, str]]:
    return [(cell.column, cell.colspan, cell.rowspan, cell.key) for cell in table.row(row)]


def _repeated_rows(first: RawTable, second: RawTable) -> int:
    """How many leading rows of `second` repeat those of `first`; 0 unless they make a header."""
    if first.columns != second.columns:
        return 0
    rows = 0
    while rows < min(MOST_HEADER_ROWS, first.rows, second.rows) and _shape(first, rows) == _shape(second, rows):
        rows += 1
    for row in range(rows):
        words = [cell.key for cell in second.row(row) if cell.key and not _NUMBER.match(cell.key)]
        if len(words) > 1:
            return rows
    # Titles alone begin a new form of the same kind, not the next page of this one.
    return 0


def _starts_anew(first: RawTable, second: RawTable) -> bool:
    """Whether `second` begins with the title row of `first` and differs after it: another copy of one form."""
    top = second.row(0)
    if len(top) != 1 or top[0].colspan != second.columns or not top[0].key:
        return False
    return [cell.key for cell in first.row(0)] == [top[0].key]


def continues(first: RawTable, second: RawTable, floor: float) -> bool:
    """Whether `second`, next in the document, is the next part of `first`.

    `floor` is how far down (y) the pages of this size are filled.
    """
    if second.first != first.page + 1:
        return False
    if _repeated_rows(first, second):
        return True
    if _starts_anew(first, second):
        return False
    height = max((cell.box[3] - cell.box[1] for cell in second.row(0) if cell.rowspan == 1), default=0.0)
    if floor - first.bottom > max(1.3 * height, 30.0):
        return False
    if _same(first.xs, second.xs) or _positions(second.xs, first.xs) or _positions(first.xs, second.xs):
        return True
    numbers = sum(1 for cell in second.row(0) if _NUMBER.match(cell.key))
    return first.columns == second.columns and numbers > 0


def _moved(cells: Sequence[RawCell], at: Sequence[int] | None, rows: int, dropped: int) -> list[RawCell]:
    """Cells as rows `rows` onwards, their column edges renumbered through `at`, without the first `dropped` rows."""
    if at is None and not rows:
        return list(cells)
    down = rows - dropped
    done: list[RawCell] = []
    for row, column, rowspan, colspan, page, box, lines in cells:
        if row < dropped:
            continue
        first, end = (column, column + colspan) if at is None else (at[column], at[column + colspan])
        done.append(RawCell(row + down, first, rowspan, end - first, page, box, lines))
    return done


def _broken_row(above: Sequence[RawCell], below: Sequence[RawCell]) -> bool:
    """Whether the row `below`, first on its page, holds only the rest of texts that did not fit in the row `above`."""
    before = {(cell.column, cell.colspan): cell for cell in above}
    rest = [cell for cell in below if cell.lines]
    if not rest or before.keys() != {(cell.column, cell.colspan) for cell in below}:
        return False
    # The figures of a row of its own stand beside a name, and are whole.
    words = [cell for cell in rest if not _NUMBER.match(cell.key)]
    last_digits = all(_LAST_DIGITS.fullmatch(cell.key) for cell in rest)
    may_be_cut = bool(words) or last_digits or any(_BROKEN_OFF.search(cell.key) for cell in above)
    for cell in rest:
        start = before.get((cell.column, cell.colspan))
        if start is None or not start.lines or LABEL.match(cell.key):
            return False
        if _NUMBER.match(cell.key) and not (may_be_cut and _WHOLE.search(start.key + cell.key)):
            return False
        last, following = start.lines[-1], cell.lines[0]
        # The blank a cell keeps on its right is about that on its left.
        padding = max(min(line.left for line in (*start.lines, *cell.lines)) - start.box[0], 0.0)
        if following.left - cell.box[0] > padding + last.size or not wrapped(last, following, start.box[2] - padding):
            return False
    return True


def _mended(above: Sequence[RawCell], below: Sequence[RawCell]) -> dict[int, RawCell]:
    """The cells of `above` with the rest of their text from `below`, and the rows those reach down to, by column."""
    rest = {cell.column: cell for cell in below}
    return {
        c.column: c._replace(lines=c.lines + rest[c.column].lines, rowspan=c.rowspan + rest[c.column].rowspan - 1)
        for c in above
    }


def merge(first: RawTable, second: RawTable) -> RawTable:
    """One table of two parts (see `continues`); a repeated header stands once, a row cut by the page's end is whole."""
    dropped = _repeated_rows(first, second)
    xs, here, there = first.xs, None, None
    if first.columns != second.columns:
        there = _positions(second.xs, first.xs)
        if there is None:
            here, xs = _positions(first.xs, second.xs), second.xs
    upper = _moved(first.cells, here, 0, 0)
    lower = _moved(second.cells, there, first.rows, dropped)
    above = [cell for cell in upper if cell.row + cell.rowspan == first.rows]
    below = [cell for cell in lower if cell.row == first.rows]
    cut = 0
    if _broken_row(above, below):
        cut = 1
        whole = _mended(above, below)
        upper = [whole[cell.column] if cell.row + cell.rowspan == first.rows else cell for cell in upper]
        lower = [cell._replace(row=cell.row - 1) for cell in lower if cell.row > first.rows]
    return RawTable(
        first=first.first,
        page=second.page,
        xs=xs,
        rows=first.rows + second.rows - dropped - cut,
        cells=(*upper, *lower),
        top=first.top,
        bottom=second.bottom,
    )


def cells_of(table: RawTable) -> tuple[Cell, ...]:
    """The table's cells as the model has them, by row, then column."""
    done: list[Cell] = []
    for cell in sorted(table.cells, key=_POSITION):
        row, column, rowspan, colspan, page, box, lines = cell
        right = cell.inner_right if len(lines) > 1 else box[2]
        text, placed = joined(lines, right) if lines else ("", ())
        done.append(Cell(row, column, text, rowspan, colspan, None, page, box, placed))
    return tuple(done)
