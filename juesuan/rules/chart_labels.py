"""JS805: a label of a chart that the text does not have, beside a value that the text gives another name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from juesuan.facts import Aspect, Fact, Stage
from juesuan.findings import Finding, Role, Severity
from juesuan.quantity import plain
from juesuan.rules._charts import called, charts_of, label_evidence, value_evidence
from juesuan.rules.base import Rule, View
from juesuan.understand.charts import ChartReading, ChartValue

_YEAR = re.compile(r"20\d\d|[上去本]年")


def check(view: View) -> Iterator[Finding]:
    """One finding a label."""
    for reading in charts_of(view):
        if len(reading.chart.series) != 1 or any(v.holds is False for v in reading.values):
            continue
        strange = [v for v in reading.values if v.holds is None and not _YEAR.search(v.label)]
        if len(strange) != 1:
            continue
        meant = _meant(view, reading, strange[0])
        if meant is not None:
            yield _finding(view, reading, strange[0], meant)


def _meant(view: View, reading: ChartReading, value: ChartValue) -> Fact | None:
    """The one part of the same whole that the chart leaves out and that has the value."""
    text = reading.chart.series[value.series].values[value.point] or ""
    shown = [t for v in reading.values if v is not value and v.holds for t in (*v.texts, *v.loose)]
    list_of = {index for t in shown if (index := view.understanding.passage_of(t.place)) is not None}
    if not shown:
        list_of = _list_beside(view, reading)
    taken = {(t.concept, t.scope.account) for t in shown}
    found = {
        (f.concept, f.scope.account): f
        for f in view.understanding.facts
        if f.place.row is None
        and (f.aspect, f.scope.stage, f.scope.economic) == (Aspect.LEVEL, Stage.FINAL, None)
        and f.value
        and plain(f.quantity.value, f.quantity.decimals) == text.strip()
        and (f.concept, f.scope.account) not in taken
        and view.understanding.passage_of(f.place) in list_of
        and _is_part(view, f)
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _is_part(view: View, fact: Fact) -> bool:
    """Whether its paragraph gives the figure's share: it is a part of a list, and not the list's total."""
    index = view.understanding.passage_of(fact.place)
    return any(
        f.aspect is Aspect.SHARE
        and view.understanding.passage_of(f.place) == index
        and (f.concept, f.scope.account, f.scope.fund) == (fact.concept, fact.scope.account, fact.scope.fund)
        for f in view.understanding.facts
    )


def _list_beside(view: View, reading: ChartReading) -> set[int]:
    """The passage that the chart stands under."""
    index = view.understanding.passage_of(label_evidence(view, reading, 0).place)
    return set() if index is None else {index}


def _finding(view: View, reading: ChartReading, value: ChartValue, meant: Fact) -> Finding:
    subject = label_evidence(view, reading, value.point)
    name = meant.label.strip("“”")
    return RULE.finding(
        f"{called(reading)}的标签“{value.label.strip()}”文中没有；同一个数 {meant.quantity} 在文中是“{name}”，而图中没有它。",
        (subject, value_evidence(view, reading, value, Role.OPERAND), *view.fact_evidence([meant], Role.OPERAND)),
        expected=name,
        actual=subject.quote,
        key=f"{reading.title}|{name}",
    )


_TEXT = (
    "2023年度部门决算\n2023年一般公共预算财政拨款支出30.00万元，主要用于以下方面："
    "教育支出20.00万元，占66.67%；卫生健康支出10.00万元，占33.33%。\n\n一般公共预算财政拨款支出决算结构\n"
)

RULE = Rule(
    code="JS805",
    name="chart-labels",
    title="图表的标签与文中不符",
    severity=Severity.WARNING,
    checks="图中各类别的名称是不是文中所列的分项。",
    why="图从别的年度或别的单位的报告改来，数换了而标签没有换。",
    basis="图表是文字的另一种写法，名称应当一致",
    how="其余各数都与文中一致、只有一个标签在文中找不到，而文中恰有一个分项数额相同、图中又没有的，报疑点。",
    wrong=_TEXT + "教育支出\t住房保障支出\t20.00\t10.00\t\n",
    right=_TEXT + "教育支出\t卫生健康支出\t20.00\t10.00\t\n",
    mend="按文中的名称改正标签。",
    misses="有两个以上标签对不上的、数额也不相符的，由其他规则判断。",
    check=check,
)
