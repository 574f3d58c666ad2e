"""JS604: scores of a performance form against weights, total and what was reached."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from juesuan.findings import Finding, Role, Severity
from juesuan.quantity import EXACT, plain, rounded
from juesuan.rules import arithmetic
from juesuan.rules._forms import example, form_at, forms_of, key_of, listed, name_of, shown, shown_all
from juesuan.rules.base import Rule, View
from juesuan.understand.forms import Entry, Form, Indicator

SLACK = Decimal("0.5")
"""Points are often given in whole numbers."""
_FULL = Decimal(100)


def check(view: View) -> Iterator[Finding]:
    """Totals that miss the scores, scores above the weight, full marks for what was not reached."""
    forms = forms_of(view, evaluated=True)
    for cause in arithmetic.for_rule(view, RULE):
        form = form_at(forms, cause)
        if form is not None:
            subject, verdict = cause.first.relation.subject, cause.first.verdict
            text = f"{name_of(form)}的得分合计写为 {subject.quantity}，各项得分相加为 {verdict.expected}。"
            yield arithmetic.report(view, RULE, cause, text)
    for form in forms:
        yield from _above_weight(view, form)
        yield from _not_reached(view, form)
        yield from _execution(view, form)


def _above_weight(view: View, form: Form) -> Iterator[Finding]:
    row = form.row("total")
    pairs = [(row.get("weight"), row.get("score"), "预算执行率")] if row else []
    pairs += [(i.weight, i.score, i.name.text) for i in form.indicators]
    over = [
        (w, s, n) for w, s, n in pairs if w and s and w.quantity and s.quantity and s.quantity.value > w.quantity.value
    ]
    if not over:
        return
    weight, score, _ = over[0]
    others = [entry for w, s, _ in over for entry in (w, s) if entry is not score]
    yield RULE.finding(
        f"{name_of(form)}里，{listed([n for _, _, n in over])}的得分大于权重（得分 {score.text}，权重 {weight.text}）。",
        (shown(view, score), *shown_all(view, others, Role.OPERAND)),
        actual=score.text,
        expected=f"不大于 {weight.text}",
        key=key_of(form, "above"),
    )


def _not_reached(view: View, form: Form) -> Iterator[Finding]:
    missed = [i for i in form.indicators if _full_marks(i) and _misses_target(i)]
    if not missed:
        return
    first = missed[0]
    subject = first.completion
    if subject is None or first.target is None:
        return
    yield RULE.finding(
        f"{name_of(form)}里，{listed([i.name.text for i in missed])}没有达到指标值却得满分"
        f"（指标值 {first.sign}{first.target.quantity}，完成值 {subject.quantity}）。",
        (shown(view, subject), *shown_all(view, _cells(missed, subject), Role.OPERAND)),
        severity=Severity.WARNING,
        actual=subject.text,
        formula="未达到的：得分＝实际÷目标×权重（各地另有规定的从其规定）",
        key=key_of(form, "missed"),
    )


def _cells(indicators: list[Indicator], subject: Entry) -> Iterator[Entry | None]:
    for i in indicators:
        yield from (e for e in (i.target, i.completion, i.weight, i.score) if e is not subject)


def _full_marks(indicator: Indicator) -> bool:
    weight, score = indicator.weight, indicator.score
    if weight is None or score is None or weight.quantity is None or score.quantity is None:
        return False
    return score.quantity.value == weight.quantity.value > 0


def _misses_target(indicator: Indicator) -> bool:
    """Figures of one measure on the wrong side of the target. Deadlines and unknown measures are left out."""
    target, done = indicator.target, indicator.completion
    if target is None or done is None or target.quantity is None or done.quantity is None:
        return False
    if target.quantity.measure != done.quantity.measure or target.value.measure_text != done.value.measure_text:
        return False
    goal, reached = target.quantity.base, done.quantity.base
    return (indicator.sign in {"≥", ">", "="} and reached < goal) or (indicator.sign in {"≤", "<"} and reached > goal)


def _execution(view: View, form: Form) -> Iterator[Finding]:
    """Points of the execution above rate × weight."""
    row = form.row("total")
    weight, score, rate = (row.get(c) for c in ("weight", "score", "rate")) if row else (None, None, None)
    if not (weight and score and rate and weight.quantity and score.quantity and rate.quantity):
        return
    due = EXACT.multiply(weight.quantity.value, min(rate.quantity.base, _FULL)) / _FULL
    if rate.quantity.is_zero or score.quantity.value <= due + SLACK:
        return
    yield RULE.finding(
        f"{name_of(form)}里，预算执行率为 {rate.text}，按权重 {weight.text} 计应得 {plain(rounded(due, 2))} 分，写为 {score.text} 分。",
        (shown(view, score), *shown_all(view, (rate, weight), Role.OPERAND)),
        severity=Severity.WARNING,
        actual=score.text,
        expected=plain(rounded(due, 2)),
        formula=f"{weight.text} × {rate.text} = {plain(rounded(due, 2))}",
        key=key_of(form, "execution"),
    )


RULE = Rule(
    code="JS604",
    name="indicator-scores",
    title="绩效得分与权重、合计或完成情况不符",
    severity=Severity.ERROR,
    checks="各项得分之和是否等于总分；得分有没有大于权重；没有达到指标值的有没有得满分；执行率得分是否按执行率计算。",
    why="自评得分决定评价等级，也是下年预算安排的依据。",
    basis="《项目支出绩效评价管理办法》（财预〔2020〕10号）：得分不超过该项指标分值；预算执行率按比例计分",
    how="得分之和与总分不等、得分大于权重是错误；同一计量单位的完成值没有达到指标值而得满分，或执行率得分高出“权重×执行率”半分以上，作疑点（各地计分办法有不同）。",
    wrong=example((("产出指标", "数量指标", "培训人数", "≥", "50", "人", "50", "90", "80"),), sums=("100", "100")),
    right=example((("产出指标", "数量指标", "培训人数", "≥", "50", "人", "50", "90", "80"),), sums=("100", "90")),
    mend="按完成值和计分办法重算各项得分，再相加得总分。",
    misses="定性指标的得分由人评定，不作核算；目标与完成值计量单位不同的见 JS605。",
    check=check,
)
