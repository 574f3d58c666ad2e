"""JS103: a change does not fit the two years."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.causes import Cause
from juesuan.facts import Within
from juesuan.findings import Finding, Severity
from juesuan.rules import arithmetic
from juesuan.rules.base import Rule, View


def check(view: View) -> Iterator[Finding]:
    """Differences that are not now - base, and increases above what there is now."""
    for cause in arithmetic.for_rule(view, RULE):
        text = _message(cause)
        yield arithmetic.report(view, RULE, cause, text + arithmetic.others_disagree(cause))


def _message(cause: Cause) -> str:
    relation, blamed = cause.first.relation, cause.facts[0]
    change = relation.subject
    if isinstance(relation, Within):
        now = relation.now
        return f"{arithmetic.called(now)}本年为 {now.shown}，却写增加 {change.shown}，上年数就成了负数，不可能。"
    if blamed.id != change.id:
        return f"{arithmetic.name_of(blamed)}写为 {blamed.shown}，按增减额和另一年的数推算应为 {arithmetic.value_of(cause)}。"
    right = arithmetic.measured(cause.first.verdict.expected, change)
    return f"{arithmetic.name_of(change)}写为 {change.shown}，本年数减上年数是 {right}。"


RULE = Rule(
    code="JS103",
    name="change-amount",
    title="增减额与两年数额不符",
    severity=Severity.ERROR,
    checks="增加额、减少额是否等于本年数减上年数；增加额有没有大于本年数。",
    why="两年的数都写出时，增减额应当由它们算出。",
    basis="《地方预决算公开操作规程》（财预〔2016〕143号）：预决算公开应当内容准确、形式规范",
    how="增减额＝本年数−上年数，按显示区间比较。上年数没有写出时，增加额大于本年数的，上年数成了负数，报错误；结余、结转可以为负，不判断。",
    wrong="2022年度收入总计90.00万元；2023年度收入总计120.00万元。与2022年相比，收入总计增加20.00万元，增长20%。",
    right="2022年度收入总计100.00万元；2023年度收入总计120.00万元。与2022年相比，收入总计增加20.00万元，增长20%。",
    mend="核对本年数、上年数和增减额，三者必有一个写错。",
    misses="只写增减额而上年数没写的，除增加额大于本年数的以外，无从核算。",
    check=check,
)
