"""Amounts that stand one or more rows beside their labels: one cause, not forty wrong cells.

Only amounts that then fit exactly prove it: most sums of the table fail as printed, and none under the shift.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from juesuan.evaluate import evaluate
from juesuan.facts import Equal, Fact, Relation, State, Sum
from juesuan.understand.tables.between import between
from juesuan.understand.tables.bind import ReadRow, ReadStatement
from juesuan.understand.tables.within import within

LEAST_BROKEN = 4
"""So many failing sums are needed before a shift is looked for."""
REACH = (1, -1, 2, -2, 3, -3)


def unshifted(tables: Sequence[ReadStatement], relations: Iterable[Relation]) -> list[ReadStatement]:
    """The tables, those whose amounts are shifted marked with the number of rows. `relations`: all within and between them."""
    failing = Counter(f.place.block for r in relations if _fails(r) for f in r.facts[:1])
    return [
        replace(t, shift=found) if sum(failing[b] for b in t.blocks) >= LEAST_BROKEN and (found := _shift(t, tables)) else t
        for t in tables
    ]


def _fails(relation: Relation) -> bool:
    """Whether a sum or equality clearly fails; a cheap test before the exact one."""
    if isinstance(relation, Sum):
        gap = sum((p.value for p in relation.parts), Decimal(0)) - relation.subject.value
        return abs(gap) > relation.subject.quantity.ulp * (len(relation.parts) + 1) and (relation.closed or gap > 0)
    return isinstance(relation, Equal) and abs(relation.subject.value - relation.other.value) > relation.subject.quantity.ulp * 2


def _shift(table: ReadStatement, tables: Sequence[ReadStatement]) -> int:
    here = _score(table, tables)
    if here[0] < LEAST_BROKEN or here[0] < here[1]:
        return 0
    for rows in REACH:
        moved = _moved(table, rows)
        if moved is None:
            continue
        broken, holds = _score(moved, [moved if t is table else t for t in tables])
        if broken == 0 and holds >= here[0]:
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


def _moved(table: ReadStatement, rows: int) -> ReadStatement | None:
    """The table with the amounts of each side `rows` further up; None where amounts would fall off its end."""
    found: list[ReadRow] = []
    for side in dict.fromkeys(r.side for r in table.rows):
        own = [r for r in table.rows if r.side == side]
        for number, row in enumerate(own):
            source = own[number + rows] if 0 <= number + rows < len(own) else None
            facts = {k: _as(row, f) for k, f in source.facts.items()} if source else {}
            found.append(replace(row, facts=facts, blank=source.blank if source else row.blank))
        lost = own[:rows] if rows > 0 else own[rows:]
        if any(not f.quantity.is_zero for r in lost for f in r.facts.values()):
            return None
    return replace(table, rows=tuple(found))


def _as(row: ReadRow, fact: Fact) -> Fact:
    """The amount as if it stood in this row."""
    own = next(iter(row.facts.values()), None)
    account, economic = fact.scope.account, fact.scope.economic
    if account is not None or economic is not None or row.code:
        is_economic = economic is not None or (own is not None and own.scope.economic is not None)
        scope = replace(fact.scope, account=None if is_economic else row.code, economic=row.code if is_economic else None)
    else:
        scope = fact.scope
    concept = own.concept if own is not None and row.row_id else fact.concept
    return replace(fact, scope=scope, concept=concept)
