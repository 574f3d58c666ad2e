"""Where each cell of 决算数据.xlsx stands: sheets with their blocks, rows and columns, from the statements' plans.

Writer and formulas ask here; the reader goes by the hidden line of marks, so that users may move and insert lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from juesuan.books.plan import Block, Column, PlanRow, StatementPlan
from juesuan.taxonomy.statements import Keys

MARK_ROW = 3
"""The hidden line that says what each column is (0-based)."""
RESERVE = 30
"""Empty lines left for accounts to come."""
LEAST = 12


_MARKS: Mapping[Keys, tuple[str, ...]] = {
    Keys.FUNCTION: ("#code", "#name"),
    Keys.ECONOMIC: ("#code", "#name"),
    Keys.LABELS: ("#id", "#name"),
    Keys.SINGLE: ("#id",),
}


def letters(column: int) -> str:
    """A column's letters, from 0."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """A block on its sheet: where its key columns and figure columns stand, and its rows (None: an empty line)."""

    block: Block
    first: int
    keys: tuple[str, ...]
    """Marks of the key columns: #code and #name, or #id and #name."""
    rows: tuple[PlanRow | None, ...]
    top: int

    def column(self, column: Column) -> int:
        return self.first + len(self.keys) + self.block.columns.index(column)

    def find(self, column_id: str) -> int | None:
        """The sheet's column of a column id."""
        return next((self.column(c) for c in self.block.columns if c.id == column_id), None)

    def row(self, row_id: str) -> int | None:
        return next((self.top + n for n, r in enumerate(self.rows) if r is not None and r.id == row_id), None)

    @property
    def bottom(self) -> int:
        return self.top + len(self.rows) - 1

    @property
    def end(self) -> int:
        """The column after its last."""
        return self.first + len(self.keys) + len(self.block.columns)

    def mark(self, offset: int) -> str:
        """What the hidden line says of its column."""
        if offset < len(self.keys):
            return f"{self.block.side}.{self.keys[offset]}"
        return f"{self.block.side}.{self.block.columns[offset - len(self.keys)].id}"


@dataclass(frozen=True, slots=True)
class PlacedSheet:
    """A statement on its sheet. `depth`: lines of its header."""

    plan: StatementPlan
    blocks: tuple[PlacedBlock, ...]
    depth: int

    @property
    def name(self) -> str:
        return self.plan.sheet

    @property
    def top(self) -> int:
        return MARK_ROW + 1 + self.depth


@dataclass(frozen=True, slots=True)
class Layout:
    """All statement sheets, in the profile's order."""

    sheets: tuple[PlacedSheet, ...]
    by_id: Mapping[str, PlacedSheet] = field(default_factory=dict)


def place(plans: Iterable[StatementPlan], accounts: Mapping[str, Iterable[PlanRow]]) -> Layout:
    """Lay out sheets; `accounts` gives the account rows each statement begins with, by its id."""
    sheets = tuple(_sheet(plan, tuple(accounts.get(plan.id, ()))) for plan in plans)
    return Layout(sheets, {s.plan.id: s for s in sheets})


def _sheet(plan: StatementPlan, accounts: tuple[PlanRow, ...]) -> PlacedSheet:
    depth = max(len(c.header) for b in plan.blocks for c in b.columns)
    if len(plan.blocks) > 1:
        depth += 1
    top = MARK_ROW + 1 + depth
    blocks: list[PlacedBlock] = []
    at = 0
    for block in plan.blocks:
        rows: tuple[PlanRow | None, ...] = block.rows
        if block.keys is Keys.FUNCTION:
            body = max(LEAST, len(accounts) + RESERVE)
            rows = (PlanRow("total", "合计", 0), *accounts, *([None] * (body - len(accounts))))
        placed = PlacedBlock(block, at, _MARKS[block.keys], rows, top)
        blocks.append(placed)
        at = placed.end
    return PlacedSheet(plan, tuple(blocks), depth)
