"""JS613: the total of a performance form's money against its sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from juesuan.causes import Cause, Mend
from juesuan.findings import Finding, Severity
from juesuan.rules import arithmetic
from juesuan.rules._forms import by_form, example, forms_of, name_of
from juesuan.rules.base import Rule, View
from juesuan.understand.forms import Form


def check(view: View) -> Iterator[Finding]:
    """Totals that miss the sum of their sources; one finding a form."""
    for form, causes in by_form(forms_of(view), arithmetic.for_rule(view, RULE)):
        yield arithmetic.report(view, RULE, causes[0], _message(form, causes))


def _message(form: Form, causes: Sequence[Cause]) -> str:
    cause = causes[0]
    relation, verdict, blamed = cause.first.relation, cause.first.verdict, cause.facts[0]
    start = f"{name_of(form)}里，{arithmetic.name_of(blamed)}写为 {blamed.shown}，"
    year = relation.operands[0] if relation.operands else blamed
    if cause.mend is Mend.NONE and year.concept == "performance_annual" and relation.subject.concept != year.concept:
        text = f"{start}而一年的{arithmetic.name_of(year)}是 {year.quantity}，大于整个项目的资金。"
    elif blamed.id == relation.subject.id:
        text = f"{start}各来源相加为 {arithmetic.measured(verdict.expected, blamed)}。"
        if relation.subject.quantity.is_zero:
            text += "总额一行没有填数。"
    else:
        text = f"{start}按合计和同表的其他数推算应为 {arithmetic.value_of(cause)}。"
    if len(causes) > 1:
        text += f"同表另有 {len(causes) - 1} 列也不符。"
    return text + arithmetic.others_disagree(cause)


RULE = Rule(
    code="JS613",
    name="form-total",
    title="绩效表的资金总额与各来源之和不符",
    severity=Severity.ERROR,
    checks="资金总额是否等于财政资金、财政专户管理资金、单位资金、其他资金（或当年财政拨款、上年结转、其他资金）之和。",
    why="总额行为 0 而其中行有数、或来源多填少填，都会使执行率和得分失去依据。",
    basis="自评表、绩效目标表的表式：资金总额为各来源之和",
    how="按列相加，以显示区间比较；有来源是空白的，只判断已填各项之和是否超过总额；表里有认不出的资金行时同样处理。",
    wrong=example(
        (("产出指标", "数量指标", "培训人数", "≥", "50", "人", "50", "90", "90"),),
        total=("0", "0", "0", "", "10", "10"),
        sources=(("其中：财政资金", "10.00", "10.00", "10.00", "100.00%"), ("其他资金", "0.00", "0.00", "0.00", "")),
    ),
    right=example(
        (("产出指标", "数量指标", "培训人数", "≥", "50", "人", "50", "90", "90"),),
        sources=(("其中：财政资金", "10.00", "10.00", "10.00", "100.00%"), ("其他资金", "0.00", "0.00", "0.00", "")),
    ),
    mend="核对批复文件，补填总额或改正来源金额。",
    misses="不与部门决算表的项目支出比较：自评在批复之前，口径可以不同。",
    check=check,
)
