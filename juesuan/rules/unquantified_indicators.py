"""JS612: indicators that cannot be measured, or whose completion is missing."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.findings import Finding, Role, Severity
from juesuan.rules._forms import example, forms_of, key_of, listed, name_of, shown, shown_all
from juesuan.rules.base import Rule, View
from juesuan.taxonomy.forms import words
from juesuan.understand.forms import Entry, Form, Indicator
from juesuan.understand.forms_values import Kind, squeezed

_LONGEST_RATE_NAME = 8


def check(view: View) -> Iterator[Finding]:
    """One hint a form."""
    for form in forms_of(view):
        vague = [(i, why) for i in form.indicators if (why := _vague(i, evaluated=_is_evaluated(form)))]
        if vague:
            yield _finding(view, form, vague)


def _is_evaluated(form: Form) -> bool:
    """Completion is asked for only where the form has that column and someone has begun to fill it."""
    return any(i.completion is not None and i.completion.is_filled for i in form.indicators)


def _vague(indicator: Indicator, *, evaluated: bool) -> str | None:
    """Why an indicator measures nothing; None when it is in order."""
    target = indicator.target
    if target is not None and not target.is_filled:
        return "没有指标值"
    if evaluated and indicator.completion is not None and not indicator.completion.is_filled:
        return "没有完成值"
    text = squeezed(target.text) if target is not None and target.value.kind is Kind.TEXT else ""
    if text in words.UNMEASURED_TIME:
        return f"指标值“{text}”没有日期或数值"
    is_rate_name = text.endswith(words.RATE_WORDS) and len(text) <= _LONGEST_RATE_NAME
    if is_rate_name and not any(c.isdigit() for c in text):
        return f"指标值“{text}”只有名称，没有数值"
    return None


def _finding(view: View, form: Form, vague: list[tuple[Indicator, str]]) -> Finding:
    cells = [_cell(i) for i, _ in vague]
    reasons = "；".join(dict.fromkeys(why for _, why in vague))
    return RULE.finding(
        f"{name_of(form)}里，{listed([i.name.text for i, _ in vague])}无法衡量是否完成：{reasons}。",
        (shown(view, cells[0]), *shown_all(view, cells[1:], Role.OTHER)),
        actual=cells[0].text,
        key=key_of(form, "vague"),
    )


def _cell(indicator: Indicator) -> Entry:
    target = indicator.target
    return target if target is not None and target.is_filled else indicator.name


RULE = Rule(
    code="JS612",
    name="unquantified-indicators",
    title="绩效指标没有量化或缺完成值",
    severity=Severity.HINT,
    checks="指标值是否为空、是否只写“按时”“及时”或“完善率”“满意度”一类的名称；完成值是否为空。",
    why="没有数值、日期的指标，到年末无从判断是否完成。",
    basis="《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》（财预〔2021〕101号）：指标应当可衡量，难以量化的应当可评判",
    how="逐项看指标值和完成值两栏；定性指标写了预期状态的不算；一张表提示一次。",
    wrong=example((("产出指标", "时效指标", "资金拨付", "定性", "按时", "", "已拨付", "90", "90"),)),
    right=example((("产出指标", "时效指标", "资金拨付完成时间", "≤", "12", "月", "11", "90", "90"),)),
    mend="写明数值、日期或可以评判的状态，如“12月底前”“≥90%”。",
    misses="一句话的指标值是否可评判，不作判断。",
    check=check,
)
