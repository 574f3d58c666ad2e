"""The statutory tables as a workbook: one sheet each, amounts as numbers in 万元 that show two decimals."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from juesuan.compose.draft import Cell, Draft, TableBlock
from juesuan.quantity import WAN

__all__ = ["write_xlsx"]

_HEAD_ROWS = 3
_WIDTH = 13
_BAD_IN_NAMES = str.maketrans("", "", "[]:*?/\\“”\"'")
_LONGEST_NAME = 31
_FORM_WIDTH = 9.5
_LINE, _LOWEST, _HIGHEST = 14, 20, 409
"""Heights in points: a line of a form, its lowest row, and the highest a workbook may have."""
_DIGITS = 15
"""A workbook keeps no more digits of a number."""


def write_xlsx(report: Draft) -> bytes:
    """The tables of a report. Cells hold the exact amount and show it rounded, as the finance system's exports do."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"title": report.title, "author": report.entity})
        looks = _Looks(book)
        if report.contradictions:
            _notice(book.add_worksheet("草稿，不能公开"), report.contradictions, looks)
        for block in report.tables():
            words = block.sheet if block.is_form else f"{block.sheet} {block.title}"
            sheet = book.add_worksheet(words.translate(_BAD_IN_NAMES).strip()[:_LONGEST_NAME])
            if block.is_form:
                _form(sheet, block, looks)
            else:
                _sheet(sheet, block, report.year, looks)
    return buffer.getvalue()


class _Looks:
    """Formats by their use."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self._numbers: dict[tuple[int, bool], Format] = {}
        base = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
        self.title: Format = book.add_format(
            {**base, "font_name": "方正小标宋简体", "font_size": 18, "align": "center"}
        )
        self.left: Format = book.add_format({**base})
        self.right: Format = book.add_format({**base, "align": "right"})
        self.head: Format = book.add_format({**base, "border": 1, "align": "center", "text_wrap": True})
        self.text: Format = book.add_format({**base, "border": 1, "text_wrap": True})
        self.center: Format = book.add_format({**base, "border": 1, "align": "center"})
        self.amount: Format = book.add_format({**base, "border": 1, "align": "right", "num_format": "0.00"})
        self.mark: Format = book.add_format({**base, "border": 1, "align": "right"})
        self.disputed: Format = book.add_format(
            {**base, "border": 1, "align": "right", "num_format": "0.00", "bg_color": "#FFFF00"}
        )

    def number(self, decimals: int, *, disputed: bool) -> Format:
        """The format that shows so many decimals."""
        key = (decimals, disputed)
        if key not in self._numbers:
            shape = "0." + "0" * decimals if decimals else "0"
            look = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "border": 1, "align": "right"}
            color = {"bg_color": "#FFFF00"} if disputed else {}
            self._numbers[key] = self.book.add_format({**look, **color, "num_format": shape})
        return self._numbers[key]


def _notice(sheet: Worksheet, contradictions: Sequence[str], looks: _Looks) -> None:
    """What the books say against themselves, before the tables made of them."""
    sheet.set_column(0, 0, 110)
    sheet.write_string(0, 0, f"账册有 {len(contradictions)} 处互相矛盾，有关的数已标出：", looks.head)
    for row, line in enumerate(contradictions, 1):
        sheet.write_string(row, 0, f"{row}. {line}", looks.text)


def _sheet(sheet: Worksheet, block: TableBlock, year: int, looks: _Looks) -> None:
    last = block.columns - 1
    sheet.merge_range(0, 0, 0, last, block.title, looks.title)
    sheet.set_row(0, 30)
    sheet.write_string(1, 0, f"{year}年度", looks.left)
    sheet.write_string(1, last, f"{block.sheet}表" if block.sheet else "", looks.right)
    sheet.write_string(2, 0, block.entity_line, looks.left)
    sheet.write_string(2, last, block.unit_line, looks.right)
    mean = sum(block.widths) / len(block.widths)
    for column, width in enumerate(block.widths):
        sheet.set_column(column, column, max(6, round(_WIDTH * width / mean)))
    for cell in block.cells:
        _cell(sheet, block, cell, looks)
    if block.note:
        sheet.write_string(_HEAD_ROWS + block.rows, 0, block.note, looks.left)
    sheet.set_paper(9)
    if block.landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, _HEAD_ROWS + block.head - 1)
    sheet.freeze_panes(_HEAD_ROWS + block.head, 0)


def _form(sheet: Worksheet, block: TableBlock, looks: _Looks) -> None:
    """A table of an attachment: its cells below its title, figures as numbers."""
    sheet.merge_range(0, 0, 0, block.columns - 1, block.title, looks.title)
    sheet.set_row(0, 30)
    for column, width in enumerate(block.widths):
        sheet.set_column(column, column, width * _FORM_WIDTH)
    for cell in block.cells:
        _form_cell(sheet, cell, looks)
    for row, height in _heights(block).items():
        sheet.set_row(row + 1, height)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _form_cell(sheet: Worksheet, cell: Cell, looks: _Looks) -> None:
    row = cell.row + 1
    look = looks.head if cell.label else looks.mark if cell.align == "right" else looks.text
    number = _number(cell)
    if number is not None:
        look = looks.number(max(-int(number.as_tuple().exponent), 0), disputed=cell.todo)
    if cell.rowspan > 1 or cell.colspan > 1:
        last = (row + cell.rowspan - 1, cell.column + cell.colspan - 1)
        sheet.merge_range(row, cell.column, *last, "", look)
    if number is None:
        sheet.write_string(row, cell.column, cell.text, look)
    else:
        sheet.write_number(row, cell.column, number, look)


def _number(cell: Cell) -> Decimal | None:
    """A cell's figure, where it is one that a workbook keeps exactly; a rate stays words."""
    if cell.align != "right" or not cell.text or not cell.text[-1].isdecimal():
        return None
    value = Decimal(cell.text)
    return value if len(value.as_tuple().digits) <= _DIGITS else None


def _heights(block: TableBlock) -> dict[int, int]:
    """The height each row needs for its longest text, in points: merged cells do not grow by themselves."""
    lines: dict[int, int] = {}
    for cell in block.cells:
        if cell.rowspan == 1:
            room = max(int(sum(block.widths[cell.column : cell.column + cell.colspan]) * _FORM_WIDTH) - 1, 2)
            needed = sum(max(-(-len(line.encode("gbk", "replace")) // room), 1) for line in cell.text.split("\n"))
            lines[cell.row] = max(lines.get(cell.row, 1), needed)
    return {row: min(max(_LOWEST, count * _LINE + 4), _HIGHEST) for row, count in lines.items()}


def _cell(sheet: Worksheet, block: TableBlock, cell: Cell, looks: _Looks) -> None:
    row, column = _HEAD_ROWS + cell.row, cell.column
    look = looks.head if cell.row < block.head else looks.amount if column in block.numeric else looks.text
    if cell.figure is not None:
        sheet.write_number(row, column, cell.figure / WAN.factor, looks.disputed if cell.todo else looks.amount)
        return
    if cell.rowspan > 1 or cell.colspan > 1:
        sheet.merge_range(
            row,
            column,
            row + cell.rowspan - 1,
            column + cell.colspan - 1,
            cell.text,
            looks.center if cell.row >= block.head else look,
        )
    elif cell.text:
        sheet.write_string(row, column, cell.text, looks.center if cell.text in {"合计", "总计"} else look)
    else:
        sheet.write_blank(row, column, None, look)
