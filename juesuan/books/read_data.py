"""决算数据.xlsx read back: amounts by key and counts, each with its cell. The hidden line of marks tells columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from juesuan.books import agency, before
from juesuan.books.cells import Entry, Sheet, money, read_workbook, whole
from juesuan.books.figures import Cell, Key, Money, label_of
from juesuan.books.plan import Block, Column, StatementPlan
from juesuan.books.problems import Grade, Problem
from juesuan.catalog import load
from juesuan.taxonomy.statements import Keys

_MARK = re.compile(r"(\w+)\.(#?\w+)")
_CODE = re.compile(r"2\d{2}(?:\d{2}){0,2}")
_LINES_TO_SEARCH = 12


@dataclass(slots=True)
class DataReading:
    """What was read. `stored` holds the results of formulas, to be compared with what follows from the leaves."""

    typed: dict[Key, Money] = field(default_factory=dict)
    again: list[Money] = field(default_factory=list)
    stored: list[Money] = field(default_factory=list)
    counts: dict[str, tuple[int, Cell]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def take(self, key: Key, value: Decimal, entry: Entry) -> None:
        """A typed amount with its cell and note; the second one of a key is kept apart for the comparison."""
        cell = entry.cell
        found = Money(value, key, (cell,), note=entry.note)
        if key in self.typed:
            self.again.append(found)
            if self.typed[key].yuan == value:
                self.typed[key] = replace(self.typed[key], cells=(*self.typed[key].cells, cell))
        else:
            self.typed[key] = found


def read_data(path: Path, plans: Sequence[StatementPlan], year: int) -> DataReading:
    """Read the workbook. Raises BooksError where nothing can be read; whatever else is wrong is a problem."""
    reading = DataReading()
    sheets = {s.name.split()[0]: s for s in read_workbook(path)}
    for plan in plans:
        name = plan.sheet.split()[0]
        sheet = sheets.pop(name, None)
        if sheet is None:
            reading.problems.append(
                Problem(Grade.BAD, f"{path.name} 里没有“{plan.sheet}”这张表，请恢复它（用 juesuan new 生成的原样）。")
            )
        else:
            _Statement(reading, plan, sheet, year).read()
    for name, read in ((agency.SHEET, _agency), (before.SHEET, _before)):
        sheet = sheets.pop(name, None)
        if sheet is None:
            reading.problems.append(
                Problem(Grade.BAD, f"{path.name} 里没有“{name}”这张表，请恢复它（用 juesuan new 生成的原样）。")
            )
        else:
            read(reading, sheet)
    for name in sheets:
        if name not in {"说明", "科目"}:
            reading.problems.append(Problem(Grade.NOTE, f"{path.name} 的“{name}”不是账册的表，没有读。"))
    return reading


def _marks(sheet: Sheet) -> tuple[int, dict[int, tuple[str, str]]] | None:
    """The hidden line and what it says of each column."""
    for line in range(min(sheet.lines, _LINES_TO_SEARCH)):
        found = {c: (m[1], m[2]) for c in range(sheet.columns) if (m := _MARK.fullmatch(sheet.text(line, c)))}
        if found and any(mark.startswith("#") for _, mark in found.values()):
            return line, found
    return None


def _damaged(sheet: Sheet) -> Problem:
    message = f"“{sheet.name}”的列标记（隐藏的第4行）不见了，认不出各列；请从备份或 juesuan new 生成的原样恢复这一行。"
    return Problem(Grade.BAD, message)


class _Statement:
    def __init__(self, reading: DataReading, plan: StatementPlan, sheet: Sheet, year: int) -> None:
        self.reading, self.plan, self.sheet, self.year = reading, plan, sheet, year
        self.lines: dict[str, int] = {}

    def read(self) -> None:
        found = _marks(self.sheet)
        if found is None:
            self.reading.problems.append(_damaged(self.sheet))
            return
        line, marks = found
        for block, columns in self._blocks(marks):
            self.lines.clear()
            for at in range(line + 1, self.sheet.lines):
                self._row(block, columns, at)

    def _blocks(self, marks: dict[int, tuple[str, str]]) -> Iterable[tuple[Block, dict[str, int]]]:
        """Blocks with their columns: a key column after a figure column begins the next block of its side."""
        groups: list[tuple[str, dict[str, int]]] = []
        for column, (side, mark) in sorted(marks.items()):
            starts = mark in {"#id", "#code"} or not groups or groups[-1][0] != side
            if starts:
                groups.append((side, {}))
            groups[-1][1][mark] = column
        blocks = list(self.plan.blocks)
        for side, columns in groups:
            block = next((b for b in blocks if b.side == side), None)
            if block is None:
                continue
            blocks.remove(block)
            yield block, columns
        if blocks:
            self.reading.problems.append(_damaged(self.sheet))

    def _row(self, block: Block, columns: dict[str, int], at: int) -> None:
        row_id = self._key(block, columns, at)
        if row_id is None:
            return
        for column in block.columns:
            place = columns.get(column.id)
            entry = self.sheet.get(at, place) if place is not None else None
            if entry is not None:
                self._cell(block, row_id, column, entry)

    def _key(self, block: Block, columns: dict[str, int], at: int) -> str | None:
        """The row's account or id; None for header lines, empty lines and lines in error."""
        if block.keys is Keys.FUNCTION:
            return self._account(columns, at)
        mark = columns.get("#id", columns.get("#code", 0))
        text = self.sheet.text(at, mark)
        if block.keys is Keys.ECONOMIC and not text:
            name = self.sheet.text(at, columns.get("#name", mark + 1))
            return next((r.id for r in block.rows if not r.code and r.label == name), None)
        return text if any(r.id == text for r in block.rows) else None

    def _account(self, columns: dict[str, int], at: int) -> str | None:
        place = columns.get("#code", 0)
        code, name = self.sheet.text(at, place), self.sheet.text(at, columns.get("#name", place + 1))
        if not code:
            if name == "合计":
                return "total"
            filled = [
                e
                for c in columns.values()
                if (e := self.sheet.get(at, c)) and e.formula is None and isinstance(e.value, Decimal)
            ]
            if filled:
                cell = filled[0].cell
                self._bad(cell, f"{cell} 有金额，这一行却没有科目编码，请在 A 列填7位编码")
            return None
        if code == "科目编码":
            return None
        cell = self._cell_at(at, place)
        if not _CODE.fullmatch(code):
            self._bad(cell, f"{cell} 的科目编码“{code}”不对，应是以2开头的3、5或7位数字")
            return None
        if code in self.lines:
            self._bad(cell, f"{cell} 的科目 {code} 重复，第 {self.lines[code] + 1} 行已有，请合并成一行")
            return None
        self.lines[code] = at
        self._known(code, name, cell)
        return code

    def _known(self, code: str, name: str, cell: Cell) -> None:
        account = load().by_code(code, self.year)
        if account is None:
            message = f"{cell} 的科目 {code} 不在收支分类科目里，请核对编码；确实是新科目时写上名称即可"
            self.reading.problems.append(
                Problem(Grade.CONTRADICTION if not name else Grade.NOTE, f"{message}。", (cell,))
            )
        elif not account.valid_in(self.year):
            message = f"{cell} 的科目 {code} {account.name} 在{self.year}年已不使用，请核对"
            self.reading.problems.append(Problem(Grade.NOTE, f"{message}。", (cell,)))
        elif name and name != account.name:
            message = f"{cell} 的科目 {code} 写作“{name}”，{self.year}年目录是“{account.name}”，请核对"
            self.reading.problems.append(Problem(Grade.NOTE, f"{message}。", (cell,)))
        self.reading.names.setdefault(code, name or (account.name if account else code))

    def _cell(self, block: Block, row_id: str, column: Column, entry: Entry) -> None:
        key = self.plan.key(block, row_id, column)
        if key is None:
            return
        if entry.formula is not None and _computed(entry.formula):
            if isinstance(entry.value, Decimal):
                self.reading.stored.append(Money(money(entry, []) or Decimal(0), key, (entry.cell,)))
            return
        value = money(entry, self.reading.problems)
        if value is not None:
            self.reading.take(key, value, entry)

    def _cell_at(self, at: int, column: int) -> Cell:
        entry = self.sheet.get(at, column)
        return entry.cell if entry else Cell("", self.sheet.name, f"第{at + 1}行")

    def _bad(self, cell: Cell, message: str) -> None:
        self.reading.problems.append(Problem(Grade.BAD, f"{message}。", (cell,)))


def _computed(formula: str) -> bool:
    """Whether a formula refers to other cells. One that only counts, =1200*12, is a leaf in other words."""
    return bool(re.search(r"[A-Za-z]{1,3}\$?\d|\(", formula))


def _agency(reading: DataReading, sheet: Sheet) -> None:
    found = _marks(sheet)
    if found is None:
        reading.problems.append(_damaged(sheet))
        return
    line, marks = found
    columns = {mark: c for c, (_, mark) in marks.items()}
    for at in range(line + 1, sheet.lines):
        known = agency.BY_ID.get(sheet.text(at, columns.get("#id", 0)))
        entry = sheet.get(at, columns.get("value", 3))
        if known is None or entry is None:
            continue
        if known.concept:
            value = money(entry, reading.problems)
            if value is not None:
                reading.take(agency.key_of_line(known), value, entry)
        else:
            count = whole(entry, reading.problems)
            if count is not None:
                reading.counts[known.id] = (count, entry.cell)


def _before(reading: DataReading, sheet: Sheet) -> None:
    found = _marks(sheet)
    if found is None:
        reading.problems.append(_damaged(sheet))
        return
    line, marks = found
    columns = {mark: c for c, (_, mark) in marks.items()}
    for at in range(line + 2, sheet.lines):
        label, code = sheet.text(at, columns.get("#matter", 0)), sheet.text(at, columns.get("#code", 1))
        entries = [(c, e) for c in before.COLUMNS if (e := sheet.get(at, columns.get(c[0], -1))) and not e.is_blank]
        if not entries:
            continue
        matter = before.BY_LABEL.get(label)
        if matter is None:
            cell = entries[0][1].cell
            reading.problems.append(
                Problem(Grade.BAD, f"{cell} 所在行的指标“{label}”不认得，请从下拉列表里选。", (cell,))
            )
            continue
        if code and code not in reading.names:
            account = load().by_code(code)
            reading.names[code] = sheet.text(at, columns.get("#name", 2)) or (account.name if account else code)
        for (_, _, stage, back), entry in entries:
            value = money(entry, reading.problems)
            if value is not None:
                _take_once(reading, matter.key(code or None, stage, back), value, entry)


def _take_once(reading: DataReading, key: Key, value: Decimal, entry: Entry) -> None:
    cell = entry.cell
    before_it = reading.typed.get(key)
    if before_it is not None and before_it.cells[0].sheet == cell.sheet:
        message = f"{cell} 与 {before_it.cells[0]} 重复（{label_of(key, reading.names)}），请只留一处。"
        reading.problems.append(Problem(Grade.BAD, message, (cell, before_it.cells[0])))
        return
    reading.take(key, value, entry)
