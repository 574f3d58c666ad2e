from __future__ import annotations

import pytest

from tests.rules.helpers import said


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("比上年增加持平", "增加持平"),
        ("支出决算数比2024年度减增加21.90万元，增长141.75%。", "减增加"),
        ("减少为 0.00 万元，与上年持平", "减少为0.00万元，与上年持平"),
        ("收入比2022年增加10.00万元，与上年持平。", "增加10.00万元，与上年持平"),
        ("收入100万元，比2022年减少10万元，下降9.09%。增加的主要原因是项目减少。", "增加的主要原因"),
    ],
)
def test_contradiction(text: str, wrong: str) -> None:
    assert said("JS506", text) == [("warning", wrong)]


@pytest.mark.parametrize(
    "text",
    [
        "较预算减少1.00万元，与上年持平。",
        "比上年增加0.00万元，与上年持平。",
        "比上年增加0.05万元，与上年基本持平。",
        "人员增加减少了其他支出，增减变化的原因是调动。",
        "收入减少10万元，支出增加5万元。增加的主要原因是人员增加，减少的主要原因是项目减少。",
        "比2022年增加10万元，增长5%。较年初预算减少的主要原因是节约。",
    ],
)
def test_no_contradiction(text: str) -> None:
    assert said("JS506", text) == []


ITEM = (
    "1.一般公共服务支出（类）宣传事务（款）一般行政管理事务（项）110.60万元。2023年预算执行数为114.00万元，"
    "2024年预算安排110.60万元，比2023年预算执行数{}2.98%。主要原因是：{}。"
)


def test_an_item_that_falls_because_it_rises_is_an_error() -> None:
    text = ITEM.format("减少", "宣传事务一般行政管理事务经费增加")
    assert said("JS506", text) == [("error", "增加")]


@pytest.mark.parametrize(
    ("direction", "reason"),
    [
        ("减少", "宣传事务一般行政管理事务经费减少"),
        ("减少", "宣传事务一般行政管理事务经费增加较少"),
        ("减少", "上年人员经费增加"),
        ("减少", "组织事务一般行政管理事务经费增加"),
        ("持平", "宣传事务一般行政管理事务经费增加"),
    ],
)
def test_a_reason_of_its_own_direction_or_of_another_matter(direction: str, reason: str) -> None:
    assert said("JS506", ITEM.format(direction, reason)) == []
