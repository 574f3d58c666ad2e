"""决算数据.xlsx written: a sheet for each statement in its layout, 机构运行信息, and 上年与预算."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from juesuan.books import agency, before
from juesuan.books.derive import ITEM_LENGTH, Resolver
from juesuan.books.figures import Key, Money
from juesuan.books.formulas import Formulas
from juesuan.books.place_cells import MARK_ROW, PlacedBlock, PlacedSheet, place
from juesuan.books.plan import Column, PlanRow, StatementPlan, plan_of
from juesuan.catalog import Level, load
from juesuan.taxonomy.statements import Keys

FILE = "决算数据.xlsx"
_LIMIT = 10**15
_GUIDE = (
    "黄色格子填数，单位：元，可带角分；灰色格子是公式，自动算出，不用填。",
    "科目编码填到项（7位）；类、款合计不必填。没有数的格子留空。",
    "第4行是程序用的列标记，已隐藏，请勿删除；可以插入、删除行，可以调整列宽。",
)


@dataclass(frozen=True, slots=True)
class DataDraft:
    """What goes into the workbook: amounts typed by key, counts by id, and names of accounts."""

    entity: str
    entity_kind: str
    year: int
    profile: str
    typed: Mapping[Key, Money] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    has_running_cost: bool = True


@dataclass(frozen=True, slots=True)
class _Pens:
    title: Format
    plain: Format
    right: Format
    head: Format
    text: Format
    code: Format
    leaf: Format
    total: Format
    empty: Format
    count: Format
    mark: Format


def data_workbook(draft: DataDraft) -> bytes:
    """The workbook's bytes; the same for the same draft, as no clock is read."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties(
        {"title": f"{draft.entity}{draft.year}年度决算数据", "created": datetime(draft.year, 12, 31, tzinfo=UTC)}
    )
    writer = _Writer(draft, book)
    writer.write()
    book.close()
    return buffer.getvalue()


def _pens(book: Workbook) -> _Pens:
    edge = {"border": 1, "font_name": "宋体", "font_size": 10, "valign": "vcenter"}
    money = {**edge, "num_format": "#,##0.00"}
    return _Pens(
        title=book.add_format({"bold": True, "font_size": 16, "align": "center", "font_name": "宋体"}),
        plain=book.add_format({"font_name": "宋体", "font_size": 10}),
        right=book.add_format({"font_name": "宋体", "font_size": 10, "align": "right"}),
        head=book.add_format({**edge, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#DDEBF7"}),
        text=book.add_format({**edge, "num_format": "@"}),
        code=book.add_format({**edge, "num_format": "@", "bg_color": "#FFF9E5"}),
        leaf=book.add_format({**money, "bg_color": "#FFF9E5", "locked": False}),
        total=book.add_format({**money, "bg_color": "#EDEDED"}),
        empty=book.add_format({**money, "num_format": "#,##0.00;-#,##0.00;", "bg_color": "#EDEDED"}),
        count=book.add_format({**edge, "num_format": "#,##0.##", "bg_color": "#FFF9E5", "locked": False}),
        mark=book.add_format({"font_size": 6, "font_color": "#999999"}),
    )


class _Writer:
    def __init__(self, draft: DataDraft, book: Workbook) -> None:
        self.draft = draft
        self.book = book
        self.pens = _pens(book)
        self.resolver = Resolver(draft.typed, has_running_cost=draft.has_running_cost)
        plans = plan_of(draft.profile, draft.year)
        self.layout = place(plans, {p.id: self._accounts(p) for p in plans})
        self.formulas = Formulas(self.layout)

    def write(self) -> None:
        self._guide()
        for sheet in self.layout.sheets:
            self._statement(sheet)
        self._agency()
        self._before()

    # -- account rows a statement begins with

    def _accounts(self, plan: StatementPlan) -> Iterable[PlanRow]:
        block = plan.blocks[0]
        if block.keys is not Keys.FUNCTION:
            return ()
        keys = [k for c in block.columns if (k := plan.key(block, "total", c))]
        items = sorted({a for k in keys for a in self.resolver.accounts(k) if self.resolver.get(k.at(a)) is not None})
        codes = sorted({a[:n] for a in items for n in (3, 5, ITEM_LENGTH) if len(a) == ITEM_LENGTH})
        return [PlanRow(c, self._name(c), {3: 1, 5: 2}.get(len(c), 3), c) for c in codes]

    def _name(self, code: str) -> str:
        account = load().by_code(code, self.draft.year)
        return self.draft.names.get(code) or (account.name if account else "")

    # -- sheets

    def _guide(self) -> None:
        sheet = self.book.add_worksheet("说明")
        sheet.set_column(0, 0, 90)
        sheet.write_string(0, 0, f"{self.draft.entity}{self.draft.year}年度决算数据", self.pens.title)
        for number, line in enumerate(_GUIDE, 2):
            sheet.write_string(number, 0, line, self.pens.plain)
        codes = self.book.add_worksheet("科目")
        codes.hide()
        used = [a for a in load() if a.kind == "functional" and a.level is Level.ITEM and a.valid_in(self.draft.year)]
        for number, account in enumerate(used):
            codes.write_string(number, 0, account.code)
            codes.write_string(number, 1, load().named(account, self.draft.year).name)
        self.codes = len(used)

    def _statement(self, placed: PlacedSheet) -> None:
        sheet = self.book.add_worksheet(placed.name)
        last = placed.blocks[-1].end - 1
        self._top(sheet, placed.plan.title, last, int(placed.blocks[0].keys[0] == "#id"))
        for block in placed.blocks:
            for offset in range(block.end - block.first):
                sheet.write_string(MARK_ROW, block.first + offset, block.mark(offset), self.pens.mark)
            self._header(sheet, placed, block)
            self._body(sheet, placed, block)
        sheet.set_row(MARK_ROW, None, None, {"hidden": True})
        sheet.freeze_panes(placed.top, placed.blocks[0].first + len(placed.blocks[0].keys))
        sheet.repeat_rows(0, placed.top - 1)
        _print_setup(sheet, wide=last > 12)

    def _top(self, sheet: Worksheet, title: str, last: int, first: int = 0) -> None:
        """Title, unit, year and measure; `first` is the first column that is not hidden."""
        sheet.merge_range(0, first, 0, max(last, first + 1), title, self.pens.title)
        sheet.write_string(1, first, f"{self.draft.entity_kind}：{self.draft.entity}", self.pens.plain)
        sheet.write_string(2, first, f"{self.draft.year}年度", self.pens.plain)
        sheet.write_string(2, max(last, 1), "金额单位：元", self.pens.right)

    def _header(self, sheet: Worksheet, placed: PlacedSheet, block: PlacedBlock) -> None:
        first, top = block.first, MARK_ROW + 1
        if len(placed.blocks) > 1:
            _merge(sheet, (top, first, top, block.end - 1), block.block.title, self.pens.head)
            top += 1
        for line in range(top, placed.top):
            sheet.set_row(line, 30)
        names = {"#code": "科目编码", "#name": "科目名称", "#id": "行"}
        if block.block.keys is Keys.LABELS:
            names["#name"] = "项目"
        for offset, mark in enumerate(block.keys):
            _merge(sheet, (top, first + offset, placed.top - 1, first + offset), names[mark], self.pens.head)
            width = 10 if mark == "#code" else 34
            sheet.set_column(first + offset, first + offset, width, None, {"hidden": mark == "#id"})
        columns = block.block.columns
        sheet.set_column(first + len(block.keys), block.end - 1, 16)
        for depth, cells in enumerate(_header_lines([c.header for c in columns], placed.top - top)):
            for start, end, below, text in cells:
                area = (
                    top + depth,
                    first + len(block.keys) + start,
                    top + depth + below,
                    first + len(block.keys) + end,
                )
                _merge(sheet, area, text, self.pens.head)

    def _body(self, sheet: Worksheet, placed: PlacedSheet, block: PlacedBlock) -> None:
        for index, row in enumerate(block.rows):
            at = block.top + index
            self._key_cells(sheet, block, at, row)
            for column in block.block.columns:
                self._cell(sheet, placed, block, index, column)
        if block.block.keys is Keys.FUNCTION:
            lowest = block.bottom
            sheet.data_validation(
                block.top + 1, block.first, lowest, block.first,
                {"validate": "custom", "value": _code_rule(block.top + 2, block.first), "error_title": "科目编码不对",
                 "error_message": "科目编码是3、5或7位数字，以2开头，按文字填写，例如 2012801。"},
            )  # fmt: skip
        figures = block.first + len(block.keys)
        sheet.data_validation(block.top, figures, block.bottom, block.end - 1, _MONEY_RULE)

    def _key_cells(self, sheet: Worksheet, block: PlacedBlock, at: int, row: PlanRow | None) -> None:
        for offset, mark in enumerate(block.keys):
            column = block.first + offset
            if row is None:
                if mark == "#name":
                    name = f'=IF($A{at + 1}="","",IFERROR(VLOOKUP($A{at + 1},科目!$A$1:$B${self.codes},2,FALSE),""))'
                    sheet.write_formula(at, column, name, self.pens.text, "")
                else:
                    sheet.write_blank(at, column, None, self.pens.code)
            elif mark == "#name":
                sheet.write_string(at, column, "　" * max(row.level - 1, 0) + row.label, self.pens.text)
            else:
                shown = row.id if mark == "#id" else row.code or ""
                sheet.write_string(at, column, shown, self.pens.text)

    def _cell(self, sheet: Worksheet, placed: PlacedSheet, block: PlacedBlock, index: int, column: Column) -> None:
        row = block.rows[index]
        at, where = block.top + index, block.column(column)
        formula = self.formulas.of(placed, block, index, column)
        key = placed.plan.key(block.block, row.id, column) if row else None
        typed = self.draft.typed.get(key) if key else None
        known = self.resolver.get(key) if key else None
        follows = self._follows(key) if key else None
        if formula and (typed is None or (follows is not None and typed.yuan == follows)):
            shown = known.yuan if known else 0
            sheet.write_formula(
                at, where, formula, self.pens.total if row and not row.level else self.pens.empty, shown
            )
        elif typed is not None:
            _number(sheet, at, where, typed.yuan, self.pens.leaf)
        else:
            sheet.write_blank(at, where, None, self.pens.leaf)
        if typed is not None and typed.note:
            sheet.write_comment(at, where, typed.note)

    def _follows(self, key: Key) -> Decimal | None:
        """What a cell's formula gives, whatever was typed over it; None where nothing is known of its parts."""
        for way in self.resolver.ways(key):
            found = self.resolver.compute(key, way)
            if found is not None and found.parts:
                return found.yuan
        return None

    # -- the two sheets besides the statements

    def _agency(self) -> None:
        sheet = self.book.add_worksheet(agency.SHEET)
        self._top(sheet, "机构运行信息表", 3, 1)
        self._list_header(sheet, ("#id", "#name", "#measure", "value"), ("行", "项目", "计量单位", "数值"))
        sheet.set_column(0, 0, 4, None, {"hidden": True})
        for at, line in enumerate(agency.LINES, MARK_ROW + 2):
            sheet.write_string(at, 0, line.id)
            sheet.write_string(at, 1, line.label, self.pens.text)
            sheet.write_string(at, 2, line.measure, self.pens.text)
            pen = self.pens.leaf if line.concept else self.pens.count
            money = self.draft.typed.get(agency.key_of_line(line)) if line.concept else None
            value = (
                money.yuan if money else Decimal(self.draft.counts[line.id]) if line.id in self.draft.counts else None
            )
            if value is None:
                sheet.write_blank(at, 3, None, pen)
            else:
                _number(sheet, at, 3, value, pen)
            rule = _MONEY_RULE if line.concept else _COUNT_RULE
            sheet.data_validation(at, 3, at, 3, rule)
        sheet.write_comment(MARK_ROW + 1, 3, "可以不填：台账.xlsx 里有登记的，自动取台账合计；两边都填时核对是否一致。")
        _print_setup(sheet)

    def _before(self) -> None:
        sheet = self.book.add_worksheet(before.SHEET)
        self._top(sheet, "上年决算数与本年预算数", 5)
        marks = ("#matter", "#code", "#name", *(c[0] for c in before.COLUMNS))
        self._list_header(sheet, marks, ("指标", "科目编码", "科目名称", *(c[1] for c in before.COLUMNS)))
        at = MARK_ROW + 2
        for matter in before.MATTERS:
            for code in (None, *self._codes_of(matter)):
                sheet.write_string(at, 0, matter.label, self.pens.text)
                sheet.write_string(at, 1, code or "", self.pens.code)
                sheet.write_string(at, 2, self._name(code) if code else "", self.pens.text)
                for offset, (_, _, stage, back) in enumerate(before.COLUMNS, 3):
                    money = self.draft.typed.get(matter.key(code, stage, back))
                    if money is None:
                        sheet.write_blank(at, offset, None, self.pens.leaf)
                    else:
                        _number(sheet, at, offset, money.yuan, self.pens.leaf)
                        if money.note:
                            sheet.write_comment(at, offset, money.note)
                at += 1
        end = at + RESERVED
        for line in range(at, end):
            for column in range(6):
                sheet.write_blank(line, column, None, self.pens.leaf if column > 2 else self.pens.code)
        labels = f"=$A${MARK_ROW + 3}:$A${at}"
        sheet.data_validation(at, 0, end, 0, {"validate": "list", "source": labels})
        sheet.data_validation(MARK_ROW + 2, 3, end, 5, _MONEY_RULE)
        sheet.write_comment(MARK_ROW + 1, 1, "指标后面带科目编码的是分项数；增加科目时另起一行，重复写指标名称。")
        _print_setup(sheet)

    def _codes_of(self, matter: before.Matter) -> list[str]:
        periods = {(stage, back) for _, _, stage, back in before.COLUMNS}
        keys = (k for k in self.draft.typed if (k.stage, k.back) in periods and before.matter_of(k) is matter)
        found = {key.account or key.economic for key in keys}
        return sorted(c for c in found if c)

    def _list_header(self, sheet: Worksheet, marks: Sequence[str], words: Sequence[str]) -> None:
        for column, (mark, word) in enumerate(zip(marks, words, strict=True)):
            sheet.write_string(MARK_ROW, column, f"list.{mark}", self.pens.mark)
            sheet.write_string(MARK_ROW + 1, column, word, self.pens.head)
            sheet.set_column(column, column, 44 if mark in {"#matter", "#name"} else 18)
        sheet.set_row(MARK_ROW, None, None, {"hidden": True})
        sheet.freeze_panes(MARK_ROW + 2, 0)


RESERVED = 20
_MONEY_RULE = {
    "validate": "decimal", "criteria": "between", "minimum": -_LIMIT, "maximum": _LIMIT,
    "error_title": "要填数字", "error_message": "这里填金额，单位元，只能是数字；没有数就留空。",
}  # fmt: skip
_COUNT_RULE = {
    "validate": "integer", "criteria": ">=", "value": 0,
    "error_title": "要填整数", "error_message": "这里填数量，只能是0或正整数；没有就留空。",
}  # fmt: skip


def _code_rule(line: int, column: int) -> str:
    cell = f"{chr(65 + column)}{line}"
    return f'=AND(ISNUMBER(--{cell}),OR(LEN({cell})=3,LEN({cell})=5,LEN({cell})=7),LEFT({cell},1)="2")'


def _number(sheet: Worksheet, at: int, column: int, value: Decimal, pen: Format) -> None:
    """A cell's number. The file format holds binary floats; 15 digits of 元 and 分 survive it exactly."""
    sheet.write_number(at, column, value, pen)


def _merge(sheet: Worksheet, area: tuple[int, int, int, int], text: str, pen: Format) -> None:
    if area[0] == area[2] and area[1] == area[3]:
        sheet.write_string(area[0], area[1], text, pen)
    else:
        sheet.merge_range(*area, text, pen)


def _header_lines(headers: Sequence[tuple[str, ...]], depth: int) -> list[list[tuple[int, int, int, str]]]:
    """For each line of a header: (first column, last column, lines below, words); equal words above others are one."""
    lines: list[list[tuple[int, int, int, str]]] = [[] for _ in range(depth)]
    for level in range(depth):
        start = 0
        while start < len(headers):
            header = headers[start]
            if level >= len(header):
                start += 1
                continue
            end = start
            is_last = level == len(header) - 1
            while not is_last and end + 1 < len(headers) and _same(headers[end + 1], header, level):
                end += 1
            lines[level].append((start, end, depth - level - 1 if is_last else 0, header[level]))
            start = end + 1
    return lines


def _same(other: tuple[str, ...], header: tuple[str, ...], level: int) -> bool:
    return len(other) > level + 1 and other[: level + 1] == header[: level + 1]


def _print_setup(sheet: Worksheet, *, wide: bool = False) -> None:
    sheet.set_paper(8 if wide else 9)  # A3, A4
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.5, 0.5, 0.6, 0.6)
    sheet.set_footer("&C第 &P 页，共 &N 页")
