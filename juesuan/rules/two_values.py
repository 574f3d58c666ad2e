"""JS201: one figure printed with two values."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.causes import Mend
from juesuan.findings import Finding, Severity
from juesuan.rules import arithmetic
from juesuan.rules.base import Rule, View


def check(view: View) -> Iterator[Finding]:
    """Figures for one fact whose intervals do not meet."""
    for cause in arithmetic.for_rule(view, RULE):
        subject, relation = cause.facts[0], cause.first.relation
        other = next(f for f in relation.facts if f.id not in {s.id for s in cause.facts})
        text = f"{arithmetic.name_of(subject)}此处写为 {subject.quantity}，另一处写为 {other.quantity}，同一个数前后不一致。"
        if cause.mend is not Mend.NONE:
            text += f"取 {arithmetic.value_of(cause)} 时，{len(cause.broken)} 处核算关系都成立。"
        else:
            text += "哪一处有误，请对照报表核实。"
        yield arithmetic.report(view, RULE, cause, text)


RULE = Rule(
    code="JS201",
    name="two-values",
    title="同一个数前后不一致",
    severity=Severity.ERROR,
    checks="同一年、同一口径、同一事项的数在各处是否相同。",
    why="同一个数多处手工填写，改了一处忘了另一处。",
    basis="《地方预决算公开操作规程》（财预〔2016〕143号）：预决算公开应当内容准确、形式规范",
    how="概念、年度、口径、科目全部相同的数两两比较，区间不相交才算错；只差末位一个单位的作提示。有第三个数能证明哪边错时指出错的一边，否则只说不一致。",
    wrong="2023年一般公共预算财政拨款基本支出125.29万元，其中：人员经费112.01万元，公用经费13.28万元。2023年一般公共预算财政拨款基本支出125.20万元。",
    right="2023年一般公共预算财政拨款基本支出125.29万元，其中：人员经费112.01万元，公用经费13.28万元。2023年一般公共预算财政拨款基本支出125.29万元。",
    mend="以批复的报表为准统一各处。",
    misses="口径没有写明、又无法由上下文确定的数不比较。",
    check=check,
)
