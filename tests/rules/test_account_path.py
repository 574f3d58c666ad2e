from __future__ import annotations

import pytest

from tests.rules.helpers import said

HEAD = "2023年度部门决算情况说明\n"


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("城乡社区支出（类）城乡社区管理事务（款）其他社区城乡管理事务支出（项）", "其他社区城乡管理事务支出（项）"),
        ("公共安全支出（类）司法（款）其他公共安全支出（项）", "其他公共安全支出（项）"),
        ("一般公共服务支出（类）统计信息事务（款）统计信息事务（项）", "统计信息事务（项）"),
        ("卫生健康支出（类）卫生健康支出（款）计划生育服务（项）", "卫生健康支出（款）"),
    ],
)
def test_the_catalog_alone_gives_a_hint(path: str, wrong: str) -> None:
    assert said("JS302", f"{HEAD}1.{path}：支出决算为10.00万元。") == [("hint", wrong)]


def test_the_right_name_elsewhere_makes_it_a_warning() -> None:
    item = "城乡社区支出（类）城乡社区管理事务（款）{}（项）：支出决算为10.00万元。"
    text = f"{HEAD}1.{item.format('其他社区城乡管理事务支出')}\n2.{item.format('其他城乡社区管理事务支出')}"
    assert said("JS302", text) == [("warning", "其他社区城乡管理事务支出（项）")]


@pytest.mark.parametrize(
    "path",
    [
        "一般公共服务（类）民主党派及工商联事务（款）行政运行（项）",
        "文化旅游体育与传媒支出（类）文化群众文化（项）",
        "教育支出（类）某地新设的款（款）某地新设的项（项）",
    ],
)
def test_no_finding(path: str) -> None:
    assert said("JS302", f"{HEAD}1.{path}：支出决算为10.00万元。") == []
