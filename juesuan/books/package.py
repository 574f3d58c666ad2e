"""A workbook's parts read as they are stored: values and formulas side by side, notes, and the formats of cells."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path

from lxml import etree
from lxml.etree import _Element as Element

__all__ = ["DamagedError", "StoredCell", "StoredSheet", "read_package"]

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MAX_PART = 300 * 1024 * 1024
"""A part that unpacks to more is no sheet of books."""
_FORMATS = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 39: "#,##0.00;-#,##0.00"}
_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Formats used by number that show dates."""
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_DATE_LETTERS = re.compile("[ymdh]", re.IGNORECASE)
_BEGIN, _BEGIN_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - days of a workbook have no zone
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_LAST_DAY = 2_958_465
_SECONDS = 86_400


class DamagedError(Exception):
    """The file is no workbook that can be read: not whole, or protected."""


@dataclass(frozen=True, slots=True)
class StoredCell:
    """One cell: line and column from 0, its name, what is kept of it, its formula, and its number format."""

    line: int
    column: int
    ref: str
    value: object
    formula: str | None
    format: str


@dataclass(frozen=True, slots=True)
class StoredSheet:
    """A sheet's cells that hold something, and its notes by the names of cells."""

    name: str
    cells: tuple[StoredCell, ...]
    notes: Mapping[str, str]


def read_package(path: Path) -> Iterator[StoredSheet]:
    """The sheets of a workbook in their order. Raises DamagedError."""
    try:
        with zipfile.ZipFile(path) as package:
            yield from _Reader(package).sheets()
    except (zipfile.BadZipFile, EOFError, KeyError, ValueError, OSError, NotImplementedError) as error:
        raise DamagedError(str(error)) from error
    except etree.XMLSyntaxError as error:
        raise DamagedError(str(error)) from error


def _local(element: Element) -> str:
    """The name without its space; of an entity that was not expanded none."""
    return str(element.tag).rpartition("}")[2]


def _children(element: Element, name: str) -> Iterator[Element]:
    return (child for child in element if _local(child) == name)


class _Reader:
    def __init__(self, package: zipfile.ZipFile) -> None:
        self.package = package
        self.parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        targets = dict(self._relations("").values())
        self.book = targets.get("officeDocument", "xl/workbook.xml")
        self.relations = self._relations(self.book)
        kinds = dict(self.relations.values())
        self.strings = self._strings(kinds.get("sharedStrings"))
        self.formats = self._formats(kinds.get("styles"))
        self.begin = _BEGIN

    def _part(self, name: str) -> Element:
        info = self.package.getinfo(name)
        if info.file_size > _MAX_PART:
            raise ValueError(name)
        return etree.fromstring(self.package.read(info), self.parser)

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part refers to, by id: the kind and the name of the part."""
        folder, name = posixpath.split(part)
        at = posixpath.join(folder, "_rels", f"{name}.rels")
        if at not in self.package.namelist():
            return {}
        found: dict[str, tuple[str, str]] = {}
        for item in _children(self._part(at), "Relationship"):
            target = item.get("Target", "")
            whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[item.get("Id", "")] = (item.get("Type", "").rpartition("/")[2], whole)
        return found

    def _strings(self, name: str | None) -> list[str]:
        return [_words(item) for item in _children(self._part(name), "si")] if name else []

    def _formats(self, name: str | None) -> list[str]:
        """The number format of each style; of a date the word itself."""
        if not name:
            return []
        root = self._part(name)
        own = {int(f.get("numFmtId", "0")): f.get("formatCode", "") for f in root.iter("{*}numFmt")}
        styles = next(_children(root, "cellXfs"), None)
        found: list[str] = []
        for style in _children(styles, "xf") if styles is not None else ():
            number = int(style.get("numFmtId", "0"))
            code = own.get(number, _FORMATS.get(number, ""))
            is_date = number in _DATES if number not in own else bool(_DATE_LETTERS.search(_QUOTED.sub("", code)))
            found.append(_DATE if is_date else code)
        return found

    def sheets(self) -> Iterator[StoredSheet]:
        """The worksheets; a chart's own sheet has no cells."""
        root = self._part(self.book)
        settings = next(_children(root, "workbookPr"), None)
        if settings is not None and settings.get("date1904") in {"1", "true"}:
            self.begin = _BEGIN_1904
        for sheet in root.iter("{*}sheet"):
            kind, part = self.relations.get(sheet.get(_RELATION, ""), ("", ""))
            if kind == "worksheet":
                cells = tuple(self._cells(self._part(part)))
                yield StoredSheet(sheet.get("name", ""), cells, self._notes(part))

    def _notes(self, part: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for kind, target in self._relations(part).values():
            if kind == "comments":
                for note in self._part(target).iter("{*}comment"):
                    text = next(_children(note, "text"), None)
                    found[note.get("ref", "")] = _words(text) if text is not None else ""
        return found

    def _cells(self, root: Element) -> Iterator[StoredCell]:
        line = -1
        for row in root.iter("{*}row"):
            line = int(row.get("r", line + 2)) - 1
            column = -1
            for cell in _children(row, "c"):
                match = _REFERENCE.fullmatch(cell.get("r", ""))
                column = _column(match[1]) if match else column + 1
                formula, value = self._content(cell)
                if formula is not None or value is not None:
                    ref = cell.get("r") or f"{_letters(column)}{line + 1}"
                    yield StoredCell(line, column, ref, value, formula, self._format(cell))

    def _format(self, cell: Element) -> str:
        style = int(cell.get("s", "0"))
        return self.formats[style] if style < len(self.formats) else ""

    def _content(self, cell: Element) -> tuple[str | None, object]:
        formula: str | None = None
        stored: str | None = None
        inline: str | None = None
        for child in cell:
            name = _local(child)
            if name == "f":
                formula = f"={child.text or ''}"
            elif name == "v":
                stored = child.text
            elif name == "is":
                inline = _words(child)
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return formula, inline
        if stored is None:
            return formula, None
        return formula, self._value(kind, stored, self._format(cell))

    def _value(self, kind: str, stored: str, code: str) -> object:
        if kind == "s":
            at = int(stored)
            return self.strings[at] if at < len(self.strings) else ""
        if kind == "b":
            return stored.strip() == "1"
        if kind in {"str", "e"}:
            return stored
        if kind == "d":
            return datetime.fromisoformat(stored)
        try:
            number = Decimal(stored.strip())
        except InvalidOperation:
            return stored
        if code == _DATE and number.is_finite() and 0 <= number <= _LAST_DAY:
            return self.begin + timedelta(seconds=int((number * _SECONDS).to_integral_value()))
        return number


_DATE = "date"


def _words(element: Element) -> str:
    """All words of a text with runs, without what only says how they are read aloud."""
    return "".join(
        item.text or ""
        for item in element.iter("{*}t")
        if not any(_local(holder) == "rPh" for holder in item.iterancestors())
    )


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _letters(column: int) -> str:
    found, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        found = chr(ord("A") + digit) + found
    return found
