"""JS111: money without the people, or people without the money."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.findings import Finding, Severity
from juesuan.rules import arithmetic
from juesuan.rules.base import Rule, View


def check(view: View) -> Iterator[Finding]:
    """A count of nothing beside an amount of something, or the reverse."""
    for cause in arithmetic.for_rule(view, RULE):
        count, amount = cause.first.relation.facts[:2]
        text = f"{arithmetic.name_of(count)}写为 {count.quantity}，而相应支出为 {amount.quantity}，两者应同有同无。请核实。"
        yield arithmetic.report(view, RULE, cause, text)


RULE = Rule(
    code="JS111",
    name="amount-without-count",
    title="有支出而无批次人次，或有批次人次而无支出",
    severity=Severity.WARNING,
    checks="公务接待的批次、人次，因公出国（境）的团组数、人次，与相应支出是否同有同无。",
    why="金额改了而批次、人次还是上年的数，或者反过来。",
    basis="部门决算附03表（机构运行信息表）中三公经费的支出与批次、人次",
    how="支出为零而批次、人次不为零，或支出不为零而批次、人次为零的，报疑点：费用可能由其他单位承担。",
    wrong="2023年国内公务接待支出0万元。国内公务接待14批次，60人次，共计支出0万元。",
    right="2023年国内公务接待支出0.80万元。国内公务接待14批次，60人次，共计支出0.80万元。",
    mend="核对附03表，改正批次、人次或金额；费用由其他单位承担的，说明即可。",
    misses="只写金额不写批次、人次的，由“三公”经费披露规则检查。",
    check=check,
)
