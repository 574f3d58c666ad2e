"""JS704: contracts with small and medium enterprises above the whole procurement."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from juesuan.facts import Aspect, Fact
from juesuan.findings import Finding, Role, Severity
from juesuan.quantity import Quantity, parse
from juesuan.rules._text import Hit, find
from juesuan.rules.base import NotApplicableError, Rule, View, replace_fix

_GROUP = re.compile(
    r"在?(?P<which>面向中小企业预留|其他)的?政府采购项目中，由中小企业供应商中标或成交的，采购金额(?:为)?(?P<amount>\d[\d,]*(?:\.\d+)?(?:万元|元))"
)


def check(view: View) -> Iterator[Finding]:
    """Contracts in reserved projects plus contracts in the others are part of the whole."""
    hits = {h.match["which"]: h for h in find(view, _GROUP)}
    totals = [
        f
        for f in view.understanding.facts
        if f.concept == "procurement" and f.aspect is Aspect.LEVEL and f.scope.nature is None
    ]
    amounts = {which: parse(h.match["amount"]) for which, h in hits.items()}
    reserved, other = amounts.get("面向中小企业预留"), amounts.get("其他")
    if reserved is None or other is None or not totals:
        reason = "没有同时写出采购总额和中小企业两类成交金额"
        raise NotApplicableError(reason)
    total = totals[0]
    slack = (reserved.ulp + other.ulp + total.quantity.ulp) / 2
    if reserved.base + other.base <= total.value + slack:
        return
    yield _finding(view, hits, total, reserved, other)


def _finding(view: View, hits: dict[str, Hit], total: Fact, reserved: Quantity, other: Quantity) -> Finding:
    hit = hits["其他"]
    start, end = hit.match.span("amount")
    place = view.text_place(hit.passage, start, end)
    first = hits["面向中小企业预留"]
    kept = view.text_place(first.passage, *first.match.span("amount"))
    room = max(total.value - reserved.base, Decimal(0)) / other.measure.factor
    formula = f"{reserved} + {other} ＞ {total.quantity}"
    right = f"{format(room.normalize(), 'f')}{other.measure.symbol}" if room else f"0{other.measure.symbol}"
    return RULE.finding(
        f"中小企业成交金额之和大于政府采购总额：{formula}。其他项目的成交金额最多为 {right}。",
        (view.evidence(place), view.evidence(kept, Role.OPERAND), *view.fact_evidence([total], Role.OPERAND)),
        expected=right,
        actual=hit.match["amount"],
        formula=formula,
        fix=replace_fix(view.quote(place), right),
        key="sme",
    )


RULE = Rule(
    code="JS704",
    name="procurement-sme",
    title="中小企业成交金额大于政府采购总额",
    severity=Severity.ERROR,
    checks="预留项目和其他项目中由中小企业成交的金额，加起来是否超过政府采购总额。",
    why="常见的错误是把预留项目的金额在“其他政府采购项目”里又写一遍。",
    basis="《政府采购促进中小企业发展管理办法》：预留项目与其他项目互不重叠，都在政府采购总额之内",
    how="预留项目中小企业成交额＋其他项目中小企业成交额，按显示精度与政府采购总额比较，大于才算错。",
    wrong="2024年度政府采购金额（以合同签订为准）为21.07万元，其中：货物采购金额21.07万元、工程采购金额0万元、服务采购金额0万元。\n在面向中小企业预留的政府采购项目中，由中小企业供应商中标或成交的，采购金额21.07万元；在其他政府采购项目中，由中小企业供应商中标或成交的，采购金额21.07万元。",
    right="2024年度政府采购金额（以合同签订为准）为21.07万元，其中：货物采购金额21.07万元、工程采购金额0万元、服务采购金额0万元。\n在面向中小企业预留的政府采购项目中，由中小企业供应商中标或成交的，采购金额21.07万元；在其他政府采购项目中，由中小企业供应商中标或成交的，采购金额0万元。",
    mend="核实其他政府采购项目的成交金额，没有的写 0。",
    misses="只写授予中小企业合同总额的，由“部分大于整体”检查。",
    check=check,
)
