from __future__ import annotations

import pytest

from tests.rules.helpers import said

HEAD = "2023年度部门决算情况说明\n一、“三公”经费支出决算情况说明\n公务用车运行维护费支出{}万元。\n"
OWNED = (
    "二、国有资产占有使用情况\n截至2023年12月31日，单位共有车辆{}辆。\n"
    "第四部分附件\n附件1\n项目绩效评价报告\n一、资金分配\n车辆运行维护支出1万元。"
)


@pytest.mark.parametrize(("cost", "cars", "found"), [("0", 0, 1), ("2.00", 0, 0), ("0", 1, 0)])
def test_running_cost_without_cars(cost: str, cars: int, found: int) -> None:
    assert said("JS702", HEAD.format(cost) + OWNED.format(cars)) == [("warning", "车辆运行维护支出1万元")] * found


@pytest.mark.parametrize(("held", "owned", "severity"), [(3, 2, ["warning"]), (2, 3, ["hint"]), (2, 2, [])])
def test_counts(held: int, owned: int, severity: list[str]) -> None:
    text = (
        HEAD.format("2.00") + f"公务用车保有量为{held}辆。\n二、国有资产\n截至2023年12月31日，单位共有车辆{owned}辆。"
    )
    assert [s for s, _ in said("JS702", text)] == severity
