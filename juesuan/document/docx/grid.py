"""Where the cells of a table stand: spans, merged cells, rows that begin later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from juesuan.document.docx.drafts import CellDraft, Piece
from juesuan.document.docx.names import VAL, W, integer

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

__all__ = ["CellShape", "Grid"]


class CellShape:
    """What the properties of a cell say of its place.

    `span` counts columns; `down` and `across` are "restart", "continue" (also where the merge says
    nothing) or None without a merge; `dropped` is True for a cell a tracked change deletes.
    """

    __slots__ = ("across", "down", "dropped", "span")

    def __init__(self, tc: Element) -> None:
        first = tc[0] if len(tc) else None
        found: dict[str, str | None] = {}
        if first is not None and first.tag == W + "tcPr":
            found = {child.tag: child.get(VAL) for child in first}
        self.span = max(integer(found.get(W + "gridSpan"), 1), 1)
        self.down = (found[W + "vMerge"] or "continue") if W + "vMerge" in found else None
        self.across = (found[W + "hMerge"] or "continue") if W + "hMerge" in found else None
        self.dropped = W + "cellDel" in found


class Grid:
    """Places the cells of a table, row by row, and joins merged ones."""

    def __init__(self) -> None:
        self.cells: list[CellDraft] = []
        self.rows = 0
        self.columns = 0
        self._column = 0
        self._above: dict[int, CellDraft] = {}
        self._open: dict[int, CellDraft] = {}
        self._last: CellDraft | None = None

    def begin_row(self, before: int) -> None:
        self._column = before
        self._open = {}
        self._last = None

    def place(self, holder: Element, shape: CellShape, pieces: list[Piece]) -> bool:
        """Put the next cell of the row; False where it only continues a merged one, whose text alone is shown."""
        column, span = self._column, shape.span
        self._column += span
        if shape.across == "continue" and self._last is not None:
            self._last.colspan += span
            return False
        above = self._above.get(column)
        if shape.down == "continue" and above is not None and above.colspan == span:
            if above.row + above.rowspan == self.rows:
                above.rowspan += 1
            self._open[column] = self._last = above
            return False
        cell = CellDraft(row=self.rows, column=column, holder=holder, colspan=span, pieces=pieces)
        self.cells.append(cell)
        self._last = cell
        if shape.down is not None:
            self._open[column] = cell
        return True

    def end_row(self, after: int) -> None:
        self.columns = max(self.columns, self._column + after)
        self._above = self._open
        self.rows += 1
