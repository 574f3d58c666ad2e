"""Text set in two columns: which lines belong to the left one and which to the right.

Only what cannot be anything else is parted: a stretch of lines that nothing crosses at one place, with at least six
lines on each side, most of which fill their side as running text does. Numbers beside names are a table.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from juesuan.document.pdf.flow import margins_in
from juesuan.document.pdf.lines import line_of, lines_of, pieces_of
from juesuan.document.pdf.page import Run, TextLine

__all__ = ["by_columns"]

GUTTER: Final = 1.0
"""Character heights between the columns at least."""
LEAST_LINES: Final = 6
LEAST_LENGTH: Final = 8
"""Characters of most lines."""
MOST_FIGURES: Final = 0.2
FULL: Final = 0.5
"""The share of lines that end near the right edge of their column, as running text does."""
MIDDLE: Final = (0.4, 0.65)
"""Between these shares of the page's width the right column begins."""
_BIN: Final = 3.0
_FIGURE: Final = re.compile(r"[-+−]?[\d,，.]+[%％]?")
_Row = list[TextLine]


def _begins(rows: Sequence[_Row], width: float) -> float | None:
    """Where the right column begins (x): where most pieces of the page's middle do."""
    low, high = (share * width for share in MIDDLE)
    lefts = [line.left for row in rows for line in row if low < line.left < high]
    if len(lefts) < LEAST_LINES:
        return None
    common, count = Counter(round(left / _BIN) for left in lefts).most_common(1)[0]
    near = [left for left in lefts if abs(left / _BIN - common) <= 1]
    return min(near) if count >= LEAST_LINES else None


def _band(rows: Sequence[_Row], x: float) -> tuple[int, int] | None:
    """First and last row of the longest stretch that nothing crosses at `x`, from one right-hand piece to the last."""
    best: tuple[int, int] | None = None
    start: int | None = None
    for number, row in enumerate([*rows, None]):
        if row is not None and all(line.right < x - GUTTER or line.left >= x - GUTTER for line in row):
            start = number if start is None else start
            continue
        if start is not None:
            inside = [k for k in range(start, number) if rows[k][-1].left >= x - GUTTER]
            if inside and (best is None or inside[-1] - inside[0] > best[1] - best[0]):
                best = inside[0], inside[-1]
        start = None
    return best


def _is_prose(lines: Sequence[TextLine]) -> bool:
    """Whether the lines of one side are running text."""
    if len(lines) < LEAST_LINES:
        return False
    right = max(line.right for line in lines)
    full = sum(right - line.right < 1.5 * line.size for line in lines)
    figures = sum(bool(_FIGURE.fullmatch(line.text)) for line in lines)
    long = sum(len(line.text) >= LEAST_LENGTH for line in lines)
    count = len(lines)
    return full >= FULL * count and figures <= MOST_FIGURES * count and long >= FULL * count


def by_columns(runs: Sequence[Run], lines: list[TextLine], width: float, page: int) -> list[TextLine]:
    """The lines of a page, those of two columns one column after the other with margins of their own."""
    if len(lines) < LEAST_LINES:
        return lines
    rows = [[line for piece in row if (line := line_of(piece, page))] for row in pieces_of(runs, GUTTER)]
    rows = [row for row in rows if row]
    x = _begins(rows, width)
    band = None if x is None else _band(rows, x)
    if x is None or band is None:
        return lines
    top = min(line.top for line in rows[band[0]])
    bottom = max(line.bottom for line in rows[band[1]])
    inside = [run for run in runs if top - 1 <= run.top and run.bottom <= bottom + 1]
    sides = [lines_of([run for run in inside if (run.left >= x - GUTTER) is right], page) for right in (False, True)]
    gap = min((line.left for line in sides[1]), default=x) - max((line.right for line in sides[0]), default=x)
    if not all(map(_is_prose, sides)) or gap < GUTTER * max(line.size for line in sides[0]):
        return lines
    parted = itertools.chain.from_iterable(_ordered(side, top, number) for number, side in enumerate(sides))
    above = [line for line in lines if line.bottom <= top + 1]
    below = [line for line in lines if line.top >= bottom - 1]
    return [*above, *parted, *below]


def _ordered(lines: Sequence[TextLine], top: float, side: int) -> list[TextLine]:
    """The lines of a side, to be read after one another from `top` on."""
    margins = margins_in(lines)
    step = 1e-3
    return [
        replace(line, order=top + step * (side + number / len(lines)), margins=margins)
        for number, line in enumerate(lines)
    ]
