"""Performance forms found in tables by their labels, whatever the table lost of its grid.

A table is a form when it has the header of the indicators (三级指标 and 指标值, by any declared name). A merged
cell that vanished leaves fewer cells in a row: they are told apart by what they hold, never by counting. A form
that a page end cut into several tables is one form.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from juesuan.document.model import Document, Paragraph, Table
from juesuan.understand.forms_model import Entry, Form, FundRow, Indicator, is_money, project_key
from juesuan.understand.forms_reader import (
    FormReader,
    Piece,
    Row,
    is_header,
    is_tail,
    is_title,
    starts_project,
    title_in,
)

__all__ = ["Entry", "Form", "FundRow", "Indicator", "is_money", "project_key", "read_forms"]

_TITLE_REACH: Final = 3
_PAGE_NUMBER: Final = 12
"""A paragraph this short between two tables is a page number or a remark of the page, no text."""


def read_forms(document: Document, tables: Sequence[Table]) -> tuple[Form, ...]:
    """All forms in `tables`, in reading order. `document` gives the titles that stand above a table."""
    rows = {table.id: list(table.row_cells()) for table in tables}
    headed = {id_ for id_, lines in rows.items() if any(is_header(row) for row in lines)}
    found: list[Form] = []
    for at, table in enumerate(tables):
        if table.id not in headed:
            continue
        stretches = list(_stretches(rows[table.id]))
        for number, (first, last) in enumerate(stretches):
            pieces = [Piece(table, rows[table.id], first, last)]
            if number == 0:
                pieces[:0] = _before(document, tables, at, rows, headed)
            if number == len(stretches) - 1:
                pieces += _after(document, tables, at, rows)
            reader = FormReader(pieces[0].table)
            for piece in pieces:
                reader.feed(piece)
            form = reader.form(_title_above(document, pieces[0].table) if pieces[0].first == 0 else "")
            if form is not None:
                found.append(form)
    return tuple(found)


def _stretches(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """A table may hold several forms: the next begins with its title or 项目名称 once one has indicators."""
    first, has_indicators = 0, False
    for number, row in enumerate(rows):
        if has_indicators and starts_project(row):
            start = number
            while start > first and is_title(rows[start - 1]):
                start -= 1
            yield first, start
            first, has_indicators = start, False
        has_indicators = has_indicators or is_header(row)
    yield first, len(rows)


def _before(
    document: Document, tables: Sequence[Table], at: int, rows: dict[int, list[Row]], headed: set[int]
) -> list[Piece]:
    """The table just above with the project's name and money, when the indicators have a table of their own."""
    own = rows[tables[at].id]
    if at == 0 or any(starts_project(row) for row in own):
        return []
    above = tables[at - 1]
    lines = rows[above.id]
    if above.id in headed or not any(starts_project(row) for row in lines) or not _adjoin(document, above, tables[at]):
        return []
    return [Piece(above, lines, 0, len(lines))]


def _after(document: Document, tables: Sequence[Table], at: int, rows: dict[int, list[Row]]) -> list[Piece]:
    """The tables below that go on with the form: as many columns, and rows a form has."""
    found: list[Piece] = []
    for above, below in zip(tables[at:], tables[at + 1 :], strict=False):
        lines = rows[below.id]
        alike = above.columns == below.columns and above.regular == below.regular
        if not (alike and _adjoin(document, above, below) and is_tail(lines)):
            break
        found.append(Piece(below, lines, 0, len(lines)))
    return found


def _adjoin(document: Document, above: Table, below: Table) -> bool:
    """Whether nothing but page numbers stands between two tables."""
    between = document.blocks[above.id + 1 : below.id]
    return all(isinstance(b, Paragraph) and len(b.text.strip()) <= _PAGE_NUMBER for b in between)


def _title_above(document: Document, table: Table) -> str:
    for number in range(table.id - 1, max(table.id - 1 - _TITLE_REACH, -1), -1):
        block = document.blocks[number]
        if not isinstance(block, Paragraph):
            break
        title = title_in(block.text)
        if title:
            return title
    return ""
