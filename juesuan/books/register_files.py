"""台账.xlsx written and read: a sheet for each register."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from juesuan.books.cells import Entry, Sheet, day, money, read_workbook, whole, words_of
from juesuan.books.figures import Cell
from juesuan.books.problems import Grade, Problem
from juesuan.books.registers import BUILT_IN, CHOICES, FILE, Register, RegisterRow, Value
from juesuan.books.settings import RegisterSpec

_LINES = 500
_LIMIT = 10**15


def specs_with(own: Iterable[RegisterSpec]) -> tuple[RegisterSpec, ...]:
    """The built-in registers, and those a unit declares; one of a built-in name takes its place."""
    declared = {s.name: s for s in own}
    built_in = [declared.pop(s.name, s) for s in BUILT_IN]
    return (*built_in, *declared.values())


def register_workbook(
    specs: Sequence[RegisterSpec], rows: Mapping[str, Sequence[Mapping[str, Value]]], year: int
) -> bytes:
    """The workbook's bytes, with rows by register name."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"title": "台账", "created": datetime(year, 12, 31, tzinfo=UTC)})
    base = {"font_name": "宋体", "font_size": 10, "border": 1, "valign": "vcenter"}
    head = book.add_format({**base, "bold": True, "align": "center", "bg_color": "#DDEBF7"})
    formats = {"文字": "@", "整数": "0", "金额": "#,##0.00", "数": "General", "日期": "yyyy-mm-dd"}
    pens = {kind: book.add_format({**base, "num_format": shown}) for kind, shown in formats.items()}
    for spec in specs:
        sheet = book.add_worksheet(spec.name)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        for column, (name, kind) in enumerate(spec.columns.items()):
            sheet.write_string(0, column, name, head)
            sheet.set_column(column, column, 24 if kind == "文字" else 14, pens[kind])
            rule = _rule(spec, name, kind)
            if rule:
                sheet.data_validation(1, column, _LINES, column, rule)
            if kind == "金额":
                sheet.write_comment(0, column, "单位：元")
            for line, row in enumerate(rows.get(spec.name, ()), 1):
                value = row.get(name)
                if isinstance(value, date):
                    sheet.write_datetime(line, column, datetime(value.year, value.month, value.day), pens[kind])  # noqa: DTZ001
                elif isinstance(value, (int, Decimal)):
                    sheet.write_number(line, column, value, pens[kind])
                elif value is not None:
                    sheet.write_string(line, column, value, pens[kind])
    book.close()
    return buffer.getvalue()


def _rule(spec: RegisterSpec, name: str, kind: str) -> dict[str, object] | None:
    choices = CHOICES.get((spec.name, name))
    if choices:
        return {"validate": "list", "source": list(choices)}
    if kind == "整数":
        return {"validate": "integer", "criteria": ">=", "value": 0, "error_message": "这里填数量，只能是0或正整数。"}
    if kind in {"金额", "数"}:
        return {
            "validate": "decimal", "criteria": "between", "minimum": -_LIMIT, "maximum": _LIMIT,
            "error_message": "这里只能填数字；金额的单位是元。",
        }  # fmt: skip
    if kind == "日期":
        first, last = datetime(2000, 1, 1), datetime(2100, 1, 1)  # noqa: DTZ001 - Excel knows no zones
        return {
            "validate": "date",
            "criteria": "between",
            "minimum": first,
            "maximum": last,
            "error_message": "这里填日期，如 2023-05-08。",
        }
    return None


def read_registers(folder: Path, specs: Sequence[RegisterSpec], problems: list[Problem]) -> dict[str, Register]:
    """The registers of a folder; an absent workbook is a problem to tell, not a failure."""
    path = folder / FILE
    if not path.is_file():
        problems.append(Problem(Grade.NOTE, f"没有 {path}，台账当作空的。"))
        return {s.name: Register(s.name, s.columns, (), s.aggregates) for s in specs}
    sheets = {s.name: s for s in read_workbook(path)}
    found: dict[str, Register] = {}
    for spec in specs:
        sheet = sheets.pop(spec.name, None)
        rows: tuple[RegisterRow, ...] = ()
        if sheet is None:
            problems.append(Problem(Grade.NOTE, f"{FILE} 里没有“{spec.name}”这张表，当作没有登记。"))
        else:
            rows = tuple(_rows(sheet, spec, problems))
        found[spec.name] = Register(spec.name, spec.columns, rows, spec.aggregates)
    hint = "没有在 单位.toml 里声明，没有读；要用就在 [台账.{0}] 里写明各列。"
    problems += [Problem(Grade.NOTE, f"{FILE} 的“{name}”{hint.format(name)}") for name in sheets]
    return found


def _rows(sheet: Sheet, spec: RegisterSpec, problems: list[Problem]) -> Iterable[RegisterRow]:
    columns = {name: c for c in range(sheet.columns) if (name := sheet.text(0, c)) in spec.columns}
    missing = [name for name in spec.columns if name not in columns]
    if missing:
        problems.append(Problem(Grade.BAD, f"{FILE}“{sheet.name}”第1行缺少列：{'、'.join(missing)}，请补上表头。"))
        return
    seen: dict[tuple[str, ...], int] = {}
    for line in range(1, sheet.lines):
        entries = {name: e for name, c in columns.items() if (e := sheet.get(line, c)) and not e.is_blank}
        if not entries:
            continue
        values = {name: _value(e, spec, name, problems) for name, e in entries.items()}
        row = RegisterRow(values, {name: e.cell for name, e in entries.items()})
        _check_key(row, spec, sheet, line, seen, problems)
        yield row


def _check_key(
    row: RegisterRow,
    spec: RegisterSpec,
    sheet: Sheet,
    line: int,
    seen: dict[tuple[str, ...], int],
    problems: list[Problem],
) -> None:
    if not spec.key:
        return
    key = tuple(str(row[k]) if row[k] is not None else "" for k in spec.key)
    names = "、".join(spec.key)
    cell = row.cells.get(spec.key[0]) or Cell(FILE, sheet.name, f"第{line + 1}行")
    if not all(key):
        problems.append(Problem(Grade.BAD, f"{cell} 缺少“{names}”，请填上，以便与别的行区分。", (cell,)))
    elif key in seen:
        problems.append(
            Problem(
                Grade.BAD, f"{cell} 的{names}“{'、'.join(key)}”与第 {seen[key] + 1} 行重复，请改正或删去一行。", (cell,)
            )
        )
    else:
        seen[key] = line


def _value(entry: Entry, spec: RegisterSpec, column: str, problems: list[Problem]) -> Value:
    kind = spec.columns[column]
    if kind == "整数":
        return whole(entry, problems)
    if kind in {"金额", "数"}:
        return money(entry, problems)
    if kind == "日期":
        return day(entry, problems)
    text = words_of(entry.value)
    choices = CHOICES.get((spec.name, column))
    if choices and text not in choices:
        message = f"{entry.cell} 的{column}“{text}”不在可选项里，请从 {'、'.join(choices)} 中选。"
        problems.append(Problem(Grade.BAD, message, (entry.cell,)))
    return text
