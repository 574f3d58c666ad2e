"""A project's workbook: the official form on its first sheet, the steps of the cycle on the others."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from juesuan.cycle import sheets
from juesuan.performance.cycle import Cycle
from juesuan.performance.grid import Grid, GridCell, form_grid
from juesuan.performance.narrative import outline_for, topics
from juesuan.quantity import plain

__all__ = ["project_workbook"]

_NATURES = ["≥", "≤", "＝", "定性"]
_DIGITS = 15
"""A workbook keeps no more digits of a number."""
_UNIT_WIDTH = 9.5
_LINE, _LOWEST, _HIGHEST = 14, 20, 409
"""Heights in points: a line of text, the lowest row, and the highest a workbook may have."""
_NO_CLOCK = date(2000, 1, 1)
"""The same project makes the same bytes."""


def project_workbook(cycle: Cycle) -> bytes:
    """The workbook of one project."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_numbers": False})
    book.set_properties({"title": cycle.project.name, "created": _NO_CLOCK})
    _Writer(book).write(cycle)
    book.close()
    return target.getvalue()


class _Writer:
    """Writes the sheets with formats made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        base = {"font_name": "宋体", "font_size": 10, "border": 1, "text_wrap": True, "valign": "vcenter"}
        self.title = book.add_format(
            {"font_name": "宋体", "font_size": 16, "bold": True, "align": "center", "valign": "vcenter"}
        )
        self.label = book.add_format({**base, "align": "center", "bg_color": "#F2F2F2"})
        self.text = book.add_format({**base, "align": "left", "num_format": "@"})
        self.head = book.add_format({**base, "bold": True, "align": "center", "bg_color": "#DDEBF7"})
        self.mark = book.add_format({**base, "align": "right", "num_format": "@"})
        self._base = base
        self._numbers: dict[int, Format] = {}

    def number(self, decimals: int) -> Format:
        """The format that shows so many decimals."""
        if decimals not in self._numbers:
            shape = "0." + "0" * decimals if decimals else "0"
            self._numbers[decimals] = self.book.add_format({**self._base, "align": "right", "num_format": shape})
        return self._numbers[decimals]

    def write(self, cycle: Cycle) -> None:
        """All sheets, the form first."""
        self._form(form_grid(cycle.project), cycle)
        for name, rows in _tables(cycle):
            self._table(self.book.add_worksheet(name), name, rows)

    def _form(self, grid: Grid, cycle: Cycle) -> None:
        sheet = self.book.add_worksheet(sheets.FORM)
        sheet.merge_range(0, 0, 0, grid.columns - 1, grid.title, self.title)
        sheet.set_row(0, 30)
        for column, width in enumerate(grid.widths):
            sheet.set_column(column, column, width * _UNIT_WIDTH)
        for cell in grid.cells:
            self._cell(sheet, cell)
        for row, height in _heights(grid).items():
            sheet.set_row(row + 1, height)
        sheet.ignore_errors({"number_stored_as_text": f"A1:Z{grid.rows + 1}"})
        natures = [c for c in grid.cells if c.is_label and c.text == "指标性质"]
        for head in natures:
            first = head.row + 2
            last = first + max(len(cycle.project.indicators), 1) - 1
            rule = {
                "validate": "list",
                "source": _NATURES,
                "error_type": "warning",
                "error_message": "一般是 ≥、≤、＝ 或 定性",
            }
            sheet.data_validation(first, head.column, last, head.column, rule)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)

    def _cell(self, sheet: Worksheet, cell: GridCell) -> None:
        row, number = cell.row + 1, _number(cell)
        style = self.label if cell.is_label else self.mark if cell.is_number else self.text
        if number is not None:
            style = self.number(max(-int(number.as_tuple().exponent), 0))
        if cell.rowspan > 1 or cell.colspan > 1:
            sheet.merge_range(row, cell.column, row + cell.rowspan - 1, cell.column + cell.colspan - 1, "", style)
        if number is None:
            sheet.write_string(row, cell.column, cell.text, style)
        else:
            sheet.write_number(row, cell.column, number, style)

    def _table(self, sheet: Worksheet, name: str, rows: Iterable[Sequence[str]]) -> None:
        for column, (head, width) in enumerate(zip(sheets.HEADERS[name], sheets.WIDTHS[name], strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, head, self.head)
        for number, row in enumerate(rows, 1):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text, self.text)
        sheet.freeze_panes(1, 0)


def _heights(grid: Grid) -> dict[int, int]:
    """The height each row needs for its longest text, in points: merged cells do not grow by themselves."""
    lines: dict[int, int] = {}
    for cell in grid.cells:
        if cell.rowspan > 1:
            continue
        room = max(int(sum(grid.widths[cell.column : cell.column + cell.colspan]) * _UNIT_WIDTH) - 1, 2)
        wide = (sum(1 if char.isascii() else 2 for char in line) for line in cell.text.split("\n"))
        needed = sum(max(-(-columns // room), 1) for columns in wide)
        lines[cell.row] = max(lines.get(cell.row, 1), needed)
    return {row: min(max(_LOWEST, count * _LINE + 4), _HIGHEST) for row, count in lines.items()}


def _number(cell: GridCell) -> Decimal | None:
    """A cell's figure where a workbook keeps it exactly."""
    if not cell.is_number or not cell.text or cell.text.endswith("%"):
        return None
    try:
        value = Decimal(cell.text)
    except InvalidOperation:  # "/" in a cell for points
        return None
    return value if len(value.as_tuple().digits) <= _DIGITS else None


def _day(value: date | None) -> str:
    return value.isoformat() if value is not None else ""


def _figure(value: Decimal | None) -> str:
    return plain(value) if value is not None else ""


def _tables(cycle: Cycle) -> Iterable[tuple[str, list[Sequence[str]]]]:
    project = cycle.project
    curve = "，".join(f"{month}月 {plain(percent)}%" for month, percent in cycle.curve)
    yield (
        sheets.INFO,
        [
            (sheets.YEAR, str(project.year or "")),
            (sheets.CLASS, sheets.CLASSES.get(project.class_, "")),
            (sheets.EVALUATOR, project.evaluator.value),
            (sheets.WHOLE, sheets.WHOLE_DEPARTMENT if project.is_whole else sheets.ONE_PROJECT),
            (sheets.CURVE, curve),
        ],
    )
    yield sheets.ASSESSMENT, [(a.item, a.opinion, a.result) for a in cycle.assessment]
    yield (
        sheets.MONITORING,
        [
            (_day(o.day), o.indicator or sheets.EXECUTION, o.value, o.measure, _figure(o.taken_back))
            for o in cycle.observations
        ],
    )
    yield (
        sheets.EVALUATION,
        [(e.evaluator.value, _figure(e.score), e.grade, _day(e.day), e.opinion) for e in cycle.evaluations],
    )
    yield (
        sheets.FOLLOWUPS,
        [
            (f.problem, f.measure, f.who, _day(f.due), _day(f.done), sheets.YES if f.carried else "")
            for f in cycle.followups
        ],
    )
    yield sheets.EVIDENCE, list(cycle.evidence)
    yield sheets.REPORT, list(_report(cycle))


def _report(cycle: Cycle) -> Iterator[Sequence[str]]:
    """What was written for the report, and the topics still without words, each with what to write."""
    prompts = dict(topics(outline_for(cycle.project)))
    texts = dict(cycle.texts)
    for topic in dict.fromkeys((*prompts, *texts)):
        yield topic, texts.get(topic, ""), prompts.get(topic, "")
