"""JS209: what was carried into the year is not what was carried out of the year before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from juesuan.findings import Finding, Severity
from juesuan.rules import arithmetic
from juesuan.rules.base import Rule, View


def check(view: View) -> Iterator[Finding]:
    """Carried-in figures that differ from the carried-out ones of last year's report."""
    for cause in arithmetic.for_rule(view, RULE):
        relation = cause.first.relation
        told, other = relation.subject, relation.operands[0]
        message = (
            f"{told.scope.year}年报告的{arithmetic.name_of(told)}为 {told.shown}，"
            f"{other.scope.year}年报告的{arithmetic.name_of(other)}为 {other.shown}，两个数应当相同；"
            "经批准调整过年初数的，应写明原因。"
        )
        yield replace(arithmetic.report(view, RULE, cause, message), fix=None, expected=None)


def _report(year: int, carried_in: str, carried_out: str, income: str, spent: str, total: str) -> str:
    return (
        f"某局{year}年度部门决算\n收入支出决算总表\n单位：万元\n收入\t\t支出\t\n项目\t决算数\t项目\t决算数\n"
        f"一、一般公共预算财政拨款收入\t{income}\t一、一般公共服务支出\t{spent}\n"
        f"本年收入合计\t{income}\t本年支出合计\t{spent}\n"
        f"年初结转和结余\t{carried_in}\t年末结转和结余\t{carried_out}\n总计\t{total}\t总计\t{total}"
    )


_BEFORE = _report(2023, "0.00", "10.00", "100.00", "90.00", "100.00")

RULE = Rule(
    code="JS209",
    name="carried-over",
    title="年初结转与上年年末结转不一致",
    severity=Severity.WARNING,
    checks="本年报告的年初结转和结余与上年报告的年末结转和结余是否相同，总数和各类资金分别比较。",
    why="结转结余是两年账的接口，对不上说明有一年的表取数有误，或年初数调整没有说明。",
    basis="政府会计制度：年初结转结余即上年年末结转结余，经批准的调整除外",
    how="用 --years 把同一单位相邻两年的报告一起审核；资金口径相同才比较，显示区间不相交为不符。年初数可以依法调整，所以作疑点。",
    wrong=f"{_BEFORE}\f{_report(2024, '12.00', '0.00', '90.00', '102.00', '102.00')}",
    right=f"{_BEFORE}\f{_report(2024, '10.00', '0.00', '90.00', '100.00', '100.00')}",
    mend="对照两年的决算报表；年初数经批准调整过的，在说明中写明原因和依据。",
    misses="没有写明口径、与上年不是同一口径的结转不比较。",
    check=check,
    across_years=True,
)
