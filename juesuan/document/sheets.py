"""A sheet of a workbook on its way from a reader to blocks: its cells that hold something, and what to tell of it."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Area", "Sheet", "Shown"]

Shown = tuple[str, str | None]
"""The displayed text of a cell and, for numbers, the stored value as a decimal string."""

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0."""


@dataclass(slots=True)
class Sheet:
    """One sheet. `cells` by (row, column) from 0 in the sheet; blanks are left out."""

    name: str
    hidden: bool = False
    readable: bool = True
    cells: dict[tuple[int, int], Shown] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    unsolved: int = 0
    hidden_rows: int = 0
    hidden_columns: int = 0

    def used(self) -> Area | None:
        """The smallest area with all cells that hold anything."""
        filled = [at for at, (text, stored) in self.cells.items() if stored is not None or text.strip()]
        if not filled:
            return None
        rows = [row for row, _ in filled]
        columns = [column for _, column in filled]
        return min(rows), min(columns), max(rows), max(columns)

    def lines(self) -> dict[tuple[int, int], str]:
        """The cells of a sheet that holds text and no table: one to a row, and no number. Else nothing."""
        found = {at: text for at, (text, _) in sorted(self.cells.items()) if text.strip()}
        numbers = any(stored is not None for _, stored in self.cells.values())
        return {} if numbers or len({row for row, _ in found}) < len(found) else found
