"""A list of parts, read to its end, becomes sums and shares.

A list asserts "total = Σ parts" only if it is complete: the taxonomy says so (基本支出＝人员经费＋公用经费), the
document says so (its shares add up, its amounts add up, an "其他" closes it), or it lists accounts, which a
report gives in full. Otherwise it asserts no more than Σ parts ≤ total.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from juesuan.evaluate import evaluate
from juesuan.facts import Aspect, Fact, Shares, Stage, State, Sum
from juesuan.quantity import Dimension
from juesuan.taxonomy.concepts import BY_ID
from juesuan.understand.context import PARTS_OF, Context, Frame, parts_of

_LAST = {
    "income": ("income_other", "income_other"),
    "income_total": ("carried_in", "use_of_surplus"),
    "expenditure_total": ("carried_out", "surplus_distribution"),
}
"""What comes last in a list of all there is, and what must be in it."""
_STRUCTURE = ("主要用于以下方面", "主要用于以下几个方面", "主要用于以下几方面")


def close_frame(context: Context, frame: Frame) -> None:
    """Assert what a finished list of parts asserts."""
    groups: dict[tuple[object, ...], list[Fact]] = {}
    for fact in frame.children:
        if fact.id in context.disputed or (fact.scope.nature is not None and fact.aspect is Aspect.LEVEL):
            continue
        key = (fact.aspect, fact.quantity.measure.dimension, fact.scope.stage, fact.scope.year, fact.scope.nature)
        groups.setdefault(key, []).append(fact)
    lists = [_distinct(facts) for facts in groups.values()]
    counted = max((len(facts) for facts in lists if _counts_add_up(frame, facts)), default=0)
    for facts in lists:
        _assert_sum(context, frame, facts, counted=counted)


def _counts_add_up(frame: Frame, facts: Sequence[Fact]) -> bool:
    """Whether a list of numbers of things (3个、4个、7个) makes up its total: then their amounts should, too."""
    total = total_of(frame, facts)
    counts = facts[0].quantity.measure.dimension not in {Dimension.MONEY, Dimension.RATIO, Dimension.SCORE}
    return (
        counts
        and len(facts) > 1
        and total is not None
        and evaluate(Sum(total, tuple(facts))).state is State.HOLDS
        and not all(f.quantity.is_zero for f in facts)
    )


def _distinct(facts: Sequence[Fact]) -> list[Fact]:
    """One figure for each subject: what is printed twice counts once, the later one."""
    kept: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        named = fact.concept.startswith("named:")
        key = (
            fact.concept,
            fact.scope.fund,
            fact.scope.account,
            fact.scope.economic,
            fact.label if named else "",
            fact.id if named else 0,
        )
        kept[key] = fact
    return list(kept.values())


def total_of(frame: Frame, parts: Sequence[Fact]) -> Fact | None:
    """The figure before the list with the parts' measure, stage, year and aspect; never one of the parts.

    One that the taxonomy says is made of such parts comes first, else the latest.
    """
    like = parts[0]
    ids = {p.id for p in parts}
    concepts = {p.concept for p in parts}
    whole = {total for total, of in PARTS_OF.items() if concepts <= set(of)}
    latest = frame.before[::-1]
    for fact in (*(f for f in latest if f.concept in whole), *latest):
        if (
            fact.id not in ids
            and fact.aspect is like.aspect
            and (fact.aspect is Aspect.LEVEL or fact.scope.nature == like.scope.nature)
            and fact.quantity.same_dimension(like.quantity)
            and fact.scope.stage is like.scope.stage
            and fact.scope.year == like.scope.year
        ):
            return fact
    return None


def _highest(parts: Sequence[Fact]) -> list[Fact]:
    """Without the accounts that stand below another one of the list: 类 and its 项 are not two parts of one sum."""
    paths = {p.scope.account for p in parts if p.concept == "expenditure"}
    return [
        p
        for p in parts
        if not (
            p.scope.account
            and any(f"{p.scope.account}/".startswith(f"{q}/") for q in paths if q and q != p.scope.account)
        )
    ]


def adds_up(frame: Frame, parts: Sequence[Fact]) -> bool:
    """Whether parts of a list already make up its total, so that the list has come to its end."""
    levels = [p for p in parts if p.aspect is Aspect.LEVEL]
    total = total_of(frame, levels) if levels else None
    return total is not None and evaluate(Sum(total, tuple(_distinct(levels)))).state in {State.HOLDS, State.ROUNDING}


def _assert_sum(context: Context, frame: Frame, parts: list[Fact], *, counted: int) -> None:
    """`counted`: so many parts have numbers that make up their total."""
    total = total_of(frame, parts)
    if total is None or total.id in context.disputed:
        return
    parts = [
        p
        for p in parts
        if (p.concept, p.scope.fund, p.scope.account, p.scope.economic)
        != (total.concept, total.scope.fund, total.scope.account, total.scope.economic)
        or p.concept.startswith("named:")
    ]
    parts = _highest(parts)
    expected = parts_of(total)
    if expected and set(expected) <= {p.concept for p in parts}:
        parts = [p for p in parts if p.concept in expected]
    if not parts:
        return
    shares = [s for s in frame.shares if frame.levels[s.id] in parts]
    closed, sure = _completeness(frame, total, parts, shares)
    if not closed and 1 < len(parts) == counted and total.quantity.measure.dimension is Dimension.MONEY:
        closed, sure = True, False
    if closed is None:
        return
    place = parts[-1].place
    context.relate(Sum(total, tuple(parts), closed=closed, place=place, source="list", sure=sure))
    if closed and sure and len(shares) == len(parts) >= 2 and not _shares_of_rounded(total, parts, shares):
        context.relate(Shares(shares[-1], tuple(shares[:-1]), place=shares[-1].place, source="list"))


def _completeness(frame: Frame, total: Fact, parts: Sequence[Fact], shares: Sequence[Fact]) -> tuple[bool | None, bool]:
    """(closed, sure); closed None asserts nothing."""
    expected = parts_of(total)
    if expected and set(expected) <= {p.concept for p in parts}:
        return True, True
    if frame.open_ended and len(parts) > 1 and evaluate(Sum(total, tuple(parts))).state is State.HOLDS:
        return True, True
    if frame.open_ended:
        return (False, True) if all(p.scope.account for p in parts) else (None, False)
    return _closed(frame, total, parts, shares)


def _closed(frame: Frame, total: Fact, parts: Sequence[Fact], shares: Sequence[Fact]) -> tuple[bool | None, bool]:
    """The same of a list that was read to its end."""
    expected = parts_of(total)
    concepts = {p.concept for p in parts}
    counted = total.quantity.measure.dimension is not Dimension.MONEY
    if shares and len(shares) == len(parts) and _hundred(shares):
        return True, True
    if frame.cut:
        return False, True
    by_budget = total.scope.stage in {Stage.INITIAL, Stage.ADJUSTED, Stage.BUDGET} and not frame.of_budget
    if by_budget and any(p.scope.account for p in parts):
        return False, True
    if len(parts) > 1 and evaluate(Sum(total, tuple(parts))).state in {State.HOLDS, State.ROUNDING}:
        return True, True
    if total.quantity.measure.dimension is Dimension.SCORE:
        # 部门整体自评得分100分；某项目自评得分100分: scores of several matters stand in one list and add up to nothing.
        return None, False
    by_account = len(parts) > 1 and total.concept == "expenditure" and all(p.scope.account for p in parts)
    if frame.word in _STRUCTURE or by_account:
        # A list whose shares leave room says itself that it is not complete.
        leaves_room = len(shares) == len(parts) and bool(shares) and not _hundred(shares)
        return True, (frame.sticky or frame.word in _STRUCTURE) and not leaves_room
    if expected and concepts <= set(expected):
        if total.aspect is not Aspect.LEVEL:
            return None, False
        return (True, False) if total.concept == "procurement" and len(parts) > 1 else (False, True)
    if re.search("分配|分项|构成|明细", frame.word) and not expected:
        return True, False
    one_measure = len({c.quantity.measure.dimension for c in frame.children}) == 1
    # 其他收入 and 其他…（款） are accounts of their own: only a rest without an account closes a list.
    rest = parts[-1].label.startswith("其他") and not parts[-1].scope.account and parts[-1].concept not in BY_ID
    last, needed = _LAST.get(total.concept, ("", ""))
    other = parts[-1].concept == last and needed in concepts and total.aspect is Aspect.LEVEL
    if (rest or other) and len(parts) > 1 and one_measure:
        return True, counted
    if len(parts) > 2 and (counted or all(p.scope.economic for p in parts)):
        return True, False
    return (False, True) if counted and not frame.sticky else (None, False)


def _shares_of_rounded(total: Fact, parts: Sequence[Fact], shares: Sequence[Fact]) -> bool:
    """Whether the shares fall short of 100 exactly as the printed amounts fall short of their printed total."""
    if not total.value:
        return all(not s.value for s in shares)
    whole = sum((p.value for p in parts), Decimal(0)) * 100 / total.value
    slack = sum((s.quantity.written_ulp for s in shares), Decimal(0)) / 2
    rounded = evaluate(Sum(total, tuple(parts))).state is State.ROUNDING
    return rounded and not _hundred(shares) and abs(sum((s.value for s in shares), Decimal(0)) - whole) <= slack


def _hundred(shares: Sequence[Fact]) -> bool:
    total = sum((s.value for s in shares), Decimal(0))
    slack = sum((s.quantity.written_ulp for s in shares), Decimal(0)) / 2
    return abs(total - 100) <= slack
