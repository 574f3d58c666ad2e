"""Workbooks opened and their cells read: exact numbers, what is shown, and every refusal with sheet and cell."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from juesuan.books.figures import Cell
from juesuan.books.package import DamagedError, StoredSheet, read_package
from juesuan.books.problems import Grade, Problem
from juesuan.errors import BooksError

_DIGITS = 15
_SHORT_NAME = 6
_MAX_BYTES = 50 * 1024 * 1024
_MAX_CELLS = 400_000
_GROUPED = re.compile(r"[,，\s￥¥元]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell's content: `value` stored (of a formula its kept result), `formula` if any, `note` its comment."""

    cell: Cell
    value: object
    formula: str | None = None
    note: str = ""

    @property
    def is_blank(self) -> bool:
        return self.formula is None and (self.value is None or (isinstance(self.value, str) and not self.value.strip()))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's entries by line and column, both from 0."""

    name: str
    entries: dict[tuple[int, int], Entry]
    lines: int
    columns: int

    def get(self, line: int, column: int) -> Entry | None:
        return self.entries.get((line, column))

    def text(self, line: int, column: int) -> str:
        """A cell's words; codes typed as numbers read as their digits."""
        entry = self.entries.get((line, column))
        if entry is None or entry.value is None:
            return ""
        return words_of(entry.value).replace("　", "")


def words_of(value: object) -> str:
    """A value as words; a number without a fraction is its digits."""
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return f"{value:.0f}"
    return str(value).strip()


def lock_of(path: Path) -> Path | None:
    """The lock file Excel, Word or WPS keeps beside a file that is open; None when it is not.

    Word puts its sign in the place of the first letters of a longer name.
    """
    long = [f"~${path.name[n:]}" for n in (1, 2) if path.suffix == ".docx" and len(path.stem) > _SHORT_NAME]
    for name in (f"~${path.name}", *long, f".~{path.name}", f".~lock.{path.name}#"):
        lock = path.with_name(name)
        if lock.exists():
            return lock
    return None


def read_workbook(path: Path) -> Iterator[Sheet]:
    """The sheets of a workbook. Raises BooksError for one that is absent, too large, encrypted or half written."""
    if not path.is_file():
        raise BooksError(f"没有 {path}；用 juesuan new 建立账册，或把文件放回原处。")
    if path.stat().st_size > _MAX_BYTES:
        raise BooksError(f"{path} 超过 50 MB，不像账册里的表，请检查。")
    try:
        for sheet in read_package(path):
            yield _sheet(path, sheet)
    except DamagedError as error:
        opened = "；它正在被打开，请先保存并关闭" if lock_of(path) else ""
        hint = "可能没有写完、加了密码或者不是 xlsx，请用 Excel 或 WPS 打开后另存为 xlsx，或从备份恢复"
        raise BooksError(f"{path} 打不开：{hint}{opened}。") from error


def _sheet(path: Path, stored: StoredSheet) -> Sheet:
    name = stored.name
    lines = max((c.line for c in stored.cells), default=-1) + 1
    columns = max((c.column for c in stored.cells), default=-1) + 1
    if len(stored.cells) > _MAX_CELLS:
        raise BooksError(f"{path}“{name}”超过 {_MAX_CELLS} 个格子，请删掉多余的行列。")
    entries = {
        (c.line, c.column): Entry(
            Cell(path.name, name, c.ref, _shown(c.value, c.format)), c.value, c.formula, stored.notes.get(c.ref, "")
        )
        for c in stored.cells
    }
    return Sheet(name, entries, lines, columns)


def _shown(value: object, number_format: str) -> str | None:
    """What a number displays, where its format hides digits: 0.125 with two decimals shows 0.13 (0.12 never)."""
    found = re.search(r"0\.(0+)", number_format)
    if not isinstance(value, Decimal) or not found:
        return None
    exact = decimal_of(value)
    shown = f"{exact:.{len(found[1])}f}"
    return shown if Decimal(shown) != exact else None


def decimal_of(value: Decimal) -> Decimal:
    """A cell's number exactly as people see it: the file keeps binary floats, of which 15 digits are meant."""
    found = value
    if len(found.as_tuple().digits) > _DIGITS:
        found = Decimal(f"{value:.{_DIGITS}g}")
    # 1522000.0 and 1.522E+6 are one number to the reader of a message.
    return Decimal(f"{found.normalize():f}") if found.is_finite() else found


def money(entry: Entry, problems: list[Problem]) -> Decimal | None:
    """An amount in 元; None for a blank. Words, dates and the like are problems."""
    value = entry.value
    if entry.is_blank:
        return None
    if entry.formula is not None and value is None:
        problems.append(_bad(entry, "的公式没有算出结果，请用 Excel 或 WPS 打开、保存一次"))
        return None
    if isinstance(value, str):
        return _from_text(entry, value, problems)
    if not isinstance(value, Decimal):
        problems.append(_bad(entry, f"要填金额，现在是“{value}”，请改成数字"))
        return None
    found = decimal_of(value)
    return found if found.is_finite() else None


def _from_text(entry: Entry, value: str, problems: list[Problem]) -> Decimal | None:
    text = _GROUPED.sub("", value)
    if text in {"", "-", "—", "－"}:
        return None
    try:
        found = Decimal(text)
    except InvalidOperation:
        problems.append(_bad(entry, f"要填金额，现在是文字“{value.strip()[:20]}”，请改成数字，没有数就留空"))
        return None
    return found if found.is_finite() else None


def whole(entry: Entry, problems: list[Problem]) -> int | None:
    """A count; None for a blank."""
    found = money(entry, problems)
    if found is None:
        return None
    if found != found.to_integral_value() or found < 0:
        problems.append(_bad(entry, f"要填0或正整数，现在是“{entry.value}”，请改正"))
        return None
    return int(found)


def day(entry: Entry, problems: list[Problem]) -> date | None:
    """A date; None for a blank. 2023-5-8, 2023/5/8, 2023年5月8日 and Excel's own are read."""
    value = entry.value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if entry.is_blank:
        return None
    found = re.fullmatch(r"\s*(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?\s*", str(value))
    if found:
        with contextlib.suppress(ValueError):
            return date(int(found[1]), int(found[2]), int(found[3]))
    problems.append(_bad(entry, f"要填日期，现在是“{entry.value}”，请写成 2023-05-08 的样子"))
    return None


def _bad(entry: Entry, what: str) -> Problem:
    return Problem(Grade.BAD, f"{entry.cell} {what}。", (entry.cell,))
