"""JS203: a figure off by ten thousand: 元 for 万元."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.findings import Finding, Role, Severity
from juesuan.quantity import Dimension, plain
from juesuan.rules import arithmetic
from juesuan.rules.base import Rule, View, replace_fix
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
    yield from _alone(view)


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


def _alone(view: View) -> Iterator[Finding]:
    """The one amount of the text in 元, with decimals, among many in 万元: nothing else need contradict it."""
    plan = view.understanding.outline
    amounts = [
        f
        for f in view.understanding.facts
        if f.place.row is None
        and not f.concept.startswith("named:")
        and f.quantity.measure.dimension is Dimension.MONEY
        and (index := view.understanding.passage_of(f.place)) is not None
        and plan.part_of(index) == "body"
    ]
    odd = [f for f in amounts if f.quantity.measure.symbol == "元"]
    told = {f.id for cause in view.causes for j in cause.broken for f in j.relation.facts}
    if len(odd) != 1 or len(amounts) < _MANY or not odd[0].quantity.decimals or odd[0].id in told or not odd[0].value:
        return
    fact = odd[0]
    number = plain(fact.quantity.value, fact.quantity.decimals)
    yield RULE.finding(
        f"{arithmetic.name_of(fact)}写为 {fact.quantity}，而全文其余 {len(amounts) - 1} 个金额都以万元为单位，疑为 {number}万元。",
        (view.evidence(fact.place),),
        severity=Severity.WARNING,
        expected=f"{number}万元",
        actual=view.quote(fact.place),
        fix=replace_fix(view.quote(fact.place), f"{number}万元"),
        key=arithmetic.key_of(fact),
    )


_MANY = 20


RULE = Rule(
    code="JS203",
    name="unit-slip",
    title="元与万元混淆",
    severity=Severity.ERROR,
    checks="同一个数在两处恰好相差一万倍，或合计与分项恰好相差一万倍；整张表写错计量单位的，只报一条。",
    why="表以元为单位、文字以万元为单位，抄写时单位没有换算。",
    basis="同一指标相差10000倍为计量单位错误",
    how="换算成元后两数之比恰为10000。全文金额都以万元为单位（二十个以上），只有一个带小数的写成元的，报疑点。",
    wrong="2023年一般公共预算财政拨款基本支出125.29万元。2023年一般公共预算财政拨款基本支出125.29元。",
    right="2023年一般公共预算财政拨款基本支出125.29万元。2023年一般公共预算财政拨款基本支出1252900元。",
    mend="改正计量单位或数额。",
    misses="只有一处的数无从比较；没有写明计量单位的表不比较。",
    check=check,
)
