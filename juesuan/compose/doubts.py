"""A draft made of books that contradict themselves: what disagrees stands before the report, its figures are marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from juesuan.books.problems import Problem
from juesuan.compose.draft import Block, Break, Paragraph, Run, TableBlock
from juesuan.compose.figure import Figure

__all__ = ["marked"]


def marked(blocks: Sequence[Block], problems: Sequence[Problem]) -> tuple[Block, ...]:
    """The blocks with every figure marked that is in dispute or rests on one, behind a page that lists the disputes."""
    if not problems:
        return tuple(blocks)
    disputed = _Disputed(frozenset(label for problem in problems for label in problem.about))
    lines = [f"【草稿，不能公开：账册有 {len(problems)} 处互相矛盾，有关的数已标出】"]
    lines += [f"{number}. {problem.message}" for number, problem in enumerate(problems, 1)]
    notice = [Paragraph((Run(line, todo=True),)) for line in lines]
    return (*notice, Break(), *map(disputed.block, blocks))


class _Disputed:
    """Tells the figures that are disputed, by their labels, or made of such; each is looked at once."""

    def __init__(self, labels: frozenset[str]) -> None:
        self.labels = labels
        self._known: dict[int, bool] = {}

    def block(self, block: Block) -> Block:
        if isinstance(block, Paragraph) and any(self._is(run.figure) for run in block.runs):
            runs = tuple(replace(run, todo=True) if self._is(run.figure) else run for run in block.runs)
            return replace(block, runs=runs)
        if isinstance(block, TableBlock) and any(self._is(cell.figure) for cell in block.cells):
            cells = tuple(replace(cell, todo=True) if self._is(cell.figure) else cell for cell in block.cells)
            return replace(block, cells=cells)
        return block

    def _is(self, figure: Figure | None) -> bool:
        if figure is None:
            return False
        known = self._known.get(id(figure))
        if known is None:
            known = figure.name in self.labels or any(map(self._is, figure.parts))
            self._known[id(figure)] = known
        return known
