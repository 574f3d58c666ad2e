"""What all printed tables share: a ledger in a manner's voice, columns with their header rows, sums."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from bench.provincial_books import ZERO, Books, Voice
from bench.provincial_grids import LEFT, UP
from bench.provincial_layouts import Manner
from bench.provincial_ledger import Ledger


@dataclass
class Press:
    """Prints the tables of one ledger in one manner."""

    ledger: Ledger
    manner: Manner
    rng: random.Random
    voice: Voice = field(init=False)

    def __post_init__(self) -> None:
        m = self.manner
        self.voice = Voice(self.rng, m.unit, m.decimals, thousands=m.thousands)

    @property
    def books(self) -> Books:
        return self.ledger.books

    def cell(self, exact: Decimal) -> str:
        """A figure as printed; the manner's sign for nothing."""
        return self.voice.bare(exact) if exact else self.manner.zero


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header words from top to bottom and the figure it holds."""

    path: tuple[str, ...]
    id: str


def columns_of(spec: str, codes: str = "joined") -> list[Column]:
    """The columns of a layout, codes as one column, three, or none."""
    found: list[Column] = []
    for part in spec.split(" | "):
        words, _, id_ = part.rpartition(":")
        path = tuple(words.strip().split("/"))
        if id_ != "code":
            found.append(Column(path, id_))
        elif codes in {"split", "steps", "merged"}:
            found += [Column((*path, level), f"code{n}") for n, level in enumerate("类款项")]
        elif codes in {"joined", "dotted"}:
            found.append(Column(path, id_))
    return found


def header(columns: Sequence[Column]) -> list[list[str]]:
    """Header rows: neighbours share their common words, a short path reaches down."""
    depth = max(len(c.path) for c in columns)
    rows: list[list[str]] = []
    for level in range(depth):
        row: list[str] = []
        for n, c in enumerate(columns):
            if level >= len(c.path):
                row.append(UP)
            elif n and columns[n - 1].path[: level + 1] == c.path[: level + 1] and level < len(c.path) - 1:
                row.append(LEFT)
            else:
                row.append(c.path[level])
        rows.append(row)
    return rows


def personnel_by_item(ledger: Ledger) -> dict[str, Decimal]:
    """人员经费 of each item: the items in order, until all of it is given."""
    left = sum(ledger.books.personnel.values(), ZERO)
    found: dict[str, Decimal] = {}
    for e in ledger.entries:
        found[e.code] = min(left, e.out(["general"], "basic"))
        left -= found[e.code]
    return found


def even(left: list[list[str]], right: list[list[str]]) -> None:
    for one, other in ((left, right), (right, left)):
        while len(one) < len(other):
            one.append([""] * len(one[0]))
