from __future__ import annotations

import pytest

from tests.rules.helpers import in_sample, said

COVER = "上海市普陀区2024年{}级部门预算\n预算主管部门：上海市普陀区档案局\n名词解释\n"
TERM = "（一）“三公”经费：是与{}级财政有经费领拨关系的部门使用财政拨款安排的经费。"


@pytest.mark.parametrize(
    ("own", "told", "wrong"), [("区", "市", [("warning", "市级")]), ("区", "区", []), ("市", "市", [])]
)
def test_the_level_of_the_cover_counts(own: str, told: str, wrong: list[tuple[str, str]]) -> None:
    assert said("JS511", COVER.format(own) + TERM.format(told)) == wrong


def test_money_of_another_level_may_be_named() -> None:
    text = COVER.format("区") + "（一）转移支付：是市级财政拨付的资金，由市级财政部门下达。"
    assert said("JS511", text) == []


def test_a_budget_whose_glossary_is_the_citys() -> None:
    assert in_sample("JS511", "putuo-wanli-dept-2024-budget.pdf") == [("warning", "市级")]
    assert in_sample("JS511", "putuo-wanli-dept-2023-budget.pdf") == []
