"""Tables whose totals a sheet added up from rounded figures: such a total may be off by more than its own rounding.

Figures rounded one by one seldom add up in all sums of a long table. Where they all do, the totals are sums of what is
printed, each off by up to half a unit for every item, and a small difference from the exact total elsewhere proves nothing.
"""

from __future__ import annotations

from dataclasses import replace

from juesuan.evaluate import evaluate
from juesuan.facts import Fact, State, Sum
from juesuan.understand.tables.bind import ReadRow, ReadStatement
from juesuan.understand.tables.within import within

LEAST_ITEMS = 10
"""In a shorter table figures rounded one by one may well add up by chance."""
_ADDED = ("table:tree", "table:total")


def added_up(table: ReadStatement) -> ReadStatement:
    """The table, its totals with the number of figures they were added up from where every sum of it shows that."""
    if not any(side.tree for side in table.statement.sides):
        return table
    sums = [r for r in within(table) if isinstance(r, Sum) and r.closed and r.source in _ADDED]
    parts = {r.subject.id: [p.id for p in r.parts if not p.quantity.is_zero] for r in sums}
    if sum(len(p) for p in parts.values()) < LEAST_ITEMS or any(evaluate(r).state is not State.HOLDS for r in sums):
        return table
    terms = {subject: _items(subject, parts) for subject in parts}
    if max(terms.values(), default=0) < LEAST_ITEMS:
        return table
    return replace(table, rows=tuple(_told(row, terms) for row in table.rows))


def _items(fact: int, parts: dict[int, list[int]]) -> int:
    """How many printed figures without parts of their own a figure is the sum of."""
    below = parts.get(fact)
    return sum(_items(p, parts) for p in below) if below else 1


def _told(row: ReadRow, terms: dict[int, int]) -> ReadRow:
    def with_terms(fact: Fact) -> Fact:
        return replace(fact, terms=terms[fact.id]) if terms.get(fact.id, 1) > 1 else fact

    return replace(row, facts={key: with_terms(fact) for key, fact in row.facts.items()})
