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
