"""JS606: "the more the better" on a cost or a deadline."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.findings import Finding, Role, Severity
from juesuan.rules._forms import example, forms_of, key_of, listed, name_of, shown, shown_all
from juesuan.rules.base import Rule, View
from juesuan.taxonomy.forms import words
from juesuan.understand.forms import Form, Indicator
from juesuan.understand.forms import is_money as holds_money
from juesuan.understand.forms_values import Kind


def check(view: View) -> Iterator[Finding]:
    """One finding for the costs of a form, and one for its deadlines."""
    for form in forms_of(view):
        costs = [i for i in form.indicators if _rises(i) and _is_cost(i)]
        if costs:
            yield _finding(view, form, costs, "成本指标", "成本应当控制，一般用“≤”")
        deadlines = [i for i in form.indicators if _rises(i) and _is_deadline(i)]
        if deadlines:
            yield _finding(view, form, deadlines, "完成期限", "期限越早越好，应当用“≤”")


def _rises(indicator: Indicator) -> bool:
    return indicator.sign in {"≥", ">"}


def _is_cost(indicator: Indicator) -> bool:
    """An amount of money among the costs, not a saving, a subsidy or a standard of benefit."""
    level = indicator.level1 + indicator.level2
    if not any(w in level for w in words.COST) or any(w in indicator.name.text for w in words.COST_GAINS):
        return False
    return holds_money(indicator.target)


def _is_deadline(indicator: Indicator) -> bool:
    target = indicator.target
    if target is None or not any(w in indicator.name.text for w in words.DEADLINE):
        return False
    return target.value.kind in {Kind.DATE, Kind.DURATION}


def _finding(view: View, form: Form, found: list[Indicator], what: str, why: str) -> Finding:
    first = found[0]
    subject = first.nature if first.nature is not None and first.nature.is_filled else first.target
    others = [e for i in found for e in (i.nature, i.name, i.target) if e is not subject]
    return RULE.finding(
        f"{name_of(form)}里，{listed([i.name.text for i in found])}是{what}，指标性质却是“{first.sign}”。{why}，请核实方向。",
        (*([shown(view, subject)] if subject else []), *shown_all(view, others, Role.OTHER)),
        actual=subject.text if subject else None,
        expected="≤",
        key=key_of(form, what),
    )


RULE = Rule(
    code="JS606",
    name="indicator-direction",
    title="成本或期限指标的方向相反",
    severity=Severity.WARNING,
    checks="成本类指标的金额、以及“以前完成”一类的期限，是否用了“≥”。",
    why="租赁费“≥3.5万元”的意思是花得越多越好；“12月以前拨付 ≥12月”的意思是越晚越好，按此计分就反了。",
    basis="《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》（财预〔2021〕101号）：成本指标反映控制数",
    how="一级或二级指标属成本、指标值是金额的（节约、补助、标准、收益一类除外），以及名称带有期限词的时间指标，指标性质为“≥”“＞”时提出；一张表的成本、期限各报一次。",
    wrong=example((("成本指标", "经济成本指标", "租赁费", "≥", "3.5", "万元", "3.5", "90", "90"),)),
    right=example((("成本指标", "经济成本指标", "租赁费", "≤", "3.5", "万元", "3.5", "90", "90"),)),
    mend="把指标性质改为“≤”。",
    misses="名称看不出是期限的时间指标不作判断。",
    check=check,
)
