"""Totals that a sheet added up from rounded figures."""

from __future__ import annotations

from decimal import Decimal

from juesuan.findings import Severity
from tests.understand.tables.test_tables import codes, table_of

ITEMS = [Decimal(1000 + 37 * n) / 100 for n in range(12)]
TOTAL = sum(ITEMS, Decimal(0))


def report(total: Decimal, elsewhere: Decimal) -> str:
    head = "科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
    rows = [f"20103{n:02d}\t项目{n}\t{x}\t0.00\t{x}" for n, x in enumerate(ITEMS, 1)]
    above = f"201\t一般公共服务支出\t{total}\t0.00\t{total}\n20103\t政府办公厅（室）及相关机构事务\t{total}\t0.00\t{total}\n"
    return (
        f"某局2023年度部门决算\n一般公共预算财政拨款支出决算表\n单位：万元\n{head}合计\t\t{total}\t0.00\t{total}\n{above}"
        + "\n".join(rows)
        + f"\n五、一般公共预算财政拨款支出决算情况说明\n2023年度一般公共预算财政拨款支出{elsewhere}万元。"
    )


def errors(text: str) -> list[str]:
    return [rule for rule, severity in codes(text) if severity is Severity.ERROR]


def test_the_total_knows_of_how_many_figures_it_was_added_up() -> None:
    table = table_of(report(TOTAL, TOTAL))
    assert [r.facts["total"].terms for r in table.rows][:4] == [12, 12, 12, 1]


def test_what_twelve_rounded_items_may_be_off_is_no_error() -> None:
    assert errors(report(TOTAL, TOTAL + Decimal("0.03"))) == []


def test_more_than_that_is_an_error() -> None:
    assert errors(report(TOTAL, TOTAL + Decimal("0.30"))) == ["JS204"]


def test_a_table_whose_sums_are_off_by_rounding_was_not_added_up() -> None:
    """Its figures were rounded one by one: its total is as exact as it looks."""
    total = TOTAL + Decimal("0.01")
    assert all(r.facts["total"].terms == 1 for r in table_of(report(total, total)).rows)
    assert errors(report(total, total + Decimal("0.03"))) == ["JS204"]
