"""JS107: a word of comparison against its numbers."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.facts import Order
from juesuan.findings import Finding, Severity
from juesuan.rules import arithmetic
from juesuan.rules.base import Rule, View


def check(view: View) -> Iterator[Finding]:
    """Order words and rise or fall words that the figures contradict."""
    for cause in arithmetic.for_rule(view, RULE):
        subject, relation = cause.facts[0], cause.first.relation
        if isinstance(relation, Order):
            text = (
                f"{arithmetic.name_of(subject)}的比较用词是“{relation.word}”，而数字是 {cause.first.verdict.formula}。"
            )
        else:
            text = f"{arithmetic.name_of(subject)}写为“{'增' if subject.sign > 0 else '减'}”{subject.quantity}，按数字方向相反：{cause.first.verdict.formula}。"
        yield arithmetic.report(view, RULE, cause, text + arithmetic.others_disagree(cause))


RULE = Rule(
    code="JS107",
    name="direction-word",
    title="增减、大小用词与数字相反",
    severity=Severity.ERROR,
    checks="“增加/减少”“增长/下降”“大于/小于/持平”是否与数字一致。",
    why="照抄上年稿时数字改了而用词没改，是最常见的硬伤之一。",
    basis="《地方预决算公开操作规程》（财预〔2016〕143号）：预决算公开应当内容准确、形式规范",
    how="比较两个数的显示区间：区间分开而用词相反的才算错；显示相等而写“大于”“小于”的可能只差在元位，不报。",
    wrong="2023年公务接待费支出年初预算为100.00万元，支出决算为90.00万元，决算数大于预算数的主要原因是接待增加。",
    right="2023年公务接待费支出年初预算为100.00万元，支出决算为90.00万元，决算数小于预算数的主要原因是接待减少。",
    mend="按数字改正用词，并核对其后的原因是否相称。",
    misses="没有写出预算数或上年数时，用词无从核对。",
    check=check,
)
