"""Workbooks (xlsx, xls, xlsb, ods, et): each sheet is a heading and one table, or the text that stands in one column.

`Cell.stored` is the value behind the text. In xlsx the text is what the cell's number format shows;
from the other formats only the values are read, there the text is the stored value.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import sys
import zipfile
from collections.abc import Iterator
from decimal import InvalidOperation
from pathlib import Path
from typing import Any

from juesuan.document.child import run_child
from juesuan.document.limits import DEFAULT_LIMITS, Limits
from juesuan.document.model import Block, Cell, Document, Paragraph, Problem, Table
from juesuan.document.sheets import Area, Sheet
from juesuan.document.sniff import ZIP_ERRORS, sniff
from juesuan.document.xlsx_format import stored_text
from juesuan.document.xlsx_read import read_xlsx_sheets
from juesuan.document.xlsx_xml import BROKEN
from juesuan.errors import DamagedDocumentError, EncryptedDocumentError, LimitError, UnreadableError

__all__ = ["read_workbook"]

_NOT_READ = (
    (re.compile(r"xl/charts/chart[^/]*\.xml"), "个图表", True),
    (re.compile(r"xl/media/[^/]+"), "张图片", False),
    (re.compile(r"xl/(?:comments|threadedComments/)[^/]*\.xml"), "个工作表的批注", False),
)
_TITLE_LENGTH = 40
_NO_TITLE = re.compile(r"[。；：:\n]|^(?:[（(]?[一二三四五六七八九十\d]+[）)、.．])")
_CHILD = Path(__file__).with_name("calamine_child.py")


def read_workbook(path: Path, data: bytes, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read all sheets of a workbook, hidden ones too (told in `problems`, `Table.hidden`).

    `Document.info["origin:N"]` names the sheet's cell ("B2") where the table of block N begins, or where the
    paragraph of block N stands.
    Raises DamagedDocumentError, EncryptedDocumentError, LimitError.
    """
    kind = sniff(path, data, limits)
    problems: list[Problem] = []
    if kind == "xlsx":
        try:
            sheets = read_xlsx_sheets(path, data, limits)
            problems += _not_read(data)
        except (*BROKEN, *ZIP_ERRORS) as error:
            raise _damaged(path) from error
    else:
        sheets = _sheets_by_child(path, data, limits)
    maker = _Maker(path, limits)
    for sheet in sheets:
        maker.add(sheet)
    return Document(
        path=str(path),
        format=kind,
        blocks=tuple(maker.blocks),
        sha256=hashlib.sha256(data).hexdigest(),
        problems=(*maker.problems, *problems),
        info=maker.info,
    )


def _damaged(path: Path) -> DamagedDocumentError:
    return DamagedDocumentError(f"文件“{path}”已损坏，工作表读不出来，请用 Excel 或 WPS 打开后另存一份再检查。")


def _too_large(path: Path) -> LimitError:
    return LimitError(f"文件“{path}”的工作表过大，超过读取上限，请删除数据区以外的多余行列，或拆分后重试。")


def _sheets_by_child(path: Path, data: bytes, limits: Limits) -> list[Sheet]:
    """The sheets as the calamine library reads them, in a process of its own that may die on a damaged file."""
    ended = run_child(
        # -P keeps this folder, whose module names are those of the standard library, off the path.
        [
            sys.executable,
            "-P",
            str(_CHILD),
            str(limits.converter_bytes),
            str(limits.table_cells),
            str(limits.sheets),
        ],
        seconds=limits.seconds,
        data=data,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"},
    )
    if ended.status is None:
        message = f"文件“{path}”读取超过 {limits.seconds:g} 秒，已停止，请拆分后分别检查。"
        raise LimitError(message)
    if ended.status != 0:
        raise _damaged(path)
    answer: dict[str, Any] = json.loads(ended.output)
    error = answer.get("error")
    if error is not None:
        raise _refusal(path, error)
    try:
        return [_sheet(item) for item in answer["sheets"]]
    except InvalidOperation as error:  # a number that is none: infinite, or not a number
        raise _damaged(path) from error


def _refusal(path: Path, error: str) -> UnreadableError:
    if error == "password":
        return EncryptedDocumentError(f"文件“{path}”设有密码，无法读取，请取消密码后另存一份再检查。")
    return _too_large(path) if error == "limit" else _damaged(path)


def _sheet(item: dict[str, Any]) -> Sheet:
    sheet = Sheet(item["name"], hidden=item["hidden"], readable=item["readable"])
    for row, column, kind, text in item["cells"]:
        if kind == "n":
            stored = stored_text(text)
            sheet.cells[row, column] = (stored, stored)
        else:
            sheet.cells[row, column] = (text, None)
    sheet.merged = [(top, left, bottom, right) for top, left, bottom, right in item["merged"]]
    return sheet


def _not_read(data: bytes) -> Iterator[Problem]:
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        names = container.namelist()
    for pattern, what, lost in _NOT_READ:
        count = sum(1 for name in names if pattern.fullmatch(name))
        if count:
            yield Problem(f"工作簿里有 {count} {what}没有读取，请人工核对。", lost=lost)


class _Maker:
    """Turns sheets into blocks one after the other."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.path = path
        self.limits = limits
        self.blocks: list[Block] = []
        self.problems: list[Problem] = []
        self.info: dict[str, str] = {}
        self.cells = 0

    def add(self, sheet: Sheet) -> None:
        """The heading and the table of a sheet, or its paragraphs; nothing for an empty one."""
        area = sheet.used()
        block: int | None = None
        if area is not None:
            top, left, bottom, right = area
            self.cells += (bottom - top + 1) * (right - left + 1)
            if self.cells > self.limits.table_cells:
                raise _too_large(self.path)
            lines = sheet.lines()
            block = len(self.blocks)
            if not _titled(lines):
                self.blocks.append(Paragraph(id=block, text=sheet.name, heading=1, sheet=sheet.name))
                block += 1
            if lines:
                self._text(sheet.name, lines)
            else:
                self._table(sheet, area)
        self.problems += [Problem(text, block=block, lost=lost) for text, lost in _told(sheet, empty=area is None)]

    def _text(self, name: str, lines: dict[tuple[int, int], str]) -> None:
        for (row, column), text in lines.items():
            self.info[f"origin:{len(self.blocks)}"] = f"{_letters(column)}{row + 1}"
            self.blocks.append(Paragraph(id=len(self.blocks), text=text, sheet=name))

    def _table(self, sheet: Sheet, area: Area) -> None:
        top, left, bottom, right = area
        block = len(self.blocks)
        self.blocks.append(
            Table(
                id=block,
                cells=tuple(_cells(sheet, area)),
                rows=bottom - top + 1,
                columns=right - left + 1,
                sheet=sheet.name,
                hidden=sheet.hidden,
            )
        )
        self.info[f"origin:{block}"] = f"{_letters(left)}{top + 1}"


def _titled(lines: dict[tuple[int, int], str]) -> bool:
    """Whether a sheet of text begins with a title of its own, so that its name adds nothing."""
    first = next(iter(lines.values()), "").strip()
    return bool(first) and len(first) <= _TITLE_LENGTH and not _NO_TITLE.search(first)


def _told(sheet: Sheet, *, empty: bool) -> Iterator[tuple[str, bool]]:
    name = sheet.name
    if not sheet.readable:
        yield f"工作表“{name}”不是普通表格（图表或宏），没有读取，请人工核对。", True
    if sheet.unsolved:
        yield f"工作表“{name}”有 {sheet.unsolved} 个公式没有结果，请用 Excel 打开并保存一次后重试。", True
    if empty:
        return
    if sheet.hidden:
        yield f"工作表“{name}”是隐藏的，已一并读取，请确认是否应当公开。", False
    if sheet.hidden_rows or sheet.hidden_columns:
        yield f"工作表“{name}”里有隐藏的行或列，已一并读取，请确认是否应当公开。", False
    if sheet.errors:
        yield f"工作表“{name}”有 {len(sheet.errors)} 个单元格是公式错误（如 {sheet.errors[0]}），请改正后重试。", False


def _merged(sheet: Sheet, area: Area) -> dict[tuple[int, int], tuple[int, int]]:
    """Upper left corners of merged cells with their height and width, cut to the used area."""
    top, left, bottom, right = area
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for first_row, first_column, last_row, last_column in sheet.merged:
        if top <= first_row <= bottom and left <= first_column <= right:
            height = min(last_row, bottom) - first_row + 1
            width = min(last_column, right) - first_column + 1
            if height > 0 and width > 0:
                found[first_row, first_column] = (height, width)
    return found


def _cells(sheet: Sheet, area: Area) -> Iterator[Cell]:
    top, left, bottom, right = area
    merged = _merged(sheet, area)
    covered: set[tuple[int, int]] = set()
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            if (row, column) in covered:
                continue
            height, width = merged.get((row, column), (1, 1))
            if height * width > 1:
                height, width = _free(covered, (row, column), height, width)
                covered.update((r, c) for r in range(row, row + height) for c in range(column, column + width))
            text, stored = sheet.cells.get((row, column), ("", None))
            yield Cell(row=row - top, column=column - left, text=text, rowspan=height, colspan=width, stored=stored)


def _free(covered: set[tuple[int, int]], at: tuple[int, int], height: int, width: int) -> tuple[int, int]:
    """A merged cell that runs into another one (a broken file) stays single."""
    row, column = at
    clash = any((r, c) in covered for r in range(row, row + height) for c in range(column, column + width))
    return (1, 1) if clash else (height, width)


def _letters(column: int) -> str:
    """The letters a spreadsheet gives a column (0 is A)."""
    text = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text
