"""Amounts that stand one or more rows beside their labels: one cause, not forty wrong cells.

Only amounts that then fit exactly prove it: most sums of the table fail as printed, and next to none under the shift.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from juesuan.evaluate import evaluate
from juesuan.facts import Equal, Fact, Relation, State, Sum
from juesuan.taxonomy.statements import Keys
from juesuan.understand.tables.between import between
from juesuan.understand.tables.bind import ReadRow, ReadStatement
from juesuan.understand.tables.within import within

LEAST_BROKEN = 4
"""So many failing sums are needed before a shift is looked for."""
REACH = (1, -1, 2, -2, 3)
REMAINDER = 8
"""At most one failing relation in so many may still fail under the shift: other slips, or amounts lost at the end."""


def unshifted(tables: Sequence[ReadStatement], relations: Iterable[Relation]) -> list[ReadStatement]:
    """The tables, those whose amounts are shifted marked with the number of rows. `relations`: all within and between them."""
    failing = Counter(block for r in relations if _fails(r) for block in {f.place.block for f in r.facts})
    return [
        replace(t, shift=found)
        if sum(failing[b] for b in t.blocks) >= LEAST_BROKEN and (found := _shift(t, tables))
        else t
        for t in tables
    ]


def _fails(relation: Relation) -> bool:
    """Whether a sum or equality clearly fails; a cheap test before the exact one."""
    if isinstance(relation, Sum):
        gap = sum((p.value for p in relation.parts), Decimal(0)) - relation.subject.value
        return abs(gap) > relation.subject.quantity.ulp * (len(relation.parts) + 1) and (relation.closed or gap > 0)
    return (
        isinstance(relation, Equal)
        and abs(relation.subject.value - relation.other.value) > relation.subject.quantity.ulp * 2
    )


def _shift(table: ReadStatement, tables: Sequence[ReadStatement]) -> int:
    """By how many rows the amounts of the table, or of one group of its columns, stand too low (or high, below zero)."""
    broken, holds = _score(table, tables)
    if broken < LEAST_BROKEN:
        return 0
    groups = sorted({r.group for r in table.rows})
    choices = [frozenset(groups), *(frozenset({g}) for g in groups if len(groups) > 1)]
    for rows in REACH:
        for chosen in choices:
            for with_totals in (True, False):
                moved = _moved(table, rows, chosen, with_totals=with_totals)
                if moved is None:
                    continue
                left, fit = _score(moved, [moved if t is table else t for t in tables])
                if left * REMAINDER <= broken and fit > holds:
                    return rows
    return 0


def _score(table: ReadStatement, tables: Sequence[ReadStatement]) -> tuple[int, int]:
    """How many relations of a table fail and how many hold, not counting those inside one row."""
    ids = {f.id for f in table.facts}
    states = [evaluate(r).state for r in _relations(table, tables, ids)]
    return states.count(State.BROKEN), states.count(State.HOLDS) + states.count(State.ROUNDING)


def _relations(table: ReadStatement, tables: Sequence[ReadStatement], ids: set[int]) -> Iterator[Relation]:
    for relation in (*within(table), *between(tables)):
        if any(f.id in ids for f in relation.facts) and len({(f.place.block, f.place.row) for f in relation.facts}) > 1:
            yield relation


def _moved(table: ReadStatement, rows: int, groups: Collection[int], *, with_totals: bool) -> ReadStatement | None:
    """The table with the amounts of some groups `rows` further up; None where amounts would fall off the end.

    Totals often stay in their place, computed by the sheet, when the amounts above them slip.
    """
    found: list[ReadRow] = []
    for group in sorted({r.group for r in table.rows}):
        own = [r for r in table.rows if r.group == group]
        movable = [r for r in own if group in groups and (with_totals or not r.row_id)]
        sources = {id(r): movable[n + rows] if 0 <= n + rows < len(movable) else None for n, r in enumerate(movable)}
        lost = movable[:rows] if rows > 0 else movable[rows:]
        if any(not f.quantity.is_zero for r in lost for f in r.facts.values()):
            return None
        found += [_taking(table, r, sources[id(r)]) if id(r) in sources else r for r in own]
    return replace(table, rows=tuple(found))


def _taking(table: ReadStatement, row: ReadRow, source: ReadRow | None) -> ReadRow:
    """The row with another row's amounts, which are then of this row."""
    if source is None:
        return replace(row, facts={}, blank=frozenset())
    side = next(s for s in table.statement.sides if s.id == row.side)
    is_economic = side.keys is Keys.ECONOMIC
    facts: dict[str, Fact] = {}
    for key, fact in source.facts.items():
        concept, fund = row.meaning.get(key, (fact.concept, fact.scope.fund))
        account, economic = (None, row.code) if is_economic else (row.code, None)
        scope = replace(fact.scope, fund=fund, account=account, economic=economic)
        facts[key] = replace(fact, concept=concept, scope=scope)
    return replace(row, facts=facts, blank=source.blank)
