"""How the figures of a wide table add up across its columns, over all the pages it was cut into side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from juesuan.evaluate import evaluate
from juesuan.facts import Fact, Relation, State, Sum
from juesuan.taxonomy.statements import Across
from juesuan.taxonomy.statements.wide import sums
from juesuan.understand.tables.bind import ReadStatement

__all__ = ["goes_on_beside", "is_wide", "wide_sums"]

SOURCE = "table:across"
_REPEATED = frozenset({"total"})
"""Columns that a page may print again beside the keys of its rows."""

Row = dict[str, Fact]


def is_wide(table: ReadStatement) -> bool:
    """Whether a table has a column for each economic account."""
    return any(side.wide for side in table.statement.sides)


def goes_on_beside(before: ReadStatement, table: ReadStatement) -> bool:
    """Whether a table prints further columns of a wide one that stands before it."""
    shared = set(before.columns) & set(table.columns)
    return before.statement is table.statement and is_wide(table) and shared <= _REPEATED


def wide_sums(tables: Sequence[ReadStatement]) -> Iterator[Relation]:
    """Items to their class, classes to the total, row by row; `tables` are the pages of one table.

    A sum is held to its total only where that of the whole table shows that no column is missing from it.
    """
    rows: dict[str, Row] = defaultdict(dict)
    open_rows: set[str] = set()
    for table in tables:
        for row in table.rows:
            key = row.code or row.row_id or row.name
            rows[key] = row.facts | rows[key]
            if row.unread or not row.keyed:
                open_rows.add(key)
    columns = dict.fromkeys(c for table in tables for c in table.columns)
    complete = all(t.complete for t in tables)
    whole = rows.get("total", {})
    for rule in sums(tuple(columns)):
        proven = complete and _adds_up(whole, rule)
        for key, figures in rows.items():
            total, parts = figures.get(rule.total), _parts(figures, rule)
            if total is None or not parts:
                continue
            closed = proven and key not in open_rows
            if closed or all(p.value >= 0 for p in parts):
                yield Sum(total, tuple(parts), closed=closed, place=total.place, source=SOURCE)


def _parts(row: Row, rule: Across) -> list[Fact]:
    return [row[p] for p in rule.parts if p in row]


def _adds_up(row: Row, rule: Across) -> bool:
    total, parts = row.get(rule.total), _parts(row, rule)
    return total is not None and bool(parts) and evaluate(Sum(total, tuple(parts))).state is not State.BROKEN
