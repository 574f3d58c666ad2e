"""The extent of the sheets of an OpenDocument workbook, where few bytes may repeat cells without end."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from lxml import etree

from juesuan.document.limits import Limits
from juesuan.document.xlsx_scan import check_extent

__all__ = ["check_ods"]

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_LONGEST = 9


def check_ods(path: Path, data: bytes, limits: Limits) -> None:
    """Raise LimitError when a sheet's used area, repeated cells laid out, is beyond the limits."""
    with zipfile.ZipFile(io.BytesIO(data)) as container, container.open("content.xml") as stream:
        events = etree.iterparse(
            stream,
            tag=(f"{_TABLE}table-row", f"{_TABLE}table"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
        )
        rows = used_rows = columns = 0
        for _, element in events:
            if element.tag == f"{_TABLE}table":
                rows = used_rows = columns = 0
                element.clear()
                continue
            rows += _repeat(element, "number-rows-repeated")
            width = _width(element)
            if width:
                used_rows, columns = rows, max(columns, width)
                check_extent(path, used_rows, columns, limits)
            element.clear()


def _width(row: etree._Element) -> int:
    """Columns up to the last cell of a row that holds anything."""
    at = used = 0
    for cell in row:
        at += _repeat(cell, "number-columns-repeated")
        if len(cell):
            used = at
    return used


def _repeat(element: etree._Element, name: str) -> int:
    text = element.get(_TABLE + name, "1")
    return int(text) if text.isdecimal() and len(text) <= _LONGEST else 1
