from __future__ import annotations

import pytest

from juesuan.findings import Fix
from tests.rules.helpers import findings, said

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


TABLE = (
    f"{HEAD}支出决算表\n科目编码\t科目名称\t合计\n211\t节能环保支出\t150.00\n"
    "21111\t污染减排\t150.00\n2111101\t{}\t150.00\n"
)


@pytest.mark.parametrize(
    ("name", "found"),
    [("减排专项支出", [("hint", "减排专项支出")]), ("生态环境监测与信息", []), ("生态环境监测与", [])],
)
def test_code_and_name_of_a_table_line(name: str, found: list[tuple[str, str]]) -> None:
    assert said("JS302", TABLE.format(name)) == found


def test_a_name_that_the_own_table_prints_below_the_same_parent_stands() -> None:
    item = "\n1.节能环保支出（类）污染减排（款）{}（项）：支出决算为150.00万元。"
    assert said("JS302", TABLE.format("生态环境监测和信息") + item.format("生态环境监测和信息")) == []


def test_the_own_table_lists_another_item_below_that_parent() -> None:
    item = "\n1.节能环保支出（类）污染减排（款）污染减排（项）：支出决算为150.00万元。"
    assert said("JS302", TABLE.format("生态环境监测与信息") + item) == [("warning", "污染减排（项）")]


def test_an_item_that_the_own_table_prints_below_another_group_is_right_and_its_group_wrong() -> None:
    table = (
        f"{HEAD}支出决算表\n科目编码\t科目名称\t合计\n204\t公共安全支出\t350.56\n20406\t司法\t27.09\n"
        "2040607\t公共法律服务\t27.09\n20499\t其他公共安全支出\t323.47\n2049999\t其他公共安全支出\t323.47\n"
    )
    item = "\n1.公共安全支出（类）司法（款）其他公共安全支出（项）：支出决算为323.47万元。"
    (found,) = findings("JS302", table + item)
    assert found.fix == Fix("司法（款）", "其他公共安全支出（款）")


def test_the_line_no_other_sentence_speaks_of_is_the_one_meant() -> None:
    table = (
        f"{HEAD}支出决算表\n科目编码\t科目名称\t合计\n201\t一般公共服务支出\t23.42\n20105\t统计信息事务\t23.42\n"
        "2010505\t专项统计业务\t20.03\n2010506\t统计管理\t3.39\n"
    )
    item = "\n{}.一般公共服务支出（类）统计信息事务（款）{}（项）：支出决算为{}万元。"
    wrong = item.format(1, "统计信息事务", "20.03")
    (found,) = findings("JS302", table + wrong + item.format(2, "统计管理", "3.39"))
    assert found.fix == Fix("统计信息事务（项）", "专项统计业务（项）")
    (open_,) = findings("JS302", table + wrong)
    assert open_.fix is None
