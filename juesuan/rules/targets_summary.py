"""JS617: the projects said to have targets, against the forms that are there."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from juesuan.findings import Finding, Role, Severity
from juesuan.quantity import WAN, plain
from juesuan.rules._forms import forms_of, shown_all
from juesuan.rules.base import NotApplicableError, Rule, View
from juesuan.understand.forms import Entry, Form

_WHAT = "绩效目标"


def check(view: View) -> Iterator[Finding]:
    """Where exactly as many forms are given as the sentence counts, their money adds up to the sentence's."""
    forms = [f for f in forms_of(view) if f.declared.is_target]
    summaries = [s for s in view.understanding.summaries if s.what == _WHAT and s.amount is not None]
    if not forms or len(summaries) != 1:
        raise NotApplicableError("没有绩效目标表，或没有说明编报绩效目标的项目个数和金额")
    summary = summaries[0]
    amounts = [e for f in forms if f.money is not None and (e := _annual(f)) is not None]
    if summary.amount is None or len(amounts) < len(forms) or summary.count.quantity.value != len(forms):
        return
    total = sum((e.quantity.base for e in amounts if e.quantity is not None), Decimal(0))
    stated = summary.amount.quantity
    if stated.interval.low <= total <= stated.interval.high:
        return
    yield RULE.finding(
        f"编报绩效目标的项目写为 {len(forms)} 个、涉及 {stated}，文件中 {len(forms)} 张绩效目标表的年度资金相加为 "
        f"{plain(total / WAN.factor, 2)} 万元，两者不一致，请核实。",
        (view.evidence(summary.amount.place), *shown_all(view, amounts, Role.OPERAND)),
        actual=stated.text or None,
        expected=f"{plain(total / WAN.factor, 2)}万元",
        formula=f"{'＋'.join(e.text for e in amounts)}＝{plain(total, 2)}元",
        key="targets",
    )


def _annual(form: Form) -> Entry | None:
    row = form.row("total")
    entry = row.get("annual") if row else None
    return entry if entry is not None and entry.quantity is not None else None


_FORM = (
    "\t财政项目支出绩效目标填报表\n\n\t项目名称\n\t培训经费\n\t项目类别\n\t特定目标类\n\n"
    "\t项目资金（元）\n\t项目资金总额\n\t100,000.00\n\t年度资金申请总额\n\t100,000.00\n\n"
    "\t绩效指标\n\t一级指标\n\t二级指标\n\t三级指标\n\t年度（/项目）指标值\n\n"
    "\t\n\t产出指标\n\t数量指标\n\t培训人数\n\t≥50.00（人）\n\n"
)

RULE = Rule(
    code="JS617",
    name="targets-summary",
    title="绩效目标的汇总金额与目标表不符",
    severity=Severity.WARNING,
    checks="“编报绩效目标的项目×个，涉及预算资金×万元”与文件中的绩效目标表。",
    why="汇总句与目标表同时公开，金额不同时读者无从知道哪个是真的。",
    basis="预算公开样式“绩效目标设置情况”",
    how="句中的个数与文件中的绩效目标表张数相同，才把各表年度资金相加与句中金额比较。",
    wrong=f"编报绩效目标的项目1个，涉及项目预算资金12.00万元。\n{_FORM}",
    right=f"编报绩效目标的项目1个，涉及项目预算资金10.00万元。\n{_FORM}",
    mend="按批复的绩效目标表汇总，改正句中金额或补列目标表。",
    misses="只公开部分目标表的不作判断。",
    check=check,
)
