"""The sheets of an xlsx workbook with the text each cell shows, read directly from its parts.

Read here and not by a library: the shown text needs each cell's number format beside its value, and
a sparse sheet must not be laid out in memory.
"""

from __future__ import annotations

import datetime as dt
import io
import posixpath
import re
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import IO

from lxml import etree

from juesuan.document.limits import Limits
from juesuan.document.sheets import Sheet, Shown
from juesuan.document.xlsx_format import BUILTIN_FORMATS, DATE_FORMATS, Format, is_date, parse_format, stored_text
from juesuan.errors import LimitError

__all__ = ["read_xlsx_sheets"]

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_RELATIONS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TRUE = frozenset({"1", "true"})
_FALSE = frozenset({"0", "false"})
_TAGS = ("{*}c", "{*}row", "{*}col", "{*}sheetView", "{*}mergeCell")
_LAST_DATE = 2_958_465
_LONGEST_NUMBER = 7
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class _Style:
    format: Format | None = None
    date: bool = False


_PLAIN = _Style()


def read_xlsx_sheets(path: Path, data: bytes, limits: Limits) -> list[Sheet]:
    """All sheets in their order. Raises LimitError; zip, XML, KeyError and ValueError for broken parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        return list(_Workbook(path, container, limits).sheets())


class _Workbook:
    """The parts that all sheets share: strings, styles, and which part is which sheet."""

    def __init__(self, path: Path, container: zipfile.ZipFile, limits: Limits) -> None:
        self.path = path
        self.container = container
        self.limits = limits
        self.deadline = time.monotonic() + limits.seconds
        self.parts = {entry.filename.replace("\\", "/").lower(): entry for entry in container.infolist()}
        self.strings = list(self._strings())
        self.styles = list(self._styles())
        self.epoch = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet's dates have no time zone
        self.used = 0

    def _open(self, name: str) -> IO[bytes]:
        return self.container.open(self.parts[name.lower()])

    def _parse(self, name: str) -> etree._Element:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        with self._open(name) as stream:
            return etree.parse(stream, parser).getroot()

    def sheets(self) -> Iterator[Sheet]:
        """Read the sheets one after the other."""
        parts = {
            item.get("Id"): item.get("Target", "")
            for item in self._parse("xl/_rels/workbook.xml.rels").iter("{*}Relationship")
        }
        root = self._parse("xl/workbook.xml")
        settings = root.find("{*}workbookPr")
        if settings is not None and settings.get("date1904") in _TRUE:
            self.epoch = dt.datetime(1904, 1, 1)  # noqa: DTZ001 - as above
        entries = list(root.iter("{*}sheet"))
        if len(entries) > self.limits.sheets:
            message = f"文件“{self.path}”有 {len(entries)} 个工作表，超过上限 {self.limits.sheets}，请拆分后重试。"
            raise LimitError(message)
        for entry in entries:
            target = parts.get(next((entry.get(name) for name in _RELATIONS if entry.get(name)), None), "")
            part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
            sheet = Sheet(entry.get("name", ""), hidden=entry.get("state", "visible") != "visible")
            if part.lower() in self.parts and "worksheets/" in part.lower():
                self._read(sheet, part)
            else:
                sheet.readable = False
            yield sheet

    def _strings(self) -> Iterator[str]:
        if "xl/sharedstrings.xml" not in self.parts:
            return
        with self._open("xl/sharedStrings.xml") as stream:
            for number, (_, item) in enumerate(_elements(stream, ("{*}si",))):
                yield _text(item)
                item.clear()
                if number % _BATCH == 0:
                    _forget(item)

    def _styles(self) -> Iterator[_Style]:
        """The shown form of each cell style, by style number."""
        if "xl/styles.xml" not in self.parts:
            return
        root = self._parse("xl/styles.xml")
        codes = dict(BUILTIN_FORMATS)
        for item in root.iter("{*}numFmt"):
            if item.get("numFmtId", "").isdecimal():
                codes[int(item.get("numFmtId", "0"))] = item.get("formatCode", "")
        known = {number: _Style(parse_format(code), is_date(code)) for number, code in codes.items()}
        known.update((number, _Style(date=True)) for number in DATE_FORMATS if number not in known)
        holder = root.find("{*}cellXfs")
        for item in () if holder is None else holder.iterchildren("{*}xf"):
            number = item.get("numFmtId", "0")
            yield known.get(int(number), _PLAIN) if number.isdecimal() else _PLAIN

    def _read(self, sheet: Sheet, part: str) -> None:
        row, column, passed = 0, -1, 0
        zeros = True
        with self._open(part) as stream:
            for tag, element in _elements(stream, _TAGS):
                if tag == "c":
                    row, column = _position(element.get("r"), row, column + 1)
                    if len(element):
                        self._cell(sheet, element, (row, column), zeros=zeros)
                elif tag == "row":
                    row, column = _row_number(element, row), -1
                    if len(element):
                        sheet.hidden_rows += element.get("hidden") in _TRUE
                        element.clear()
                    passed += 1
                    if passed % _BATCH == 0:
                        self._check_time()
                        _forget(element)
                elif tag == "col":
                    sheet.hidden_columns += element.get("hidden") in _TRUE
                elif tag == "mergeCell":
                    _merge(sheet, element.get("ref", ""))
                elif element.get("showZeros") in _FALSE:
                    zeros = False

    def _check_time(self) -> None:
        if time.monotonic() > self.deadline:
            message = f"文件“{self.path}”读取超过 {self.limits.seconds:g} 秒，已停止，请拆分后分别检查。"
            raise LimitError(message)

    def _cell(self, sheet: Sheet, element: etree._Element, at: tuple[int, int], *, zeros: bool) -> None:
        kind = element.get("t", "n")
        inline = element.find("{*}is")
        value = element.findtext("{*}v")
        if inline is not None:
            shown: Shown = (_text(inline), None)
        elif value is None:
            sheet.unsolved += element.find("{*}f") is not None
            return
        elif kind == "s":
            shown = (self.strings[int(value)], None)
        elif kind == "b":
            shown = ("TRUE" if value in _TRUE else "FALSE", None)
        elif kind == "n" and value.strip():
            shown = self._number(value.strip(), element.get("s", "0"), zeros=zeros)
        else:
            if kind == "e":
                sheet.errors.append(value)
            shown = (_unescape(value), None)
        self.used += 1
        if self.used > self.limits.table_cells:
            message = f"文件“{self.path}”的单元格超过上限 {self.limits.table_cells}，请拆分后分别检查。"
            raise LimitError(message)
        sheet.cells[at] = shown

    def _number(self, value: str, number: str, *, zeros: bool) -> Shown:
        style = self.styles[int(number)] if number.isdecimal() and int(number) < len(self.styles) else _PLAIN
        try:
            stored = stored_text(value)
        except InvalidOperation as error:
            message = "number"
            raise ValueError(message) from error
        if style.date and 0 <= float(value) <= _LAST_DATE:
            return self._moment(float(value)), None
        if stored == "0" and not zeros:
            return "", stored
        return (style.format.show(Decimal(stored)) if style.format else stored), stored

    def _moment(self, value: float) -> str:
        """A day number as an ISO date or time."""
        moment = self.epoch + dt.timedelta(seconds=round(value * 86400))
        if moment.time() == dt.time():
            return moment.date().isoformat()
        return moment.time().isoformat() if value < 1 else moment.isoformat(sep=" ")


def _elements(stream: IO[bytes], tags: tuple[str, ...]) -> Iterator[tuple[str, etree._Element]]:
    events = etree.iterparse(stream, events=("end",), tag=tags, resolve_entities=False, no_network=True, load_dtd=False)
    names: dict[str, str] = {}
    for _, element in events:
        tag = element.tag
        if tag not in names:
            names[tag] = tag.rpartition("}")[2]
        yield names[tag], element


def _forget(element: etree._Element) -> None:
    """Free an element that was read, and its elder siblings (its younger ones are not there yet)."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        del parent[:-1]


def _text(item: etree._Element) -> str:
    """The text of a rich string; readings printed above the characters are no part of it."""
    pieces = []
    for run in item.iterchildren("{*}*"):
        tag = run.tag.rpartition("}")[2]
        if tag == "t":
            pieces.append(run.text or "")
        elif tag == "r":
            pieces += [piece.text or "" for piece in run.iterchildren("{*}t")]
    return _unescape("".join(pieces))


def _unescape(text: str) -> str:
    """Characters that XML cannot hold are written as _xHHHH_."""
    return _ESCAPE.sub(lambda match: _character(int(match[1], 16)), text) if "_x" in text else text


def _character(number: int) -> str:
    return "\ufffd" if 0xD800 <= number <= 0xDFFF else chr(number)


def _row_number(element: etree._Element, row: int) -> int:
    """The number of the row after this one, counted from 0 (rows are numbered from 1)."""
    number = element.get("r", "")
    return int(number) if number.isdecimal() and len(number) <= _LONGEST_NUMBER else row + 1


def _position(reference: str | None, row: int, column: int) -> tuple[int, int]:
    """Where a cell stands; a cell without a reference follows the one before."""
    match = _REFERENCE.fullmatch(reference or "")
    if match is None:
        return row, column
    number = 0
    for letter in match[1]:
        number = number * 26 + ord(letter) - 64
    return max(int(match[2]) - 1, 0), number - 1


def _merge(sheet: Sheet, reference: str) -> None:
    first, _, last = reference.partition(":")
    if _REFERENCE.fullmatch(first) and _REFERENCE.fullmatch(last):
        sheet.merged.append((*_position(first, 0, 0), *_position(last, 0, 0)))
