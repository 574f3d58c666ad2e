"""Workbooks (xlsx, xls, xlsb, ods, et): each sheet is a heading and one table.

`Cell.stored` is the value behind the text. In xlsx the text is what the cell's number format shows;
the other formats do not tell it, there the text is the stored value.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from lxml import etree
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from juesuan.document.limits import DEFAULT_LIMITS, Limits
from juesuan.document.model import Block, Cell, Document, Paragraph, Problem, Table
from juesuan.document.ods_scan import check_ods
from juesuan.document.sniff import ZIP_ERRORS, sniff
from juesuan.document.xls_scan import check_xls
from juesuan.document.xlsb_scan import check_xlsb
from juesuan.document.xlsx_format import stored_text
from juesuan.document.xlsx_scan import SheetScan, check_extent, clean_container, scan_workbook
from juesuan.errors import DamagedDocumentError, EncryptedDocumentError, LimitError

__all__ = ["read_workbook"]

Value = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta
Grid = Sequence[Sequence[Value]]

_NOT_READ = (
    (re.compile(r"xl/charts/chart[^/]*\.xml"), "个图表", True),
    (re.compile(r"xl/media/[^/]+"), "张图片", True),
    (re.compile(r"xl/(?:comments|threadedComments/)[^/]*\.xml"), "个工作表的批注", False),
)


def read_workbook(path: Path, data: bytes, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read all sheets of a workbook, hidden ones too (told in `problems`, `Table.hidden`).

    Raises DamagedDocumentError, EncryptedDocumentError, LimitError.
    """
    kind = sniff(path, data, limits)
    problems: list[Problem] = []
    try:
        content, scans = _prepare(path, data, kind, limits)
        workbook = load_workbook(io.BytesIO(content))
        if len(workbook.sheet_names) > limits.sheets:
            message = f"文件“{path}”有 {len(workbook.sheet_names)} 个工作表，超过上限 {limits.sheets}，请拆分后重试。"
            raise LimitError(message)
        maker = _Maker(path, limits, scans)
        for metadata in workbook.sheets_metadata:
            maker.sheet(workbook, metadata)
        if kind == "xlsx":
            problems += _not_read(data)
    except PasswordError as error:
        message = f"文件“{path}”设有密码，无法读取，请取消密码后另存一份再检查。"
        raise EncryptedDocumentError(message) from error
    except (CalamineError, etree.XMLSyntaxError, KeyError, *ZIP_ERRORS) as error:
        message = f"文件“{path}”已损坏，工作表读不出来，请用 Excel 或 WPS 打开后另存一份再检查。"
        raise DamagedDocumentError(message) from error
    return Document(
        path=str(path),
        format=kind,
        blocks=tuple(maker.blocks),
        sha256=hashlib.sha256(data).hexdigest(),
        problems=(*maker.problems, *problems),
        info=maker.info,
    )


def _prepare(path: Path, data: bytes, kind: str, limits: Limits) -> tuple[bytes, dict[str, SheetScan]]:
    """Look over the file before the value reader lays its sheets out in memory."""
    if kind == "xls":
        check_xls(path, data, limits)
        return data, {}
    content = clean_container(data)
    if kind == "xlsx":
        return content, scan_workbook(path, content, limits)
    if kind == "xlsb":
        check_xlsb(path, content, limits)
    else:
        check_ods(path, content, limits)
    return content, {}


def _not_read(data: bytes) -> Iterator[Problem]:
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        names = container.namelist()
    for pattern, what, lost in _NOT_READ:
        count = sum(1 for name in names if pattern.fullmatch(name))
        if count:
            yield Problem(f"工作簿里有 {count} {what}没有读取，请人工核对。", lost=lost)


@dataclass(frozen=True, slots=True)
class _Area:
    """The used area of a sheet: first and last row and column, counted from 0 in the sheet."""

    top: int
    left: int
    bottom: int
    right: int


class _Maker:
    """Turns sheets into blocks one after the other."""

    def __init__(self, path: Path, limits: Limits, scans: dict[str, SheetScan]) -> None:
        self.path = path
        self.limits = limits
        self.scans = scans
        self.blocks: list[Block] = []
        self.problems: list[Problem] = []
        self.info: dict[str, str] = {}
        self.cells = 0

    def sheet(self, workbook: CalamineWorkbook, metadata: SheetMetadata) -> None:
        name = metadata.name
        if metadata.typ != SheetTypeEnum.WorkSheet:
            self.problems.append(Problem(f"工作表“{name}”不是普通表格（图表或宏），没有读取，请人工核对。", lost=True))
            return
        sheet = workbook.get_sheet_by_name(name)
        scan = self.scans.get(name, SheetScan())
        grid, top, left = self._grid(sheet, scan)
        area = _used_area(grid)
        if area is None:
            return
        hidden = metadata.visible != SheetVisibleEnum.Visible
        self.blocks.append(Paragraph(id=len(self.blocks), text=name, heading=1))
        table = Table(
            id=len(self.blocks),
            cells=tuple(_cells(grid, area, _merged(sheet, area, top, left), scan, (top, left))),
            rows=area.bottom - area.top + 1,
            columns=area.right - area.left + 1,
            sheet=name,
            hidden=hidden,
        )
        self.blocks.append(table)
        self.info[f"origin:{table.id}"] = f"{_letters(left + area.left)}{top + area.top + 1}"
        self._tell(name, scan, table.id, hidden=hidden)

    def _grid(self, sheet: CalamineSheet, scan: SheetScan) -> tuple[Grid, int, int]:
        """The values from the first used cell on, and where that cell stands."""
        self.cells += sheet.height * sheet.width
        check_extent(self.path, sheet.height, sheet.width, self.limits)
        if self.cells > self.limits.table_cells:
            message = f"文件“{self.path}”的单元格超过上限 {self.limits.table_cells}，请拆分后分别检查。"
            raise LimitError(message)
        top, left = sheet.start or (0, 0)
        grid = [list(row) for row in sheet.to_python(skip_empty_area=True)]
        for (row, column), text in scan.errors.items():
            if 0 <= row - top < len(grid) and 0 <= column - left < len(grid[row - top]):
                grid[row - top][column - left] = text
        return grid, top, left

    def _tell(self, name: str, scan: SheetScan, block: int, *, hidden: bool) -> None:
        told: list[tuple[str, bool]] = []
        if hidden:
            told.append((f"工作表“{name}”是隐藏的，已一并读取，请确认是否应当公开。", False))
        if scan.hidden_rows or scan.hidden_columns:
            told.append((f"工作表“{name}”里有隐藏的行或列，已一并读取，请确认是否应当公开。", False))
        if scan.unsolved:
            told.append((f"工作表“{name}”有 {scan.unsolved} 个公式没有结果，请用 Excel 打开并保存一次后重试。", True))
        if scan.errors:
            first = next(iter(scan.errors.values()))
            told.append(
                (f"工作表“{name}”有 {len(scan.errors)} 个单元格是公式错误（如 {first}），请改正后重试。", False)
            )
        self.problems += [Problem(text, block=block, lost=lost) for text, lost in told]


def _used_area(grid: Grid) -> _Area | None:
    """The smallest area with all cells that hold anything, within the grid."""
    rows = [number for number, row in enumerate(grid) if any(_filled(value) for value in row)]
    if not rows:
        return None
    spans = [[n for n, value in enumerate(grid[number]) if _filled(value)] for number in rows]
    return _Area(rows[0], min(span[0] for span in spans), rows[-1], max(span[-1] for span in spans))


def _filled(value: Value) -> bool:
    return bool(value.strip()) if isinstance(value, str) else True


def _merged(sheet: CalamineSheet, area: _Area, top: int, left: int) -> dict[tuple[int, int], tuple[int, int]]:
    """Upper left corners of merged cells in the grid with their height and width, cut to the used area."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for (first_row, first_column), (last_row, last_column) in sheet.merged_cell_ranges or ():
        row, column = first_row - top, first_column - left
        if area.top <= row <= area.bottom and area.left <= column <= area.right:
            height = min(last_row - top, area.bottom) - row + 1
            width = min(last_column - left, area.right) - column + 1
            if height > 0 and width > 0:
                found[row, column] = (height, width)
    return found


def _cells(
    grid: Grid,
    area: _Area,
    merged: dict[tuple[int, int], tuple[int, int]],
    scan: SheetScan,
    start: tuple[int, int],
) -> Iterator[Cell]:
    covered: set[tuple[int, int]] = set()
    for row in range(area.top, area.bottom + 1):
        values = grid[row]
        for column in range(area.left, area.right + 1):
            if (row, column) in covered:
                continue
            height, width = merged.get((row, column), (1, 1))
            if height * width > 1:
                covered.update((r, c) for r in range(row, row + height) for c in range(column, column + width))
            value = values[column] if column < len(values) else ""
            text, stored = _shown(value, scan, (row + start[0], column + start[1]))
            yield Cell(
                row=row - area.top,
                column=column - area.left,
                text=text,
                rowspan=height,
                colspan=width,
                stored=stored,
            )


def _shown(value: Value, scan: SheetScan, at: tuple[int, int]) -> tuple[str, str | None]:
    """The displayed text and the stored decimal string of a value."""
    if isinstance(value, str):
        return value, None
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), None
    if isinstance(value, int | float):
        stored = stored_text(value)
        if scan.zeros_hidden and stored == "0":
            return "", stored
        style = scan.formats.get(at)
        return (style.show(Decimal(stored)) if style else stored), stored
    return _moment(value), None


def _moment(value: dt.time | dt.date | dt.timedelta) -> str:
    """A date or time in ISO form; a date at midnight is a date."""
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    return str(value) if isinstance(value, dt.timedelta) else value.isoformat()


def _letters(column: int) -> str:
    """The letters a spreadsheet gives a column (0 is A)."""
    text = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text
