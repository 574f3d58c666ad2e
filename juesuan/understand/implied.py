"""Figures of the year before that no sentence states, and that a change, or 持平, gives away.

152.20 this year and 30.05 more than last year make 122.15 last year, within the rounding of both. They are held
against what else shows that year, and are no facts of the text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from juesuan.evaluate import evaluate
from juesuan.facts import Aspect, Fact, Relation, Stage, State
from juesuan.quantity import Quantity, plain

__all__ = ["implied"]

Key = tuple[object, ...]


def implied(
    facts: Sequence[Fact], flats: Iterable[tuple[Fact, int]], relations: Iterable[Relation], year: int | None
) -> tuple[Fact, ...]:
    """Levels of the year before, with ids below zero. A change that its own rate contradicts tells nothing."""
    if year is None:
        return ()
    levels: dict[Key, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.aspect is Aspect.LEVEL and fact.scope.nature is None:
            levels[_key(fact)].append(fact)
    doubted = {
        f.id
        for r in relations
        if any(f.aspect is Aspect.CHANGE for f in r.facts) and evaluate(r).state is State.BROKEN
        for f in r.facts
    }
    found = [
        *_by_change(facts, levels, doubted, year),
        *(_before(now, now.quantity, before, "持平") for now, before in flats if now.scope.year == year),
    ]
    return tuple(f for f in found if f.scope.year == year - 1)


def _key(fact: Fact) -> Key:
    s = fact.scope
    return (fact.concept, s.year, s.stage, s.fund, s.account, s.economic, s.entity, s.project)


def _by_change(facts: Sequence[Fact], levels: dict[Key, list[Fact]], doubted: set[int], year: int) -> Iterator[Fact]:
    for change in facts:
        s = change.scope
        wanted = (change.aspect, s.nature, s.year, s.stage) == (Aspect.CHANGE, f"vs {year - 1}", year, Stage.FINAL)
        if not wanted or change.id in doubted or change.quantity.approximate:
            continue
        now = levels.get(_key(change), [])
        if not now or len({f.value for f in now}) > 1 or now[0].quantity.measure != change.quantity.measure:
            continue
        unit = change.quantity.measure.factor
        value = (now[0].value - change.value) / unit
        if value >= 0:
            decimals = max(now[0].quantity.decimals, change.quantity.decimals)
            yield _before(now[0], replace(now[0].quantity, value=value, decimals=decimals), year - 1, "本年数和增减额")


def _before(now: Fact, quantity: Quantity, year: int, by: str) -> Fact:
    text = f"{plain(quantity.value, quantity.decimals)}{quantity.measure.symbol}（按{by}推算）"
    return replace(now, id=-1, scope=replace(now.scope, year=year), quantity=replace(quantity, text=text))
