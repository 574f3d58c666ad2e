from __future__ import annotations

import pytest

from tests.rules.helpers import said


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("11“. 灾害防治及应急管理支出”98.23万元，占0.52%。", ("warning", "11“.")),
        ("本单位（含下属单位支出100万元。", ("warning", "（")),
        ("按照《预算法的规定执行。", ("hint", "《")),
        ("其中:因公出国0万元。", ("hint", ":")),
    ],
)
def test_wrong(text: str, finding: tuple[str, str]) -> None:
    assert said("JS505", text) == [finding]


@pytest.mark.parametrize(
    "text",
    [
        "“上\n海”两字分在两行",
        "4．“科学技术支出”5.57万元。",
        "1）完成任务；2）支付资金；a）验收。",
        "本单位”三公”经费为1万元。",
        "上午9:30召开会议（地点(二楼)）。",
        "（一）这一段被换页拆开（下接",
    ],
)
def test_right(text: str) -> None:
    assert said("JS505", text) == []
