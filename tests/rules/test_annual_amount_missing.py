from __future__ import annotations

import pytest

from tests.rules.helpers import said


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("年度预算安排：项目总投资3,000万元，2025年已安排1,000万元。", 1),
        ("六、年度预算安排\n项目总投资3,000万元，累计安排1,000万元。\n七、绩效目标\n按期完成。", 1),
        ("年度预算安排：本项目2026年度不安排资金，总投资3,000万元。", 0),
        ("六、年度预算安排\n第一季度用款计划15万元，第二季度用款计划15万元。\n七、绩效目标\n按期完成。", 0),
        ("年度预算安排：总投资3,000万元，2026年安排500万元。", 0),
        ("项目总投资3,000万元。", 0),
    ],
)
def test_annual_amount(text: str, found: int) -> None:
    assert len(said("JS601", text)) == found
