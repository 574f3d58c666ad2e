from __future__ import annotations

import pytest

from tests.rules.helpers import said

TEXT = (
    "2024年度政府采购金额（以合同签订为准）为{}万元，其中：货物采购金额{}万元、工程采购金额0万元、服务采购金额0万元。\n"
    "在面向中小企业预留的政府采购项目中，由中小企业供应商中标或成交的，采购金额{}万元；"
    "在其他政府采购项目中，由中小企业供应商中标或成交的，采购金额{}万元。"
)


@pytest.mark.parametrize(
    ("total", "reserved", "other", "found"),
    [
        ("21.07", "21.07", "21.07", [("error", "21.07万元")]),
        ("21.07", "21.07", "0", []),
        ("21.07", "11.07", "10.00", []),
        ("21.07", "11.07", "10.01", []),
        ("21.07", "11.07", "10.05", [("error", "10.05万元")]),
    ],
)
def test_sum(total: str, reserved: str, other: str, found: list[tuple[str, str]]) -> None:
    assert said("JS704", TEXT.format(total, total, reserved, other)) == found
