"""JS109: a part is greater than its whole."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.findings import Finding, Severity
from juesuan.rules import arithmetic
from juesuan.rules.base import Rule, View


def check(view: View) -> Iterator[Finding]:
    """Parts whose interval lies above the whole."""
    for cause in arithmetic.for_rule(view, RULE):
        whole, parts = cause.first.relation.subject, cause.first.relation.operands
        if len(parts) > 1:
            text = f"各部分之和大于{arithmetic.name_of(whole)}：{cause.first.verdict.formula}。"
        else:
            text = f"{arithmetic.name_of(parts[0])} {parts[0].shown} 大于它所在的{arithmetic.name_of(whole)} {whole.shown}。"
        yield arithmetic.report(view, RULE, cause, text + arithmetic.others_disagree(cause))


RULE = Rule(
    code="JS109",
    name="part-exceeds-whole",
    title="部分大于整体",
    severity=Severity.ERROR,
    checks="包含在某个总数里的数是否大于该总数。",
    why="部分大于整体不可能成立，必有一处写错。",
    basis="包含关系：部分不大于它所在的整体",
    how="部分的显示区间整个高于整体的显示区间才算错。",
    wrong="2023年政府采购支出总额10.00万元，主要用于办公设备采购。授予中小企业合同金额20.00万元，占政府采购支出总额的200%。",
    right="2023年政府采购支出总额20.00万元，主要用于办公设备采购。授予中小企业合同金额10.00万元，占政府采购支出总额的50%。",
    mend="核对两个数，改正写错的一个。",
    misses="不在已知包含关系里的数不作判断。",
    check=check,
)
