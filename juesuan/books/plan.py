"""Which statements a profile has and how each is laid out: columns with their headers, rows, and the key of each cell.

The layout comes from the declarations that the reader recognises tables by.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from juesuan.books.figures import Key, key_of
from juesuan.catalog import ECONOMIC, Level, load
from juesuan.errors import BooksError
from juesuan.taxonomy.profiles import Profile, TableSpec, load_profiles, profile_of
from juesuan.taxonomy.statements import STATEMENTS, Col, Keys, Kind, Row, Side, Statement
from juesuan.taxonomy.statements.shared import OFFICE_CODES, PERSONNEL_CODES

_WIDE = "general_budget_detail"
_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
TAIL_LEVEL = 0


@dataclass(frozen=True, slots=True)
class Column:
    """A figure column: its id, its header words from the top line down, and a wide table's economic code."""

    id: str
    header: tuple[str, ...]
    col: Col
    economic: str | None = None


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A fixed row. `level` 0 is a total, else the depth of its account; `row` the declaration of a labelled row."""

    id: str
    label: str
    level: int
    code: str | None = None
    row: Row | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Columns that stand together; a table with two halves has two. `rows` is empty where accounts make them."""

    side: str
    keys: Keys
    columns: tuple[Column, ...]
    rows: tuple[PlanRow, ...]
    declared: Side
    title: str = ""


@dataclass(frozen=True, slots=True)
class StatementPlan:
    """A statement of a profile: number and title as that profile prints them, its blocks, and its declaration."""

    number: str
    title: str
    statement: Statement
    blocks: tuple[Block, ...]

    @property
    def id(self) -> str:
        return self.statement.id

    @property
    def sheet(self) -> str:
        """The name of its sheet: 公开06 一般公共预算财政拨款支出决算表."""
        return f"{self.number.removesuffix('表')} {self.title.replace('“', '').replace('”', '')}"[:31]

    def key(self, block: Block, row_id: str, column: Column) -> Key | None:
        """What the cell of a row ("total", an account code, or a fixed row's id) and a column is of; None for none."""
        col = column.col
        if block.keys is Keys.LABELS:
            return _labelled(block, row_id, col, self.statement)
        code = None if row_id == "total" else row_id
        if block.keys is Keys.ECONOMIC:
            fixed = next((r.row for r in block.rows if r.id == row_id and r.row), None)
            if fixed:
                return key_of(fixed.concept, fixed.fund or col.fund)
            return key_of("economic" if code or col.nature else "basic", col.fund, economic=code, nature=col.nature)
        if column.economic:
            return key_of("economic", col.fund, account=code, economic=column.economic, nature="all_expenditure")
        account = None if block.keys is Keys.SINGLE else code
        return key_of(col.concept, col.fund, account=account, stage=col.stage or self.statement.stage)


def _labelled(block: Block, row_id: str, col: Col, statement: Statement) -> Key | None:
    row = next((r for r in block.rows if r.id == row_id), None)
    if row is None:
        return None
    if row.row is None:
        return key_of(col.concept or "expenditure", col.fund or statement.fund, account=row.code)
    return key_of(col.concept or row.row.concept, col.fund or row.row.fund or statement.fund)


COMPILED = ("sichuan-2023", "ministry-nine")
"""The layouts whole reports are written in; the first is the usual one."""


def compiled_like(profile_id: str) -> str:
    """The layout to write that is nearest to another one: itself, else the one that shares the most of its tables."""
    wanted = profile_of(profile_id)
    if profile_id in COMPILED or wanted is None:
        return profile_id if profile_id in COMPILED else COMPILED[0]

    def shared(name: str) -> int:
        profile = profile_of(name)
        return sum(any(t.fits(w.title) for t in profile.tables) for w in wanted.tables) if profile else 0

    def apart(name: str) -> int:
        profile = profile_of(name)
        return abs(len(profile.tables) - len(wanted.tables)) if profile else 0

    return max(COMPILED, key=lambda name: (shared(name), -apart(name)))


@lru_cache(maxsize=32)
def plan_of(profile_id: str, year: int) -> tuple[StatementPlan, ...]:
    """The statements of a profile in its order. Raises BooksError for a profile that has none."""
    profile = profile_of(profile_id)
    if profile is None or profile.kind != Kind.FINAL.value or not profile.tables:
        names = "、".join(p.id for p in load_profiles() if p.kind == Kind.FINAL.value and p.tables)
        raise BooksError(f"没有“{profile_id}”这个决算方案；可以用 {names}。")
    return tuple(_plan(profile, table, year) for table in profile.tables)


def _plan(profile: Profile, table: TableSpec, year: int) -> StatementPlan:
    for titles in ((table.title,), table.aliases):
        for statement in STATEMENTS:
            if statement.kind is Kind.FINAL and any(
                TableSpec(title=t).fits(title) for t in titles for title in statement.titles
            ):
                return StatementPlan(table.number, table.title, statement, _blocks(statement, year))
    raise BooksError(f"方案“{profile.id}”的《{table.title}》没有版式，不能编制。")


def _blocks(statement: Statement, year: int) -> tuple[Block, ...]:
    if statement.id == _WIDE:
        side = statement.sides[0]
        return (Block(side.id, side.keys, (*_columns(side), *_wide(side.columns[0], year)), (), side),)
    blocks: list[Block] = []
    for side in statement.sides:
        if side.keys is Keys.LABELS:
            blocks.append(Block(side.id, side.keys, _columns(side), _label_rows(side), side, side.words[0]))
        elif side.keys is Keys.ECONOMIC and side.rows:
            blocks += _basic(side, year)
        elif side.keys is Keys.ECONOMIC:
            rows = (PlanRow("total", "合计", 0), *_economic_rows(tuple(c.id for c in _classes(year)), year))
            blocks.append(Block(side.id, side.keys, _columns(side), rows, side))
        elif side.keys is Keys.SINGLE:
            columns = tuple(c for c in _columns(side) if c.col.concept != "agency_running_cost")
            blocks.append(Block(side.id, side.keys, columns, (PlanRow("total", "", 0),), side))
        else:
            blocks.append(Block(side.id, side.keys, _columns(side), (), side))
    return tuple(blocks)


def _columns(side: Side) -> tuple[Column, ...]:
    stages = {"budget": "预算数", "final": "决算数"}
    found: list[Column] = []
    for col in side.columns:
        if col.id == "special_account":
            continue
        header: tuple[str, ...] = (*col.under[:1], col.labels[0])
        if side.keys is Keys.SINGLE:
            first = stages.get(col.stage.value if col.stage else "", "")
            under = col.under[:1] or (
                ("公务用车购置及运行维护费",) if col.concept in {"vehicle_purchase", "vehicle_operation"} else ()
            )
            header = (first, *under, col.labels[0])
        found.append(Column(col.id, header, col))
    return tuple(found)


def _classes(year: int) -> tuple[PlanRow, ...]:
    catalog = load()
    found = [a for a in catalog if a.kind == ECONOMIC and a.level is Level.CATEGORY and a.valid_in(year)]
    return tuple(PlanRow(a.code, catalog.named(a, year).name, 1, a.code) for a in sorted(found, key=lambda a: a.code))


def _economic_rows(classes: tuple[str, ...], year: int) -> tuple[PlanRow, ...]:
    catalog = load()
    rows: list[PlanRow] = []
    for code in classes:
        account = catalog.by_code(code, year)
        if account is None:
            continue
        rows.append(PlanRow(code, account.name, 1, code))
        rows += [PlanRow(a.code, a.name, 2, a.code) for a in sorted(catalog.children(code, year), key=lambda a: a.code)]
    return tuple(rows)


def _basic(side: Side, year: int) -> list[Block]:
    """The economic items of the basic expenditure: 人员经费 beside 公用经费, each with its total below."""
    fixed = {r.id: r for r in side.rows}
    people = (*_economic_rows(PERSONNEL_CODES, year), PlanRow("personnel", "人员经费合计", 0, row=fixed["personnel"]))
    office = (*_economic_rows(OFFICE_CODES, year), PlanRow("office", "公用经费合计", 0, row=fixed["office"]))
    return [
        Block(side.id, side.keys, _columns(side), people, side, "人员经费"),
        Block(side.id, side.keys, _columns(side), office, side, "公用经费"),
    ]


def _wide(col: Col, year: int) -> tuple[Column, ...]:
    """All economic items side by side, each class with its 小计 first."""
    rows = _economic_rows(tuple(c.id for c in _classes(year)), year)
    names = {r.id: r.label for r in rows}
    return tuple(Column(f"e{r.id}", (names[r.id[:3]], "小计" if r.level == 1 else r.label), col, r.id) for r in rows)


def _label_rows(side: Side) -> tuple[PlanRow, ...]:
    """Fixed rows in the printed order: sources or classes with ordinals, then the totals."""
    if side.id == "expenditure":
        classes = tuple(PlanRow(h.code, h.label, 1, h.code) for h in load().headings("公开01", "expense") if h.code)
        return (*classes, *(_fixed(r) for r in side.rows))
    optional = {"appropriation", "special_account"}
    rows = [r for r in side.rows if r.id not in optional]
    sources = [r for r in rows if r.concept.startswith("income") and r.concept != "income_total" and r.id != "income"]
    tail = [r for r in rows if r not in sources]
    tail.sort(key=lambda r: (r.id == "total", r.concept == "carried_in", r.concept != "income", r.after != ""))
    numbered = [PlanRow(r.id, f"{_NUMERALS[n]}、{r.labels[0]}", 1, row=r) for n, r in enumerate(sources)]
    return (*numbered, *(_fixed(r) for r in tail))


def _fixed(row: Row) -> PlanRow:
    return PlanRow(row.id, row.labels[0], 1 if row.after else TAIL_LEVEL, row=row)
