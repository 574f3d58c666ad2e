"""JS205: one figure has two values in two tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from juesuan.causes import Cause, Mend
from juesuan.facts import Equal, Sum
from juesuan.findings import Finding, Role, Severity
from juesuan.rules import arithmetic
from juesuan.rules.base import Rule, View
from juesuan.understand.tables.between import CLASSIFIED


def check(view: View) -> Iterator[Finding]:
    """Figures of one fact in two tables, and totals whose parts stand in another table; one finding a pair of tables."""
    pairs: dict[tuple[int, ...], list[Cause]] = {}
    for cause in arithmetic.for_rule(view, RULE):
        if cause.mend is Mend.NONE and isinstance(cause.first.relation, Equal):
            blocks = sorted(
                {
                    b
                    for f in cause.first.relation.facts
                    if (t := view.understanding.tables.at(f.place))
                    for b in t.blocks[:1]
                }
            )
            pairs.setdefault(tuple(blocks), []).append(cause)
        else:
            yield from _single(view, cause)
    for causes in pairs.values():
        if len(causes) == 1:
            yield from _single(view, causes[0])
        else:
            yield _pair(view, causes)
    yield from arithmetic.equal_hints(view, RULE, "tables", "表与表之间")
    yield from arithmetic.equal_hints(view, RULE, CLASSIFIED, "功能分类与经济分类之间")


def _pair(view: View, causes: Sequence[Cause]) -> Finding:
    """Several lines of two tables that differ, said once."""
    first = causes[0].first.relation
    titles = list(dict.fromkeys(t.title for f in reversed(first.facts) if (t := view.understanding.tables.at(f.place))))
    shown = "；".join(
        f"{j.relation.subject.label} {j.verdict.formula}" for c in causes[: arithmetic.MAX_HINTS] for j in c.broken[:1]
    )
    finding = arithmetic.report(
        view,
        RULE,
        causes[0],
        f"{'与'.join(f'《{t}》' for t in titles)}有 {len(causes)} 处应当相同的数不相同：{shown}。",
    )
    known = {e.place for e in finding.evidence}
    others = [f for c in causes[1:] for f in c.first.relation.facts if f.place not in known]
    gravest = max(arithmetic.severity_of(c) for c in causes)
    return replace(finding, severity=gravest, evidence=(*finding.evidence, *view.fact_evidence(others, Role.FOLLOWER)))


def _single(view: View, cause: Cause) -> Iterator[Finding]:
    relation, verdict = cause.first.relation, cause.first.verdict
    subject = relation.subject
    if isinstance(relation, Equal):
        text = f"{arithmetic.name_of(subject)}为 {subject.shown}，{arithmetic.name_of(relation.other)}为 {relation.other.shown}，两处应当相同。"
    elif isinstance(relation, Sum):
        text = f"{arithmetic.name_of(subject)}为 {subject.shown}，由另一张表相加应为 {arithmetic.measured(verdict.expected, subject)}。"
    else:
        text = f"{arithmetic.name_of(subject)}与另一张表不符：{verdict.formula}。"
    yield arithmetic.report(view, RULE, cause, text + arithmetic.others_disagree(cause))


_TABLES = (
    "某局2024年度部门决算\n支出决算表\n单位：万元\n"
    "功能分类科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\t上缴上级支出\t经营支出\t对附属单位补助支出\n"
    "201\t一般公共服务支出\t200.00\t120.00\t80.00\t0.00\t0.00\t0.00\n合计\t\t200.00\t120.00\t80.00\t0.00\t0.00\t0.00\n"
    "一般公共预算财政拨款支出决算表\n单位：万元\n功能分类科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
)

RULE = Rule(
    code="JS205",
    name="tables-disagree",
    title="表与表之间勾稽不符",
    severity=Severity.ERROR,
    checks="同一个数在几张表中是否相同：总表与收入表、支出表的合计和各类，财政拨款总表与一般公共预算、政府性基金各表，基本支出与人员、公用经费合计。",
    why="各表出自同一套账，数不同必有一张表没有更新或取错了口径。",
    basis="部门预决算公开各表的表间关系",
    how="年度、口径、科目、栏目相同的格逐个比较，显示区间不相交才算错；没有非财政拨款支出的单位，支出决算表与一般公共预算表逐行应相同；有的只要求后者不大于前者。养老保险、职业年金、住房公积金按功能分类和按经济分类只差末位的，提示一次；差得更多可能是合法差异，不报。非财政拨款结转等合法差异不比。",
    wrong=_TABLES + "201\t一般公共服务支出\t200.00\t110.00\t90.00\n合计\t\t200.00\t110.00\t90.00",
    right=_TABLES + "201\t一般公共服务支出\t200.00\t120.00\t80.00\n合计\t\t200.00\t120.00\t80.00",
    mend="对照批复的报表，改正不符的一张。",
    misses="认不出的表、没有写明单位的表不参与比较。",
    check=check,
)
