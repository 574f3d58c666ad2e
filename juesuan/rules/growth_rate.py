"""JS102: a growth rate does not fit its amounts."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.findings import Finding, Severity
from juesuan.rules import arithmetic
from juesuan.rules.base import Rule, View


def check(view: View) -> Iterator[Finding]:
    """Growth rates whose computed interval misses the shown one."""
    for cause in arithmetic.for_rule(view, RULE):
        verdict, subject = cause.first.verdict, cause.facts[0]
        expected = cause.value or verdict.expected
        if expected is None:
            text = f"{arithmetic.name_of(subject)}与其金额不能同时成立：{verdict.formula}。"
        else:
            text = (
                f"{arithmetic.name_of(subject)}写为 {subject.quantity}，{arithmetic.by_amounts(cause)}应为 {expected}。"
            )
        yield arithmetic.report(view, RULE, cause, text + arithmetic.others_disagree(cause))


RULE = Rule(
    code="JS102",
    name="growth-rate",
    title="增减率与金额不符",
    severity=Severity.ERROR,
    checks="增长率、下降率是否等于增减额除以上年数。",
    why="增减率多由人工另算，常见的错误是除以本年数、沿用上年稿或按错位的数计算。",
    basis="《地方预决算公开操作规程》（财预〔2016〕143号）：预决算公开应当内容准确、形式规范",
    how="增减率＝增减额÷上年数；上年数没有写出时＝本年数−增减额。按三个数的显示区间求出结果的区间，与所写百分比的区间不相交才算错；只差末位一个单位的（截尾）作提示。",
    wrong="2023年机关运行经费支出13.28万元，比2022年增加1.61万元，增长13.18%。",
    right="2023年机关运行经费支出13.28万元，比2022年增加1.61万元，增长13.80%。",
    mend="用增减额除以上年决算数重算，改正百分比。",
    misses="没有写增减额也没有写上年数的增减率无从核算。",
    check=check,
)
