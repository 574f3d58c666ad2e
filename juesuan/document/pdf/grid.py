"""Ruling lines → the cells of tables.

Lines on one axis within `SNAP` are one line, pieces within `GAP` are joined; what touches is one table. A cell is a
region with a rule on every side; a region open to the outside is no cell. Where all rules reach over the last
crossing rule to a common end, the side was left open on purpose (a table without outer borders, a table cut at the
end of a page) and is closed there.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from juesuan.document.pdf.page import Rule
from juesuan.place import Box

__all__ = ["Grid", "Region", "find_grids"]

SNAP: Final = 2.5
GAP: Final = 3.0
OVERHANG: Final = 8.0
"""Points a rule must reach over the last crossing one to show that a side was left open on purpose."""
_PAIR: Final = 2
"""Two lines make a strip: the least a table has on each axis."""
_UNSEEN: Final = -2
MOST_PAIRS: Final = 4_000_000
"""Pairs of rules compared on one page; beyond that it is a drawing, not a table."""


class Region(NamedTuple):
    """A cell: rows `row` to `bottom` and columns `column` to `right` of the grid, both ends included."""

    row: int
    column: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The rules of one table.

    x of its column edges, y of its row edges, its cells by row and column, and for each position of the grid the
    number of its cell (-1: none).
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Region, ...]
    owner: tuple[tuple[int, ...], ...]

    @property
    def box(self) -> Box:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def cell_at(self, x: float, y: float) -> int:
        """The number of the cell over a point, -1 for none."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1:
            return self.owner[row][column]
        return -1


def _snapped(values: Sequence[float]) -> list[float]:
    """The middle of each group of values that lie within `SNAP` of their group's first."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][0] <= SNAP:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _joined(rules: Sequence[Rule]) -> list[Rule]:
    """Collinear rules that touch, as one rule."""
    found: list[Rule] = []
    group: list[Rule] = []
    for rule in [*sorted(rules), None]:
        if rule is not None and (not group or rule.at - group[0].at <= SNAP):
            group.append(rule)
            continue
        at = sum(r.at for r in group) / len(group) if group else 0.0
        pieces: list[tuple[float, float]] = []
        for _, start, end in sorted(group, key=lambda r: r.start):
            if pieces and start <= pieces[-1][1] + GAP:
                pieces[-1] = pieces[-1][0], max(pieces[-1][1], end)
            else:
                pieces.append((start, end))
        found.extend(Rule(at, start, end) for start, end in pieces)
        group = [rule] if rule is not None else []
    return found


def _clusters(horizontals: list[Rule], verticals: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that hang together through crossings."""
    parent = list(range(len(horizontals) + len(verticals)))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    offset = len(horizontals)
    for i, (y, left, right) in enumerate(horizontals):
        for j, (x, top, bottom) in enumerate(verticals, offset):
            if left - GAP <= x <= right + GAP and top - GAP <= y <= bottom + GAP:
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, rule in enumerate(horizontals):
        groups.setdefault(root(i), ([], []))[0].append(rule)
    for j, rule in enumerate(verticals, offset):
        groups.setdefault(root(j), ([], []))[1].append(rule)
    return list(groups.values())


def _closing(rules: list[Rule], crossings: list[Rule], *, far: bool) -> list[Rule]:
    """The rule that closes a side left open on purpose, if there is one.

    Most of `rules` must reach over the last of `crossings` to a common end.
    """
    if len(rules) <= _PAIR or len(crossings) < _PAIR:
        return []
    edge = max(c.at for c in crossings) if far else min(c.at for c in crossings)
    over = [r for r in rules if (r.end - edge if far else edge - r.start) > OVERHANG]
    if len(over) * 3 < len(rules) * 2:
        return []
    ends = [r.end if far else r.start for r in over]
    common = Counter(round(end / (2 * SNAP)) for end in ends).most_common(1)[0][0] * 2 * SNAP
    held = [r for r, end in zip(over, ends, strict=True) if abs(end - common) <= 2 * SNAP]
    if len(held) * 3 < len(rules) * 2:
        return []
    end = sum(r.end if far else r.start for r in held) / len(held)
    return [Rule(end, min(r.at for r in held), max(r.at for r in held))]


def _walls(rules: list[Rule], at: list[float], along: list[float]) -> list[list[bool]]:
    """For each line of `at` and each step between two values of `along`: whether a rule covers the step."""
    walls = [[False] * (len(along) - 1) for _ in at]
    for position, start, end in rules:
        line = bisect_left(at, position - SNAP)
        if line == len(at) or abs(at[line] - position) > SNAP:
            continue
        if line + 1 < len(at) and abs(at[line + 1] - position) < abs(at[line] - position):
            line += 1
        first, last = bisect_left(along, start - GAP), bisect_right(along, end + GAP) - 1
        for step in range(first, last):
            walls[line][step] = True
    return walls


def _flood(
    seed: tuple[int, int], owner: list[list[int]], mark: int, across: list[list[bool]], down: list[list[bool]]
) -> tuple[list[tuple[int, int]], bool]:
    """The positions that hang together with `seed` without a wall between, and whether all sides are walled."""
    rows, columns = len(owner), len(owner[0])
    owner[seed[0]][seed[1]] = mark
    todo, region, closed = [seed], [seed], True
    while todo:
        r, c = todo.pop()
        for wall, rr, cc in (
            (across[r][c], r - 1, c),
            (across[r + 1][c], r + 1, c),
            (down[c][r], r, c - 1),
            (down[c + 1][r], r, c + 1),
        ):
            if wall:
                continue
            if not (0 <= rr < rows and 0 <= cc < columns):
                closed = False
            elif owner[rr][cc] == _UNSEEN:
                owner[rr][cc] = mark
                todo.append((rr, cc))
                region.append((rr, cc))
    return region, closed


def _strips(region: list[tuple[int, int]]) -> list[Region]:
    """A region as rectangles: itself where it is one, else its rows, equal neighbours joined."""
    by_row: dict[int, list[int]] = {}
    for r, c in region:
        by_row.setdefault(r, []).append(c)
    done: list[Region] = []
    for r in sorted(by_row):
        columns = sorted(by_row[r])
        start = columns[0]
        for here, following in zip(columns, [*columns[1:], None], strict=True):
            if following == here + 1:
                continue
            above = next((k for k, d in enumerate(done) if (d.bottom, d.column, d.right) == (r - 1, start, here)), None)
            if above is None:
                done.append(Region(r, start, r, here))
            else:
                done[above] = done[above]._replace(bottom=r)
            start = following if following is not None else start
    return done


def _grid(horizontals: list[Rule], verticals: list[Rule]) -> Grid | None:
    verticals = verticals + _closing(horizontals, verticals, far=False) + _closing(horizontals, verticals, far=True)
    horizontals = horizontals + _closing(verticals, horizontals, far=True)
    xs, ys = _snapped([v.at for v in verticals]), _snapped([h.at for h in horizontals])
    if len(xs) < _PAIR or len(ys) < _PAIR:
        return None
    across, down = _walls(horizontals, ys, xs), _walls(verticals, xs, ys)
    owner = [[_UNSEEN] * (len(xs) - 1) for _ in range(len(ys) - 1)]
    found: list[Region] = []
    for r in range(len(ys) - 1):
        for c in range(len(xs) - 1):
            if across[r][c] and across[r + 1][c] and down[c][r] and down[c + 1][r]:
                owner[r][c] = -1
                found.append(Region(r, c, r, c))
            elif owner[r][c] == _UNSEEN:
                region, closed = _flood((r, c), owner, -1, across, down)
                if closed:
                    found.extend(_strips(region))
    if not found:
        return None
    found.sort()
    for number, cell in enumerate(found):
        for r in range(cell.row, cell.bottom + 1):
            owner[r][cell.column : cell.right + 1] = [number] * (cell.right + 1 - cell.column)
    return Grid(tuple(xs), tuple(ys), tuple(found), tuple(tuple(row) for row in owner))


def find_grids(horizontals: Sequence[Rule], verticals: Sequence[Rule]) -> list[Grid] | None:
    """All ruled tables of a page from top to bottom; None when there are too many rules to be tables."""
    flat, upright = _joined(horizontals), _joined(verticals)
    if len(flat) * len(upright) > MOST_PAIRS:
        return None
    grids = [_grid(h, v) for h, v in _clusters(flat, upright) if h and v]
    return sorted((g for g in grids if g is not None), key=lambda g: (g.ys[0], g.xs[0]))
