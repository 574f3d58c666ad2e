"""JS104: a share does not fit part and whole."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.findings import Finding, Severity
from juesuan.rules import arithmetic
from juesuan.rules.base import Rule, View


def check(view: View) -> Iterator[Finding]:
    """Shares whose computed interval misses the shown one."""
    for cause in arithmetic.for_rule(view, RULE):
        verdict, subject = cause.first.verdict, cause.facts[0]
        expected = cause.value or verdict.expected
        text = f"{arithmetic.name_of(subject)}写为 {subject.quantity}，{arithmetic.by_amounts(cause)}应为 {expected}。"
        yield arithmetic.report(view, RULE, cause, text + arithmetic.others_disagree(cause))


RULE = Rule(
    code="JS104",
    name="share",
    title="占比与金额不符",
    severity=Severity.ERROR,
    checks="“占x%”是否等于该项金额除以所占的总数。",
    why="占比常因分母用错（用预算数、用另一个合计）、两项互换或凑足100%而出错。",
    basis="部门预决算公开说明的占比以本年收入合计、本年支出合计等为分母（文表关系）",
    how="占比＝该项÷总数，按显示区间比较；只差末位一个单位的（截尾、凑100%）作提示。",
    wrong="2023年本年支出合计100.00万元，其中：基本支出60.00万元，占65.00%；项目支出40.00万元，占40.00%。",
    right="2023年本年支出合计100.00万元，其中：基本支出60.00万元，占60.00%；项目支出40.00万元，占40.00%。",
    mend="用该项金额除以总数重算。",
    misses="分母没有写明、也不在同一清单里的占比无从核算。",
    check=check,
)
