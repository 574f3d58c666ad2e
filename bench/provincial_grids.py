"""Printed tables with merged cells, as data: made into a document at once, or written into docx, html and xlsx files.

A grid is rows of texts; "<" goes on from the cell to the left, "^" from the cell above.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import docx
import openpyxl
from docx.document import Document as WordDocument

from juesuan.document.model import Block, Cell, Document, Paragraph, Table

LEFT, UP = "<", "^"


@dataclass(slots=True)
class Grid:
    """A printed table. `sheet`: its name as a sheet of a workbook; `header`: how many rows a page end prints again."""

    rows: list[list[str]]
    sheet: str = ""
    header: int = 0


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell with the rows and columns it covers."""

    row: int
    column: int
    text: str
    rowspan: int
    colspan: int


Piece = str | Grid
"""A line of text, or a table."""


def cells(grid: Grid, *, merged: bool = True) -> list[Spot]:
    """The cells; with `merged` False what is merged becomes blank cells, as after a bad conversion."""
    rows = grid.rows
    if not merged:
        return [
            Spot(r, c, "" if text in (LEFT, UP) else text, 1, 1)
            for r, row in enumerate(rows)
            for c, text in enumerate(row)
        ]
    found: list[Spot] = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text in (LEFT, UP):
                continue
            wide = 1
            while c + wide < len(row) and row[c + wide] == LEFT:
                wide += 1
            high = 1
            while r + high < len(rows) and rows[r + high][c] == UP:
                high += 1
            found.append(Spot(r, c, text, high, wide))
    return found


def width(grid: Grid) -> int:
    return max(len(row) for row in grid.rows)


def to_document(pieces: Sequence[Piece], *, merged: bool = True, path: str = "report.docx") -> Document:
    """The document as a good reader delivers it."""
    blocks: list[Block] = []
    for piece in pieces:
        number = len(blocks)
        if isinstance(piece, str):
            blocks.append(Paragraph(id=number, text=piece))
            continue
        found = tuple(
            Cell(row=s.row, column=s.column, text=s.text, rowspan=s.rowspan, colspan=s.colspan)
            for s in cells(piece, merged=merged)
        )
        blocks.append(Table(id=number, cells=found, rows=len(piece.rows), columns=width(piece)))
    return Document(path=path, format="docx", blocks=tuple(blocks))


def to_html(pieces: Sequence[Piece]) -> str:
    """A page as a government's site prints it."""
    out = ["<!DOCTYPE html><html><head><meta charset='utf-8'><title>决算公开</title></head><body>"]
    for piece in pieces:
        if isinstance(piece, str):
            out.append(f"<p>{html.escape(piece)}</p>")
            continue
        out.append("<table border='1'>")
        spots = cells(piece)
        for r in range(len(piece.rows)):
            out.append("<tr>")
            for s in spots:
                if s.row == r:
                    spans = f" rowspan='{s.rowspan}' colspan='{s.colspan}'" if s.rowspan > 1 or s.colspan > 1 else ""
                    out.append(f"<td{spans}>{html.escape(s.text)}</td>")
            out.append("</tr>")
        out.append("</table>")
    return "\n".join([*out, "</body></html>"])


def to_docx(pieces: Sequence[Piece], path: Path, *, merged: bool = True, landscape: bool = True) -> None:
    """A Word file."""
    word = docx.Document()
    if landscape:
        section = word.sections[0]
        section.page_width, section.page_height = section.page_height, section.page_width
    for piece in pieces:
        if isinstance(piece, str):
            word.add_paragraph(piece)
        else:
            _word_table(word, piece, merged=merged)
    word.save(str(path))


def _word_table(word: WordDocument, grid: Grid, *, merged: bool) -> None:
    made = word.add_table(rows=len(grid.rows), cols=width(grid))
    made.style = "Table Grid"
    rows = [row.cells for row in made.rows]
    for s in cells(grid, merged=merged):
        first = rows[s.row][s.column]
        if s.rowspan > 1 or s.colspan > 1:
            first = first.merge(rows[s.row + s.rowspan - 1][s.column + s.colspan - 1])
        first.text = s.text


@dataclass(slots=True)
class Book:
    """A workbook being written: one sheet a table, the lines above it in rows of their own."""

    book: openpyxl.Workbook = field(default_factory=openpyxl.Workbook)

    def sheet(self, name: str, above: Sequence[str], grid: Grid, below: Sequence[str], *, numbers: bool) -> None:
        """One table; `numbers`: figures are stored as numbers with the format that shows them as printed."""
        sheet = self.book.create_sheet(name[:31])
        row = 1
        for line in above:
            parts = line.split("\t")
            sheet.cell(row, 1, parts[0])
            if len(parts) > 1:
                sheet.cell(row, width(grid), parts[-1])
            row += 1
        for s in cells(grid):
            cell = sheet.cell(row + s.row, s.column + 1)
            bare = s.text.replace(",", "")
            if numbers and bare.replace(".", "", 1).replace("-", "", 1).isdigit() and "." in bare:
                cell.value = float(bare)  # a spreadsheet has no other kind of number
                cell.number_format = "#,##0.00" if "," in s.text else "0." + "0" * len(bare.partition(".")[2])
            else:
                cell.value = s.text
            if s.rowspan > 1 or s.colspan > 1:
                sheet.merge_cells(
                    start_row=row + s.row,
                    end_row=row + s.row + s.rowspan - 1,
                    start_column=s.column + 1,
                    end_column=s.column + s.colspan,
                )
        row += len(grid.rows)
        for line in below:
            sheet.cell(row, 1, line)
            row += 1

    def save(self, path: Path) -> None:
        self.book.remove(self.book.worksheets[0])
        self.book.save(path)
