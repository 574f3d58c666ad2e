"""Which character stands in which cell.

A character belongs to the cell under its middle. Only a run of characters that goes on over a rule without a gap is
a text longer than its cell: it stays whole with the cell that holds most of it, and what the page's clip hides is
left out, so that a blank cell never borrows from its neighbour.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import chain
from typing import Final

from juesuan.document.pdf.grid import Grid
from juesuan.document.pdf.page import Run

__all__ = ["share_out"]

TOUCHING: Final = 0.1
"""Characters nearer than this share of their height go on without a gap."""

_ONE: Final = 2
"""Edges of a single character."""

SAME_BASE: Final = 0.5
"""Points between baselines of one text."""

_Key = tuple[int, int]
_NOWHERE: Final[_Key] = (-1, -1)
_Find = Callable[[float, float], _Key]


def _finder(grids: Sequence[Grid]) -> _Find:
    boxes = [(number, *grid.box) for number, grid in enumerate(grids)]

    def find(x: float, y: float) -> _Key:
        best, area = _NOWHERE, 0.0
        for number, left, top, right, bottom in boxes:
            if left <= x <= right and top <= y <= bottom:
                cell = grids[number].cell_at(x, y)
                # Of a table within a table's cell the inner one is meant.
                if cell >= 0 and (best is _NOWHERE or (right - left) * (bottom - top) < area):
                    best, area = (number, cell), (right - left) * (bottom - top)
        return best

    return find


def _texts(runs: Sequence[Run]) -> list[list[Run]]:
    """The runs in the file's order, together where they go on without a gap on one baseline."""
    texts: list[list[Run]] = []
    before: Run | None = None
    for run in runs:
        near = TOUCHING * (run.bottom - run.top)
        if (
            before is not None
            and abs(run.base - before.base) < SAME_BASE
            and -4 * near < run.left - before.right < near
        ):
            texts[-1].append(run)
        else:
            texts.append([run])
        before = run
    return texts


def _keys(run: Run, find: _Find) -> tuple[_Key, _Key]:
    """Where the first and the last character of a run stand; cells are boxes, so the others stand between."""
    edges, y = run.edges, (run.top + run.bottom) / 2
    first = find((edges[0] + edges[1]) / 2, y)
    return first, first if len(edges) == _ONE else find((edges[-2] + edges[-1]) / 2, y)


def _most_held(runs: Sequence[Run], find: _Find) -> _Key | None:
    """Where most of the characters stand; None when there is nothing but blanks."""
    held = Counter(
        find(middle, (run.top + run.bottom) / 2)
        for run in runs
        for char, middle in zip(run.text, run.middles(), strict=True)
        if char not in " \xa0\u3000"
    )
    return held.most_common(1)[0][0] if held else None


def share_out(
    runs: Sequence[Run], grids: Sequence[Grid], visible: Callable[[Run], Sequence[bool]]
) -> tuple[dict[_Key, list[Run]], list[Run]]:
    """The characters by (number of the table, number of the cell), and those outside all cells."""
    if not grids:
        return {}, list(runs)
    find = _finder(grids)
    inside: dict[_Key, list[Run]] = {}
    outside: list[Run] = []
    for whole in _texts(runs):
        text, keys = whole, set(chain.from_iterable(_keys(run, find) for run in whole))
        held: _Key | None = keys.pop()
        if keys:
            text = [part for run in whole for part in run.parts(visible(run))]
            held = _most_held(text, find)
        if held == _NOWHERE:
            outside += text
        elif held is not None:
            inside.setdefault(held, []).extend(text)
    return inside, outside
