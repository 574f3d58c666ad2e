"""The extent of the sheets of a binary xlsb workbook, read from its records before they are laid out."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from pathlib import Path

from juesuan.document.limits import Limits
from juesuan.document.xlsx_scan import check_extent

__all__ = ["check_xlsb"]

_SHEET = re.compile(r"xl/worksheets/[^/]+\.bin")
_ROW, _FIRST_CELL, _LAST_CELL = 0, 1, 11


def check_xlsb(path: Path, data: bytes, limits: Limits) -> None:
    """Raise LimitError when a sheet's used area is beyond the limits, ValueError for broken records."""
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        for name in container.namelist():
            if _SHEET.fullmatch(name):
                _check_sheet(path, container.read(name), limits)


def _check_sheet(path: Path, data: bytes, limits: Limits) -> None:
    at = row = rows = columns = 0
    while at < len(data):
        kind, at = _number(data, at, 2)
        size, at = _number(data, at, 4)
        if kind <= _LAST_CELL and at + 4 <= len(data):
            value: int = struct.unpack_from("<I", data, at)[0]
            if kind == _ROW:
                row = value
            elif kind >= _FIRST_CELL:
                rows, columns = max(rows, row + 1), max(columns, value + 1)
                check_extent(path, rows, columns, limits)
        at += size


def _number(data: bytes, at: int, longest: int) -> tuple[int, int]:
    """A number of seven bits a byte, least first, and where it ends."""
    value = 0
    for place in range(longest):
        if at >= len(data):
            message = "record"
            raise ValueError(message)
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            break
    return value, at
