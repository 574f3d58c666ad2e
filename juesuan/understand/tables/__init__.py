"""Tables → facts and relations: which statutory table a grid is, what its cells are, how they add up."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from juesuan.document.model import Document
from juesuan.facts import Fact, Relation
from juesuan.place import Place
from juesuan.taxonomy.statements.wide import column_of
from juesuan.understand.tables.added import added_up
from juesuan.understand.tables.between import between
from juesuan.understand.tables.bind import ReadRow, ReadStatement, cut_short, read_statement
from juesuan.understand.tables.grid import Grid, is_amount
from juesuan.understand.tables.header import Header
from juesuan.understand.tables.joined import is_loose_end, whole
from juesuan.understand.tables.named import Misnamed, misnamed
from juesuan.understand.tables.recognise import Recognised, recognise, titled
from juesuan.understand.tables.shift import unshifted
from juesuan.understand.tables.text import text_links
from juesuan.understand.tables.wide import goes_on_beside, is_wide, wide_sums
from juesuan.understand.tables.within import within

__all__ = ["Misnamed", "ReadRow", "ReadStatement", "TablesReading", "misnamed", "read_tables", "text_links", "titled"]


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
        return self.of_block(place.block)

    def of_block(self, block: int) -> ReadStatement | None:
        """The statement a block is a table of, or a part of one."""
        if not self._by_block:
            for statement in self.statements:
                for part in statement.blocks:
                    self._by_block[part] = statement
        return self._by_block.get(block)

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


def read_tables(
    document: Document, year: int | None, kind: str, first_id: int, others: Collection[int] = ()
) -> TablesReading:
    """Recognise and read the statutory tables of a document. Ids of facts count from `first_id`.

    `others`: blocks of tables that are known to be something else.
    """
    statements: list[ReadStatement] = []
    unrecognised: list[Unrecognised] = []
    number = first_id
    before: Grid | None = None
    for grid, header in whole(document):
        if not set(others).isdisjoint(grid.blocks):
            continue
        found = recognise(grid, header, kind, year)
        if isinstance(found, Recognised):
            read = added_up(read_statement(grid, header, found, year, number))
            number += len(read.facts)
            statements.append(_in_part(read, statements))
        elif before is not None and is_loose_end(before, grid, header, document):
            statements = [cut_short(s) if s.blocks == before.blocks else s for s in statements]
        before = grid
        if isinstance(found, str) and _has_figures(grid, header):
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
