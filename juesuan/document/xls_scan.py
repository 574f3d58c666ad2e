"""The extent of the sheets of an xls workbook, read from its records before they are laid out."""

from __future__ import annotations

import struct
from pathlib import Path

from juesuan.document.limits import Limits
from juesuan.document.ole import ole_stream
from juesuan.document.xlsx_scan import check_extent
from juesuan.errors import DamagedDocumentError, EncryptedDocumentError, LimitError

__all__ = ["check_xls"]

_BEGIN, _PASSWORD, _MANY_NUMBERS, _EXTENT = 0x0809, 0x002F, 0x00BD, 0x0200
_MOST_ROWS, _MOST_COLUMNS = 65536, 256
_CELLS = frozenset({0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x0006, 0x0206, 0x0406, 0x00D6})


def check_xls(path: Path, data: bytes, limits: Limits) -> None:
    """Raise LimitError when the sheets' used areas together are beyond the limits, or for a password."""
    content = ole_stream(path, data, ("workbook", "book"))
    at = rows = columns = total = 0
    while at + 4 <= len(content):
        kind, size = struct.unpack_from("<HH", content, at)
        at += 4
        if kind == _PASSWORD:
            message = f"文件“{path}”设有密码，无法读取，请取消密码后另存一份再检查。"
            raise EncryptedDocumentError(message)
        if kind == _BEGIN:
            total += rows * columns
            rows = columns = 0
        elif (kind in _CELLS or kind == _MANY_NUMBERS) and at + 4 <= len(content):
            row, column = struct.unpack_from("<HH", content, at)
            if kind == _MANY_NUMBERS and 6 <= size <= len(content) - at:
                column = max(column, struct.unpack_from("<H", content, at + size - 2)[0])
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            check_extent(path, rows, columns, limits)
        elif kind == _EXTENT and size >= 12 and at + 12 <= len(content):
            first, last, left, right = struct.unpack_from("<IIHH", content, at)
            if last > _MOST_ROWS or right > _MOST_COLUMNS or first > last or left > right:
                message = f"文件“{path}”已损坏（工作表范围不合规则），请用 Excel 或 WPS 打开后另存一份再检查。"
                raise DamagedDocumentError(message)
        at += size
    if total + rows * columns > limits.table_cells:
        message = f"文件“{path}”的单元格超过上限 {limits.table_cells}，请拆分后分别检查。"
        raise LimitError(message)
