"""Tables without ruling lines, told by their alignment alone.

At least three lines, one below the other, of at least three pieces each, two of them numbers, whose pieces fall into
columns that no piece bridges. Anything less is text: a page of text taken for a table does more harm than a table
taken for text. Lines of several pieces directly above, without numbers, are the header.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import Final

from juesuan.document.pdf.page import TextLine
from juesuan.document.pdf.tables import RawCell, RawTable

__all__ = ["find_unruled", "may_hold_columns"]

LEAST_ROWS: Final = 3
LEAST_COLUMNS: Final = 3
LEAST_NUMBERS: Final = 2
HEADER_ROWS: Final = 3
FAR: Final = 3.0
"""Lines farther apart than so many character heights are of different tables."""

_NUMBER: Final = re.compile(r"^[-+−]?[\d,，.]+\s*[%％]?$|^[-—–]+$")
_Row = Sequence[TextLine]
_Span = tuple[float, float]


def _numbers(row: _Row) -> int:
    return sum(1 for piece in row if _NUMBER.match(piece.text))


def _is_body(row: _Row) -> bool:
    return len(row) >= LEAST_COLUMNS and _numbers(row) >= LEAST_NUMBERS


def may_hold_columns(lines: Sequence[TextLine]) -> bool:
    """Whether it is worth the time to look closer at lines cut at wide gaps only."""
    by_base: dict[int, int] = {}
    for line in lines:
        words = line.text.split()
        if len(words) > 1 or _NUMBER.match(line.text):
            base = round(line.base)
            by_base[base] = by_base.get(base, 0) + sum(1 for word in words if _NUMBER.match(word))
    return sum(1 for count in by_base.values() if count >= LEAST_NUMBERS) >= LEAST_ROWS


def _near(above: _Row, below: _Row) -> bool:
    return below[0].base - above[0].base < FAR * max(above[0].size, below[0].size)


def _bodies(rows: Sequence[_Row]) -> list[tuple[int, int]]:
    """First and last (excluded) row of each stretch of body rows.

    A row of two pieces, one a number, may be among them (a total).
    """
    found: list[tuple[int, int]] = []
    start = 0
    while start < len(rows):
        end = start
        while end < len(rows) and (_is_body(rows[end]) or (end > start and len(rows[end]) > 1 and _numbers(rows[end]))):
            if end > start and not _near(rows[end - 1], rows[end]):
                break
            end += 1
        if sum(1 for row in rows[start:end] if _is_body(row)) >= LEAST_ROWS:
            found.append((start, end))
        start = max(end, start + 1)
    return found


def _columns(rows: Sequence[_Row]) -> list[_Span] | None:
    """Left and right of each column; None when a row has two pieces in one of them."""
    spans: list[_Span] = []
    for left, right in sorted((piece.left, piece.right) for row in rows for piece in row):
        if spans and left < spans[-1][1]:
            spans[-1] = spans[-1][0], max(spans[-1][1], right)
        else:
            spans.append((left, right))
    clear = all(len({_covered(piece, spans) for piece in row}) == len(row) for row in rows)
    return spans if clear and len(spans) >= LEAST_COLUMNS else None


def _covered(piece: TextLine, spans: Sequence[_Span]) -> tuple[int, int]:
    """The first and the last column a piece stands over."""
    over = [k for k, (left, right) in enumerate(spans) if piece.left < right and left < piece.right]
    if not over:
        middle = (piece.left + piece.right) / 2
        over = [min(range(len(spans)), key=lambda k: abs((spans[k][0] + spans[k][1]) / 2 - middle))]
    return over[0], over[-1]


def _header(rows: Sequence[_Row], start: int, spans: Sequence[_Span]) -> int:
    """Where the header begins: lines of several pieces directly above that share no column."""
    first = start
    while first and start - first < HEADER_ROWS:
        row = rows[first - 1]
        held = [_covered(piece, spans) for piece in row]
        apart = all(a[1] < b[0] for a, b in itertools.pairwise(held))
        if len(row) < LEAST_NUMBERS or _numbers(row) or not apart or not _near(row, rows[first]):
            break
        first -= 1
    return first


def _table(rows: Sequence[_Row], spans: Sequence[_Span], page: int) -> RawTable:
    middles = [(a[1] + b[0]) / 2 for a, b in itertools.pairwise(spans)]
    xs = (spans[0][0], *middles, spans[-1][1])
    tops = [min(piece.top for piece in row) for row in rows] + [max(piece.bottom for piece in rows[-1])]
    cells: list[RawCell] = []
    for number, row in enumerate(rows):
        held = {_covered(piece, spans): piece for piece in row}
        taken: set[int] = set()
        for (first, last), piece in held.items():
            taken.update(range(first, last + 1))
            box = xs[first], tops[number], xs[last + 1], tops[number + 1]
            cells.append(RawCell(number, first, 1, last - first + 1, page, box, (piece,)))
        for column in sorted(set(range(len(spans))) - taken):
            box = xs[column], tops[number], xs[column + 1], tops[number + 1]
            cells.append(RawCell(number, column, 1, 1, page, box))
    return RawTable(page, page, xs, len(rows), tuple(cells), tops[0], tops[-1])


def find_unruled(rows: Sequence[_Row], page: int) -> list[RawTable]:
    """The tables among the rows of a page, each row cut into its pieces from left to right."""
    found: list[RawTable] = []
    for start, end in _bodies(rows):
        spans = _columns(rows[start:end])
        if spans is not None:
            first = _header(rows, start, spans)
            found.append(_table(rows[first:end], spans, page))
    return found
