from __future__ import annotations

import pytest

from tests.rules.helpers import said


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("增加增加10.00万元", ("warning", "增加增加")),
        ("支出决算为10.00万元万元。", ("warning", "万元万元")),
        ("决算数为为10.00万元。", ("warning", "为为")),
        ("本单位的的支出。", ("warning", "的的")),
        ("支出10.00万元。。", ("hint", "。。")),
    ],
)
def test_doubled(text: str, finding: tuple[str, str]) -> None:
    assert said("JS504", text) == [finding]


@pytest.mark.parametrize(
    "text",
    [
        "人人有责，常常走访，方方面面，天天向上，各项各类，等等。",
        "的的确确完成了了解情况的任务，以及及时支付，为为民服务打基础，平和和睦。",
        "项目支出支出进度加快，部门整体支出支出绩效。",
        "工作有序推进……",
    ],
)
def test_legitimate(text: str) -> None:
    assert said("JS504", text) == []
