"""JS202: a sentence printed twice with different figures."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.findings import Finding, Severity
from juesuan.rules import arithmetic
from juesuan.rules.base import Rule, View


def check(view: View) -> Iterator[Finding]:
    """Word-for-word repeated sentences whose figures differ."""
    for cause in arithmetic.for_rule(view, RULE):
        subject, relation = cause.facts[0], cause.first.relation
        other = next(f for f in relation.facts if f.id != subject.id)
        text = f"{arithmetic.name_of(subject)}此处写为 {subject.quantity}，另一处同样的句子写为 {other.quantity}。请核实哪一处有误。"
        yield arithmetic.report(view, RULE, cause, text)


RULE = Rule(
    code="JS202",
    name="repeated-sentence",
    title="同一句话两处的数字不同",
    severity=Severity.WARNING,
    checks="正文与附件等处一字不差的句子，其中的数字是否相同。",
    why="同一段话抄到两处，只改了一处的数字。",
    basis="《地方预决算公开操作规程》（财预〔2016〕143号）：预决算公开应当内容准确、形式规范",
    how="把数字遮去后完全相同的句子逐个比较其中的数；只在正文之间、正文与附件之间比较，两个项目的附件互不比较。",
    wrong="核定行政编制4名、工勤编制1名。\n（二）人员情况\n核定行政编制5名、工勤编制1名。",
    right="核定行政编制4名、工勤编制1名。\n（二）人员情况\n核定行政编制4名、工勤编制1名。",
    mend="核实后统一。",
    misses="文字略有改动的句子不比较。",
    check=check,
)
