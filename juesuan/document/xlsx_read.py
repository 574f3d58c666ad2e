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
from functools import lru_cache
from pathlib import Path
from typing import IO, Final

from juesuan.document.limits import Limits
from juesuan.document.sheets import Sheet, Shown
from juesuan.document.xlsx_format import BUILTIN_FORMATS, DATE_FORMATS, Format, is_date, parse_format, stored_text
from juesuan.document.xlsx_xml import Attributes, Handlers, attributes, feed, strings
from juesuan.errors import LimitError

__all__ = ["read_xlsx_sheets"]

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_RELATIONS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TRUE = frozenset({"1", "true"})
_FALSE = frozenset({"0", "false"})
_LAST_DATE = 2_958_465
_LONGEST_NUMBER = 7
_MOST_STYLES: Final = 100_000
"""More than the programs themselves allow."""
_MOST_MERGED: Final = 100_000
_SHORT: Final = 10
"""Characters a shorter string counts for: each takes memory of its own."""


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
        self.strings = self._strings()
        self.styles = self._styles()
        self.epoch = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet's dates have no time zone
        self.used = 0

    def _open(self, name: str) -> IO[bytes]:
        return self.container.open(self.parts[name.lower()])

    def _elements(self, name: str, *tags: str) -> list[tuple[str, Attributes]]:
        """The elements of a part with these tags, by tag and attributes."""
        found: list[tuple[str, Attributes]] = []

        def keep(tag: str, held: Attributes) -> None:
            found.append((tag, held))
            if len(found) > _MOST_STYLES:
                raise self.too_much("样式和工作表", _MOST_STYLES)

        with self._open(name) as stream:
            attributes(stream, tags, keep, self.watch)
        return found

    def watch(self) -> None:
        """Raise LimitError when the time is up."""
        if time.monotonic() > self.deadline:
            message = f"文件“{self.path}”读取超过 {self.limits.seconds:g} 秒，已停止，请拆分后分别检查。"
            raise LimitError(message)

    def too_much(self, what: str, most: int) -> LimitError:
        """The refusal of a workbook with too many of something."""
        return LimitError(f"文件“{self.path}”的{what}超过上限 {most}，请拆分后分别检查。")

    def sheets(self) -> Iterator[Sheet]:
        """Read the sheets one after the other."""
        related = self._elements("xl/_rels/workbook.xml.rels", "Relationship")
        parts = {held.get("Id"): held.get("Target", "") for _, held in related}
        entries: list[Attributes] = []
        for tag, held in self._elements("xl/workbook.xml", "workbookPr", "sheet"):
            if tag == "sheet":
                entries.append(held)
            elif held.get("date1904") in _TRUE:
                self.epoch = dt.datetime(1904, 1, 1)  # noqa: DTZ001 - as above
        if len(entries) > self.limits.sheets:
            message = f"文件“{self.path}”有 {len(entries)} 个工作表，超过上限 {self.limits.sheets}，请拆分后重试。"
            raise LimitError(message)
        for entry in entries:
            target = parts.get(next((entry[name] for name in _RELATIONS if entry.get(name)), None), "")
            part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
            sheet = Sheet(entry.get("name", ""), hidden=entry.get("state", "visible") != "visible")
            if part.lower() in self.parts and "worksheets/" in part.lower():
                with self._open(part) as stream:
                    reader = _SheetPart(self, sheet)
                    feed(reader, stream, self.watch)
                    reader.close()
            else:
                sheet.readable = False
            yield sheet

    def _strings(self) -> list[str]:
        found: list[str] = []
        if "xl/sharedstrings.xml" not in self.parts:
            return found
        room = self.limits.text_characters

        def keep(text: str) -> None:
            nonlocal room
            room -= max(len(text), _SHORT)
            if room < 0:
                raise self.too_much("文字", self.limits.text_characters)
            found.append(_unescape(text))

        with self._open("xl/sharedStrings.xml") as stream:
            strings(stream, keep, self.watch)
        return found

    def _styles(self) -> list[_Style]:
        """The shown form of each cell style, by style number."""
        if "xl/styles.xml" not in self.parts:
            return []
        codes = dict(BUILTIN_FORMATS)
        used: list[str] = []
        within = False
        for tag, held in self._elements("xl/styles.xml", "numFmt", "cellXfs", "cellStyleXfs", "cellStyles", "xf"):
            number = held.get("numFmtId", "0")
            if tag == "numFmt" and number.isdecimal():
                codes[int(number)] = held.get("formatCode", "")
            elif tag == "xf" and within:
                used.append(number)
            elif tag not in {"numFmt", "xf"}:
                within = tag == "cellXfs"
        wanted = {int(number) for number in used if number.isdecimal()}
        known = {n: _Style(parse_format(codes[n]), is_date(codes[n])) for n in wanted if n in codes}
        known.update((n, _Style(date=True)) for n in DATE_FORMATS if n not in codes)
        return [known.get(int(number), _PLAIN) if number.isdecimal() else _PLAIN for number in used]

    def shown(self, cell: Attributes, value: str, *, zeros: bool) -> Shown:
        """What a cell with this stored value shows."""
        kind = cell.get("t", "n")
        if kind == "s":
            return self.strings[int(value)], None
        if kind == "b":
            return ("TRUE" if value in _TRUE else "FALSE"), None
        if kind == "n" and value.strip():
            return self._number(value.strip(), cell.get("s", "0"), zeros=zeros)
        return _unescape(value), None

    def count_cell(self) -> None:
        """Raise LimitError when the workbook has too many cells."""
        self.used += 1
        if self.used > self.limits.table_cells:
            raise self.too_much("单元格", self.limits.table_cells)

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


class _SheetPart(Handlers):
    """The cells of one sheet on their way into `sheet`."""

    tags = ("c", "row", "v", "f", "is", "t", "rPh", "col", "sheetView", "mergeCell", "extLst")

    def __init__(self, book: _Workbook, sheet: Sheet) -> None:
        super().__init__()
        self.book = book
        self.sheet = sheet
        self.row, self.column = -1, -1
        self.zeros = True
        self.begun: Attributes | None = None
        self.cell: Attributes | None = None
        self.value: str | None = None
        self.inline: list[str] | None = None
        self.formula = False
        self.reading = False

    def begin(self, tag: str, attributes: Attributes) -> None:
        if tag == "row":
            if self.cell is not None:
                self.close()
            if "r" not in attributes:
                self.row = self._line() + 1
            # What the row says is looked at when it has a cell: a form has thousands of empty ones.
            self.begun = attributes
        elif tag == "c":
            if self.cell is not None:
                self.close()
            row = max(self._line(), 0)
            self.row, self.column = _position(attributes.get("r"), row, self.column + 1)
            self.cell = attributes
        elif tag in {"mergeCell", "col", "sheetView", "extLst"}:
            self._beside(tag, attributes)
        elif self.cell is not None:
            self._inside(tag)

    def _line(self) -> int:
        """The number of the row, from 0."""
        if self.begun is not None:
            self.row, self.column = _row_number(self.begun.get("r"), self.row), -1
            self.sheet.hidden_rows += self.begun.get("hidden") in _TRUE
            self.begun = None
        return self.row

    def _beside(self, tag: str, attributes: Attributes) -> None:
        self.close()
        if tag == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif tag == "col":
            self.sheet.hidden_columns += attributes.get("hidden") in _TRUE
        elif tag == "sheetView":
            self.zeros = self.zeros and attributes.get("showZeros") not in _FALSE

    def _inside(self, tag: str) -> None:
        if tag == "v":
            self.ends(wanted=True)
            self.listen()
        elif tag == "f":
            self.formula = True
        elif tag == "is":
            self.inline = []
            self.ends(wanted=True)
        elif tag == "rPh":
            self.reading = True
        elif tag == "t" and self.inline is not None and not self.reading:
            self.listen()

    def end(self, tag: str) -> None:
        if tag == "v":
            self.value = self.heard()
            self.ends(wanted=self.inline is not None)
        elif tag == "t" and self.inline is not None and not self.reading:
            self.inline.append(self.heard())
        elif tag == "rPh":
            self.reading = False
        elif tag == "is":
            self.ends(wanted=False)

    def close(self) -> None:
        """Keep the cell that was read last."""
        cell, self.cell = self.cell, None
        if cell is None or (self.value is None and self.inline is None and not self.formula):
            return
        if self.inline is not None:
            shown: Shown = (_unescape("".join(self.inline)), None)
        elif self.value is not None:
            shown = self.book.shown(cell, self.value, zeros=self.zeros)
            if cell.get("t") == "e":
                self.sheet.errors.append(self.value)
        self.sheet.unsolved += self.inline is None and self.value is None
        if self.inline is not None or self.value is not None:
            self.book.count_cell()
            self.sheet.cells[self.row, self.column] = shown
        self.value, self.inline, self.formula, self.reading = None, None, False, False

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        if _REFERENCE.fullmatch(first) and _REFERENCE.fullmatch(last):
            self.sheet.merged.append((*_position(first, 0, 0), *_position(last, 0, 0)))
            if len(self.sheet.merged) > _MOST_MERGED:
                raise self.book.too_much("合并单元格", _MOST_MERGED)


def _unescape(text: str) -> str:
    """Characters that XML cannot hold are written as _xHHHH_."""
    return _ESCAPE.sub(lambda match: _character(int(match[1], 16)), text) if "_x" in text else text


def _character(number: int) -> str:
    return "\ufffd" if 0xD800 <= number <= 0xDFFF else chr(number)


def _row_number(written: str | None, otherwise: int) -> int:
    """The number of a row, from 0 (they are written from 1); `otherwise` where it bears none."""
    if written is None or len(written) > _LONGEST_NUMBER or not written.isdecimal():
        return otherwise
    return max(int(written) - 1, 0)


def _position(reference: str | None, row: int, column: int) -> tuple[int, int]:
    """Where a cell stands; a cell without a reference follows the one before."""
    match = _REFERENCE.fullmatch(reference) if reference else None
    return (row, column) if match is None else (max(int(match[2]) - 1, 0), _column(match[1]))


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    """The number of a column by its letters (A is 0)."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
