"""A light pass over the parts of an xlsx workbook: what the value reader does not tell.

Number formats of cells, error values, formulas without a result, hidden rows and columns, and the
extent of each sheet, which must be known before a reader lays it out in memory.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from juesuan.document.limits import Limits
from juesuan.document.xlsx_format import BUILTIN_FORMATS, Format, parse_format
from juesuan.errors import LimitError

__all__ = ["SheetScan", "check_extent", "clean_container", "scan_workbook"]

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_NEEDLESS = ("xl/media/", "xl/drawings/", "xl/charts/", "docProps/", "customXml/", "xl/printerSettings/")


@dataclass(slots=True)
class SheetScan:
    """What was found in one sheet; cells by (row, column) from 0."""

    formats: dict[tuple[int, int], Format] = field(default_factory=dict)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    unsolved: int = 0
    hidden_rows: int = 0
    hidden_columns: int = 0
    zeros_hidden: bool = False
    rows: int = 0
    columns: int = 0


def check_extent(path: Path, rows: int, columns: int, limits: Limits) -> None:
    """Refuse a sheet whose used area, blanks included, is larger than all tables may be."""
    if rows * columns > limits.table_cells:
        message = (
            f"文件“{path}”的工作表有 {rows} 行 {columns} 列，超过上限 {limits.table_cells} 个单元格，"
            "请删除数据区以外的多余行列后重试。"
        )
        raise LimitError(message)


def clean_container(data: bytes) -> bytes:
    """The container packed anew without compression: what follows cannot unpack beyond the declared sizes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as target:
        seen: set[str] = set()
        for entry in source.infolist():
            if entry.is_dir() or entry.filename in seen or entry.filename.startswith(_NEEDLESS):
                continue
            seen.add(entry.filename)
            target.writestr(entry.filename, source.read(entry))
    return buffer.getvalue()


def scan_workbook(path: Path, data: bytes, limits: Limits) -> dict[str, SheetScan]:
    """Scan every sheet, by sheet name. Raises LimitError, etree.XMLSyntaxError, KeyError for broken parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        styles = _styles(container)
        return {name: _scan(path, container, part, styles, limits) for name, part in _sheets(container)}


def _parse(container: zipfile.ZipFile, name: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(container.read(name), parser)


def _sheets(container: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    parts = {
        item.get("Id"): item.get("Target", "")
        for item in _parse(container, "xl/_rels/workbook.xml.rels").iter("{*}Relationship")
    }
    for sheet in _parse(container, "xl/workbook.xml").iter("{*}sheet"):
        target = parts.get(sheet.get(_RELATION) or sheet.get(_STRICT_RELATION))
        if target:
            part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
            if part in container.NameToInfo:
                yield sheet.get("name", ""), part


def _styles(container: zipfile.ZipFile) -> list[Format | None]:
    """The understood format of each cell style, by style number."""
    if "xl/styles.xml" not in container.NameToInfo:
        return []
    root = _parse(container, "xl/styles.xml")
    codes = dict(BUILTIN_FORMATS)
    for item in root.iter("{*}numFmt"):
        if item.get("numFmtId", "").isdecimal():
            codes[int(item.get("numFmtId", "0"))] = item.get("formatCode", "")
    known = {number: parse_format(code) for number, code in codes.items()}
    holder = root.find("{*}cellXfs")
    if holder is None:
        return []
    numbers = [item.get("numFmtId", "0") for item in holder.iterchildren("{*}xf")]
    return [known.get(int(number)) if number.isdecimal() else None for number in numbers]


def _scan(path: Path, container: zipfile.ZipFile, part: str, styles: list[Format | None], limits: Limits) -> SheetScan:
    found = SheetScan()
    with container.open(part) as stream:
        events = etree.iterparse(
            stream,
            events=("end",),
            tag=("{*}c", "{*}row", "{*}col", "{*}sheetView"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
        )
        row = -1
        column = -1
        for _, element in events:
            tag = element.tag.rpartition("}")[2]
            if tag == "c":
                row, column = _position(element.get("r"), max(row, 0), column + 1)
                if len(element):
                    _cell(found, element, row, column, styles)
                    check_extent(path, found.rows, found.columns, limits)
            elif tag == "row":
                found.hidden_rows += element.get("hidden") in {"1", "true"} and len(element) > 0
                row, column = _row_after(element, row), -1
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
            elif tag == "col":
                found.hidden_columns += element.get("hidden") in {"1", "true"}
            elif element.get("showZeros") in {"0", "false"}:
                found.zeros_hidden = True
    return found


def _row_after(element: etree._Element, row: int) -> int:
    number = element.get("r", "")
    return int(number) if number.isdecimal() and len(number) <= 7 else row + 1


def _position(reference: str | None, row: int, column: int) -> tuple[int, int]:
    """Where a cell stands; cells without a reference follow the one before."""
    match = _REFERENCE.fullmatch(reference or "")
    if match is None:
        return row, column
    number = 0
    for letter in match[1]:
        number = number * 26 + ord(letter) - 64
    return int(match[2]) - 1, number - 1


def _cell(found: SheetScan, element: etree._Element, row: int, column: int, styles: list[Format | None]) -> None:
    value = element.find("{*}v")
    if value is None and element.find("{*}is") is None:
        found.unsolved += element.find("{*}f") is not None
        return
    found.rows, found.columns = max(found.rows, row + 1), max(found.columns, column + 1)
    kind = element.get("t", "n")
    if kind == "e" and value is not None:
        found.errors[row, column] = value.text or ""
    elif kind == "n":
        number = element.get("s", "0")
        style = styles[int(number)] if number.isdecimal() and int(number) < len(styles) else None
        if style is not None:
            found.formats[row, column] = style
