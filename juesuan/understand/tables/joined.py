"""Parts of a table that page ends cut are one table: by the header printed again, or by accounts that go on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from juesuan.document.model import Block, Document, Paragraph
from juesuan.understand.tables.grid import Grid, Line, code_of, grids, is_amount
from juesuan.understand.tables.header import Header, read_header
from juesuan.understand.tables.recognise import is_statement_title, titled
from juesuan.understand.tables.rows import MARKS, TOTALS
from juesuan.understand.tables.words import label

_LONGEST_ASIDE = 40
"""A longer paragraph between two tables is text, and no page number or running head."""
_TABLE_NUMBER = re.compile(r"(?:(?:公开|财决|附)表?|表)\s*\d{1,2}(?:-\d)?\s*表?")
"""A line that numbers a table: 公开05表, 表5."""
_NOTES = ("注", "说明", "备注")
_FEWER_COLUMNS = 3
"""A page may lose so many columns of merged header cells."""

Keys = frozenset[tuple[int, str]]


def whole(document: Document) -> list[tuple[Grid, Header]]:
    """Grids with their headers, those that go on with the one before joined to it."""
    found: list[tuple[Grid, Header]] = []
    for grid in grids(document):
        header = read_header(grid)
        if found and _is_head_alone(*found[-1], grid, document):
            below = _below(found[-1][0], grid)
            found[-1] = below, read_header(below)
        elif found and _continues(*found[-1], grid, header, document):
            found[-1] = _joined(*found[-1], grid, header)
        else:
            found.append((grid, header))
    return found


def is_loose_end(before: Grid, grid: Grid, header: Header, document: Document) -> bool:
    """Whether a table without a header of its own seems to be the rest of the one before: then that one is not whole."""
    return (
        not any(c.path for c in header.columns)
        and grid.sheet == before.sheet
        and 0 <= before.columns - grid.columns <= _FEWER_COLUMNS
        and _only_asides(before, grid, document)
        and any(is_amount(cell.text) for line in grid.lines for cell in line.cells.values())
    )


def _joined(before: Grid, first: Header, grid: Grid, header: Header) -> tuple[Grid, Header]:
    return _with(before, grid, grid.lines[header.body if _same_header(first, header) else 0 :]), first


def _with(before: Grid, grid: Grid, lines: Sequence[Line]) -> Grid:
    """The first part with these lines of the second."""
    blocks = (*before.blocks, *grid.blocks)
    lost = (*before.lost, *grid.lost)
    return Grid(blocks, before.columns, (*before.lines, *lines), before.sheet, before.regular, lost, before.before)


def _below(before: Grid, grid: Grid) -> Grid:
    """Header and rows that a page end parted. A first line of merged cells has columns of its own, and is left out."""
    if before.columns == grid.columns:
        return _with(before, grid, grid.lines)
    blocks = (*before.blocks, *grid.blocks)
    return Grid(blocks, grid.columns, grid.lines, grid.sheet, grid.regular, grid.lost, before.before)


def _is_head_alone(before: Grid, first: Header, grid: Grid, document: Document) -> bool:
    """Whether a page ended in the middle of the header, so that all rows stand in the second part."""
    return (
        first.body >= len(before.lines)
        and any(c.path for c in first.columns)
        and grid.columns >= before.columns
        and grid.sheet == before.sheet
        and document.source_of(before.blocks[-1]) == document.source_of(grid.blocks[0])
        and _only_asides(before, grid, document)
    )


def _same_header(first: Header, header: Header) -> bool:
    return [c.path for c in header.columns] == [c.path for c in first.columns]


def _continues(before: Grid, first: Header, grid: Grid, header: Header, document: Document) -> bool:
    if grid.columns != before.columns or grid.sheet != before.sheet or not any(c.path for c in first.columns):
        return False
    if document.source_of(before.blocks[-1]) != document.source_of(grid.blocks[0]):
        return False
    if not any(c.path for c in header.columns):
        return _keys_go_on(before, grid, first, first.body, 0) and _only_asides(before, grid, document)
    if not _same_header(first, header):
        return False
    if _same_title(first, header) and _keys_go_on(before, grid, first, first.body, header.body):
        return True
    return _only_asides(before, grid, document)


def _only_asides(before: Grid, grid: Grid, document: Document) -> bool:
    """Whether between two tables stand page numbers and running heads only: no text, no note, no other table's title."""
    between = document.blocks[before.blocks[-1] + 1 : grid.blocks[0]]
    texts = [_text(b) for b in between]
    numbers = {m[0] for p in before.before if (m := _TABLE_NUMBER.fullmatch(p.text.strip()))}
    if any((m := _TABLE_NUMBER.fullmatch(t)) and m[0] not in numbers for t in texts):
        return False
    return not any(is_statement_title(t) or len(t) > _LONGEST_ASIDE or t.startswith(_NOTES) for t in texts)


def _text(block: Block) -> str:
    return block.text.strip() if isinstance(block, Paragraph) else ""


def _same_title(first: Header, header: Header) -> bool:
    """Whether both pages print the title of one statement."""
    one, other = (next((s for t in h.titles if (s := titled(t)) is not None), None) for h in (first, header))
    return one is not None and one is other


def _keys_go_on(before: Grid, grid: Grid, header: Header, start: int, begin: int) -> bool:
    """Whether the rows of the second part are others than those of the first: another unit's table has them all again.

    Names of items may come again below another 款; codes and totals do not, and no part begins as the first one did.
    Blank lines go on with anything.
    """
    if _is_blank(grid, header, begin):
        return True
    ours, theirs = _codes(before, header, start), _codes(grid, header, begin)
    names, others = _names(before, header, start), _names(grid, header, begin)
    totals = TOTALS & {t for line in names for t in line.values()} & {t for line in others for t in line.values()}
    anew = bool(names and others) and names[0] == others[0]
    return bool(theirs or others) and not (totals or anew) and ours.isdisjoint(theirs)


def _codes(grid: Grid, header: Header, begin: int) -> Keys:
    """The code of each row, of each group of columns."""
    runs: list[list[int]] = []
    for c in (c.index for c in header.columns if c.role == "code"):
        if runs and runs[-1][-1] == c - 1:
            runs[-1].append(c)
        else:
            runs.append([c])
    found = ((run[0], code_of(t for c in run if (t := line.text(c)))) for line in grid.lines[begin:] for run in runs)
    return frozenset((c, code) for c, code in found if code)


def _names(grid: Grid, header: Header, begin: int) -> list[dict[int, str]]:
    """The names of each row that has any, by column."""
    columns = [c.index for c in header.columns if c.role in {"name", "code"}]
    lines = ({c: t for c in columns if (t := label(line.text(c)))} for line in grid.lines[begin:])
    kept = ({c: t for c, t in line.items() if t not in MARKS and not t.isdecimal()} for line in lines)
    return [line for line in kept if line]


def _is_blank(grid: Grid, header: Header, begin: int) -> bool:
    """Whether a part has no figure and no row with a name or code of its own."""
    figures = [c.index for c in header.columns if c.role == "figure"]
    if any(is_amount(line.text(c)) for line in grid.lines[begin:] for c in figures):
        return False
    return not _codes(grid, header, begin) and not _names(grid, header, begin)
