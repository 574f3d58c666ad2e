"""JS605: target and completion of an indicator are in measures that cannot be compared."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.findings import Finding, Role, Severity
from juesuan.quantity import Dimension, plain
from juesuan.rules._forms import example, forms_of, key_of, listed, name_of, shown, shown_all
from juesuan.rules.base import Rule, View
from juesuan.understand.forms import Form, Indicator
from juesuan.understand.forms_values import Kind

_COUNTS = frozenset(
    {
        Dimension.PERSON,
        Dimension.PERSON_TIME,
        Dimension.BATCH,
        Dimension.GROUP,
        Dimension.VEHICLE,
        Dimension.SET,
        Dimension.PIECE,
        Dimension.OCCASION,
        Dimension.HOUSEHOLD,
    }
)
"""Counts in different classifiers (6个, 6家) may well be one figure."""


def check(view: View) -> Iterator[Finding]:
    """One finding for each indicator that cannot be compared; one for those whose measure is only left out."""
    for form in forms_of(view, evaluated=True):
        bare: list[Indicator] = []
        for indicator in form.indicators:
            severity = _severity(indicator)
            if severity is not None:
                yield _finding(view, form, indicator, severity)
            elif _is_bare(indicator):
                bare.append(indicator)
        if bare:
            yield _hint(view, form, bare)


def _group(indicator_value: Dimension | None) -> str | None:
    if indicator_value is None or indicator_value is Dimension.NUMBER:
        return None
    if indicator_value in _COUNTS:
        return "count"
    return "ratio" if indicator_value is Dimension.POINT else indicator_value.value


def _severity(indicator: Indicator) -> Severity | None:
    target, done = indicator.target, indicator.completion
    if target is None or done is None:
        return None
    goal = _group(target.value.dimension)
    reached = "date" if done.value.kind is Kind.DATE else _group(done.value.dimension)
    if goal is None or reached is None or goal == reached or {goal, reached} == {"time", "date"}:
        return None
    if "ratio" in {goal, reached} or reached == "date":
        # A count may be answered by its completion in percent, or by the date it was reached.
        return Severity.WARNING
    return Severity.ERROR


def _finding(view: View, form: Form, indicator: Indicator, severity: Severity) -> Finding:
    target, done = indicator.target, indicator.completion
    goal = target.quantity if target is not None else None
    words = f"{plain(goal.value)}{goal.measure.symbol}" if goal is not None else ""
    return RULE.finding(
        f"{name_of(form)}里，“{indicator.name.text}”的指标值是 {indicator.sign}{words}，完成值写“{done.text if done else ''}”，"
        "两者的计量单位不同，无法比较是否完成。",
        (
            *([shown(view, done)] if done else []),
            *shown_all(view, (indicator.name, target, indicator.measure), Role.OPERAND),
        ),
        severity=severity,
        actual=done.text if done else None,
        expected=f"以“{goal.measure.symbol}”计量的完成值" if goal is not None else None,
        key=key_of(form, indicator.name.text),
    )


def _is_bare(indicator: Indicator) -> bool:
    """100% answered by 1: perhaps the same, perhaps one of a hundred."""
    target, done = indicator.target, indicator.completion
    if target is None or done is None or target.value.dimension is not Dimension.RATIO or done.quantity is None:
        return False
    return done.value.dimension is Dimension.NUMBER and done.quantity.value <= 1 and not done.value.measure_text


def _hint(view: View, form: Form, bare: list[Indicator]) -> Finding:
    cells = [i.completion for i in bare if i.completion is not None]
    return RULE.finding(
        f"{name_of(form)}里，{listed([i.name.text for i in bare])}的指标值是百分比，完成值没有写百分号，请写成百分比。",
        (shown(view, cells[0]), *shown_all(view, cells[1:], Role.OTHER)),
        severity=Severity.HINT,
        actual=cells[0].text,
        key=key_of(form, "bare"),
    )


RULE = Rule(
    code="JS605",
    name="indicator-measures",
    title="绩效指标值与完成值计量单位不同",
    severity=Severity.ERROR,
    checks="定量指标的指标值与完成值是否用可以比较的计量单位。",
    why="“6个”与“半年”无法比较，是否完成、得几分都无从说起。",
    basis="《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》（财预〔2021〕101号）：指标值应与计量单位对应、可衡量",
    how="完成值自己写了计量单位的，与指标值的计量单位（含“度量单位”栏）比较：个、家、人、次等计数互相视为可比；计数、金额、时间、面积之间不可比，是错误；一方是百分比或日期的作疑点。",
    wrong=example((("产出指标", "数量指标", "建立联络点", "≥", "6", "个", "半年", "90", "90"),)),
    right=example((("产出指标", "数量指标", "建立联络点", "≥", "6", "个", "6", "90", "90"),)),
    mend="完成值按指标值的计量单位填写；指标本身设错的，在说明中注明。",
    misses="完成值写成一句话的不作判断。",
    check=check,
)
