from __future__ import annotations

import pytest

from tests.rules.helpers import said


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("年初预算为0，支出决算为150万元。", "0"),
        ("支出决算为150，完成预算。", "150"),
        ("比2022年增加10.00，增长5.00%。", "10.00"),
    ],
)
def test_measure_lost(text: str, bare: str) -> None:
    assert said("JS502", text) == [("warning", bare)]


def test_zeros_are_one_finding() -> None:
    assert said("JS502", "年初预算为0，支出决算为0。\n年初预算为0，支出决算为0。") == [("warning", "0")]


def test_ten_thousand_without_yuan_is_a_hint_once() -> None:
    text = "国内公务接待支出0.00万（含外宾接待支出0.00万元）。\n国内公务接待支出0.00万。"
    assert [s for s, _ in said("JS502", text)] == ["hint"]


@pytest.mark.parametrize(
    "text", ["二期项目2026年预算安排100（单位未写）。", "保有量为8辆。", "支出决算为0元。", "预算公开年度为2025，"]
)
def test_no_finding(text: str) -> None:
    assert said("JS502", text) == []
