"""The one evaluator: every relation, from text, table or chart, is judged here, by intervals.

A relation is broken only when the computed interval and the shown interval do not meet (the rule of XBRL
Calculations 1.1). It is off by rounding when they meet and the figure computed from the displayed numbers
differs. There is no fixed tolerance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import singledispatch
from itertools import product

from juesuan.facts import (
    Aspect,
    Completion,
    Difference,
    Equal,
    Fact,
    Growth,
    Order,
    Relation,
    Share,
    Shares,
    State,
    Sum,
    Together,
    Verdict,
    Within,
)
from juesuan.quantity import EXACT, Dimension, Interval, plain, rounded


def evaluate(relation: Relation) -> Verdict:
    """Judge one relation by intervals (docs/architecture.md, numbers). Never raises."""
    if any(f.quantity.approximate for f in relation.facts):
        return unjudged("含约数，不作核算")
    with localcontext(EXACT):
        return _judge(relation)


@singledispatch
def _judge(relation: Relation) -> Verdict:
    return unjudged(f"没有“{relation.kind}”的核算办法")


def unjudged(reason: str) -> Verdict:
    """The verdict on a relation that cannot be judged, and why."""
    return Verdict(State.UNJUDGED, reason=reason)


def _comparable(facts: Iterable[Fact]) -> bool:
    return len({_dimension(f) for f in facts}) == 1


def _dimension(fact: Fact) -> Dimension:
    return fact.quantity.measure.dimension


@_judge.register
def _(relation: Sum) -> Verdict:
    total = relation.subject
    if not relation.parts:
        return unjudged("没有分项")
    if not _comparable(relation.facts):
        return unjudged("计量单位不同，不能相加")
    low = sum((p.interval.low for p in relation.parts), Decimal(0))
    high = sum((p.interval.high for p in relation.parts), Decimal(0))
    computed = sum((p.value for p in relation.parts), Decimal(0))

    def words() -> str:
        sum_of = f" = {_show(computed, total)}" if len(relation.parts) > 1 else ""
        return _added(relation.parts) + sum_of

    if not relation.closed and computed <= total.value:
        return Verdict(State.HOLDS, tell=lambda: f"{words()} ≤ {_figure(total)}", computed=computed)
    verdict = _compare(total, computed, Interval(low, high), words, max(f.terms for f in relation.facts))
    if relation.closed or verdict.state is not State.BROKEN:
        return verdict
    return replace(verdict, tell=lambda: f"{words()} ＞ {_figure(total)}")


@_judge.register
def _(relation: Difference) -> Verdict:
    if not _comparable(relation.facts):
        return unjudged("计量单位不同，不能相减")
    now, base = relation.now, relation.base
    computed = now.value - base.value
    interval = now.interval.plus(base.interval.negated())
    return _compare(
        relation.subject,
        computed,
        interval,
        lambda: f"{_figure(now)} − {_figure(base)} = {_show(computed, relation.subject)}",
    )


@_judge.register
def _(relation: Within) -> Verdict:
    if not _comparable(relation.facts):
        return unjudged("计量单位不同，不能比较")
    now, change = relation.now, relation.subject

    def words() -> str:
        return f"{_figure(now)} − {_magnitude(change)} = {_before(now, change)}"

    if now.interval.high < change.interval.low:
        return Verdict(State.BROKEN, tell=lambda: f"{words()} ＜ 0，上年数不可能为负")
    return Verdict(State.HOLDS, tell=words)


@_judge.register
def _(relation: Growth) -> Verdict:
    change, base, now = relation.change, relation.base, relation.now
    if not _comparable(relation.operands):
        return unjudged("计量单位不同，不能计算增减率")
    if base is not None and change is not None:
        return _ratio(
            relation.subject, [change, base], lambda c, b: (c, b), lambda: f"{_magnitude(change)} ÷ {_figure(base)}"
        )
    if base is not None and now is not None:
        return _ratio(
            relation.subject,
            [now, base],
            lambda n, b: (n - b, b),
            lambda: f"({_figure(now)} − {_figure(base)}) ÷ {_figure(base)}",
        )
    if change is not None and now is not None:
        if now.interval.high < change.interval.low:
            return _impossible(relation.subject, now, change)
        sign = "+" if change.value < 0 else "−"
        return _ratio(
            relation.subject,
            [change, now],
            lambda c, n: (c, n - c),
            lambda: f"{_magnitude(change)} ÷ ({_figure(now)} {sign} {_magnitude(change)})",
        )
    return unjudged("缺少计算增减率所需的数")


@_judge.register
def _(relation: Share) -> Verdict:
    if not _comparable(relation.operands):
        return unjudged("计量单位不同，不能计算占比")
    portion, whole = relation.portion, relation.whole
    if portion.value == 0 and relation.subject.value == 0:
        return Verdict(State.HOLDS, tell=lambda: "0 占 0%")
    return _ratio(
        relation.subject, [portion, whole], lambda p, w: (p, w), lambda: f"{_figure(portion)} ÷ {_figure(whole)}"
    )


@_judge.register
def _(relation: Completion) -> Verdict:
    if not _comparable(relation.operands):
        return unjudged("计量单位不同，不能计算完成率")
    final, budget, change = relation.final, relation.budget, relation.change
    if budget is None:
        if change is None:
            return unjudged("缺少计算完成率所需的预算数")
        sign = "+" if change.value < 0 else "−"
        return _ratio(
            relation.subject,
            [final, change],
            lambda f, c: (f, f - c),
            lambda: f"{_figure(final)} ÷ ({_figure(final)} {sign} {_magnitude(change)})",
        )
    return _ratio(
        relation.subject, [final, budget], lambda f, b: (f, b), lambda: f"{_figure(final)} ÷ {_figure(budget)}"
    )


@_judge.register
def _(relation: Shares) -> Verdict:
    facts = relation.facts
    computed = sum((f.value for f in facts), Decimal(0))
    slack = sum((f.quantity.written_ulp for f in facts), Decimal(0)) / 2

    def words() -> str:
        return f"{_join(facts, ' + ')} = {plain(EXACT.normalize(computed))}%"

    if computed == 100:
        return Verdict(State.HOLDS, tell=words, computed=computed)
    state = State.ROUNDING if abs(computed - 100) <= slack else State.BROKEN
    return Verdict(state, expected="100%", tell=words, computed=computed)


@_judge.register
def _(relation: Equal) -> Verdict:
    other = relation.other
    if not _comparable(relation.facts):
        return unjudged("计量单位不同，不能比较")
    terms = max(relation.subject.terms, other.terms)
    verdict = _compare(relation.subject, other.value, other.interval, lambda: "", terms)
    sign = {State.HOLDS: "＝", State.ROUNDING: "≈"}.get(verdict.state, "≠")
    return replace(verdict, tell=lambda: f"{other.shown} {sign} {relation.subject.shown}")


@_judge.register
def _(relation: Order) -> Verdict:
    if not _comparable(relation.facts):
        return unjudged("计量单位不同，不能比较")
    left, right = relation.subject, relation.other
    difference = left.value - right.value
    actual = (difference > 0) - (difference < 0)

    def words() -> str:
        return f"{_figure(left)} {'＜＝＞'[actual + 1]} {_figure(right)}"

    if actual == relation.sign:
        return Verdict(State.HOLDS, tell=words)
    # 大于 beside two equal displayed figures may be the truth in 元; a contrary order cannot.
    if left.interval.meets(right.interval):
        return Verdict(State.ROUNDING, tell=words)
    return Verdict(State.BROKEN, tell=words, computed=difference)


@_judge.register
def _(relation: Together) -> Verdict:
    count, amount = relation.subject, relation.other
    state = State.HOLDS if count.quantity.is_zero == amount.quantity.is_zero else State.BROKEN
    return Verdict(state, tell=lambda: f"{count.quantity}，{amount.quantity}")


def _impossible(rate: Fact, now: Fact, change: Fact) -> Verdict:
    """More was added than there is now: last year would have been less than nothing."""
    words = (
        f"{_figure(now)} − {_magnitude(change)} = {_before(now, change)} ＜ 0，上年数不可能为负，文中 {rate.quantity}"
    )
    return Verdict(State.BROKEN, tell=lambda: words)


def _before(now: Fact, change: Fact) -> str:
    """What there was before a change, in the measure of the figure there is now."""
    q, other = now.quantity, change.quantity
    decimals = max(q.decimals, q.implied, other.decimals if other.measure is q.measure else 0)
    return plain((now.value - change.value) / q.measure.factor, decimals)


def _compare(shown: Fact, computed: Decimal, interval: Interval, words: Callable[[], str], terms: int = 1) -> Verdict:
    """Hold a computed value and its interval against a shown figure of the same dimension.

    `terms`: of so many rounded figures one side may have been added up; it is near within half a unit for each.
    """
    if computed == shown.value:
        return Verdict(State.HOLDS, tell=words, computed=computed)
    q = shown.quantity
    expected = _show(computed, shown)
    if interval.meets(shown.interval):
        return Verdict(
            State.ROUNDING, expected=expected, tell=lambda: f"{words()}，文中 {_figure(shown)}", computed=computed
        )
    near = interval.widened(max(q.ulp, q.ulp * terms / 2)).meets(shown.interval)
    return Verdict(
        State.BROKEN,
        expected=expected,
        low=_show(interval.low, shown),
        high=_show(interval.high, shown),
        tell=lambda: f"{words()}，文中 {_signed(shown, computed)}",
        near=near and q.measure.is_rounded,
        computed=computed,
    )


def _ratio(
    rate: Fact,
    operands: Sequence[Fact],
    split: Callable[[Decimal, Decimal], tuple[Decimal, Decimal]],
    words: Callable[[], str],
) -> Verdict:
    """Judge a percentage against numerator ÷ denominator over all corners of the operands' intervals.

    The quotients used are monotonic in each operand while the denominator keeps its sign, so the corners
    hold the extremes.
    """
    top, bottom = split(operands[0].value, operands[1].value)
    if bottom == 0:
        return unjudged("基数为零")
    corners = [split(*pair) for pair in product(*((f.interval.low, f.interval.high) for f in operands))]
    if bottom < 0:
        return unjudged("基数为负")
    if any(b <= 0 for _, b in corners):
        return unjudged("基数小于显示精度")
    quotients = [Fraction(a) / Fraction(b) * 100 for a, b in corners]
    low, high = min(quotients), max(quotients)
    computed = Fraction(top) / Fraction(bottom) * 100
    return _compare_rate(rate, computed, low, high, words)


def _compare_rate(rate: Fact, computed: Fraction, low: Fraction, high: Fraction, words: Callable[[], str]) -> Verdict:
    decimals = max(rate.quantity.decimals, 2)
    value = _decimal(computed)

    def full() -> str:
        return f"{words()} = {_percent(abs(value), decimals)}"

    expected = _percent(abs(value), rate.quantity.decimals or 2)
    interval = Interval(_decimal(low), _decimal(high))
    # A plain "100%" or "20%" has dropped zeros or was rounded to integers: the digits that stand there count.
    shown = rate.written_interval
    bounds = sorted((abs(interval.low), abs(interval.high)))
    if rounded(value, rate.quantity.decimals) == rate.value:
        return Verdict(State.HOLDS, expected=expected, tell=full, computed=value)
    if Fraction(shown.low) <= high and low <= Fraction(shown.high):
        return Verdict(
            State.ROUNDING, expected=expected, tell=lambda: f"{full()}，文中 {rate.quantity}", computed=value
        )
    ulp = rate.quantity.written_ulp
    near = rate.quantity.value != 0 and Fraction(rate.value - ulp) <= high and low <= Fraction(rate.value + ulp)
    low_text, high_text = (_percent(b, decimals) for b in bounds)
    if low_text == high_text:
        low_text, high_text = (_percent(b, decimals + 2) for b in bounds)
    return Verdict(
        State.BROKEN,
        expected=expected,
        low=low_text,
        high=high_text,
        tell=lambda: f"{full()}，显示精度内 {low_text}～{high_text}，文中 {_signed(rate, value)}",
        near=near,
        computed=value,
    )


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _percent(value: Decimal, decimals: int) -> str:
    return f"{plain(value, decimals)}%"


def _figure(fact: Fact) -> str:
    """The figure as a bare number when it is money in 万元, else with its measure; as in the arithmetic of the finding."""
    q = fact.quantity
    text = plain(q.value, max(q.decimals, q.implied))
    return text if q.measure.symbol in {"万元", ""} else f"{text}{q.measure.symbol}"


def _magnitude(fact: Fact) -> str:
    """As `_figure`, without the sign: a fall is written with its direction, not with a minus."""
    return _figure(fact).removeprefix("-")


def _signed(fact: Fact, computed: Decimal) -> str:
    """The figure as shown; its direction word stands with it only when the computed one points the other way."""
    if fact.sign and computed * fact.value < 0 and not str(fact.quantity).startswith("-"):
        return f"{'上升' if fact.sign > 0 else '下降'} {fact.quantity}"
    return str(fact.quantity)


def _added(facts: Sequence[Fact]) -> str:
    """The figures as a sum; what is taken away has its minus."""
    text = ""
    for fact in facts:
        away = fact.sign < 0 and fact.aspect is Aspect.LEVEL
        text += f" {'−' if away else '+'} {_figure(fact)}" if text else _figure(fact)
    return text


def _join(facts: Sequence[Fact], operator: str) -> str:
    return operator.join(_figure(f) for f in facts)


def _show(base: Decimal, like: Fact) -> str:
    """A base-unit value in the measure and decimals of a shown figure (its own sign rules apart)."""
    q = like.quantity
    value = EXACT.divide(base, q.measure.factor)
    if like.sign < 0:
        value = abs(value) if value <= 0 else value
    decimals = max(q.decimals, q.implied)
    decimals = max(decimals, min(len(format(EXACT.normalize(value), "f").partition(".")[2]), 6))
    text = plain(value, decimals)
    return text if q.measure.symbol in {"万元", ""} else f"{text}{q.measure.symbol}"
