from __future__ import annotations

import pytest

from tests.rules.helpers import in_sample, said

TABLES = (
    "某局2024年度部门决算\n一般公共预算财政拨款支出决算表\n单位：万元\n功能分类科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
    "208\t社会保障和就业支出\t545.85\t504.39\t41.46\n20805\t行政事业单位养老支出\t545.85\t504.39\t41.46\n"
    "2080505\t机关事业单位基本养老保险缴费支出\t545.85\t504.39\t41.46\n合计\t\t545.85\t504.39\t41.46\n\n"
    "一般公共预算财政拨款基本支出决算表\n单位：万元\n经济分类科目编码\t科目名称\t决算数\n"
    "301\t工资福利支出\t{0}\n30108\t机关事业单位基本养老保险缴费\t{0}\n人员经费合计\t\t{0}\n"
)


@pytest.mark.parametrize(
    ("amount", "found"),
    [("504.38", [("hint", "504.38")]), ("504.39", []), ("480.00", [])],
)
def test_one_sum_by_function_and_by_economic_account(amount: str, found: list[tuple[str, str]]) -> None:
    assert [f for f in said("JS205", TABLES.format(amount)) if f[0] == "hint"] == found


def test_a_report_whose_pension_differs_by_its_last_digit() -> None:
    assert in_sample("JS205", "putuo-shiquan-2025-final.docx") == [("hint", "504.38")]
