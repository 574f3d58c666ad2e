"""JS105: a completion rate does not fit outturn and budget."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.findings import Finding, Severity
from juesuan.rules import arithmetic
from juesuan.rules.base import Rule, View


def check(view: View) -> Iterator[Finding]:
    """Completion rates whose computed interval misses the shown one."""
    for cause in arithmetic.for_rule(view, RULE):
        verdict, subject = cause.first.verdict, cause.facts[0]
        expected = cause.value or verdict.expected
        text = f"{arithmetic.name_of(subject)}写为 {subject.quantity}，按决算数除以预算数应为 {expected}。"
        yield arithmetic.report(view, RULE, cause, text + arithmetic.others_disagree(cause))


RULE = Rule(
    code="JS105",
    name="completion-rate",
    title="预算完成率与金额不符",
    severity=Severity.ERROR,
    checks="“完成预算的x%”是否等于决算数除以所说的那个预算数。",
    why="常见的错误是把全年预算的完成率写成年初预算的完成率，或把差额、下降率写成完成率。",
    basis="预算完成率＝决算数÷预算数（年初预算或全年预算，以文中所用的词为准）",
    how="完成率＝决算数÷预算数，按显示区间比较；同名预算有两个数的不作判断。",
    wrong="2023年公务接待费支出年初预算为100.00万元，支出决算为90.00万元，完成年初预算的110%。",
    right="2023年公务接待费支出年初预算为100.00万元，支出决算为90.00万元，完成年初预算的90%。",
    mend="核对预算数是年初预算还是全年预算，重算完成率。",
    misses="没有写预算数的完成率无从核算（与决算表对照后可查）。",
    check=check,
)
