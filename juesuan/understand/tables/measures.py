"""A table that names the wrong measure, 元 for 万元: one cause, not sixty figures that differ from all other tables.

Only figures that all differ by exactly 10⁴ from the text and from other tables, and never agree, prove it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from juesuan.causes import substitute
from juesuan.evaluate import evaluate
from juesuan.facts import Equal, Fact, Relation, State, Sum
from juesuan.quantity import MEASURES, Dimension, Measure
from juesuan.understand.tables.bind import ReadStatement

LEAST = 2
"""So many relations to others must fail by 10⁴."""
_OTHER = {"元": "万元", "万元": "元"}
_TEXT = -1
_NEAR = (5000, 20000)
Names = dict[int, int]
"""For each fact of a table the table's number."""


@dataclass(slots=True)
class _Held:
    """What a table's figures say beside others: `agree`, and by the other side how often they are `apart` by 10⁴.

    `own`: whether a sum inside the table fails by 10⁴, so that one of its figures is wrong and not its measure.
    """

    agree: int = 0
    apart: Counter[int] = field(default_factory=Counter)
    own: bool = False


def wrong_measures(
    tables: Sequence[ReadStatement], relations: Sequence[Relation]
) -> tuple[list[ReadStatement], list[Relation]]:
    """The tables, those with a wrong measure told so, and the relations without those that hold them against others."""
    if not any(isinstance(r, Equal) and _far_apart(r) for r in relations):
        return list(tables), list(relations)
    names: Names = {f.id: n for n, t in enumerate(tables) for f in t.facts}
    wrong = _wrong(_held(relations, names, tables))
    if not wrong:
        return list(tables), list(relations)
    marked = [replace(t, meant=_meant(t)) if n in wrong else t for n, t in enumerate(tables)]
    return marked, [r for r in relations if not _crosses(r, names, wrong)]


def _far_apart(relation: Equal) -> bool:
    """Whether one figure is about ten thousand times the other; a cheap test before the exact ones."""
    low, high = sorted((abs(relation.subject.value), abs(relation.other.value)))
    return high > low * _NEAR[0] and high < low * _NEAR[1]


def _held(relations: Iterable[Relation], names: Names, tables: Sequence[ReadStatement]) -> dict[int, _Held]:
    found: dict[int, _Held] = defaultdict(_Held)
    for relation in relations:
        if not isinstance(relation, (Equal, Sum)) or any(f.quantity.is_zero for f in _ends(relation)):
            continue
        sides = {names.get(f.id, _TEXT) for f in relation.facts if not f.quantity.is_zero}
        if sides == {_TEXT}:
            continue
        broken = evaluate(relation).state is State.BROKEN
        for number in sides - {_TEXT}:
            told = found[number]
            if not broken:
                told.agree += len(sides) > 1 and (isinstance(relation, Equal) or relation.closed)
            elif len(sides) == 1:
                told.own = told.own or _by_myriad(relation)
            elif (meant := _meant(tables[number])) is not None and _agrees(relation, number, names, meant):
                told.apart.update(sides - {number})
    return found


def _ends(relation: Equal | Sum) -> tuple[Fact, ...]:
    return (relation.subject, relation.other) if isinstance(relation, Equal) else (relation.subject,)


def _by_myriad(relation: Equal | Sum) -> bool:
    """Whether one figure of a relation, in the other measure, mends it."""
    for fact in relation.facts:
        other = _OTHER.get(fact.quantity.measure.symbol)
        if other and not fact.quantity.is_zero:
            scaled = replace(fact, quantity=replace(fact.quantity, measure=MEASURES[other]))
            if evaluate(substitute(relation, {fact.id: scaled})).state is not State.BROKEN:
                return True
    return False


def _agrees(relation: Relation, number: int, names: Names, measure: Measure) -> bool:
    """Whether the relation holds with the figures of one table in another measure."""
    changed = {
        f.id: replace(f, quantity=replace(f.quantity, measure=measure))
        for f in relation.facts
        if names.get(f.id) == number and f.quantity.measure.dimension is Dimension.MONEY
    }
    return evaluate(substitute(relation, changed)).state is not State.BROKEN


def _wrong(held: dict[int, _Held]) -> frozenset[int]:
    """Tables that never agree with another, and differ by 10⁴ from more sides than any of those does.

    Of two that only contradict each other it is the later one: which of them errs cannot be told.
    """
    suspects = {n for n, h in held.items() if not (h.agree or h.own) and h.apart.total() >= LEAST}
    sides = Counter({n: len(held[n].apart) for n in suspects})
    found: set[int] = set()
    for n in sorted(suspects, key=lambda n: (-sides[n], -n)):
        if set(held[n].apart) - found:
            found.add(n)
    return frozenset(found)


def _meant(table: ReadStatement) -> Measure | None:
    other = _OTHER.get(table.measure.symbol)
    return MEASURES[other] if other else None


def _crosses(relation: Relation, names: Names, wrong: frozenset[int]) -> bool:
    """Whether a relation holds figures of such a table against anything else."""
    sides = {names.get(f.id, _TEXT) for f in relation.facts}
    return len(sides) > 1 and bool(sides & wrong)
