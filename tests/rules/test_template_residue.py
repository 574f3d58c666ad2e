from __future__ import annotations

import pytest

from tests.rules.helpers import said


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("决算数大小于预算数", "大小于"),
        ("（编报说明：本段由各单位自行填写）", "（编报说明：本段由各单位自行填写）"),
        ("收入支出总计增加（减少）10万元。", "增加（减少）"),
        ("上海市XX局2024年度部门决算。", "XX"),
        ("某区教育局部门（单位）共有车辆2辆。", "部门（单位）"),
        ("收入100万元，占 %。", "占%"),
        ("收入合计  万元，其中：财政拨款收入100万元。", "合计万元"),
        ("本单位名称【待填】。", "【待填】"),
    ],
)
def test_residue(text: str, wrong: str) -> None:
    assert said("JS507", text) == [("warning", wrong)]


def test_the_same_words_are_one_finding() -> None:
    assert said("JS507", "收入增加（减少）10万元。\n支出增加（减少）10万元。") == [("warning", "增加（减少）")]


@pytest.mark.parametrize(
    "text",
    [
        "一、部门（单位）概况",
        "各预算部门（单位）、主管部门（单位）和政府部门（单位）应当公开。",
        "净增加（减少）额为10万元。",
        "申请补充资金10万元，邀请填报单位参加，由部门组织填写自评表。",
        "单位：万元",
        "得分为22.5×4，地块W060701，见http://xx.gov.cn。",
        "单价100万元（含）以上设备（不含车辆）0台（套）。",
        "主要职能包括：负责本区工作的情况。",
    ],
)
def test_no_residue(text: str) -> None:
    assert said("JS507", text) == []


def test_a_section_with_only_its_outline() -> None:
    text = "一、基本情况\n（一）结果应用情况\n包括项目立项依据、资金分配办法、管理制度建设等情况。\n（二）其他\n无。"
    assert [s for s, _ in said("JS507", text)] == ["warning"]
