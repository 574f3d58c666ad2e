"""Columns of economic accounts: a wide table has one for each 款 behind the 小计 of its 类, in as many as it needs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from juesuan.catalog import ECONOMIC, load
from juesuan.taxonomy.statements.model import Across, Col, Side, Statement

__all__ = ["SUBTOTAL", "column_of", "economic_code", "sums", "wide_col"]

SUBTOTAL = ("小计", "合计")
_CLASS_LENGTH, _ITEM_LENGTH = 3, 5
_PREFIX = "e"
_CODED = re.compile(r"(3\d{2}(?:\d{2})?)(\D.*)?")


@lru_cache(maxsize=1024)
def wide_col(side: Side, code: str, year: int | None) -> Col | None:
    """The column of an economic account on a wide side, under its words of the year; None for an unknown account."""
    account = load().by_code(code, year)
    if side.wide is None or account is None or account.kind != ECONOMIC:
        return None
    return replace(side.wide, id=f"{_PREFIX}{code}", labels=(account.name,), economic=code)


def column_of(statement: Statement, column_id: str) -> Col | None:
    """The column of that id, with those of economic accounts."""
    known = statement.column(column_id)
    if known is not None or not column_id.startswith(_PREFIX):
        return known
    code = column_id.removeprefix(_PREFIX)
    return next((c for side in statement.sides if (c := wide_col(side, code, None)) is not None), None)


@lru_cache(maxsize=1024)
def economic_code(path: Sequence[str], year: int | None) -> str | None:
    """The account that header words name, from the top down: 工资福利支出 / 基本工资, 商品和服务支出 / 小计, 30101基本工资."""
    if not path:
        return None
    coded = _CODED.fullmatch(path[-1])
    if coded:
        return coded[1]
    own, above = path[-1], path[:-1]
    holder = next((c for word in reversed(above) for c in _codes(word, year) if len(c) == _CLASS_LENGTH), None)
    if own in SUBTOTAL:
        return holder
    found = [c for c in _codes(own, year) if holder is None or c.startswith(holder)]
    items = [c for c in found if len(c) == _ITEM_LENGTH] or found
    return items[0] if len(items) == 1 else None


def _codes(name: str, year: int | None) -> list[str]:
    coded = _CODED.fullmatch(name)
    if coded:
        return [coded[1]]
    return [a.code for a in load().economic_by_name(name, year) if a.kind == ECONOMIC]


def sums(columns: Sequence[str]) -> tuple[Across, ...]:
    """How the columns of a wide table add up: those of the classes to the total, those of the items to their class."""
    codes = [c.removeprefix(_PREFIX) for c in columns if c.startswith(_PREFIX)]
    classes = [c for c in codes if len(c) == _CLASS_LENGTH]
    items = {k: tuple(f"{_PREFIX}{c}" for c in codes if len(c) == _ITEM_LENGTH and c.startswith(k)) for k in classes}
    found = [Across(f"{_PREFIX}{k}", below) for k, below in items.items() if below]
    if classes and "total" in columns:
        found.append(Across("total", tuple(f"{_PREFIX}{k}" for k in classes)))
    return tuple(found)
