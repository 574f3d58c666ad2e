"""What is wrong with books: where, what, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from juesuan.books.figures import Cell


class Grade(Enum):
    """How bad: `BAD` books cannot be used, `CONTRADICTION` two figures disagree, `MISSING` something is not filled."""

    BAD = "写错"
    CONTRADICTION = "矛盾"
    MISSING = "未填"
    NOTE = "提示"


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem. The message is Chinese, names file, sheet and cell, and says what to do.

    `about`: the labels (`juesuan.books.figures.label_of`) of the figures that disagree.
    """

    grade: Grade
    message: str
    cells: tuple[Cell, ...] = ()
    about: tuple[str, ...] = ()


def told(problems: Iterable[Problem], most: int = 20) -> str:
    """Problems as lines, at most so many."""
    lines = [p.message for p in problems]
    rest = len(lines) - most
    return "\n".join(lines[:most]) + (f"\n（还有 {rest} 处）" if rest > 0 else "")
