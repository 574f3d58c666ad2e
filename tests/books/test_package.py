"""Workbooks as they are stored: what openpyxl reads of them, by another way; nothing else is taken for a workbook."""

from __future__ import annotations

import zipfile
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from juesuan.books.cells import decimal_of
from juesuan.books.package import DamagedError, StoredCell, read_package

EXAMPLE = Path(__file__).parents[2] / "examples" / "anju-gsl-2023"


def seen(path: Path) -> dict[tuple[str, str], tuple[object, bool, str]]:
    """Value, whether it is a formula, and note of every cell, as openpyxl has them."""
    formulas, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    return {
        (sheet.title, cell.coordinate): (
            _plain(values[sheet.title][cell.coordinate].value),
            cell.data_type == "f",
            cell.comment.text if cell.comment else "",
        )
        for sheet in formulas.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def read(path: Path) -> dict[tuple[str, str], tuple[object, bool, str]]:
    return {
        (sheet.name, cell.ref): (_plain(cell.value), cell.formula is not None, sheet.notes.get(cell.ref, ""))
        for sheet in read_package(path)
        for cell in sheet.cells
    }


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return decimal_of(value)
    return (
        decimal_of(Decimal(repr(value))) if isinstance(value, (int, float)) and not isinstance(value, bool) else value
    )


@pytest.mark.parametrize("name", ["决算数据.xlsx", "台账.xlsx", "绩效/部门整体.xlsx"])
def test_books_are_read_as_openpyxl_reads_them(name: str) -> None:
    found = read(EXAMPLE / name)
    assert found == seen(EXAMPLE / name)
    assert found


def test_every_kind_of_value(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    values: list[str | float | datetime | None] = [
        "文字",
        12,
        0.1,
        1e-7,
        152.2,
        True,
        datetime(2023, 5, 8),  # noqa: DTZ001
        "=1+1",
        '="甲"&"乙"',
        None,
        "一\n二",
    ]
    for line, value in enumerate(values, 1):
        sheet.cell(line, 1, value)
    sheet["A2"].comment = Comment("说明", "甲")
    sheet["B1"], sheet["B1"].number_format = 3.14159, "#,##0.00"
    sheet["B2"], sheet["B2"].number_format = 45054, 'yyyy"年"m"月"'
    book.save(tmp_path / "各种.xlsx")
    found = read(tmp_path / "各种.xlsx")
    assert found == seen(tmp_path / "各种.xlsx")
    assert found["Sheet", "B2"][0] == datetime(2023, 5, 8)  # noqa: DTZ001
    (first,) = read_package(tmp_path / "各种.xlsx")
    assert {c.ref: c.format for c in first.cells}["B1"] == "#,##0.00"
    assert next(c for c in first.cells if c.ref == "A8").formula == "=1+1"


def test_cells_without_names_stand_where_they_come(tmp_path: Path) -> None:
    path = tmp_path / "无名.xlsx"
    book = openpyxl.Workbook()
    book.save(path)
    parts = {}
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rows = '<row><c><v>1</v></c><c t="inlineStr"><is><t>甲</t></is></c></row><row r="5"><c r="C5"><v>2</v></c><c><v>3</v></c></row>'
    parts["xl/worksheets/sheet1.xml"] = f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'.encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    (sheet,) = read_package(path)
    assert [(c.ref, c.value) for c in sheet.cells] == [("A1", 1), ("B1", "甲"), ("C5", 2), ("D5", 3)]
    assert all(isinstance(c, StoredCell) for c in sheet.cells)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" * 200, "文字".encode()])
def test_what_is_no_workbook(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "坏.xlsx").write_bytes(content)
    with pytest.raises(DamagedError):
        list(read_package(tmp_path / "坏.xlsx"))


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    path = tmp_path / "实体.xlsx"
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><workbook>&b;</workbook>'
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/workbook.xml", bomb)
    assert list(read_package(path)) == []
