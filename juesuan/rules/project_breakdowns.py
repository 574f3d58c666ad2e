"""JS609: one project's money is divided in two ways that cannot both be true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from juesuan.findings import Finding, Role, Severity
from juesuan.quantity import WAN, plain
from juesuan.rules._forms import example, forms_of, key_of, name_of, part_of
from juesuan.rules.base import NotApplicableError, Rule, View
from juesuan.taxonomy.forms import words
from juesuan.understand.forms import Entry, Form, is_money, project_key
from juesuan.understand.forms_text import Allocation

_MOST = 12
"""More items than this are not tried against each other."""


def check(view: View) -> Iterator[Finding]:
    """A list of how the money is divided, against the cost indicators of the same project's form."""
    forms = forms_of(view)
    lists = view.understanding.allocations
    if not lists:
        raise NotApplicableError("没有资金分配一类的分项")
    parts = {id(f): part_of(view, f) for f in forms}
    for allocation in lists:
        near = [f for f in forms if parts[id(f)] == allocation.part]
        if len({project_key(f.project_name) for f in near}) != 1:
            continue
        for form in near:
            costs = _costs(form)
            if len(costs) > 1 and _same_money(form, allocation, costs) and _incompatible(allocation, costs):
                yield _finding(view, form, allocation, costs)
                break


def _costs(form: Form) -> list[Entry]:
    """The amounts of the cost indicators."""
    return [
        i.target
        for i in form.indicators
        if i.target is not None and is_money(i.target) and any(w in i.level1 + i.level2 for w in words.COST)
    ]


def _bases(entries: Sequence[Entry]) -> list[Decimal]:
    return [e.quantity.base for e in entries if e.quantity is not None]


def _same_money(form: Form, allocation: Allocation, costs: Sequence[Entry]) -> bool:
    """Both divisions make up the form's own amount, so that each is meant to be complete."""
    total = sum((s.quantity.base for s in allocation.items), Decimal(0))
    row = form.row("total")
    own = {q.base for column in ("initial", "budget", "adjusted", "executed") if row and (q := row.amount(column))}
    return total > 0 and sum(_bases(costs), Decimal(0)) == total and total in own


def _incompatible(allocation: Allocation, costs: Sequence[Entry]) -> bool:
    listed, stated = [s.quantity.base for s in allocation.items], _bases(costs)
    if len(listed) > _MOST or len(stated) > _MOST:
        return False
    return not (_refines(listed, stated) or _refines(stated, listed))


def _refines(fine: Sequence[Decimal], coarse: Sequence[Decimal]) -> bool:
    """Whether the finer amounts can be put together into the coarser ones."""
    left = sorted(coarse, reverse=True)

    def place(rest: list[Decimal]) -> bool:
        if not rest:
            return not any(left)
        head, tried = rest[0], set[Decimal]()
        for at, room in enumerate(left):
            if room < head or room in tried:
                continue
            tried.add(room)
            left[at] -= head
            if place(rest[1:]):
                return True
            left[at] += head
        return False

    return place(sorted(fine, reverse=True))


def _sum(values: Sequence[Decimal]) -> str:
    return "＋".join(plain((v / WAN.factor).normalize()) for v in values)


def _finding(view: View, form: Form, allocation: Allocation, costs: Sequence[Entry]) -> Finding:
    one, other = _sum([s.quantity.base for s in allocation.items]), _sum(_bases(costs))
    return RULE.finding(
        f"同一笔资金的两种分解不同，请核实：“{allocation.title}”写为 {one}（万元），"
        f"{name_of(form)}的成本指标为 {other}（万元）。",
        (
            view.evidence(costs[0].place),
            *(view.evidence(c.place, Role.OTHER) for c in costs[1:]),
            *(view.evidence(s.place, Role.OTHER) for s in allocation.items),
        ),
        formula=f"{one} 与 {other}",
        key=key_of(form, "breakdown"),
    )


_LIST = (
    "附件1\n培训经费绩效评价报告\n一、项目概况\n（一）资金分配情况\n培训经费10万元，具体如下：\n"
    "（1）场地费支出{}万元。\n（2）讲课费支出{}万元。\n（二）自评情况\n项目绩效自评表如下：\n"
)
_COSTS = (
    ("成本指标", "经济成本指标", "资料费", "≤", "4.5", "万元", "4.5", "45", "45"),
    ("成本指标", "经济成本指标", "场地及讲课费", "≤", "5.5", "万元", "5.5", "45", "45"),
)

RULE = Rule(
    code="JS609",
    name="project-breakdowns",
    title="同一项目资金的两种分解不同",
    severity=Severity.WARNING,
    checks="报告中“资金分配”的各项金额，与同一项目自评表成本指标的各项金额，能否是同一笔资金的分解。",
    why="总额相同而分项对不上，说明至少一处是照抄或估计的，资金的实际用途不清。",
    basis="《项目支出绩效评价管理办法》（财预〔2020〕10号）：绩效评价资料应当真实、一致",
    how="两处之和都等于表中的项目金额，才作比较；一处可以由另一处合并得到的（只是粗细不同）不报。",
    wrong=example(_COSTS, before=_LIST.format("6", "4")),
    right=example(_COSTS, before=_LIST.format("4.5", "5.5")),
    mend="按明细账核对实际用途，统一两处的分项。",
    misses="两处总额不同、或一处不完整的不作判断。",
    check=check,
)
