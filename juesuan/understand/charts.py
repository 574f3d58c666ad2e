"""Charts against the text: each value bound to what it shows by category label, series name and title.

The unit of a chart is seldom written. It is taken to be the one in which most values equal the text's; where no
value does, the one in which all are of the text's size; else the chart stays unjudged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Final

from juesuan.document.model import Block, Chart, Document, Paragraph
from juesuan.facts import Aspect, Binding, Equal, Fact, Relation, Scope, Stage
from juesuan.place import Place, Point
from juesuan.quantity import MEASURES, PERCENT, WAN, YUAN, Measure, Quantity, plain
from juesuan.taxonomy.tokens import AccountValue, LabelValue, YearValue
from juesuan.understand.lexer import lex

__all__ = ["ChartReading", "ChartValue", "category_place", "chart_relations", "read_charts", "series_place"]

_RATIO: Final = Measure("", PERCENT.dimension, Decimal(100))
_MEASURES: Final = (
    (WAN, Aspect.LEVEL),
    (YUAN, Aspect.LEVEL),
    (MEASURES["亿元"], Aspect.LEVEL),
    (PERCENT, Aspect.SHARE),
    (_RATIO, Aspect.SHARE),
)
_TOTALS: Final = frozenset({"income_total", "expenditure_total", "balance_total", "balance"})
_THREE: Final = frozenset(
    {
        "three_public",
        "abroad",
        "vehicle",
        "vehicle_purchase",
        "vehicle_operation",
        "reception",
        "reception_domestic",
        "reception_foreign",
    }
)
_CAPTION: Final = re.compile(r"^图\s*[\d一二三四五六七八九十]+[：:.、\s]*|^.{2,40}图(?:（[^）]*）)?$")
_NEAR: Final = 3
_SIZE: Final = Decimal(5)
_FLOAT_DIGITS: Final = 6
"""A cached value with more decimals is a binary fraction written out, not a figure someone typed."""
_NO_MONEY: Final = re.compile(r"执行率|完成率|达标率|得分|满意度|个数|[（(](?:分|个|次|人|家|户|项)[）)]")
"""A series or title with such a word shows neither money nor shares of it."""
_NAMES: Final = re.compile(r"[\s　]")
_FUND_NEUTRAL: Final = frozenset({None, "all"})


@dataclass(frozen=True, slots=True)
class ChartValue:
    """One bar or slice: `fact` as bound (None when nobody knows what it shows), the text's facts for the same matter.

    `texts` are those that must be equal; `loose` those that may well be the one meant. `holds` is None when unjudged.
    """

    series: int
    point: int
    label: str
    fact: Fact | None
    texts: tuple[Fact, ...] = ()
    loose: tuple[Fact, ...] = ()
    holds: bool | None = None


@dataclass(frozen=True, slots=True)
class ChartReading:
    """One chart as understood. `title` is its own or its caption's; `measure` None when the unit is not known."""

    chart: Chart
    title: str
    values: tuple[ChartValue, ...]
    measure: Measure | None = None
    aspect: Aspect = Aspect.LEVEL

    @property
    def broken(self) -> tuple[ChartValue, ...]:
        return tuple(v for v in self.values if v.holds is False)


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What words say: concept, fund, account, year; each may be absent."""

    concept: str = ""
    fund: str | None = None
    account: str | None = None
    year: int | None = None


def value_place(chart: Chart, series: int, point: int) -> Place:
    """The place of one value of a chart."""
    text = chart.series[series].values[point] or ""
    return Place(Point(chart.id, 0), Point(chart.id, len(text)), series=series, point=point)


def category_place(chart: Chart, point: int) -> Place:
    """The place of one category label of a chart."""
    return Place(Point(chart.id, 0), Point(chart.id, len(chart.categories[point])), series=-1, point=point)


def series_place(chart: Chart, series: int) -> Place:
    """The place of a series' name."""
    return Place(Point(chart.id, 0), Point(chart.id, len(chart.series[series].name)), series=series)


def read_charts(document: Document, facts: Sequence[Fact], start_id: int, year: int | None) -> tuple[ChartReading, ...]:
    """All charts of a document with their values bound and compared; the facts are numbered from `start_id`."""
    found: list[ChartReading] = []
    number = start_id
    # A figure the text repeats is one figure to hold a chart against, however often it is printed.
    distinct = {(f.concept, f.scope, f.aspect, f.quantity.base, f.quantity.ulp): f for f in reversed(facts)}
    texts = sorted(distinct.values(), key=lambda f: f.id)
    for block in document.blocks:
        if not isinstance(block, Chart):
            continue
        reading = _read(block, _title(document, block), texts, number, year)
        number += len(reading.values)
        found.append(reading)
    return tuple(_in_common_measure(found))


def _in_common_measure(readings: Sequence[ChartReading]) -> Iterator[ChartReading]:
    """A chart whose unit cannot be told is in that of all the others: a report draws its charts in one."""
    known = {(r.measure, r.aspect) for r in readings if r.measure is not None}
    for reading in readings:
        if reading.measure is not None or len(known) != 1:
            yield reading
        else:
            measure, aspect = next(iter(known))
            yield replace(reading, values=tuple(_judged(v, measure, aspect) for v in reading.values), measure=measure)


def chart_relations(
    document: Document, facts: Sequence[Fact], start_id: int, year: int | None
) -> tuple[tuple[Fact, ...], tuple[Relation, ...]]:
    """The facts of all charts, and that each equals the text's figure for the same matter."""
    bound: list[Fact] = []
    relations: list[Relation] = []
    for reading in read_charts(document, facts, start_id, year):
        for value in reading.values:
            if value.fact is None:
                continue
            bound.append(value.fact)
            if value.holds is not None:
                texts = (*value.texts, *value.loose)
                other = next((t for t in texts if _equal(value.fact, t)), texts[0])
                relations.append(Equal(value.fact, other, place=value.fact.place, source="chart"))
    return tuple(bound), tuple(relations)


def _title(document: Document, chart: Chart) -> str:
    """The chart's own title, or the caption next to it."""
    if chart.title.strip():
        return chart.title.strip()
    for step in (*range(1, _NEAR), *range(-1, -_NEAR, -1)):
        at = chart.id + step
        block: Block | None = document.blocks[at] if 0 <= at < len(document.blocks) else None
        if isinstance(block, Paragraph) and _CAPTION.match(block.text.strip()):
            return _CAPTION.sub("", block.text.strip()) or block.text.strip()
    return ""


@lru_cache(maxsize=512)
def _meaning(words: str) -> _Meaning:
    """What a label, name or title speaks of. A figure is put behind it: some names are only known before one."""
    text = _NAMES.sub("", words).replace("(", "（").replace(")", "）")
    concept, fund, account, year = "", None, None, None
    for token in lex(text + "1万元"):
        value = token.value
        if token.kind == "L" and isinstance(value, LabelValue):
            concept, fund = concept or value.concept, fund or value.fund
        elif token.kind == "I" and isinstance(value, AccountValue) and value.category and not value.group:
            concept, account = concept or "expenditure", value.category
        elif token.kind == "Y" and isinstance(value, YearValue) and not value.relative:
            year = value.year
    return _Meaning(concept, fund, account, year)


def _meanings(chart: Chart, title: str, series: int, point: int, year: int | None) -> _Meaning:
    """Label before series name before title; the name of a single series says nothing: it is often an old one."""
    own, about = _meaning(chart.categories[point]), _meaning(title)
    name = _meaning(chart.series[series].name) if len(chart.series) > 1 else _Meaning()
    named = any(_meaning(label).concept for n, label in enumerate(chart.categories) if n != point)
    if named and not own.concept and own.year is None and len(chart.series) == 1:
        return _Meaning()  # a name nobody knows among names of parts is one of them, and not the whole
    first = next((m for m in (own, name, about) if m.concept), _Meaning())
    return _Meaning(first.concept, own.fund or name.fund or about.fund, first.account, own.year or name.year or year)


def _read(chart: Chart, title: str, facts: Sequence[Fact], number: int, year: int | None) -> ChartReading:
    values: list[tuple[ChartValue, Decimal | None]] = []
    for s, series in enumerate(chart.series):
        other = _NO_MONEY.search(series.name if len(chart.series) > 1 else series.name + title) is not None
        for p, text in enumerate(series.values[: len(chart.categories)]):
            amount = _decimal(text)
            meaning = _meanings(chart, title, s, p, year)
            fact = None
            if amount is not None and meaning.concept and not other:
                fact = _fact(chart, (s, p), meaning, amount, number + len(values))
            own_fund = _meaning(chart.categories[p]).fund is not None
            values.append((_match(ChartValue(s, p, chart.categories[p], fact), facts, own_fund=own_fund), amount))
    measure, aspect = _measure(values)
    done = [_judged(v, measure, aspect) for v, _ in values]
    return ChartReading(chart, title, tuple(done), measure, aspect)


def _decimal(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        value = Decimal(text.replace(",", "").strip())
    except InvalidOperation:
        return None
    if not value.is_finite():
        return None
    exponent = value.as_tuple().exponent
    return round(value, _FLOAT_DIGITS).normalize() if isinstance(exponent, int) and -exponent > _FLOAT_DIGITS else value


def _decimals(amount: Decimal) -> int:
    exponent = amount.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _fact(chart: Chart, at: tuple[int, int], meaning: _Meaning, amount: Decimal, number: int) -> Fact:
    # The most decimals any value has are the precision of all: a cache drops trailing zeros.
    shown = (_decimal(text) for series in chart.series for text in series.values)
    decimals = max(_decimals(value) for value in shown if value is not None)
    scope = Scope(year=meaning.year, stage=Stage.FINAL, fund=meaning.fund, account=meaning.account)
    quantity = Quantity(amount, WAN, decimals, plain(amount))
    place = value_place(chart, *at)
    return Fact(number, meaning.concept, scope, quantity, place, binding=Binding.ITEM, label=chart.categories[at[1]])


_SHOWN = (Aspect.LEVEL, Aspect.SHARE)
"""What a chart's values can be; few enough that a tuple is searched faster than a set of enumeration members."""


def _match(value: ChartValue, facts: Sequence[Fact], *, own_fund: bool) -> ChartValue:
    """The text's facts of the same matter and year: those of the same fund, and the others.

    `own_fund`: the label itself names the fund; then those of another are not meant where there are any of it.
    """
    fact = value.fact
    if fact is None:
        return value
    same: list[Fact] = []
    loose: list[Fact] = []
    for other in facts:
        if other.aspect not in _SHOWN or other.scope.project or other.scope.nature:
            continue
        if fact.concept != other.concept and not {fact.concept, other.concept} <= _TOTALS:
            continue
        if (other.scope.account, other.scope.year) != (fact.scope.account, fact.scope.year) or other.scope.economic:
            continue
        if other.aspect is Aspect.LEVEL and other.scope.stage not in (Stage.FINAL, None):
            continue
        (same if _same_fund(fact, other) else loose).append(other)
    return replace(value, texts=tuple(same), loose=() if own_fund and same else tuple(loose))


def _same_fund(fact: Fact, other: Fact) -> bool:
    if fact.concept in _THREE:
        return True
    return fact.scope.fund == other.scope.fund or {fact.scope.fund, other.scope.fund} <= _FUND_NEUTRAL


def _in(fact: Fact, measure: Measure, aspect: Aspect) -> Fact:
    text = plain(fact.quantity.value)
    return replace(fact, aspect=aspect, quantity=replace(fact.quantity, measure=measure, text=text))


def _equal(fact: Fact, other: Fact) -> bool:
    """Whether the two may be one figure: as `evaluate` judges."""
    mine, its = fact.quantity, other.quantity
    if fact.aspect is not other.aspect or not mine.same_dimension(its) or mine.approximate or its.approximate:
        return False
    return fact.interval.meets(other.interval)


def _measure(values: Sequence[tuple[ChartValue, Decimal | None]]) -> tuple[Measure | None, Aspect]:
    """The unit in which most values equal a figure of the text, under whatever label; else the one of the text's size.

    Zeros are equal in every unit and tell nothing.
    """
    known = [v for v, amount in values if v.fact is not None and amount]
    pool = {t.id: t for v, _ in values for t in (*v.texts, *v.loose) if t.value}
    if not known or not pool:
        return (WAN, Aspect.LEVEL) if any(v.texts for v, _ in values) and not known else (None, Aspect.LEVEL)
    scores: list[int] = []
    for measure, aspect in _MEASURES:
        shown = [_in(v.fact, measure, aspect) for v in known if v.fact is not None]
        # A figure of one digit in a large unit is equal to almost anything.
        telling = [f for f in shown if f.quantity.ulp * 10 <= abs(f.value)]
        scores.append(sum(any(_equal(f, t) for t in pool.values()) for f in telling))
    if max(scores) > 0:
        return _MEASURES[scores.index(max(scores))]
    if all(any(_sized(v, t) for t in pool.values()) for v in known):
        return WAN, Aspect.LEVEL
    return None, Aspect.LEVEL


def _sized(value: ChartValue, text: Fact) -> bool:
    """Whether the chart's value in 万元 and the text's are at most a factor of five apart."""
    if value.fact is None or text.aspect is not Aspect.LEVEL or not text.value:
        return False
    ratio = abs(value.fact.value / text.value)
    return 1 / _SIZE <= ratio <= _SIZE


def _judged(value: ChartValue, measure: Measure | None, aspect: Aspect) -> ChartValue:
    if value.fact is None or measure is None:
        return value
    fact = _in(value.fact, measure, aspect)
    texts = tuple(t for t in value.texts if t.aspect is aspect and t.quantity.same_dimension(fact.quantity))
    loose = tuple(t for t in value.loose if t.aspect is aspect and t.quantity.same_dimension(fact.quantity))
    holds: bool | None = None
    if any(_equal(fact, t) for t in (*texts, *loose)):
        holds = True
    elif texts:
        holds = False
    return replace(value, fact=fact, texts=texts, loose=loose, holds=holds)
