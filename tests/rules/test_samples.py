"""What the wording, name, project and three-public rules find in whole published reports, and nothing else."""

from __future__ import annotations

import pytest

from tests.rules.helpers import in_sample

ANJU = "anju-gsl-2023-final.txt"
NEW = "putuo-shgzb-2024-final.pdf"
STREET = "putuo-shiquan-2025-final.docx"
ECOLOGY = "putuo-sthjj-2025-final.docx"
BUDGET_2023 = "putuo-wanli-dept-2023-budget.pdf"
BUDGET_2024 = "putuo-wanli-dept-2024-budget.pdf"
BUDGET_2025 = "putuo-wanli-dept-2025-budget.pdf"
REPORTS = (ANJU, NEW, STREET, ECOLOGY, BUDGET_2023, BUDGET_2024, BUDGET_2025)

EXPECTED: dict[str, dict[str, list[tuple[str, str]]]] = {
    "JS301": {
        ANJU: [("error", "医疗卫生与计划生育支出（类）")],
        STREET: [
            ("warning", "文化体育与传媒支出"),
            ("hint", "行政事业单位离退休（款）"),
            ("warning", "归口管理的行政单位离退休（项）"),
        ],
    },
    "JS302": {
        STREET: [
            ("hint", "减排专项支出"),
            ("warning", "统计信息事务（项）"),
            ("warning", "司法（款）"),
            ("warning", "其他社区城乡管理事务支出（项）"),
        ],
        BUDGET_2025: [("warning", "卫生健康支出（款）")],
    },
    "JS501": {},
    "JS503": {ECOLOGY: [("error", "202")]},
    "JS504": {},
    "JS506": {
        STREET: [("warning", "减增加")],
        ECOLOGY: [("warning", "减少为0.00万元，与2024年持平")],
        BUDGET_2024: [("error", "增加")],
    },
    "JS507": {
        ANJU: [("warning", "包括部门自评质量、绩效目标公开和自评公开、评价结果整改和应用结果反馈等情况")],
        NEW: [
            ("warning", "无政府性基金预算财政拨款收入支出的，仍保留该表格式，并在本表下方作下述说明："),
            ("warning", "无国有资本经营预算财政拨款收入支出的，仍保留该表格式，并在本表下方作下述说明："),
        ],
        STREET: [("warning", "大小于"), ("warning", "部门（单位）")],
        ECOLOGY: [("warning", "（仅有一个单位的部门，本部分内容为“机构设置”）")],
    },
    "JS509": {STREET: [("warning", "普陀区人民政府石泉路街道办事处")]},
    "JS510": {
        ANJU: [
            (
                "warning",
                "临聘人员经费，是指政府、部门协作、公众参与，对政府在事关经济发展、社会稳定、民计民生等方面进行全面监督的活动。",
            )
        ],
        NEW: [("error", "事业单位医疗保险支出")],
        BUDGET_2023: [
            ("warning", "统计管理"),
            ("warning", "事业单位离退休经费"),
            ("warning", "城乡社区管理事务一般行政管理事务"),
        ],
        BUDGET_2024: [("warning", "事业单位离退休经费"), ("warning", "城乡社区管理事务一般行政管理事务")],
        BUDGET_2025: [("warning", "统计信息事务统计管理")],
    },
    "JS601": {},
    "JS701": {},
    "JS702": {ANJU: [("warning", "车辆运行维护支出1万元")], STREET: [("warning", "公务用车保有量为8辆")]},
    "JS703": {STREET: [("warning", "国内公务接待支出0万")], ECOLOGY: [("warning", "国内公务接待支出0.00万")]},
    "JS704": {NEW: [("error", "21.07万元")]},
    "JS901": {},
}


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("code", EXPECTED)
def test_rule_on_report(code: str, name: str) -> None:
    assert in_sample(code, name) == EXPECTED[code].get(name, [])


def test_hints_and_warnings_of_the_street() -> None:
    assert in_sample("JS502", STREET) == [("warning", "0"), ("hint", "0万")]
    assert in_sample("JS505", STREET) == [("warning", "11“."), ("hint", ":")]
    assert in_sample("JS508", STREET) == [("hint", "管制制度")]


def test_blank_form_is_full_of_residue() -> None:
    found = in_sample("JS507", "shanghai-dept-2024-final-template.pdf")
    assert len(found) > 15
    assert {severity for severity, _ in found} == {"warning"}
    assert ("warning", "（如持平作持平表述）") in found
