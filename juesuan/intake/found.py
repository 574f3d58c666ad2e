"""A document → amounts by key and counts: what its statutory tables, wide tables and 机构运行信息表 say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import PurePath

from juesuan.books import agency
from juesuan.books.figures import Key, key_of
from juesuan.catalog import ECONOMIC, Level, load
from juesuan.document.model import Cell, Document, Paragraph, Table
from juesuan.facts import Aspect, Fact, Stage
from juesuan.quantity import Dimension
from juesuan.understand.tables import ReadStatement
from juesuan.understand.understanding import Understanding

_WAN = Decimal(10_000)
_LEAST_COLUMNS = 5
_ORDINAL = re.compile(
    r"^(?:其中[:：])?(?:[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十\d]+[、.．])?(?:其中[:：])?"
)
_IN_WAN = re.compile(r"单位[:：]?万元|^[（(]万元[)）]$")
_SPACE = re.compile(r"\s+")
_EXTRA: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("abroad", ("因公出国（境）费",)),
    ("vehicle_purchase", ("公务用车购置费",)),
    ("vehicle_operation", ("公务用车运行维护费",)),
    ("reception", ("公务接待费",)),
)
_VALUES = {
    "统计数": Stage.FINAL,
    "决算数": Stage.FINAL,
    "支出决算数": Stage.FINAL,
    "数值": Stage.FINAL,
    "预算数": Stage.ADJUSTED,
    "全年预算数": Stage.ADJUSTED,
}


@dataclass(frozen=True, slots=True)
class Found:
    """An amount in 元 or a count that a file says: where it stands, what the cell shows and holds.

    `rounded` is set where it was printed in 万元 without a finer value behind it.
    """

    value: Decimal
    where: str
    shown: str
    rounded: bool = False

    @property
    def note(self) -> str:
        """What is kept as the cell's note."""
        return f"导入自 {self.where}，显示 {self.shown}，取值 {self.value:,} 元"


@dataclass(slots=True)
class Findings:
    """All that was found in a file; the first that says something of a key is kept. `unknown`: what was not."""

    amounts: dict[Key, Found]
    counts: dict[str, Found]
    tables: list[str]
    unknown: list[str]


def findings_of(known: Understanding, year: int) -> Findings:
    """What a document says of the books' year and the one before."""
    found = Findings({}, {}, [], [])
    done: set[int] = set()
    for table in _agency_tables(known.document):
        _agency(known.document, table, found)
        done.add(table.id)
    of_agency = frozenset(done)
    wide = {b for s in known.tables.statements if any(side.wide for side in s.statement.sides) for b in s.blocks}
    for block in known.document.blocks:
        if isinstance(block, Table) and block.id not in wide and _wide(known.document, block, year, found):
            done.add(block.id)
    for statement in known.tables.statements:
        if not of_agency.issuperset(statement.blocks):
            _statement(known, statement, year, found)
    name = _name(known.document)
    read = (s for s in known.tables.statements if not of_agency.issuperset(s.blocks))
    found.unknown += [f"{name}《{s.title}》{note}" for s in read for note in s.notes]
    found.unknown += [f"{name}：{u.reason}" for u in known.tables.unrecognised if not done.issuperset(u.blocks)]
    return found


def _name(document: Document) -> str:
    return PurePath(document.path).name


def _statement(known: Understanding, statement: ReadStatement, year: int, found: Findings) -> None:
    if statement.shift:
        found.unknown.append(f"{_name(known.document)}《{statement.title}》的金额与行错位，没有导入。")
        return
    taken = 0
    for fact in statement.facts:
        key = key_of_fact(fact, year)
        if key is None:
            words = f"{_name(known.document)}《{statement.title}》的“{fact.label}”{fact.quantity.text}"
            if fact.aspect is Aspect.LEVEL and not fact.quantity.is_zero:
                found.unknown.append(f"{words} 不知填到哪里。")
            continue
        found.amounts.setdefault(key, _of_cell(known.document, fact))
        taken += 1
    found.tables.append(f"{statement.title}（{taken} 个数）")


def key_of_fact(fact: Fact, year: int) -> Key | None:
    """The key of a fact of a table; None for what the books have no place for."""
    scope = fact.scope
    if fact.aspect is not Aspect.LEVEL or fact.concept.startswith("named:"):
        return None
    if fact.quantity.measure.dimension is not Dimension.MONEY:
        return None
    back = year - scope.year if scope.year else 0
    if back not in {0, 1}:
        return None
    stage = scope.stage or Stage.FINAL
    if stage not in {Stage.FINAL, Stage.INITIAL, Stage.ADJUSTED, Stage.BUDGET}:
        return None
    return key_of(
        fact.concept,
        scope.fund,
        account=scope.account,
        economic=scope.economic,
        nature=scope.nature,
        stage=stage,
        back=back,
    )


def _of_cell(document: Document, fact: Fact) -> Found:
    place = fact.place
    table = document.blocks[place.block]
    cell = (
        table.at(place.row, place.column)
        if isinstance(table, Table) and place.row is not None and place.column is not None
        else None
    )
    where = _where(document, table if isinstance(table, Table) else None, cell)
    factor = fact.quantity.measure.factor
    stored = _decimal(cell.stored) if cell is not None and cell.stored else None
    value = stored * factor if stored is not None else fact.quantity.base
    return Found(
        value, where, fact.quantity.text or (cell.text if cell else ""), rounded=stored is None and factor >= _WAN
    )


def _where(document: Document, table: Table | None, cell: Cell | None) -> str:
    sheet = f"“{table.sheet}”" if table is not None and table.sheet else ""
    at = f"第{cell.row + 1}行第{cell.column + 1}列" if cell is not None else ""
    return f"{_name(document)}{sheet}{at}"


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "").replace("，", "").strip())
    except InvalidOperation:
        return None


def _number(cell: Cell | None) -> Decimal | None:
    if cell is None or not cell.text.strip():
        return None
    return _decimal(cell.stored or cell.text)


# --- wide tables: functional accounts down, economic items across --------------------------------------------


def _wide(document: Document, table: Table, year: int, found: Findings) -> bool:
    """Take what a table with economic items side by side says; whether it is one."""
    first = next((r for r in range(table.rows) if _row_code(table, r)), None)
    if first is None:
        return False
    columns = {c: code for c in range(table.columns) if (code := _economic(table, c, first, year))}
    if len(set(columns.values())) < _LEAST_COLUMNS:
        return False
    title = _title(document, table)
    factor = _factor(document, table)
    if "一般公共预算" not in title or "项目" in title:
        found.unknown.append(f"{_name(document)}《{title}》横列经济分类，账册没有对应的表，没有导入。")
        return True
    taken = 0
    for row in range(max(first - 2, 0), table.rows):
        account = _row_code(table, row)
        total = account is None and any(_bare(c.text) in {"合计", "总计"} for c in _line(table, row)[:4])
        if "基本" in title and not total:
            continue
        if "基本" not in title and (account is None or len(account) < 7):
            continue
        for column, economic in columns.items():
            cell = table.at(row, column)
            value = _number(cell)
            if value is None or cell is None:
                continue
            nature = None if "基本" in title else "all_expenditure"
            key = key_of("economic", "general_budget", account=account, economic=economic, nature=nature)
            found.amounts.setdefault(
                key,
                Found(
                    value * factor, _where(document, table, cell), cell.text, rounded=factor >= _WAN and not cell.stored
                ),
            )
            taken += 1
    found.tables.append(f"{title}（经济分类 {taken} 个数）")
    return True


def _line(table: Table, row: int) -> list[Cell]:
    return [c for n in range(table.columns) if (c := table.at(row, n)) is not None]


def _row_code(table: Table, row: int) -> str | None:
    """The functional code of a row, written in one cell."""
    texts = [_bare(c.text) for c in _line(table, row)[:4]]
    return next((t for t in texts if re.fullmatch(r"2\d{2}(\d{2}){0,2}", t)), None)


def _economic(table: Table, column: int, first: int, year: int) -> str | None:
    """The economic item a column is of, by the words above it, told apart by the class above those."""
    catalog = load()
    texts = list(
        dict.fromkeys(_bare(c.text) for r in range(first) if (c := table.at(r, column)) is not None and c.text.strip())
    )
    holder: str | None = None
    for text in texts:
        accounts = [a for a in catalog.economic_by_name(text, year) if a.kind == ECONOMIC]
        classes = [a.code for a in accounts if a.level is Level.CATEGORY]
        if classes:
            holder = classes[0]
        items = [a.code for a in accounts if a.level is Level.GROUP and (holder is None or a.code.startswith(holder))]
        if len(items) == 1:
            return items[0]
    return None


def _title(document: Document, table: Table) -> str:
    lines = [c.text for r in range(min(3, table.rows)) for c in _line(table, r)]
    above = [b.text for b in document.blocks[max(table.id - 4, 0) : table.id] if isinstance(b, Paragraph)]
    return next(
        (_bare(t) for t in (*lines, *reversed(above), table.sheet or "") if "表" in t and "决算" in t),
        _bare(table.sheet or ""),
    )


def _factor(document: Document, table: Table) -> Decimal:
    lines = [c.text for r in range(min(8, table.rows)) for c in _line(table, r)]
    above = [b.text for b in document.blocks[max(table.id - 4, 0) : table.id] if isinstance(b, Paragraph)]
    return _WAN if any(_IN_WAN.search(_bare(t)) for t in (*lines, *above)) else Decimal(1)


# --- 机构运行信息表 -------------------------------------------------------------------------------------------


def _agency_tables(document: Document) -> Iterator[Table]:
    for table in document.blocks:
        if isinstance(table, Table) and (
            "机构运行信息" in _title(document, table)
            or any("机构运行信息" in c.text for c in table.cells[:6])
            or "机构运行" in (table.sheet or "")
        ):
            yield table


def _agency(document: Document, table: Table, found: Findings) -> None:
    factor, values = _factor(document, table), _value_columns(table)
    labels = {_plain(name): line for line in agency.LINES for name in line.labels}
    extra = {_plain(name): concept for concept, names in _EXTRA for name in names}
    taken = 0
    for cell in table.cells:
        text = _plain(cell.text)
        line, concept = labels.get(text), extra.get(text)
        if line is None and concept is None:
            continue
        for column, stage in _columns_of(values, cell):
            there = table.at(cell.row, column)
            value = _number(there)
            if value is None or there is None:
                continue
            where = _where(document, table, there)
            if concept is not None or (line is not None and line.concept):
                key = key_of(concept or (line.concept if line else ""), stage=stage)
                found.amounts.setdefault(
                    key, Found(value * factor, where, there.text, rounded=factor >= _WAN and not there.stored)
                )
                taken += 1
            elif line is not None and stage is Stage.FINAL and value == value.to_integral_value():
                found.counts.setdefault(line.id, Found(value, where, there.text))
                taken += 1
    found.tables.append(f"机构运行信息表（{taken} 个数）")


def _value_columns(table: Table) -> dict[int, Stage]:
    """Columns of figures by their headings."""
    heads = ((c.column, _VALUES[t]) for c in table.cells if (t := _bare(c.text)) in _VALUES)
    return dict(sorted(heads))


def _columns_of(values: dict[int, Stage], cell: Cell) -> Iterable[tuple[int, Stage]]:
    """The figure columns that follow a label, up to where the stages begin again."""
    seen: set[Stage] = set()
    for column, stage in values.items():
        if column > cell.column:
            if stage in seen or (seen and column - cell.column > len(values) + 3):
                return
            seen.add(stage)
            yield column, stage


def _bare(text: str) -> str:
    return _SPACE.sub("", text)


def _plain(text: str) -> str:
    """A label without ordinals, measures in brackets at its end, and blanks."""
    bare = _ORDINAL.sub("", _bare(text).replace("(", "（").replace(")", "）"))
    return re.sub(r"（(?:个|人|辆|批|台|套|台，套|台、套|台/套)）$", "", bare)
