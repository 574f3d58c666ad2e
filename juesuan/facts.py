"""Facts and the relations between them: the heart.

A number in a report is a `Fact`. A sentence, a table line, a chart asserts `Relation`s between facts.
`evaluate` judges any relation by intervals: it holds, is off by rounding, is broken, or cannot be judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from enum import Enum
from fractions import Fraction
from itertools import product

from juesuan.place import Place
from juesuan.quantity import EXACT, Dimension, Interval, Quantity, plain, rounded


class Stage(Enum):
    """Which stage of the year's money a figure belongs to."""

    INITIAL = "initial"
    ADJUSTED = "adjusted"
    BUDGET = "budget"
    FINAL = "final"
    EXECUTION = "execution"


class Aspect(Enum):
    """What a figure says of its concept."""

    LEVEL = "level"
    CHANGE = "change"
    GROWTH = "growth"
    SHARE = "share"
    COMPLETION = "completion"


class Binding(Enum):
    """How a figure came by its concept, the surest first."""

    EXPLICIT = "explicit"
    SENTENCE = "sentence"
    ITEM = "item"
    SECTION = "section"


@dataclass(frozen=True, slots=True)
class Scope:
    """Of what a figure speaks. A dimension that is None is not known, which is not the same as "all".

    `account`: functional path as one string, 类/款/项; `economic`: economic item; `project`: project name;
    `fund`: general_budget, government_fund, state_capital, appropriation (all three), all; `nature`:
    what else sets the figure apart (annual, cumulative, allotted, owned, domestic …); `part`: body, attachment.
    """

    year: int | None = None
    stage: Stage | None = None
    fund: str | None = None
    account: str | None = None
    economic: str | None = None
    project: str | None = None
    entity: str | None = None
    nature: str | None = None

    def agrees(self, other: Scope) -> bool:
        """Whether no known dimension contradicts."""
        return all(
            a is None or b is None or a == b
            for a, b in (
                (self.year, other.year),
                (self.stage, other.stage),
                (self.fund, other.fund),
                (self.account, other.account),
                (self.economic, other.economic),
                (self.project, other.project),
                (self.entity, other.entity),
                (self.nature, other.nature),
            )
        )


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure, bound: what, of what, how much, where.

    `concept` is an id of the taxonomy, or "named:…" for a subject the taxonomy does not know.
    `sign` is +1 or -1 for a change or growth rate with a direction word, else 0. `label` is the concept's
    words as written, for messages.
    """

    id: int
    concept: str
    scope: Scope
    quantity: Quantity
    place: Place
    aspect: Aspect = Aspect.LEVEL
    sign: int = 0
    binding: Binding = Binding.EXPLICIT
    label: str = ""

    @property
    def value(self) -> Decimal:
        """Signed value in base units: a direction word gives the sign; a minus sign already there stays."""
        base = self.quantity.base
        return -abs(base) if self.sign < 0 else base

    @property
    def interval(self) -> Interval:
        found = self.quantity.interval
        return found.negated() if self.sign < 0 and self.quantity.base > 0 else found

    @property
    def written_interval(self) -> Interval:
        found = self.quantity.written_interval
        return found.negated() if self.sign < 0 and self.quantity.base > 0 else found


class State(Enum):
    """How a relation was judged."""

    HOLDS = "holds"
    ROUNDING = "rounding"
    BROKEN = "broken"
    UNJUDGED = "unjudged"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement of one relation.

    `expected`: what the shown figure should read, in its own measure and decimals. `low`, `high`: the computed interval, likewise.
    `near`: broken, yet within one unit of the last digit. `formula`: the arithmetic in words.
    `reason`: why it could not be judged.
    """

    state: State
    expected: str | None = None
    low: str | None = None
    high: str | None = None
    formula: str = ""
    reason: str = ""
    near: bool = False
    computed: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """What a sentence, a table line or a chart asserts between facts. `subject` is the figure that is checked.

    `place`: where it is asserted; `source`: which declaration asserts it (phrase, statement, chart, identity).
    """

    subject: Fact
    place: Place | None = field(default=None, kw_only=True)
    source: str = field(default="", kw_only=True)

    @property
    def kind(self) -> str:
        return type(self).__name__.lower()

    @property
    def operands(self) -> tuple[Fact, ...]:
        return ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        return (self.subject, *self.operands)


@dataclass(frozen=True, slots=True)
class Sum(Relation):
    """total = Σ parts. With `closed` False only Σ parts ≤ total is asserted."""

    parts: tuple[Fact, ...]
    closed: bool = True

    @property
    def operands(self) -> tuple[Fact, ...]:
        return self.parts


@dataclass(frozen=True, slots=True)
class Difference(Relation):
    """change (the subject, signed) = now - base."""

    now: Fact
    base: Fact

    @property
    def operands(self) -> tuple[Fact, ...]:
        return (self.now, self.base)


@dataclass(frozen=True, slots=True)
class Growth(Relation):
    """growth % (the subject, signed) = change ÷ base; the base may be given or be now - change."""

    change: Fact | None = None
    base: Fact | None = None
    now: Fact | None = None

    @property
    def operands(self) -> tuple[Fact, ...]:
        return tuple(f for f in (self.change, self.base, self.now) if f is not None)


@dataclass(frozen=True, slots=True)
class Share(Relation):
    """share % (the subject) = part ÷ whole."""

    portion: Fact
    whole: Fact

    @property
    def operands(self) -> tuple[Fact, ...]:
        return (self.portion, self.whole)


@dataclass(frozen=True, slots=True)
class Completion(Relation):
    """completion % (the subject) = final ÷ budget."""

    final: Fact
    budget: Fact

    @property
    def operands(self) -> tuple[Fact, ...]:
        return (self.final, self.budget)


@dataclass(frozen=True, slots=True)
class Shares(Relation):
    """The shares of one whole (the subject is the last of them, `others` the rest) add up to 100 %."""

    others: tuple[Fact, ...]

    @property
    def operands(self) -> tuple[Fact, ...]:
        return self.others


@dataclass(frozen=True, slots=True)
class Equal(Relation):
    """Two figures for one fact."""

    other: Fact

    @property
    def operands(self) -> tuple[Fact, ...]:
        return (self.other,)


@dataclass(frozen=True, slots=True)
class Order(Relation):
    """A word says how two figures compare: `sign` +1 for subject > other, -1 for <, 0 for equal (持平)."""

    other: Fact
    sign: int
    word: str = ""

    @property
    def operands(self) -> tuple[Fact, ...]:
        return (self.other,)


@dataclass(frozen=True, slots=True)
class Product(Relation):
    """subject = Π factors (unit price × number)."""

    factors: tuple[Fact, ...]

    @property
    def operands(self) -> tuple[Fact, ...]:
        return self.factors


# --- judging -----------------------------------------------------------------------------------------------


def evaluate(relation: Relation) -> Verdict:
    """Judge one relation by intervals (docs/architecture.md, numbers). Never raises."""
    if any(f.quantity.approximate for f in relation.facts):
        return unjudged("含约数，不作核算")
    judge = _JUDGES.get(type(relation))
    if judge is None:
        return unjudged("没有核算办法")
    with localcontext(EXACT):
        return judge(relation)


def unjudged(reason: str) -> Verdict:
    return Verdict(State.UNJUDGED, reason=reason)


def _comparable(facts: Iterable[Fact]) -> bool:
    return len({_dimension(f) for f in facts}) == 1


def _dimension(fact: Fact) -> Dimension:
    return fact.quantity.measure.dimension


def _judge_sum(relation: Relation) -> Verdict:
    assert_sum = relation if isinstance(relation, Sum) else None
    if assert_sum is None or not assert_sum.parts:
        return unjudged("没有分项")
    total = assert_sum.subject
    if not _comparable(assert_sum.facts):
        return unjudged("计量单位不同，不能相加")
    low = sum((p.interval.low for p in assert_sum.parts), Decimal(0))
    high = sum((p.interval.high for p in assert_sum.parts), Decimal(0))
    computed = sum((p.value for p in assert_sum.parts), Decimal(0))
    words = f"{_join(assert_sum.parts, ' + ')} = {_show(computed, total)}"
    if not assert_sum.closed and computed <= total.value:
        return Verdict(State.HOLDS, formula=f"{words} ≤ {_figure(total)}", computed=computed)
    return _compare(total, computed, Interval(low, high), words)


def _judge_difference(relation: Relation) -> Verdict:
    if not isinstance(relation, Difference):
        return unjudged("不是增减关系")
    if not _comparable(relation.facts):
        return unjudged("计量单位不同，不能相减")
    now, base = relation.now, relation.base
    computed = now.value - base.value
    interval = now.interval.plus(base.interval.negated())
    return _compare(relation.subject, computed, interval, f"{_figure(now)} − {_figure(base)} = {_show(computed, relation.subject)}")


def _judge_growth(relation: Relation) -> Verdict:
    if not isinstance(relation, Growth):
        return unjudged("不是增长率")
    change, base, now = relation.change, relation.base, relation.now
    if not _comparable(relation.operands):
        return unjudged("计量单位不同，不能计算增减率")
    if base is not None and change is not None:
        return _ratio(relation.subject, [change, base], lambda c, b: (c, b), f"{_magnitude(change)} ÷ {_figure(base)}")
    if base is not None and now is not None:
        words = f"({_figure(now)} − {_figure(base)}) ÷ {_figure(base)}"
        return _ratio(relation.subject, [now, base], lambda n, b: (n - b, b), words)
    if change is not None and now is not None:
        sign = "+" if change.value < 0 else "−"
        words = f"{_magnitude(change)} ÷ ({_figure(now)} {sign} {_magnitude(change)})"
        return _ratio(relation.subject, [change, now], lambda c, n: (c, n - c), words)
    return unjudged("缺少计算增减率所需的数")


def _judge_share(relation: Relation) -> Verdict:
    if not isinstance(relation, Share):
        return unjudged("不是占比")
    if not _comparable(relation.operands):
        return unjudged("计量单位不同，不能计算占比")
    portion, whole = relation.portion, relation.whole
    if portion.value == 0 and relation.subject.value == 0:
        return Verdict(State.HOLDS, formula="0 占 0%")
    return _ratio(relation.subject, [portion, whole], lambda p, w: (p, w), f"{_figure(portion)} ÷ {_figure(whole)}")


def _judge_completion(relation: Relation) -> Verdict:
    if not isinstance(relation, Completion):
        return unjudged("不是完成率")
    if not _comparable(relation.operands):
        return unjudged("计量单位不同，不能计算完成率")
    final, budget = relation.final, relation.budget
    return _ratio(relation.subject, [final, budget], lambda f, b: (f, b), f"{_figure(final)} ÷ {_figure(budget)}")


def _judge_shares(relation: Relation) -> Verdict:
    facts = relation.facts
    computed = sum((f.value for f in facts), Decimal(0))
    slack = sum((f.quantity.written_ulp for f in facts), Decimal(0)) / 2
    words = f"{_join(facts, ' + ')} = {plain(computed.normalize())}%"
    if computed == 100:
        return Verdict(State.HOLDS, formula=words, computed=computed)
    state = State.ROUNDING if abs(computed - 100) <= slack else State.BROKEN
    return Verdict(state, expected="100%", formula=words, computed=computed)


def _judge_equal(relation: Relation) -> Verdict:
    other = relation.operands[0]
    if not _comparable(relation.facts):
        return unjudged("计量单位不同，不能比较")
    words = f"一处 {other.quantity}，一处 {relation.subject.quantity}"
    return _compare(relation.subject, other.value, other.interval, words)


def _judge_order(relation: Relation) -> Verdict:
    if not isinstance(relation, Order):
        return unjudged("不是比较")
    if not _comparable(relation.facts):
        return unjudged("计量单位不同，不能比较")
    left, right = relation.subject, relation.other
    difference = left.value - right.value
    actual = (difference > 0) - (difference < 0)
    words = f"{_figure(left)} {'<=>'[actual + 1].replace('<', '＜').replace('=', '＝').replace('>', '＞')} {_figure(right)}"
    if actual == relation.sign:
        return Verdict(State.HOLDS, formula=words)
    # 大于 beside two equal displayed figures may be the truth in 元; a contrary order cannot.
    if left.interval.meets(right.interval):
        return Verdict(State.ROUNDING, formula=words)
    return Verdict(State.BROKEN, formula=words, computed=difference)


def _judge_product(relation: Relation) -> Verdict:
    if not isinstance(relation, Product):
        return unjudged("不是乘积")
    computed, low, high = Decimal(1), Decimal(1), Decimal(1)
    for factor in relation.factors:
        computed, low, high = computed * factor.value, low * factor.interval.low, high * factor.interval.high
    words = f"{_join(relation.factors, ' × ')} = {_show(computed, relation.subject)}"
    return _compare(relation.subject, computed, Interval(low, high), words)


_JUDGES: dict[type[Relation], Callable[[Relation], Verdict]] = {
    Sum: _judge_sum,
    Difference: _judge_difference,
    Growth: _judge_growth,
    Share: _judge_share,
    Completion: _judge_completion,
    Shares: _judge_shares,
    Equal: _judge_equal,
    Order: _judge_order,
    Product: _judge_product,
}


def _compare(shown: Fact, computed: Decimal, interval: Interval, words: str) -> Verdict:
    """Hold a computed value and its interval against a shown figure of the same dimension."""
    q = shown.quantity
    expected = _show(computed, shown)
    if computed == shown.value:
        return Verdict(State.HOLDS, expected=expected, formula=words, computed=computed)
    if interval.meets(shown.interval):
        return Verdict(State.ROUNDING, expected=expected, formula=f"{words}，文中 {_figure(shown)}", computed=computed)
    formula = f"{words}，文中 {_signed(shown)}"
    near = interval.widened(q.ulp).meets(shown.interval)
    return Verdict(
        State.BROKEN,
        expected=expected,
        low=_show(interval.low, shown),
        high=_show(interval.high, shown),
        formula=formula,
        near=near and q.measure.is_rounded,
        computed=computed,
    )


def _ratio(rate: Fact, operands: Sequence[Fact], split: Callable[[Decimal, Decimal], tuple[Decimal, Decimal]], words: str) -> Verdict:
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


def _compare_rate(rate: Fact, computed: Fraction, low: Fraction, high: Fraction, words: str) -> Verdict:
    decimals = max(rate.quantity.decimals, 2)
    value = _decimal(computed)
    full = f"{words} = {_percent(abs(value), decimals)}"
    expected = _percent(abs(value), rate.quantity.decimals if rate.quantity.decimals else 2)
    interval = Interval(_decimal(low), _decimal(high))
    # A plain "100%" or "20%" has dropped zeros or was rounded to integers: the digits that stand there count.
    shown = rate.written_interval
    bounds = sorted((abs(interval.low), abs(interval.high)))
    if rounded(value, rate.quantity.decimals) == rate.value:
        return Verdict(State.HOLDS, expected=expected, formula=full, computed=value)
    if Fraction(shown.low) <= high and low <= Fraction(shown.high):
        return Verdict(State.ROUNDING, expected=expected, formula=f"{full}，文中 {rate.quantity}", computed=value)
    ulp = rate.quantity.written_ulp
    near = rate.quantity.value != 0 and Fraction(rate.value - ulp) <= high and low <= Fraction(rate.value + ulp)
    low_text, high_text = (_percent(b, decimals) for b in bounds)
    return Verdict(
        State.BROKEN,
        expected=expected,
        low=low_text,
        high=high_text,
        formula=f"{full}，显示精度内 {low_text}～{high_text}，文中 {_signed(rate)}",
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


def _signed(fact: Fact) -> str:
    if fact.sign and not str(fact.quantity).startswith("-"):
        return f"{'上升' if fact.sign > 0 else '下降'} {fact.quantity}"
    return str(fact.quantity)


def _join(facts: Sequence[Fact], operator: str) -> str:
    return operator.join(_figure(f) for f in facts)


def _show(base: Decimal, like: Fact) -> str:
    """A base-unit value in the measure and decimals of a shown figure (its own sign rules apart)."""
    q = like.quantity
    value = base / q.measure.factor
    if like.sign < 0:
        value = abs(value) if value <= 0 else value
    decimals = max(q.decimals, q.implied)
    exact = -value.normalize().as_tuple().exponent if isinstance(value.normalize().as_tuple().exponent, int) else 0
    decimals = max(decimals, min(int(exact), 6))
    text = plain(value, decimals)
    return text if q.measure.symbol in {"万元", ""} else f"{text}{q.measure.symbol}"
