"""The wide table of economic items: pages side by side are one table; what is not there is not held against a total."""

from __future__ import annotations

import pytest

from juesuan.check import check_document
from juesuan.findings import Severity
from juesuan.understand.understanding import understand
from tests.understand.tables.build import document

FIRST = """2023年度部门决算

一般公共预算财政拨款支出决算明细表
金额单位：万元
科目编码\t科目名称\t合计\t工资福利支出\t\t
\t\t\t小计\t基本工资\t奖金
合计\t\t30.00\t{wages}\t12.00\t6.00
201\t一般公共服务支出\t30.00\t18.00\t12.00\t6.00
20128\t民主党派及工商联事务\t30.00\t18.00\t12.00\t6.00
2012801\t行政运行\t30.00\t18.00\t12.00\t{bonus}
"""
SECOND = """
一般公共预算财政拨款支出决算明细表（续）
金额单位：万元
科目编码\t科目名称\t商品和服务支出\t\t
\t\t小计\t办公费\t差旅费
合计\t\t12.00\t5.00\t7.00
201\t一般公共服务支出\t12.00\t5.00\t7.00
20128\t民主党派及工商联事务\t12.00\t5.00\t7.00
2012801\t行政运行\t12.00\t5.00\t{travel}
"""


def text(*, wages: str = "18.00", bonus: str = "6.00", travel: str = "7.00", pages: str = FIRST + SECOND) -> str:
    return pages.format(wages=wages, bonus=bonus, travel=travel)


def errors(words: str) -> list[str]:
    return [f.message for f in check_document(document(words)).findings if f.severity is Severity.ERROR]


def test_pages_side_by_side_are_one_table() -> None:
    known = understand(document(text()))
    assert [(s.statement.id, s.part) for s in known.tables.statements] == [("general_budget_detail", 0)] * 2
    assert known.tables.doubts == ()
    item = next(f for f in known.facts if f.scope.account == "2012801" and f.scope.economic == "30211")
    assert (item.concept, str(item.quantity.value)) == ("economic", "7.00")
    assert known.tables.words_for(item.place) == ("一般公共预算财政拨款支出决算明细表", "2012801 行政运行", "差旅费")
    assert errors(text()) == []


@pytest.mark.parametrize("wrong", [{"bonus": "6.10"}, {"travel": "7.10"}, {"wages": "18.10"}])
def test_a_digit_that_does_not_add_up_is_found(wrong: dict[str, str]) -> None:
    assert errors(text(**wrong)) != []


def test_a_page_that_is_not_there_is_not_held_against_the_total() -> None:
    assert errors(text(pages=FIRST)) == []


def test_items_that_go_on_on_a_page_that_is_not_there_are_not_held_against_their_class() -> None:
    assert errors(text(wages="20.00", pages=FIRST).replace("18.00", "20.00")) == []


def test_an_item_is_known_by_its_class() -> None:
    words = (
        text()
        .replace("工资福利支出", "资本性支出（基本建设）")
        .replace("基本工资", "办公设备购置")
        .replace("奖金", "专用设备购置")
    )
    known = understand(document(words))
    assert {f.scope.economic for f in known.facts if f.concept == "economic"} >= {"309", "30902", "30903"}
