"""JS101: the parts of a total do not add up to it."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.findings import Finding, Severity
from juesuan.rules import arithmetic
from juesuan.rules.base import Rule, View


def check(view: View) -> Iterator[Finding]:
    """Sums whose interval misses the total, and one hint for each list off by rounding."""
    for cause in arithmetic.for_rule(view, RULE):
        verdict, relation = cause.first.verdict, cause.first.relation
        if relation.subject.id == cause.facts[0].id:
            text = f"{arithmetic.name_of(relation.subject)}写为 {relation.subject.shown}，各分项之和为 {arithmetic.measured(verdict.expected, relation.subject)}。"
        else:
            text = f"{arithmetic.name_of(cause.facts[0])}写为 {cause.facts[0].shown}，按合计和其他分项推算应为 {arithmetic.value_of(cause)}。"
        yield arithmetic.report(view, RULE, cause, text + arithmetic.others_disagree(cause))
    yield from arithmetic.list_hints(view, RULE)


RULE = Rule(
    code="JS101",
    name="parts-do-not-add-up",
    title="分项之和不等于合计",
    severity=Severity.ERROR,
    checks="合计数与其后列出的各分项之和是否相符。",
    why="分项与合计来自同一张表，相加不符必有一处抄错或漏列。",
    basis="部门预决算公开各表的表内关系：合计＝各分项之和",
    how="每个数按显示的小数位代表一个区间；各分项区间之和与合计的区间不相交才算错。相交而数值不同的，每个清单至多提示一次。",
    wrong="2023年政府采购支出总额10.00万元，其中：政府采购货物支出6.00万元、政府采购工程支出0万元、政府采购服务支出3.00万元。",
    right="2023年政府采购支出总额10.00万元，其中：政府采购货物支出6.00万元、政府采购工程支出0万元、政府采购服务支出4.00万元。",
    mend="对照报表核对合计和各分项，改正抄错的数或补上漏列的分项。",
    misses="没有列全的清单（“主要包括”只举几项）不能断定相加相等，只在列得看似完整时报疑点；两个分项同时出错而恰好抵消的查不出。",
    check=check,
)
