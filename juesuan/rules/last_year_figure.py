"""JS208: what a report says of last year is not what last year's report says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from juesuan.causes import Cause
from juesuan.facts import Difference
from juesuan.findings import Finding, Severity
from juesuan.rules import arithmetic
from juesuan.rules.base import Rule, View

_RESTATED = re.compile(r"调整|口径|划转|划入|划出|更正|追溯|重述|机构改革")


def check(view: View) -> Iterator[Finding]:
    """One finding a figure of last year's report that this year's does not bear out."""
    for cause in arithmetic.for_rule(view, RULE):
        finding = arithmetic.report(view, RULE, cause, _message(cause))
        severity = finding.severity
        if severity is Severity.HINT and isinstance(cause.first.relation, Difference):
            # Reckoned from tables in 元, a change in 万元 is often off by one of its last digit; nobody is misled.
            continue
        if severity is Severity.ERROR and _restated(view, cause):
            severity = Severity.WARNING
        # Which of two published reports is wrong, the reports do not say: no mend is offered.
        yield replace(finding, severity=severity, fix=None, expected=None)


def _message(cause: Cause) -> str:
    relation, verdict = cause.first.relation, cause.first.verdict
    told, year = relation.subject, relation.subject.scope.year
    name = arithmetic.name_of(told)
    if isinstance(relation, Difference):
        before = (year or 0) - 1
        text = (
            f"{year}年报告说{arithmetic.called(told)}{'增加' if told.value >= 0 else '减少'} {told.quantity}，"
            f"按{before}年报告的 {relation.base.shown} 计算应为 {arithmetic.measured(verdict.expected, told)}。"
        )
    else:
        other = relation.operands[0]
        text = f"{(year or 0) + 1}年报告中的{year}年{name}为 {told.shown}，{year}年报告中为 {other.shown}。"
    return text + arithmetic.others_disagree(cause) + "上年数若经批准调整过，应在说明中写明。"


def _restated(view: View, cause: Cause) -> bool:
    """Whether the paragraph says that last year's figure was restated."""
    for fact in cause.first.relation.facts:
        index = view.understanding.passage_of(fact.place)
        if index is not None and _RESTATED.search(view.understanding.passages[index].text):
            return True
    return False


_BEFORE = "某局2023年度部门决算\n一、收入支出决算总体情况说明\n2023年度收、支总计均为122.15万元。"
_AFTER = "某局2024年度部门决算\n一、收入支出决算总体情况说明\n2024年度收、支总计均为152.20万元。与2023年相比，收、支总计各增加"

RULE = Rule(
    code="JS208",
    name="last-year-figure",
    title="与上一年度的报告不一致",
    severity=Severity.ERROR,
    checks="本年报告里说到的上年数，以及“比上年增加（减少）多少”，与上年报告中的数是否相符。",
    why="两年的报告都公开在网上，任何人都可以对照；上年数抄错，增减额、增减率就全错了。",
    basis="部门预决算公开文字说明样式：与上年决算数（预算数）比较；上年数应与上年批复、公开的数一致",
    how=(
        "用 --years 把同一单位相邻两年的报告一起审核。上年数：概念、阶段（预算、决算）、资金、科目都相同的数，显示区间不相交为不符，"
        "都是决算数且资金明确的为错误，其余为疑点。增减额：本年数减去上年报告的数，与写出的增减额比较，为疑点。"
        "本段写明上年数经过调整的，只作疑点。"
    ),
    wrong=f"{_BEFORE}\f{_AFTER}31.05万元，增长25.63%。",
    right=f"{_BEFORE}\f{_AFTER}30.05万元，增长24.60%。",
    mend="对照上年批复的决算（预算）和已公开的报告；上年数经批准调整过的，在说明中写明原因。",
    misses="上年“预算执行数”与上年决算数不是一回事，不比较；上年报告里同一个数有两个值的、缺少相邻年度报告的不比较。",
    check=check,
    across_years=True,
)
