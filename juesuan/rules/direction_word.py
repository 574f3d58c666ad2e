"""JS107: a word of comparison against its numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from juesuan.facts import Order
from juesuan.findings import Finding, Role, Severity
from juesuan.rules import arithmetic
from juesuan.rules.base import Rule, View

_REASON = re.compile(".*?(?:原因|由于|因(?!公)|主要是|系)")
_LEAD = 12
"""So far into the next sentence its first words reach."""


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
    yield from _without_reason(view)


def _without_reason(view: View) -> Iterator[Finding]:
    """大于 or 小于 between two figures that read alike, with no reason behind it: a word left over."""
    for judged in view.judged:
        relation = judged.relation
        if not isinstance(relation, Order) or not relation.sign or relation.subject.value != relation.other.value:
            continue
        index = view.understanding.passage_of(relation.subject.place)
        text = view.understanding.passages[index].text if index is not None else ""
        at = text.find(relation.word, text.find(view.quote(relation.subject.place)))
        if index is None or at < 0 or _explained(text[at:]):
            continue
        yield RULE.finding(
            f"{arithmetic.name_of(relation.subject)}的比较用词是“{relation.word}”，而两数显示相同（{judged.verdict.formula}），也没有说明原因。",
            (
                view.evidence(view.text_place(index, at, at + len(relation.word))),
                *view.fact_evidence(relation.facts, Role.OPERAND),
            ),
            severity=Severity.WARNING,
            expected="持平",
            actual=relation.word,
            key=arithmetic.key_of(relation.subject),
        )


def _explained(text: str) -> bool:
    """Whether the rest of the sentence gives a reason, or the next one does."""
    sentence, _, following = text.partition("。")
    return _REASON.search(sentence) is not None or _REASON.match(following.lstrip(), 0, _LEAD) is not None


RULE = Rule(
    code="JS107",
    name="direction-word",
    title="增减、大小用词与数字相反",
    severity=Severity.ERROR,
    checks="“增加/减少”“增长/下降”“大于/小于/持平”是否与数字一致。",
    why="照抄上年稿时数字改了而用词没改，是最常见的硬伤之一。",
    basis="《地方预决算公开操作规程》（财预〔2016〕143号）：预决算公开应当内容准确、形式规范",
    how="比较两个数的显示区间：区间分开而用词相反的才算错；显示相等而写“大于”“小于”的可能只差在元位，不算错；其后没有说明原因的，报疑点。写明未安排预算的，预算数作零。",
    wrong="2023年公务接待费支出年初预算为100.00万元，支出决算为90.00万元，决算数大于预算数的主要原因是接待增加。",
    right="2023年公务接待费支出年初预算为100.00万元，支出决算为90.00万元，决算数小于预算数的主要原因是接待减少。",
    mend="按数字改正用词，并核对其后的原因是否相称。",
    misses="没有写出预算数或上年数时，用词无从核对。",
    check=check,
)
