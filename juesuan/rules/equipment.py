"""JS705: large equipment disclosed by a limit, or a measure, that no form has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from juesuan.findings import Finding, Severity
from juesuan.quantity import parse
from juesuan.rules._text import find
from juesuan.rules.base import Rule, View

_LIMIT = re.compile(
    r"单(?:位)?价(?:值)?(?:在)?(?P<limit>[-－−]?\d[\d,.]*(?:亿元|万元|元))(?:（含）|\(含\))?(?:人民币)?以上(?:的)?"
    r"(?:（含）)?(?P<kind>通用|专用)?(?:大型)?设备(?:（[^）]*）)?(?P<count>\d[\d,]*(?P<measure>[^\d，。；、]{1,5}))?"
)
_LIMITS = {"通用": {50}, "专用": {100}, None: {20, 50, 100, 200}}
"""万元: what the forms of the years ask for."""
_MEASURES = ("台", "套", "件", "部", "个")


def check(view: View) -> Iterator[Finding]:
    """Limits that are none of the forms', and counts of equipment in another measure."""
    for hit in find(view, _LIMIT, ("body",)):
        match = hit.match
        limit = parse(match["limit"])
        known = {Decimal(n) * 10_000 for n in _LIMITS[match["kind"]]}
        if limit is not None and limit.base not in known:
            amounts = "、".join(f"{n}万元" for n in sorted(_LIMITS[match["kind"]]))
            yield RULE.finding(
                f"设备的单价标准写为 {match['limit']}，样式中是 {amounts}。",
                (view.evidence(view.text_place(hit.passage, *match.span("limit"))),),
                actual=match["limit"],
                expected=amounts if len(known) == 1 else None,
                key="limit",
            )
        measure = match["measure"]
        if measure is not None and not measure.startswith(_MEASURES):
            yield RULE.finding(
                f"设备的数量写为“{match['count']}”，计量单位应为台（套）。",
                (view.evidence(view.text_place(hit.passage, *match.span("count"))),),
                actual=match["count"],
                key="measure",
            )


_HEAD = "第一部分2025年度部门决算情况说明\n一、国有资产占有使用情况\n截至2025年12月31日，本单位共有车辆2辆。"

RULE = Rule(
    code="JS705",
    name="equipment",
    title="大型设备的单价标准或计量单位不对",
    severity=Severity.WARNING,
    checks="国有资产占有使用情况里设备的单价标准（50万元以上通用设备、100万元以上专用设备，近年为100万元以上设备）和计量单位。",
    why="标准是样式规定的，写错一个数，公开的就不是要求公开的设备。",
    basis="部门决算公开样式：国有资产占有使用情况（单价50万元以上通用设备、单价100万元以上专用设备；2022年前后改为单价100万元（含）以上设备）",
    how="读出“单价……以上（通用、专用）设备……台（套）”，标准不在各年样式所列之中的，或数量不以台、套计的，报疑点。",
    wrong=_HEAD + "单价49万元以上通用设备1台（套）。",
    right=_HEAD + "单价50万元以上通用设备1台（套）。",
    mend="按当年样式改正标准。",
    misses="标准与年度是否相配不判断。",
    check=check,
)
