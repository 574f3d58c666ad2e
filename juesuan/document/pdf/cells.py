"""Which character stands in which cell.

A character belongs to the cell under its middle. Only a run of characters that goes on over a rule without a gap is
a text longer than its cell: it stays whole with the cell that holds most of it, and what the page's clip hides is
left out, so that a blank cell never borrows from its neighbour.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from juesuan.document.pdf.grid import Grid
from juesuan.document.pdf.page import Glyph

__all__ = ["share_out"]

TOUCHING: Final = 0.1
"""Characters nearer than this share of their height go on without a gap."""

_STEP: Final = 3
"""Of a long run every third character is looked up: no cell is narrower than that."""

SAME_BASE: Final = 0.5
"""Points between baselines of one run."""

_Key = tuple[int, int]
_NOWHERE: Final[_Key] = (-1, -1)


def _finder(grids: Sequence[Grid]) -> Callable[[Glyph], _Key]:
    boxes = [(number, *grid.box) for number, grid in enumerate(grids)]

    def find(glyph: Glyph) -> _Key:
        x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        best, area = _NOWHERE, 0.0
        for number, left, top, right, bottom in boxes:
            if left <= x <= right and top <= y <= bottom:
                cell = grids[number].cell_at(x, y)
                # Of a table within a table's cell the inner one is meant.
                if cell >= 0 and (best is _NOWHERE or (right - left) * (bottom - top) < area):
                    best, area = (number, cell), (right - left) * (bottom - top)
        return best

    return find


def _runs(glyphs: Sequence[Glyph]) -> list[tuple[int, int]]:
    """First and last (excluded) of stretches in the file's order that go on without a gap on one baseline."""
    runs: list[tuple[int, int]] = []
    start = 0
    for position in range(1, len(glyphs) + 1):
        if position < len(glyphs):
            before, here = glyphs[position - 1], glyphs[position]
            near = TOUCHING * (here.bottom - here.top)
            if abs(here.base - before.base) < SAME_BASE and -4 * near < here.left - before.right < near:
                continue
        runs.append((start, position))
        start = position
    return runs


def share_out(
    glyphs: Sequence[Glyph], grids: Sequence[Grid], visible: Callable[[Glyph], bool]
) -> tuple[dict[_Key, list[Glyph]], list[Glyph]]:
    """The characters by (number of the table, number of the cell), and those outside all cells."""
    if not grids:
        return {}, list(glyphs)
    find = _finder(grids)
    inside: dict[_Key, list[Glyph]] = {}
    outside: list[Glyph] = []
    for start, end in _runs(glyphs):
        run = glyphs[start:end]
        key, last = find(run[0]), find(run[-1])
        if key != last or any(find(glyph) != key for glyph in run[1:-1:_STEP]):
            run = [glyph for glyph in run if visible(glyph)]
            held = Counter(find(glyph) for glyph in run if glyph.char not in " \xa0\u3000")
            if not held:
                continue
            key = held.most_common(1)[0][0]
        if key == _NOWHERE:
            outside.extend(run)
        else:
            inside.setdefault(key, []).extend(run)
    return inside, outside
