"""JS110: class totals against the items listed under them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from juesuan.catalog import load as load_catalog
from juesuan.causes import Cause, Mend
from juesuan.facts import Fact
from juesuan.findings import Finding, Fix, Role, Severity
from juesuan.rules import arithmetic
from juesuan.rules.base import Rule, View


def check(view: View) -> Iterator[Finding]:
    """Class totals that miss the sum of their items; one item under the wrong class explains two of them."""
    for cause in arithmetic.for_rule(view, RULE):
        subject, verdict = cause.facts[0], cause.first.verdict
        if cause.mend is Mend.MOVE and cause.target is not None:
            yield _moved(view, cause, cause.target)
        elif subject.id == cause.first.relation.subject.id:
            text = f"{arithmetic.name_of(subject)}写为 {subject.shown}，其下各项之和为 {arithmetic.measured(verdict.expected, subject)}。"
            yield arithmetic.report(view, RULE, cause, text)
        else:
            text = f"{arithmetic.name_of(subject)}写为 {subject.quantity}，按类级金额推算应为 {arithmetic.value_of(cause)}。"
            yield arithmetic.report(view, RULE, cause, text)


def _moved(view: View, cause: Cause, target: Fact) -> Finding:
    """One item stands under the wrong class: its name is what is wrong, not a figure."""
    item = cause.facts[0]
    right = _right_path(item, target, view.understanding.identity.year)
    text = (
        f"{arithmetic.name_of(item)}（{item.quantity}）写错了类，应在“{target.label}”之下。"
        f"这样两类都与结构情况相符；现在{'；'.join(j.verdict.formula for j in cause.broken)}。"
    )
    finding = arithmetic.report(view, RULE, cause, text + (f"科目应为“{right}”。" if right else ""))
    if item.named_at is None:
        return finding
    subject = view.evidence(item.named_at)
    others = tuple(replace(e, role=Role.OPERAND) if e.role is Role.SUBJECT else e for e in finding.evidence)
    fix = Fix(subject.quote, right) if right else None
    return replace(finding, evidence=(subject, *others), actual=subject.quote, expected=right, range=None, fix=fix)


def _right_path(item: Fact, target: Fact, year: int | None) -> str | None:
    """The item's path under the right class, when the catalog knows one like it there."""
    name = (item.scope.account or "").rpartition("/")[2]
    group = (item.scope.account or "").split("/")[1:2]
    catalog = load_catalog()
    for candidate in (group[0] if group else None, None):
        found = catalog.resolve(target.scope.account, candidate, name, year).item
        accounts = found.accounts or found.suggestions
        if len(accounts) == 1:
            path = catalog.path(accounts[0], year)
            return "".join(f"{a.name}（{level}）" for a, level in zip(path, "类款项", strict=False))
    return None


RULE = Rule(
    code="JS110",
    name="class-items",
    title="类级金额与其下各项之和不符",
    severity=Severity.ERROR,
    checks="结构情况里的类级金额是否等于具体情况里该类各项之和；有没有哪一项写到了别的类下面。",
    why="项写错了类，两个类的合计就同时对不上；改回去两个都成立，这就是同一个原因。",
    basis="一般公共预算财政拨款支出决算表：类＝Σ款＝Σ项",
    how="按类把各项决算数相加，与类级金额比较；若把一项从一类移到另一类能同时补平两类，就报这一项，否则报不符的类。",
    wrong="2023年一般公共预算财政拨款支出30.00万元，主要用于以下方面：社会保障和就业支出（类）20.00万元，占66.67%；卫生健康支出（类）10.00万元，占33.33%。\n（三）一般公共预算财政拨款支出决算具体情况\n1.社会保障和就业支出（类）行政事业单位养老支出（款）行政单位离退休（项）：支出决算为20.00万元。\n2.社会保障和就业支出（类）行政事业单位医疗（款）公务员医疗补助（项）：支出决算为4.00万元。\n3.卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项）：支出决算为6.00万元。",
    right="2023年一般公共预算财政拨款支出30.00万元，主要用于以下方面：社会保障和就业支出（类）20.00万元，占66.67%；卫生健康支出（类）10.00万元，占33.33%。\n（三）一般公共预算财政拨款支出决算具体情况\n1.社会保障和就业支出（类）行政事业单位养老支出（款）行政单位离退休（项）：支出决算为20.00万元。\n2.卫生健康支出（类）行政事业单位医疗（款）公务员医疗补助（项）：支出决算为4.00万元。\n3.卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项）：支出决算为6.00万元。",
    mend="按支出决算表改正该项的类、款名称，或改正金额。",
    misses="没有逐项列出的报告不作判断。",
    check=check,
)
