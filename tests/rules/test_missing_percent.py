from __future__ import annotations

import pytest

from tests.rules.helpers import said


@pytest.mark.parametrize(
    "text",
    [
        "占比为120.5。",
        "本年支出合计200.00万元，其中：基本支出125.00万元，占62.5。",
        "支出13.28万元，比2022年增加1.61万元，增长13.95。",
    ],
)
def test_sign_lost(text: str) -> None:
    assert [s for s, _ in said("JS501", text)] == ["warning"]


@pytest.mark.parametrize(
    "text",
    [
        "占7.6‰。",
        "占百分之七十六点二三。",
        "占比提高2.5个百分点。",
        "占\n60.99 2.07%",
        "占地1200平方米。",
        "比2022年增加1.61万元，增长13.80%。",
    ],
)
def test_nothing_lost(text: str) -> None:
    assert said("JS501", text) == []
