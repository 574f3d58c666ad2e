"""JS610: how much of the project expenditure the self-evaluations cover."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from juesuan.facts import Aspect, Fact, Stage
from juesuan.findings import Finding, Role, Severity
from juesuan.quantity import WAN, plain, rounded
from juesuan.rules._forms import example, forms_of, listed, shown_all
from juesuan.rules.base import CouldNotCheckError, Rule, View
from juesuan.understand.forms import Form

_BASIC_WORDS = ("公用经费",)
_ALL = Decimal(100)


def check(view: View) -> Iterator[Finding]:
    """One hint a document, and only when less than all is covered."""
    forms = [f for f in forms_of(view, evaluated=True) if f.project_class]
    if not forms:
        raise CouldNotCheckError("自评表没有写项目编码或类别，分不清人员类、运转类和特定目标类")
    whole = _project_expenditure(view)
    if whole is None:
        raise CouldNotCheckError("没有读到项目支出决算数")
    counted = {f.project_code or f.identity: f for f in forms if _is_project_expenditure(f)}
    rows = [(f, q) for f in counted.values() if (r := f.row("total")) and (q := r.amount("executed"))]
    if len(rows) < len(counted) or any(f.money is None for f, _ in rows):
        raise CouldNotCheckError("有自评表的执行数或其计量单位没有读出")
    covered = sum((q.base for _, q in rows), Decimal(0))
    if covered >= whole.interval.low:
        return
    share = plain(rounded(covered / whole.value * _ALL, 2))
    names = listed([f.project_name for f, _ in rows]) if rows else "没有一个"
    executed = [f.row("total") for f, _ in rows]
    yield RULE.finding(
        f"自评表覆盖的项目支出为 {plain(covered / WAN.factor, 2)} 万元（{names}项目），占项目支出 "
        f"{whole.quantity} 的 {share}%，"
        "其余项目支出没有自评表（人员类和公用经费属基本支出，未计入）。",
        (
            view.evidence(whole.place),
            *shown_all(view, (row.get("executed") for row in executed if row), Role.OPERAND),
        ),
        formula=f"{plain(covered / WAN.factor, 2)} ÷ {plain(whole.value / WAN.factor, 2)} = {share}%",
        key="coverage",
    )


def _is_project_expenditure(form: Form) -> bool:
    return form.project_class == "T" or (
        form.project_class == "Y" and not any(w in form.project_name for w in _BASIC_WORDS)
    )


def _project_expenditure(view: View) -> Fact | None:
    """The year's project expenditure of the document itself, where it is one figure."""
    year = view.understanding.identity.year
    found = [
        f
        for f in view.understanding.facts
        if f.concept == "project"
        and f.aspect is Aspect.LEVEL
        and f.scope.stage is Stage.FINAL
        and f.scope.project is None
        and f.scope.nature is None
        and f.scope.account is None
        and f.scope.fund in {None, "all"}
        and f.scope.year == year
        and not f.quantity.is_zero
    ]
    return found[0] if len({f.value for f in found}) == 1 else None


_ROWS = (("产出指标", "数量指标", "培训人数", "≥", "50", "人", "50", "90", "90"),)
_BODY = (
    "2023年度部门决算\n一、支出决算情况说明\n2023年本年支出合计100.00万元，其中：基本支出{}万元；"
    "项目支出{}万元。\n二、绩效自评情况\n"
)

RULE = Rule(
    code="JS610",
    name="evaluation-coverage",
    title="自评没有覆盖全部项目支出",
    severity=Severity.HINT,
    checks="特定目标类（T）和其他运转类（Y）项目自评表的执行数之和，占项目支出决算数多少。",
    why="项目支出应当全部自评；人员类（R）和公用经费属基本支出，不能拿来充数。",
    basis="《项目支出绩效评价管理办法》（财预〔2020〕10号）第十条：单位自评应当覆盖所有项目支出",
    how="按项目编码第九位区分类别，T 与其他运转 Y 的执行数相加，与正文的项目支出比较；只作提示，自评表可以另行公开。",
    wrong=example(_ROWS, before=_BODY.format("80.00", "20.00")),
    right=example(_ROWS, before=_BODY.format("90.00", "10.00")),
    mend="补列其余项目的自评表，或说明在何处公开。",
    misses="自评表没有编码的不作判断；金额口径可以不同，多于项目支出的不报。",
    check=check,
)
