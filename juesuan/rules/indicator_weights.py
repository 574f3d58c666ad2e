"""JS603: the weights of a performance form do not make up 100."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from juesuan.findings import Finding, Role, Severity
from juesuan.quantity import plain
from juesuan.rules import arithmetic
from juesuan.rules._forms import example, form_at, forms_of, key_of, name_of, shown, shown_all
from juesuan.rules.base import Rule, View
from juesuan.understand.forms import Entry, Form

WHOLE, INDICATORS = Decimal(100), Decimal(90)
SLACK = Decimal("0.05")
"""Weights of one third each are printed as 33.33."""


def check(view: View) -> Iterator[Finding]:
    """Totals that miss the weights, then weights that make up something else than 100."""
    forms = forms_of(view)
    told: set[int] = set()
    for cause in arithmetic.for_rule(view, RULE):
        form = form_at(forms, cause)
        if form is None:
            continue
        told.add(forms.index(form))
        subject, verdict = cause.first.relation.subject, cause.first.verdict
        text = f"{name_of(form)}的权重合计写为 {subject.quantity}，各项权重相加为 {verdict.expected}。"
        yield arithmetic.report(view, RULE, cause, text)
    for number, form in enumerate(forms):
        if number not in told:
            yield from _not_whole(view, form)
            yield from _execution(view, form)


def _not_whole(view: View, form: Form) -> Iterator[Finding]:
    weights = [i.weight for i in form.indicators if i.weight is not None]
    values = [w.quantity.value for w in weights if w.quantity is not None]
    if not values or len(values) < len(form.indicators):
        return
    execution = _execution_weight(form)
    given = execution.quantity.value if execution is not None and execution.quantity is not None else None
    total = sum(values, given or Decimal(0))
    wanted = {WHOLE} if given is not None else {WHOLE, INDICATORS}
    if any(abs(total - w) <= SLACK for w in wanted):
        return
    shown_sum = "＋".join(plain(v) for v in ([given] if given is not None else []) + values)
    first = form.total_weight or weights[0]
    yield RULE.finding(
        f"{name_of(form)}的权重合计为 {plain(total)} 分，不是 100 分。{shown_sum}＝{plain(total)}。",
        (shown(view, first), *shown_all(view, [execution, *(w for w in weights if w is not first)], Role.OPERAND)),
        severity=Severity.WARNING,
        actual=plain(total),
        expected="100",
        formula=f"{shown_sum}＝{plain(total)}",
        key=key_of(form, "whole"),
    )


def _execution_weight(form: Form) -> Entry | None:
    row = form.row("total")
    return row.get("weight") if row else None


def _execution(view: View, form: Form) -> Iterator[Finding]:
    """Where the points of the execution are fixed."""
    entry, fixed = _execution_weight(form), form.declared.execution_weight
    if entry is None or entry.quantity is None or fixed is None or entry.quantity.value == fixed:
        return
    yield RULE.finding(
        f"{name_of(form)}的预算执行率权重写为 {entry.text}，表式规定为 {fixed} 分。",
        (shown(view, entry),),
        severity=Severity.WARNING,
        actual=entry.text,
        expected=str(fixed),
        key=key_of(form, "execution"),
    )


RULE = Rule(
    code="JS603",
    name="indicator-weights",
    title="绩效指标权重合计不是 100",
    severity=Severity.ERROR,
    checks="执行率与各项指标的权重之和是否等于合计数，是否为 100 分。",
    why="自评总分由权重和得分算出；权重不足或超出 100 分，评价等级就失去依据。",
    basis="《项目支出绩效评价管理办法》（财预〔2020〕10号）：自评满分 100 分，其中预算执行率 10 分",
    how=(
        "权重全部读出时相加，与表中合计比较，不等是错误；没有合计或合计本身不是 100 的作疑点。"
        "各级指标各占多少由填报人确定，不作判断；锁定的共性模板（60/30、22.5×4）按实际权重相加。"
    ),
    wrong=example((("产出指标", "数量指标", "培训人数", "≥", "50", "人", "50", "80", "80"),), sums=("100", "90")),
    right=example((("产出指标", "数量指标", "培训人数", "≥", "50", "人", "50", "90", "90"),)),
    mend="调整权重，使执行率 10 分与各项指标权重之和为 100 分。",
    misses="有权重没有读出（空格、合并丢失）的表不作判断。",
    check=check,
)
