"""Tables → facts and relations: which statutory table a grid is, what its cells are, how they add up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from juesuan.document.model import Document
from juesuan.facts import Fact, Relation
from juesuan.place import Place
from juesuan.taxonomy.statements.wide import column_of
from juesuan.understand.tables.between import between
from juesuan.understand.tables.bind import ReadRow, ReadStatement, read_statement
from juesuan.understand.tables.grid import Grid, code_of, grids, is_amount
from juesuan.understand.tables.header import Header, read_header
from juesuan.understand.tables.named import Misnamed, misnamed
from juesuan.understand.tables.recognise import Recognised, is_statement_title, recognise, titled
from juesuan.understand.tables.shift import unshifted
from juesuan.understand.tables.text import text_links
from juesuan.understand.tables.wide import goes_on_beside, is_wide, wide_sums
from juesuan.understand.tables.within import within

__all__ = ["Misnamed", "ReadRow", "ReadStatement", "TablesReading", "misnamed", "read_tables", "text_links", "titled"]


_LONGEST_ASIDE = 40
"""A longer paragraph between two tables is text, and no page number or running head."""


_TABLE_NUMBER = re.compile(r"(?:(?:公开|财决|附)表?|表)\s*\d{1,2}(?:-\d)?\s*表?")
"""A line that numbers a table: 公开05表, 表5."""


@dataclass(frozen=True, slots=True)
class Unrecognised:
    """A table that reads like a statutory one and was not told: its blocks and why."""

    blocks: tuple[int, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class TablesReading:
    """All statutory tables of a document. `inert` counts figures in cells that are codes, ordinals or years."""

    statements: tuple[ReadStatement, ...] = ()
    unrecognised: tuple[Unrecognised, ...] = ()
    relations: tuple[Relation, ...] = ()
    _by_block: dict[int, ReadStatement] = field(default_factory=dict, compare=False, repr=False)

    @property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(f for s in self.statements for f in s.facts)

    def at(self, place: Place) -> ReadStatement | None:
        """The statement a place stands in."""
        if not self._by_block:
            for statement in self.statements:
                for block in statement.blocks:
                    self._by_block[block] = statement
        return self._by_block.get(place.block)

    def row_at(self, place: Place) -> ReadRow | None:
        """The row a cell stands in."""
        table = self.at(place)
        if table is None:
            return None
        rows = [r for r in table.rows if (r.block, r.row) == (place.block, place.row)]
        return next((r for r in rows if any(f.place == place for f in r.facts.values())), rows[0] if rows else None)

    def words_for(self, place: Place) -> tuple[str | None, str | None, str | None]:
        """Title, row and column of a cell, as a reader is told of them."""
        table = self.at(place)
        row = self.row_at(place)
        if table is None:
            return None, None, None
        key = next((k for k, f in row.facts.items() if f.place == place), "") if row else ""
        col = column_of(table.statement, key.partition("@")[0])
        name = (
            " ".join(w for w in (row.code, row.name) if w)
            if row and not row.name.startswith(row.code or "\0")
            else row.name
            if row
            else ""
        )
        return table.title, name or None, col.labels[0] if col else None

    @property
    def doubts(self) -> tuple[str, ...]:
        """What was not read of tables, and why, in words."""
        read = tuple(f"《{s.title}》{note}" for s in self.statements for note in s.notes)
        if len({s.part for s in self.statements}) > 1:
            read = (*read, "文件中有几套决算表，文字说的是哪一套无法断定，未作文表核对")
        return (*read, *(u.reason for u in self.unrecognised))

    def get(self, statement_id: str) -> ReadStatement | None:
        """The first table that was recognised as a statement."""
        return next((s for s in self.statements if s.statement.id == statement_id), None)


def read_tables(document: Document, year: int | None, kind: str, first_id: int) -> TablesReading:
    """Recognise and read the statutory tables of a document. Ids of facts count from `first_id`."""
    statements: list[ReadStatement] = []
    unrecognised: list[Unrecognised] = []
    number = first_id
    for grid, header in _whole(document):
        found = recognise(grid, header, kind, year)
        if isinstance(found, Recognised):
            read = read_statement(grid, header, found, year, number)
            number += len(read.facts)
            statements.append(_in_part(read, statements))
        elif found is not None and _has_figures(grid, header):
            unrecognised.append(Unrecognised(grid.blocks, found))
    relations = _relations(statements)
    final = unshifted(statements, relations)
    if any(s.shift for s in final):
        relations = _relations(final)
    return TablesReading(tuple(final), tuple(unrecognised), tuple(relations))


def _in_part(read: ReadStatement, before: Sequence[ReadStatement]) -> ReadStatement:
    """The table with the number of its set: a statement printed again begins another unit's tables."""
    part = before[-1].part if before else 0
    set_ = [t for t in before if t.part == part and not t.is_empty]
    again = any(t.statement is read.statement and not goes_on_beside(t, read) for t in set_)
    return replace(read, part=part + 1 if again and not read.is_empty else part)


def _relations(statements: Sequence[ReadStatement]) -> list[Relation]:
    usable = [s for s in statements if not s.shift]
    wide: dict[tuple[str, int], list[ReadStatement]] = {}
    for table in usable:
        if is_wide(table):
            wide.setdefault((table.statement.id, table.part), []).append(table)
    return [
        *(r for s in usable for r in within(s)),
        *(r for pages in wide.values() for r in wide_sums(pages)),
        *between(statements),
    ]


def _has_figures(grid: Grid, header: Header) -> bool:
    return any(is_amount(c.text) for line in grid.lines[header.body :] for c in line.cells.values())


def _whole(document: Document) -> list[tuple[Grid, Header]]:
    """Grids with their headers; a part that repeats the header of the table directly above goes on with it."""
    found: list[tuple[Grid, Header]] = []
    for grid in grids(document):
        header = read_header(grid)
        if found and _continues(found[-1][0], found[-1][1], grid, header, document):
            before, first = found[-1]
            lines = (*before.lines, *grid.lines[header.body :])
            found[-1] = (
                Grid(
                    (*before.blocks, *grid.blocks),
                    before.columns,
                    lines,
                    before.sheet,
                    before.regular,
                    before.lost,
                    before.before,
                ),
                first,
            )
        else:
            found.append((grid, header))
    return found


def _continues(before: Grid, first: Header, grid: Grid, header: Header, document: Document) -> bool:
    same = grid.columns == before.columns and [c.path for c in header.columns] == [c.path for c in first.columns]
    if not same or not any(c.path for c in header.columns) or grid.sheet != before.sheet:
        return False
    if document.source_of(before.blocks[-1]) != document.source_of(grid.blocks[0]):
        return False
    if _goes_on(before, first, grid, header):
        return True
    between_them = document.blocks[before.blocks[-1] + 1 : grid.blocks[0]]
    texts = [getattr(b, "text", "") for b in between_them]
    numbers = {m[0] for p in before.before if (m := _TABLE_NUMBER.fullmatch(p.text.strip()))}
    if any((m := _TABLE_NUMBER.fullmatch(t.strip())) and m[0] not in numbers for t in texts):
        return False
    return not any(is_statement_title(t) or len(t) > _LONGEST_ASIDE or t.startswith(("注", "说明")) for t in texts)


def _goes_on(before: Grid, first: Header, grid: Grid, header: Header) -> bool:
    """A page that prints the title again: the same table, and its accounts come after those before it."""
    titles = [next((s for t in h.titles if (s := titled(t)) is not None), None) for h in (first, header)]
    codes = [_codes(g, h) for g, h in ((before, first), (grid, header))]
    return titles[0] is not None and titles[0] is titles[1] and all(codes) and max(codes[0]) < min(codes[1])


def _codes(grid: Grid, header: Header) -> list[str]:
    columns = [c.index for c in header.columns if c.role == "code"]
    found = (code_of(t for c in columns if (t := line.text(c))) for line in grid.lines[header.body :])
    return [code for code in found if code]
