from __future__ import annotations

import pytest

from tests.rules.helpers import findings, said

MEDICAL = (
    "1.卫生健康支出（类）行政事业单位医疗（款）事业单位医疗（项）。"
    "主要用于：事业单位医疗保险支出。支出决算为0.49万元。\n"
)
HOUSING = "2.住房保障支出（类）住房改革支出（款）住房公积金（项）。主要用于：{}。支出决算为17.70万元。"


def test_a_purpose_copied_from_the_item_above_is_an_error() -> None:
    text = MEDICAL + HOUSING.format("事业单位医疗保险支出")
    assert said("JS510", text) == [("error", "事业单位医疗保险支出")]


def test_without_its_source_it_is_a_warning() -> None:
    assert said("JS510", HOUSING.format("职工基本医疗保险缴费支出")) == [("warning", "职工基本医疗保险缴费支出")]


@pytest.mark.parametrize(
    "purpose", ["缴存住房公积金", "缴纳住房公积金、医疗保险等", "在职职工按规定比例缴存", "发放购房补贴和住房公积金"]
)
def test_its_own_purpose(purpose: str) -> None:
    assert said("JS510", MEDICAL + HOUSING.format(purpose)) == []


def test_a_definition_shared_by_two_projects() -> None:
    what = "是指政府、部门协作、公众参与，对政府在事关经济发展、社会稳定等方面进行全面监督的活动。"
    text = (
        f"第四部分附件\n附件1\n甲项目绩效评价报告\n一、情况\n参政调研经费，{what}\n"
        f"附件2\n乙项目绩效评价报告\n一、情况\n临聘人员经费，{what}"
    )
    assert said("JS510", text) == [("warning", f"临聘人员经费，{what}")]


ITEM = "{}.城乡社区支出（类）城乡社区管理事务（款）{}（项）10.00万元，主要用于{}。主要原因是：{}经费增加。\n"
ADMINISTRATION = ITEM.format(
    1, "一般行政管理事务", "城乡社区管理事务一般行政管理事务", "城乡社区管理事务一般行政管理事务"
)


def test_purpose_and_reason_that_name_another_item_are_one_finding() -> None:
    copied = ITEM.format(2, "城管执法", *("城乡社区管理事务一般行政管理事务",) * 2)
    (found,) = findings("JS510", ADMINISTRATION + copied)
    assert (found.severity.key, len(found.evidence)) == ("warning", 2)
    assert found.message.startswith("“城管执法（项）”的用途“城乡社区管理事务一般行政管理事务”说的是另一项")


@pytest.mark.parametrize(
    ("item", "purpose", "reason"),
    [
        ("城管执法", "城管执法", "城管执法"),
        ("城管执法", "城乡社区管理事务", "人员"),
        ("城管执法", "一般行政管理事务", "一般行政管理事务"),
        ("行政运行", "机关事业单位职业年金缴费支出", "行政运行"),
        ("其他城乡社区管理事务支出", "城管执法", "城管执法"),
        ("城管执法", "城管执法、一般行政管理事务等", "城管执法和人员"),
    ],
)
def test_words_that_may_speak_of_the_item_itself(item: str, purpose: str, reason: str) -> None:
    pension = "3.社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位职业年金缴费支出（项）5.00万元。\n"
    assert said("JS510", ADMINISTRATION + ITEM.format(2, item, purpose, reason) + pension) == []


def test_a_reason_that_names_another_item() -> None:
    text = (
        "1.社会保障和就业支出（类）行政事业单位养老支出（款）事业单位离退休（项）5.21万元。\n"
        "2.社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位职业年金缴费支出（项）220.63万元，"
        "比2022年增加60.54%。主要原因是：事业单位离退休经费增加。"
    )
    assert said("JS510", text) == [("warning", "事业单位离退休经费")]
