"""Cells → facts: the figures of a recognised table with concept, scope and exact place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

from juesuan.document.model import Cell
from juesuan.facts import Fact, Scope, Stage
from juesuan.place import Place
from juesuan.place import cell as cell_place
from juesuan.quantity import MEASURES, PLAIN, Dimension, Habit, Measure, Quantity, parse
from juesuan.taxonomy.statements import BY_ID, Keys, Statement
from juesuan.understand.tables.grid import Grid
from juesuan.understand.tables.header import Header
from juesuan.understand.tables.recognise import Bound, Recognised, called
from juesuan.understand.tables.rows import GridRow, Key, read_rows
from juesuan.understand.tables.words import year_of

_YEAR = re.compile(r"(20\d\d)\s*年")


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row as understood: `facts` by column key, and the column keys whose cell is blank.

    `code`: account of the row; `row_id`: fixed row, "total" for a total row; `name` as written.
    `group`: which group of columns it stands in; `meaning`: concept and fund of each of its cells.
    """

    side: str
    row_id: str
    code: str | None
    name: str
    facts: dict[str, Fact]
    blank: frozenset[str]
    unread: frozenset[str]
    block: int
    row: int
    keyed: bool = True
    name_place: Place | None = None
    group: int = 0
    meaning: Mapping[str, tuple[str, str | None]] = field(default_factory=dict)
    coded: bool = False

    @property
    def prints_code(self) -> bool:
        """Whether the code stands in the table, and is not worked out from a label (八、社会保障和就业支出)."""
        return self.code is not None and self.coded


class HeadCell(NamedTuple):
    """Words above a column, and where."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class ReadStatement:
    """A table that was recognised and read.

    `blank_is_zero`: the table prints no zero at all, so that its blanks stand for nothing spent.
    `complete` is False where figures of it could not be bound: sums over it are then not asserted.
    `part`: which set of tables it belongs to, where a file prints those of several units.
    `shift`: rows by which its amounts stand beside their labels; then nothing of it is judged.
    `unit_place`: where its measure is named; `meant`: the measure with which its figures are those of the other tables.
    `strange`: for each column with figures that nobody knows, the words above it from the top down.
    """

    statement: Statement
    title: str
    score: float
    blocks: tuple[int, ...]
    rows: tuple[ReadRow, ...]
    columns: tuple[str, ...]
    measure: Measure
    blank_is_zero: bool
    complete: bool
    notes: tuple[str, ...] = ()
    shift: int = 0
    part: int = 0
    meant: Measure | None = None
    unit_place: Place | None = None
    strange: tuple[tuple[HeadCell, ...], ...] = ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(f for row in self.rows for f in row.facts.values())

    @property
    def is_empty(self) -> bool:
        return not any(row.facts for row in self.rows)

    @property
    def by_unit(self) -> bool:
        """Whether its rows are those of several units, account by account."""
        return any(f.scope.entity is not None for f in self.facts)

    def row_of(self, code: str) -> ReadRow | None:
        return next((r for r in self.rows if r.code == code), None)


def cut_short(table: ReadStatement) -> ReadStatement:
    """The same table, of which a part on another page could not be told."""
    return replace(table, complete=False, notes=(*table.notes, "后面像是续表，没有接上"))


def read_statement(
    grid: Grid, header: Header, found: Recognised, identity_year: int | None, first_id: int
) -> ReadStatement:
    """All figures of a recognised grid."""
    statement = found.statement
    title_year = _YEAR.search(found.title)
    year = int(title_year[1]) if title_year else identity_year
    measure = header.measure or PLAIN
    rows = list(read_rows(grid, header.body, found.groups, year))
    quantities = {id(c): q for row in rows for c in row.cells.values() if (q := _quantity(c, measure)) is not None}
    habit = Habit.of(quantities.values())
    counter = iter(range(first_id, first_id + len(quantities) + 1))
    title = called(found.title) or _title(statement)
    read = _by_unit([_row(statement, title, row, quantities, habit, year, counter) for row in rows])
    used = {k for r in read for k in r.facts}
    strange = [c for g in found.groups for c in g.unbound if any(_figures(grid, header, c, zero=True))]
    unbound = any(any(_figures(grid, header, c, zero=False)) for c in strange)
    unkeyed = any(not r.keyed and any(not f.quantity.is_zero for f in r.facts.values()) for r in read)
    return ReadStatement(
        statement=statement,
        title=title,
        score=found.score,
        blocks=grid.blocks,
        rows=read,
        columns=tuple(dict.fromkeys(b.key for g in found.groups for b in g.bound if b.key in used)),
        measure=measure,
        unit_place=header.unit_place,
        blank_is_zero=not any(q.is_zero for q in quantities.values()),
        complete=not (unbound or unkeyed or grid.lost),
        notes=tuple(_notes(header, unbound=unbound, unkeyed=unkeyed, lost=grid.lost)),
        strange=tuple(tuple(_above(grid, header, c)) for c in strange),
    )


def _by_unit(rows: Sequence[ReadRow]) -> tuple[ReadRow, ...]:
    """The rows; where one account comes again with other figures, each is of one unit only and not the account's figure."""
    values: dict[tuple[str, str], set[tuple[tuple[str, Decimal], ...]]] = defaultdict(set)
    for row in rows:
        if row.code:
            values[row.side, row.code].add(tuple((k, f.value) for k, f in row.facts.items()))
    several = {key for key, figures in values.items() if len(figures) > 1}
    return tuple(
        replace(row, facts={k: _of_unit(f, row) for k, f in row.facts.items()})
        if row.code and (row.side, row.code) in several
        else row
        for row in rows
    )


def _of_unit(fact: Fact, row: ReadRow) -> Fact:
    return replace(fact, scope=replace(fact.scope, entity=f"{row.block}/{row.row}"))


def _title(statement: Statement) -> str:
    return statement.title if statement.titles else BY_ID[statement.layout_of].title


def _notes(header: Header, *, unbound: bool, unkeyed: bool, lost: Sequence[int]) -> Iterable[str]:
    if header.measure is None:
        yield "没有写明计量单位，不与文字和其他表比较"
    if unbound:
        yield "有的列认不出"
    if unkeyed:
        yield "有的行认不出科目"
    if lost:
        yield "续表的列数与首页不同"


def _figures(grid: Grid, header: Header, column: int, *, zero: bool) -> Iterable[bool]:
    """Whether each cell of a column is a figure, and not zero unless that counts too."""
    for line in grid.lines[header.body :]:
        found = parse(line.text(column)) if line.text(column) else None
        yield found is not None and (zero or not found.is_zero)


def _above(grid: Grid, header: Header, column: int) -> Iterable[HeadCell]:
    """The words of the header above a column, each cell once."""
    seen: set[tuple[int, int, int]] = set()
    for line in grid.lines[: header.body]:
        cell = line.cells.get(column)
        if cell is not None and cell.text.strip() and (line.block, cell.row, cell.column) not in seen:
            seen.add((line.block, cell.row, cell.column))
            yield HeadCell(cell.text.strip(), cell_place(line.block, cell.row, cell.column, *_extent(cell.text)))


def _quantity(cell: Cell, measure: Measure) -> Quantity | None:
    """The figure of a cell; None for a blank, a dash, words."""
    text = cell.text.strip()
    if not text or not any(c.isdecimal() for c in text):
        return None
    found = parse(text)
    if found is None or found.measure.symbol == "%":
        return None
    return found if found.measure.symbol else replace(found, measure=measure)


def _row(
    statement: Statement,
    title: str,
    row: GridRow,
    quantities: dict[int, Quantity],
    habit: Habit,
    year: int | None,
    counter: Iterable[int],
) -> ReadRow:
    numbers = iter(counter)
    facts: dict[str, Fact] = {}
    blank: set[str] = set()
    unread: set[str] = set()
    for bound in row.group.bound:
        cell = row.cells.get(bound.key)
        if cell is None:
            continue
        quantity = quantities.get(id(cell))
        if quantity is not None and row.key.row is not None and row.key.row.measure:
            quantity = replace(quantity, measure=MEASURES[row.key.row.measure])
        if quantity is None:
            (unread if any(c.isdecimal() for c in cell.text) else blank).add(bound.key)
            continue
        place = cell_place(row.line.block, cell.row, cell.column, *_extent(cell.text))
        counted = quantity.measure.dimension is not Dimension.MONEY and quantity.measure is not PLAIN
        shown = quantity if counted else habit.apply(quantity)
        facts[bound.key] = _fact(next(numbers), statement, title, bound, row, shown, place, year)
    key = row.key
    return ReadRow(
        side=row.group.side.id,
        row_id=key.row.id if key.row else "total" if key.total else "",
        code=key.code,
        name=key.name,
        facts=facts,
        blank=frozenset(blank),
        unread=frozenset(unread),
        block=row.line.block,
        row=row.line.row,
        keyed=key.known,
        name_place=_name_place(row),
        group=row.number,
        coded=bool(row.group.codes) or key.inside,
        meaning={b.key: _meaning(statement, b, key, row.group.side.keys) for b in row.group.bound},
    )


def _name_place(row: GridRow) -> Place | None:
    """Where the name of a row stands."""
    for column in (*row.group.names, *row.group.codes):
        cell = row.line.cells.get(column)
        if cell is not None and cell.text.strip():
            return cell_place(row.line.block, cell.row, cell.column, *_extent(cell.text))
    return None


def _extent(text: str) -> tuple[int, int]:
    """Where a cell's words begin and end, without the blanks around them."""
    start = len(text) - len(text.lstrip())
    return start, len(text.rstrip())


def _fact(
    number: int,
    statement: Statement,
    title: str,
    bound: Bound,
    row: GridRow,
    quantity: Quantity,
    place: Place,
    year: int | None,
) -> Fact:
    concept, fund = _meaning(statement, bound, row.key, row.group.side.keys)
    economic = row.key.code if row.group.side.keys is Keys.ECONOMIC else bound.col.economic
    account = row.key.code if row.group.side.keys in {Keys.FUNCTION, Keys.LABELS} else None
    if bound.column.year is not None and bound.column.year != bound.year:
        year = _named_year(bound.column.year, year)
    stage = row.key.stage or bound.stage or statement.stage
    if row.key.stage is not None:
        said, last = year_of(row.key.name)
        year = _named_year(-1 if last else said or 0, year)
    scope = Scope(
        year=year,
        stage=stage,
        fund=fund,
        account=account,
        economic=economic,
        nature=None if row.key.row is not None else bound.col.nature,
    )
    if not row.key.known:
        concept = f"named:{row.key.name}"
    return Fact(number, concept, scope, quantity, place, label=f"{title} {_label(statement, bound, row.key)}".strip())


def _named_year(said: int, own: int | None) -> int | None:
    """The year that words name: a number, -1 for the year before the table's own, 0 for none."""
    if said < 0:
        return own - 1 if own else None
    return said or own


def _meaning(statement: Statement, bound: Bound, key: Key, keys: Keys) -> tuple[str, str | None]:
    """Concept and fund of a cell: of its column, and where the column says nothing, of its row."""
    col, row = bound.col, key.row
    if keys is Keys.LABELS:
        concept = col.concept or (row.concept if row else "expenditure")
        return concept, col.fund or (row.fund if row else statement.fund)
    if row is not None:
        return (row.concept if col.concept == "economic" else col.concept), row.fund or col.fund
    return (col.concept if key.code or col.economic or col.concept != "economic" else "basic"), col.fund


_STAGE_WORDS = {Stage.BUDGET: "预算数", Stage.INITIAL: "年初预算数", Stage.ADJUSTED: "全年预算数"}


def _label(statement: Statement, bound: Bound, key: Key) -> str:
    column = bound.col.labels[0] if bound.col.concept else ""
    name = key.name if key.code is None or key.name.startswith(key.code) else f"{key.code} {key.name}"
    stage = _STAGE_WORDS.get(key.stage or bound.stage or statement.stage, "")
    if not bound.col.stage and bound.stage is None and key.stage is None:
        stage = f"{bound.column.year}年" if bound.column.year and bound.column.year > 0 and "@" in bound.key else ""
    return " ".join(w for w in (" ".join(name.split()), column, stage) if w)
