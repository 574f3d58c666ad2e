"""The rows of a table whose columns are known and whose rows are not: which lines are one text, which texts one row.

Lines of one column are one text where the next word would not have fitted, or a number goes on. Texts that stand beside
one another are one row, whether the shorter ones stand at the top of the longer or at its middle.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from juesuan.document.pdf.flow import wrapped
from juesuan.document.pdf.lines import line_of
from juesuan.document.pdf.page import Run, TextLine
from juesuan.document.pdf.tables import RawCell, RawTable

__all__ = ["Piece", "Span", "covered", "laid_out"]

Span = tuple[float, float]
"""Left and right of a column."""
NEAR: Final = 2.0
"""Character heights between the lines of one text at most."""
EVEN: Final = 1.15
"""Lines of one text are not farther apart than so many times the nearest lines of the column: rows are."""
BESIDE: Final = 0.3
"""The share of the lower one's height by which texts of one row overlap."""
_FIGURE: Final = re.compile(r"[-+−]?[\d,，.]+[%％]?")


class Piece(NamedTuple):
    """Words that stand apart from those beside them: the characters, and the line they make."""

    runs: tuple[Run, ...]
    line: TextLine


@dataclass(slots=True)
class _Text:
    """What one cell holds."""

    column: int
    lines: list[TextLine]

    @property
    def top(self) -> float:
        return self.lines[0].top

    @property
    def bottom(self) -> float:
        return self.lines[-1].bottom


def covered(line: TextLine, spans: Sequence[Span]) -> tuple[int, int]:
    """The first and the last column a piece stands over."""
    over = [k for k, (left, right) in enumerate(spans) if line.left < right and left < line.right]
    if not over:
        middle = (line.left + line.right) / 2
        over = [min(range(len(spans)), key=lambda k: abs((spans[k][0] + spans[k][1]) / 2 - middle))]
    return over[0], over[-1]


class _Placed(NamedTuple):
    """A line of a column; `counts`: whether there are figures on the same baseline."""

    line: TextLine
    counts: bool


def _goes_on(above: _Placed, below: _Placed, pitch: float, right: float, rules: Sequence[float]) -> bool:
    """Whether the second line, next in its column, continues the first one's text."""
    (first, of_figures), (second, with_figures) = above, below
    far = second.base - first.base > min(NEAR * first.size, EVEN * pitch)
    if far or any(first.base < y < second.base for y in rules):
        return False
    if _FIGURE.fullmatch(first.text) or _FIGURE.fullmatch(second.text):
        both = _FIGURE.fullmatch(first.text + second.text)
        return both is not None and (first.text[-1] in ",，." or second.text[0] in ",，.")
    # Each row has its figures once: two lines that have some each are two rows.
    return not (of_figures and with_figures) and wrapped(first, second, right)


def _lines(rows: Sequence[Sequence[Piece]], spans: Sequence[Span], page: int) -> list[list[_Placed]]:
    """The lines of each column from top to bottom; pieces on one line are one."""
    found: list[list[_Placed]] = [[] for _ in spans]
    for row in rows:
        counts = sum(1 for piece in row if _FIGURE.fullmatch(piece.line.text) and covered(piece.line, spans)[0]) > 0
        for column, pieces in itertools.groupby(row, key=lambda piece: covered(piece.line, spans)[0]):
            held = list(pieces)
            whole = held[0].line
            if len(held) > 1:
                whole = line_of([run for piece in held for run in piece.runs], page) or whole
            found[column].append(_Placed(whole, counts))
    return found


def _texts(
    rows: Sequence[Sequence[Piece]], spans: Sequence[Span], rules: Sequence[float], page: int
) -> list[list[_Text]]:
    """The texts of each column from top to bottom."""
    found: list[list[_Text]] = []
    for column, lines in enumerate(_lines(rows, spans, page)):
        texts: list[_Text] = []
        before: _Placed | None = None
        pitch = min((b.line.base - a.line.base for a, b in itertools.pairwise(lines)), default=0.0)
        for placed in lines:
            if before is not None and _goes_on(before, placed, pitch, spans[column][1], rules):
                texts[-1].lines.append(placed.line)
            else:
                texts.append(_Text(column, [placed.line]))
            before = placed
        found.append(texts)
    return found


def _beside(texts: Sequence[_Text]) -> list[list[_Text]]:
    """The texts in rows: those that stand beside one another, from top to bottom."""
    rows: list[list[_Text]] = []
    bottom = 0.0
    for text in sorted(texts, key=lambda t: t.top):
        height = min(text.bottom - text.top, max(t.bottom - t.top for t in rows[-1]) if rows else 0.0)
        if rows and bottom - text.top > BESIDE * height:
            rows[-1].append(text)
            bottom = max(bottom, text.bottom)
        else:
            rows.append([text])
            bottom = text.bottom
    return rows


def _parted(row: Sequence[_Text]) -> list[list[_Text]]:
    """A row with two texts in one column: lines that were taken for one text are not, and go to what is nearest."""
    lines = [_Text(text.column, [line]) for text in row for line in text.lines]
    columns = [text.column for text in row]
    twice = next(column for column in columns if columns.count(column) > 1)
    heads = [text for text in row if text.column == twice]
    rows: list[list[_Text]] = [[head] for head in heads]
    for text in lines:
        if text.column != twice:
            near = min(range(len(heads)), key=lambda k: abs(heads[k].lines[0].base - text.lines[0].base))
            same = next((held for held in rows[near] if held.column == text.column), None)
            if same is None:
                rows[near].append(text)
            else:
                same.lines += text.lines
    return rows


def _body(texts: Sequence[Sequence[_Text]]) -> list[list[_Text]]:
    rows: list[list[_Text]] = []
    for row in _beside([text for column in texts for text in column]):
        columns = {text.column for text in row}
        rows += [row] if len(columns) == len(row) else _parted(row)
    return rows


def _header(rows: Sequence[Sequence[Piece]], spans: Sequence[Span], page: int) -> list[list[tuple[int, int, _Text]]]:
    """The header: one row where each text stands over one column, else its lines as rows of their own."""
    if not rows:
        return []
    held = [(covered(piece.line, spans), piece) for row in rows for piece in row]
    if all(first == last for (first, last), _ in held):
        columns = _lines(rows, spans, page)
        return [[(k, k, _Text(k, [placed.line for placed in held])) for k, held in enumerate(columns) if held]]
    found: list[list[tuple[int, int, _Text]]] = []
    for row in rows:
        cells: list[tuple[int, int, _Text]] = []
        for piece in row:
            first, last = covered(piece.line, spans)
            cells.append((first, last, _Text(first, [piece.line])))
        found.append(cells)
    return found


def laid_out(
    header: Sequence[Sequence[Piece]],
    body: Sequence[Sequence[Piece]],
    spans: Sequence[Span],
    rules: Sequence[float],
    page: int,
) -> RawTable:
    """The table of these lines, each in its pieces. `rules` are the heights (y) at which rows are parted for certain."""
    rows = _header(header, spans, page)
    rows += [[(text.column, text.column, text) for text in row] for row in _body(_texts(body, spans, rules, page))]
    xs = (spans[0][0], *((a[1] + b[0]) / 2 for a, b in itertools.pairwise(spans)), spans[-1][1])
    tops = [min(text.top for _, _, text in row) for row in rows]
    ys = [*tops, max(text.bottom for _, _, text in rows[-1])]
    cells: list[RawCell] = []
    for number, row in enumerate(rows):
        taken: set[int] = set()
        for first, last, text in row:
            taken.update(range(first, last + 1))
            box = xs[first], ys[number], xs[last + 1], ys[number + 1]
            cells.append(RawCell(number, first, 1, last - first + 1, page, box, tuple(text.lines)))
        for column in sorted(set(range(len(spans))) - taken):
            box = xs[column], ys[number], xs[column + 1], ys[number + 1]
            cells.append(RawCell(number, column, 1, 1, page, box))
    return RawTable(page, page, xs, len(rows), tuple(cells), ys[0], ys[-1])
