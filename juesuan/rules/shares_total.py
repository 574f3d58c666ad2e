"""JS106: the shares of one whole do not add up to 100 %."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.findings import Finding, Severity
from juesuan.rules import arithmetic
from juesuan.rules.base import Rule, View


def check(view: View) -> Iterator[Finding]:
    """Lists of shares that cannot add up to 100 %."""
    for cause in arithmetic.for_rule(view, RULE):
        verdict = cause.first.verdict
        text = f"各项占比之和为 {verdict.formula.rpartition('= ')[2]}，不等于 100%。"
        yield arithmetic.report(view, RULE, cause, text + arithmetic.others_disagree(cause))


RULE = Rule(
    code="JS106",
    name="shares-total",
    title="占比之和不等于100%",
    severity=Severity.ERROR,
    checks="同一总数的各项占比之和是否为100%。",
    why="各项金额之和等于合计时，占比之和也应为100%（四舍五入的尾差除外）。",
    basis="占比之和＝100%",
    how="各占比按显示位数相加，超出各项四舍五入误差之和才算错。",
    wrong="2023年基本支出100余万元，其中：人员经费60.00万元，占59.70%；公用经费40.50万元，占41.30%。",
    right="2023年基本支出100余万元，其中：人员经费60.00万元，占59.70%；公用经费40.50万元，占40.30%。",
    mend="重算各项占比。",
    misses="没有列全的清单不作判断。",
    check=check,
)
