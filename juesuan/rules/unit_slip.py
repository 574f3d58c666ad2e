"""JS203: a figure off by ten thousand: 元 for 万元."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.findings import Finding, Role, Severity
from juesuan.rules import arithmetic
from juesuan.rules.base import Rule, View
from juesuan.understand.tables import ReadStatement


def check(view: View) -> Iterator[Finding]:
    """Figures that differ by exactly 10⁴."""
    for cause in arithmetic.for_rule(view, RULE):
        verdict, subject = cause.first.verdict, cause.facts[0]
        text = f"{arithmetic.name_of(subject)}写为 {subject.quantity}，与他处恰好相差一万倍，计量单位有误：{verdict.formula}。"
        yield arithmetic.report(view, RULE, cause, text + arithmetic.others_disagree(cause))
    for table in view.understanding.tables.statements:
        if table.meant is not None:
            yield _of_table(view, table)


def _of_table(view: View, table: ReadStatement) -> Finding:
    """One finding for a table whose every figure is off."""
    money = [f for f in table.facts if f.quantity.measure == table.measure and not f.quantity.is_zero]
    place = table.unit_place or money[0].place
    written, meant = table.measure.symbol, table.meant.symbol if table.meant else ""
    return RULE.finding(
        f"《{table.title}》写明的计量单位是“{written}”，其中的金额与其他各表、文字恰好相差一万倍，应为“{meant}”。",
        (view.evidence(place), *view.fact_evidence(money, Role.FOLLOWER)),
        actual=view.quote(place),
        expected=meant,
        key=f"measure|{table.statement.id}",
    )


RULE = Rule(
    code="JS203",
    name="unit-slip",
    title="元与万元混淆",
    severity=Severity.ERROR,
    checks="同一个数在两处恰好相差一万倍，或合计与分项恰好相差一万倍；整张表写错计量单位的，只报一条。",
    why="表以元为单位、文字以万元为单位，抄写时单位没有换算。",
    basis="同一指标相差10000倍为计量单位错误",
    how="换算成元后两数之比恰为10000。",
    wrong="2023年一般公共预算财政拨款基本支出125.29万元。2023年一般公共预算财政拨款基本支出125.29元。",
    right="2023年一般公共预算财政拨款基本支出125.29万元。2023年一般公共预算财政拨款基本支出1252900元。",
    mend="改正计量单位或数额。",
    misses="只有一处的数无从比较；没有写明计量单位的表不比较。",
    check=check,
)
