"""The statutory tables as blocks: laid out from the plan of the books, printed in 万元, each cell with its figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from juesuan.books.model import Books, StatementData, StatementRow
from juesuan.books.plan import Block as PlanBlock
from juesuan.books.plan import Column
from juesuan.compose.draft import Cell, TableBlock
from juesuan.compose.facts import figure_of
from juesuan.compose.figure import Figure
from juesuan.quantity import plain
from juesuan.taxonomy.phrases.write import Style
from juesuan.taxonomy.statements import Keys

__all__ = ["table_block", "table_blocks"]

_WIDE_FROM = 6
_MOST_COLUMNS = 12
_CODE, _NAME, _LINE, _FIGURE = 1.1, 3.2, 0.5, 1.3
_LONG, _NARROW = 3.6, 1.1


@dataclass(slots=True)
class _Sheet:
    """A table being laid out."""

    cells: list[Cell] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    numeric: set[int] = field(default_factory=set)

    def put(
        self,
        row: int,
        column: int,
        text: str,
        figure: Figure | None = None,
        *,
        rowspan: int = 1,
        colspan: int = 1,
        key: str = "",
    ) -> None:
        self.cells.append(Cell(row, column, text, figure, rowspan, colspan, key))


def table_blocks(books: Books, style: Style, leave_out: dict[str, list[str]]) -> Iterator[TableBlock]:
    """All statements of the books' profile, in its order; a table too wide for a page in several."""
    for data in books.statements.values():
        yield from table_block(books, data, style, leave_out.get(data.plan.id, ()))


def table_block(books: Books, data: StatementData, style: Style, leave_out: Sequence[str] = ()) -> Iterator[TableBlock]:
    """One statement as a block, or several."""
    plan = data.plan
    first = plan.blocks[0]
    if first.keys is Keys.LABELS:
        yield _finish(books, data, _sides(books, data, style, leave_out), head=2)
    elif first.keys is Keys.ECONOMIC and len(plan.blocks) > 1:
        yield _finish(books, data, _pairs(books, data, style), head=2)
    elif first.keys is Keys.SINGLE:
        yield _finish(books, data, _single(books, data, style), head=_depth(first.columns))
    else:
        columns = _shown(data, first, leave_out)
        for number, part in enumerate(_parts(columns)):
            sheet = _by_accounts(books, data, part, style)
            yield _finish(books, data, sheet, head=_depth(part), again=number)


def _finish(books: Books, data: StatementData, sheet: _Sheet, head: int, again: int = 0) -> TableBlock:
    columns = len(sheet.widths)
    rows = max((c.row + c.rowspan for c in sheet.cells), default=head)
    plan = data.plan
    return TableBlock(
        name=plan.id,
        sheet=plan.number.removesuffix("表") + (f"续{again}" if again else ""),
        title=plan.title + ("（续）" if again else ""),
        entity_line=f"{books.entity_kind}：{books.entity}",
        unit_line="金额单位：万元",
        cells=tuple(sorted(sheet.cells, key=lambda c: (c.row, c.column))),
        rows=rows,
        columns=columns,
        head=head,
        widths=tuple(sheet.widths),
        note=_note(books, data),
        landscape=columns > _WIDE_FROM and plan.blocks[0].keys is not Keys.LABELS,
        numeric=frozenset(sheet.numeric),
    )


def _note(books: Books, data: StatementData) -> str:
    """What must be said below a table: that it is empty and why, or what its budget column is."""
    statement = data.plan.statement
    here = f"本{books.entity_kind}{books.year}年度"
    if data.is_empty:
        names = {
            "government_fund": "政府性基金预算财政拨款收入和支出",
            "state_capital": "国有资本经营预算财政拨款收入和支出",
        }
        what = names.get(
            statement.fund or "", "财政拨款“三公”经费支出" if statement.id == "three_public" else "此类收入和支出"
        )
        return f"注：{here}无{what}，故本表无数据。"
    if statement.id == "three_public":
        return "注：本表预算数为全年预算数，决算数是包括当年财政拨款预算和以前年度结转资金安排的实际支出。"
    return ""


# --- cells ----------------------------------------------------------------------------------------------------


def _amount(
    sheet: _Sheet,
    books: Books,
    style: Style,
    place: tuple[int, int],
    row: StatementRow,
    column: str,
    *,
    zero: bool = False,
) -> None:
    """The figure of a cell. Nothing is a blank, as the forms print it, unless `zero` is asked for."""
    figure = figure_of(row.amounts.get(column), books)
    if figure is None and zero:
        figure = Figure(0, origin="账册未填，作零")
    if figure is None or not (figure or zero):
        sheet.put(place[0], place[1], "")
        return
    text = plain(figure / style.measure.factor, style.decimals)
    sheet.put(place[0], place[1], text, figure, key=f"{row.side}/{row.id}/{column}")


def _depth(columns: Iterable[Column]) -> int:
    return max(len(path) for path in _headers(columns))


def _headers(columns: Iterable[Column]) -> list[tuple[str, ...]]:
    """Header words of columns; the parts of a total stand under the words that it stands under."""
    listed = list(columns)
    paths: list[tuple[str, ...]] = []
    for number, column in enumerate(listed):
        before = next((c for c in reversed(listed[:number]) if len(c.header) > 1), None)
        inside = (
            before is not None
            and len(column.header) == 1
            and before.header[-1] == "合计"
            and column.id in {"basic", "project"}
        )
        paths.append((before.header[0], *column.header) if before is not None and inside else column.header)
    return paths


def _header(sheet: _Sheet, columns: Sequence[Column], at: int, depth: int, top: int = 0) -> None:
    """Header words over columns: equal words side by side become one cell, a short path is stretched down."""
    _header_level(sheet, _headers(columns), at, depth, top)


def _header_level(sheet: _Sheet, paths: Sequence[tuple[str, ...]], at: int, depth: int, top: int) -> None:
    index = 0
    while index < len(paths):
        word = paths[index][0]
        end = index + 1
        while end < len(paths) and len(paths[index]) > 1 and len(paths[end]) > 1 and paths[end][0] == word:
            end += 1
        deep = len(paths[index]) > 1
        sheet.put(top, at + index, word, rowspan=1 if deep else depth, colspan=end - index)
        if deep:
            _header_level(sheet, [p[1:] for p in paths[index:end]], at + index, depth - 1, top + 1)
        index = end


# --- the four shapes ------------------------------------------------------------------------------------------


def _sides(books: Books, data: StatementData, style: Style, leave_out: Sequence[str]) -> _Sheet:
    """收入 beside 支出, each with labels, line numbers and its columns; totals stand on the same lines."""
    sheet = _Sheet()
    blocks = data.plan.blocks
    bodies = [[r for r in data.side(b.side) if r.id not in leave_out] for b in blocks]
    height = max(len(rows) for rows in bodies)
    line = 0
    for block, rows in zip(blocks, bodies, strict=True):
        at = len(sheet.widths)
        sheet.put(0, at, block.title, colspan=2 + len(block.columns))
        by_function = "项目（按功能分类）" if block.side == "expenditure" else "项目"
        for offset, word in enumerate((by_function, "行次", *(c.header[-1] for c in block.columns))):
            sheet.put(1, at + offset, word)
        sheet.widths += [_LONG, _LINE, *(_NARROW for _ in block.columns)]
        sheet.numeric |= set(range(at + 2, len(sheet.widths)))
        for number, row in enumerate(_aligned(rows, height)):
            line += 1
            sheet.put(2 + number, at, row.label if row else "")
            sheet.put(2 + number, at + 1, str(line))
            for offset, column in enumerate(block.columns):
                if row is None:
                    sheet.put(2 + number, at + 2 + offset, "")
                else:
                    _amount(sheet, books, style, (2 + number, at + 2 + offset), row, column.id, zero=row.id == "total")
    return sheet


def _aligned(rows: Sequence[StatementRow], height: int) -> list[StatementRow | None]:
    """The totals at the end stand on the last lines."""
    first = next((i for i, r in enumerate(rows) if r.level == 0), len(rows))
    return [*rows[:first], *([None] * (height - len(rows))), *rows[first:]]


def _shown(data: StatementData, block: PlanBlock, leave_out: Sequence[str]) -> list[Column]:
    """The columns to print: of a wide table those that hold something."""
    used = [c for c in block.columns if c.id not in leave_out]
    return [c for c in used if c.economic is None or any(_some(r, c.id) for r in data.rows)]


def _some(row: StatementRow, column: str) -> bool:
    found = row.amounts.get(column)
    return found is not None and not found.is_zero


def _parts(columns: Sequence[Column]) -> Iterator[list[Column]]:
    """Columns in pages' widths."""
    if len(columns) <= _MOST_COLUMNS:
        yield list(columns)
        return
    count = -(-len(columns) // _MOST_COLUMNS)
    size = -(-len(columns) // count)
    for start in range(0, len(columns), size):
        yield list(columns[start : start + size])


def _by_accounts(books: Books, data: StatementData, columns: Sequence[Column], style: Style) -> _Sheet:
    """科目编码, 科目名称 and figures."""
    sheet = _Sheet()
    depth = _depth(columns)
    sheet.put(0, 0, "科目编码", rowspan=depth)
    sheet.put(0, 1, "科目名称", rowspan=depth)
    _header(sheet, columns, 2, depth)
    sheet.widths += [_CODE, _NAME, *(_FIGURE for _ in columns)]
    sheet.numeric |= set(range(2, len(sheet.widths)))
    for number, row in enumerate(_rows(data, columns), depth):
        if row.id == "total":
            sheet.put(number, 0, "合计", colspan=2)
        else:
            sheet.put(number, 0, row.id)
            sheet.put(number, 1, row.label)
        for offset, column in enumerate(columns):
            _amount(sheet, books, style, (number, 2 + offset), row, column.id)
    return sheet


def _rows(data: StatementData, columns: Sequence[Column]) -> Iterator[StatementRow]:
    return (r for r in data.rows if r.id == "total" or any(_some(r, c.id) for c in columns))


def _pairs(books: Books, data: StatementData, style: Style) -> _Sheet:
    """人员经费 beside 公用经费 by economic items, their totals on the last line."""
    sheet = _Sheet()
    bodies = []
    for block in data.plan.blocks:
        wanted = {r.id for r in block.rows}
        rows = [r for r in data.rows if r.id in wanted and (r.level == 0 or _some(r, "amount"))]
        bodies.append((block, rows))
    height = max(len(rows) for _, rows in bodies)
    for block, rows in bodies:
        at = len(sheet.widths)
        sheet.put(0, at, block.title, colspan=3)
        for offset, word in enumerate(("科目编码", "科目名称", "决算数")):
            sheet.put(1, at + offset, word)
        sheet.widths += [_CODE, _NAME, _FIGURE]
        sheet.numeric.add(at + 2)
        for number, row in enumerate(_aligned(rows, height), 2):
            if row is None:
                for offset in range(3):
                    sheet.put(number, at + offset, "")
                continue
            if row.level == 0:
                sheet.put(number, at, row.label, colspan=2)
            else:
                sheet.put(number, at, row.id)
                sheet.put(number, at + 1, row.label)
            _amount(sheet, books, style, (number, at + 2), row, "amount")
    return sheet


def _single(books: Books, data: StatementData, style: Style) -> _Sheet:
    """One row of figures below headers of several levels."""
    sheet = _Sheet()
    columns = data.plan.blocks[0].columns
    depth = _depth(columns)
    _header(sheet, columns, 0, depth)
    sheet.widths += [_FIGURE for _ in columns]
    sheet.numeric |= set(range(len(columns)))
    for offset, column in enumerate(columns):
        _amount(sheet, books, style, (depth, offset), data.rows[0], column.id, zero=True)
    return sheet
