"""The evaluator: true figures, rounded as reports do, are never broken; a figure beyond the interval always is."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from juesuan.evaluate import evaluate
from juesuan.facts import Aspect, Completion, Difference, Equal, Fact, Growth, Order, Share, Shares, State, Sum
from juesuan.quantity import Habit, Quantity
from tests.figures import fact, shown

CENT = Decimal("0.01")
FORMS = [("万元", 2), ("元", 2), ("元", 0), ("亿元", 4), ("亿元", 2)]
TRUE = {State.HOLDS, State.ROUNDING}

cents = st.integers(min_value=0, max_value=10**13).map(lambda n: n * CENT)
"""An exact amount in 元 up to a thousand 亿元."""
positive = st.integers(min_value=1, max_value=10**12).map(lambda n: n * CENT)
form = st.sampled_from(FORMS)


@st.composite
def written(draw: st.DrawFn, /, exact: Decimal, *, aspect: Aspect = Aspect.LEVEL, sign: int = 0) -> Fact:
    """An exact amount as a fact, in one of the forms of reports; dropped zeros are known to the habit."""
    symbol, decimals = draw(form)
    text = shown(abs(exact), symbol, decimals, drop_zeros=draw(st.booleans()))
    return fact(text, habit=Habit({symbol: decimals}), aspect=aspect, sign=sign)


def rate(value: Fraction, decimals: int, *, aspect: Aspect = Aspect.SHARE, sign: int = 0) -> Fact:
    """An exact ratio as a percentage. Reports never drop zeros of a rate without meaning it."""
    percent = Decimal((value * 100).numerator) / Decimal((value * 100).denominator)
    return fact(shown(abs(percent), "%", decimals), aspect=aspect, sign=sign)


@given(st.lists(cents, min_size=1, max_size=12), st.data())
def test_a_true_sum_is_never_broken(parts: list[Decimal], data: st.DataObject) -> None:
    total = data.draw(written(sum(parts, Decimal(0))))
    facts = tuple(data.draw(written(p)) for p in parts)
    assert evaluate(Sum(total, facts)).state in TRUE
    assert evaluate(Sum(total, facts, closed=False)).state in TRUE


@given(st.lists(positive, min_size=1, max_size=8), st.data())
def test_a_sum_with_one_part_beyond_the_interval_is_broken(parts: list[Decimal], data: st.DataObject) -> None:
    total = data.draw(written(sum(parts, Decimal(0))))
    facts = [data.draw(written(p)) for p in parts]
    width = total.quantity.ulp + sum((f.quantity.ulp for f in facts), Decimal(0))
    i = data.draw(st.integers(0, len(facts) - 1))
    moved = replace(facts[i], quantity=_shift(facts[i], width * 2))
    assert evaluate(Sum(total, (*facts[:i], moved, *facts[i + 1 :]))).state is State.BROKEN


def _shift(one: Fact, by: Decimal) -> Quantity:
    """The figure raised by at least `by` base units, in its own last digit."""
    q = one.quantity
    steps = (by / q.ulp).to_integral_value(rounding="ROUND_CEILING") + 1
    return replace(q, value=q.value + steps * q.ulp / q.measure.factor, text="")


@given(cents, cents, st.data())
def test_a_true_difference_is_never_broken(now: Decimal, base: Decimal, data: st.DataObject) -> None:
    sign = -1 if now < base else 1
    change = data.draw(written(now - base, aspect=Aspect.CHANGE, sign=sign))
    first, second = data.draw(written(now)), data.draw(written(base))
    assert evaluate(Difference(change, first, second)).state in TRUE
    width = 2 * (change.quantity.ulp + first.quantity.ulp + second.quantity.ulp)
    moved = replace(first, quantity=_shift(first, width))
    assert evaluate(Difference(change, moved, second)).state is State.BROKEN


@given(cents, positive, st.integers(0, 2), st.sampled_from(["change/base", "now/base", "change/now"]), st.data())
def test_a_true_growth_rate_is_never_broken(
    now: Decimal, base: Decimal, decimals: int, given_: str, data: st.DataObject
) -> None:
    sign = -1 if now < base else 1
    growth = rate(Fraction(now - base) / Fraction(base), decimals, aspect=Aspect.GROWTH, sign=sign)
    change = data.draw(written(now - base, aspect=Aspect.CHANGE, sign=sign))
    first, second = data.draw(written(now)), data.draw(written(base))
    relation = {
        "change/base": Growth(growth, change=change, base=second),
        "now/base": Growth(growth, base=second, now=first),
        "change/now": Growth(growth, change=change, now=first),
    }[given_]
    assert evaluate(relation).state is not State.BROKEN


@given(positive, positive, st.integers(0, 2), st.data())
def test_true_shares_and_completions_are_never_broken(
    part: Decimal, whole: Decimal, decimals: int, data: st.DataObject
) -> None:
    ratio = rate(Fraction(part) / Fraction(whole), decimals)
    top, bottom = data.draw(written(part)), data.draw(written(whole))
    assert evaluate(Share(ratio, top, bottom)).state is not State.BROKEN
    assert evaluate(Completion(ratio, top, bottom)).state is not State.BROKEN


@given(st.integers(10**6, 10**12), st.integers(10**6, 10**12), st.integers(2, 9))
def test_a_rate_far_from_its_amounts_is_broken(part: int, whole: int, times: int) -> None:
    top, bottom = fact(shown(part * CENT, "元", 2)), fact(shown(whole * CENT, "元", 2))
    true = Fraction(part, whole)
    assume(true * 100 > 1)
    wrong = rate(true * times, 2)
    assert evaluate(Share(wrong, top, bottom)).state is State.BROKEN
    assert evaluate(Completion(wrong, top, bottom)).state is State.BROKEN
    assert evaluate(Growth(replace(wrong, sign=1), change=replace(top, sign=1), base=bottom)).state is State.BROKEN


@given(st.lists(positive, min_size=2, max_size=8), st.integers(0, 2))
def test_shares_of_a_whole_add_up_within_rounding(parts: list[Decimal], decimals: int) -> None:
    total = sum(parts, Decimal(0))
    shares = [rate(Fraction(p) / Fraction(total), decimals) for p in parts]
    assert evaluate(Shares(shares[-1], tuple(shares[:-1]))).state in TRUE
    slack = Decimal(len(parts)).scaleb(-decimals)
    moved = replace(shares[0], quantity=replace(shares[0].quantity, value=shares[0].quantity.value + slack * 2))
    assert evaluate(Shares(shares[-1], (moved, *shares[1:-1]))).state is State.BROKEN


@given(cents, st.data())
def test_one_fact_in_two_forms_is_equal(exact: Decimal, data: st.DataObject) -> None:
    one, other = data.draw(written(exact)), data.draw(written(exact))
    assert evaluate(Equal(one, other)).state in TRUE
    moved = replace(other, quantity=_shift(other, 2 * (one.quantity.ulp + other.quantity.ulp)))
    assert evaluate(Equal(one, moved)).state is State.BROKEN


@given(cents, cents, st.data())
def test_a_true_order_is_never_broken(a: Decimal, b: Decimal, data: st.DataObject) -> None:
    one, other = data.draw(written(a)), data.draw(written(b))
    sign = (a > b) - (a < b)
    assert evaluate(Order(one, other, sign, "")).state is not State.BROKEN
    if one.interval.low > other.interval.high:
        assert evaluate(Order(one, other, -1, "小于")).state is State.BROKEN
        assert evaluate(Order(one, other, 0, "持平")).state is State.BROKEN


def test_a_zero_base_has_no_rate() -> None:
    zero, ten, hundred = fact("0万元"), fact("10.00万元", sign=1), fact("100%", sign=1)
    assert evaluate(Growth(hundred, change=ten, base=zero)).state is State.UNJUDGED
    assert evaluate(Completion(hundred, ten, zero)).state is State.UNJUDGED
    assert evaluate(Share(hundred, ten, zero)).state is State.UNJUDGED


@pytest.mark.parametrize(
    ("total", "parts", "state"),
    [
        ("152.20万元", ["125.29万元", "26.91万元"], State.HOLDS),
        ("112.01万元", ["56.00万元", "56.02万元"], State.ROUNDING),
        ("112.01万元", ["56.00万元", "56.03万元"], State.BROKEN),
        ("152.2万元", ["1252900元", "269100元"], State.HOLDS),
        ("6项", ["2项", "3项"], State.BROKEN),
        ("6项", ["2项", "4个"], State.HOLDS),
        ("152.20万元", ["125.29%", "26.91%"], State.UNJUDGED),
    ],
)
def test_sums_by_example(total: str, parts: list[str], state: State) -> None:
    assert evaluate(Sum(fact(total), tuple(fact(p) for p in parts))).state is state


def test_a_round_about_figure_is_never_judged() -> None:
    assert evaluate(Equal(fact("100余万元"), fact("200.00万元"))).state is State.UNJUDGED


def test_a_broken_rate_says_what_it_should_be() -> None:
    verdict = evaluate(Growth(fact("13.18%", sign=1), change=fact("1.61万元", sign=1), now=fact("13.28万元")))
    assert (verdict.expected, verdict.low, verdict.high) == ("13.80%", "13.74%", "13.85%")
    assert "1.61 ÷ (13.28 − 1.61) = 13.80%" in verdict.formula
