from __future__ import annotations

from juesuan.document.model import Cell, Document, Paragraph, Table
from juesuan.performance.grid import Grid
from juesuan.performance.model import Project
from juesuan.understand.projects import projects_in


def as_document(grid: Grid) -> Document:
    """A written form as a reader would deliver it: the title above, then a regular table."""
    cells = tuple(
        Cell(row=c.row, column=c.column, text=c.text, rowspan=c.rowspan, colspan=c.colspan) for c in grid.cells
    )
    blocks = (Paragraph(id=0, text=grid.title), Table(id=1, cells=cells, rows=grid.rows, columns=grid.columns))
    return Document(path="表", format="docx", blocks=blocks)


def read_back(grid: Grid) -> tuple[Project, ...]:
    return projects_in(as_document(grid))
