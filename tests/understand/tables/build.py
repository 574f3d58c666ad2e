"""Documents made of paragraphs and tables, for tests: lines with tabs are rows of a table."""

from __future__ import annotations

from itertools import groupby

from juesuan.document.model import Block, Cell, Document, Paragraph, Table


def document(text: str) -> Document:
    """One paragraph a line; neighbouring lines with tabs are one table, an empty line parts two."""
    blocks: list[Block] = []
    for tabbed, lines in groupby(text.strip("\n").split("\n"), key=lambda line: "\t" in line):
        if tabbed:
            blocks.append(table(len(blocks), [line.split("\t") for line in lines]))
        else:
            for line in lines:
                if line.strip():
                    blocks.append(Paragraph(id=len(blocks), text=line))
    return Document(path="test.docx", format="docx", blocks=tuple(blocks))


def table(number: int, rows: list[list[str]]) -> Table:
    """A table of rows of texts, without merged cells."""
    columns = max(len(row) for row in rows)
    cells = tuple(Cell(row=r, column=c, text=text) for r, row in enumerate(rows) for c, text in enumerate(row))
    return Table(id=number, cells=cells, rows=len(rows), columns=columns)
