"""Reports of one unit for several years: what each says of the year before, held against the report of that year.

Three kinds of relations: a figure of last year told again is the one last year's report told; a change told is
this year's figure less that of last year's report; what was carried in is what was carried out. Each needs the
same concept, stage, account and measure; a figure that names no fund is held against last year's only where all
that it could be say the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from juesuan.document.combine import combine
from juesuan.errors import UsageError
from juesuan.facts import Aspect, Difference, Equal, Fact, Relation, Scope, Stage
from juesuan.understand.identities import account_key
from juesuan.understand.join import joined
from juesuan.understand.understanding import Understanding

__all__ = ["CARRIED", "LAST_YEAR", "in_order", "understand_years"]

LAST_YEAR = "years_last"
CARRIED = "years_carried"

_AGAINST = re.compile(r"vs (?P<year>20\d\d)(?: (?P<stage>[a-z]+))?")
_BLANKS = re.compile(r"[\s（）()“”]")
_PLANNED = frozenset({Stage.INITIAL, Stage.ADJUSTED, Stage.BUDGET})

Key = tuple[object, ...]


def in_order(parts: Sequence[Understanding]) -> tuple[Understanding, ...]:
    """The reports by year. Raises UsageError where they are not reports of one unit for different years."""
    if len(parts) < 2:
        raise UsageError("--years 要两份以上能读的报告，请把同一单位几个年度的报告一起写上。")
    by_year: dict[int, Understanding] = {}
    for part in parts:
        path, year = part.document.path, part.identity.year
        if year is None:
            raise UsageError(f"看不出“{path}”是哪一年的报告，不能与其他年度对照，请检查封面和标题里的年度。")
        if year in by_year:
            other = by_year[year].document.path
            raise UsageError(f"“{other}”和“{path}”都是{year}年的报告，--years 要不同年度的，请只留一份。")
        by_year[year] = part
    named = [part for part in parts if part.identity.entity]
    for one, next_one in pairwise(named):
        if not _same_entity(one.identity.entity or "", next_one.identity.entity or ""):
            raise UsageError(
                f"“{one.document.path}”是{one.identity.entity}的报告，“{next_one.document.path}”是{next_one.identity.entity}的，"
                "--years 只对照同一单位的报告，请分开审核。"
            )
    return tuple(by_year[year] for year in sorted(by_year))


def _same_entity(one: str, other: str) -> bool:
    """Whether two names are of one unit: the same, or one without the places before it."""
    one, other = _BLANKS.sub("", one), _BLANKS.sub("", other)
    return one.endswith(other) or other.endswith(one)


def understand_years(parts: Sequence[Understanding], path: str) -> Understanding:
    """The reports side by side, by year, with the relations between each and the one before.

    Only years that follow each other are compared. Raises UsageError like `in_order`.
    """
    parts = in_order(parts)
    document = replace(combine([part.document for part in parts], path), problems=())
    whole, facts = joined(document, parts)
    years = tuple(part.identity.year or 0 for part in parts)
    relations: list[Relation] = []
    for (before, old), (year, new) in pairwise(zip(years, facts, strict=True)):
        if year == before + 1:
            relations += _between(_usable(old, whole), _usable(new, whole), year)
    return replace(whole, relations=tuple(relations), years=years)


def _usable(facts: Iterable[Fact], whole: Understanding) -> list[Fact]:
    """Figures of known concepts of the body, none of them rough or in doubt."""
    return [
        fact
        for fact in facts
        if fact.id not in whole.disputed
        and not fact.concept.startswith(("named:", "count:", "unnamed", "performance"))
        and fact.scope.project is None
        and not fact.quantity.approximate
    ]


def _key(concept: str, scope: Scope, fact: Fact, stage: Stage | None) -> Key:
    account = account_key(scope.account, scope.year)
    return (concept, stage, account, scope.economic, scope.entity, fact.quantity.measure.dimension)


class _Own:
    """The levels a report tells of its own year, by what they are."""

    def __init__(self, facts: Sequence[Fact], year: int) -> None:
        self._found: dict[Key, list[Fact]] = defaultdict(list)
        for fact in facts:
            if fact.aspect is Aspect.LEVEL and fact.scope.year == year and fact.scope.nature is None:
                self._found[_key(fact.concept, fact.scope, fact, fact.scope.stage)].append(fact)

    def one(self, concept: str, like: Fact, stage: Stage | None) -> Fact | None:
        """The figure for that concept with the scope of `like`; None where its places differ.

        One in the measure of `like` is taken before a finer one: a change in 万元 is reckoned from figures in 万元.
        """
        found = self._found.get(_key(concept, like.scope, like, stage), [])
        fund = like.scope.fund
        same = [fact for fact in found if fact.scope.fund == fund] if fund else []
        same = same or [fact for fact in found if fund is None or fact.scope.fund is None]
        if not same:
            return None
        measure = like.quantity.measure
        best = min(same, key=lambda fact: (fact.quantity.measure != measure, fact.quantity.ulp, fact.id))
        meets = all(
            fact.interval.low <= best.interval.high and best.interval.low <= fact.interval.high for fact in same
        )
        return best if meets else None


def _between(old: Sequence[Fact], new: Sequence[Fact], year: int) -> Iterator[Relation]:
    """The relations between the report of `year` and that of the year before."""
    before, now = _Own(old, year - 1), _Own(new, year)
    yield from _told_again(new, before, year)
    yield from _changes(new, before, now, year)
    yield from _carried(new, before, year)


def _told_again(new: Sequence[Fact], before: _Own, year: int) -> Iterator[Relation]:
    for fact in new:
        if fact.aspect is not Aspect.LEVEL or fact.scope.year != year - 1 or fact.scope.nature is not None:
            continue
        base = before.one(fact.concept, fact, fact.scope.stage)
        if base is not None:
            sure = (
                fact.scope.stage is Stage.FINAL and fact.scope.fund is not None and fact.scope.fund == base.scope.fund
            )
            yield Equal(fact, base, place=fact.place, source=LAST_YEAR, sure=sure)


def _changes(new: Sequence[Fact], before: _Own, now: _Own, year: int) -> Iterator[Relation]:
    """Changes against last year; the base is last year's report, whatever this one says it was."""
    for fact in new:
        if fact.aspect is not Aspect.CHANGE or fact.scope.year != year or not fact.sign:
            continue
        against = _AGAINST.fullmatch(fact.scope.nature or "")
        if against is None or int(against["year"]) != year - 1:
            continue
        stage = fact.scope.stage
        if against["stage"] and stage not in _PLANNED:
            continue
        level, base = now.one(fact.concept, fact, stage), before.one(fact.concept, fact, stage)
        if level is not None and base is not None:
            yield Difference(fact, level, base, place=fact.place, source=LAST_YEAR, sure=False)


def _carried(new: Sequence[Fact], before: _Own, year: int) -> Iterator[Relation]:
    for fact in new:
        if fact.concept != "carried_in" or fact.aspect is not Aspect.LEVEL or fact.scope.year != year:
            continue
        base = before.one("carried_out", fact, fact.scope.stage) if fact.scope.nature is None else None
        if base is not None and base.scope.fund == fact.scope.fund:
            yield Equal(fact, base, place=fact.place, source=CARRIED, sure=False)
