"""JS602: the execution rate of a performance form does not fit its amounts."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.findings import Finding, Role, Severity
from juesuan.rules import arithmetic
from juesuan.rules._forms import by_form, example, forms_of, key_of, name_of, shown, shown_all
from juesuan.rules.base import Rule, View
from juesuan.understand.forms import Form, FundRow


def check(view: View) -> Iterator[Finding]:
    """Rates that miss their amounts, and rates over an adjusted budget of nothing; one finding a form."""
    forms = forms_of(view, evaluated=True)
    yield from _broken(view, forms)
    yield from _over_nothing(view, forms)


def _broken(view: View, forms: tuple[Form, ...]) -> Iterator[Finding]:
    for form, causes in by_form(forms, arithmetic.for_rule(view, RULE)):
        cause = causes[0]
        subject, verdict = cause.first.relation.subject, cause.first.verdict
        text = f"{name_of(form)}里，{arithmetic.name_of(subject)}写为 {subject.quantity}，按执行数除以调整后（全年）预算数应为 {verdict.expected}。"
        if not cause.first.relation.sure:
            text += "可能是按年初预算数计算，或执行数大于预算数时按 100% 填写，请核实。"
        if len(causes) > 1:
            text += f"同表另有 {len(causes) - 1} 行的执行率也不符。"
        yield arithmetic.report(view, RULE, cause, text)


def _over_nothing(view: View, forms: tuple[Form, ...]) -> Iterator[Finding]:
    """Executed money over an adjusted budget printed as zero."""
    empty = [(form, row) for form in forms if (row := _without_budget(form))]
    if not empty:
        return
    filled = [form for form in forms if (row := form.row("total")) and (q := row.amount("adjusted")) and not q.is_zero]
    if filled:
        for form, row in empty:
            yield _finding(view, form, row, Severity.ERROR, f"同一文件中{name_of(filled[0])}的调整后预算数填了数。")
        return
    form, row = empty[0]
    others = f"本文件 {len(empty)} 张自评表都是如此，" if len(empty) > 1 else ""
    yield _finding(
        view, form, row, Severity.WARNING, f"{others}如是系统对“未调整”的打印方式，请按规定补填调整后预算数。"
    )


def _without_budget(form: Form) -> FundRow | None:
    """The row of the total (or, without one, the first) whose adjusted budget is zero and whose execution is not."""
    rows = [form.row("total"), *form.funds]
    for row in rows:
        adjusted, executed = (row.amount("adjusted"), row.amount("executed")) if row else (None, None)
        if row and adjusted is not None and executed is not None and adjusted.is_zero and not executed.is_zero:
            return row
    return None


def _finding(view: View, form: Form, row: FundRow, severity: Severity, more: str) -> Finding:
    adjusted, executed, rate, initial = (row.get(c) for c in ("adjusted", "executed", "rate", "initial"))
    printed = f"、执行率 {rate.text}" if rate is not None and rate.is_filled else ""
    text = (
        f"{name_of(form)}里，调整后预算数为 {adjusted.text if adjusted else ''}，"
        f"却有执行数 {executed.text if executed else ''}{printed}，三者不能同时成立。"
    )
    budget = initial.text if initial is not None and initial.is_filled else None
    return RULE.finding(
        text + more,
        (*([shown(view, adjusted)] if adjusted else []), *shown_all(view, (executed, rate, initial), Role.OPERAND)),
        severity=severity,
        actual=adjusted.text if adjusted else None,
        expected=budget,
        formula=form.declared.rate_rule or "预算执行率＝执行数÷调整后预算数",
        key=key_of(form, "adjusted"),
    )


_ROW = (("产出指标", "数量指标", "培训人数", "≥", "50", "人", "50", "90", "90"),)

RULE = Rule(
    code="JS602",
    name="execution-rate",
    title="绩效自评表的预算执行率与金额不符",
    severity=Severity.ERROR,
    checks="预算执行率是否等于执行数除以调整后（全年）预算数；调整后预算数是不是零。",
    why="执行率占 10 分，由三个金额算出；预算为零而执行率为 100% 的表自相矛盾，得分也无从说起。",
    basis="《项目支出绩效评价管理办法》（财预〔2020〕10号）；自评表填报说明：预算执行率＝预算执行数÷调整后预算数",
    how="逐行按显示区间核算。调整后预算数为零而有执行数：同一文件的其他自评表填了数的是错误；所有自评表都为零的可能是系统的打印方式，作疑点；一张表只报一次。",
    wrong=example(_ROW, total=("10.00", "0.00", "10.00", "100.00%", "10", "10")),
    right=example(_ROW),
    mend="填上调整后预算数（未调整的等于年初预算数），重算执行率。",
    misses="自评在决算批复之前进行，金额与决算表不同可以是合法的，不与决算表比较。",
    check=check,
)
