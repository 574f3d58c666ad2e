"""Tables without ruling lines between their columns, told by their alignment alone.

At least three lines, one near the other, of at least three pieces each, two of them numbers, whose pieces fall into
columns that no piece bridges, two of them of numbers. Where rules run above, under the header and below (a three-line
table) two pieces with one number will do. Anything less is text: a page of text taken for a table does more harm than a
table taken for text. What stands between such lines is the rest of a text that did not fit, or a row with few figures.
Lines of several pieces directly above, without numbers, are the header.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from juesuan.document.pdf.flow import wrapped
from juesuan.document.pdf.lines import line_of, pieces_of
from juesuan.document.pdf.page import Rule, Run, TextLine
from juesuan.document.pdf.tables import RawTable
from juesuan.document.pdf.unruled_rows import Piece, Span, covered, laid_out

__all__ = ["find_unruled", "may_hold_columns"]

LEAST_ROWS: Final = 3
LEAST_COLUMNS: Final = 3
LEAST_NUMBERS: Final = 2
HEADER_ROWS: Final = 3
FINE: Final = 0.4
"""Character heights between two pieces that may stand in two columns."""
WIDE: Final = 1.5
"""Character heights between two pieces that surely do."""
FAR: Final = 3.0
"""Lines farther apart than so many character heights are of different tables."""
APART: Final = 6.0
"""The same, with the rest of a text between them."""
FIGURES: Final = 0.6
"""The share of a column's texts that are numbers, in a column of numbers."""
_SAME_END: Final = 4.0
_THREE: Final = 3
NEAR: Final = 2.0
"""Character heights between the lines of one text."""

_NUMBER: Final = re.compile(r"^[-+−]?[\d,，.]+\s*[%％]?$|^[-—–]+$")


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the page in its pieces. `apart` counts those that surely stand apart; `framed`: within three rules."""

    pieces: tuple[Piece, ...]
    apart: int
    framed: bool

    @property
    def numbers(self) -> int:
        return sum(1 for piece in self.pieces if _NUMBER.match(piece.line.text))

    @property
    def is_body(self) -> bool:
        if self.framed:
            return self.apart > 1 and self.numbers > 0
        return self.apart >= LEAST_COLUMNS and self.numbers >= LEAST_NUMBERS

    @property
    def base(self) -> float:
        return self.pieces[0].line.base

    @property
    def size(self) -> float:
        return max(piece.line.size for piece in self.pieces)

    @property
    def top(self) -> float:
        return min(piece.line.top for piece in self.pieces)

    @property
    def bottom(self) -> float:
        return max(piece.line.bottom for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Rules of one width, one below the other."""

    left: float
    right: float
    ys: tuple[float, ...]

    def holds(self, row: Sequence[Piece]) -> bool:
        """Whether a line stands between its first and its last rule."""
        inside = self.left - _SAME_END <= row[0].line.left and row[-1].line.right <= self.right + _SAME_END
        return inside and self.ys[0] - _SAME_END <= row[0].line.base <= self.ys[-1] + _SAME_END


def may_hold_columns(lines: Sequence[TextLine]) -> bool:
    """Whether it is worth the time to look closer at lines cut at wide gaps only."""
    by_base: dict[int, int] = {}
    for line in lines:
        words = line.text.split()
        if len(words) > 1 or _NUMBER.match(line.text):
            base = round(line.base)
            by_base[base] = by_base.get(base, 0) + sum(1 for word in words if _NUMBER.match(word))
    return sum(1 for count in by_base.values() if count) >= LEAST_ROWS


def _frames(rules: Sequence[Rule]) -> list[_Frame]:
    """Three rules or more of one width."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules):
        for group in groups:
            if abs(group[0].start - rule.start) < _SAME_END and abs(group[0].end - rule.end) < _SAME_END:
                group.append(rule)
                break
        else:
            groups.append([rule])
    return [
        _Frame(group[0].start, group[0].end, tuple(rule.at for rule in group))
        for group in groups
        if len(group) >= _THREE
    ]


def _rows(runs: Sequence[Run], frames: Sequence[_Frame], page: int) -> list[_Row]:
    rows: list[_Row] = []
    for cut in pieces_of(runs, FINE):
        pieces = tuple(Piece(tuple(piece), line) for piece in cut if (line := line_of(piece, page)) is not None)
        if pieces:
            wide = sum(b.line.left - a.line.right > WIDE * a.line.size for a, b in itertools.pairwise(pieces))
            rows.append(_Row(pieces, wide + 1, any(frame.holds(pieces) for frame in frames)))
    return rows


def _stretches(rows: Sequence[_Row]) -> list[tuple[int, int]]:
    """First and last body row of each stretch of them, with what may stand between."""
    bodies = [number for number, row in enumerate(rows) if row.is_body]
    found: list[tuple[int, int]] = []
    for number in bodies:
        before = rows[found[-1][1]] if found else None
        if before and (before.framed or rows[number].base - before.base < APART * rows[number].size):
            found[-1] = found[-1][0], number
        else:
            found.append((number, number))
    return found


def _columns(rows: Sequence[_Row]) -> list[Span]:
    """Left and right of each column: where no piece of any row stands there is none."""
    spans: list[Span] = []
    for left, right in sorted((piece.line.left, piece.line.right) for row in rows for piece in row.pieces):
        if spans and left < spans[-1][1]:
            spans[-1] = spans[-1][0], max(spans[-1][1], right)
        else:
            spans.append((left, right))
    return spans


def _fits(row: _Row, spans: Sequence[Span]) -> bool:
    """Whether each piece stands in one column, and no column holds two numbers."""
    taken: set[int] = set()
    for piece in row.pieces:
        first, last = covered(piece.line, spans)
        is_number = bool(_NUMBER.match(piece.line.text))
        if first != last or (is_number and first in taken):
            return False
        if is_number:
            taken.add(first)
    return True


def _figures(rows: Sequence[_Row], spans: Sequence[Span]) -> list[int]:
    """The columns of numbers; the first column is none."""
    counts = [[0, 0] for _ in spans]
    for row in rows:
        for piece in row.pieces:
            column = covered(piece.line, spans)[0]
            counts[column][0] += 1
            counts[column][1] += bool(_NUMBER.match(piece.line.text))
    return [k for k, (texts, numbers) in enumerate(counts) if k and numbers and numbers >= FIGURES * texts]


def _header(rows: Sequence[_Row], start: int, spans: Sequence[Span]) -> tuple[int, int]:
    """Where the header and where the body begin: lines of several pieces directly above that share no column.

    Between them there may be the rest of a text from the page before.
    """
    body = start
    while body and start - body < HEADER_ROWS and len(rows[body - 1].pieces) == 1 and _near(rows, body):
        column = covered(rows[body - 1].pieces[0].line, spans)
        if rows[body - 1].numbers or column[0] != column[1]:
            break
        body -= 1
    first = body
    while first and body - first < HEADER_ROWS and _near(rows, first):
        row = rows[first - 1]
        held = [covered(piece.line, spans) for piece in row.pieces]
        apart = all(a[1] < b[0] for a, b in itertools.pairwise(held))
        if len(row.pieces) < LEAST_NUMBERS or row.numbers or not apart:
            break
        first -= 1
    return (first, body) if first < body else (start, start)


def _near(rows: Sequence[_Row], number: int) -> bool:
    """Whether a row stands near to the one above it."""
    above, here = rows[number - 1], rows[number]
    return here.base - above.base < FAR * max(above.size, here.size)


def _cut(rows: Sequence[_Row], start: int, last: int) -> list[tuple[int, int]]:
    """The stretch without lines that bridge the columns of its body rows."""
    spans = _columns([row for row in rows[start : last + 1] if row.is_body])
    parts: list[tuple[int, int]] = []
    begin: int | None = None
    for number in range(start, last + 1):
        if not _fits(rows[number], spans):
            begin = None
        elif begin is not None:
            parts[-1] = begin, number
        elif rows[number].is_body:
            begin = number
            parts.append((number, number))
    return parts


def _reach(rows: Sequence[_Row], last: int, spans: Sequence[Span]) -> int:
    """The last line of the table: behind the last body row there may be the rest of a text of its own."""
    while last + 1 < len(rows) and rows[last + 1].base - rows[last].base < NEAR * rows[last].size:
        before = {covered(piece.line, spans): piece.line for piece in rows[last].pieces}
        for piece in rows[last + 1].pieces:
            column = covered(piece.line, spans)
            above = before.get(column)
            if above is None or column[0] != column[1] or not wrapped(above, piece.line, spans[column[0]][1]):
                return last
        last += 1
    return last


def _framed(rows: Sequence[_Row], start: int, last: int, frame: _Frame) -> tuple[int, int, int]:
    """First line, first line under the header, and last line, as the rules around the body rows have them."""
    header_ends = max((y for y in frame.ys if y < rows[start].top + _SAME_END), default=frame.ys[0])
    body = start
    while body and rows[body - 1].top > header_ends - _SAME_END:
        body -= 1
    first = body
    while first and rows[first - 1].framed and rows[first - 1].top > frame.ys[0] - _SAME_END:
        first -= 1
    while last + 1 < len(rows) and rows[last + 1].framed and rows[last + 1].bottom < frame.ys[-1] + _SAME_END:
        last += 1
    return first, body, last


def _table(rows: Sequence[_Row], start: int, last: int, frames: Sequence[_Frame], page: int) -> RawTable | None:
    """The table of a stretch, if it is one."""
    bodies = [row for row in rows[start : last + 1] if row.is_body]
    frame = next((f for f in frames if all(f.holds(row.pieces) for row in bodies)), None)
    body = start
    if frame is not None:
        first, body, last = _framed(rows, start, last, frame)
    spans = _columns(rows[body : last + 1])
    least = (LEAST_COLUMNS, LEAST_NUMBERS) if frame is None else (LEAST_COLUMNS - 1, LEAST_NUMBERS - 1)
    good = len(bodies) >= LEAST_ROWS and len(spans) >= least[0] and len(_figures(bodies, spans)) >= least[1]
    if not good or not all(_fits(row, spans) for row in rows[body : last + 1]):
        return None
    if frame is None:
        (first, body), last = _header(rows, start, spans), _reach(rows, last, spans)
    pieces = [row.pieces for row in rows[first : last + 1]]
    return laid_out(pieces[: body - first], pieces[body - first :], spans, frame.ys if frame else (), page)


def find_unruled(runs: Sequence[Run], rules: Sequence[Rule], page: int) -> list[RawTable]:
    """The tables among the characters of a page that stand in no ruled table; `rules` are its level rules."""
    frames = _frames(rules)
    rows = _rows(runs, frames, page)
    parts = [part for start, last in _stretches(rows) for part in _cut(rows, start, last)]
    tables = (_table(rows, start, last, frames, page) for start, last in parts)
    return [table for table in tables if table is not None]
